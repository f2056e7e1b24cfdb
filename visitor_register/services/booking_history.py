"""What happened to a booking: every entry about it, its passes and its visits, in the order it was written.

It is found by subject, never by reading the journal through. Nothing of it is the DSL's: that something was sealed
is told, never what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    Booked,
    BookingCancelled,
    BookingChanged,
    DidNotCome,
    Entry,
    EntryDeclined,
    LeavingUnknown,
    Left,
    PutBack,
    Unknown,
)
from visitor_register.domain.school import Account
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import account, person, visit, visit_pass

Terms = Booked | BookingChanged
_COMING_AND_GOING = (Arrived, ArrivalUndone, ArrivalCorrected, EntryDeclined, Left, LeavingUnknown, PutBack, Unknown)
"""What of a visit belongs to its booking: that somebody came and went. How they were checked stands in History."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry about a booking, a pass of it or a visit it brought.

    Attributes:
        at: When it was written, in UTC.
        by: Who wrote it; None for somebody who is not on the list any more.
        event: What was written; None once it was erased.
        whom: Whose pass or visit it is; None for the booking itself.
        before: How the booking read until then, for a `BookingChanged`.
        over: Until then it was cancelled, or nobody had come.
    """

    at: datetime
    by: Account | None
    event: object | None
    whom: UUID | None = None
    before: Terms | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class BookingHistory:
    """All that happened to a booking, newest last, and what its people are called now; an erased name is not there."""

    happenings: tuple[Happening, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)

    def name(self, identity: UUID) -> str | None:
        """What somebody is called now; None once the name was erased."""
        return self.names.get(identity)


def of_booking(session: Session, identity: UUID) -> BookingHistory:
    """Tell all that happened to one booking; nothing, when it is not in the register."""
    booked = journal.entries_of(session, identity)
    passes = [(entry, who) for made, who in _passes(session, identity) for entry in journal.entries_of(session, made)]
    visits = [
        told for one in _visits(session, identity) for told in _coming_and_going(journal.entries_of(session, one))
    ]
    around: list[tuple[Entry, UUID]] = passes + visits
    writers = people(session, {entry.actor for entry in booked} | {entry.actor for entry, _ in around})
    said = [(entry.seq, one) for entry, one in zip(booked, _changes(booked, writers), strict=True)]
    said += [(entry.seq, Happening(entry.at, writers.get(entry.actor), entry.event, whom)) for entry, whom in around]
    expected = {
        who for entry in booked if isinstance(entry.event, Booked | BookingChanged) for who in entry.event.visitors
    }
    names = _names(session, expected | {whom for _, whom in around})
    return BookingHistory(tuple(one for _, one in sorted(said, key=lambda pair: pair[0])), names)


def people(session: Session, identities: Iterable[UUID]) -> dict[UUID, Account]:
    """Who may use the program, or might once: these of them."""
    return {one.id: one for one in rows.select_all(session, Account, account.c.id.in_(identities))}


def _changes(booked: Iterable[Entry], writers: Mapping[UUID, Account]) -> Iterable[Happening]:
    before: Terms | None = None
    over = False
    for entry in booked:
        yield Happening(entry.at, writers.get(entry.actor), entry.event, None, before, over)
        match entry.event:
            case Booked() | BookingChanged() as said:
                before, over = said, False
            case BookingCancelled() | DidNotCome():
                over = True


def _passes(session: Session, identity: UUID) -> Iterable[tuple[UUID, UUID]]:
    found = select(visit_pass.c.id, visit_pass.c.person).where(visit_pass.c.booking == identity)
    return [(row.id, row.person) for row in session.execute(found)]


def _visits(session: Session, identity: UUID) -> Iterable[UUID]:
    return session.execute(select(visit.c.id).where(visit.c.booking == identity)).scalars().all()


def _coming_and_going(entries: Iterable[Entry]) -> Iterable[tuple[Entry, UUID]]:
    """Each entry with whom it was about, as it was known then."""
    who: UUID | None = None
    for entry in entries:
        match entry.event:
            case Arrived(person=who) | EntryDeclined(person=who):
                pass
            case ArrivalCorrected(person=UUID() as who):
                pass
        if who is not None and isinstance(entry.event, _COMING_AND_GOING):
            yield entry, who


def _names(session: Session, identities: Iterable[UUID]) -> dict[UUID, str]:
    found = select(person.c.id, person.c.name).where(person.c.id.in_(identities))
    return {row.id: row.name for row in session.execute(found)}
