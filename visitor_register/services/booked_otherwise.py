"""Somebody who is not expected today, and yet is known of: booked for a day beside this one, moved, or cancelled."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking, BookingState, Place
from visitor_register.persistence import rows
from visitor_register.persistence.tables import booking, booking_visitor
from visitor_register.services.expected_visits import brings, used_by

CALLED_OFF = frozenset({BookingState.CANCELLED_BY_LA, BookingState.CANCELLED_BY_SCHOOL})


def find(session: Session, same: Collection[UUID], *, at: datetime) -> Booking | None:
    """Find the booking to tell the desk of when none of today brings this person.

    One that was to be today comes first: moved to another day, or cancelled. Then the nearest of yesterday and
    tomorrow that nobody of `same` has used. Only those at school.
    """
    today = calendar.london_date(at)
    start, end = calendar.day_bounds(today)
    before, _ = calendar.day_bounds(today - timedelta(days=1))
    _, after = calendar.day_bounds(today + timedelta(days=1))
    near = rows.select_all(
        session,
        Booking,
        booking.c.starts_at >= before,
        booking.c.starts_at < after,
        booking.c.place == Place.SCHOOL,
        brings(same),
    )
    moved = rows.select_all(
        session,
        Booking,
        booking.c.moved_from >= start,
        booking.c.moved_from < end,
        booking.c.place == Place.SCHOOL,
        brings(same),
    )
    used = used_by(session, [*near, *moved], same)
    found = [
        one
        for one in sorted({*near, *moved}, key=lambda one: (one.starts_at, one.id))
        if one.id not in used and (one.state in STILL_ON or start <= one.starts_at < end)
    ]
    return min(found, key=lambda one: (not was_today(one, at), abs(one.starts_at - at)), default=None)


def may_take(session: Session, identity: UUID, same: Collection[UUID]) -> bool:
    """Whether somebody may be let in on a booking of another day: it names them, and nobody called it off."""
    of_them = select(booking_visitor.c.booking).where(booking_visitor.c.person.in_(same))
    booked = rows.select_one(session, Booking, booking.c.id == identity, booking.c.id.in_(of_them))
    return booked is not None and booked.state not in CALLED_OFF


def was_today(booked: Booking, at: datetime) -> bool:
    """Whether a booking stands today, or stood there before it was moved."""
    days = {calendar.london_date(moment) for moment in (booked.starts_at, booked.moved_from) if moment is not None}
    return calendar.london_date(at) in days
