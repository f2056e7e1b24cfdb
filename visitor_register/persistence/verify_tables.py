"""Compares every table that screens read with the journal folded again: one changed cell is found and named.

Cells are compared as they stand in the file, not as they are read: an identity in capitals, or a 2 for yes, would be
read as what it was, and no query would find it any more.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Table, text
from sqlalchemy.orm import Session

from visitor_register.persistence import projections
from visitor_register.persistence.tables import TABLE_OF, projected

UNFOLDABLE = "a line says what this program never writes"
Cells = tuple[Any, ...]
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What a value of another shape than we write makes the decoders raise."""


def first_difference(session: Session, total: int, progress: Callable[[int], object]) -> str | None:
    """Fold `total` entries again and compare all tables as bags of rows; names the first row that differs."""
    try:
        wanted = _folded(session, total, progress)
    except UNREADABLE:
        # The chain fits, so whoever wrote this had the file's key and not this program.
        return UNFOLDABLE
    for number, table in enumerate(TABLE_OF.values()):
        if (fault := _compare(session, table, wanted.pop(table.name))) is not None:
            return fault
        progress(83 + 17 * (number + 1) // len(TABLE_OF))
    return None


def _folded(session: Session, total: int, progress: Callable[[int], object]) -> dict[str, Counter[Cells]]:
    """What every table should hold, by its name."""
    wanted: dict[str, Counter[Cells]] = {name: Counter() for name in projected.tables}
    writers = {kind: _writer(session, kind, table) for kind, table in TABLE_OF.items()}
    done, told = 0, 0
    for fold, entries in projections.fold_everything(session):
        for row in fold(entries):
            wanted[TABLE_OF[type(row)].name][writers[type(row)](row)] += 1
        done += len(entries)
        if done - told >= 5_000:
            told = done
            progress(33 + min(50, 50 * done // max(1, total)))
    return wanted


def _compare(session: Session, table: Table, expected: Counter[Cells]) -> str | None:
    for cells in _stored(session, table):
        left = expected.get(cells, 0)
        if left == 0:
            return f"table {table.name}: a row differs from the lines (subject {_subject(cells, table)})"
        if left == 1:
            del expected[cells]
        else:
            expected[cells] = left - 1
    for cells in expected:
        return f"table {table.name}: a row is missing (subject {_subject(cells, table)})"
    return None


def _stored(session: Session, table: Table) -> Iterator[Cells]:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    # No types are told, so nothing is read as anything: the names are ours, and nothing of it was typed by anybody.
    statement = text(f"SELECT {names} FROM {table.name}").execution_options(yield_per=5_000)  # noqa: S608
    for row in session.execute(statement):
        yield tuple(row)


def _writer(session: Session, kind: type, table: Table) -> Callable[[object], Cells]:
    """Turns a value of this kind into the cells that writing it puts into the file."""
    bind = session.get_bind()
    dialect = (bind if isinstance(bind, Engine) else bind.engine).dialect
    ways = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    changed = [(at, way) for at, way in enumerate(ways) if way is not None]
    read = attrgetter(*(one.name for one in fields(kind)))

    def write(row: object) -> Cells:
        cells = list(read(row))
        for at, way in changed:
            cells[at] = way(cells[at])
        return tuple(cells)

    return write


def _subject(cells: Cells, table: Table) -> object:
    """Whose row it is; as it stands in the file when it is no identity any more."""
    names = [column.name for column in table.columns]
    stored = cells[names.index(table.info["subject"])]
    try:
        return UUID(stored)
    except UNREADABLE:
        return stored
