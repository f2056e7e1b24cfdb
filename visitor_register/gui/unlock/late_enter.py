"""The sixth digit unlocks at once; the Enter that fingers press after it must not press a button of the desk."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

LATE = 800
"""Milliseconds after unlocking in which an Enter is still meant for the PIN."""


class LateEnter(QObject):
    """Swallows Return and Enter for a moment. It is asked before the scanner's filter, which would hold them back."""

    def __init__(self, *, timer: QTimer | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.stop)
        self._listens = False

    def expect(self) -> None:
        """Somebody was let in just now."""
        application = QApplication.instance()
        if application is not None and not self._listens:
            application.installEventFilter(self)
            self._listens = True
        self._timer.start(LATE)

    def stop(self) -> None:
        """Let every key through again."""
        application = QApplication.instance()
        if application is not None and self._listens:
            application.removeEventFilter(self)
        self._listens = False
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: True keeps the event from `watched`."""
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return True
        return False
