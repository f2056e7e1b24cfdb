"""Any start whatever: deadlines agree with a naive reading of the rules, and their steps can be done again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.test_deadlines import DAYS, MOMENTS, london
from visitor_register.domain import deadlines
from visitor_register.domain.calendar import (
    LA_HOURS,
    SCHOOL_HOURS,
    Days,
    Hours,
    SchoolDay,
    WorkingCalendar,
    at_london,
    london_date,
    say_day,
    to_london,
)
from visitor_register.domain.deadlines import DayDue, MomentDue, Move, Rules, Step
from visitor_register.files.bank_holidays import england

CALENDAR = WorkingCalendar(england(range(2025, 2031)))
DAY = timedelta(days=1)

# Typed from the government's list, not from the library under test.
BANK_HOLIDAYS = {
    date(year, *month_and_day)
    for year, named in {
        2025: [(12, 25), (12, 26)],
        2026: [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
        2027: [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
        2028: [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)],
        2029: [(1, 1)],
    }.items()
    for month_and_day in named
}
CLOCK_CHANGES = [
    datetime(year, month, day, 1, tzinfo=UTC)
    for year, month, day in [(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31)]
]

anywhere = st.integers(0, 3 * 365 * 24 * 60 - 7 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
round_clock_changes = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(CLOCK_CHANGES),
    st.integers(-5 * 24 * 60, 2 * 24 * 60),
)
at_the_edge_of_hours = st.builds(
    lambda day, clock, seconds: at_london(day, clock) + timedelta(seconds=seconds),
    st.dates(date(2026, 1, 1), date(2028, 12, 24)),
    st.sampled_from([time(8, 30), time(9), time(16, 30), time(17), time(16), time(0), time(23)]),
    st.integers(-1, 1),
)
moments = anywhere | round_clock_changes | at_the_edge_of_hours
days = st.dates(date(2026, 1, 10), date(2028, 12, 20))
countings = st.sampled_from(Days)


@st.composite
def school_calendars(draw: st.DrawFn) -> WorkingCalendar:
    """A school that names every day of three years, with closures and staff days anywhere, even Saturday school."""
    odd = draw(st.dictionaries(st.integers(0, 60), st.sampled_from(SchoolDay), max_size=25))
    named = {}
    for number in range(366 * 4):
        day = date(2025, 12, 1) + number * DAY
        if number % 61 in odd:
            named[day] = odd[number % 61]
        elif day.weekday() < 5:
            named[day] = SchoolDay.SCHOOL
    return WorkingCalendar(CALENDAR.bank_holidays, named)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def counts(day: date, counting: Days, calendar: WorkingCalendar) -> bool:
    if counting is Days.WORKING:
        return works(day)
    return counting is Days.CALENDAR or calendar.school_days.get(day) is SchoolDay.SCHOOL


def counted(after: date, until: date, counting: Days, calendar: WorkingCalendar) -> int:
    return sum(counts(after + n * DAY, counting, calendar) for n in range(1, (until - after).days + 1))


def last_sunday(year: int, month: int) -> date:
    return max(day for n in range(1, 32) if (day := date(year, month, n)).weekday() == 6)


def summer(moment: datetime) -> bool:
    """British Summer Time: from 01:00 UTC on the last Sunday of March to 01:00 UTC on that of October."""
    first, last = (datetime.combine(last_sunday(moment.year, month), time(1), UTC) for month in (3, 10))
    return first <= moment < last


def naive_by_working_days(start: datetime, number: int, hours: Hours) -> datetime:
    """Walk on London's clock without asking any time zone database."""
    local = (start + timedelta(hours=summer(start))).replace(tzinfo=None)
    while not (works(local.date()) and hours.opens <= local.time() < hours.closes):
        after_opening = local.time() >= hours.opens
        local = datetime.combine(local.date() + after_opening * DAY, hours.opens)
    for _ in range(number):
        local += DAY
        while not works(local.date()):
            local += DAY
    winter = local.replace(tzinfo=UTC)
    return winter - timedelta(hours=summer(winter - timedelta(hours=1)))


def naive_contact(start: date, counting: Days, calendar: WorkingCalendar) -> date:
    return next(d for n in range(400) if counted(start, d := start + n * DAY, counting, calendar) == 5)


def naive_notice(meeting: date, counting: Days, calendar: WorkingCalendar) -> date:
    possible = (meeting - n * DAY for n in range(400))
    return next(d for d in possible if works(d) and counted(d, meeting, counting, calendar) >= 5)


def replay(steps: Sequence[Step], *, back: bool = False) -> date | datetime:
    """Do again what the steps say, without looking at the one that says the answer."""
    first, *others, last = steps
    assert (first.move, last.move) == (Move.START, Move.DUE)
    stride = -DAY if back else DAY
    moment, number = first.at, 0
    day = first.day + DAY if back else first.day
    for step in others:
        match step.move:
            case Move.OPEN:
                assert moment is not None
                assert step.at is not None
                assert step.at > moment
                moment, day = step.at, step.day
            case Move.HOURS:
                assert moment is not None
                return moment + timedelta(hours=step.number)
            case _:
                day += stride
                assert step.day == day
                if step.move is Move.COUNT:
                    number += 1
                    assert step.number == number
    if moment is not None:
        return at_london(day, to_london(moment).time())
    return day + stride if back else day


def check_steps(due: DayDue | MomentDue) -> None:
    answer = due.due_on if isinstance(due, DayDue) else due.due_at
    assert replay(due.steps, back=due.clause is deadlines.Clause.NOTICE) == answer
    assert say_day(london_date(answer)) in due.steps[-1].text
    for step in due.steps[1:-1]:
        assert say_day(step.day) in step.text or step.move is Move.HOURS


def test_the_steps_of_every_worked_answer_give_it_when_they_are_done_again() -> None:
    for kind, start, due in DAYS:
        answer = (deadlines.contact if kind == "contact" else deadlines.notice)(date.fromisoformat(start), CALENDAR)
        assert replay(answer.steps, back=kind == "notice") == date.fromisoformat(due)
        check_steps(answer)
    for kind, start, due, elapsed in MOMENTS:
        by_days = (deadlines.reply if kind == "reply" else deadlines.request)(london(start), CALENDAR)
        assert replay(by_days.steps) == datetime.fromisoformat(due)
        check_steps(by_days)
        by_hours = (
            deadlines.reply(london(start), CALENDAR, Rules(reply_elapsed=True))
            if kind == "reply"
            else deadlines.request(london(start), CALENDAR, urgent=True)
        )
        assert replay(by_hours.steps) == datetime.fromisoformat(elapsed)
        check_steps(by_hours)


@given(days, countings, school_calendars())
@settings(max_examples=150, deadline=None)
def test_deadlines_in_days_agree_with_a_naive_count(start: date, counting: Days, calendar: WorkingCalendar) -> None:
    rules = Rules(contact_counts=counting, notice_counts=counting)
    contact, notice = deadlines.contact(start, calendar, rules), deadlines.notice(start, calendar, rules)
    assert contact.due_on == naive_contact(start, counting, calendar)
    assert notice.due_on == naive_notice(start, counting, calendar)
    assert works(notice.due_on)
    check_steps(contact)
    check_steps(notice)


@given(moments)
@settings(max_examples=300, deadline=None)
def test_deadlines_in_hours_agree_with_a_naive_walk(start: datetime) -> None:
    cases = [(deadlines.reply(start, CALENDAR), 2, LA_HOURS), (deadlines.request(start, CALENDAR), 1, SCHOOL_HOURS)]
    for due, number, hours in cases:
        assert due.due_at == naive_by_working_days(start, number, hours)
        assert due.also == start + number * DAY
        check_steps(due)


@given(moments)
@settings(max_examples=300, deadline=None)
def test_only_elapsed_deadlines_may_fall_on_a_day_off(start: datetime) -> None:
    day = london_date(start)
    assert works(deadlines.contact(day, CALENDAR).due_on)
    assert works(deadlines.notice(day, CALENDAR).due_on)
    assert works(london_date(deadlines.reply(start, CALENDAR).due_at))
    assert works(london_date(deadlines.request(start, CALENDAR).due_at))


@given(moments, moments | st.just(None), st.integers(0, 3 * 24 * 3600))
@settings(max_examples=300, deadline=None)
def test_who_starts_later_is_never_due_earlier(start: datetime, other: datetime | None, seconds: int) -> None:
    earlier, later = sorted([start, other or start + timedelta(seconds=seconds)])
    for rules in (Rules(), Rules(reply_elapsed=True)):
        assert deadlines.reply(earlier, CALENDAR, rules).due_at <= deadlines.reply(later, CALENDAR, rules).due_at
    for urgent in (False, True):
        first, second = (deadlines.request(each, CALENDAR, urgent=urgent).due_at for each in (earlier, later))
        assert first <= second
    assert deadlines.contact(earlier, CALENDAR).due_on <= deadlines.contact(later, CALENDAR).due_on
    assert deadlines.notice(earlier, CALENDAR).due_on <= deadlines.notice(later, CALENDAR).due_on


@given(round_clock_changes)
@settings(max_examples=300, deadline=None)
def test_clock_changes_move_neither_the_clock_time_nor_the_length(start: datetime) -> None:
    reply = deadlines.reply(start, CALENDAR)
    assert to_london(reply.due_at).time() == to_london(reply.runs_from).time()
    elapsed = deadlines.reply(start, CALENDAR, Rules(reply_elapsed=True))
    urgent = deadlines.request(start, CALENDAR, urgent=True)
    assert elapsed.due_at - start == timedelta(hours=48)
    assert urgent.due_at - start == timedelta(hours=24)
    check_steps(elapsed)
    check_steps(urgent)
    assert ("clocks change" in urgent.steps[1].text) is (summer(start) is not summer(urgent.due_at))


@given(days, st.integers(-3, 25), countings, school_calendars())
@settings(max_examples=150, deadline=None)
def test_notice_is_short_exactly_when_it_came_after_the_day_it_was_needed_by(
    meeting: date, ahead: int, counting: Days, calendar: WorkingCalendar
) -> None:
    rules = Rules(notice_counts=counting)
    told = meeting - ahead * DAY
    given_notice = deadlines.notice_given(told, meeting, calendar, rules)
    assert [each.day for each in given_notice.days] == [told + n * DAY for n in range(1, ahead + 1)]
    if works(told):
        assert given_notice.working_days == counted(told, meeting, Days.WORKING, calendar)
    assert given_notice.short is (told > deadlines.notice(meeting, calendar, rules).due_on)
