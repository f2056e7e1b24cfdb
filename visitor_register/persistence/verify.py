"""Proves that nobody changed the register: walks the chain, and folds everything again beside the tables."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from visitor_register.domain.events import Erased
from visitor_register.persistence import anchor, codec, journal
from visitor_register.persistence.tables import entry
from visitor_register.persistence.types import utc_moment
from visitor_register.persistence.verify_guards import missing_guard
from visitor_register.persistence.verify_tables import UNREADABLE, first_difference

Progress = Callable[[int], object]
"""Hears how much is done, in hundredths."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that is not as it was written, as far as it can still be read: number, when, by whom, what."""

    number: int
    at: datetime | None
    actor: UUID | None
    kind: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who emptied how many entries, and when."""

    at: datetime
    actor: UUID
    entries: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What verifying found: how many entries were read, and the first thing that is not as it was written.

    Attributes:
        fault: What is wrong. Screens show it where a backup is refused, so it says "line" for entry.
        erased: How many entries are empty, all of them as one of `erasures` says.
        broken: The entry the fault is in, when it is in one.
    """

    entries: int
    erased: int
    fault: str | None
    broken: Broken | None = None
    erasures: tuple[Erasure, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry that twelve words stand for: when it was written, and that it is the `number`-th of `entries`."""

    at: datetime
    number: int
    entries: int


@dataclass(slots=True)
class _Walk:
    """Where walking the journal has come to."""

    entries: int = 0
    fault: str | None = None
    broken: Broken | None = None
    previous: bytes = journal.GENESIS
    number: int = 0
    listed: dict[str, frozenset[str]] = field(default_factory=dict)
    erasures: list[Erasure] = field(default_factory=list)
    emptied: list[tuple[str, str, str]] = field(default_factory=list)


def verify(session: Session, *, progress: Progress = lambda _: None) -> Finding:
    """Walk the whole journal, then fold it again and compare with the tables; names the first fault.

    What it cannot see is a file whose newest entries are gone, tables and all, or one that somebody with its key
    chained anew: the head noted beside the file shows that (`Register.records_lost`), and words on paper (`find`).
    """
    total = journal.count(session)
    # In chunks for speed; one by one where a chunk holds something that cannot be read, to name it.
    walk = _walk(session, 5_000, total, progress) or _walk(session, 1, total, progress) or _Walk()
    fault = walk.fault or _wrong_erasure(walk) or missing_guard(session) or first_difference(session, total, progress)
    progress(100)
    return Finding(walk.entries, len(walk.emptied), fault, walk.broken, tuple(walk.erasures))


def find(session: Session, prefix: bytes) -> Moment | None:
    """The entry whose hash begins like this; None when the journal holds none: it was cut off, or is another."""
    matching = func.substr(entry.c.hash, 1, anchor.PREFIX) == prefix
    row = session.execute(select(entry.c.at, entry.c.seq).where(matching)).first()
    if row is None:
        return None
    return Moment(utc_moment(row.at), row.seq, journal.head(session).seq)


def _walk(session: Session, chunk: int, total: int, progress: Progress) -> _Walk | None:
    """The whole journal; None when a row could not be read and a smaller chunk may tell which."""
    walk = _Walk()
    try:
        for rows in journal.walk(session, chunk=chunk):
            for row in rows:
                _step(walk, row)
            # The first third of the work; folding everything again is the rest.
            progress(33 * walk.entries // max(1, total))
    except UNREADABLE:
        if chunk > 1:
            return None
        if walk.fault is None:
            walk.fault = f"line {walk.number + 1}: it cannot be read"
            walk.broken = Broken(walk.number + 1, None, None, "")
    return walk


def _step(walk: _Walk, row: Row[Any]) -> None:
    walk.entries += 1
    if walk.fault is None and (fault := _fault_of(row, walk)) is not None:
        walk.fault, walk.broken = f"line {row.epoch}/{row.seq}: {fault}", _broken(row)
    walk.number, walk.previous = row.seq, row.hash
    key = journal.key(row)
    if row.body is None:
        walk.emptied.append((f"line {row.epoch}/{row.seq}", key, str(row.erased_by)))
    elif row.kind == Erased.__name__ and walk.fault is None:
        event = codec.decode(row.kind, row.version, row.body)
        if isinstance(event, Erased):
            walk.listed[key] = frozenset(event.entries)
            walk.erasures.append(Erasure(utc_moment(row.at), UUID(row.actor), len(event.entries)))


def _fault_of(row: Row[Any], walk: _Walk) -> str | None:
    if row.seq != walk.number + 1:
        return f"line {walk.number + 1} is missing before it, or {row.seq} stands twice"
    if row.prev_hash != walk.previous:
        return "it does not follow the line before it"
    header = {**row._mapping, "actor": _dashed(row.actor), "subject": _dashed(row.subject)}
    if journal.chain_hash(header) != row.hash:
        return "its header was changed"
    if row.body is None:
        return None if row.salt is None and row.erased_by else "its text is gone, and nobody erased it"
    if row.erased_by is not None:
        return "it is marked as erased, and its text is still there"
    if row.salt is None or not hmac.compare_digest(hmac.digest(row.salt, row.body, "sha256"), row.commitment):
        return "its text was changed"
    return None


def _dashed(identity: str) -> str:
    """An identity as its hash was made of it: 32 digits of the file become groups."""
    return f"{identity[:8]}-{identity[8:12]}-{identity[12:16]}-{identity[16:20]}-{identity[20:]}"


def _broken(row: Row[Any]) -> Broken:
    """What a broken entry still says of itself; any of it may be what was changed."""
    try:
        at, actor = utc_moment(row.at), UUID(row.actor)
    except UNREADABLE:
        return Broken(row.seq, None, None, str(row.kind))
    return Broken(row.seq, at, actor, str(row.kind))


def _wrong_erasure(walk: _Walk) -> str | None:
    """An erasure is itself never erased, so what it lists can always be held against what is empty."""
    for name, key, erased_by in walk.emptied:
        if erased_by not in walk.listed:
            return f"{name}: it names an erasure that never was"
        if key not in walk.listed[erased_by]:
            return f"{name}: its text is gone, and the erasure it names does not list it"
    return None
