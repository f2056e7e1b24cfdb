"""A page that scrolls up and down where it has not the height it wants, and is never cut at the side."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class Scrolling(QScrollArea):
    """Holds one widget. It takes no focus itself: Tab goes to what is inside, and that scrolls into view."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        # Qt fills both by itself: a card would show through as a grey box.
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs, with the bar; as low as one likes."""
        inside = self.widget()
        wide = inside.minimumSizeHint().width() if inside is not None else 0
        return QSize(wide + self.verticalScrollBar().sizeHint().width(), 60)

    def sizeHint(self) -> QSize:
        """What the content would like."""
        inside = self.widget()
        return inside.sizeHint() if inside is not None else super().sizeHint()
