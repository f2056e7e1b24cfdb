"""Notices that this PC's clock is wrong or was moved. Nothing is blocked, and nothing written is changed by it.

The journal keeps its own order: a line is never put before an earlier one, whatever the clock says (`entry.clock`).
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.persistence.tables import entry
from visitor_register.persistence.types import utc_moment

BEHIND = timedelta(minutes=5)
"""How far the clock may be behind the last line. Less is what clocks are set right by."""

DRIFT = timedelta(minutes=2)
"""How far the clock may move against the time that really passed, between two looks."""

KEPT = 20
"""How many notes are kept for the health page; the oldest go."""


class Moved(StrEnum):
    """What happened to the clock."""

    BEHIND_THE_REGISTER = "behind_the_register"
    FORWARD = "forward"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class ClockNote:
    """One thing that was noticed.

    Attributes:
        at: What the clock said when it was noticed.
        should_be: At the earliest, for a clock behind the register; else what it would have said had it not moved.
    """

    moved: Moved
    at: datetime
    should_be: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """Two clocks read together: the PC's, and one that only counts, in seconds from anywhere."""

    wall: datetime
    steady: float


def behind(session: Session, now: datetime) -> ClockNote | None:
    """Whether the clock is behind the last line of this file by more than five minutes. Asked at every start."""
    written = session.execute(select(entry.c.at).order_by(entry.c.clock.desc()).limit(1)).scalar_one_or_none()
    if written is None:
        return None
    last = utc_moment(written)
    if now >= last - BEHIND:
        return None
    return ClockNote(Moved.BEHIND_THE_REGISTER, now, last)


def drift(before: Look, now: Look) -> ClockNote | None:
    """Whether the clock moved against the steady one by more than two minutes.

    Where the steady clock stands still while the computer sleeps, sleep looks like a clock that was put forward.
    """
    try:
        should_be = before.wall + timedelta(seconds=now.steady - before.steady)
    except OverflowError:
        return None
    if abs(now.wall - should_be) <= DRIFT:
        return None
    return ClockNote(Moved.FORWARD if now.wall > should_be else Moved.BACK, now.wall, should_be)


def say(note: ClockNote) -> str:
    """What the health page says of it: what was seen, what still holds, what to do."""
    seen, meant = calendar.say_day_time(note.at), calendar.say_day_time(note.should_be)
    match note.moved:
        case Moved.BEHIND_THE_REGISTER:
            return (
                f"This PC's clock says {seen}, and the last line of the register was written {meant}. "
                "Signing in goes on and the lines keep their order: set the clock, or have it set."
            )
        case Moved.FORWARD:
            return (
                f"This PC's clock went from {meant} to {seen}: it was put forward, or the PC was asleep. "
                "If it did not sleep, compare it with another clock."
            )
        case Moved.BACK:
            return (
                f"This PC's clock was put back from {meant} to {seen}. "
                "The lines keep their order: compare the clock with another one, and look at the times written since."
            )


@dataclass(slots=True)
class ClockWatch:
    """What was noticed since the program started, for the health page. It is asked now and then, by one thread."""

    before: Look
    _notes: deque[ClockNote] = field(default_factory=lambda: deque(maxlen=KEPT))

    @property
    def notes(self) -> tuple[ClockNote, ...]:
        """What was noticed, newest first."""
        return tuple(reversed(self._notes))

    def keep(self, note: ClockNote | None) -> None:
        """Keep what `behind` found at the start."""
        if note is not None:
            self._notes.append(note)

    def look(self, now: Look) -> ClockNote | None:
        """Compare both clocks with the look before; what is found is kept and returned, once."""
        note, self.before = drift(self.before, now), now
        self.keep(note)
        return note
