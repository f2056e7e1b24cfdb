"""A pre-arranged visit: who is expected when, and how the school was told."""

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Booking:
    """One pre-arranged visit as it stands. Purpose, reason and child reference are not here: they are the DSL's."""

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


@dataclass(frozen=True, slots=True)
class BookingVisitor:
    """One of the people expected on a booking."""

    booking: UUID
    person: UUID
    position: int
