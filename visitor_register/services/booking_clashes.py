"""What else is on at the time of a booking: a host, a room or a worker that is taken. Shown, and never in the way."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking
from visitor_register.services import bookings
from visitor_register.services.bookings import BookingForm

_USUAL = timedelta(hours=1)


def find(session: Session, form: BookingForm, *, leaving_out: UUID | None = None) -> list[str]:
    """Say which host, room or worker is taken at that time. It is shown, and never blocks.

    A visit without an end is taken to last an hour. Bookings of the form's own series are no clash.
    """
    end = form.ends_at or form.starts_at + _USUAL
    said: list[str] = []
    for line in bookings.on_day(session, calendar.london_date(form.starts_at)):
        other = line.booking
        own = other.id == leaving_out or (form.series is not None and other.series == form.series)
        if own or other.state not in STILL_ON:
            continue
        if not (form.starts_at < (other.ends_at or other.starts_at + _USUAL) and other.starts_at < end):
            continue
        when, whom = _from_to(other), ", ".join(somebody.name for somebody in line.visitors)
        if _same(form.here_to_see, other.here_to_see):
            said.append(f"{form.here_to_see.strip()} has another visit {when}: {whom}.")
        if _same(form.room, other.room):
            said.append(f"{form.room.strip()} is taken {when}: {whom}.")
        seeing = f", to see {other.here_to_see}" if other.here_to_see else ""
        said += [
            f"{somebody.name} is booked already {when}{seeing}."
            for somebody in line.visitors
            if somebody.id in form.visitors
        ]
    return said


def _same(mine: str, theirs: str) -> bool:
    return bool(mine.strip()) and mine.strip().casefold() == theirs.strip().casefold()


def _from_to(booked: Booking) -> str:
    start = calendar.say_time(booked.starts_at)
    return f"from {start} to {calendar.say_time(booked.ends_at)}" if booked.ends_at else f"at {start}"
