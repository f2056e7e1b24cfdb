"""Small parts side by side that wrap onto further lines, and always have the height those need."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QSize
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

    def show_only(self, shown: Collection[QWidget]) -> None:
        """Show these of the parts and hide the others, which take no room then."""
        for part in self._parts:
            part.setVisible(part in shown)
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
        top, gap = 0, theme.current().px(_GAP)
        for line in self._lines(gap):
            left, high = 0, max(size.height() for _, size in line)
            for part, size in line:
                wide = self.width() - left if part is self._last else size.width()
                part.setGeometry(left, top + (high - size.height()) // 2, wide, size.height())
                left += wide + gap
            top += high + gap
        self.setFixedHeight(max(0, top - gap))

    def _lines(self, gap: int) -> list[list[tuple[QWidget, QSize]]]:
        """Which parts share a line, each with its size; one wider than the box has a line of its own, shortened."""
        lines: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        shown = [part for part in self._parts if not part.isHidden()]
        for part in (*shown, *([self._last] if self._last is not None else [])):
            size = part.sizeHint()
            size.setWidth(min(theme.current().px(self._least) if part is self._last else size.width(), self.width()))
            if not lines or left + size.width() > self.width():
                lines.append([])
                left = 0
            lines[-1].append((part, size))
            left += size.width() + gap
        return lines
