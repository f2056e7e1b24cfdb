"""Makes backups: a folder with both files, keyring, noted heads and the list of what was erased; never half.

The DSL's file can be copied only while one of them is signed in. Its newest proved copy is kept apart, and every
backup takes that along: where lines were added to the file since, the backup says so.
"""

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace as replace_in
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from visitor_register.domain import backup_times
from visitor_register.errors import RegisterError
from visitor_register.persistence import backup_folder, copying, ending, erasure, put_aside
from visitor_register.persistence.backup_folder import Backup, Copied, Manifest
from visitor_register.persistence.copying import Rest
from visitor_register.persistence.database import Database, note_head, noted_head
from visitor_register.persistence.faults import saying
from visitor_register.persistence.journal import Head
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.small_files import replace, sync_names, write_atomically

FOLDER = "backups"
_DSL, _NEWEST = "dsl", "newest.json"
_KEEPING = threading.Lock()
"""One copy of the DSL's file at a time: each begins by deleting what an interrupted one left."""
ROOM = 50_000_000
"""Bytes that a backup leaves free: a full disk would stop the desk, and that is worse than an older backup."""
TRIES = 3
"""How often a backup is begun again because the keys of the register were changed meanwhile."""

_NOT_MADE = "No backup could be made: the disk is full, or the register's folder cannot be written to."
Progress = Callable[[str], None]


class _DslCopy(msgspec.Struct, frozen=True):
    """Which file is the newest proved copy of the DSL's, under which keys, and its SHA-256."""

    file: str
    copied: Copied
    seal_public: bytes
    digest: str


def place_in(register: Path) -> Path:
    """Where the backups of a register lie."""
    return register / FOLDER


def listed(register: Path) -> list[Backup]:
    """The backups that lie in the register's own folder, the newest first."""
    return backup_folder.listed(place_in(register))


def make(
    register: Path,
    desk: Database,
    dsl: Database | None,
    *,
    at: datetime,
    rest: Rest = copying.rest,
    progress: Progress = lambda _: None,
) -> Backup:
    """Make a backup of an open register, prove it, and thin the older ones. Safe in a thread beside all others.

    Raises:
        RegisterError: the disk is full or cannot be written to; the register and the other backups are as they were.
    """
    place = _prepared(register, desk, dsl)
    with saying(_NOT_MADE):
        backup_folder.clear_half(place)
        if dsl is not None:
            keep_dsl(register, dsl, at=at, rest=rest)
        half = Path(tempfile.mkdtemp(prefix=backup_folder.HALF, dir=place))
        try:
            progress("Copying the register")
            path = place / _fill(half, register, desk, at, rest)
            if path.exists():
                # Of the same second and the same last line: it is there already.
                shutil.rmtree(half)
            else:
                replace(half, path)
            sync_names(place)
        finally:
            shutil.rmtree(half, ignore_errors=True)
        progress("Deleting backups that are no longer needed")
        backup_folder.thin(place)
        put_aside.thin(register, at)
        return backup_folder.read(path)


def keep_dsl(register: Path, dsl: Database, *, at: datetime, rest: Rest = copying.rest) -> None:
    """Copy the DSL's file, unless its newest copy is as it is now. Called before it is closed.

    Raises:
        RegisterError: it could not be copied; the copy before is still there.
    """
    place = _prepared(register, dsl, None) / _DSL
    public = Keyring.load(register / "keyring.json").seal_public
    with _one_at_a_time(rest), saying(_NOT_MADE):
        _make_folder(place)
        backup_folder.clear_half(place)
        kept = _kept(place)
        with dsl.read() as session:
            head = ending.newest(session)
        if kept and head and (kept.copied.hash, kept.seal_public) == (head.hash.hex(), public):
            return
        half = Path(tempfile.mkdtemp(prefix=backup_folder.HALF, dir=place))
        try:
            head, entries = copying.copy_proved(dsl, half / "dsl.db", rest)
            backup_folder.sync(half)
            name = f"{backup_times.folder_name(at, head.seq)}-{half.name[-8:]}.db"
            said = _DslCopy(name, _copied(head, entries, at), public, backup_folder.digest(half / "dsl.db"))
            replace(half / "dsl.db", place / name)
            # Or a power cut could leave a note of a copy that is not there.
            sync_names(place)
            write_atomically(place / _NEWEST, msgspec.json.encode(said))
        finally:
            shutil.rmtree(half, ignore_errors=True)
        for file in place.iterdir():
            if file.name not in (name, _NEWEST) and file.is_file():
                file.unlink()


@contextlib.contextmanager
def _one_at_a_time(rest: Rest) -> Iterator[None]:
    """Hold `_KEEPING`; whoever waits for it rests meanwhile, and may give up there."""
    while not _KEEPING.acquire(timeout=0.01):
        rest()
    try:
        yield
    finally:
        _KEEPING.release()


def is_due(register: Path, desk: Database, dsl: Database | None) -> bool:
    """Whether anything is new since the newest backup: lines in a file, or who may sign in.

    Raises:
        RegisterError: the register cannot be read just now.
    """
    newest = next(iter(listed(register)), None)
    if newest is None:
        return True
    files, digests = newest.manifest.files, newest.manifest.digests
    for name, database in (("desk", desk), ("dsl", dsl)):
        if database is not None:
            with database.read() as session:
                head = ending.newest(session)
            if head is not None and (name not in files or files[name].hash != head.hash.hex()):
                return True
    with saying(_NOT_MADE):
        return backup_folder.digest(register / "keyring.json") != digests.get("keyring.json")


def _fill(half: Path, register: Path, desk: Database, at: datetime, rest: Rest) -> str:
    """Put everything into the folder, the manifest last; returns what the backup is to be called."""
    for _ in range(TRIES):
        before = _keys_on(register)
        head, entries = copying.copy_proved(desk, half / "desk.db", rest)
        # After the desk's file: it may name who was let in meanwhile, and never lacks anybody.
        shutil.copyfile(register / "keyring.json", half / "keyring.json")
        if _keys_on(half) == before:
            break
        # The keys were changed meanwhile: this keyring may hold no key to what was copied.
        (half / "desk.db").unlink()
    else:
        raise RegisterError("No backup could be made while the keys of the register change. It is tried again soon.")
    files = {"desk": _copied(head, entries, at)}
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(register / erasure.LIST, half / erasure.LIST)
    kept = _carried(register, half)
    if kept is not None:
        files["dsl"] = kept.copied
    files = {name: replace_in(copied, words=copied.proof) for name, copied in files.items()}
    for name, copied in files.items():
        note_head(half / f"{name}.db", head_of(copied))
    noted = noted_head(register / "dsl.db")
    # The note may be the older of both: it is not waited for, and a power cut can lose it.
    is_older = noted is not None and (kept is None or (kept.copied.epoch, kept.copied.seq) < (noted.epoch, noted.seq))
    program = version("visitor-register")
    manifest = Manifest(at, program, files, is_older, backup_folder.digests(half))
    backup_folder.write_manifest(half, manifest)
    backup_folder.sync(half)
    return backup_times.folder_name(at, head.seq)


def _keys_on(folder: Path) -> tuple[bytes, bool]:
    """Which keys a keyring holds, and whether those that follow them as well."""
    keyring = Keyring.load(folder / "keyring.json")
    return keyring.seal_public, keyring.changing


def head_of(copied: Copied) -> Head:
    """Where a copied file's journal ends."""
    return Head(copied.desk, copied.epoch, copied.seq, copied.clock, bytes.fromhex(copied.hash))


def _copied(head: Head, entries: int, at: datetime) -> Copied:
    return Copied(at, head.desk, head.epoch, head.seq, head.clock, head.hash.hex(), entries)


def _carried(register: Path, half: Path) -> _DslCopy | None:
    """Bring the newest copy of the DSL's file into a backup; None where there is none that these keys open."""
    place = place_in(register) / _DSL
    kept = _kept(place)
    if kept is None or kept.seal_public != Keyring.load(half / "keyring.json").seal_public:
        return None
    try:
        shutil.copyfile(place / kept.file, half / "dsl.db")
    except FileNotFoundError:
        return None
    if backup_folder.digest(half / "dsl.db") != kept.digest:
        (half / "dsl.db").unlink()
        return None
    return kept


def _kept(place: Path) -> _DslCopy | None:
    try:
        kept = msgspec.json.decode((place / _NEWEST).read_bytes(), type=_DslCopy)
    except (OSError, ValueError, RecursionError):
        return None
    return kept if (place / kept.file).is_file() else None


def _prepared(register: Path, *files: Database | None) -> Path:
    """The folder of the backups, with room for one more."""
    place = place_in(register)
    with saying(_NOT_MADE):
        _make_folder(place)
        # Twice: the copy, and its write-ahead log until that is folded in.
        needed = 2 * sum(database.path.stat().st_size for database in files if database is not None)
        if shutil.disk_usage(place).free < needed + ROOM:
            raise RegisterError("No backup could be made: the disk is nearly full. Make room on it.")
    return place


def _make_folder(place: Path) -> None:
    """Make a folder that outlives a power cut: all backups go with its name."""
    place.mkdir(mode=0o700, exist_ok=True)
    sync_names(place.parent)
