"""What a booked visit costs of the school's lessons, and which times of that day cost none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Place
from visitor_register.domain.calendar import CalendarUnknownError, SchoolDay, WorkingCalendar
from visitor_register.domain.policy import DaySlot
from visitor_register.domain.school_times import between_lessons, minutes_missed
from visitor_register.services import policy, working_days
from visitor_register.services.bookings import BookingForm


@dataclass(frozen=True, slots=True)
class LessonTime:
    """What is known of the lessons on the day of a visit.

    Attributes:
        minutes: Of lessons, missed by whoever is seen; None while nobody said when the visit ends.
        sure: The school's calendar calls the day a school day; else it says nothing of it.
        slots: The parts of the day in which nobody misses a lesson.
    """

    minutes: int | None
    sure: bool
    slots: tuple[DaySlot, ...]


def why_closed(session: Session, day: date) -> str:
    """Say why the school is closed on a day, a weekend or bank holiday included; "" where it is not, or not known."""
    days = working_days.read(session, day).calendar
    if _day_of_school(days, day) is not SchoolDay.CLOSED:
        return ""
    spans = policy.read(session, on=day).calendar.spans
    closed = [span.name for span in spans if span.first <= day <= span.last and span.kind is SchoolDay.CLOSED]
    if not closed:
        return days.why_not_working(day) or ""
    return f"the school is closed ({closed[0]})" if closed[0] else "the school is closed"


def lesson_time(session: Session, form: BookingForm) -> LessonTime | None:
    """Say what a visit costs of lessons; None where none can be missed, or the school has not written its times."""
    day = calendar.london_date(form.starts_at)
    slots = policy.read(session, on=day).times.slots
    kind = _day_of_school(working_days.read(session, day).calendar, day)
    if form.place not in (None, Place.SCHOOL) or not slots or kind in (SchoolDay.CLOSED, SchoolDay.STAFF_ONLY):
        return None
    minutes = None
    if form.ends_at is not None:
        start, end = calendar.to_london(form.starts_at).time(), calendar.to_london(form.ends_at).time()
        minutes = minutes_missed(slots, start, end)
    return LessonTime(minutes, kind is SchoolDay.SCHOOL, between_lessons(slots))


def _day_of_school(days: WorkingCalendar, day: date) -> SchoolDay | None:
    """What the school does on a day; None if its calendar does not say, or the year is out of reach."""
    try:
        return days.school_day(day)
    except CalendarUnknownError:
        return None
