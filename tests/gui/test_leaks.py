"""The leak fixture notices what it is there for."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.gui.fixtures import _running_timers, _windows


def test_a_window_is_seen_while_it_lives() -> None:
    before = _windows()
    window = QWidget()
    assert _windows() - before == {window}
    del window
    assert _windows() == before


def test_a_running_timer_is_seen_until_it_stops() -> None:
    timer = QTimer()
    timer.start(1000)
    assert timer in _running_timers()
    timer.stop()
    assert timer not in _running_timers()
