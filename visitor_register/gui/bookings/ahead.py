"""What follows from a booking while it is being written: notice, clashes, lessons, the days of a series; in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import Booking
from visitor_register.domain.calendar import MONTHS, WEEKDAYS
from visitor_register.gui.bookings.slots_box import Slot
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import booking_repeat, bookings, notice, school_times
from visitor_register.services.booking_repeat import MOST, Days, Repeat
from visitor_register.services.bookings import BookingForm
from visitor_register.services.notice import Foresight
from visitor_register.services.school_times import LessonTime

_TONES = {True: Tone.CHECK, False: Tone.KNOWN, None: Tone.NEUTRAL}
NOT_AT_SCHOOL = "Not at school: reception does not expect them."


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is read beside the screen while one types. `later`: visits of the same series that come after this one."""

    foresight: Foresight
    lessons: LessonTime | None
    days: Days | None
    clashes: tuple[str, ...]
    later: int


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from what stands in the form now. Without a title there is nothing to say yet."""

    title: str = ""
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    why: str = ""
    clashes: str = ""
    short: bool = False
    lessons: str = ""
    slots: tuple[Slot, ...] = ()
    days: str = ""
    left_out: str = ""
    later: int = 0


def look_ahead(session: Session, form: BookingForm, repeat: Repeat | None, booked: Booking | None) -> Ahead:
    """Read what follows from a form; `booked` is the booking that is being changed."""
    foresight = notice.foresee(session, form, leaving_out=booked.id if booked else None)
    days = booking_repeat.days(session, form, repeat) if repeat else None
    clashes = foresight.clashes
    if days is not None and len(days.days) > 1:
        clashes = booking_repeat.clashes(session, booking_repeat.on_days(form, days))
    later = len(bookings.later_of_series(session, booked)) if booked else 0
    return Ahead(foresight, school_times.lesson_time(session, form), days, clashes, later)


def say(ahead: Ahead, form: BookingForm) -> Follows:
    """Put what follows into words."""
    told = ahead.foresight.notice
    lessons, slots = _say_lessons(ahead.lessons, form)
    return Follows(
        title=told.title,
        text=told.text,
        tone=_TONES[told.short],
        why="\n".join(told.why),
        clashes="\n".join(ahead.clashes),
        short=told.short is True,
        lessons=lessons,
        slots=slots,
        days=say_days(ahead.days.days) if ahead.days else "",
        left_out=say_left_out(ahead.days) if ahead.days else "",
        later=ahead.later,
    )


def say_days(days: Sequence[date]) -> str:
    """Write the days of a series, which share their weekday: `3 visits, on Tuesdays: 15, 22 Dec 2026; 5 Jan 2027`."""
    months = [f"{', '.join(str(day.day) for day in group)} {month}" for month, group in _months(days)]
    number = "1 visit" if len(days) == 1 else f"{len(days)} visits"
    return f"{number}, on {WEEKDAYS[days[0].weekday()]}s: {'; '.join(months)}."


def say_left_out(days: Days) -> str:
    """Write which days were left out, one on a line with its reason, and where the series was cut."""
    lines = [f"Left out: {calendar.say_day(one.day)}, {one.why}." for one in days.left_out]
    if days.cut:
        lines.append(f"At most {MOST} visits are booked at once: {calendar.say_day(days.days[-1])} is the last.")
    return "\n".join(lines)


def say_later(count: int) -> str:
    """Write how many visits of a series come after this one."""
    return "the later one" if count == 1 else f"the {count} later ones"


def _months(days: Iterable[date]) -> Iterable[tuple[str, Iterable[date]]]:
    return groupby(days, key=lambda day: f"{MONTHS[day.month - 1]} {day.year}")


def _say_lessons(lessons: LessonTime | None, form: BookingForm) -> tuple[str, tuple[Slot, ...]]:
    if lessons is None:
        return "", ()
    slots = tuple(
        Slot(
            f"{slot.name} {slot.starts:%H:%M}",
            f"{slot.starts:%H:%M}",
            f"{slot.ends:%H:%M}",
            chosen=_times(form) == (slot.starts, slot.ends),
        )
        for slot in lessons.slots
    )
    doubt = "" if lessons.sure else ", if it is a school day"
    if lessons.minutes is None:
        words = "Write to when it goes, then the lesson time is counted."
    elif lessons.minutes:
        words = f"{lessons.minutes} min of lesson time{doubt}."
    else:
        words = f"No lesson time{doubt}."
    return (f"{words} Outside lessons:" if slots and lessons.minutes != 0 else words), slots


def _times(form: BookingForm) -> tuple[object, object]:
    end = calendar.to_london(form.ends_at).time() if form.ends_at else None
    return calendar.to_london(form.starts_at).time(), end
