"""What is booked already on the days of a list, read once: the same visit, and what clashes with a new one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, names
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import STILL_ON, Booking
from visitor_register.domain.people import Person
from visitor_register.persistence import rows
from visitor_register.persistence.tables import booking, booking_visitor
from visitor_register.services.booking_list_people import People
from visitor_register.services.bookings import BookingForm

Guest = Person | NewVisitor
_HOUR = timedelta(hours=1)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Slot:
    """A visit at its time: of the register, or a row of the list that comes before."""

    starts_at: datetime
    ends_at: datetime | None
    guests: tuple[Guest, ...]
    here_to_see: str
    room: str
    on: bool = True
    row: int | None = None

    @property
    def end(self) -> datetime:
        """When it is over; without an end it is taken for an hour, as in the form."""
        return self.ends_at or self.starts_at + _HOUR


class Taken:
    """The visits of some days, of the register and of the list itself."""

    def __init__(self, session: Session, times: Sequence[tuple[datetime, datetime | None]], people: People) -> None:
        self._people = people
        self._by_day: dict[date, list[_Slot]] = {}
        for chunk in _batched(_meeting(session, times)):
            expected: dict[UUID, list[Person]] = {}
            for of, who in session.execute(
                select(booking_visitor.c.booking, booking_visitor.c.person).where(booking_visitor.c.booking.in_(chunk))
            ):
                somebody = people.get(who)
                expected.setdefault(of, []).extend([somebody] if somebody is not None else [])
            for one in rows.select_all(session, Booking, booking.c.id.in_(chunk), order_by=(booking.c.starts_at,)):
                guests = tuple(expected.get(one.id, ()))
                self._put(_Slot(one.starts_at, one.ends_at, guests, one.here_to_see, one.room, one.state in STILL_ON))

    def add(self, number: int, form: BookingForm, guests: tuple[Guest, ...]) -> None:
        """A row of the list takes its time too."""
        self._put(_Slot(form.starts_at, form.ends_at, guests, form.here_to_see, form.room, row=number))

    def same(self, form: BookingForm, guests: Sequence[Guest]) -> str:
        """Say where the same people stand at the same start already; "" when they do not."""
        alike = [slot for slot in self._of_day(form.starts_at) if self._is_same(slot, form, guests)]
        slot = next((slot for slot in alike if slot.on), None)
        if slot is None:
            return ""
        return f"The same visit stands in row {slot.row}." if slot.row else "This visit is booked already."

    def called_off(self, form: BookingForm, guests: Sequence[Guest]) -> bool:
        """Whether the same visit was booked and is not planned any more."""
        return any(not slot.on and self._is_same(slot, form, guests) for slot in self._of_day(form.starts_at))

    def clashes(self, form: BookingForm, guests: Sequence[Guest]) -> list[str]:
        """Say which member of staff, room or visitor is taken at that time."""
        end = form.ends_at or form.starts_at + _HOUR
        said: dict[str, None] = {}
        for slot in self._of_day(form.starts_at):
            if not slot.on or not (form.starts_at < slot.end and slot.starts_at < end):
                continue
            when = calendar.say_time(slot.starts_at) + (f" (row {slot.row})" if slot.row else "")
            # Rows of a list with one time, person and room are one meeting with a line for each visitor.
            together = slot.row is not None and (slot.starts_at, slot.here_to_see, slot.room) == (
                form.starts_at,
                form.here_to_see,
                form.room,
            )
            for mine, theirs in ((form.here_to_see, slot.here_to_see), (form.room, slot.room)):
                if mine and not together and names.fold(mine) == names.fold(theirs):
                    said[f"{mine} has another visit at {when}."] = None
            for guest in guests:
                if any(self._is_one(guest, other) for other in slot.guests):
                    said[f"{guest.name} is booked at {when} already."] = None
        return list(said)

    def _put(self, slot: _Slot) -> None:
        self._by_day.setdefault(calendar.london_date(slot.starts_at), []).append(slot)

    def _of_day(self, moment: datetime) -> Sequence[_Slot]:
        return self._by_day.get(calendar.london_date(moment), ())

    def _is_same(self, slot: _Slot, form: BookingForm, guests: Sequence[Guest]) -> bool:
        if slot.starts_at != form.starts_at:
            return False
        return bool(guests) and all(any(self._is_one(guest, other) for other in slot.guests) for guest in guests)

    def _is_one(self, guest: Guest, other: Guest) -> bool:
        """Whether two guests are one: the same record or one joined with it; newcomers by their name at one time."""
        if isinstance(guest, Person) and isinstance(other, Person):
            return other.id in self._people.same(guest.id)
        return names.words(guest.name) == names.words(other.name)


def _meeting(session: Session, times: Sequence[tuple[datetime, datetime | None]]) -> list[UUID]:
    """The bookings that overlap with one of these times, of all that stand between the first and the last."""
    if not times:
        return []
    starts = sorted(start for start, _ in times)
    longest = max((end or start + _HOUR) - start for start, end in times)
    first, last = (calendar.day_bounds(calendar.london_date(moment)) for moment in (starts[0], starts[-1]))
    found = session.execute(
        select(booking.c.id, booking.c.starts_at, booking.c.ends_at).where(
            booking.c.starts_at >= first[0], booking.c.starts_at < last[1]
        )
    )
    return [
        line.id
        for line in found
        if bisect_right(starts, line.starts_at - longest) < bisect_left(starts, line.ends_at or line.starts_at + _HOUR)
    ]


def _batched(found: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Parts that one question to SQLite can hold."""
    return (found[start : start + _CHUNK] for start in range(0, len(found), _CHUNK))


def ids_of(guests: Sequence[Guest]) -> tuple[UUID | NewVisitor, ...]:
    """Guests as a form names them."""
    return tuple(guest.id if isinstance(guest, Person) else guest for guest in guests)
