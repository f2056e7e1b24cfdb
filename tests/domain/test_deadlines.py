"""The deadlines: worked answers, cases computed elsewhere, the other readings, and what late means."""

from datetime import UTC, date, datetime, timedelta

import pytest

from visitor_register.domain import deadlines
from visitor_register.domain.calendar import (
    CalendarUnknownError,
    Days,
    SchoolDay,
    WorkingCalendar,
    at_london,
    to_london,
)
from visitor_register.domain.deadlines import Move, Rules, Standing
from visitor_register.files.bank_holidays import england

BANK_HOLIDAYS = england(range(2025, 2031))
CALENDAR = WorkingCalendar(BANK_HOLIDAYS)


def london(text: str) -> datetime:
    """Read `2026-11-20T16:00` as London time."""
    moment = datetime.fromisoformat(text)
    return at_london(moment.date(), moment.time()) if moment.tzinfo is None else moment


def day(text: str) -> date:
    return date.fromisoformat(text)


def school_year(first: str, last: str, **named: SchoolDay) -> WorkingCalendar:
    """Name every Monday to Friday of a span a school day, except those named like `d20261221=SchoolDay.CLOSED`."""
    start, days = day(first), (day(last) - day(first)).days + 1
    weekdays = [each for number in range(days) if (each := start + timedelta(days=number)).weekday() < 5]
    return WorkingCalendar(BANK_HOLIDAYS, {each: named.get(f"d{each:%Y%m%d}", SchoolDay.SCHOOL) for each in weekdays})


@pytest.mark.parametrize(
    ("allocated", "due"),
    [("2026-11-20", "2026-11-27"), ("2026-12-22", "2026-12-31"), ("2027-03-24", "2027-04-02")],
)
def test_worked_answers_for_first_contact(allocated: str, due: str) -> None:
    assert deadlines.contact(day(allocated), CALENDAR).due_on == day(due)


@pytest.mark.parametrize(
    ("sent", "runs_from", "due", "elapsed"),
    [
        ("2026-11-20T16:00", "2026-11-20T16:00", "2026-11-24T16:00", "2026-11-22T16:00"),
        ("2026-12-23T10:00", "2026-12-23T10:00", "2026-12-29T10:00", "2026-12-25T10:00"),
        ("2026-11-21T13:00", "2026-11-23T09:00", "2026-11-25T09:00", "2026-11-23T13:00"),
    ],
)
def test_worked_answers_for_replies(sent: str, runs_from: str, due: str, elapsed: str) -> None:
    answer = deadlines.reply(london(sent), CALENDAR)
    assert (answer.runs_from, answer.due_at, answer.also) == (london(runs_from), london(due), london(elapsed))


def test_worked_answers_for_an_information_request() -> None:
    received, working, elapsed = london("2026-12-24T10:00"), london("2026-12-29T10:00"), london("2026-12-25T10:00")
    usual = deadlines.request(received, CALENDAR)
    urgent = deadlines.request(received, CALENDAR, urgent=True)
    assert (usual.due_at, usual.also) == (working, elapsed)
    assert (urgent.due_at, urgent.also) == (elapsed, working)


@pytest.mark.parametrize(("meeting", "due"), [("2026-12-02", "2026-11-25"), ("2027-01-04", "2026-12-23")])
def test_worked_answers_for_notice(meeting: str, due: str) -> None:
    assert deadlines.notice(day(meeting), CALENDAR).due_on == day(due)


# Computed outside this program: business-day arithmetic of another library over a typed list of
# bank holidays, and British Summer Time by the rule of the last Sundays.
DAYS = [
    # The worked answers of the rules come first.
    ("contact", "2026-11-20", "2026-11-27"),
    ("contact", "2026-12-22", "2026-12-31"),
    ("contact", "2027-03-24", "2027-04-02"),
    ("notice", "2026-12-02", "2026-11-25"),
    ("notice", "2027-01-04", "2026-12-23"),
    ("contact", "2026-01-01", "2026-01-08"),
    ("contact", "2026-03-27", "2026-04-07"),
    ("contact", "2026-04-02", "2026-04-13"),
    ("contact", "2026-04-30", "2026-05-08"),
    ("contact", "2026-05-22", "2026-06-01"),
    ("contact", "2026-08-28", "2026-09-07"),
    ("contact", "2026-10-23", "2026-10-30"),
    ("contact", "2026-12-24", "2027-01-05"),
    ("contact", "2026-12-31", "2027-01-08"),
    ("contact", "2027-03-20", "2027-03-30"),
    ("contact", "2027-05-28", "2027-06-07"),
    ("contact", "2027-12-23", "2028-01-04"),
    ("contact", "2028-02-28", "2028-03-06"),
    ("contact", "2028-04-13", "2028-04-24"),
    ("contact", "2028-12-22", "2029-01-03"),
    ("notice", "2026-01-09", "2026-01-02"),
    ("notice", "2026-04-08", "2026-03-30"),
    ("notice", "2026-05-06", "2026-04-28"),
    ("notice", "2026-05-30", "2026-05-21"),
    ("notice", "2026-09-07", "2026-08-28"),
    ("notice", "2026-10-26", "2026-10-19"),
    ("notice", "2027-01-02", "2026-12-22"),
    ("notice", "2027-04-02", "2027-03-24"),
    ("notice", "2027-06-04", "2027-05-27"),
    ("notice", "2028-01-05", "2027-12-24"),
    ("notice", "2028-03-03", "2028-02-25"),
    ("notice", "2028-04-21", "2028-04-12"),
    ("notice", "2029-01-03", "2028-12-22"),
]
MOMENTS = [
    ("reply", "2026-11-20T16:00", "2026-11-24T16:00+00:00", "2026-11-22T16:00+00:00"),
    ("reply", "2026-12-23T10:00", "2026-12-29T10:00+00:00", "2026-12-25T10:00+00:00"),
    ("reply", "2026-11-21T13:00", "2026-11-25T09:00+00:00", "2026-11-23T13:00+00:00"),
    ("request", "2026-12-24T10:00", "2026-12-29T10:00+00:00", "2026-12-25T10:00+00:00"),
    ("reply", "2026-03-26T16:59", "2026-03-30T16:59+01:00", "2026-03-28T16:59+00:00"),
    ("reply", "2026-03-27T17:00", "2026-04-01T09:00+01:00", "2026-03-29T18:00+01:00"),
    ("reply", "2026-03-28T12:00", "2026-04-01T09:00+01:00", "2026-03-30T13:00+01:00"),
    ("reply", "2026-04-01T09:00", "2026-04-07T09:00+01:00", "2026-04-03T09:00+01:00"),
    ("reply", "2026-04-02T16:30", "2026-04-08T16:30+01:00", "2026-04-04T16:30+01:00"),
    ("reply", "2026-05-21T08:59", "2026-05-26T09:00+01:00", "2026-05-23T08:59+01:00"),
    ("reply", "2026-10-23T15:15", "2026-10-27T15:15+00:00", "2026-10-25T14:15+00:00"),
    ("reply", "2026-10-25T00:30", "2026-10-28T09:00+00:00", "2026-10-26T23:30+00:00"),
    ("reply", "2026-12-31T11:45", "2027-01-05T11:45+00:00", "2027-01-02T11:45+00:00"),
    ("reply", "2027-03-25T17:30", "2027-04-01T09:00+01:00", "2027-03-27T17:30+00:00"),
    ("reply", "2027-10-29T09:00", "2027-11-02T09:00+00:00", "2027-10-31T08:00+00:00"),
    ("reply", "2027-12-24T16:59", "2027-12-30T16:59+00:00", "2027-12-26T16:59+00:00"),
    ("reply", "2028-02-28T13:00", "2028-03-01T13:00+00:00", "2028-03-01T13:00+00:00"),
    ("reply", "2028-04-13T10:10", "2028-04-19T10:10+01:00", "2028-04-15T10:10+01:00"),
    ("reply", "2028-12-22T14:20", "2028-12-28T14:20+00:00", "2028-12-24T14:20+00:00"),
    ("request", "2026-03-27T16:29", "2026-03-30T16:29+01:00", "2026-03-28T16:29+00:00"),
    ("request", "2026-03-27T16:30", "2026-03-31T08:30+01:00", "2026-03-28T16:30+00:00"),
    ("request", "2026-04-02T08:30", "2026-04-07T08:30+01:00", "2026-04-03T08:30+01:00"),
    ("request", "2026-08-29T12:00", "2026-09-02T08:30+01:00", "2026-08-30T12:00+01:00"),
    ("request", "2026-10-23T16:00", "2026-10-26T16:00+00:00", "2026-10-24T16:00+01:00"),
    ("request", "2026-12-24T18:00", "2026-12-30T08:30+00:00", "2026-12-25T18:00+00:00"),
    ("request", "2027-03-25T08:29", "2027-03-30T08:30+01:00", "2027-03-26T08:29+00:00"),
    ("request", "2027-05-28T12:00", "2027-06-01T12:00+01:00", "2027-05-29T12:00+01:00"),
    ("request", "2027-10-30T23:00", "2027-11-02T08:30+00:00", "2027-10-31T22:00+00:00"),
    ("request", "2028-01-01T00:00", "2028-01-05T08:30+00:00", "2028-01-02T00:00+00:00"),
    ("request", "2028-02-29T10:00", "2028-03-01T10:00+00:00", "2028-03-01T10:00+00:00"),
    ("request", "2028-08-25T15:00", "2028-08-29T15:00+01:00", "2028-08-26T15:00+01:00"),
]


@pytest.mark.parametrize(("kind", "start", "due"), DAYS)
def test_deadlines_in_days_agree_with_those_computed_elsewhere(kind: str, start: str, due: str) -> None:
    answer = (deadlines.contact if kind == "contact" else deadlines.notice)(day(start), CALENDAR)
    assert answer.due_on == day(due)


@pytest.mark.parametrize(("kind", "start", "due", "elapsed"), MOMENTS)
def test_deadlines_in_hours_agree_with_those_computed_elsewhere(kind: str, start: str, due: str, elapsed: str) -> None:
    answer = (deadlines.reply if kind == "reply" else deadlines.request)(london(start), CALENDAR)
    shown = [to_london(moment).isoformat(timespec="minutes") for moment in (answer.due_at, answer.also)]
    assert shown == [due, elapsed]


def test_a_day_deadline_is_late_only_on_a_later_london_date() -> None:
    due = deadlines.contact(day("2027-06-21"), CALENDAR)
    assert due.due_on == day("2027-06-28")
    assert not due.is_late(datetime(2027, 6, 28, 22, 59, 59, tzinfo=UTC))
    assert due.is_late(datetime(2027, 6, 28, 23, 0, tzinfo=UTC)), "midnight in London, still the 28th in UTC"


def test_exactly_at_the_due_moment_is_in_time() -> None:
    due = deadlines.reply(london("2026-11-20T16:00"), CALENDAR)
    assert not due.is_late(due.due_at)
    assert due.is_late(due.due_at + timedelta(microseconds=1))


def test_the_day_of_an_event_is_the_day_it_was_in_london() -> None:
    late_evening = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert deadlines.contact(late_evening, CALENDAR) == deadlines.contact(day("2026-07-01"), CALENDAR)
    assert deadlines.notice(late_evening, CALENDAR) == deadlines.notice(day("2026-07-01"), CALENDAR)


def test_how_a_deadline_stands() -> None:
    due = deadlines.reply(london("2026-11-20T16:00"), CALENDAR)
    before, after = due.due_at - timedelta(hours=1), due.due_at + timedelta(hours=1)
    assert deadlines.standing(due, None, before) is Standing.RUNNING
    assert deadlines.standing(due, None, due.due_at) is Standing.RUNNING
    assert deadlines.standing(due, None, after) is Standing.OVERDUE
    assert deadlines.standing(due, before, after) is Standing.MET
    assert deadlines.standing(due, after, after) is Standing.LATE


def test_an_unknown_start_is_never_late() -> None:
    assert deadlines.standing(None, None, datetime(2030, 1, 1, tzinfo=UTC)) is Standing.NOT_ASSESSABLE


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadlines.reply(datetime(2026, 11, 20, 16), CALENDAR)  # noqa: DTZ001


def test_a_year_without_bank_holidays_is_not_guessed() -> None:
    with pytest.raises(CalendarUnknownError, match="2031"):
        deadlines.contact(day("2030-12-30"), CALENDAR)


@pytest.mark.parametrize(
    ("counting", "due"),
    [(Days.WORKING, "2026-12-23"), (Days.CALENDAR, "2026-12-21"), (Days.SCHOOL, "2027-01-07")],
)
def test_contact_in_other_days(counting: Days, due: str) -> None:
    closed = {f"d202612{number}": SchoolDay.CLOSED for number in (21, 22, 23, 24, 25, 28, 29, 30, 31)}
    calendar = school_year(
        "2026-12-01", "2027-01-29", **closed, d20270101=SchoolDay.CLOSED, d20270104=SchoolDay.STAFF_ONLY
    )
    assert deadlines.contact(day("2026-12-16"), calendar, Rules(contact_counts=counting)).due_on == day(due)


def test_school_days_beyond_the_schools_calendar_are_not_guessed() -> None:
    calendar = school_year("2026-11-02", "2026-11-25")
    with pytest.raises(CalendarUnknownError, match="Thu 26 Nov 2026"):
        deadlines.contact(day("2026-11-20"), calendar, Rules(contact_counts=Days.SCHOOL))


def test_a_school_holiday_pauses_nothing_but_is_mentioned() -> None:
    calendar = school_year("2026-11-02", "2026-11-30", d20261123=SchoolDay.CLOSED)
    answer = deadlines.contact(day("2026-11-20"), calendar)
    assert answer.due_on == day("2026-11-27")
    assert "Mon 23 Nov 2026 is day 1 (the school is closed, which pauses nothing)." in [s.text for s in answer.steps]


def test_a_reply_in_elapsed_hours_runs_from_the_sending_and_shows_the_other_reading() -> None:
    answer = deadlines.reply(london("2026-11-21T13:00"), CALENDAR, Rules(reply_elapsed=True))
    assert (answer.due_at, answer.also) == (london("2026-11-23T13:00"), london("2026-11-25T09:00"))


@pytest.mark.parametrize(
    ("sent", "same_clock", "elapsed"),
    [
        ("2026-03-27T16:00", "2026-03-31T16:00", "2026-03-29T17:00"),
        ("2026-10-23T16:00", "2026-10-27T16:00", "2026-10-25T15:00"),
    ],
)
def test_across_clock_changes_working_days_keep_the_clock_and_elapsed_hours_the_length(
    sent: str, same_clock: str, elapsed: str
) -> None:
    answer = deadlines.reply(london(sent), CALENDAR, Rules(reply_elapsed=True))
    assert (answer.also, answer.due_at) == (london(same_clock), london(elapsed))
    assert answer.due_at - london(sent) == timedelta(hours=48)
    assert "clocks change" in answer.steps[1].text


def test_notice_in_calendar_days_still_ends_on_a_working_day() -> None:
    answer = deadlines.notice(day("2027-01-06"), CALENDAR, Rules(notice_counts=Days.CALENDAR))
    assert answer.due_on == day("2026-12-31"), "five days back is 1 January"
    assert [step.move for step in answer.steps[-2:]] == [Move.SKIP, Move.DUE]


def test_notice_given_lists_each_day_and_why() -> None:
    calendar = school_year("2026-11-23", "2026-12-04", d20261127=SchoolDay.STAFF_ONLY)
    given = deadlines.notice_given(london("2026-11-25T18:00"), day("2026-12-02"), calendar)
    assert (given.working_days, given.school_days, given.short) == (5, 4, False)
    assert [(f"{each.day:%a %d}", each.working, each.school, each.why) for each in given.days] == [
        ("Thu 26", True, True, "working day and school day"),
        ("Fri 27", True, False, "working day, not a school day: staff only, no pupils"),
        ("Sat 28", False, False, "Saturday"),
        ("Sun 29", False, False, "Sunday"),
        ("Mon 30", True, True, "working day and school day"),
        ("Tue 01", True, True, "working day and school day"),
        ("Wed 02", True, True, "working day and school day"),
    ]


def test_notice_a_day_later_is_short() -> None:
    given = deadlines.notice_given(day("2026-11-26"), day("2026-12-02"), CALENDAR)
    assert (given.working_days, given.school_days, given.short) == (4, None, True)


def test_notice_on_a_saturday_is_taken_as_given_on_monday() -> None:
    given = deadlines.notice_given(day("2026-11-28"), day("2026-12-04"), CALENDAR)
    assert (given.taken_as, given.working_days, given.short) == (day("2026-11-30"), 4, True)
    assert not given.days[1].working
    assert "day off" in given.days[1].why


def test_notice_after_the_meeting_is_none_at_all() -> None:
    given = deadlines.notice_given(day("2026-12-03"), day("2026-12-02"), CALENDAR)
    assert (given.working_days, given.short, given.days) == (0, True, ())


@pytest.mark.parametrize(("told", "short"), [("2026-11-26", True), ("2026-11-25", False)])
def test_notice_in_school_days(told: str, short: bool) -> None:
    calendar = school_year("2026-11-16", "2026-12-04")
    rules = Rules(notice_counts=Days.SCHOOL)
    assert deadlines.notice_given(day(told), day("2026-12-02"), calendar, rules).short is short


def test_notice_in_school_days_nobody_has_named_is_neither_short_nor_not() -> None:
    rules = Rules(notice_counts=Days.SCHOOL)
    assert deadlines.notice_given(day("2026-11-25"), day("2026-12-02"), CALENDAR, rules).short is None


def test_each_rule_applies_from_its_date() -> None:
    old = Rules(day("2026-09-01"), reply_elapsed=True)
    new = Rules(day("2027-01-01"), contact_counts=Days.CALENDAR)
    assert deadlines.rules_on([new, old], day("2026-08-31")) == Rules()
    assert deadlines.rules_on([new, old], day("2026-12-31")) is old
    assert deadlines.rules_on([new, old], day("2027-01-01")) is new
