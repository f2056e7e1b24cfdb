"""Proves that nobody changed the register: walks the chain, and folds everything again beside the tables."""

import hmac
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from visitor_register.domain.events import Erased
from visitor_register.persistence import codec, journal, projections
from visitor_register.persistence.tables import TABLE_OF, projected

GUARDS = frozenset({"entry_stays", "entry_unchanged"})
"""The triggers that refuse changing and deleting; a file without them may have been worked on."""

_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
"""What a value of another shape than we write makes the decoders raise."""


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


@dataclass(slots=True)
class _Walk:
    """Where walking the journal has come to."""

    entries: int = 0
    fault: str | None = None
    previous: bytes = journal.GENESIS
    number: int = 0
    erasures: dict[str, frozenset[str]] = field(default_factory=dict)
    emptied: list[tuple[str, str, str]] = field(default_factory=list)


def verify(session: Session) -> Finding:
    """Walk the whole journal, then fold it again and compare with the tables; names the first fault.

    What it cannot see is a file whose newest entries are gone, tables and all: the head noted beside
    the file shows that (`Register.records_lost`).
    """
    # In chunks for speed; one by one where a chunk holds something that cannot be read, to name it.
    walk = _walk(session, chunk=5_000) or _walk(session, chunk=1) or _Walk()
    fault = walk.fault or _wrong_erasure(walk) or _missing_guard(session) or _first_difference(session)
    return Finding(walk.entries, len(walk.emptied), fault)


def _walk(session: Session, *, chunk: int) -> _Walk | None:
    """The whole journal; None when a row could not be read and a smaller chunk may tell which."""
    walk = _Walk()
    try:
        for rows in journal.walk(session, chunk=chunk):
            for row in rows:
                _step(walk, row)
    except _UNREADABLE:
        if chunk > 1:
            return None
        walk.fault = walk.fault or f"entry {walk.number + 1}: it cannot be read"
    return walk


def _step(walk: _Walk, row: Row[Any]) -> None:
    name, key = f"entry {row.epoch}/{row.seq}", f"{row.desk}/{row.epoch}/{row.seq}"
    walk.entries += 1
    walk.fault = walk.fault or _fault_of(row, name, walk)
    walk.number, walk.previous = row.seq, row.hash
    if row.body is None:
        walk.emptied.append((name, key, str(row.erased_by)))
    elif row.kind == Erased.__name__ and walk.fault is None:
        event = codec.decode(row.kind, row.version, row.body)
        if isinstance(event, Erased):
            walk.erasures[key] = frozenset(event.entries)


def _fault_of(row: Row[Any], name: str, walk: _Walk) -> str | None:
    if row.seq != walk.number + 1:
        return f"{name}: entry {walk.number + 1} is missing before it, or {row.seq} stands twice"
    if row.prev_hash != walk.previous:
        return f"{name}: it does not follow the entry before it"
    if journal.chain_hash(row._mapping) != row.hash:
        return f"{name}: its header was changed"
    if row.body is None:
        return None if row.salt is None and row.erased_by else f"{name}: its text is gone, and nobody erased it"
    if row.erased_by is not None:
        return f"{name}: it is marked as erased, and its text is still there"
    if row.salt is None or not hmac.compare_digest(hmac.digest(row.salt, row.body, "sha256"), row.commitment):
        return f"{name}: its text was changed"
    return None


def _wrong_erasure(walk: _Walk) -> str | None:
    """An erasure is itself never erased, so what it lists can always be held against what is empty."""
    for name, key, erased_by in walk.emptied:
        if erased_by not in walk.erasures:
            return f"{name}: it names an erasure that never was"
        if key not in walk.erasures[erased_by]:
            return f"{name}: its text is gone, and the erasure it names does not list it"
    return None


def _missing_guard(session: Session) -> str | None:
    found = set(session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    return None if found >= GUARDS else "the file's guard against changing entries was taken off"


def _first_difference(session: Session) -> str | None:
    """Compare every projected table with a fresh fold, row by row, as a bag of rows."""
    wanted: dict[str, Counter[object]] = {name: Counter() for name in projected.tables}
    for fold, entries in projections.fold_everything(session):
        for row in fold(entries):
            wanted[TABLE_OF[type(row)].name][row] += 1
    for kind, table in TABLE_OF.items():
        expected = wanted[table.name]
        try:
            for row in _stored(session, kind):
                if expected[row] == 0:
                    return f"table {table.name}: a row differs from the journal (subject {_subject(row, table.info)})"
                expected[row] -= 1
        except _UNREADABLE:
            return f"table {table.name}: a row holds what this program never writes"
        missing = next((row for row, left in expected.items() if left), None)
        if missing is not None:
            return f"table {table.name}: a row is missing (subject {_subject(missing, table.info)})"
    return None


def _stored(session: Session, kind: type) -> Iterator[object]:
    statement = select(TABLE_OF[kind]).execution_options(yield_per=5_000)
    for row in session.execute(statement):
        yield kind(*row)


def _subject(row: object, info: dict[str, str]) -> object:
    return getattr(row, info["subject"])
