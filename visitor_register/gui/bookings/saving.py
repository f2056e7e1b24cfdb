"""What one press of Save writes: the booking, or all of a series, and beside each the sealed box for the DSL.

Together or not at all.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Booking
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import Operator
from visitor_register.services import booking_repeat, bookings, sealed
from visitor_register.services.booking_repeat import Days, Repeat
from visitor_register.services.bookings import BookingForm


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written.

    Attributes:
        before: The booking that is changed; None for a new one.
        repeat: How a new one comes back.
        later: The change is for the later visits of its series too.
        reason: What is to be sealed for the DSL.
    """

    form: BookingForm
    before: Booking | None = None
    repeat: Repeat | None = None
    later: bool = False
    reason: ReasonRecorded | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Which bookings were written, the one of the form first; of a new series, its days."""

    bookings: tuple[UUID, ...]
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """The later visits of a series: how many, and what is to be known of them if the change is carried over."""

    count: int
    remarks: tuple[str, ...]


def save(session: Session, order: Order, *, public: bytes, by: Operator, at: datetime) -> Saved:
    """Book, or change; seal what only the DSL may read."""
    saved = _save(session, order, by=by, at=at)
    if order.reason is not None:
        for identity in saved.bookings:
            sealed.seal_reason(session, identity, order.reason, public, by=by, at=at)
    return saved


def look_later(session: Session, identity: UUID, form: BookingForm) -> Later:
    """See which later visits of a series a change could be carried over to."""
    carried = booking_repeat.carry(session, identity, form)
    return Later(len(carried), booking_repeat.remarks(session, carried))


def tell(order: Order, saved: Saved, now: datetime) -> str:
    """Say in words what was written."""
    before, starts_at = order.before, order.form.starts_at
    if before is None:
        return "Booking saved." if saved.days is None else _tell_series(saved.days)
    words = "Booking changed."
    if before.starts_at != starts_at:
        old, new = calendar.say_moment(before.starts_at, now), calendar.say_moment(starts_at, now)
        words = f"Moved from {old} to {new}."
    later = len(saved.bookings) - 1
    return f"{words} {'The later one' if later == 1 else f'The {later} later ones'} too." if later else words


def _save(session: Session, order: Order, *, by: Operator, at: datetime) -> Saved:
    if order.before is None:
        if order.repeat is None:
            return Saved((bookings.book(session, order.form, by=by, at=at),))
        made, days = booking_repeat.book_all(session, order.form, order.repeat, by=by, at=at)
        return Saved(tuple(made), days)
    if order.later:
        return Saved(tuple(booking_repeat.change_later(session, order.before.id, order.form, by=by, at=at)))
    bookings.change(session, order.before.id, order.form, by=by, at=at)
    return Saved((order.before.id,))


def _tell_series(days: Days) -> str:
    number = "1 visit" if len(days.days) == 1 else f"{len(days.days)} visits"
    left = len(days.left_out)
    left_out = f" {'1 day was' if left == 1 else f'{left} days were'} left out." if left else ""
    return f"{number} booked, the last on {calendar.say_day(days.days[-1])}.{left_out}"
