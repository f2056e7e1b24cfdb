"""Bookings as rows of the week's table. No purpose and no child reference: they are not in a booking."""

from collections.abc import Iterable
from datetime import date, timedelta

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

COLUMNS = (
    Column("When", 120),
    Column("Who"),
    Column("Here to see", 126),
    Column("How we heard", 118),
    Column("Notice", 178),
    Column("State", 140),
)
HEARD_COLUMN = 3
"""Left out where there is little room: it stands in the form as well."""


def rows_of(lines: Iterable[BookingLine]) -> list[TableRow]:
    """A row for each booking."""
    return [_row(line) for line in lines]


def _row(line: BookingLine) -> TableRow:
    booking = line.booking
    day = calendar.london_date(booking.starts_at)
    names = ", ".join(person.name for person in line.visitors) or "erased"
    places = dict.fromkeys(person.team or person.organisation for person in line.visitors)
    heard = calendar.say_date(calendar.london_date(booking.notified_at)) if booking.notified_at else ""
    over = booking.state in (BookingState.CANCELLED_BY_LA, BookingState.CANCELLED_BY_SCHOOL)
    return TableRow(
        booking.id,
        (
            Cell(_day(day), _times(booking), t="strong", whole=True),
            Cell(names, ", ".join(place for place in places if place), t="strong", muted=over),
            Cell(booking.here_to_see, booking.room, muted=over),
            Cell(TOLD[booking.told], heard, muted=over),
            _notice(booking),
            _state(line),
        ),
    )


def _day(day: date) -> str:
    return f"{calendar.WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"


def _times(booking: Booking) -> str:
    start = calendar.say_time(booking.starts_at)
    return f"{start} to {calendar.say_time(booking.ends_at)}" if booking.ends_at else start


def _notice(booking: Booking) -> Cell:
    said = notice.of_booking(booking)
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
    come, many = len(line.arrived & {person.id for person in line.visitors}), len(line.visitors)
    if come == many > 0:
        return Cell(pill=PillSpec("Came" if many == 1 else f"All {many} came", Tone.KNOWN))
    if come:
        return Cell(pill=PillSpec(f"{come} of {many} here", Tone.HERE))
    return Cell("Changed" if line.booking.state is BookingState.CHANGED else "Planned")


def week_title(monday: date) -> str:
    """A week in words: `30 Nov to 6 Dec 2026`."""
    sunday = monday + timedelta(days=6)
    start = f"{monday.day} {MONTHS[monday.month - 1]}" if monday.month != sunday.month else f"{monday.day}"
    start = f"{start} {monday.year}" if monday.year != sunday.year else start
    return f"{start} to {sunday.day} {MONTHS[sunday.month - 1]} {sunday.year}"
