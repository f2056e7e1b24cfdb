"""How much notice a meeting had, in words: the days that were given, and each of them with why it counts."""

from datetime import date

from visitor_register.domain.calendar import MONTHS, WEEKDAYS, Days, say_day
from visitor_register.domain.deadlines import NOTICE_DAYS, NoticeDay, NoticeGiven, Rules

_NOT_SAID = "The school's calendar does not say how many of them are school days."
_COUNTED: dict[Days, str] = {Days.WORKING: "", Days.SCHOOL: " school days", Days.CALENDAR: " days of any kind"}


def days_given(given: NoticeGiven, counts: Days) -> str:
    """Say both counts: `4 working days, 3 school days`; school days only where the calendar names every day."""
    said = [_many(given.working_days, "working day")]
    if given.school_days is not None:
        said.append(_many(given.school_days, "school day"))
    if counts is Days.CALENDAR:
        said.insert(0, _many(max(0, (given.days[-1].day - given.taken_as).days) if given.days else 0, "day"))
    return ", ".join(said)


def text(given: NoticeGiven, rules: Rules) -> str:
    """Say what the protocol asks for, which days were counted, and what the calendar leaves open."""
    parts = [f"The protocol asks for {NOTICE_DAYS}{_COUNTED[rules.notice_counts]}."]
    if given.short is None:
        parts.append(f"{_not_named(given)} Please add it in Settings, School calendar.")
    elif given.short:
        counted = [day.day for day in given.days if counts(day, given, rules)]
        months = f" {MONTHS[counted[-1].month - 1]}" if counted else ""
        none = {Days.SCHOOL: "No school day lies between.", Days.CALENDAR: "It is the same day."}
        parts.append(
            f"Counted: {', '.join(map(_brief, counted))}{months}."
            if counted
            else none.get(rules.notice_counts, "No working day lies between.")
        )
    if given.school_days is None and given.short is not None and given.days:
        parts.append(_NOT_SAID)
    return " ".join(parts)


def why(given: NoticeGiven, rules: Rules) -> tuple[str, ...]:
    """Name each day and why it counts or not, up to the fifth that does."""
    said, number = [f"{say_day(given.taken_as)}: the day we heard does not count"], 0
    for day in given.days:
        if day.day == given.taken_as:
            said[0] = f"{say_day(day.day)}: {day.why}"
            continue
        does = counts(day, given, rules)
        number += does
        said.append(f"{say_day(day.day)}: {_day(day, number if does else 0)}")
        if number == NOTICE_DAYS:
            break
    more = sum(counts(day, given, rules) for day in given.days) - number
    if more > 0:
        kind = {Days.WORKING: "working day", Days.SCHOOL: "school day", Days.CALENDAR: "day"}[rules.notice_counts]
        said.append(f"and {_many(more, f'more {kind}')} up to {say_day(given.days[-1].day)}")
    return tuple(said)


def counts(day: NoticeDay, given: NoticeGiven, rules: Rules) -> bool:
    """Whether a day counts by the school's rule; one that its calendar does not name does not, where that matters."""
    if rules.notice_counts is Days.CALENDAR:
        return day.day > given.taken_as
    return day.working if rules.notice_counts is Days.WORKING else bool(day.school)


def _day(day: NoticeDay, number: int) -> str:
    if not number:
        return f"{day.why}, does not count"
    if day.school is None:
        return f"day {number}"
    return f"day {number}, school day" if day.school else f"day {number}, {day.why.removeprefix('working day, ')}"


def _not_named(given: NoticeGiven) -> str:
    first = next(day.day for day in given.days if day.school is None)
    return f"The school's calendar does not say what {say_day(first)} is."


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _brief(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day}"
