"""Notices that the computer slept or was locked: then the desk is locked too."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from visitor_register.gui.session_lock_linux import LinuxSession
    from visitor_register.gui.session_lock_windows import WindowsSession

ASLEEP = " because the computer was asleep"
WITH_COMPUTER = " together with the computer"
JUMPED = " because the computer was asleep or its clock was set"

TICK = 5
"""Seconds between two looks at the clocks."""

GAP = 60
"""Seconds that may be missing between two looks before it counts as having been away."""


class GapWatch(QObject):
    """Looks at two clocks every few seconds: on a computer that slept, one of them jumped.

    It needs nothing of the system, so it is there when the system tells nothing.

    Signals:
        jumped: More than a minute is missing, or too much.
    """

    jumped = Signal()

    def __init__(
        self,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
        timer: QTimer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        # Not the program's own clock: that one may stand still in a practice.
        self._clocks = wall, steady
        self._before = self._read()
        self._timer = timer or QTimer(self)
        self._timer.setInterval(TICK * 1000)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._before = self._read()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Compare both clocks with what they said before."""
        now = self._read()
        gone = [after - before for before, after in zip(self._before, now, strict=True)]
        self._before = now
        if any(abs(seconds - TICK) > GAP for seconds in gone):
            self.jumped.emit()

    def _read(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)


class SessionLock(QObject):
    """Joins what this system tells with the look at the clocks.

    Signals:
        away: Nobody can have been at the desk; why, to go on after "Locked at 10:20".
    """

    away = Signal(str)

    def __init__(self, *, gap: GapWatch | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gap = gap or GapWatch(parent=self)
        self._gap.jumped.connect(self._jumped)
        self._system: LinuxSession | WindowsSession | None = None

    def start(self, window: QWidget) -> None:
        """Begin to listen. `window` is the one the system is to tell."""
        self._gap.start()
        # Only what this system has is imported: the library for the bus takes its time.
        if sys.platform == "win32":
            from visitor_register.gui.session_lock_windows import WindowsSession

            windows = WindowsSession(self.slept, self.locked, parent=self)
            windows.start(int(window.window().winId()))
            self._system = windows
        else:
            from visitor_register.gui.session_lock_linux import LinuxSession

            linux = LinuxSession(self.slept, self.locked, parent=self)
            linux.start()
            self._system = linux

    def stop(self) -> None:
        """Listen no more."""
        self._gap.stop()
        if self._system is not None:
            self._system.stop()
            self._system = None

    @Slot()
    def slept(self) -> None:
        """The computer goes to sleep, or has just woken."""
        self.away.emit(ASLEEP)

    @Slot()
    def locked(self) -> None:
        """The computer was locked, or somebody else uses it now."""
        self.away.emit(WITH_COMPUTER)

    @Slot()
    def _jumped(self) -> None:
        self.away.emit(JUMPED)
