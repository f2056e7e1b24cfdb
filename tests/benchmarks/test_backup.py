"""What a backup costs whoever signs somebody in meanwhile, and how long a drill takes. Printed, never asserted."""

import os
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication

from tests.factories import NOW, PASSWORD, Clock, World, create_register, create_worker
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Assurance, Basis, Compared, Expiry, IdentityCheck, IdShown
from visitor_register.domain.events import Arrived, Booked, Left, ReasonRecorded
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import ToldBy
from visitor_register.gui.backups import Backups
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.persistence import backup, backup_folder, journal, restore
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


CONTACTS, BACKUPS, TRIES = 50_000, 46, 5


@pytest.fixture
def long_kept(full: tuple[World, list[UUID]]) -> World:
    """The same register with 50,000 lines in the DSL's file."""
    world = full[0]
    said = [(uuid4(), ReasonRecorded("CIN visit", "urgent", f"C-{number:05}", "x")) for number in range(CONTACTS)]
    with world.register.dsl_file().write() as session:
        journal.append_all(session, said, by=world.dsl, at=NOW)
    world.register.dsl_file().checkpoint(wait=True)
    world.clock.move(days=1)
    return world


def _write_for_dsl(world: World) -> None:
    with world.register.dsl_file().write() as session:
        journal.append(session, uuid4(), ReasonRecorded("CIN visit", "urgent", "17", "x"), by=world.dsl, at=NOW)


def test_how_long_the_window_stands_still_for_a_backup(qapp: QApplication, long_kept: World) -> None:
    world = long_kept
    register = world.register
    desk_keys, dsl_keys = (register.keyring.open(who.id, PASSWORD) for who in (world.reception, world.dsl))
    jobs = JobRunner(register.read, register.write, _raise)
    desk = Desk(jobs, world.dsl, now=world.clock)
    bare, kept, back = [], [], []
    for _ in range(TRIES):
        _write_for_dsl(world)
        bare.append(1_000 * _seconds(lambda: register.let_in(desk_keys)))
        register.let_in(dsl_keys)
    backups = Backups(desk, register, lambda: "")
    backups.start()
    for _ in range(TRIES):
        _wait(backups)
        _write_for_dsl(world)
        kept.append(1_000 * _seconds(lambda: register.let_in(desk_keys)))
        back.append(1_000 * _seconds(lambda: register.let_in(dsl_keys)))
    ratio = statistics.median(kept) / statistics.median(bare)
    size = register.dsl_file().path.stat().st_size / 1e6
    print(f"\nDSL's file of {CONTACTS:,} lines ({size:.0f} MB): handed over alone {_words(bare)}; ", end="")
    print(f"with a backup {_words(kept)}: {ratio:.1f} times; DSL signs in again at once {_words(back)}")
    _wait(backups)
    world.clock.move(hours=1)
    _write_for_dsl(world)
    jobs.close()
    print(f"last backup as the program ends: {_seconds(backups.close):.2f} s", end="")
    world.clock.move(minutes=1)
    begun = Backups(desk, register, lambda: "")
    print(f"; with nothing new {1_000 * _seconds(begun.close):.0f} ms")


def test_what_the_schedule_itself_costs(full: tuple[World, list[UUID]], tmp_path: Path) -> None:
    world, register = full[0], full[0].register
    world.clock.move(hours=2)
    made = backup.make(register.folder, register.desk, register.dsl, at=world.clock(), rest=lambda: None)
    place = backup.place_in(tmp_path)
    place.mkdir()
    for number in range(BACKUPS):
        shutil.copytree(made.path, place / f"{number:02}", copy_function=os.link)
    listed = [1_000 * _seconds(lambda: backup_folder.listed(place)) for _ in range(TRIES)]
    shutil.copyfile(register.folder / "keyring.json", tmp_path / "keyring.json")
    due = [1_000 * _seconds(lambda: backup.is_due(tmp_path, register.desk, register.dsl)) for _ in range(TRIES)]
    assert len(backup.listed(tmp_path)) == BACKUPS
    print(f"\n{BACKUPS} backups: listed {_words(listed)}; whether one is due {_words(due)}, every 15 minutes")


def _wait(backups: Backups) -> None:
    while backups.busy:
        QApplication.processEvents()
        time.sleep(0.005)


def _raise(error: BaseException) -> None:
    raise error
