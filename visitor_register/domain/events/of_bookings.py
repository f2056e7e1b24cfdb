"""What happened about a booking, its passes, and what the office sealed for the DSL."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from visitor_register.domain.bookings import Invitation, Place, Told


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit was pre-arranged."""

    visitors: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    here_to_see: str = ""
    room: str = ""
    told: Told = Told.EMAIL
    notified_at: datetime | None = None
    note_to_desk: str = ""
    place: Place = Place.SCHOOL
    series: UUID | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class BookingChanged:
    """A booking now reads like this."""

    visitors: tuple[UUID, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    here_to_see: str = ""
    room: str = ""
    told: Told = Told.EMAIL
    notified_at: datetime | None = None
    note_to_desk: str = ""
    place: Place = Place.SCHOOL
    series: UUID | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True, slots=True)
class BookingCancelled:
    """A booking will not take place."""

    by_school: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class DidNotCome:
    """Nobody came. A person said so; the program never does."""


@dataclass(frozen=True, slots=True)
class PassIssued:
    """A pass was made for one visitor and one day; exactly one of `booking` and `visit` is given."""

    code: str
    person: UUID
    day: date
    booking: UUID | None = None
    visit: UUID | None = None


@dataclass(frozen=True, slots=True)
class PassWithdrawn:
    """A pass counts no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class SealedForDsl:
    """What the office wrote for the DSL: a box that only a DSL's key opens."""

    box: bytes


@dataclass(frozen=True, slots=True)
class SealMoved:
    """The sealed box `moves` was opened and its content written to the DSL's own file."""

    moves: int
