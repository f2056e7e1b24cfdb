"""A pre-arranged visit: who is expected when, and how the school was told."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class BookingState(StrEnum):
    """What was said about a booking. "Happened" is not stored: it has a visit."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED_BY_LA = "cancelled_by_la"
    CANCELLED_BY_SCHOOL = "cancelled_by_school"
    DID_NOT_COME = "did_not_come"


STILL_ON = frozenset({BookingState.PLANNED, BookingState.CHANGED})


class Told(StrEnum):
    """How a booking reached the school."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    INVITATION = "invitation"
    DESK = "desk"
    """Added at the desk as *Expected today*."""


class Place(StrEnum):
    """Where the visit takes place. Only one at school needs reception."""

    SCHOOL = "school"
    ONLINE = "online"
    COUNCIL = "council"
    HOME = "home"


class NotSeenWhy(StrEnum):
    """Why a worker who came did not see the child. It is known to the DSL only."""

    ABSENT = "absent"
    REFUSED = "refused"
    OTHER = "other"
    SEEN = "seen"
    """A correction: it was written by mistake, the child was seen."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Which invitation a booking follows, as calendars name it (RFC 5545).

    Attributes:
        uid: The same for all updates of one meeting.
        sequence: Counts the organiser's changes; a lower one than that of the booking changes nothing.
        recurrence: Which one of a repeated meeting, as the invitation writes its original start; "" for a single one.
    """

    uid: str
    sequence: int = 0
    recurrence: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """One pre-arranged visit as it stands. Purpose, reason and child reference are not here: they are the DSL's.

    `moved_from` is when it last stood on another London date, None if it never did; `series` joins the bookings of one
    repeated visit; `uid`, `sequence` and `recurrence` are those of an `Invitation`.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime | None
    here_to_see: str
    room: str
    told: Told
    notified_at: datetime | None
    note_to_desk: str
    state: BookingState
    booked_at: datetime
    booked_by: UUID
    cancelled_why: str = ""
    has_sealed: bool = False
    place: Place = Place.SCHOOL
    series: UUID | None = None
    uid: str = ""
    sequence: int = 0
    recurrence: str = ""
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class BookingVisitor:
    """One of the people expected on a booking."""

    booking: UUID
    person: UUID
    position: int


@dataclass(frozen=True, slots=True)
class Pass:
    """A code given to one visitor for one day, for a booking or for the visit it was printed in.

    Attributes:
        code: What QR and Code 128 say; with its check character.
        day: The London date it is good for.
        withdrawn: It counts no more, because another was printed or it was lost.
    """

    id: UUID
    code: str
    person: UUID
    booking: UUID | None
    visit: UUID | None
    day: date
    issued_at: datetime
    withdrawn: bool = False
