"""The tables that screens read: each the fold of one subject's entries, replaced in the same transaction."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, delete, select
from sqlalchemy.orm import Session

from visitor_register.domain.events import Entry
from visitor_register.domain.folds import FOLD_OF, MAKES, Fold
from visitor_register.persistence import codec, rows
from visitor_register.persistence.tables import TABLE_OF, entry, projected

_CHUNK = 500
"""SQLite takes a limited number of bound values in one statement."""


def refold(session: Session, subjects: Iterable[UUID]) -> None:
    """Fold all entries of these subjects again and replace their rows."""
    waiting = list(subjects)
    for start in range(0, len(waiting), _CHUNK):
        chunk = waiting[start : start + _CHUNK]
        stored = session.execute(
            select(entry)
            .where(entry.c.subject.in_(chunk))
            .order_by(entry.c.subject, entry.c.clock, entry.c.desk, entry.c.seq)
        )
        made: list[object] = []
        touched: set[Table] = set()
        for fold, entries in _by_subject(stored):
            made.extend(fold(entries))
            touched.update(TABLE_OF[kind] for kind in MAKES[fold])
        for table in touched:
            session.execute(delete(table).where(table.c[table.info["subject"]].in_(chunk)))
        rows.insert_rows(session, made)


def rebuild(session: Session) -> int:
    """Empty every projected table and fold the whole journal again; returns how many folds there were."""
    for table in projected.tables.values():
        session.execute(delete(table))
    folded = 0
    made: list[object] = []
    for fold, entries in fold_everything(session):
        folded += 1
        made.extend(fold(entries))
        if len(made) >= 5_000:
            rows.insert_rows(session, made)
            made.clear()
    rows.insert_rows(session, made)
    return folded


def fold_everything(session: Session) -> Iterator[tuple[Fold, list[Entry]]]:
    """Every subject of the journal with its fold and its entries, one after the other."""
    stored = session.execute(
        select(entry)
        .order_by(entry.c.subject, entry.c.clock, entry.c.desk, entry.c.seq)
        .execution_options(yield_per=5_000)
    )
    return _by_subject(stored)


def _by_subject(stored: Iterable[Row[Any]]) -> Iterator[tuple[Fold, list[Entry]]]:
    for _, group in groupby(stored, key=attrgetter("subject")):
        lines = list(group)
        # By the name of the kind, not by the body: an erased body must find its fold too. A visit may carry
        # a sealed note as a booking does: every fold that knows one of its kinds reads the subject.
        kinds = dict.fromkeys(codec.type_of(line.kind) or object for line in lines)
        folds = dict.fromkeys(FOLD_OF[kind] for kind in kinds if kind in FOLD_OF)
        if folds:
            entries = [codec.entry_from(line) for line in lines]
            for fold in folds:
                yield fold, entries
