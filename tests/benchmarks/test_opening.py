"""How long the desk's window takes to open, and each of its screens the first and the second time.

Printed beside a bare window, never asserted against a clock.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tests.factories import CHEAP, PASSWORD, World
from tests.gui.fixtures import _typeface, look, nothing_left_behind
from visitor_register.gui.desk_session import DeskSession
from visitor_register.gui.main_window import ITEMS
from visitor_register.gui.program import Program
from visitor_register.persistence.register import Register

__all__ = ["_typeface", "look", "nothing_left_behind"]

ROUNDS = 9
SIZE = (1366, 698)


def _spent(work: Callable[[], object]) -> float:
    """Milliseconds of the processor until what was asked for is painted."""
    began = time.process_time()
    work()
    QApplication.processEvents()
    return (time.process_time() - began) * 1_000


def _show(window: QWidget) -> None:
    window.resize(*SIZE)
    window.show()


def _settle(session: DeskSession) -> None:
    while session.jobs.pending or (session.desk.dsl_jobs is not None and session.desk.dsl_jobs.pending):
        QApplication.processEvents()


def _measure(world: World, spent: dict[str, list[float]]) -> None:
    bare = QMainWindow()
    spent["a bare window"].append(_spent(lambda: _show(bare)))
    bare.close()
    register = Register.open(world.register.folder, world.dsl, PASSWORD)
    program = Program(register.folder, lambda _error: None, now=world.clock, cost=CHEAP)
    program.wedge.install()
    spent["the desk, made"].append(_spent(lambda: program.open_for(register, world.dsl)))
    spent["the desk, shown"].append(_spent(lambda: _show(program.window)))
    assert program.session is not None
    _settle(program.session)
    for visit in ("first", "second"):
        for item in ITEMS[1:]:
            spent[f"{item.words}, {visit} time"].append(_spent(lambda: program.session.window.show_screen(item.key)))  # type: ignore[union-attr]  # noqa: B023 - called at once
            _settle(program.session)
    program.close()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.benchmark
@pytest.mark.usefixtures("qapp", "nothing_left_behind")
def test_how_long_the_window_and_its_screens_take_to_open(world: World) -> None:
    world.register.close()
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        _measure(world, spent)
    raw = statistics.median(spent["a bare window"])
    print(f"\n{ROUNDS} times, ms of the processor{'':6}{'median':>9}{'longest':>9}{'median / bare':>15}")
    for what, times in spent.items():
        median = statistics.median(times)
        print(f"{what:<34}{median:>9.1f}{max(times):>9.1f}{median / raw:>15,.0f}")
    assert len(spent["the desk, made"]) == ROUNDS
