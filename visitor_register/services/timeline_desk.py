"""Bookings and visits of a timeline, entry by entry, from the desk's file."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

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
from visitor_register.services.timeline_entries import Happening

Terms = Booked | BookingChanged


def of_booking(entries: Iterable[Entry]) -> Iterator[Happening]:
    """What was said of one booking: it was made when the school was told, and nobody came at its own time."""
    terms: Terms | None = None
    for line in entries:
        match line.event:
            case None | Unknown():
                yield Happening(line.at, line, line.event)
            case Booked() as said:
                yield Happening(_earlier(said.notified_at, line.at), line, said)
                terms = said
            case BookingChanged() as said:
                yield Happening(line.at, line, said, before=terms)
                terms = said
            case BookingCancelled() as said:
                yield Happening(line.at, line, said, before=terms)
            case DidNotCome() as said:
                yield Happening(_earlier(terms.starts_at if terms else None, line.at), line, said, before=terms)


def of_visit(entries: list[Entry]) -> Iterator[Happening]:
    """That somebody came and went. How they were checked stands in History."""
    again = set(_said_again(entries))
    whom: UUID | None = None
    arrived: datetime | None = None
    for line in entries:
        corrected = line.seq in again
        match line.event:
            case None | Unknown():
                yield Happening(line.at, line, line.event, whom=whom)
            case Arrived(person=whom, at=arrived) | EntryDeclined(person=whom, at=arrived):
                yield Happening(arrived, line, line.event, whom=whom, corrected=corrected)
            case ArrivalCorrected() as said:
                whom, arrived = said.person or whom, said.at or arrived
                yield Happening(arrived or line.at, line, said, whom=whom, correction=True, corrected=corrected)
            case Left(at=at):
                yield Happening(at, line, line.event, whom=whom, corrected=corrected)
            case ArrivalUndone() | PutBack():
                yield Happening(line.at, line, line.event, whom=whom, correction=True)
            case LeavingUnknown():
                yield Happening(line.at, line, line.event, whom=whom)


def _said_again(entries: Iterable[Entry]) -> Iterator[int]:
    """The entries that a later one corrects or takes back; a correction is of how the arrival read until then."""
    stands: int | None = None
    for line in entries:
        match line.event:
            case ArrivalUndone(corrects=seq) | PutBack(corrects=seq):
                yield seq
            case ArrivalCorrected() if stands is not None:
                yield stands
        if isinstance(line.event, Arrived | EntryDeclined | ArrivalCorrected):
            stands = line.seq


def _earlier(said: datetime | None, written: datetime) -> datetime:
    """When it took place: as somebody said, but never after it was written down."""
    return written if said is None else min(said, written)
