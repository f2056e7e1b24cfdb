"""The frames everything stands in: cards, quiet boxes and hairlines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.widgets.plain_label import PlainLabel


def frame(role: str, parent: QWidget | None = None) -> QFrame:
    """A frame in a role of the stylesheet: `page`, `sunken`, `line`, `vline`, `top`, `rail`."""
    made = QFrame(parent)
    made.setProperty("role", role)
    return made


class WrappingFrame(QFrame):
    """A frame that always leaves its wrapped lines the height they need at its width."""

    _laid_out = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the lines at the new width."""
        super().resizeEvent(event)
        self._laid_out = True
        self.keep_height()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the words it got while it was hidden: at an unchanged width nothing else would."""
        super().showEvent(event)
        self.keep_height()

    def keep_height(self) -> None:
        """Measure again; call it when the words changed. Layouts alone forget wrapped lines in a crowded window."""
        layout = self.layout()
        # Before it was laid out its width means nothing, and a minimum from it would stretch the window.
        if self._laid_out and layout is not None and layout.hasHeightForWidth():
            # A layout that was active already would leave the lines where they were at the old height.
            layout.invalidate()
            layout.activate()
            self.setMinimumHeight(max(self.least_height(), layout.totalMinimumHeightForWidth(self.width())))

    def least_height(self) -> int:
        """The height below which it never goes."""
        return 0


class Card(QFrame):
    """A raised card with an optional title and a muted hint at its right. Content goes into `body`."""

    def __init__(
        self, title: str = "", hint: str = "", *, margin: int = metrics.CARD_MARGIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = PlainLabel(title, t="h2")
        self.hint = PlainLabel(hint, t="cap", elide=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.setSpacing(metrics.FIELD_GAP)
        self.head.addWidget(self.title)
        self.head.addWidget(self.hint, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(metrics.FIELD_GAP)
        if title:
            self.body.addLayout(self.head)
            self.setAccessibleName(title)
        else:
            self.title.setParent(self)
            self.hint.setParent(self)
            self.title.hide()
            self.hint.hide()

    def set_title(self, title: str, hint: str = "") -> None:
        """Change the words at the top of a card that has a title."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.setAccessibleName(title)
