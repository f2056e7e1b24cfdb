"""The school's year: which day is what, whatever the order of the spans; what contradicts is said, never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitor_register.domain import school_calendar, school_year
from visitor_register.domain.calendar import BankHolidays, CalendarUnknownError, Days, SchoolDay, WorkingCalendar
from visitor_register.domain.policy import CalendarSpan, HolidayEdits, NamedDay
from visitor_register.domain.school_calendar import CalendarLine

HOLIDAYS = BankHolidays(
    {date(2026, 8, 31): "Summer Bank Holiday", date(2026, 12, 25): "Christmas Day"}, range(2026, 2028)
)
TERM = CalendarSpan(date(2026, 8, 31), date(2026, 10, 23), SchoolDay.SCHOOL, "Autumn 1")


def span(first: date, last: date, kind: SchoolDay, name: str = "") -> CalendarSpan:
    return CalendarSpan(first, last, kind, name)


def one(day: date, kind: SchoolDay, name: str = "") -> CalendarSpan:
    return CalendarSpan(day, day, kind, name)


def test_a_closure_and_a_training_day_that_are_one_day_contradict_and_it_is_said() -> None:
    closed = span(date(2026, 10, 26), date(2026, 10, 30), SchoolDay.CLOSED, "Half term")
    inset = one(date(2026, 10, 30), SchoolDay.STAFF_ONLY, "INSET")
    assert school_year.contradictions([inset, closed], HOLIDAYS) == (
        "“Half term” is closed and “INSET” is staff only: Fri 30 Oct 2026. "
        "It counts as closed until one of them is changed.",
    )
    assert school_year.days_of([inset, closed], HOLIDAYS)[inset.first] is SchoolDay.CLOSED


def test_terms_that_overlap_or_hold_no_day_are_said() -> None:
    other = span(date(2026, 10, 22), date(2026, 12, 18), SchoolDay.SCHOOL)
    weekend = span(date(2026, 12, 25), date(2026, 12, 27), SchoolDay.SCHOOL, "Open days")
    said = school_year.contradictions([other, weekend, TERM], HOLIDAYS)
    assert said == (
        "“Autumn 1” and The span Thu 22 Oct 2026 to Fri 18 Dec 2026 overlap: "
        "Thu 22 Oct 2026 to Fri 23 Oct 2026. Each day counts once.",
        "“Open days” names no school day: Fri 25 Dec 2026 to Sun 27 Dec 2026 has only weekends and bank holidays.",
    )


def test_a_term_is_its_weekdays_without_bank_holidays_closures_and_training_days() -> None:
    inset = one(date(2026, 9, 1), SchoolDay.STAFF_ONLY)
    closed = one(date(2026, 9, 2), SchoolDay.CLOSED)
    days = school_year.days_of([TERM, inset, closed], HOLIDAYS)
    assert school_year.contradictions([TERM, inset, closed], HOLIDAYS) == ()
    assert date(2026, 8, 31) not in days
    assert date(2026, 9, 5) not in days
    assert [days[date(2026, 9, day)] for day in (1, 2, 3)] == [
        SchoolDay.STAFF_ONLY,
        SchoolDay.CLOSED,
        SchoolDay.SCHOOL,
    ]
    assert school_year.say_counts(days) == "37 school days, 1 staff only, 1 closed"


def test_a_weekend_is_named_only_by_a_training_day_of_its_own() -> None:
    saturday = date(2026, 9, 5)
    assert school_year.days_of([one(saturday, SchoolDay.STAFF_ONLY)], HOLIDAYS) == {saturday: SchoolDay.STAFF_ONLY}
    assert school_year.days_of([one(saturday, SchoolDay.CLOSED), one(saturday, SchoolDay.SCHOOL)], HOLIDAYS) == {}


def test_a_day_that_no_span_names_is_not_known() -> None:
    calendar = WorkingCalendar(HOLIDAYS, school_year.days_of([TERM], HOLIDAYS))
    assert calendar.school_day(date(2026, 10, 26)) is None
    with pytest.raises(CalendarUnknownError, match="does not say what Mon 26 Oct 2026 is"):
        calendar.judge(date(2026, 10, 26), Days.SCHOOL)
    assert calendar.school_day(date(2026, 10, 24)) is SchoolDay.CLOSED


def test_one_off_holidays_and_days_that_are_none() -> None:
    edits = HolidayEdits((NamedDay(date(2026, 6, 26), "Jubilee"),), (date(2026, 12, 25),))
    edited = school_year.with_edits(HOLIDAYS, edits)
    assert list(edited.names.values()) == ["Jubilee", "Summer Bank Holiday"]
    assert edited.years == HOLIDAYS.years


def test_a_new_calendar_takes_the_place_of_its_own_days_alone() -> None:
    summer = span(date(2026, 7, 22), date(2026, 9, 2), SchoolDay.CLOSED, "Summer")
    gone = span(date(2026, 9, 7), date(2026, 9, 9), SchoolDay.CLOSED, "Mistake")
    new = span(date(2026, 9, 1), date(2026, 10, 23), SchoolDay.SCHOOL, "Autumn 1")
    assert school_year.put_over([gone, summer], [new]) == (
        span(date(2026, 7, 22), date(2026, 8, 31), SchoolDay.CLOSED, "Summer"),
        new,
    )
    assert school_year.put_over([summer], []) == (summer,)


_SPANS = st.builds(
    lambda first, length, kind: CalendarSpan(
        date(2026, 1, 1) + timedelta(days=first), date(2026, 1, 1) + timedelta(days=first + length), kind
    ),
    st.integers(0, 60),
    st.integers(0, 30),
    st.sampled_from(SchoolDay),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_SPANS, max_size=6).flatmap(lambda spans: st.tuples(st.just(spans), st.permutations(spans))))
def test_the_order_of_spans_changes_nothing(orders: tuple[list[CalendarSpan], list[CalendarSpan]]) -> None:
    spans, shuffled = orders
    assert school_year.days_of(spans, HOLIDAYS) == school_year.days_of(shuffled, HOLIDAYS)
    assert school_year.contradictions(spans, HOLIDAYS) == school_year.contradictions(shuffled, HOLIDAYS)
    assert school_year.in_order(spans) == school_year.in_order(shuffled)


@pytest.mark.parametrize(
    ("name", "days", "kind", "doubt"),
    [
        ("INSET", 1, SchoolDay.STAFF_ONLY, ""),
        ("Staff training day", 1, SchoolDay.STAFF_ONLY, ""),
        ("Half-term holiday", 5, SchoolDay.CLOSED, ""),
        ("School closed", 1, SchoolDay.CLOSED, ""),
        ("Christmas holidays", 14, SchoolDay.CLOSED, ""),
        ("Autumn term 1", 50, SchoolDay.SCHOOL, ""),
        ("Autumn half term 1", 50, None, "lasts 50 days"),
        ("Autumn term", 1, None, "one day only"),
        ("INSET - school closed", 1, None, "more than one kind"),
        ("Holiday club", 5, None, "“club” may change"),
        ("Term starts", 5, None, "“starts” may change"),
        ("Year 3 to the museum", 1, None, "says nothing"),
    ],
)
def test_a_name_means_something_only_where_no_word_of_it_leaves_a_doubt(
    name: str, days: int, kind: SchoolDay | None, doubt: str
) -> None:
    first = date(2026, 9, 1)
    found = school_calendar.meaning(CalendarLine("", name, first, first + timedelta(days=days - 1)))
    assert found.kind is kind
    assert doubt in found.doubt
    assert bool(found.doubt) is (kind is None)


def test_a_line_in_doubt_names_nothing_until_a_person_says_what_it_is() -> None:
    first = date(2026, 9, 1)
    lines = (
        CalendarLine("line 2", "Autumn", first, date(2026, 10, 23), said="Term"),
        CalendarLine("line 3", "Sports day", first, first),
        CalendarLine("line 4", "Backwards", first, first, trouble="It ends before it begins."),
        CalendarLine("line 5", "Trip", first, first, said="outing"),
    )
    assert school_calendar.unanswered(lines, {}) == (1, 2, 3)
    assert school_calendar.spans(lines, {1: SchoolDay.STAFF_ONLY, 2: SchoolDay.CLOSED, 3: None}) == (
        CalendarSpan(first, date(2026, 10, 23), SchoolDay.SCHOOL, "Autumn"),
        CalendarSpan(first, first, SchoolDay.STAFF_ONLY, "Sports day"),
    )
    assert school_calendar.spans(lines, {0: None}) == ()
