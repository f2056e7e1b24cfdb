"""Notices that nobody is at the desk: no key and no mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication

LOCK_AFTER = 240
"""Seconds. Source: the screens, "First start, and every start"."""

_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Idle(QObject):
    """Watches the application.

    Signals:
        left_alone: Nobody has touched anything for so long.
    """

    left_alone = Signal()

    def __init__(
        self, *, seconds: int = LOCK_AFTER, timer: QTimer | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(seconds * 1000)
        self._timer.timeout.connect(self.left_alone)

    def start(self) -> None:
        """Begin to watch."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Stop watching: the desk is locked, or the program ends."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every sign of life starts the time again; nothing is kept from anybody."""
        if isinstance(event, QInputEvent) and event.type() in _LIFE:
            self._timer.start()
        return False
