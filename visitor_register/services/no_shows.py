"""Bookings that nobody was signed in for: asked about at home time, and closed by a person only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking, Place
from visitor_register.domain.people import Person
from visitor_register.persistence.tables import booking, booking_visitor, person, visit
from visitor_register.services.bookings import NEVER_IN

LOOK_BACK = timedelta(days=7)
"""So long nobody's coming is asked about; then the booking stays as it is, for the office to say."""
GRACE = timedelta(minutes=30)
"""So long after its end a booking is not asked about yet: who is that late may still come. Our default."""
USUAL_LENGTH = timedelta(hours=1)
"""How long a visit is taken to last whose end nobody wrote."""


@dataclass(frozen=True, slots=True)
class NoShow:
    """A booking that is over and that nobody was signed in for, with everybody it names."""

    booking: Booking
    visitors: tuple[Person, ...]


def unanswered(session: Session, *, at: datetime, closes: time) -> list[NoShow]:
    """Find the bookings of the last seven days and of today that are to be asked about, oldest first.

    Args:
        session: A reading session.
        at: Now.
        closes: When the school closes. From then on whatever has begun today is asked about.

    One that somebody came for is not among them, even when not all of them did: that nobody came can be said of a
    whole booking only.
    """
    start, _ = calendar.day_bounds(calendar.london_date(at - LOOK_BACK))
    came = exists().where(visit.c.booking == booking.c.id, visit.c.state.not_in(NEVER_IN))
    statement = (
        select(booking, person)
        .join(booking_visitor, booking_visitor.c.booking == booking.c.id)
        .join(person, person.c.id == booking_visitor.c.person)
        .where(
            booking.c.starts_at >= start,
            booking.c.starts_at < at,
            booking.c.state.in_(STILL_ON),
            booking.c.place == Place.SCHOOL,
            ~came,
        )
        .order_by(booking.c.starts_at, booking.c.id, booking_visitor.c.position)
    )
    # A table has a column for each field of its value, in their order.
    width = len(booking.c)
    read = ((Booking(*row[:width]), Person(*row[width:])) for row in session.execute(statement))
    closed = calendar.to_london(at).time() >= closes
    return [one for one in _joined(read) if closed or _over(one.booking, at)]


def _joined(read: Iterable[tuple[Booking, Person]]) -> Iterable[NoShow]:
    """One for each booking, of as many rows as it has people."""
    found: dict[Booking, NoShow] = {}
    for booked, somebody in read:
        before = found.get(booked, NoShow(booked, ()))
        found[booked] = replace(before, visitors=(*before.visitors, somebody))
    return found.values()


def _over(booked: Booking, at: datetime) -> bool:
    return at >= (booked.ends_at or booked.starts_at + USUAL_LENGTH) + GRACE
