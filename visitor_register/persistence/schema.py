"""Whether a file's tables, indexes and triggers are word for word those that this program makes.

A file from outside may bring a trigger or a view that runs with our rights as soon as we write or read.
"""

import functools
import secrets
import tempfile
from pathlib import Path

from sqlalchemy import text

from visitor_register.errors import FileRefusedError
from visitor_register.persistence import upgrade
from visitor_register.persistence.database import Database, Identity
from visitor_register.persistence.faults import plainly
from visitor_register.persistence.verify_guards import GUARDS

_Schema = frozenset[tuple[str, str, str, str | None]]
"""Kind, name, table and words of everything a file declares."""

_REFUSED = (
    "This backup was not made by the program: a file in it does more than hold records ({what}). "
    "Nothing was changed. Use another backup, and tell whoever looks after the PC."
)


def refuse_active(database: Database) -> None:
    """Refuse a file that holds any trigger but ours, a view, or a table that runs a program.

    Raises:
        FileRefusedError: it does. Nothing in it was run: only its list of contents was read.
    """
    for kind, name, _, words in _schema(database):
        active = kind == "view" or (words or "").lstrip().upper().startswith("CREATE VIRTUAL")
        if active or (kind == "trigger" and GUARDS.get(name) != words):
            raise FileRefusedError(_REFUSED.format(what=f"{kind} “{name[:40]}”"))


def refuse_other(database: Database) -> None:
    """Refuse a file, brought up to date, that declares anything else than a fresh file of this program.

    Raises:
        FileRefusedError: it does.
    """
    different = sorted(_schema(database) ^ _of_fresh_file(), key=str)
    if different:
        kind, name, *_ = different[0]
        raise FileRefusedError(_REFUSED.format(what=f"{kind} “{name[:40]}”"))


@functools.cache
def _of_fresh_file() -> _Schema:
    """What a fresh file of this program declares."""
    with tempfile.TemporaryDirectory() as place:
        path, key, identity = Path(place) / "fresh.db", secrets.token_bytes(32), Identity("", 1)
        upgrade.create(path, key, identity)
        database = Database(path, key, identity)
        try:
            return _schema(database)
        finally:
            database.close()


def _schema(database: Database) -> _Schema:
    with plainly(), database.read() as session:
        rows = session.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        return frozenset((row.type, row.name, row.tbl_name, row.sql) for row in rows)
