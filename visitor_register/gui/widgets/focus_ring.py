"""The ring around the button that has the keyboard."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.key_button import KeyButton

_GAP = 3
_LINE = 2
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange)


class FocusRing(QWidget):
    """One for each window, above everything in it and transparent for the mouse. Fields show their own focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: KeyButton | None = None
        self._watched: list[QWidget] = []
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A button that goes with its page loses the keyboard while it is being deleted.
        for widget in filter(shiboken6.isValid, self._watched):
            widget.removeEventFilter(self)
        if self._target is not None and shiboken6.isValid(self._target):
            self._target.ring_changed.disconnect(self._place)
            self._target.destroyed.disconnect(self._forget)
        self._target, self._watched = None, []
        if isinstance(new, KeyButton) and new.window() is self.window():
            self._target = new
            new.ring_changed.connect(self._place)
            new.destroyed.connect(self._forget)
            holder: QWidget | None = new
            while holder is not None and holder is not self.window():
                holder.installEventFilter(self)
                self._watched.append(holder)
                holder = holder.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along with the button and all it stands in."""
        if event.type() in _MOVES:
            self._place()
        return False

    @Slot()
    def _forget(self) -> None:
        self._target, self._watched = None, []
        self.hide()

    @Slot()
    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible() or not target.wants_ring():
            self.hide()
            return
        room = _GAP + _LINE
        where = QRect(target.mapTo(self.window(), QPoint(0, 0)), target.size())
        self.setGeometry(where.adjusted(-room, -room, room, room))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._target is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color(self._target.ring_token), _LINE))
        radius = self._target.radius() + 4
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()
