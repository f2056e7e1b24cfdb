"""How long the window waits while the camera's thread decodes and somebody drags it about."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.gui.fixtures import _typeface, look, qtbot
from tests.gui.pictures import desk_page
from tests.scanning.badges import bars, before_camera, blurred
from tests.scanning.fakes import FakeCamera
from visitor_register.gui.camera_thread import CameraThread
from visitor_register.scanning.decoder import live_decoder

__all__ = ["_typeface", "look", "qtbot"]

MOVES = 3_000


class _Hand(QObject):
    """Drags the window a little at every tick, and notes how late the tick came."""

    def __init__(self, window: QWidget, loop: QEventLoop) -> None:
        super().__init__(window)
        self._window, self._loop, self._last = window, loop, time.perf_counter()
        self.late: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        self._timer.start(1)

    @Slot()
    def _move(self) -> None:
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - 1)
        self._last = now
        self._window.move(len(self.late) % 97, len(self.late) % 61)
        if len(self.late) >= MOVES:
            self._timer.stop()
            self._loop.quit()


@pytest.mark.benchmark
def test_the_window_is_dragged_while_the_camera_decodes(qtbot: QtBot, look: object) -> None:
    window = desk_page()
    qtbot.addWidget(window)
    window.resize(1366, 698)
    window.show()
    hard = blurred(before_camera(bars("S4711008"), turned=17), 2.5)

    def decoded(with_camera: bool) -> tuple[float, float, float]:
        thread = CameraThread(lambda: FakeCamera([hard]), live_decoder)
        if with_camera:
            thread.start()
        loop = QEventLoop()
        hand = _Hand(window, loop)
        loop.exec()
        thread.stop()
        median, p99 = np.percentile(hand.late, [50, 99])
        return float(median), float(p99), max(hand.late)

    print()
    for name, with_camera in (("dragged alone", False), ("dragged beside decoding", True)):
        median, p99, longest = decoded(with_camera)
        print(f"{name:25} late by {median:.2f} ms median, {p99:.2f} ms p99, {longest:.2f} ms at most")
