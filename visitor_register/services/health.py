"""Gathers how the register stands on this PC: its files, its backups, its disk, its clock."""

from collections.abc import Iterable
from datetime import datetime
from importlib import metadata
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from visitor_register.domain.events import DrillDone
from visitor_register.domain.health import Facts
from visitor_register.files import disk_state
from visitor_register.persistence import backup, codec, journal
from visitor_register.persistence.second_place import State
from visitor_register.persistence.tables import entry

LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "alembic",
    "sqlcipher3",
    "cryptography",
    "argon2-cffi",
    "opencv-python-headless",
    "zxing-cpp",
    "pyzbar",
    "openpyxl",
    "pdfplumber",
    "icalendar",
    "holidays",
    "tzdata",
)
"""Whose versions matter when somebody asks for help."""


def gather(
    session: Session,
    folder: Path,
    *,
    at: datetime,
    records_lost: bool = False,
    ending_unknown: bool = False,
    encrypted: bool | None = None,
    second: State | None = None,
    backup_trouble: str = "",
    clock: Iterable[str] = (),
    strangers: Iterable[str] = (),
) -> Facts:
    """Look at everything that answers at once; what may be slow is handed in.

    Args:
        session: Of the desk's file.
        folder: Where the register lies.
        encrypted: What `disk_state.is_encrypted` said.
        second: How the second place stood when it was last used.
    """
    newest = next(iter(backup.listed(folder)), None)
    drill = _drill(session)
    ends = journal.head(session).hash.hex()
    return Facts(
        at,
        records_lost=records_lost,
        ending_unknown=ending_unknown,
        free=disk_state.free(folder),
        encrypted=encrypted,
        backup_at=newest.made_at if newest else None,
        changed_since=newest is not None and newest.manifest.files["desk"].hash != ends,
        dsl_is_older=newest is not None and newest.manifest.dsl_is_older,
        backup_trouble=backup_trouble,
        second_place=bool(second and second.folder),
        second_at=second.newest if second else None,
        second_trouble=second.trouble if second else "",
        clock=tuple(clock),
        strangers=tuple(strangers),
        drill_at=drill[0] if drill else None,
        drill_sound=drill is None or drill[1],
    )


def versions(session: Session) -> tuple[tuple[str, str], ...]:
    """The program's own version, that of its encrypted store, and those of its libraries."""
    found = [("Visitor Register", _version("visitor-register"))]
    connection = session.connection()
    found.append(("SQLCipher", str(connection.execute(text("PRAGMA cipher_version")).scalar_one_or_none() or "")))
    found.append(("SQLite", str(connection.execute(text("SELECT sqlite_version()")).scalar_one())))
    found += [(name, _version(name)) for name in LIBRARIES]
    return tuple(found)


def _drill(session: Session) -> tuple[datetime, bool] | None:
    """When a backup was last tried, and whether it was sound."""
    last = session.execute(
        select(entry).where(entry.c.kind == DrillDone.__name__).order_by(entry.c.clock.desc()).limit(1)
    ).first()
    if last is None:
        return None
    said = codec.entry_from(last)
    return (said.at, said.event.sound) if isinstance(said.event, DrillDone) else None


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not found"
