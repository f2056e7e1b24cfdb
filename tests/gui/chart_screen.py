"""The Chart screen in a window, and somebody who uses it, for tests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World, look
from tests.gui import pictures, walkers
from visitor_register.gui import metrics, theme
from visitor_register.gui.chart.drawing_modes import Mode
from visitor_register.gui.chart.import_state import Page
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.chart.view import ChartView
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.persistence import journal
from visitor_register.resources_path import resource
from visitor_register.services import chart_reading
from visitor_register.services.chart_reading import OpenFile

CANARY = "<b>Robin</b> & <img src=x>"
FIRST, SECOND = resource("sample", "structure-chart.csv"), resource("sample", "structure-chart-2.csv")
_OPENED: dict[Path, OpenFile] = {}


def opens(paths: Sequence[Path]) -> OpenFile:
    """Open a file of the program once for all tests; others in a child process each time."""
    (path,) = paths
    if path not in (FIRST, SECOND):
        return chart_reading.open_files(paths)
    if path not in _OPENED:
        _OPENED[path] = chart_reading.open_files(paths)
    return _OPENED[path]


@dataclass
class Screen:
    """The Chart screen in a window, and somebody who uses it."""

    qtbot: QtBot
    world: World
    desk: Desk
    view: ChartView
    window: QWidget
    notices: list[Notice] = field(default_factory=list)
    picked: list[Path] = field(default_factory=list)

    def settle(self) -> None:
        presenter = self.view.presenter
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0 and not presenter.importing.busy, timeout=20_000)
        QApplication.processEvents()

    @property
    def page(self) -> Page | None:
        shown = self.view.importing
        if not shown.isVisible():
            return None
        return next(page for page, widget in shown.pages.items() if widget.isVisible())

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        found = QApplication.focusWidget()
        assert found is not None
        QTest.keyClick(found, key, modifiers)
        self.settle()

    def press(self, button: KeyButton) -> None:
        assert button.isVisible(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def next(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def drops(self, path: Path, on: QWidget | None = None) -> None:
        target, data = on or self.view, QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, plain, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        entered = QDragEnterEvent(QPointF(20, 20).toPoint(), action, data, buttons, plain)
        target.dragEnterEvent(entered)  # type: ignore[attr-defined]
        assert entered.isAccepted()
        target.dropEvent(QDropEvent(QPointF(20, 20), action, data, buttons, plain))  # type: ignore[attr-defined]
        self.settle()

    def fits(self) -> None:
        assert walkers.text_fits(self.window) == []
        assert walkers.unnamed_controls(self.window) == []
        assert walkers.rich_text_labels(self.window) == []
        assert len(walkers.primary_buttons(self.window)) <= 1

    def accepts(self, path: Path, issued: str = "") -> None:
        """The whole way for a file that asks nothing."""
        self.drops(path)
        self.next()
        page = self.view.importing.accept
        page.from_whom.setText("business support")
        page.issued.setText(issued)
        self.next()
        if self.page is Page.DECIDE:
            self.next()
            self.next()
        assert self.page is Page.DONE, self.notices
        self.next()
        assert self.page is None


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    crashes: list[BaseException] = []
    jobs = JobRunner(world.register.read, world.register.write, crashes.append)
    made = Desk(jobs, world.dsl, now=world.clock)
    yield made
    jobs.close()
    assert not crashes


def open_screen(qtbot: QtBot, world: World, desk: Desk, opener: Any = opens) -> Screen:
    window = frame("page")
    presenter = ChartPresenter(desk, opener=opener)
    picked: list[Path] = []
    view = ChartView(presenter, lambda _parent: picked)
    presenter.setParent(view)
    # The drawing and the tree have tests of their own.
    view.modes.choose(Mode.TABLE)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    FocusRing(window)
    # As the real window: its own minimum counts, not that of what is in it.
    window.setMinimumSize(400, 300)
    qtbot.addWidget(window)
    screen = Screen(qtbot, world, desk, view, window, picked=picked)
    desk.said.connect(screen.notices.append)
    with qtbot.waitActive(window):
        pictures.show(window, 1182, 646)
    screen.settle()
    return screen


@pytest.fixture
def screen(qtbot: QtBot, world: World, desk: Desk) -> Iterator[Screen]:
    made = open_screen(qtbot, world, desk)
    yield made
    made.view.presenter.close()


def journal_length(screen: Screen) -> int:
    with look(screen.world) as session:
        return journal.count(session)


SIZES = ((1182, 646), (1220, 598), (851, 390), (1740, 980))


def resize(screen: Screen, width: int, height: int) -> None:
    """The room a screen has in the window: the rail and the top bar are taken off."""
    found = metrics.layout_class(width + 184, height + 52, theme.current().factor)
    screen.view.set_layout_class(found)
    pictures.show(screen.window, width, height)
    screen.settle()
    assert (screen.window.width(), screen.window.height()) == (width, height), "it asks for more room than there is"
