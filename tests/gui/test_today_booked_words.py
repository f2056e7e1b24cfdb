"""What the card says of a booking: on time, early, late, on another day, moved, cancelled."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.factories import NOW
from visitor_register.domain.bookings import Booking, BookingState, Told
from visitor_register.gui.today import booked_words

BOOKED = Booking(UUID(int=1), NOW, None, "Mrs Shah", "", Told.EMAIL, None, "", BookingState.PLANNED, NOW, UUID(int=2))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (30, "Expected 10:54 to see Mrs Shah"),
        (-30, "Expected 09:54 to see Mrs Shah"),
        (31, "Expected 10:55 to see Mrs Shah, 31 min early"),
        (120, "Expected 12:24 to see Mrs Shah, 2 h early"),
        (-185, "Expected 07:19 to see Mrs Shah, 3 h 5 min late"),
        (24 * 60, "Booked for tomorrow, Wed 25 Nov 10:24 to see Mrs Shah"),
        (-24 * 60, "Booked for yesterday, Mon 23 Nov 10:24 to see Mrs Shah"),
    ],
)
def test_early_and_late_are_said_in_words(minutes: int, words: str) -> None:
    assert booked_words.expected(replace(BOOKED, starts_at=NOW + timedelta(minutes=minutes)), NOW) == words


def test_early_is_counted_in_hours_that_pass_also_when_the_clocks_change() -> None:
    # 25 October 2026: from 00:30 BST to 03:30 GMT four hours pass.
    at = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    booked = replace(BOOKED, starts_at=datetime(2026, 10, 25, 3, 30, tzinfo=UTC), here_to_see="")
    assert booked_words.expected(booked, at) == "Expected 03:30, 4 h early"


def test_what_is_not_for_today_is_told_without_its_reason() -> None:
    tomorrow = replace(BOOKED, starts_at=NOW + timedelta(days=1))
    assert booked_words.otherwise(tomorrow, NOW) == "Booked for tomorrow, Wed 25 Nov 10:24"
    moved = replace(tomorrow, starts_at=NOW + timedelta(days=6), moved_from=NOW)
    assert booked_words.otherwise(moved, NOW) == "Today's visit was moved to Mon 30 Nov 10:24, in 6 days"
    cancelled = replace(BOOKED, state=BookingState.CANCELLED_BY_SCHOOL, cancelled_why="child moved away")
    assert booked_words.otherwise(cancelled, NOW) == "Was booked for 10:24 today, cancelled by the school"
    by_authority = replace(cancelled, state=BookingState.CANCELLED_BY_LA)
    assert booked_words.otherwise(by_authority, NOW) == "Was booked for 10:24 today, cancelled by the authority"
