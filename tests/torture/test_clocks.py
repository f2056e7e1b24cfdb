"""A clock that jumps: the order of the lines is kept, hours are hours, and people are told in a sentence."""

import itertools
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.factories import NOW, PASSWORD, World, create_visit, create_worker
from tests.torture.report import tell
from visitor_register.domain import calendar
from visitor_register.domain.calendar import WorkingCalendar
from visitor_register.domain.deadlines import DEFAULT_RULES, reply, request
from visitor_register.domain.events import FireListPrinted
from visitor_register.files.bank_holidays import england
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import entry
from visitor_register.persistence.verify import verify
from visitor_register.services import arrivals, clock_watch, today
from visitor_register.services.clock_watch import ClockWatch, Look, Moved

SEED = 20_261_126
JUMPS = (
    timedelta(days=-1),
    timedelta(days=365 * 73 + 18),
    timedelta(days=-365 * 73 - 18),
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(minutes=-6),
    timedelta(hours=9),
)
"""A day back, 73 years ahead and back again, both clock changes of somebody who sets the clock, a night asleep."""


def _change_days() -> list[tuple[int, date, date]]:
    """(year, last Sunday of March, last Sunday of October) of 2026 to 2031."""
    found = []
    for year in range(2026, 2032):
        days = [date(year, month, 31) for month in (3, 10)]
        spring, autumn = (day - timedelta(days=(day.weekday() + 1) % 7) for day in days)
        found.append((year, spring, autumn))
    return found


CHANGES = _change_days()
CALENDAR = WorkingCalendar(england(range(2025, 2033)))


def _sound(register: Register) -> bool:
    with register.read() as session:
        return verify(session).sound


def _clocks(register: Register) -> list[int]:
    """The order of the lines, by their numbers."""
    with register.read() as session:
        return list(session.execute(select(entry.c.clock).order_by(entry.c.seq)).scalars())


def _in_and_out(world: World) -> None:
    """Somebody comes, is on the list, and leaves, whatever the clock says."""
    worker = create_worker(world, f"Worker {uuid4().hex[:6]}", badge=f"H{uuid4().int % 10**9}")
    visit = create_visit(world, worker)
    with world.register.read() as session:
        assert worker in [here.person.id for here in today.board(session, at=world.clock()).on_site if here.person]
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())


def _jump_about(world: World, times: int) -> list[str]:
    chance = random.Random(SEED)
    faults = []
    for number in range(times):
        jump = JUMPS[number % len(JUMPS)] if number < len(JUMPS) else chance.choice(JUMPS)
        moved = world.clock.at + jump
        # Not before the year 2000, nor after the last one there is.
        world.clock.at = moved if 2000 < moved.year < 9000 else NOW
        try:
            _in_and_out(world)
        except Exception as error:  # noqa: BLE001 - counted
            faults.append(f"{jump}: {error!r}")
    clocks = _clocks(world.register)
    if any(later <= earlier for earlier, later in itertools.pairwise(clocks)):
        faults.append("a line stands before an earlier one")
    if not _sound(world.register):
        faults.append("the register does not verify")
    return faults


def test_a_clock_that_jumps_keeps_the_order_and_everybody_is_still_signed_in(world: World) -> None:
    faults = _jump_about(world, len(JUMPS))
    tell("clock jumps", len(JUMPS), len(faults), SEED)
    assert faults == []


@pytest.mark.torture
def test_three_hundred_jumps_of_the_clock(world: World) -> None:
    faults = _jump_about(world, 300)
    tell("clock jumps", 300, len(faults), SEED)
    assert faults == []


@pytest.mark.parametrize(("year", "spring", "autumn"), CHANGES)
def test_both_changes_of_the_clocks_lose_and_double_nothing(year: int, spring: date, autumn: date) -> None:
    for change, shift in ((spring, timedelta(hours=1)), (autumn, timedelta(hours=-1))):
        assert change.year == year
        first, second = calendar.day_bounds(change)
        assert second - first == timedelta(days=1) - shift
        # 24 hours are elapsed hours over the change: on the wall they are an hour more or less.
        asked = calendar.at_london(change - timedelta(days=1), time(12))
        urgent = request(asked, CALENDAR, urgent=True)
        assert urgent.due_at - asked == timedelta(hours=24)
        assert calendar.to_london(urgent.due_at).hour == 12 + int(shift.total_seconds() // 3600)
        # And 48: from the Friday before, when the council is open.
        sent = calendar.at_london(change - timedelta(days=2), time(15))
        assert reply(sent, CALENDAR).also - sent == timedelta(hours=48)
        elapsed = reply(sent, CALENDAR, replace(DEFAULT_RULES, reply_elapsed=True))
        assert elapsed.due_at - sent == timedelta(hours=48)
        assert calendar.to_london(elapsed.due_at).hour == 15 + int(shift.total_seconds() // 3600)
    early, late = (datetime(autumn.year, autumn.month, autumn.day, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert (calendar.say_time(early), calendar.say_time(late)) == ("01:30 BST", "01:30 GMT")
    assert late - early == timedelta(hours=1)


def test_both_half_past_ones_are_told_apart_in_the_register(world: World) -> None:
    worker = create_worker(world)
    for hour in (0, 1):
        world.clock.at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        create_visit(world, worker)
        with world.register.read() as session:
            (here,) = today.board(session, at=world.clock()).on_site
        assert calendar.say_time(here.visit.arrived_at) == f"01:30 {'BST' if hour == 0 else 'GMT'}"
        with world.register.write() as session:
            arrivals.sign_out(session, here.visit.id, by=world.reception, at=world.clock())
    clocks = _clocks(world.register)
    assert clocks == sorted(set(clocks))


# ---- what is noticed


def test_a_clock_behind_the_last_line_is_noticed_at_the_start_and_signing_in_goes_on(world: World) -> None:
    world.write((uuid4(), FireListPrinted(locked=False, drill=True, count=0)))
    with world.register.read() as session:
        assert clock_watch.behind(session, NOW) is None
        assert clock_watch.behind(session, NOW - timedelta(minutes=5)) is None
        note = clock_watch.behind(session, NOW - timedelta(days=1))
    assert note is not None
    assert (note.moved, note.should_be) == (Moved.BEHIND_THE_REGISTER, NOW)
    assert clock_watch.say(note) == (
        "This PC's clock says Mon 23 Nov 2026 10:24, and the last line of the register was written Tue 24 Nov 2026 "
        "10:24. Signing in goes on and the lines keep their order: set the clock, or have it set."
    )
    world.clock.move(days=-1)
    _in_and_out(world)


def test_an_empty_file_says_nothing_of_the_clock(world: World) -> None:
    with world.register.dsl_file().read() as session:
        assert clock_watch.behind(session, datetime(1970, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("wall", "steady", "moved"),
    [
        (timedelta(minutes=10), 600.0, None),
        (timedelta(minutes=12), 600.0, None),
        (timedelta(minutes=12, seconds=1), 600.0, Moved.FORWARD),
        (timedelta(minutes=7, seconds=59), 600.0, Moved.BACK),
        (timedelta(days=-1), 5.0, Moved.BACK),
        (timedelta(days=365 * 73), 5.0, Moved.FORWARD),
        (timedelta(hours=9), 5.0, Moved.FORWARD),
        (timedelta(hours=9), 9 * 3600.0, None),
        (timedelta(seconds=5), 1e18, None),
    ],
)
def test_a_clock_that_was_moved_while_the_program_runs_is_noticed(
    wall: timedelta, steady: float, moved: Moved | None
) -> None:
    note = clock_watch.drift(Look(NOW, 100.0), Look(NOW + wall, 100.0 + steady))
    assert (note.moved if note else None) is moved


def test_a_clock_that_was_put_there_and_back_is_two_notes_newest_first() -> None:
    watch = ClockWatch(Look(NOW, 0.0))
    assert watch.look(Look(NOW + timedelta(days=26_663), 5.0)) is not None
    assert watch.look(Look(NOW + timedelta(seconds=10), 10.0)) is not None
    assert watch.look(Look(NOW + timedelta(seconds=15), 15.0)) is None
    back, forward = watch.notes
    assert clock_watch.say(forward) == (
        "This PC's clock went from Tue 24 Nov 2026 10:24 to Tue 24 Nov 2099 10:24: it was put forward, or the PC was "
        "asleep. If it did not sleep, compare it with another clock."
    )
    assert clock_watch.say(back) == (
        "This PC's clock was put back from Tue 24 Nov 2099 10:24 to Tue 24 Nov 2026 10:24. The lines keep their order: "
        "compare the clock with another one, and look at the times written since."
    )


def test_the_summer_time_is_no_jump() -> None:
    for _, spring, autumn in CHANGES:
        for change in (spring, autumn):
            before = datetime(change.year, change.month, change.day, 0, 59, 58, tzinfo=UTC)
            assert clock_watch.drift(Look(before, 0.0), Look(before + timedelta(seconds=5), 5.0)) is None


def test_only_so_many_notes_are_kept() -> None:
    watch = ClockWatch(Look(NOW, 0.0))
    watch.keep(None)
    for number in range(clock_watch.KEPT + 5):
        watch.look(Look(NOW + timedelta(hours=number + 1), float(number)))
    assert len(watch.notes) == clock_watch.KEPT
    assert watch.notes[0].at > watch.notes[-1].at


def test_a_register_whose_clock_was_ahead_for_a_day_opens_again(world: World) -> None:
    create_worker(world)
    world.clock.move(days=365 * 73)
    _in_and_out(world)
    world.register.close()
    world.clock.at = NOW
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    assert not world.register.records_lost
    _in_and_out(world)
    assert _sound(world.register)
    clocks = _clocks(world.register)
    assert clocks == sorted(set(clocks))
