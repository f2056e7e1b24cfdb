"""What happens to a bug: its place goes to the log, one plain dialog is shown, and the program stays up."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QMessageBox

from visitor_register.gui.widgets.message_box import tell

_WORDS = (
    "Something in the program went wrong. What was shown as saved is saved.\n\n"
    "You can go on working. If it happens again, close the program and open it again, "
    "and tell whoever looks after it: the log says where it happened."
)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
Show = Callable[[str], QMessageBox]


def describe(error: BaseException) -> str:
    """Where an error happened and of which kind. Not its words and no values: they may hold a name."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = "".join(traceback.format_tb(seen.__traceback__))
        parts.append(f"{frames}{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\nduring:\n".join(parts)


class Discreet(logging.Formatter):
    """Writes lines of the log; of an error, whoever logs it, only what `describe` says."""

    def formatException(self, ei: Any) -> str:
        """The formatter's own: places and kinds, no words of the error."""
        return "" if ei[1] is None else describe(ei[1])


def _show(words: str) -> QMessageBox:
    return tell(None, "Visitor Register", words)


class CrashReporter(QObject):
    """Takes what nobody else caught, from every thread."""

    _happened = Signal()

    def __init__(self, log: logging.Logger, show: Show = _show, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log, self._show = log, show
        self._dialog: QMessageBox | None = None
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._qt_before: Callable[..., object] | None = None
        # Queued: an exception may come from a worker, or in the middle of painting.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch everything from now on, Qt's own messages included."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        self._qt_before = qInstallMessageHandler(self._qt_message)

    def uninstall(self) -> None:
        """Put back what was there before."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            self._before = None
            qInstallMessageHandler(self._qt_before)

    def report(self, error: BaseException) -> None:
        """Log a bug and tell the person, once at a time."""
        self._log.error("A bug:\n%s", describe(error))
        self._happened.emit()

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _qt_message(self, kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        self._log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", words)

    @Slot()
    def _tell(self) -> None:
        if self._dialog is None:
            self._dialog = self._show(_WORDS)
            self._dialog.finished.connect(self._closed)

    @Slot()
    def _closed(self) -> None:
        self._dialog = None
