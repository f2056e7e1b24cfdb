"""When something is due under the protocol, and why: each answer carries the steps that lead to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from visitor_register.domain.calendar import (
    ONE_DAY,
    CalendarUnknownError,
    Days,
    Hours,
    WorkingCalendar,
    at_london,
    london_date,
    say_day,
    say_time,
    to_london,
)


class Clause(StrEnum):
    """The clauses of the protocol that set a time."""

    CONTACT = "P2"
    REPLY = "P5"
    REQUEST = "P10"
    NOTICE = "P11"


@dataclass(frozen=True, slots=True)
class Rules:
    """How the school reads the clauses, from a date on. The readings are our defaults.

    `reply_elapsed` reads the 48 hours of P5 as elapsed hours instead of 2 working days.
    """

    applies_from: date = date.min
    contact_counts: Days = Days.WORKING
    notice_counts: Days = Days.WORKING
    reply_elapsed: bool = False


DEFAULT_RULES = Rules()
# Source: P2 and P11, five days each; P5, 48 hours; P10, 24 hours.
CONTACT_DAYS, NOTICE_DAYS, REPLY_DAYS, REQUEST_DAYS = 5, 5, 2, 1


class Move(StrEnum):
    """What one step does to the day or moment that is being worked out."""

    START = "start"  # here it begins
    OPEN = "open"  # the clock waits for an opening: the moment is now `at`
    COUNT = "count"  # one day on (for notice: back); it is number `number`
    SKIP = "skip"  # one day on (for notice: back); it does not count
    HOURS = "hours"  # `number` hours on, whatever the days
    DUE = "due"  # here it ends; hours come out at the clock time they started from


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: `text` for people, the rest so that it can be done again.

    `day` is the London day it speaks of; `at` the UTC moment, in rules that count hours.
    """

    move: Move
    text: str
    day: date
    at: datetime | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class DayDue:
    """Due by the end of a London day. `also` is the day it would be if every day counted."""

    clause: Clause
    due_on: date
    also: date
    steps: tuple[Step, ...]

    def is_late(self, recorded_at: datetime) -> bool:
        """Say whether something recorded then is late: on a later London date."""
        return london_date(recorded_at) > self.due_on


@dataclass(frozen=True, slots=True)
class MomentDue:
    """Due at a moment, its clock starting at `runs_from`. `also` is the other reading, in elapsed hours
    or, where those are the rule, in working days. All UTC."""

    clause: Clause
    runs_from: datetime
    due_at: datetime
    also: datetime
    steps: tuple[Step, ...]

    def is_late(self, recorded_at: datetime) -> bool:
        """Say whether something recorded then is late; exactly at the due moment is in time."""
        return recorded_at > self.due_at


class Standing(StrEnum):
    """How a deadline stands."""

    NOT_ASSESSABLE = "not assessable"
    RUNNING = "running"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day from notice to meeting, and why it counts or not; `school` is None if the calendar does not say."""

    day: date
    working: bool
    school: bool | None
    why: str


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """How much notice a meeting had. A mark for the record, never a reason to refuse (P11).

    `taken_as` is the day the notice counts from. `school_days` is None if the school's calendar
    does not name every day; so is `short` then, where school days are the rule.
    """

    taken_as: date
    working_days: int
    school_days: int | None
    short: bool | None
    days: tuple[NoticeDay, ...]


def rules_on(versions: Iterable[Rules], day: date) -> Rules:
    """Pick the rules that apply on a day: the newest that began by then, else our defaults."""
    begun = (rules for rules in versions if rules.applies_from <= day)
    return max(begun, key=lambda rules: rules.applies_from, default=DEFAULT_RULES)


def standing(due: DayDue | MomentDue | None, done_at: datetime | None, now: datetime) -> Standing:
    """Say how a deadline stands; None, for an unknown start, is never called late (P2)."""
    if due is None:
        return Standing.NOT_ASSESSABLE
    if done_at is not None:
        return Standing.LATE if due.is_late(done_at) else Standing.MET
    return Standing.OVERDUE if due.is_late(now) else Standing.RUNNING


def contact(allocated: date | datetime, calendar: WorkingCalendar, rules: Rules = DEFAULT_RULES) -> DayDue:
    """Say by when a worker contacts the school: the end of the 5th day; the day after allocation is day 1.

    Source: P2; working days are our default, school or calendar days the other readings.

    Raises:
        CalendarUnknownError: a day has to be judged that the calendar does not know.
    """
    start = london_date(allocated)
    steps = [Step(Move.START, f"Allocated on {say_day(start)}; the day after is the first that can count.", start)]
    steps += _count(start, CONTACT_DAYS, rules.contact_counts, calendar)
    due = steps[-1].day
    steps.append(Step(Move.DUE, f"Due by the end of {say_day(due)}.", due))
    return DayDue(Clause.CONTACT, due, start + CONTACT_DAYS * ONE_DAY, tuple(steps))


def notice(meeting: date | datetime, calendar: WorkingCalendar, rules: Rules = DEFAULT_RULES) -> DayDue:
    """Say by the end of which working day notice of a meeting is needed.

    Five days are counted back, the day of the meeting among them, the day of notice not.
    Source: P11; working days are our default, school or calendar days the other readings.

    Raises:
        CalendarUnknownError: a day has to be judged that the calendar does not know.
    """
    start = london_date(meeting)
    steps = [Step(Move.START, f"Meeting on {say_day(start)}; counting back, that day is the first to look at.", start)]
    steps += _count(start + ONE_DAY, NOTICE_DAYS, rules.notice_counts, calendar, stride=-ONE_DAY)
    due = steps[-1].day - ONE_DAY
    while (why := calendar.why_not_working(due)) is not None:
        steps.append(Step(Move.SKIP, f"{say_day(due)} is no day to need notice by: {why}.", due))
        due -= ONE_DAY
    steps.append(Step(Move.DUE, f"Notice is needed by the end of {say_day(due)}.", due))
    return DayDue(Clause.NOTICE, due, start - NOTICE_DAYS * ONE_DAY, tuple(steps))


def notice_given(
    notified: date | datetime, meeting: date | datetime, calendar: WorkingCalendar, rules: Rules = DEFAULT_RULES
) -> NoticeGiven:
    """Count the notice a meeting had: without the day of notice, with the day of the meeting.

    Notice on a day that is no working day is taken as given on the next one, so that it is short
    exactly when it came after the day of `notice`. Source: P11.

    Raises:
        CalendarUnknownError: the bank holidays of a year are not known.
    """
    told, last = london_date(notified), london_date(meeting)
    taken_as = told if calendar.is_working(told) else calendar.working_day_after(told)
    between = (told + number * ONE_DAY for number in range(1, (last - told).days + 1))
    days = tuple(_notice_day(day, taken_as, calendar) for day in between)
    working = sum(day.working for day in days)
    school = None if any(day.school is None for day in days) else sum(bool(day.school) for day in days)
    given = {Days.WORKING: working, Days.SCHOOL: school, Days.CALENDAR: max(0, (last - taken_as).days)}
    counted = given[rules.notice_counts]
    return NoticeGiven(taken_as, working, school, None if counted is None else counted < NOTICE_DAYS, days)


def reply(sent_at: datetime, calendar: WorkingCalendar, rules: Rules = DEFAULT_RULES) -> MomentDue:
    """Say by when the worker or the manager answers an e-mail: 48 hours, read as 2 working days.

    The same clock time; sent outside the authority's hours, the clock starts at the next opening.
    The other reading, 48 elapsed hours, runs from the sending.

    Source: P5; working days and the hours 09:00-17:00 are our defaults.

    Raises:
        CalendarUnknownError: a day has to be judged that the calendar does not know.
        ValueError: `sent_at` has no time zone.
    """
    working = _by_working_days(Clause.REPLY, sent_at, REPLY_DAYS, calendar.la_hours, calendar)
    return _by_elapsed_hours(working, sent_at, REPLY_DAYS * 24) if rules.reply_elapsed else working


def request(received_at: datetime, calendar: WorkingCalendar, *, urgent: bool = False) -> MomentDue:
    """Say by when the school answers a request for information: 24 hours, read as 1 working day.

    It starts in the school's own hours, because the school owes it. Marked urgent (s47) it is 24
    elapsed hours from receipt, whatever the day.

    Source: P10; the working day and the hours 08:30-16:30 are our defaults.

    Raises:
        CalendarUnknownError: a day has to be judged that the calendar does not know.
        ValueError: `received_at` has no time zone.
    """
    working = _by_working_days(Clause.REQUEST, received_at, REQUEST_DAYS, calendar.school_hours, calendar)
    return _by_elapsed_hours(working, received_at, REQUEST_DAYS * 24) if urgent else working


def _count(
    start: date, needed: int, counting: Days, calendar: WorkingCalendar, stride: timedelta = ONE_DAY
) -> Iterator[Step]:
    number, day = 0, start
    while number < needed:
        day += stride
        counts, why = calendar.judge(day, counting)
        number += counts
        if counts:
            yield Step(Move.COUNT, f"{say_day(day)} is day {number}{f' ({why})' if why else ''}.", day, number=number)
        else:
            yield Step(Move.SKIP, f"{say_day(day)} does not count: {why}.", day)


def _by_working_days(clause: Clause, start: datetime, days: int, hours: Hours, calendar: WorkingCalendar) -> MomentDue:
    steps = [_at(Move.START, "Sent {}." if clause is Clause.REPLY else "Received {}.", start)]
    runs_from = calendar.next_opening(start, hours)
    if runs_from != start:
        whose = "the authority" if clause is Clause.REPLY else "the school"
        outside = f"That is outside the hours of {whose} ({hours.opens:%H:%M}-{hours.closes:%H:%M} on working days)"
        steps.append(_at(Move.OPEN, outside + ": the clock starts {}.", runs_from))
    local = to_london(runs_from)
    steps += _count(local.date(), days, Days.WORKING, calendar)
    due = at_london(steps[-1].day, local.time())
    steps.append(_at(Move.DUE, "Due {}, the same clock time.", due))
    return MomentDue(clause, runs_from, due, start.astimezone(UTC) + timedelta(days=days), tuple(steps))


def _by_elapsed_hours(working: MomentDue, start: datetime, hours: int) -> MomentDue:
    begun = start.astimezone(UTC)
    due = begun + timedelta(hours=hours)
    changed = to_london(begun).utcoffset() != to_london(due).utcoffset()
    remark = "; the clocks change in between" if changed else ""
    counted = Step(Move.HOURS, f"{hours} hours elapse, whatever the days{remark}.", london_date(due), due, hours)
    steps = (working.steps[0], counted, _at(Move.DUE, "Due {}.", due))
    return MomentDue(working.clause, begun, due, working.due_at, steps)


def _at(move: Move, text: str, moment: datetime) -> Step:
    day = london_date(moment)
    return Step(move, text.format(f"{say_day(day)} {say_time(moment)}"), day, moment.astimezone(UTC))


def _notice_day(day: date, taken_as: date, calendar: WorkingCalendar) -> NoticeDay:
    if day <= taken_as:
        why = calendar.why_not_working(day) or "the notice, which came on a day off, is taken as given on this day"
        return NoticeDay(day, working=False, school=False, why=why)
    working, why = calendar.judge(day, Days.WORKING)
    try:
        school, closed = calendar.judge(day, Days.SCHOOL)
    except CalendarUnknownError:
        return NoticeDay(day, working, None, "working day; the school's calendar does not say")
    if working and not school:
        why = f"working day, not a school day: {closed}"
    return NoticeDay(day, working, school, why or "working day and school day")
