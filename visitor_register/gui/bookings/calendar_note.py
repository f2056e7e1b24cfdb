"""What to do first, on a day or week on which nothing stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea

from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.plain_label import PlainLabel


class EmptyNote(PlainLabel):
    """What to do where nothing stands; the ring of the keyboard is round it, since there is no card to have it."""

    def __init__(self, view: QScrollArea) -> None:
        super().__init__(t="muted", wrap=True)
        self._view = view
        self.setParent(view.viewport())
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words on a ground of their own, so that no hour line goes through them."""
        painter, focused = QPainter(self), self._view.hasFocus()
        line, width = ("focus", 2) if focused else ("border", 1)
        paint.box(painter, self.rect(), theme.current().px(8), fill="raised", line=line, width=width)
        painter.end()
        super().paintEvent(event)
