"""A state in a word and a shape, never in colour alone."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.tone import Shape, Tone

HEIGHT = 26


class Pill(QWidget):
    """A pill that stands alone. Rows paint theirs themselves."""

    def __init__(self, text: str, tone: Tone, shape: Shape | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = PillSpec(text, tone, shape)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Its word."""
        return self._spec.text

    def spec(self) -> PillSpec:
        """What it shows."""
        return self._spec

    def show_state(self, text: str, tone: Tone, shape: Shape | None = None) -> None:
        """Show another state."""
        self._spec = PillSpec(text, tone, shape)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text_room(self) -> tuple[int, int]:
        """Width needed, and width there is."""
        return paint.pill_width(self._spec), self.width()

    def sizeHint(self) -> QSize:
        """Room for the shape and the word."""
        return QSize(paint.pill_width(self._spec), theme.current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A pill is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint.pill(painter, self.rect(), self._spec)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
