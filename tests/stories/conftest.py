"""The whole program over a register of its own, with the scanner's filter on the test's clock."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, Clock, World, create_register
from tests.gui import keyboard
from tests.gui.fixtures import _typeface, look, nothing_left_behind
from tests.gui.keyboard import Person, Scanner, StillTimer
from tests.stories.desk import DeskPage
from visitor_register.gui.program import Program
from visitor_register.gui.wedge_filter import WedgeFilter
from visitor_register.persistence import backup
from visitor_register.persistence.register import Register


@pytest.fixture
def world(tmp_path, clock: Clock) -> World:  # type: ignore[no-untyped-def]
    """A register that the program under test has open; it closes it."""
    return create_register(tmp_path / "register", clock)


@pytest.fixture(autouse=True)
def no_backups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups have tests of their own: no story waits for one at its end."""
    monkeypatch.setattr(backup, "is_due", lambda *_: False)


@pytest.fixture
def desk(qtbot: QtBot, nothing_left_behind: None, world: World) -> Iterator[DeskPage]:
    """Joan Mensah of reception sits at the desk, at 10:24 on a Tuesday."""
    world.register.close()
    register = Register.open(world.register.folder, world.reception, PASSWORD)
    world.register = register
    keys = keyboard.Clock()
    crashes: list[BaseException] = []
    sieve = WedgeFilter(clock=keys, timer=StillTimer(keys))
    program = Program(register.folder, crashes.append, now=world.clock, cost=CHEAP, wedge=sieve)
    program.wedge.install()
    program.open_for(register, world.reception)
    program.window.resize(1366, 698)
    with qtbot.waitActive(program.window):
        program.window.show()
        program.window.activateWindow()
    assert program.session is not None
    page = DeskPage(qtbot, world, program, program.session, keys, Scanner(keys), Person(keys))
    page.settle()
    yield page
    page.settle()
    program.close()
    program.window.deleteLater()
    # At once: a window that waits to be deleted is dressed again when a test gives the theme back.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not crashes, crashes


__all__ = ["_typeface", "desk", "look", "no_backups", "nothing_left_behind", "world"]
