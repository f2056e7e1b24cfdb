"""From the last key of the scanner to the verdict on the screen, beside the look-up alone and the bare question.

Printed, never asserted against a clock.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.benchmarks.test_register import PEOPLE, VISITS, add_people, add_visits
from tests.factories import CHEAP, PASSWORD, World, create_booking, create_register
from tests.gui import keyboard
from tests.gui.fixtures import _typeface, look, nothing_left_behind  # noqa: F401 - fixtures by name
from tests.gui.keyboard import Person, Scanner, StillTimer
from tests.stories.desk import DeskPage
from visitor_register.gui.program import Program
from visitor_register.gui.wedge_filter import WedgeFilter
from visitor_register.gui.widgets.result_card import ResultCard
from visitor_register.persistence.register import Register
from visitor_register.services import front_desk

pytestmark = pytest.mark.benchmark

SCANS, BOOKED = 200, 40
EACH = 37
"""The next person in the file: far enough to be on another page of it."""


class Painted(QObject):
    """Remembers when the card was painted with a name on it."""

    def __init__(self, card: ResultCard) -> None:
        super().__init__()
        self._card = card
        self.name, self.at = "", 0.0
        card.name.installEventFilter(self)

    def wait_for(self, name: str) -> None:
        """Forget the last one."""
        self.name, self.at = name, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The name is the largest text of the card; its paint comes after that of the card and its strip."""
        if event.type() == QEvent.Type.Paint and not self.at and self._card.name.text() == self.name:
            self.at = time.perf_counter()
        return False


@pytest.fixture
def desk(qtbot: QtBot, look: object, tmp_path: Path, clock: object) -> Iterator[tuple[DeskPage, list[UUID]]]:  # noqa: F811
    """The whole window over a register with all its people and visits, and forty of them booked today."""
    world: World = create_register(tmp_path / "register", clock)  # type: ignore[arg-type]
    began = time.perf_counter()
    people = add_people(world)
    add_visits(world, people, VISITS)
    for number in range(BOOKED):
        create_booking(world, people[number * EACH], minutes=10 + number)
    print(f"\nmade {PEOPLE:,} people and {VISITS:,} visits in {time.perf_counter() - began:.0f} s")
    world.register.close()
    register = world.register = Register.open(world.register.folder, world.reception, PASSWORD)
    keys = keyboard.Clock()
    crashes: list[BaseException] = []
    program = Program(
        register.folder,
        crashes.append,
        now=world.clock,
        cost=CHEAP,
        wedge=WedgeFilter(clock=keys, timer=StillTimer(keys)),
    )
    program.wedge.install()
    program.open_for(register, world.reception)
    program.window.resize(1366, 698)
    with qtbot.waitActive(program.window):
        program.window.show()
        program.window.activateWindow()
    assert program.session is not None
    page = DeskPage(qtbot, world, program, program.session, keys, Scanner(keys), Person(keys))
    page.settle()
    yield page, people
    page.settle()
    program.close()
    program.window.deleteLater()
    QApplication.processEvents()
    assert not crashes, crashes


def _scan_times(page: DeskPage) -> list[float]:
    """Milliseconds from the last key of each scan to the paint of the name it leads to."""
    painted, found = Painted(page.view.card), []
    for number in range(-5, SCANS):
        person = (number * EACH) % PEOPLE
        painted.wait_for(f"Person{person:05} Surname{person % 977}")
        code = f"H{person:06}"
        for sign in code:
            page.scanner.character(sign)
        began = time.perf_counter()
        page.scanner.character("\r")
        # The moment in which the filter waits for another key of the burst passes on the test's clock, not here.
        page.keys.wait(0.1)
        while not painted.at:
            QApplication.processEvents()
        if number >= 0:
            found.append((painted.at - began) * 1_000)
        page.settle()
        page.rest()
    return found


def _spent(work: Callable[[int], object]) -> list[float]:
    found = []
    for number in range(-5, SCANS):
        began = time.perf_counter()
        work((number * EACH) % PEOPLE)
        if number >= 0:
            found.append((time.perf_counter() - began) * 1_000)
    return found


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE person (code TEXT PRIMARY KEY, name TEXT, note TEXT) WITHOUT ROWID")
    connection.execute("BEGIN")
    rows = ((f"H{number:06}", f"Person{number:05}", "x" * 300) for number in range(PEOPLE))
    connection.executemany("INSERT INTO person VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    return connection


def test_from_the_last_key_to_the_verdict_on_the_screen(desk: tuple[DeskPage, list[UUID]], tmp_path: Path) -> None:
    page, _ = desk
    register = page.world.register

    def look_up(person: int) -> object:
        with register.read() as session:
            return front_desk.look_up(session, f"H{person:06}", at=page.world.clock())

    bare = _bare(tmp_path / "bare.db")
    measured = {
        "bare primary-key read": _spent(
            lambda person: bare.execute("SELECT * FROM person WHERE code = ?", (f"H{person:06}",)).fetchone()
        ),
        "look_up alone": _spent(look_up),
        "last key to paint": _scan_times(page),
    }
    bare.close()
    raw = statistics.median(measured["bare primary-key read"])
    alone = statistics.median(measured["look_up alone"])
    print(f"\n{SCANS} scans, ms{'':14}{'p50':>9}{'p95':>9}{'longest':>9}{'p50 / bare':>12}{'p50 / look_up':>15}")
    for name, times in measured.items():
        median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        row = f"{name:<27}{median:>9.3f}{p95:>9.3f}{max(times):>9.3f}"
        print(f"{row}{median / raw:>12,.0f}{median / alone:>15.2f}")
    assert len(measured["last key to paint"]) == SCANS
