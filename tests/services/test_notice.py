"""Notice of a booking: what is typed, what is counted, and what else is on."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.factories import NOW, World, create_booking, create_worker
from visitor_register.domain import school_year
from visitor_register.domain.calendar import Days, SchoolDay, WorkingCalendar
from visitor_register.domain.deadlines import Rules
from visitor_register.domain.policy import CalendarSpan
from visitor_register.services import notice, working_days
from visitor_register.services.bookings import BookingForm
from visitor_register.services.working_days import Counting

TODAY = date(2026, 11, 24)
PLAIN = Counting(WorkingCalendar(working_days.plain_holidays(2025, 2027)), Rules())
TERM = CalendarSpan(date(2026, 11, 2), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn 2")
INSET = CalendarSpan(date(2026, 11, 27), date(2026, 11, 27), SchoolDay.STAFF_ONLY, "INSET")


def under(notice_counts: Days, *spans: CalendarSpan) -> Counting:
    """How days are counted by this rule in a school with these spans."""
    holidays = working_days.plain_holidays(2025, 2027)
    rules = Rules(notice_counts=notice_counts)
    return Counting(WorkingCalendar(holidays, school_year.days_of(spans, holidays)), rules)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/11/2026", date(2026, 11, 30)),
        ("Mon 30/11/2026", date(2026, 11, 30)),
        ("Monday 30.11.26", date(2026, 11, 30)),
        ("30/11", date(2026, 11, 30)),
        ("30 nov", date(2026, 11, 30)),
        ("Mon, 30 November 2026", date(2026, 11, 30)),
        ("5 Jan", date(2027, 1, 5)),
        ("20/11", date(2026, 11, 20)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("31/11/2026", None),
        ("29/2", None),
        ("", None),
        ("soon", None),
        ("30 foo", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, day: date | None) -> None:
    assert notice.typed_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:00", time(14)),
        ("14.30", time(14, 30)),
        ("1415", time(14, 15)),
        ("9", time(9)),
        ("9:05", time(9, 5)),
        ("2pm", time(14)),
        ("12 am", time(0)),
        ("12pm", time(12)),
        ("25:00", None),
        ("14:60", None),
        ("13pm", None),
        ("", None),
        ("noon", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, clock: time | None) -> None:
    assert notice.typed_time(typed) == clock


def test_four_working_days_are_short_and_say_which() -> None:
    said = notice.count(NOW, datetime(2026, 11, 30, 14, tzinfo=UTC), PLAIN)
    assert said.short is True
    assert said.title == "4 working days: short notice, reason needed"
    assert said.text == (
        "The protocol asks for 5. Counted: Wed 25, Thu 26, Fri 27, Mon 30 Nov. "
        "The school's calendar does not say how many of them are school days."
    )
    assert "Sat 28 Nov 2026: Saturday, does not count" in said.why
    assert said.why[-1] == "Mon 30 Nov 2026: day 4"


def test_school_days_are_said_beside_working_days_where_the_calendar_names_every_day() -> None:
    meeting = datetime(2026, 11, 30, 14, tzinfo=UTC)
    said = notice.count(NOW, meeting, under(Days.WORKING, TERM, INSET))
    assert (said.title, said.school_days) == ("4 working days, 3 school days: short notice, reason needed", 3)
    assert said.text == "The protocol asks for 5. Counted: Wed 25, Thu 26, Fri 27, Mon 30 Nov."
    assert said.why[1] == "Wed 25 Nov 2026: day 1, school day"
    assert said.why[3] == "Fri 27 Nov 2026: day 3, not a school day: staff only, no pupils"


def test_where_school_days_are_the_rule_a_day_not_named_is_not_guessed() -> None:
    meeting = datetime(2026, 12, 1, 14, tzinfo=UTC)
    unknown = notice.count(NOW, meeting, under(Days.SCHOOL, INSET))
    assert (unknown.short, unknown.title) == (None, "5 working days")
    assert unknown.text == (
        "The protocol asks for 5 school days. The school's calendar does not say what Wed 25 Nov 2026 is. "
        "Please add it in Settings, School calendar."
    )
    known = notice.count(NOW, meeting, under(Days.SCHOOL, TERM, INSET))
    assert known.title == "5 working days, 4 school days: short notice, reason needed"
    assert known.text == "The protocol asks for 5 school days. Counted: Wed 25, Thu 26, Mon 30, Tue 1 Dec."


def test_every_day_can_be_the_rule() -> None:
    said = notice.count(NOW, datetime(2026, 11, 29, 14, tzinfo=UTC), under(Days.CALENDAR))
    assert (said.short, said.title) == (False, "5 days, 3 working days of notice")
    assert said.why[-1] == "Sun 29 Nov 2026: day 5, Sunday"


def test_long_notice_is_explained_to_the_fifth_day() -> None:
    said = notice.count(NOW, datetime(2026, 12, 8, 9, tzinfo=UTC), PLAIN)
    assert (said.short, said.title) == (False, "10 working days of notice")
    assert said.why[-2:] == ("Tue 1 Dec 2026: day 5", "and 5 more working days up to Tue 8 Dec 2026")


def test_the_meeting_of_4_january_is_short_unless_told_by_23_december() -> None:
    meeting = datetime(2027, 1, 4, 9, tzinfo=UTC)
    assert notice.count(datetime(2026, 12, 23, 17, tzinfo=UTC), meeting, PLAIN).short is False
    late = notice.count(datetime(2026, 12, 24, 9, tzinfo=UTC), meeting, PLAIN)
    assert late.short is True
    assert "Fri 25 Dec 2026: bank holiday: Christmas Day, does not count" in late.why


def test_the_day_itself_and_times_that_make_no_sense() -> None:
    same_day = notice.count(NOW, NOW + timedelta(hours=1), PLAIN)
    assert same_day.title == "0 working days, 0 school days: short notice, reason needed"
    assert notice.count(NOW, NOW - timedelta(days=3), PLAIN).short is None
    assert notice.count(None, NOW, PLAIN).short is None
    assert notice.count(NOW, datetime(2150, 1, 4, 9, tzinfo=UTC), PLAIN).title == "Notice is not counted"


def test_what_else_is_on_is_told_once(world: World) -> None:
    worker = create_worker(world)
    other = create_booking(world, worker)
    starts = world.clock() + timedelta(minutes=6)
    form = BookingForm((worker,), starts, here_to_see="Mrs Shah", notified_at=world.clock())
    with world.register.read() as session:
        assert notice.foresee(session, form).clashes == (
            "Mrs Shah has another visit from 10:30 to 11:30: Leila Haddad.",
            "Leila Haddad is booked already from 10:30 to 11:30, to see Mrs Shah.",
        )
        assert notice.foresee(session, form, leaving_out=other).clashes == ()
