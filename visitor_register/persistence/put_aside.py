"""The register that a restore put aside: kept for a month, then deleted, for it still holds what was erased since."""

import contextlib
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from visitor_register.persistence.restore_swap import ASIDE, MARK, STAGE
from visitor_register.persistence.small_files import write_atomically

KEPT = timedelta(days=30)
"""Time enough to notice that something is missing, and to write it again from there."""

NOTE = "kept-until.json"
_NAME = re.compile(rf"{ASIDE}-[0-9]+")


class _Note(msgspec.Struct, frozen=True):
    """From when on a folder may be deleted, with its time zone."""

    until: datetime


def thin(register: Path, at: datetime) -> None:
    """Delete what was put aside long enough ago, and what an interrupted restore left.

    It is for the moment after a backup was made and proved, while the register's lock is held: what is deleted is
    never the only copy. The month begins when a folder is first seen here.
    """
    if (register / MARK).exists():
        return
    shutil.rmtree(register / STAGE, ignore_errors=True)
    for aside in register.iterdir():
        if not _NAME.fullmatch(aside.name) or not aside.is_dir() or aside.is_symlink():
            continue
        until = _until(aside)
        if until is None:
            # Without the note the month begins again: it is no reason to say that the backup failed.
            with contextlib.suppress(OSError):
                write_atomically(aside / NOTE, msgspec.json.encode(_Note(at + KEPT)))
        elif at >= until:
            shutil.rmtree(aside, ignore_errors=True)


def _until(aside: Path) -> datetime | None:
    try:
        until = msgspec.json.decode((aside / NOTE).read_bytes(), type=_Note).until
    except (OSError, ValueError, RecursionError):
        return None
    return until if until.tzinfo is not None else None
