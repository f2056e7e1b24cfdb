"""A backup as it lies on a disk: a folder with its manifest, whole or not there, listed by age and thinned."""

import contextlib
import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from visitor_register.domain import backup_times
from visitor_register.errors import RegisterDamagedError
from visitor_register.persistence import anchor
from visitor_register.persistence.small_files import sync_names, write_atomically

MANIFEST = "manifest.json"
HALF, GONE = ".half-", ".gone-"


@dataclass(frozen=True, slots=True)
class Copied:
    """One register file in a backup: when it was copied, and where its journal ends. `hash` is 64 hex digits.

    `words` says the same ending as the foot of a printed sheet does, for people; a backup of old has none.
    """

    made_at: datetime
    desk: str
    epoch: int
    seq: int
    clock: int
    hash: str
    entries: int
    words: str = ""

    @property
    def proof(self) -> str:
        """The twelve words for where its journal ends; none while nothing is written in it."""
        return anchor.words_of(bytes.fromhex(self.hash)) if self.seq else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        made_at: When, with its time zone.
        program: The version of the program that made it.
        files: "desk", and "dsl" where the DSL's file could be copied by then.
        dsl_is_older: The DSL's file was not open; its copy is of an earlier moment, and lines were added since.
        digests: SHA-256 of every other file in the folder, by name.
    """

    made_at: datetime
    program: str
    files: dict[str, Copied]
    dsl_is_older: bool
    digests: dict[str, str]

    @property
    def proofs(self) -> dict[str, str]:
        """The twelve words of each file in it: "desk", and "dsl" where it has that."""
        return {name: copied.proof for name, copied in self.files.items()}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a list. It was opened and proved when it was made; `size` in bytes."""

    path: Path
    manifest: Manifest
    size: int

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return self.manifest.made_at

    @property
    def entries(self) -> int:
        """How many lines of both files it holds."""
        return sum(copied.entries for copied in self.manifest.files.values())

    @property
    def dsl_made_at(self) -> datetime | None:
        """Of when its copy of the DSL's file is; None where it has none."""
        dsl = self.manifest.files.get("dsl")
        return None if dsl is None else dsl.made_at


def listed(place: Path) -> list[Backup]:
    """The backups in a folder, the newest first. What is no backup is passed over."""
    if not place.is_dir():
        return []
    found = []
    for path in place.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            with contextlib.suppress(RegisterDamagedError, OSError):
                found.append(read(path))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def read(path: Path) -> Backup:
    """One backup, as a list shows it.

    Raises:
        RegisterDamagedError: this is no backup of ours, or it was spoilt.
        OSError: the disk does not give it.
    """
    return Backup(path, manifest_of(path), sum(file.stat().st_size for file in path.iterdir()))


def manifest_of(path: Path) -> Manifest:
    """Read a backup's manifest.

    Raises:
        RegisterDamagedError: this is no backup of ours, or it was spoilt.
    """
    try:
        manifest = msgspec.json.decode((path / MANIFEST).read_bytes(), type=Manifest)
        for copied in manifest.files.values():
            bytes.fromhex(copied.hash)
    except (OSError, ValueError, RecursionError) as error:
        raise RegisterDamagedError(
            "This is not a backup of the register, or it is damaged. Choose the folder named after its date and time."
        ) from error
    return manifest


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a backup's manifest, when everything else lies in its folder."""
    write_atomically(path / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def digests(path: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder but the manifest, by name."""
    return {file.name: digest(file) for file in sorted(path.iterdir()) if file.name != MANIFEST and file.is_file()}


def digest(file: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def copy(path: Path, place: Path) -> None:
    """Copy the files of a backup.

    Raises:
        RegisterDamagedError: something in it is no file: a link could lead anywhere, and have no end.
        OSError: it cannot be read, or `place` cannot be written to.
    """
    for file in path.iterdir():
        if file.is_symlink() or not file.is_file():
            raise RegisterDamagedError("The backup is not as it was made: something in it is no file. Use another one.")
        shutil.copyfile(file, place / file.name)


def check_whole(path: Path) -> Manifest:
    """Read everything in a backup and compare it with the manifest.

    Raises:
        RegisterDamagedError: a byte differs, or a file is missing or too many.
    """
    manifest = manifest_of(path)
    try:
        found = digests(path)
    except OSError as error:
        raise RegisterDamagedError("The backup cannot be read from its disk. Use another one.") from error
    if found != manifest.digests:
        raise RegisterDamagedError("The backup is not as it was made: a file in it differs. Use another one.")
    return manifest


def thin(place: Path) -> None:
    """Delete the backups that need not stay."""
    found = listed(place)
    stay = backup_times.staying(backup.made_at for backup in found)
    leaving = [backup.path for backup in found if backup.made_at not in stay]
    # Renamed first: what is half deleted must not look like a backup, nor after a power cut.
    gone = [path.rename(place / f"{GONE}{path.name}") for path in leaving]
    if gone:
        sync_names(place)
    for path in gone:
        shutil.rmtree(path)


def clear_half(place: Path) -> None:
    """Delete what an interrupted backup, or an interrupted thinning, left."""
    for path in place.iterdir():
        if path.name.startswith((HALF, GONE)):
            shutil.rmtree(path, ignore_errors=True)


def sync(folder: Path) -> None:
    """See to it that a folder's files, and that they lie in it, are on the disk."""
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    sync_names(folder)
