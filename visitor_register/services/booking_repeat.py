"""Visits that come back every week or two: their days, booked at once as one series, and later ones changed along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.people import Operator
from visitor_register.services import booking_clashes, bookings, school_times
from visitor_register.services.bookings import BookingForm, BookingLine

MOST = 40
"""So many visits are booked at once: a school year of weeks."""

_HORIZON = timedelta(days=3 * 366)
_TIMES = ("starts_at", "ends_at", "series", "invitation")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every so many weeks, until a day with it or so many times; the first visit is one of them."""

    weeks: int
    until: date | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day on which no visit is booked, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a series. `cut`: there would be more than are booked at once."""

    days: tuple[date, ...]
    left_out: tuple[LeftOut, ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A later visit of a series, and how it reads when a change is carried over to it."""

    line: BookingLine
    form: BookingForm


def work_out(first: date, repeat: Repeat, why_closed: Callable[[date], str]) -> Days:
    """Find the days of a series.

    The first day was written by a person and stays, whatever it is. Of the others those are left out for which
    `why_closed` gives a reason; of "so many times" they are none. A day nobody knows anything about is kept.
    """
    kept, left_out, day = [first], list[LeftOut](), first
    step = timedelta(weeks=repeat.weeks)
    while repeat.times is None or len(kept) < repeat.times:
        day += step
        if (repeat.until is not None and day > repeat.until) or day - first > _HORIZON:
            break
        if why := why_closed(day):
            left_out.append(LeftOut(day, why))
        elif len(kept) == MOST:
            return Days(tuple(kept), _before(left_out, kept[-1]), cut=True)
        else:
            kept.append(day)
    return Days(tuple(kept), tuple(left_out))


def days(session: Session, form: BookingForm, repeat: Repeat) -> Days:
    """The days on which a visit comes back, by the school's own calendar and the bank holidays."""
    return work_out(calendar.london_date(form.starts_at), repeat, partial(school_times.why_closed, session))


def on_days(form: BookingForm, found: Days) -> list[BookingForm]:
    """One form for each day, at the same times by London's clock."""
    return [_on(form, day) for day in found.days]


def clashes(session: Session, forms: Sequence[BookingForm]) -> tuple[str, ...]:
    """What is taken, each with its day. Nothing of it blocks."""
    return tuple(
        f"{_brief(form)}: {words}" for form in forms for words in dict.fromkeys(booking_clashes.find(session, form))
    )


def book_all(
    session: Session, form: BookingForm, repeat: Repeat, *, by: Operator, at: datetime
) -> tuple[list[UUID], Days]:
    """Book a visit on all its days, as one series. A new visitor is written down once.

    Raises:
        NotAllowedError, RegisterError: as `bookings.book`.
    """
    found = days(session, form, repeat)
    series = uuid4() if len(found.days) > 1 else None
    first, *rest = (replace(one, series=series) for one in on_days(form, found))
    made = [bookings.book(session, first, by=by, at=at)]
    people = _people_of(session, made[0])
    made += [bookings.book(session, replace(one, visitors=people), by=by, at=at) for one in rest]
    return made, found


def carry(session: Session, identity: UUID, form: BookingForm) -> list[Carried]:
    """How the later visits of a series read when a change to this one is carried over: only what was changed here.

    One that was changed by itself keeps what differs there, and stays in the series.
    """
    before = bookings.get(session, identity)
    if before is None:
        return []
    here = as_form(before)
    return [
        Carried(line, _carried(here, form, as_form(line))) for line in bookings.later_of_series(session, before.booking)
    ]


def remarks(session: Session, carried: Sequence[Carried]) -> tuple[str, ...]:
    """What is to be known of the later visits as they would read: closed days and clashes, each with its day."""
    why_closed = partial(school_times.why_closed, session)
    closed = [
        f"{_brief(one.form)}: {why}."
        for one in carried
        if (why := why_closed(calendar.london_date(one.form.starts_at)))
    ]
    return (*closed, *clashes(session, [one.form for one in carried]))


def change_later(session: Session, identity: UUID, form: BookingForm, *, by: Operator, at: datetime) -> list[UUID]:
    """Change a visit of a series and those after it; returns which were changed, this one first.

    Raises:
        NotAllowedError, RegisterError: as `bookings.change`.
    """
    carried = carry(session, identity, form)
    bookings.change(session, identity, form, by=by, at=at)
    people = _people_of(session, identity)
    for one in carried:
        # Somebody new was written down with the first.
        new = any(isinstance(visitor, NewVisitor) for visitor in one.form.visitors)
        later = replace(one.form, visitors=people) if new else one.form
        bookings.change(session, one.line.booking.id, later, by=by, at=at)
    return [identity, *(one.line.booking.id for one in carried)]


def cancel_later(
    session: Session, identity: UUID, *, by_school: bool, why: str, by: Operator, at: datetime
) -> list[UUID]:
    """Cancel a visit of a series and those after it; returns which were cancelled, this one first.

    Raises:
        NotAllowedError, RegisterError: as `bookings.cancel`.
    """
    line = bookings.get(session, identity)
    later = bookings.later_of_series(session, line.booking) if line is not None else []
    cancelled = [identity, *(found.booking.id for found in later)]
    for one in cancelled:
        bookings.cancel(session, one, by_school=by_school, why=why, by=by, at=at)
    return cancelled


def as_form(line: BookingLine) -> BookingForm:
    """A booking as somebody would write it."""
    booked = line.booking
    return BookingForm(
        visitors=tuple(person.id for person in line.visitors),
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
        here_to_see=booked.here_to_see,
        room=booked.room,
        told=booked.told,
        notified_at=booked.notified_at,
        note_to_desk=booked.note_to_desk,
        place=booked.place,
        series=booked.series,
    )


def _carried(before: BookingForm, after: BookingForm, other: BookingForm) -> BookingForm:
    changed = {
        field.name: getattr(after, field.name)
        for field in fields(BookingForm)
        if field.name not in _TIMES and getattr(after, field.name) not in (None, getattr(before, field.name))
    }
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        moved = calendar.london_date(after.starts_at) - calendar.london_date(before.starts_at)
        other = _on(after, calendar.london_date(other.starts_at) + moved, other)
    return replace(other, **changed)


def _on(form: BookingForm, day: date, rest: BookingForm | None = None) -> BookingForm:
    """`rest`, or the form itself, on a day at the form's times."""
    start, end = calendar.to_london(form.starts_at).time(), form.ends_at
    return replace(
        rest or form,
        starts_at=calendar.at_london(day, start),
        ends_at=calendar.at_london(day, calendar.to_london(end).time()) if end is not None else None,
    )


def _people_of(session: Session, identity: UUID) -> tuple[UUID, ...]:
    line = bookings.get(session, identity)
    return tuple(person.id for person in line.visitors) if line is not None else ()


def _before(left_out: Sequence[LeftOut], last: date) -> tuple[LeftOut, ...]:
    return tuple(one for one in left_out if one.day < last)


def _brief(form: BookingForm) -> str:
    return calendar.say_day(calendar.london_date(form.starts_at))
