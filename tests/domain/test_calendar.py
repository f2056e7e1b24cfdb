"""London's clock in numbers and words, and which days and hours count."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from visitor_register.domain import calendar as london
from visitor_register.domain.calendar import (
    BankHolidays,
    CalendarUnknownError,
    Days,
    Hours,
    SchoolDay,
    Wall,
    WorkingCalendar,
)

HOLIDAYS = BankHolidays({date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day"}, range(2026, 2028))
CALENDAR = WorkingCalendar(HOLIDAYS, {date(2026, 11, 23): SchoolDay.STAFF_ONLY, date(2026, 11, 24): SchoolDay.SCHOOL})
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("day", "clock", "expected", "moment"),
    [
        (date(2026, 11, 20), time(16), Wall.ONCE, utc(2026, 11, 20, 16)),
        (date(2026, 6, 20), time(16), Wall.ONCE, utc(2026, 6, 20, 15)),
        (SPRING, time(0, 59), Wall.ONCE, utc(2026, 3, 29, 0, 59)),
        (SPRING, time(1), Wall.NEVER, utc(2026, 3, 29, 1)),
        (SPRING, time(1, 30), Wall.NEVER, utc(2026, 3, 29, 1, 30)),
        (SPRING, time(2), Wall.ONCE, utc(2026, 3, 29, 1)),
        (AUTUMN, time(0, 59), Wall.ONCE, utc(2026, 10, 24, 23, 59)),
        (AUTUMN, time(1), Wall.TWICE, utc(2026, 10, 25, 0)),
        (AUTUMN, time(1, 30), Wall.TWICE, utc(2026, 10, 25, 0, 30)),
        (AUTUMN, time(1, 30, fold=1), Wall.TWICE, utc(2026, 10, 25, 0, 30)),
        (AUTUMN, time(2), Wall.ONCE, utc(2026, 10, 25, 2)),
    ],
)
def test_what_londons_clocks_show(day: date, clock: time, expected: Wall, moment: datetime) -> None:
    assert london.wall(day, clock) is expected
    assert london.at_london(day, clock) == moment


def test_a_day_is_londons_day() -> None:
    assert london.london_date(utc(2026, 6, 30, 23, 30)) == date(2026, 7, 1)
    assert london.london_date(datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))) == date(2026, 6, 30)
    assert london.london_date(date(2026, 7, 1)) == date(2026, 7, 1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london.london_date(datetime(2026, 7, 1, 12))  # noqa: DTZ001


def test_moments_and_days_in_words() -> None:
    assert london.say_moment(utc(2026, 11, 24, 16), NOW) == "Tue 24 Nov 16:00"
    assert london.say_moment(utc(2026, 7, 1, 8, 5, 59), NOW) == "Wed 1 Jul 09:05"
    assert london.say_moment(utc(2027, 1, 4, 9), NOW) == "Mon 4 Jan 2027 09:00"
    assert london.say_day(date(2026, 11, 24)) == "Tue 24 Nov 2026"
    assert london.say_date(date(2026, 7, 1)) == "Wed 01/07/2026"


def test_a_time_that_comes_twice_says_which() -> None:
    assert london.say_moment(utc(2026, 10, 25, 0, 30), NOW) == "Sun 25 Oct 01:30 BST"
    assert london.say_moment(utc(2026, 10, 25, 1, 30), NOW) == "Sun 25 Oct 01:30 GMT"
    assert london.say_moment(utc(2026, 10, 25, 2), NOW) == "Sun 25 Oct 02:00"


@pytest.mark.parametrize(
    ("span", "future", "past"),
    [
        (timedelta(seconds=59), "now", "now"),
        (timedelta(minutes=1), "in 1 min", "1 min ago"),
        (timedelta(minutes=59, seconds=59), "in 59 min", "59 min ago"),
        (timedelta(hours=3, minutes=50), "in 3 h", "3 h ago"),
        (timedelta(hours=23, minutes=59), "in 23 h", "23 h ago"),
        (timedelta(hours=24), "in 1 day", "1 day ago"),
        (timedelta(days=3, hours=2), "in 3 days", "3 days ago"),
    ],
)
def test_how_far_off_a_moment_is(span: timedelta, future: str, past: str) -> None:
    assert london.relative(NOW + span, NOW) == future
    assert london.relative(NOW - span, NOW) == past


def test_twenty_four_hours_on_a_day_of_twenty_five_are_not_yet_a_day() -> None:
    assert london.relative(utc(2026, 10, 25, 23, 30), utc(2026, 10, 24, 23, 30)) == "in 24 h"


def test_how_far_off_and_how_old_a_day_is() -> None:
    today = date(2026, 11, 24)
    assert [london.relative_day(today + timedelta(days=n), today) for n in (-3, -1, 0, 1, 2)] == [
        "3 days ago", "yesterday", "today", "tomorrow", "in 2 days",
    ]  # fmt: skip
    assert [london.age(today - timedelta(days=n), today) for n in (22, 1, 0, -2)] == [
        "22 days old", "1 day old", "today", "in 2 days",
    ]  # fmt: skip


def test_due_moments_carry_how_far_off_they_are() -> None:
    assert london.say_due(utc(2026, 11, 24, 16), NOW) == "due Tue 24 Nov 16:00, in 3 h"
    assert london.say_due(utc(2026, 11, 24, 12), NOW) == "was due Tue 24 Nov 12:00, 1 h ago"
    assert london.say_due(date(2026, 11, 24), NOW) == "due Tue 24/11/2026, today"
    assert london.say_due(date(2026, 11, 23), NOW) == "was due Mon 23/11/2026, yesterday"


def test_working_days_and_why_others_are_none() -> None:
    assert CALENDAR.why_not_working(date(2026, 12, 24)) is None
    assert CALENDAR.why_not_working(date(2026, 12, 25)) == "bank holiday: Christmas Day"
    assert CALENDAR.why_not_working(date(2026, 12, 26)) == "Saturday"
    assert CALENDAR.working_day_after(date(2026, 12, 24)) == date(2026, 12, 29)
    assert CALENDAR.working_day_before(date(2026, 12, 29)) == date(2026, 12, 24)


def test_a_year_whose_bank_holidays_are_not_here_is_not_guessed() -> None:
    with pytest.raises(CalendarUnknownError, match="2028"):
        CALENDAR.working_day_after(date(2027, 12, 31))


def test_what_the_school_does_is_never_guessed() -> None:
    assert CALENDAR.school_day(date(2026, 11, 23)) is SchoolDay.STAFF_ONLY
    assert CALENDAR.school_day(date(2026, 11, 25)) is None
    assert CALENDAR.school_day(date(2026, 11, 28)) is SchoolDay.CLOSED, "a Saturday it does not name"
    with pytest.raises(CalendarUnknownError, match="Wed 25 Nov 2026"):
        CALENDAR.judge(date(2026, 11, 25), Days.SCHOOL)


def test_of_school_days_only_those_with_pupils_count() -> None:
    assert CALENDAR.judge(date(2026, 11, 24), Days.SCHOOL) == (True, "")
    assert CALENDAR.judge(date(2026, 11, 23), Days.SCHOOL) == (False, "staff only, no pupils")
    assert CALENDAR.judge(date(2026, 11, 28), Days.SCHOOL) == (False, "Saturday")
    assert CALENDAR.judge(date(2026, 11, 28), Days.CALENDAR) == (True, "")


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (utc(2026, 11, 20, 9), utc(2026, 11, 20, 9)),
        (utc(2026, 11, 20, 8, 59, 59), utc(2026, 11, 20, 9)),
        (utc(2026, 11, 20, 16, 59, 59), utc(2026, 11, 20, 16, 59, 59)),
        (utc(2026, 11, 20, 17), utc(2026, 11, 23, 9)),
        (utc(2026, 12, 24, 17, 30), utc(2026, 12, 29, 9)),
        (utc(2026, 3, 27, 18), utc(2026, 3, 30, 8)),
        (utc(2026, 10, 23, 17), utc(2026, 10, 26, 9)),
    ],
)
def test_the_next_opening(moment: datetime, opening: datetime) -> None:
    assert CALENDAR.next_opening(moment, CALENDAR.la_hours) == opening


def test_hours_close_after_they_open() -> None:
    with pytest.raises(ValueError, match="close"):
        Hours(time(17), time(9))


def test_the_fingerprint_tells_calendars_apart_and_not_the_order_they_were_typed_in() -> None:
    turned = dict(reversed(list(CALENDAR.school_days.items())))
    assert WorkingCalendar(HOLIDAYS, turned).fingerprint() == CALENDAR.fingerprint()
    assert WorkingCalendar(HOLIDAYS).fingerprint() != CALENDAR.fingerprint()
    assert WorkingCalendar(HOLIDAYS, turned, Hours(time(8), time(18))).fingerprint() != CALENDAR.fingerprint()
