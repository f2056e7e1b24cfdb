"""The second place of the backups: another disk or a network share, which may be slow, full, or not there at all.

Beside copies of the backups it holds the newest noted heads, so that a PC whose whole disk was put back from
yesterday is noticed, and the list of what was erased. Nothing at the desk ever waits for it.
"""

import contextlib
import shutil
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from visitor_register.errors import RegisterError
from visitor_register.persistence import backup_folder, erasure
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.database import note_head, noted_head
from visitor_register.persistence.faults import saying
from visitor_register.persistence.journal import Head
from visitor_register.persistence.small_files import sync_names

PATIENCE = 2.0
"""Seconds that opening the register waits for a note at the second place."""

FILES = ("desk", "dsl")
PREFIX = "visitor-register-"
"""What the folders of ours there are called; the register's own identity follows."""

FAILED = "The backup could not be copied to the second place: it is full, or cannot be written to."
_NOT_THERE = "The second place of the backups cannot be reached. See that the disk or the network share is connected."


@dataclass(frozen=True, slots=True)
class State:
    """How the second place stands. `newest`: when the newest backup there was made; `trouble`: a sentence, or nothing.

    `folder` is empty where none was chosen.
    """

    folder: str = ""
    newest: datetime | None = None
    trouble: str = ""


def place_of(folder: Path, desk: str) -> Path:
    """Where this desk's backups lie at the second place: several PCs may share one."""
    return folder / f"{PREFIX}{desk[:8]}"


def why_refused(folder: Path, register: Path) -> str | None:
    """Say why backups should not lie there, or None. It may take long: the place may be on a network."""
    if not folder.is_dir():
        return _NOT_THERE
    if folder.resolve().is_relative_to(register.resolve()):
        return "The second place lies in the register's own folder: choose another disk or a network share."
    return None


def take(backup: Path, folder: Path, register: Path, desk: str) -> None:
    """Copy one backup there and read it back; then thin what is there, and bring the list of erasures along.

    Raises:
        RegisterError: it did not go. Nothing half stands there under a backup's name.
    """
    place = _made(folder, register, desk)
    with saying(FAILED):
        backup_folder.clear_half(place)
        if not (place / backup.name).exists():
            half = place / f"{backup_folder.HALF}{backup.name}"
            shutil.copytree(backup, half)
            backup_folder.sync(half)
            backup_folder.check_whole(half)
            half.rename(place / backup.name)
            sync_names(place)
        backup_folder.thin(place)
        erasure.take_along(register, place)


def take_erased(folder: Path, register: Path, desk: str) -> bool:
    """Bring the list of what was erased along, without waiting for a backup; returns whether it could be."""
    try:
        return erasure.take_along(register, _made(folder, register, desk))
    except RegisterError:
        return False


def note(heads: Mapping[str, Head], folder: Path, register: Path, desk: str) -> None:
    """Note there where the journals end.

    Raises:
        RegisterError: it could not be noted.
    """
    place = _made(folder, register, desk)
    with saying(FAILED):
        for name, head in heads.items():
            if noted_head(place / f"{name}.db") != head:
                note_head(place / f"{name}.db", head)


def heads(folder: Path, desk: str) -> dict[str, Head]:
    """The heads noted there, by file; none where there are none. It may take long."""
    found = {name: noted_head(place_of(folder, desk) / f"{name}.db") for name in FILES}
    return {name: head for name, head in found.items() if head is not None and head.desk == desk}


def heads_soon(folder: str, desk: str, patience: float = PATIENCE) -> dict[str, Head]:
    """The heads noted there, if they can be read within so many seconds: no start waits longer for a network."""
    if not folder:
        return {}
    found: dict[str, Head] = {}

    def read() -> None:
        with contextlib.suppress(OSError):
            found.update(heads(Path(folder), desk))

    # A daemon: a share that never answers must not keep the program from ending.
    reader = threading.Thread(target=read, daemon=True, name="second place")
    reader.start()
    reader.join(patience)
    return dict(found)


def backups(folder: Path, desk: str) -> list[Backup]:
    """The backups there, the newest first; none where it cannot be reached. It may take long."""
    try:
        return backup_folder.listed(place_of(folder, desk))
    except OSError:
        return []


def erased(folder: Path, desk: str) -> Iterable[erasure.Gone]:
    """What is known there to have been erased. It may take long."""
    return erasure.read_list(place_of(folder, desk) / erasure.LIST)


def _made(folder: Path, register: Path, desk: str) -> Path:
    with saying(FAILED):
        if refused := why_refused(folder, register):
            raise RegisterError(refused)
        place = place_of(folder, desk)
        # Only ours: where the chosen folder is missing, a disk is not connected, and this one would be filled instead.
        place.mkdir(exist_ok=True)
    return place
