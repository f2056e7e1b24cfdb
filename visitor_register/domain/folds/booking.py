"""All entries of one booking, or of one pass, in order; the booking and its visitors, or the pass, out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from visitor_register.domain.bookings import Booking, BookingState, BookingVisitor, Invitation, Pass
from visitor_register.domain.calendar import london_date
from visitor_register.domain.events import (
    Booked,
    BookingCancelled,
    BookingChanged,
    DidNotCome,
    Entry,
    PassIssued,
    PassWithdrawn,
    SealedForDsl,
)


def fold(entries: Iterable[Entry]) -> list[object]:
    """Say how a booking stands: one `Booking`, and one `BookingVisitor` for each person expected."""
    booking: Booking | None = None
    visitors: list[BookingVisitor] = []
    for entry in entries:
        match entry.event:
            case Booked() | BookingChanged() as said:
                invitation = said.invitation or Invitation("")
                booking = Booking(
                    id=entry.subject,
                    starts_at=said.starts_at,
                    ends_at=said.ends_at,
                    here_to_see=said.here_to_see,
                    room=said.room,
                    told=said.told,
                    notified_at=said.notified_at,
                    note_to_desk=said.note_to_desk,
                    state=BookingState.PLANNED if booking is None else BookingState.CHANGED,
                    booked_at=entry.at if booking is None else booking.booked_at,
                    booked_by=entry.actor if booking is None else booking.booked_by,
                    has_sealed=booking is not None and booking.has_sealed,
                    place=said.place,
                    series=said.series,
                    uid=invitation.uid,
                    sequence=invitation.sequence,
                    recurrence=invitation.recurrence,
                    moved_from=_moved_from(booking, said.starts_at),
                )
                visitors = [BookingVisitor(entry.subject, person, n) for n, person in enumerate(said.visitors)]
            case BookingCancelled(by_school=by_school, why=why) if booking is not None:
                state = BookingState.CANCELLED_BY_SCHOOL if by_school else BookingState.CANCELLED_BY_LA
                booking = replace(booking, state=state, cancelled_why=why)
            case DidNotCome() if booking is not None:
                booking = replace(booking, state=BookingState.DID_NOT_COME)
            case SealedForDsl() if booking is not None:
                booking = replace(booking, has_sealed=True)
    return [] if booking is None else [booking, *visitors]


def _moved_from(before: Booking | None, starts_at: datetime) -> datetime | None:
    if before is None:
        return None
    return before.moved_from if london_date(before.starts_at) == london_date(starts_at) else before.starts_at


def fold_pass(entries: Iterable[Entry]) -> list[object]:
    """Say for whom and when a pass is good, and whether it still counts."""
    made: Pass | None = None
    for entry in entries:
        match entry.event:
            case PassIssued() as said:
                made = Pass(entry.subject, said.code, said.person, said.booking, said.visit, said.day, entry.at)
            case PassWithdrawn() if made is not None:
                made = replace(made, withdrawn=True)
    return [] if made is None else [made]
