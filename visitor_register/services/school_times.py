"""What a booked visit costs of the school's lessons, and which times of that day cost none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Place
from visitor_register.domain.calendar import CalendarUnknownError, SchoolDay
from visitor_register.domain.policy import CalendarSpan, DaySlot
from visitor_register.domain.school_times import between_lessons, minutes_missed
from visitor_register.services import notice, policy
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
    return _judge(session, day)[1]


def day_of_school(session: Session, day: date) -> SchoolDay | None:
    """Say what the school does on a day; None if its calendar does not say."""
    return _judge(session, day)[0]


def _judge(session: Session, day: date) -> tuple[SchoolDay | None, str]:
    try:
        free = notice.working_calendar(day.year).why_not_working(day) or ""
    except CalendarUnknownError:
        free = ""
    spans = policy.read(session, on=day).calendar.spans
    # A day off inside a term is the shorter of the two.
    named = sorted((span for span in spans if span.first <= day <= span.last), key=lambda span: span.last - span.first)
    match named:
        case [CalendarSpan(kind=SchoolDay.CLOSED, name=name), *_]:
            return SchoolDay.CLOSED, f"the school is closed ({name})" if name else "the school is closed"
        case [CalendarSpan(kind=SchoolDay.STAFF_ONLY), *_]:
            return SchoolDay.STAFF_ONLY, ""
        case _ if free:
            return SchoolDay.CLOSED, free
    return named[0].kind if named else None, ""


def lesson_time(session: Session, form: BookingForm) -> LessonTime | None:
    """Say what a visit costs of lessons; None where none can be missed, or the school has not written its times."""
    day = calendar.london_date(form.starts_at)
    slots = policy.read(session, on=day).times.slots
    kind = day_of_school(session, day)
    if form.place not in (None, Place.SCHOOL) or not slots or kind in (SchoolDay.CLOSED, SchoolDay.STAFF_ONLY):
        return None
    minutes = None
    if form.ends_at is not None:
        start, end = calendar.to_london(form.starts_at).time(), calendar.to_london(form.ends_at).time()
        minutes = minutes_missed(slots, start, end)
    return LessonTime(minutes, kind is SchoolDay.SCHOOL, between_lessons(slots))
