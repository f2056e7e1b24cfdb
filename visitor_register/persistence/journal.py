"""The journal: append, read, and the chain that shows whether anybody changed it.

A paper visitors' book is only ever appended to. An entry's header never holds a name, number or
reference, because it is never erased; its body may be, and the commitment then stays in its place.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, String, func, insert, select, type_coerce
from sqlalchemy.orm import Session

from visitor_register.domain.events import Entry
from visitor_register.domain.folds import DSL_ONLY
from visitor_register.domain.people import Operator
from visitor_register.persistence import codec, projections
from visitor_register.persistence.tables import entry
from visitor_register.persistence.types import utc_text

GENESIS = bytes(32)
_ORDER = (entry.c.clock, entry.c.desk, entry.c.seq)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal of one desk ends. `hash` is 32 bytes."""

    desk: str
    epoch: int
    seq: int
    clock: int
    hash: bytes


def key(row: Row[*tuple[Any, ...]]) -> str:
    """What an entry is called where another one names it: `desk/epoch/number`."""
    return f"{row.desk}/{row.epoch}/{row.seq}"


def head(session: Session) -> Head:
    """Read where the journal ends; an empty one ends before its first entry."""
    row = session.execute(
        select(entry.c.desk, entry.c.epoch, entry.c.seq, entry.c.clock, entry.c.hash)
        .order_by(entry.c.clock.desc())
        .limit(1)
    ).first()
    desk, epoch = session.info["desk"], session.info["epoch"]
    if row is None:
        return Head(desk, epoch, 0, 0, GENESIS)
    # A new epoch is chained to the last entry before it and goes on counting, so that within one file
    # a number alone names an entry: a correction, or the order of a setting's values, needs no more.
    return Head(desk, epoch, row.seq, row.clock, row.hash)


def append(session: Session, subject: UUID, event: object, *, by: Operator, at: datetime) -> int:
    """Write one event and bring the tables of its subject up to date; returns its number.

    It must run inside a transaction that began as a writing one. Nothing is committed here.
    """
    return append_all(session, [(subject, event)], by=by, at=at)


def append_all(session: Session, said: Iterable[tuple[UUID, object]], *, by: Operator, at: datetime) -> int:
    """Write several events in their order, then bring each subject's tables up to date once.

    Returns the number of the last one; 0 when there was none.
    """
    if at.tzinfo is None:
        raise TypeError("a moment needs a time zone")
    last = head(session)
    seq, clock, previous = last.seq, last.clock, last.hash
    now = int(at.timestamp() * 1_000_000)
    rows: list[dict[str, Any]] = []
    subjects: dict[UUID, None] = {}
    for subject, event in said:
        if type(event) in DSL_ONLY and session.info["file"] != "dsl":
            raise TypeError(f"{type(event).__name__} belongs in the DSL's file")
        kind, version, body = codec.encode(event)
        seq += 1
        # Never backwards, even when the machine's clock is set back.
        clock = max(clock + 1, now)
        salt = secrets.token_bytes(32)
        row: dict[str, Any] = {
            "desk": last.desk,
            "epoch": last.epoch,
            "seq": seq,
            "at": utc_text(at),
            "clock": clock,
            "actor": by.id,
            "subject": subject,
            "kind": kind,
            "version": version,
            "body": body,
            "salt": salt,
            "commitment": hmac.digest(salt, body, "sha256"),
            "erased_by": None,
            "prev_hash": previous,
        }
        previous = row["hash"] = chain_hash(row)
        rows.append(row)
        subjects[subject] = None
    if not rows:
        return 0
    session.execute(insert(entry), rows)
    projections.refold(session, subjects)
    session.info["appended"] = True
    return seq


def chain_hash(row: dict[str, Any] | Any) -> bytes:
    """The 32-byte hash of an entry: its header, its commitment, and the hash of the one before."""
    header = "\x1f".join(
        str(row[name]) for name in ("desk", "epoch", "seq", "at", "clock", "actor", "subject", "kind", "version")
    )
    return hashlib.sha256(header.encode() + b"\x1f" + row["commitment"] + row["prev_hash"]).digest()


def entries_of(session: Session, subject: UUID) -> list[Entry]:
    """All that was written about one subject, in order."""
    return [
        codec.entry_from(row)
        for row in session.execute(select(entry).where(entry.c.subject == subject).order_by(*_ORDER))
    ]


def newest(session: Session, *, limit: int, before: int | None = None) -> list[tuple[int, Entry]]:
    """The newest entries with their clocks, newest first, for paging through History."""
    statement = select(entry).order_by(entry.c.clock.desc()).limit(limit)
    if before is not None:
        statement = statement.where(entry.c.clock < before)
    return [(row.clock, codec.entry_from(row)) for row in session.execute(statement)]


def count(session: Session) -> int:
    """How many entries there are."""
    return session.execute(select(func.count()).select_from(entry)).scalar_one()


def walk(session: Session, *, chunk: int = 5_000) -> Iterator[Sequence[Row[Any]]]:
    """All entries in order, in chunks, so that a long journal needs little memory.

    Identities come as the 32 digits that stand in the file: in capitals they would be read as what they were, and no
    query would find them any more.
    """
    columns = (type_coerce(one, String).label(one.name) if one.name in ("actor", "subject") else one for one in entry.c)
    return session.execute(select(*columns).order_by(*_ORDER).execution_options(yield_per=chunk)).partitions()
