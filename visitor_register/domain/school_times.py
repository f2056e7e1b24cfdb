"""What a visit costs of the school's lessons, and when it would cost none. Shown, and never a block."""

from collections.abc import Iterable
from datetime import time

from visitor_register.domain.policy import DaySlot


def minutes_missed(slots: Iterable[DaySlot], start: time, end: time) -> int:
    """Count the minutes of lessons between two times of one day, by London's clock.

    Lessons that overlap (two year groups with other bells) are not counted twice.
    """
    reached, missed = start, 0
    for slot in sorted(slots, key=lambda one: one.starts):
        begins, ends = max(slot.starts, reached), min(slot.ends, end)
        if slot.lesson and begins < ends:
            missed += _minutes(ends) - _minutes(begins)
            reached = ends
    return missed


def between_lessons(slots: Iterable[DaySlot]) -> tuple[DaySlot, ...]:
    """The parts of the day in which nobody misses a lesson, in the order of the day."""
    return tuple(sorted((slot for slot in slots if not slot.lesson), key=lambda one: one.starts))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
