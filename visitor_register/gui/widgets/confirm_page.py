"""A page of something that waits to be confirmed: what it is at the top, and below it to do it or to leave it."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.plain_label import PlainLabel


class ConfirmPage(QWidget):
    """Ctrl+Enter does what the button says, Esc leaves it.

    Attributes:
        title, hint: What it is; in `head`, where more can be added.
        confirm, leave: The two ways on; in `foot`, where more can be added.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.hint = PlainLabel(t="h2", elide=True), PlainLabel(t="cap")
        self.confirm = KeyButton(words, icon="check", key="Ctrl+Enter", kind="primary")
        # Qt calls the key of the letters Return, and that of the digits Enter.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            press_with(self.confirm, keys)
        self.leave = KeyButton("Leave it", key="Esc")
        self.head, self.foot = QHBoxLayout(), QHBoxLayout()

    def lay_out(self, body: QWidget | QLayout) -> None:
        """Put head and foot round the body, which has all the room that is left."""
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.hint)
        self.foot.setSpacing(metrics.FIELD_GAP)
        self.foot.addWidget(self.confirm)
        self.foot.addWidget(self.leave)
        self.foot.addStretch(1)
        page = QVBoxLayout(self)
        margin = metrics.CARD_MARGIN
        page.setContentsMargins(margin, margin, margin, margin)
        page.setSpacing(metrics.FIELD_GAP)
        page.addLayout(self.head)
        if isinstance(body, QLayout):
            page.addLayout(body, 1)
        else:
            page.addWidget(body, 1)
        page.addLayout(self.foot)

    def tab_through(self, body: Iterable[QWidget]) -> None:
        """Let Tab go through what can be answered in this order, and then to the two ways on."""
        for before, after in pairwise([*body, self.confirm, self.leave]):
            QWidget.setTabOrder(before, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the button that leaves it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.leave.click()
            return
        super().keyPressEvent(event)
