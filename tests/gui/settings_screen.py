"""The Settings screen and somebody who uses it, for the tests of every section."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, NOW, PASSWORD, World
from visitor_register.domain.assurance import Letter, PublishedNumber
from visitor_register.domain.people import Operator
from visitor_register.domain.policy import Policy
from visitor_register.gui.caretaker import Caretaker
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.persistence.register import Register
from visitor_register.scanning.camera import CameraChoice
from visitor_register.services import assurance, policy


class Ear(QObject):
    """Hears what the desk says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Notice] = []

    def hear(self, notice: Notice) -> None:
        self.said.append(notice)


def shown(qtbot: QtBot, presenter: SettingsPresenter, **made_with: Any) -> SettingsView:
    """The Settings screen in a window of its own, as large as it is at 1366 by 768."""
    caretaker = Caretaker(presenter.desk, presenter.register, str)
    view = SettingsView(presenter, caretaker, **made_with)
    # It ends with the window, not when it is found to be garbage in another thread.
    caretaker.setParent(view)
    qtbot.addWidget(view)
    view.resize(1182, 646)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    return view


class Office:
    """The Settings screen, and what a person can do at it."""

    def __init__(self, qtbot: QtBot, world: World, operator: Operator) -> None:
        self.qtbot, self.world, self.register = qtbot, world, world.register
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(self.register.read, self.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, operator, now=world.clock)
        self.ear = Ear()
        self.desk.said.connect(self.ear.hear)
        self.pc = ThisPc(self.register.folder)
        cameras = [CameraChoice(0, "Built-in camera"), CameraChoice(2, "Desk camera")]
        self.presenter = SettingsPresenter(self.desk, self.pc, self.register, find_cameras=lambda: cameras, cost=CHEAP)
        self.view = shown(qtbot, self.presenter, printers=lambda: ["Label printer", "Office printer"])
        self.settles()

    def settles(self) -> None:
        """Everything asked for has been answered."""
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def opens(self, key: str) -> Section:
        """Click a section in the list."""
        rows = [row.key for row in self.view.list.rows]
        index = self.view.list.model().index(rows.index(key), 0)
        self.view.list.scrollTo(index)
        where = self.view.list.visualRect(index).center()
        self.qtbot.mouseClick(self.view.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settles()
        section = self.view.current
        assert section.key == key
        return section

    def types(self, name: str, text: str) -> None:
        """Type over a field."""
        control = self.view.current.controls[name]
        control.setFocus()
        QTest.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(control, Qt.Key.Key_Delete)
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(control, Qt.Key.Key_Return)
            QTest.keyClicks(control, line)

    def saves(self, words: str) -> None:
        """Ctrl+S, and the notice that follows."""
        before = len(self.ear.said)
        QTest.keyClick(self.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.waitUntil(lambda: len(self.ear.said) > before)
        self.settles()
        assert self.ear.said[-1].text == words
        assert self.view.unsaved() == []

    def is_refused(self, name: str, words: str) -> None:
        """Ctrl+S, and the sentence under the field."""
        QTest.keyClick(self.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        field = self.view.current.fields[name]

        # Not until it says anything: what was wrong a moment ago may still stand there.
        def is_said() -> None:
            assert words in field.error()

        self.qtbot.waitUntil(is_said)
        assert QApplication.focusWidget() is field.control

    def presses(self, button: QWidget) -> None:
        """Click, and see what comes of it."""
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def acts(self, key: object) -> None:
        """Press the button of a row in the section's list."""
        self.presses_row(self.view.current.list, key)  # type: ignore[attr-defined]

    def presses_row(self, rows: ListPanel, key: object) -> None:
        """Press the button of a row."""
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.action_point(key))

    def policy(self) -> Policy:
        with self.register.read() as session:
            return policy.read(session, NOW.date())

    def numbers(self) -> list[PublishedNumber]:
        with self.register.read() as session:
            return assurance.numbers(session)

    def letters(self) -> list[Letter]:
        with self.register.read() as session:
            return assurance.letters(session)

    def reopens(self) -> None:
        """Close the register and open it again: what was saved must still be there."""
        self.jobs.close()
        self.register.close()
        self.world.register = self.register = Register.open(self.register.folder, self.world.dsl, PASSWORD)


@pytest.fixture
def office(qtbot: QtBot, world: World, look: Theme) -> Iterator[Office]:
    """The DSL's."""
    yield from _closing(Office(qtbot, world, world.dsl), look)


@pytest.fixture
def reception(qtbot: QtBot, world: World, look: Theme) -> Iterator[Office]:
    """Reception's, who may change little."""
    yield from _closing(Office(qtbot, world, world.reception), look)


def _closing(made: Office, look: Theme) -> Iterator[Office]:
    yield made
    made.jobs.close()
    assert not made.crashes
    look.use(Scheme.LIGHT)
