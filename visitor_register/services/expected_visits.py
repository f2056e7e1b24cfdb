"""Who is expected: the booking that brings somebody to the desk, today or while they are here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking, BookingState, Place
from visitor_register.domain.visits import VisitState
from visitor_register.persistence import rows
from visitor_register.persistence.tables import booking, booking_visitor, visit
from visitor_register.services import bookings, directory
from visitor_register.services.bookings import NEVER_IN


@dataclass(frozen=True, slots=True)
class Expected:
    """The booking that brings somebody. `others` are expected with them, `here` of those have come, `left` again."""

    booking: Booking
    others: int
    here: int
    left: int


def on_this_day(session: Session, same: Collection[UUID], *, at: datetime) -> Expected | None:
    """Today's booking that brings this person: one that was not used yet before one that was, then the nearest.

    Early or late, any time of the same London day counts. Somebody who went out to the car is still expected when
    they come back; so is, after all others, one of whom the desk had given up hope: they are booked all the same.
    """
    start, end = calendar.day_bounds(calendar.london_date(at))
    found = rows.select_all(
        session,
        Booking,
        booking.c.starts_at >= start,
        booking.c.starts_at < end,
        booking.c.state.in_({*STILL_ON, BookingState.DID_NOT_COME}),
        booking.c.place == Place.SCHOOL,
        brings(same),
        order_by=(booking.c.starts_at, booking.c.id),
    )
    if not found:
        return None
    used = used_by(session, found, same)
    nearest = min(found, key=lambda one: (one.id in used, one.state not in STILL_ON, abs(one.starts_at - at)))
    return _expected(session, nearest, same)


def brings(same: Collection[UUID]) -> ColumnElement[bool]:
    """A booking brings one of these people. Asked of the bookings of a few days, however often somebody has come."""
    return exists().where(booking_visitor.c.booking == booking.c.id, booking_visitor.c.person.in_(same))


def used_by(session: Session, found: Iterable[Booking], same: Collection[UUID]) -> set[UUID]:
    """Which of these bookings brought one of these people into the building."""
    identities = [one.id for one in found]
    if not identities:
        return set()
    came = session.execute(
        select(visit.c.booking, visit.c.person).where(visit.c.booking.in_(identities), visit.c.state.not_in(NEVER_IN))
    )
    return {one.booking for one in came if one.person in same}


def by_booking(session: Session, identity: UUID, same: Collection[UUID]) -> Expected | None:
    """The booking that brought somebody who is here now; None when it is not in the register."""
    booked = rows.select_one(session, Booking, booking.c.id == identity)
    return None if booked is None else _expected(session, booked, same)


def _expected(session: Session, booked: Booking, same: Collection[UUID]) -> Expected:
    line = bookings.line_of(session, booked)
    others = [somebody.id for somebody in line.visitors if somebody.id not in same]
    came = line.arrived.intersection(others)
    return Expected(booked, len(others), len(came), len(came - _on_site(session, booked.id)) if came else 0)


def _on_site(session: Session, identity: UUID) -> set[UUID]:
    """Who is in the building on a booking, with every other record of them."""
    here = select(visit.c.person).where(visit.c.booking == identity, visit.c.state == VisitState.ON_SITE)
    same = directory.joined(session)
    return {one for seen in session.execute(here).scalars() for one in same.get(seen, {seen})}
