"""Visits that come back: which days, one write, and what is carried over when one of them changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW, World, create_booking, create_worker
from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import BookingState, Place
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import CalendarSpan, DaySlot, SchoolCalendar, SchoolTimes
from visitor_register.domain.school_times import between_lessons, minutes_missed
from visitor_register.errors import RegisterError
from visitor_register.persistence import verify
from visitor_register.services import booking_repeat, bookings, policy, school_times
from visitor_register.services.booking_repeat import MOST, LeftOut, Repeat
from visitor_register.services.bookings import BookingForm, BookingLine

FORM = BookingForm(
    visitors=(NewVisitor(PersonKind.COUNCIL, "Leila Haddad"),),
    starts_at=datetime(2026, 12, 2, 14, 30, tzinfo=UTC),
    ends_at=datetime(2026, 12, 2, 15, 30, tzinfo=UTC),
    here_to_see="Mrs Shah",
)
DAY = (
    DaySlot("Period 1", time(9), time(10, 30)),
    DaySlot("Break", time(10, 30), time(10, 50), lesson=False),
    DaySlot("Period 2", time(10, 50), time(12, 15)),
    DaySlot("Lunch", time(12, 15), time(13, 15), lesson=False),
    DaySlot("Period 3", time(13, 15), time(15, 20)),
    DaySlot("After school", time(15, 20), time(16, 30), lesson=False),
)


def _of_series(world: World, first: UUID) -> list[BookingLine]:
    with world.register.read() as session:
        line = bookings.get(session, first)
        assert line is not None
        return [line, *bookings.later_of_series(session, line.booking)]


def _starts(lines: list[BookingLine]) -> list[str]:
    return [f"{calendar.to_london(line.booking.starts_at):%d/%m/%y %H:%M}" for line in lines]


def _book(world: World, repeat: Repeat, form: BookingForm = FORM) -> tuple[list[UUID], booking_repeat.Days]:
    with world.register.write() as session:
        return booking_repeat.book_all(session, form, repeat, by=world.dsl, at=world.clock())


def test_a_weekly_visit_leaves_out_closed_days_and_says_which(world: World) -> None:
    spans = (
        CalendarSpan(date(2026, 12, 19), date(2027, 1, 3), SchoolDay.CLOSED, "Christmas holiday"),
        CalendarSpan(date(2027, 1, 6), date(2027, 1, 6), SchoolDay.STAFF_ONLY, "INSET"),
    )
    with world.register.write() as session:
        policy.change(session, SchoolCalendar(spans), by=world.dsl, at=NOW)
    made, found = _book(world, Repeat(1, times=5))
    assert found.left_out == (
        LeftOut(date(2026, 12, 23), "the school is closed (Christmas holiday)"),
        LeftOut(date(2026, 12, 30), "the school is closed (Christmas holiday)"),
    )
    lines = _of_series(world, made[0])
    assert _starts(lines) == [f"{day} 14:30" for day in ("02/12/26", "09/12/26", "16/12/26", "06/01/27", "13/01/27")]
    assert len({line.booking.series for line in lines}) == 1
    assert {line.visitors for line in lines} == {lines[0].visitors}, "somebody new is written down once"
    with world.register.read() as session:
        assert verify.verify(session).sound


def test_a_bank_holiday_is_left_out_and_the_clock_stays_londons(world: World) -> None:
    monday = replace(FORM, starts_at=datetime(2027, 3, 15, 14, tzinfo=UTC), ends_at=None)
    made, found = _book(world, Repeat(2, until=date(2027, 5, 10)), monday)
    assert found.left_out == (LeftOut(date(2027, 3, 29), "bank holiday: Easter Monday"),)
    assert _starts(_of_series(world, made[0])) == [
        f"{day} 14:00" for day in ("15/03/27", "12/04/27", "26/04/27", "10/05/27")
    ]


@pytest.mark.parametrize(
    ("repeat", "count", "cut"),
    [
        (Repeat(1, until=date(2030, 1, 1)), MOST, True),
        (Repeat(2), MOST, True),
        (Repeat(1, times=MOST), MOST, False),
        (Repeat(1, until=date(2026, 12, 8)), 1, False),
    ],
)
def test_at_most_forty_are_booked_at_once(repeat: Repeat, count: int, cut: bool) -> None:
    found = booking_repeat.work_out(date(2026, 12, 2), repeat, lambda day: "")
    assert (len(found.days), found.cut) == (count, cut)


@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.sampled_from((1, 2)),
    st.integers(1, 50),
    st.sets(st.integers(1, 60)),
)
def test_every_day_between_is_kept_or_left_out_with_its_reason(
    first: date, weeks: int, times: int, shut: set[int]
) -> None:
    closed = {first + timedelta(weeks=number) for number in shut}
    found = booking_repeat.work_out(first, Repeat(weeks, times=times), lambda day: "shut" if day in closed else "")
    assert found.days[0] == first
    assert len(found.days) == min(times, MOST)
    assert found.cut == (times > MOST)
    assert not closed & set(found.days[1:])
    together = sorted([*found.days, *(one.day for one in found.left_out)])
    assert together == [first + timedelta(weeks=weeks * step) for step in range(len(together))]


def test_a_change_is_carried_over_and_a_moved_one_stays_in_the_series(world: World) -> None:
    made, _ = _book(world, Repeat(1, times=4))
    by, at = world.dsl, NOW
    with world.register.write() as session:
        third = bookings.get(session, made[2])
        assert third is not None
        moved = replace(
            booking_repeat.as_form(third),
            starts_at=third.booking.starts_at + timedelta(days=1),
            ends_at=None,
            room="Hall",
        )
        bookings.change(session, made[2], moved, by=by, at=at)
    second = booking_repeat.as_form(_of_series(world, made[1])[0])
    police = NewVisitor(PersonKind.POLICE, "PC Jane Ward")
    asked = replace(
        second, here_to_see="Mr Bello", visitors=(*second.visitors, police), series=None, place=Place.ONLINE
    )
    with world.register.write() as session:
        assert booking_repeat.change_later(session, made[1], asked, by=by, at=at) == made[1:]
    lines = _of_series(world, made[0])
    assert _starts(lines) == ["02/12/26 14:30", "09/12/26 14:30", "17/12/26 14:30", "23/12/26 14:30"]
    assert [line.booking.here_to_see for line in lines] == ["Mrs Shah", "Mr Bello", "Mr Bello", "Mr Bello"]
    assert [line.booking.place for line in lines] == [Place.SCHOOL, *[Place.ONLINE] * 3]
    assert [line.booking.room for line in lines] == ["", "", "Hall", ""]
    assert len({line.visitors for line in lines[1:]}) == 1
    later = replace(
        asked,
        visitors=tuple(one.id for one in lines[1].visitors),
        starts_at=asked.starts_at + timedelta(days=2, hours=-1),
        ends_at=None,
    )
    with world.register.write() as session:
        carried = booking_repeat.carry(session, made[1], later)
        assert booking_repeat.remarks(session, carried) == (
            "Sat 19 Dec 2026: Saturday.",
            "Fri 25 Dec 2026: bank holiday: Christmas Day.",
        )
        booking_repeat.change_later(session, made[1], later, by=by, at=at)
        assert booking_repeat.cancel_later(session, made[2], by_school=False, why="ill", by=by, at=at) == made[2:]
    assert _starts(_of_series(world, made[0])) == ["02/12/26 14:30", "11/12/26 13:30"]
    with world.register.read() as session:
        last = bookings.get(session, made[3])
    assert last is not None
    assert (last.booking.state, last.booking.cancelled_why, len({one.booking.series for one in (*lines, last)})) == (
        BookingState.CANCELLED_BY_LA,
        "ill",
        1,
    )


def test_clashes_of_a_series_are_said_with_their_day(world: World) -> None:
    worker = create_worker(world, "Owen Pritchard", badge="H2")
    create_booking(world, worker, minutes=int((FORM.starts_at + timedelta(weeks=1) - NOW).total_seconds() // 60))
    with world.register.read() as session:
        forms = booking_repeat.on_days(FORM, booking_repeat.days(session, FORM, Repeat(1, times=3)))
        assert booking_repeat.clashes(session, forms) == (
            "Wed 9 Dec 2026: Mrs Shah has another visit from 14:30 to 15:30: Owen Pritchard.",
        )


def test_a_series_with_nobody_on_it_books_nothing(world: World) -> None:
    with pytest.raises(RegisterError, match="Nobody is named"):
        _book(world, Repeat(1, times=3), replace(FORM, visitors=()))
    with world.register.read() as session:
        assert bookings.between(session, NOW, NOW + timedelta(days=99)) == []


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (time(10), time(11), 40),
        (time(10, 30), time(10, 50), 0),
        (time(14, 45), time(16), 35),
        (time(7), time(8), 0),
        (time(8), time(18), 300),
    ],
)
def test_minutes_of_lessons_are_counted(start: time, end: time, minutes: int) -> None:
    assert minutes_missed(DAY, start, end) == minutes
    assert minutes_missed((*DAY, *DAY), start, end) == minutes
    assert [slot.name for slot in between_lessons(reversed(DAY))] == ["Break", "Lunch", "After school"]


def test_lesson_time_is_said_only_of_what_is_known(world: World) -> None:
    with world.register.write() as session:
        assert school_times.lesson_time(session, FORM) is None
        policy.change(session, SchoolTimes(DAY), by=world.dsl, at=NOW)
        said = school_times.lesson_time(session, FORM)
        assert said is not None
        assert (said.minutes, said.sure) == (50, False)
        term = CalendarSpan(date(2026, 11, 1), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn term")
        inset = CalendarSpan(date(2026, 12, 3), date(2026, 12, 3), SchoolDay.STAFF_ONLY, "INSET")
        policy.change(session, SchoolCalendar((term, inset)), by=world.dsl, at=NOW)
        said = school_times.lesson_time(session, replace(FORM, ends_at=None))
        assert said is not None
        assert (said.minutes, said.sure) == (None, True)
        assert school_times.lesson_time(session, replace(FORM, place=Place.ONLINE)) is None
        for days in (1, 3):
            elsewhere = replace(FORM, starts_at=FORM.starts_at + timedelta(days=days), ends_at=None)
            assert school_times.lesson_time(session, elsewhere) is None
