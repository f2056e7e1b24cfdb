"""Notices that nobody is at the desk: no key and no mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QInputEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

BLANK_AFTER = 60
LOCK_AFTER = 240
"""Seconds. Source of both: the screens, "First start, and every start"."""

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
        gone_quiet: Nobody has touched anything for a minute.
        left_alone: Nor for three more.
        moved: The mouse was moved.
    """

    gone_quiet = Signal()
    left_alone = Signal()
    moved = Signal()

    def __init__(
        self, *, quiet: QTimer | None = None, alone: QTimer | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._quiet, self._alone = quiet or QTimer(self), alone or QTimer(self)
        self._pointer: QPoint | None = None
        for timer, said in ((self._quiet, self.gone_quiet), (self._alone, self.left_alone)):
            timer.setSingleShot(True)
            timer.timeout.connect(said)

    def start(self) -> None:
        """Begin to watch."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._again()

    def stop(self) -> None:
        """Stop watching: the program ends."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._quiet.stop()
        self._alone.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every sign of life starts the time again; nothing is kept from anybody."""
        if isinstance(event, QInputEvent) and event.type() in _LIFE:
            if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseMove:
                self._again()
            elif self._has_moved(event):
                self._again()
                self.moved.emit()
        return False

    def _has_moved(self, event: QMouseEvent) -> bool:
        """Whether the mouse itself moved: a page that changes under a resting mouse makes moves as well."""
        where, before = event.globalPosition().toPoint(), self._pointer
        self._pointer = where
        return before is not None and where != before

    def _again(self) -> None:
        self._quiet.start(BLANK_AFTER * 1000)
        self._alone.start(LOCK_AFTER * 1000)
