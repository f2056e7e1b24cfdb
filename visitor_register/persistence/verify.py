"""Proves that nobody changed the register: walks the chain, and folds everything again beside the tables."""

import hmac
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from visitor_register.persistence import journal, projections
from visitor_register.persistence.tables import TABLE_OF, entry, projected


@dataclass(frozen=True, slots=True)
class Finding:
    """What verifying found: how many entries were read, and the first thing that is not as it was written."""

    entries: int
    erased: int
    fault: str | None

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.fault is None


def verify(session: Session) -> Finding:
    """Walk the whole journal, then fold it again and compare with the tables; names the first fault."""
    entries = erased = 0
    fault: str | None = None
    previous: bytes = journal.GENESIS
    numbers: dict[tuple[str, int], int] = {}
    erasures: set[str] = set()
    for chunk in journal.walk(session):
        for row in chunk:
            entries += 1
            name = f"{row.desk}/{row.epoch}/{row.seq}"
            if row.kind == "Erased":
                erasures.add(name)
            expected = numbers.get((row.desk, row.epoch), 0) + 1
            numbers[row.desk, row.epoch] = row.seq
            fault = fault or _fault_of(row, previous, expected)
            erased += row.body is None
            previous = row.hash
    fault = fault or _unknown_erasure(session, erasures) or _first_difference(session)
    return Finding(entries, erased, fault)


def _fault_of(row: Row[tuple[object, ...]], previous: bytes, expected: int) -> str | None:
    name = f"entry {row.epoch}/{row.seq}"
    if row.seq != expected:
        return f"{name}: entry {row.epoch}/{expected} is missing before it"
    if row.prev_hash != previous:
        return f"{name}: it does not follow the entry before it"
    if journal.chain_hash(row._mapping) != row.hash:
        return f"{name}: its header was changed"
    if row.body is None:
        return None if row.salt is None and row.erased_by else f"{name}: its text is gone, and nobody erased it"
    if row.salt is None or not hmac.compare_digest(hmac.digest(row.salt, row.body, "sha256"), row.commitment):
        return f"{name}: its text was changed"
    return None


def _unknown_erasure(session: Session, erasures: set[str]) -> str | None:
    emptied = session.execute(select(entry.c.epoch, entry.c.seq, entry.c.erased_by).where(entry.c.body.is_(None)))
    for row in emptied:
        if row.erased_by not in erasures:
            return f"entry {row.epoch}/{row.seq}: it names an erasure that never was"
    return None


def _first_difference(session: Session) -> str | None:
    """Compare every projected table with a fresh fold, row by row, as a bag of rows."""
    wanted: dict[str, Counter[object]] = {name: Counter() for name in projected.tables}
    for fold, entries in projections.fold_everything(session):
        for row in fold(entries):
            wanted[TABLE_OF[type(row)].name][row] += 1
    for kind, table in TABLE_OF.items():
        expected = wanted[table.name]
        for row in _stored(session, kind):
            if expected[row] == 0:
                return f"table {table.name}: a row differs from the journal (subject {_subject(row, table.info)})"
            expected[row] -= 1
        missing = next((row for row, left in expected.items() if left), None)
        if missing is not None:
            return f"table {table.name}: a row is missing (subject {_subject(missing, table.info)})"
    return None


def _stored(session: Session, kind: type) -> Iterator[object]:
    statement = select(TABLE_OF[kind]).execution_options(yield_per=5_000)
    for row in session.execute(statement).mappings():
        yield kind(**row)


def _subject(row: object, info: dict[str, str]) -> object:
    return getattr(row, info["subject"])
