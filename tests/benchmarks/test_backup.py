"""What a backup costs whoever signs somebody in meanwhile, and how long a drill takes. Printed, never asserted."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import NOW, PASSWORD, Clock, World, create_register, create_worker
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Assurance, Basis, Compared, Expiry, IdentityCheck, IdShown
from visitor_register.domain.events import Arrived, Booked, Left
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import ToldBy
from visitor_register.persistence import backup, journal, restore
from visitor_register.persistence.restore import Opening
from visitor_register.services import arrivals

pytestmark = pytest.mark.benchmark

VISITS, SIGN_INS = 20_000, 60


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, list[UUID]]]:
    """20,000 visits, each with its booking."""
    world = create_register(tmp_path_factory.mktemp("backup") / "register", Clock())
    people = [create_worker(world, f"Person{number} Name", badge=f"H{number:06}") for number in range(SIGN_INS * 3)]
    identity = IdentityCheck(IdShown.HARROW_BADGE, "", Expiry.IN_DATE, Compared.YES)
    said: list[tuple[UUID, object]] = []
    for number in range(VISITS):
        at, person = NOW - timedelta(minutes=20 * (VISITS - number)), people[number % len(people)]
        visit, booking = uuid4(), uuid4()
        booked = Booked((person,), at, at + timedelta(hours=1), "Mrs Shah", notified_at=at)
        assurance = Assurance(Basis.PHOTO_BADGE)
        arrived = Arrived(
            person,
            booking,
            at,
            Verdict.KNOWN,
            True,
            identity,
            assurance,
            Supervision.UNESCORTED,
            here_to_see="Mrs Shah",
        )
        left = Left(at + timedelta(minutes=15), ToldBy.DESK)
        said += [(booking, booked), (visit, arrived), (visit, left)]
    with world.register.write() as session:
        journal.append_all(session, said, by=world.dsl, at=NOW)
    world.register.desk.checkpoint(wait=True)
    yield world, people
    world.register.close()


def _sign_ins(world: World, people: list[UUID]) -> list[float]:
    """Milliseconds that each of them took, one every 20 ms."""
    spent = []
    for person in people:
        arrival = Arrival(
            person=person,
            verdict=Verdict.KNOWN,
            shown=IdShown.HARROW_BADGE,
            expiry=Expiry.IN_DATE,
            compared=Compared.YES,
        )
        begun = time.perf_counter()
        with world.register.write() as session:
            arrivals.sign_in(session, arrival, by=world.reception, at=NOW)
        spent.append((time.perf_counter() - begun) * 1_000)
        time.sleep(0.02)
    return spent


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _words(spent: list[float]) -> str:
    return f"median {statistics.median(spent):.1f} ms, slowest {max(spent):.1f} ms"


def test_a_sign_in_while_a_backup_is_made_and_the_drill(full: tuple[World, list[UUID]]) -> None:
    world, people = full
    register = world.register
    quiet = _sign_ins(world, people[:SIGN_INS])
    stop, made = threading.Event(), []

    def keep_making() -> None:
        while not stop.is_set():
            world.clock.move(minutes=15)
            begun = time.perf_counter()
            done = backup.make(register.folder, register.desk, register.dsl, at=world.clock())
            made.append((time.perf_counter() - begun, done))

    maker = threading.Thread(target=keep_making)
    maker.start()
    busy = _sign_ins(world, people[SIGN_INS : 2 * SIGN_INS])
    stop.set()
    maker.join()
    # Before and after: what else the machine does meets both.
    quiet += _sign_ins(world, people[2 * SIGN_INS :])
    ratio = statistics.median(busy) / statistics.median(quiet)
    took, last = made[-1]
    print(f"\nsign-in alone {_words(quiet)}; during backups {_words(busy)}: {ratio:.2f} times")
    alone = _seconds(
        lambda: backup.make(
            register.folder, register.desk, register.dsl, at=world.clock() + timedelta(hours=1), rest=lambda: None
        )
    )
    print(
        f"backup of {last.entries:,} entries ({last.size / 1e6:.0f} MB): {took:.1f} s giving way, {alone:.1f} s alone"
    )
    done = restore.drill(last.path, Opening(name="Nadia Shah", password=PASSWORD), at=NOW)
    assert done.sound, done.fault
    print(f"drill: {done.entries:,} entries, sound, {done.seconds:.1f} s")
