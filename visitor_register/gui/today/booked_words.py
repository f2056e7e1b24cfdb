"""What the card says of a booking: when, how early or late, who else has come. Pure: values in, words out."""

from datetime import datetime, timedelta

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Booking, BookingState
from visitor_register.services.booked_otherwise import CALLED_OFF
from visitor_register.services.front_desk import Finding

ON_TIME = timedelta(minutes=30)
"""So much early or late is not worth a word. Our default."""


def expected(booked: Booking, at: datetime) -> str:
    """Say when somebody who is booked was expected: `Expected 14:00 to see Mrs Shah, 2 h early`."""
    to_see = f" to see {booked.here_to_see}" if booked.here_to_see else ""
    day, today = calendar.london_date(booked.starts_at), calendar.london_date(at)
    if day != today:
        return f"Booked for {_when(booked, at)}{to_see}"
    away = _early_or_late(booked.starts_at, at)
    return f"Expected {calendar.say_time(booked.starts_at)}{to_see}{away}"


def together(finding: Finding) -> str:
    """Say how many of one booking have come: `1 of 2 here on this booking`; empty where only one is expected.

    Who was signed in on this booking counts; the visitor at the desk does so once they are in.
    """
    if finding.booking is None or not finding.booking_others:
        return ""
    in_now = finding.open_visit is not None and finding.open_visit.booking == finding.booking.id
    came, many = finding.booking_here + in_now, finding.booking_others + 1
    if finding.booking_left:
        return f"{came} of {many} came on this booking, {finding.booking_left} left again"
    return f"{came} of {many} here on this booking"


def otherwise(booked: Booking, at: datetime) -> str:
    """Say of which booking the desk should know when none of today brings them."""
    today = calendar.london_date(at)
    if booked.state in CALLED_OFF:
        by = "school" if booked.state is BookingState.CANCELLED_BY_SCHOOL else "authority"
        return f"Was booked for {calendar.say_time(booked.starts_at)} today, cancelled by the {by}"
    if booked.moved_from is not None and calendar.london_date(booked.moved_from) == today:
        return f"Today's visit was moved to {_when(booked, at)}"
    return f"Booked for {_when(booked, at)}"


def _when(booked: Booking, at: datetime) -> str:
    """The day in a word and the moment: `tomorrow, Wed 25 Nov 10:24`, but `Mon 30 Nov 10:24, in 6 days`."""
    day, today = calendar.london_date(booked.starts_at), calendar.london_date(at)
    word, moment = calendar.relative_day(day, today), calendar.say_moment(booked.starts_at, at)
    return f"{word}, {moment}" if abs(day - today) <= calendar.ONE_DAY else f"{moment}, {word}"


def _early_or_late(expected_at: datetime, at: datetime) -> str:
    minutes = int(abs(at - expected_at) / timedelta(minutes=1))
    if minutes <= ON_TIME / timedelta(minutes=1):
        return ""
    hours, rest = divmod(minutes, 60)
    span = " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
    return f", {span} {'early' if at < expected_at else 'late'}"
