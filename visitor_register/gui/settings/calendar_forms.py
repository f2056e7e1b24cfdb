"""Spans, one-off holidays, slots and clocks from the texts of their forms; what cannot be says its field and why."""

from datetime import date

from visitor_register.domain import school_year
from visitor_register.domain.calendar import BankHolidays, Days, SchoolDay, say_day
from visitor_register.domain.policy import (
    CalendarSpan,
    Clocks,
    DaySlot,
    HolidayEdits,
    NamedDay,
    SchoolCalendar,
    SchoolTimes,
)
from visitor_register.domain.school_calendar import LONGEST_NAME, MOST_DAYS
from visitor_register.gui.settings.forms import FieldError, Form, read_day, read_time, wanted


def calendar_with(
    form: Form, kept: SchoolCalendar, changed: CalendarSpan | None, holidays: BankHolidays
) -> SchoolCalendar:
    """The calendar with the span of the form, in place of the one that was changed.

    Raises:
        FieldError: it ends before it begins, names no day, or stands there already.
    """
    if not form["kind"]:
        raise FieldError("kind", "Choose what the school does on these days.")
    first = read_day(form, "first")
    last = read_day(form, "last") if form["last"].strip() else first
    if last < first:
        raise FieldError("last", "Write a day after the first, or leave it empty for one day.")
    if (last - first).days > MOST_DAYS:
        raise FieldError("last", f"Write at most {MOST_DAYS} days. Is the year right?")
    span = CalendarSpan(first, last, SchoolDay(form["kind"]), " ".join(form["name"].split())[:LONGEST_NAME])
    if first.year in holidays.years and last.year in holidays.years and not any(school_year.named_days(span, holidays)):
        raise FieldError("first", "These days are only weekends or bank holidays. Write other days.")
    others = tuple(one for one in kept.spans if one != changed)
    if span in others:
        raise FieldError("first", "This stands in the list already.")
    return SchoolCalendar(school_year.in_order((*others, span)))


def edits_with(form: Form, kept: HolidayEdits, holidays: BankHolidays) -> HolidayEdits:
    """The edits with a day added that is a bank holiday this once.

    Raises:
        FieldError: it is one already, or a weekend.
    """
    day = read_day(form, "day")
    name = wanted(form, "name", "Write what the day is for, such as a coronation.")[:LONGEST_NAME]
    if day.weekday() >= 5:
        raise FieldError("day", f"{say_day(day)} is no working day anyway. Write a Monday to Friday.")
    if day in school_year.with_edits(holidays, kept).names:
        raise FieldError("day", f"{say_day(day)} is a bank holiday already.")
    removed = tuple(one for one in kept.removed if one != day)
    if day in holidays.names:
        # It was said to be none; that is taken back.
        return HolidayEdits(kept.added, removed)
    return HolidayEdits((*kept.added, NamedDay(day, name)), removed)


def clocks(form: Form) -> Clocks:
    """How the clauses are read.

    Raises:
        FieldError: the authority closes before it opens.
    """
    opens, closes = read_time(form, "opens"), read_time(form, "closes")
    if closes <= opens:
        raise FieldError("closes", "Write a time after the opening.")
    return Clocks(Days(form["contact"]), Days(form["notice"]), form["reply"] == "elapsed", opens, closes)


def clocks_form(now: Clocks, today: str) -> dict[str, str]:
    """The texts of the form for clocks, to apply from today."""
    return {
        "contact": now.contact_counts.value,
        "notice": now.notice_counts.value,
        "reply": "elapsed" if now.reply_elapsed else "working",
        "opens": f"{now.la_opens:%H:%M}",
        "closes": f"{now.la_closes:%H:%M}",
        "from": today,
    }


def from_day(form: Form, today: date) -> date:
    """The day from which clocks apply.

    Raises:
        FieldError: it is past: deadlines that have run keep the rule they had.
    """
    day = read_day(form, "from")
    if day < today:
        raise FieldError("from", "Write today or a later day: what began before keeps its rule.")
    return day


def times_with(form: Form, kept: SchoolTimes, changed: DaySlot | None) -> SchoolTimes:
    """The school's day with the slot of the form, in place of the one that was changed.

    Raises:
        FieldError: it ends before it begins, or overlaps another.
    """
    name = wanted(form, "name", "Write what it is called: Lesson 1, Break, Lunch.")
    starts, ends = read_time(form, "starts"), read_time(form, "ends")
    if ends <= starts:
        raise FieldError("ends", "Write a time after the beginning.")
    others = tuple(one for one in kept.slots if one != changed)
    over = next((one for one in others if one.starts < ends and starts < one.ends), None)
    if over is not None:
        raise FieldError("starts", f"{over.name} is from {over.starts:%H:%M} to {over.ends:%H:%M}. Change one of them.")
    slot = DaySlot(" ".join(name.split()), starts, ends, form["lesson"] == "on")
    return SchoolTimes(tuple(sorted((*others, slot), key=lambda one: one.starts)))
