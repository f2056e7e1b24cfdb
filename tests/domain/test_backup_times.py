"""Which backups stay, and names that sort by age whatever the clocks do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from visitor_register.domain import calendar
from visitor_register.domain.backup_times import DAILY, EVERY, HOURLY, WEEKLY, folder_name, staying

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


def test_a_name_says_when_by_londons_clock_and_how_much_was_written() -> None:
    assert folder_name(NOW, 123) == "2026-11-24_10-24-00_0000123"
    assert folder_name(datetime(2026, 7, 1, 9, 5, 7, tzinfo=UTC), 1) == "2026-07-01_10-05-07_0000001"


def test_the_hour_that_comes_twice_sorts_too() -> None:
    begins = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    names = [folder_name(begins + number * EVERY, 7) for number in range(16)]
    assert names == sorted(names)
    assert len(set(names)) == 16


@given(st.lists(MOMENTS, unique=True, min_size=2, max_size=30))
def test_names_sort_by_age(moments: list[datetime]) -> None:
    assert [folder_name(moment, 1) for moment in sorted(moments)] == sorted(
        folder_name(moment, 1) for moment in moments
    )


@given(st.lists(MOMENTS, max_size=200))
def test_the_newest_stays_and_never_more_than_are_promised(moments: list[datetime]) -> None:
    stay = staying(moments)
    assert stay <= set(moments)
    assert len(stay) <= HOURLY + DAILY + WEEKLY
    assert staying(stay) == stay
    if moments:
        assert max(moments) in stay


@given(st.lists(MOMENTS, min_size=1, max_size=100))
def test_thinning_each_time_leaves_what_thinning_once_would(moments: list[datetime]) -> None:
    kept: set[datetime] = set()
    for moment in sorted(set(moments)):
        kept = staying({*kept, moment})
    assert kept == staying(moments)


def test_a_term_of_backups_leaves_a_day_of_hours_two_weeks_of_days_and_two_months_of_weeks() -> None:
    begins = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
    made = [
        begins + timedelta(days=day, minutes=15 * quarter)
        for day in range(110)
        if calendar.london_date(begins + timedelta(days=day)).weekday() < 5
        for quarter in range(40)
    ]
    stay = staying(made)
    assert len({int(moment.timestamp()) // 3_600 for moment in stay}) >= HOURLY
    assert len({calendar.london_date(moment) for moment in stay}) >= DAILY
    assert len({calendar.london_date(moment).isocalendar()[:2] for moment in stay}) == WEEKLY
    assert max(made) - min(stay) >= timedelta(weeks=WEEKLY - 1)
