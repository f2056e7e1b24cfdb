"""Bookings as rows of the week's table. No purpose and no child reference: they are not in a booking."""

from collections.abc import Iterable, Mapping
from datetime import date

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Booking, BookingState
from visitor_register.domain.calendar import MONTHS
from visitor_register.gui.bookings.content import TOLD
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import notice
from visitor_register.services.bookings import BookingLine
from visitor_register.services.working_days import Counting

COLUMNS = (
    Column("When", 120),
    Column("Who"),
    Column("Here to see", 126),
    Column("How we heard", 118),
    Column("Notice", 178),
    Column("State", 140),
)
CANCELLED = (BookingState.CANCELLED_BY_LA, BookingState.CANCELLED_BY_SCHOOL)
NOTICE_COLUMN = 4
HEARD_COLUMN = 3
"""Left out where there is little room: it stands in the form as well."""


def rows_of(lines: Iterable[BookingLine], countings: Mapping[date, Counting]) -> list[TableRow]:
    """A row for each booking; `countings` says how notice is counted on each of their days."""
    return [_row(line, countings[calendar.london_date(line.booking.starts_at)]) for line in lines]


def _row(line: BookingLine, counting: Counting) -> TableRow:
    booking = line.booking
    day = calendar.london_date(booking.starts_at)
    names = ", ".join(person.name for person in line.visitors) or "erased"
    places = dict.fromkeys(person.team or person.organisation for person in line.visitors)
    heard = calendar.say_date(calendar.london_date(booking.notified_at)) if booking.notified_at else ""
    over = booking.state in CANCELLED
    return TableRow(
        booking.id,
        (
            Cell(day_words(day), times(booking), t="strong", whole=True),
            Cell(names, ", ".join(place for place in places if place), t="strong", muted=over),
            Cell(booking.here_to_see, booking.room, muted=over),
            Cell(TOLD[booking.told], heard, muted=over),
            _notice(booking, counting),
            _state(line),
        ),
    )


def day_words(day: date) -> str:
    """A day of the week that is shown: `Mon 30 Nov`."""
    return f"{calendar.WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"


def times(booking: Booking) -> str:
    """From when to when: `14:00 to 15:00`."""
    start = calendar.say_time(booking.starts_at)
    return f"{start} to {calendar.say_time(booking.ends_at)}" if booking.ends_at else start


def _notice(booking: Booking, counting: Counting) -> Cell:
    said = notice.of_booking(booking, counting)
    if said.short is None:
        return Cell("not counted", muted=True)
    days = "1 working day" if said.working_days == 1 else f"{said.working_days} working days"
    return Cell(pill=PillSpec("Short notice", Tone.CHECK) if said.short else PillSpec(days, Tone.KNOWN))


def _state(line: BookingLine) -> Cell:
    match line.booking.state:
        case BookingState.CANCELLED_BY_LA:
            return Cell("Cancelled", "by the authority", t="strong")
        case BookingState.CANCELLED_BY_SCHOOL:
            return Cell("Cancelled", "by the school", t="strong")
        case BookingState.DID_NOT_COME:
            return Cell("Did not come", t="strong")
    pill = came(line)
    if pill is not None:
        return Cell(pill=pill)
    return Cell("Changed" if line.booking.state is BookingState.CHANGED else "Planned")


def came(line: BookingLine) -> PillSpec | None:
    """How many of those expected have come; None when nobody has."""
    come, many = len(line.arrived & {person.id for person in line.visitors}), len(line.visitors)
    if come == many > 0:
        return PillSpec("Came" if many == 1 else f"All {many} came", Tone.KNOWN)
    return PillSpec(f"{come} of {many} here", Tone.HERE) if come else None


def days_title(first: date, last: date) -> str:
    """Some days in words: `30 Nov to 4 Dec 2026`."""
    start = f"{first.day} {MONTHS[first.month - 1]}" if first.month != last.month else f"{first.day}"
    start = f"{start} {first.year}" if first.year != last.year else start
    return f"{start} to {last.day} {MONTHS[last.month - 1]} {last.year}"
