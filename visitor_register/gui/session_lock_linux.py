"""What a Linux desktop tells of sleep and of its own lock, over its message bus. Without one it tells nothing."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot

try:
    from PySide6.QtDBus import QDBusConnection
except ImportError:  # the system's own library for the bus is not installed
    QDBusConnection = None  # type: ignore[assignment, misc]

_LOGIN = "org.freedesktop.login1"
_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class LinuxSession(QObject):
    """Listens to the log-in service, and to the screen lock of the desktop."""

    def __init__(
        self,
        slept: Callable[[], None],
        locked: Callable[[], None],
        *,
        buses: Any = QDBusConnection,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._slept, self._locked, self._buses = slept, locked, buses

    def start(self) -> None:
        """Begin to listen, where there is a bus."""
        if self._buses is None:
            return
        system, own = self._buses.systemBus(), self._buses.sessionBus()
        if system.isConnected():
            path, manager = "/org/freedesktop/login1", f"{_LOGIN}.Manager"
            system.connect(_LOGIN, path, manager, "PrepareForSleep", self, SLOT("prepare_for_sleep(bool)"))
            # Of any session: a desk that locks once too often loses nothing.
            system.connect(_LOGIN, "", f"{_LOGIN}.Session", "Lock", self, SLOT("session_locked()"))
        if own.isConnected():
            for name in _SCREEN_SAVERS:
                own.connect("", "", name, "ActiveChanged", self, SLOT("screen_saver(bool)"))

    def stop(self) -> None:
        """Listen no more: Qt forgets what leads to an object that is gone."""
        self.deleteLater()

    @Slot(bool)
    def prepare_for_sleep(self, begins: bool) -> None:
        """Before sleeping, and after waking: before, so that nothing is to be seen at waking."""
        if begins:
            self._slept()

    @Slot()
    def session_locked(self) -> None:
        """Somebody asked for the lock of the session."""
        self._locked()

    @Slot(bool)
    def screen_saver(self, active: bool) -> None:
        """The desktop covered its screen, or uncovered it."""
        if active:
            self._locked()
