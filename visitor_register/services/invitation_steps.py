"""What an invitation means for the bookings that follow it already: meeting by meeting, nothing written yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, BookingState
from visitor_register.domain.invitations import InvitationRead, Meeting
from visitor_register.domain.policy import OpeningHours
from visitor_register.services.bookings import BookingLine

ALREADY = "the register has this already"
OLDER = "older than what the register has"
OVER = "is over"
CAME = "somebody came already"
NOT_BOOKED = "was not booked"
CANCELLED = "is cancelled already"
BY_SCHOOL = "the school cancelled it: ring the organiser"


class Step(StrEnum):
    """What is done about one meeting."""

    BOOK = "book"
    CHANGE = "change"
    CANCEL = "cancel"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting and what is to be done about it.

    `line` is the booking that follows it; `why` says why nothing is done.
    """

    meeting: Meeting
    step: Step
    line: BookingLine | None = None
    why: str = ""


def steps(
    read: InvitationRead,
    known: Sequence[BookingLine],
    written: Mapping[UUID, datetime],
    hours: OpeningHours,
    at: datetime,
) -> tuple[Planned, ...]:
    """Say for each meeting what is to be done, in order of time.

    Args:
        read: The invitation.
        known: The bookings that follow it.
        written: When each of them was last written.
        hours: A meeting without times takes the school's day.
        at: Now. What is over by then is neither booked nor changed.
    """
    if read.cancelled:
        meetings = [(meeting_of(line), line) for line in known]
        found = [
            _step(replace(meeting, cancelled=True, sequence=read.sequence), line, read, written, at)
            for meeting, line in meetings
        ]
        return _ordered(found or [Planned(meeting, Step.NOTHING, why=NOT_BOOKED) for meeting in read.meetings])
    meetings_read = [_with_times(meeting, hours) for meeting in read.meetings]
    pairs = _pairs(read, meetings_read, known)
    planned = [_step(meeting, line, read, written, at) for meeting, line in pairs]
    on = [line for line in known if line.booking.state in STILL_ON]
    oldest = min((line.booking.sequence for line in on or known), default=0)
    planned = [
        replace(one, step=Step.NOTHING, why=OLDER) if one.step is Step.BOOK and one.meeting.sequence < oldest else one
        for one in planned
    ]
    paired = {line.booking.id for _, line in pairs if line is not None}
    if not read.partial:
        planned += _removed(read, [line for line in known if line.booking.id not in paired], written, at)
    return _ordered(planned)


def meeting_of(line: BookingLine) -> Meeting:
    """A booking as the meeting that it follows."""
    booking = line.booking
    return Meeting(booking.recurrence, booking.starts_at, booking.ends_at, sequence=booking.sequence)


def _step(
    meeting: Meeting, line: BookingLine | None, read: InvitationRead, written: Mapping[UUID, datetime], at: datetime
) -> Planned:
    over = (meeting.ends_at or meeting.starts_at) <= at
    if line is None:
        why = NOT_BOOKED if meeting.cancelled else OVER if over else ""
        return Planned(meeting, Step.NOTHING if why else Step.BOOK, why=why)
    booking = line.booking
    again = meeting.sequence > booking.sequence or (
        meeting.sequence == booking.sequence and read.sent_at is not None and read.sent_at > written[booking.id]
    )
    if line.arrived:
        why = CAME
    elif meeting.sequence < booking.sequence:
        why = OLDER
    elif meeting.cancelled:
        why = CANCELLED if booking.state not in STILL_ON else OVER if over else ""
    elif not again:
        why = ALREADY
    elif booking.state is BookingState.CANCELLED_BY_SCHOOL:
        why = BY_SCHOOL
    else:
        why = OVER if over else ""
    if why:
        return Planned(meeting, Step.NOTHING, line, why)
    return Planned(meeting, Step.CANCEL if meeting.cancelled else Step.CHANGE, line)


def _removed(
    read: InvitationRead, left: Sequence[BookingLine], written: Mapping[UUID, datetime], at: datetime
) -> Iterator[Planned]:
    """Bookings of meetings that the invitation names no more: the organiser took them out."""
    last = max((meeting.starts_at for meeting in read.meetings), default=at)
    for line in left:
        booking = line.booking
        if booking.state not in STILL_ON or (read.cut and booking.starts_at > last):
            continue
        meeting = replace(meeting_of(line), sequence=read.sequence)
        if _step(meeting, line, read, written, at).step is Step.CHANGE:
            yield Planned(replace(meeting, cancelled=True), Step.CANCEL, line)


def _pairs(
    read: InvitationRead, meetings: Sequence[Meeting], known: Sequence[BookingLine]
) -> list[tuple[Meeting, BookingLine | None]]:
    """Each meeting with the booking that follows it, by its mark.

    Where a whole repetition was put to another time its marks are new: then the same day counts, then the same week.
    """
    found: dict[str, BookingLine] = {line.booking.recurrence: line for line in known}
    pairs = {meeting.recurrence: found.get(meeting.recurrence) for meeting in meetings}
    rest = [line for line in known if line.booking.recurrence not in pairs and line.booking.state in STILL_ON]
    if not read.partial:
        for same in (_day, _week):
            for meeting in meetings:
                if pairs[meeting.recurrence] is not None or meeting.cancelled:
                    continue
                near = next((line for line in rest if same(line.booking.starts_at) == same(meeting.starts_at)), None)
                if near is not None and near.booking.sequence < meeting.sequence:
                    rest.remove(near)
                    pairs[meeting.recurrence] = near
    return [(meeting, pairs[meeting.recurrence]) for meeting in meetings]


def _day(moment: datetime) -> object:
    return calendar.london_date(moment)


def _week(moment: datetime) -> object:
    return calendar.london_date(moment).isocalendar()[:2]


def _with_times(meeting: Meeting, hours: OpeningHours) -> Meeting:
    if meeting.all_day is None:
        return meeting
    start, end = (calendar.at_london(meeting.all_day, at) for at in (hours.opens, hours.closes))
    return replace(meeting, starts_at=start, ends_at=end)


def _ordered(planned: Sequence[Planned]) -> tuple[Planned, ...]:
    return tuple(sorted(planned, key=lambda one: one.meeting.starts_at))
