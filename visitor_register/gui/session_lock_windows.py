"""What Windows tells of sleep, of its own lock and of another user, as messages to our window."""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject

_WM_POWERBROADCAST, _WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
_SUSPEND, _RESUME_SUSPEND, _RESUME_AUTOMATIC = 0x4, 0x7, 0x12
_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK = 0x2, 0x4, 0x6, 0x7

_SLEEPS = {_SUSPEND, _RESUME_SUSPEND, _RESUME_AUTOMATIC}
_LOCKS = {_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK}
_THIS_SESSION = 0


class Messages(QAbstractNativeEventFilter):
    """Reads every message to a window of ours and keeps none."""

    def __init__(self, slept: Callable[[], None], locked: Callable[[], None]) -> None:
        super().__init__()
        self._slept, self._locked = slept, locked

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:
        """Qt's own: False lets the message go on. `message` is where a MSG lies."""
        if bytes(kind) == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if told.message == _WM_WTSSESSION_CHANGE and told.wParam in _LOCKS:
                self._locked()
            elif told.message == _WM_POWERBROADCAST and told.wParam in _SLEEPS:
                self._slept()
        return False, 0


class WindowsSession(QObject):
    """Asks Windows for its messages about the session; those about power come by themselves."""

    def __init__(self, slept: Callable[[], None], locked: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages, self._window = Messages(slept, locked), 0

    def start(self, window: int) -> None:
        """Begin to listen at the window of this handle."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._messages)
        if sys.platform == "win32":
            self._window = window
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window), _THIS_SESSION)

    def stop(self) -> None:
        """Listen no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._messages)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
