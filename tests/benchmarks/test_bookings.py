"""A week of bookings and a scan cost with 20,000 bookings what they cost with 200, as near as can be measured."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, Clock, World, create_register, create_worker
from visitor_register.domain.assurance import Assurance, Basis, Compared, Expiry, IdentityCheck, IdShown
from visitor_register.domain.events import Arrived, Booked, Left
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import ToldBy
from visitor_register.gui.bookings import presenter
from visitor_register.persistence import journal
from visitor_register.services import booking_history, front_desk

pytestmark = pytest.mark.benchmark

FEW, MANY, TRIES, MOST = 200, 20_000, 200, 1.3
WORKERS, A_DAY = 40, 4
"""The same week holds as much in both; what grows is how far back it goes, and with it each worker's own history."""

MONDAY = NOW.date() - timedelta(days=NOW.weekday())
CHECK = IdentityCheck(IdShown.HARROW_BADGE, "", Expiry.IN_DATE, Compared.YES)


def _filled(folder: Path, count: int) -> tuple[World, list[UUID]]:
    """A register with so many bookings, back from this week's Friday; those of the past brought their visitor."""
    world = create_register(folder, Clock())
    people = [create_worker(world, f"Worker{number:03} Haddad", badge=f"H{number:06}") for number in range(WORKERS)]
    said: list[tuple[UUID, object]] = []
    made: list[UUID] = []
    for number in range(count):
        day, of_day = divmod(number, A_DAY)
        starts = NOW.replace(hour=9 + 2 * of_day, minute=0) + timedelta(days=3 - day)
        made.append(booking := uuid4())
        person = people[number % WORKERS]
        said.append((booking, _booked(person, starts)))
        if starts < NOW.replace(hour=0):
            visit = uuid4()
            said += [(visit, _arrived(person, booking, starts)), (visit, Left(starts, ToldBy.DESK))]
    with world.register.write() as session:
        journal.append_all(session, said, by=world.dsl, at=NOW)
    return world, made


def _booked(person: UUID, starts: datetime) -> Booked:
    return Booked((person,), starts, starts + timedelta(hours=1), "Mrs Shah", "Hall", notified_at=starts - timedelta(9))


def _arrived(person: UUID, booking: UUID, at: datetime) -> Arrived:
    how = Verdict.KNOWN, True, CHECK, Assurance(Basis.PHOTO_BADGE), Supervision.UNESCORTED
    return Arrived(person, booking, at, *how, here_to_see="Mrs Shah")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tuple[World, list[UUID]], ...]]:
    """A register of a term, and one of many years."""
    registers = tuple(_filled(tmp_path_factory.mktemp("bookings") / str(count), count) for count in (FEW, MANY))
    yield registers
    for world, _ in registers:
        world.register.close()


def _p95_ms(worlds: list[World], work: Callable[[Session, int], object]) -> list[float]:
    """What the slowest of twenty takes in each register, turn by turn, so that other load meets both."""
    spent: list[list[float]] = [[] for _ in worlds]
    gc.collect()
    gc.disable()
    try:
        for number in range(-5, TRIES):
            for world, times in zip(worlds, spent, strict=True):
                with world.register.read() as session:
                    start = time.perf_counter()
                    work(session, number)
                    times.append((time.perf_counter() - start) * 1_000)
    finally:
        gc.enable()
    return [statistics.quantiles(times[5:], n=20)[-1] for times in spent]


def _week(session: Session, _: int) -> object:
    read, rows = presenter._read(session, MONDAY, 7)
    assert len(rows) >= 5 * A_DAY
    return read


def _scan(session: Session, number: int) -> object:
    found = front_desk.look_up(session, f"H{number % WORKERS:06}", at=NOW)
    assert found.person is not None
    return found


def _stranger(session: Session, number: int) -> object:
    return front_desk.look_up(session, f"X{number:06}", at=NOW)


@pytest.mark.parametrize("work", [_week, _scan, _stranger], ids=["week", "scan", "unknown code"])
def test_it_costs_as_much_in_a_long_register(
    both: tuple[tuple[World, list[UUID]], ...], work: Callable[[Session, int], object]
) -> None:
    few, many = _p95_ms([world for world, _ in both], work)
    print(f"\np95 of {work.__name__}: {few:.2f} ms with {FEW}, {many:.2f} ms with {MANY:,}: {many / few:.2f} times")
    assert many <= MOST * few


def test_the_history_of_one_booking_costs_as_much_in_a_long_register(
    both: tuple[tuple[World, list[UUID]], ...],
) -> None:
    last = iter([made for _, made in both] * (TRIES + 5))
    few, many = _p95_ms(
        [world for world, _ in both], lambda session, number: booking_history.of_booking(session, next(last)[-1])
    )
    print(f"\np95 of a history: {few:.2f} ms, {many:.2f} ms: {many / few:.2f} times")
    assert many <= MOST * few
