"""Another program holds the register's file during a sign-in: it is waited for, or said to be NOT SAVED; none is lost.

Another process holds the write lock for so many seconds, as a virus scanner or a backup program might. The sign-in is
made by keys in the real window, and the gaps between its turns are measured meanwhile.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from tests.factories import create_booking, create_worker
from tests.stories.conftest import _typeface, desk, look, nothing_left_behind, world  # noqa: F401 - fixtures by name
from tests.stories.desk import DeskPage
from tests.torture.report import tell
from visitor_register.persistence.database import BUSY_MS, Database

HOLDER = """
import sys, time, sqlcipher3
connection = sqlcipher3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA key=\\"x'{sys.stdin.readline().strip()}'\\"")
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
connection.close()
"""

NOT_SAVED = "NOT SAVED - use the paper sheet. Another program holds the register's file; try again in a moment."

MOST = 100
"""Tries for one sign-in, before the test gives up."""

STUCK = 0.5
"""Seconds without a turn of the window that a person would take for a program that hangs."""


class Turns(QObject):
    """Measures how long the window had no turn."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.count = 0.0, 0
        self._before = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self._timer.start(10)

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    @Slot()
    def _turn(self) -> None:
        now = time.perf_counter()
        self.longest, self.count = max(self.longest, now - self._before), self.count + 1
        self._before = now


@dataclass(frozen=True, slots=True)
class SignIn:
    """What one sign-in under a held file came to. Times in seconds."""

    refused: int
    took: float
    longest_gap: float
    turns: int
    faults: list[str]


@contextmanager
def held(database: Database, seconds: float) -> Iterator[None]:
    """Another process holds the file, for so long and no longer."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database.path), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdin.write(database._key.hex() + "\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\n"
        yield
        assert holder.wait(120) == 0


def sign_in_while_held(desk: DeskPage, seconds: float, number: int = 0) -> SignIn:  # noqa: F811
    """Sign somebody in while the file is held, pressing Enter again after each NOT SAVED, until it is saved."""
    name, badge = f"Leila Haddad {number}", f"H1{number:05}"
    create_booking(desk.world, create_worker(desk.world, name, badge=badge))
    desk.scan(badge)
    desk.shows("Known", None, name)
    desk.rest()
    before, here, faults, refused = desk.entries(), desk.on_site(), [], 0
    turns = Turns()
    with held(desk.world.register.desk, seconds):
        began = time.perf_counter()
        while not _press_enter(desk):
            refused += 1
            if desk.says() != NOT_SAVED:
                faults.append(f"said: {desk.says()}")
            if desk.on_site() != here or desk.entries() != before:
                faults.append("something was written that was said not to be saved")
            assert refused < MOST, "Enter does nothing any more"
            desk.shows("Known", None, name)
            desk.view.card.focus_main()
        took = time.perf_counter() - began
    turns.stop()
    desk.settle()
    if sorted(desk.on_site()) != sorted([*here, name]) or desk.entries() != before + 1:
        faults.append(f"after it: {desk.on_site()}, {desk.entries() - before} entries")
    desk.verifies()
    return SignIn(refused, took, turns.longest, turns.count, faults)


def _press_enter(desk: DeskPage) -> bool:  # noqa: F811
    """Press Enter once, and wait as long as it takes; whether it was saved."""
    desk.person.presses(Qt.Key.Key_Return, "\r")
    desk.keys.wait(0.1)
    desk.qtbot.waitUntil(lambda: desk.session.jobs.pending == 0, timeout=BUSY_MS * 4)
    return desk.says().startswith("Signed in")


def _look_at(found: dict[float, SignIn]) -> None:
    faults = [f"{seconds} s: {fault}" for seconds, one in found.items() for fault in one.faults]
    faults += [f"{at} s: no turn for {one.longest_gap:.2f} s" for at, one in found.items() if one.longest_gap > STUCK]
    for seconds, one in found.items():
        # At its limit it may end either way.
        if seconds < BUSY_MS / 1000 - 0.5 and one.refused:
            faults.append(f"{seconds} s: refused, though it was let go of in time")
        if seconds > BUSY_MS / 1000 + 0.5 and not one.refused:
            faults.append(f"{seconds} s: not a word")
    details = "; ".join(
        f"held {seconds:g} s: saved after {one.took:.1f} s, {one.refused} times NOT SAVED, "
        f"gap {one.longest_gap * 1000:.0f} ms"
        for seconds, one in found.items()
    )
    tell("file held by another process", len(found), len(faults), None, details)
    assert faults == []


def test_a_file_that_is_let_go_of_soon_is_waited_for_with_the_window_alive(desk: DeskPage) -> None:  # noqa: F811
    found = sign_in_while_held(desk, 0.25)
    assert (found.refused, found.faults) == (0, [])
    # It had turns while it waited: had the write run in its own thread, there would have been none.
    assert found.turns > 5


def test_a_file_that_is_held_for_long_is_said_and_the_next_try_saves(desk: DeskPage) -> None:  # noqa: F811
    desk.world.register.desk.close()
    desk.world.register.desk._busy_ms = 40
    found = sign_in_while_held(desk, 0.25)
    assert found.faults == []
    assert found.refused >= 1


@pytest.mark.torture
def test_a_file_held_by_another_process(desk: DeskPage) -> None:  # noqa: F811
    spans = (1.0, 4.0, 10.0, 60.0, *(number / 10 for number in range(1, 10)))
    _look_at({seconds: sign_in_while_held(desk, seconds, number) for number, seconds in enumerate(spans)})
