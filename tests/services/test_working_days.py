"""How days are counted on a day: an unknown one is never guessed, and a rule from a day on changes later ones only."""

from datetime import UTC, date, datetime, time

import pytest

from tests.factories import NOW, World
from visitor_register.domain import deadlines
from visitor_register.domain.calendar import CalendarUnknownError, Days, Hours, SchoolDay
from visitor_register.domain.policy import (
    CalendarSpan,
    Clocks,
    HolidayEdits,
    NamedDay,
    OpeningHours,
    SchoolCalendar,
)
from visitor_register.services import notice, policy, working_days
from visitor_register.services.working_days import Counting

TODAY = NOW.date()
CHANGE = date(2026, 12, 7)
TERM = CalendarSpan(date(2026, 11, 2), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn 2")


def _set(world: World, value: object, applies_from: date | None = None) -> None:
    with world.register.write() as session:
        policy.change(session, value, by=world.dsl, at=NOW, applies_from=applies_from)


def _read(world: World, on: date) -> Counting:
    with world.register.read() as session:
        return working_days.read(session, on)


def test_where_nobody_said_anything_the_defaults_count_and_school_days_are_not_known(world: World) -> None:
    counting = _read(world, TODAY)
    assert counting.rules == deadlines.DEFAULT_RULES
    assert counting.calendar.la_hours == Hours(time(9), time(17))
    with pytest.raises(CalendarUnknownError, match="does not say what Tue 24 Nov 2026 is"):
        counting.calendar.judge(TODAY, Days.SCHOOL)


def test_the_calendar_the_holidays_and_the_hours_of_the_school_count(world: World) -> None:
    _set(world, SchoolCalendar((TERM,)))
    _set(world, HolidayEdits((NamedDay(date(2026, 11, 27), "Jubilee"),), (date(2026, 12, 28),)))
    _set(world, OpeningHours(time(7), time(18)))
    counted = _read(world, TODAY).calendar
    assert counted.school_day(date(2026, 11, 26)) is SchoolDay.SCHOOL
    assert counted.school_day(date(2026, 11, 27)) is SchoolDay.CLOSED
    assert counted.why_not_working(date(2026, 11, 27)) == "bank holiday: Jubilee"
    assert counted.is_working(date(2026, 12, 28))
    assert counted.school_hours == Hours(time(7), time(18))


def test_a_rule_from_a_day_on_changes_only_what_happens_from_then(world: World) -> None:
    visits = [datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 7, 9, tzinfo=UTC)]
    heard = datetime(2026, 11, 30, 9, tzinfo=UTC)
    _set(world, Clocks(notice_counts=Days.CALENDAR, la_opens=time(8)), CHANGE)
    with world.register.read() as session:
        countings = working_days.read_days(session, [at.date() for at in visits])
        coming = working_days.coming_clocks(session, TODAY)
    assert [counting.rules.applies_from for counting in countings.values()] == [date.min, CHANGE]
    said = [notice.count(heard, at, countings[at.date()]) for at in visits]
    assert [one.short for one in said] == [True, False]
    assert coming == ((CHANGE, Clocks(notice_counts=Days.CALENDAR, la_opens=time(8))),)
    assert [counting == _read(world, day) for day, counting in countings.items()] == [True, True]


def test_what_is_said_later_for_an_earlier_day_replaces_what_was_to_come(world: World) -> None:
    _set(world, Clocks(reply_elapsed=True), CHANGE)
    _set(world, Clocks(contact_counts=Days.CALENDAR), TODAY)
    with world.register.read() as session:
        assert working_days.coming_clocks(session, TODAY) == ()
    assert _read(world, CHANGE).rules == deadlines.Rules(TODAY, contact_counts=Days.CALENDAR)
