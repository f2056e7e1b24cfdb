"""Days on which the school has no pupils, and what they are called, for the week and the day that are drawn."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.calendar import CalendarUnknownError, SchoolDay, WorkingCalendar
from visitor_register.domain.policy import CalendarSpan
from visitor_register.services import policy, working_days

_WORDS = {SchoolDay.STAFF_ONLY: "Staff only day", SchoolDay.CLOSED: "Closed"}


def without_pupils(session: Session, days: Collection[date]) -> Mapping[date, str]:
    """The days without pupils, each with its word. A day of which nothing is known is not among them."""
    words = {}
    for day, counting in working_days.read_days(session, days).items():
        kind = _kind(counting.calendar, day)
        if kind is not None and kind in _WORDS:
            name = _name(policy.read(session, on=day).calendar.spans, day)
            words[day] = _word(kind, name, counting.calendar.bank_holidays.names.get(day), day)
    return words


def _kind(known: WorkingCalendar, day: date) -> SchoolDay | None:
    try:
        return known.school_day(day)
    except CalendarUnknownError:
        return None


def _word(kind: SchoolDay, name: str, holiday: str | None, day: date) -> str:
    if holiday is not None and kind is SchoolDay.CLOSED:
        return f"Bank holiday: {holiday}"
    if name:
        return f"{_WORDS[kind]}: {name}"
    return calendar.WEEKDAYS[day.weekday()] if kind is SchoolDay.CLOSED and day.weekday() >= 5 else _WORDS[kind]


def _name(spans: Collection[CalendarSpan], day: date) -> str:
    """What the school calls a day without pupils; the shortest span says it best."""
    found = [span for span in spans if span.first <= day <= span.last and span.kind is not SchoolDay.SCHOOL]
    return min(found, key=lambda span: span.last - span.first).name if found else ""
