"""Column types refuse what would be read back as something else."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from visitor_register.domain.visits import VisitState
from visitor_register.persistence.types import UtcDateTime, Word

DIALECT = sqlite.dialect()


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_a_moment_reads_back_as_the_same_moment_from_any_zone(naive: datetime, minutes: int) -> None:
    column = UtcDateTime()
    try:
        moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
        stored = column.process_bind_param(moment, DIALECT)
    except OverflowError:
        return
    assert column.process_result_value(stored, DIALECT) == moment


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2))
def test_moments_sort_as_text_as_they_happened(moments: list[datetime]) -> None:
    column = UtcDateTime()
    stored = [str(column.process_bind_param(moment, DIALECT)) for moment in moments]
    assert [str(column.process_bind_param(moment, DIALECT)) for moment in sorted(moments)] == sorted(stored)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 11, 24), DIALECT)  # noqa: DTZ001


def test_nothing_stays_nothing() -> None:
    for column in (UtcDateTime(), Word(VisitState)):
        assert column.process_bind_param(None, DIALECT) is None
        assert column.process_result_value(None, DIALECT) is None


def test_only_words_of_the_set_are_written_and_read() -> None:
    column = Word(VisitState)
    assert column.process_bind_param(VisitState.LEFT, DIALECT) == "left"
    assert column.process_result_value("left", DIALECT) is VisitState.LEFT
    with pytest.raises(ValueError, match="flown"):
        column.process_bind_param("flown", DIALECT)
    with pytest.raises(ValueError, match="flown"):
        column.process_result_value("flown", DIALECT)
