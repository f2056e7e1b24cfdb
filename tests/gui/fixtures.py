"""What every test of a window shares: our typeface, a theme, and nothing left behind."""

import contextlib
import gc
import itertools
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World
from visitor_register.domain.people import Operator
from visitor_register.gui import fonts, theme
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.theme import Scheme, Theme


@pytest.fixture(scope="session")
def _typeface(qapp: QApplication) -> None:
    found = fonts.real_family(fonts.font())
    assert found == fonts.FAMILY, f"texts would be measured in {found}"


@pytest.fixture
def look(qapp: QApplication, _typeface: None) -> Theme:
    """The light theme at text size 100 %; a test may change it."""
    found = theme.current()
    if (found.scheme, found.factor) != (Scheme.LIGHT, 1.0):
        found.use(Scheme.LIGHT)
    return found


class DressingBot(QtBot):
    """Dresses every widget that stands alone in a test, as the program dresses its window."""

    def addWidget(self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None) -> None:
        """Dress it, and close it after the test."""
        theme.current().dress(widget)
        super().addWidget(widget, before_close_func=before_close_func)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest, look: Theme) -> QtBot:
    """As pytest-qt's own, for widgets that are dressed."""
    return DressingBot(request)


# Colours move nothing and sizes colour nothing: two looks try both.
@pytest.fixture(params=[(Scheme.LIGHT, 1.0), (Scheme.DARK, 1.3)], ids=str)
def every_look(request: pytest.FixtureRequest, look: Theme) -> Iterator[Theme]:
    """Both schemes, and the largest text."""
    look.use(*request.param)
    yield look
    look.use(Scheme.LIGHT)


def _windows() -> set[QObject]:
    return {widget for widget in QApplication.topLevelWidgets() if not widget.inherits("QTipLabel")}


def _running_timers() -> set[QTimer]:
    kinds, things = _and_its_children(QTimer), gc.get_objects()
    timers = itertools.compress(things, map(kinds.__contains__, map(type, things)))
    return {timer for timer in timers if _alive(timer) and timer.isActive() and timer.parent() is None}


def _and_its_children(kind: type) -> set[type]:
    return {kind}.union(*map(_and_its_children, kind.__subclasses__()))


def _alive(thing: QObject) -> bool:
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


@pytest.fixture(autouse=True)
def nothing_left_behind(look: Theme) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind. Set up first, so it looks last."""
    threads, windows = set(threading.enumerate()), _windows()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    left: list[object] = [thread.name for thread in set(threading.enumerate()) - threads]
    # What only waits for Python's collector is not left behind.
    if _windows() - windows:
        gc.collect()
    left += [f"window {widget!r}" for widget in _windows() - windows]
    left += [f"timer {timer!r}" for timer in _running_timers()]
    assert not left, f"left behind: {left}"


@contextlib.contextmanager
def desk_of(world: World, operator: Operator, *, dsl: bool = False) -> Iterator[Desk]:
    """A desk with somebody at it, whose jobs must not crash; with `dsl` the DSL's file is open too."""
    crashes: list[BaseException] = []
    files = (world.register, *((world.register.dsl_file(),) if dsl else ()))
    jobs, *more = (JobRunner(file.read, file.write, crashes.append) for file in files)
    yield Desk(jobs, operator, now=world.clock, dsl_jobs=more[0] if more else None)
    for runner in (jobs, *more):
        runner.close()
    assert crashes == []
