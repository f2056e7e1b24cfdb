"""Days and times as people type them, and how much notice a booking gives, with every day that is counted."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar, deadlines, notice_words
from visitor_register.domain.bookings import Booking
from visitor_register.domain.calendar import MONTHS, CalendarUnknownError
from visitor_register.services import booking_clashes, working_days
from visitor_register.services.bookings import BookingForm
from visitor_register.services.working_days import Counting

_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_NUMBERS = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?", re.IGNORECASE)
_WORDS = re.compile(r"(?:[a-z]+\.?,?\s+)?(\d{1,2})\s+([a-z]{3,9})\.?(?:\s+(\d{4}|\d{2}))?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})|(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """How much notice was given.

    `short` is None when nobody said when the school was told, or the calendar does not say enough to count.
    `school_days` is None where the school's calendar does not name every day. `why` names each day and why
    it counts, up to the fifth that does.
    """

    short: bool | None
    working_days: int = 0
    title: str = ""
    text: str = ""
    why: tuple[str, ...] = ()
    school_days: int | None = None


@dataclass(frozen=True, slots=True)
class Foresight:
    """What follows from a booking while it is being written. Nothing of it blocks."""

    notice: Notice
    clashes: tuple[str, ...] = ()


def foresee(session: Session, form: BookingForm, *, leaving_out: UUID | None = None) -> Foresight:
    """Say how much notice a booking gives and what else is on at that time."""
    clashes = booking_clashes.find(session, form, leaving_out=leaving_out)
    counting = working_days.read(session, calendar.london_date(form.starts_at))
    return Foresight(count(form.notified_at, form.starts_at, counting), tuple(dict.fromkeys(clashes)))


def of_booking(line: Booking, counting: Counting) -> Notice:
    """How much notice a booking gave, counted as on its day."""
    return count(line.notified_at, line.starts_at, counting)


def count(notified: datetime | None, starts_at: datetime, counting: Counting) -> Notice:
    """Count the notice in working and school days: without the day of notice, with the day of the visit.

    Args:
        counting: How days are counted on the day of the visit, and which of them the rule is about.

    Source: P11.
    """
    if notified is None:
        return Notice(None, title="Say when we heard", text="Then the notice is counted here.")
    if calendar.london_date(notified) > calendar.london_date(starts_at):
        return Notice(None, title="We heard after the visit", text="Check the day of the visit and when we heard.")
    try:
        given = deadlines.notice_given(notified, starts_at, counting.calendar, counting.rules)
    except CalendarUnknownError as unknown:
        return Notice(None, title="Notice is not counted", text=str(unknown))
    days = notice_words.days_given(given, counting.rules.notice_counts)
    title = {True: f"{days}: short notice, reason needed", False: f"{days} of notice", None: days}[given.short]
    text, why = notice_words.text(given, counting.rules), notice_words.why(given, counting.rules)
    return Notice(given.short, given.working_days, title, text, why, given.school_days)


def typed_day(text: str, today: date) -> date | None:
    """Read a day as a person types it: 30/11/2026, Mon 30/11, 30 Nov. Without a year the next such day is meant."""
    said = " ".join(text.split())
    if said.casefold() in ("today", "tomorrow"):
        return today + timedelta(days=said.casefold() == "tomorrow")
    if (found := _NUMBERS.fullmatch(said)) is not None:
        day, month, year = int(found[1]), int(found[2]), found[3]
    elif (found := _WORDS.fullmatch(said)) is not None and found[2][:3].casefold() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[found[2][:3].casefold()], found[3]
    else:
        return None
    wanted = int(year) + (2000 if len(year) == 2 else 0) if year else today.year
    try:
        read = date(wanted, month, day)
        # A month ago is still this year; in November "5 Jan" is the coming one.
        return read.replace(year=wanted + 1) if not year and (today - read).days > 60 else read
    except ValueError:
        return None


def typed_time(text: str) -> time | None:
    """Read a time as a person types it: 14:00, 14.00, 1400, 9, 2pm."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), (found[4] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
