"""Icons and shapes as small widgets, alone or in front of a line of text."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone


class Mark(QWidget):
    """A line icon, or the shape of a tone. Decoration: the word beside it says the same."""

    def __init__(
        self,
        icon: str = "",
        *,
        size: int = 20,
        ink: str = "text",
        tone: Tone | None = None,
        shape: Shape | None = None,
        on_band: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._size, self._ink, self._tone = icon, size, ink, tone
        self._shape, self._on_band = shape, on_band
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._resize()

    def show_icon(self, icon: str, ink: str = "text") -> None:
        """Show a line icon."""
        self._icon, self._ink, self._tone = icon, ink, None
        self.update()

    def show_tone(self, tone: Tone, shape: Shape | None = None) -> None:
        """Show the shape of a tone."""
        self._icon, self._tone, self._shape = "", tone, shape
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        rect = QRect(0, 0, self.width(), self.height())
        if self._on_band and self._tone not in (None, Tone.NEUTRAL):
            icons.draw_shape(painter, rect, self._tone.shape, self._tone.on, self._tone.band)
        elif self._tone is not None:
            paint.state_shape(painter, rect, paint.PillSpec("", self._tone, self._shape))
        elif self._icon:
            icons.draw(painter, rect, self._icon, self._ink)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._resize()

    def _resize(self) -> None:
        side = theme.current().px(self._size)
        self.setFixedSize(side, side)


class IconLine(QWidget):
    """One fact with an icon in front of it."""

    def __init__(
        self, icon: str, text: str = "", *, t: str = "body", ink: str = "", size: int = 18, wrap: bool = False
    ) -> None:
        super().__init__()
        self.mark = Mark(icon, size=size, ink=ink or ("muted" if t in ("muted", "cap", "capb") else "text"))
        self.label = PlainLabel(text, t=t, ink=ink, wrap=wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.label.setText(text)
