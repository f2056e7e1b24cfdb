"""Small parts side by side that wrap onto further lines, and always have the height those need."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from visitor_register.gui import theme

_GAP = 6


class WrapBox(QWidget):
    """Parts in their order. `last`, if there is one, stands behind them and takes the rest of its line."""

    def __init__(self, last: QWidget | None = None, *, least: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[QWidget, ...] = ()
        self._last, self._least = last, least
        if last is not None:
            last.setParent(self)

    def set_parts(self, parts: Sequence[QWidget]) -> None:
        """Show these in place of those that are there, which go."""
        for old in self._parts:
            old.hide()
            old.deleteLater()
        self._parts = tuple(parts)
        for part in self._parts:
            part.setParent(self)
            part.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        look = theme.current()
        shown = [*self._parts, *([self._last] if self._last is not None else [])]
        gap, high = look.px(_GAP), max((part.sizeHint().height() for part in shown), default=0)
        left, top = 0, 0
        for part in shown:
            size, last = part.sizeHint(), part is self._last
            wide = look.px(self._least) if last else min(size.width(), self.width())
            if left and left + wide > self.width():
                left, top = 0, top + high + gap
            part.setGeometry(
                left, top + (high - size.height()) // 2, self.width() - left if last else wide, size.height()
            )
            left += wide + gap
        self.setFixedHeight(top + high)
