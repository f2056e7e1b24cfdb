"""What every test of a window shares: our typeface, a theme, and nothing left behind."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from visitor_register.gui import fonts, theme
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


@pytest.fixture(params=[(Scheme.LIGHT, 1.0), (Scheme.DARK, 1.0), (Scheme.LIGHT, 1.3), (Scheme.DARK, 1.3)], ids=str)
def every_look(request: pytest.FixtureRequest, look: Theme) -> Iterator[Theme]:
    """Both schemes, and the largest text."""
    look.use(*request.param)
    yield look
    look.use(Scheme.LIGHT)


def _windows() -> set[QObject]:
    return {widget for widget in QApplication.topLevelWidgets() if not widget.inherits("QTipLabel")}


def _running_timers() -> set[QTimer]:
    return {
        thing
        for thing in gc.get_objects()
        if issubclass(type(thing), QTimer) and _alive(thing) and thing.isActive() and thing.parent() is None
    }


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
