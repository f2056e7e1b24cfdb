"""The shapes of a drawn day or week: its columns, the cards in them, and what was read to make them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitor_register.domain.policy import OpeningHours
from visitor_register.gui.bookings.calendar_layout import HOUR, Span
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.services.bookings import BookingLine


class CardKind(StrEnum):
    """What a card stands for."""

    BOOKED = "booked"
    MOVED = "moved"
    """It stood here until it was moved to another day."""
    WRITING = "writing"
    """It is being written in the form."""
    MORE = "more"
    """There is no room beside the others for these."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """One card. `said` stands beside the time; `marks` are pills where there is room, words or a shape where not.

    `others` is how many more come, and is never cut; `tail` is whom it is to see, or room and organisation in a column
    of that person.
    """

    kind: CardKind
    booking: UUID | None
    span: Span
    name: str
    when: str
    others: str = ""
    tail: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    marks: tuple[PillSpec, ...] = ()
    struck: bool = False
    spoken: str = ""

    @property
    def key(self) -> tuple[CardKind, UUID | None]:
        """What stays the same when it is read again."""
        return self.kind, self.booking


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A day of the week, or one person to see on a day.

    `short` is for a narrow title; `shaded` says why there are no pupils, "" for any other day.
    """

    day: date
    title: str
    second: str
    short: str = ""
    host: str = ""
    today: bool = False
    shaded: str = ""
    cards: tuple[CardWords, ...] = ()

    @property
    def spoken(self) -> str:
        """Its heading for a screen reader."""
        said = (self.title, "today" if self.today else "", self.second, self.shaded)
        return " ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What is drawn. `opens` and `closes` are minutes of the day; `sentence` says what to do where nothing stands."""

    name: str = ""
    opens: int = 8 * HOUR
    closes: int = 17 * HOUR
    columns: tuple[ColumnWords, ...] = ()
    sentence: str = ""
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being written in the form, as far as its time is known. `booking`: which one is being changed."""

    starts_at: datetime
    ends_at: datetime | None
    name: str
    host: str
    booking: UUID | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """What was read of some days: bookings with their notice, those moved away, and the days without pupils."""

    lines: tuple[BookingLine, ...] = ()
    notices: Mapping[UUID, PillSpec] = field(default_factory=dict)
    moved: tuple[BookingLine, ...] = ()
    shaded: Mapping[date, str] = field(default_factory=dict)
    hours: OpeningHours = field(default_factory=OpeningHours)
