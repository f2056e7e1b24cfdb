"""What an empty screen shows: what it is, and what to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel


class EmptyState(QWidget):
    """Icon, title, one sentence, one main button and perhaps a second.

    Signals:
        acted: The main button.
        acted_second: The other one.
    """

    acted = Signal()
    acted_second = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        *,
        action: str = "",
        action_icon: str = "",
        second: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, t="h1", wrap=True)
        self.sentence = PlainLabel(sentence, t="muted", wrap=True)
        self.main = KeyButton(action, icon=action_icon, kind="primary")
        self.second = KeyButton(second)
        middle = Qt.AlignmentFlag.AlignHCenter
        for label in (self.title, self.sentence):
            label.setAlignment(middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Mark(icon, size=48, ink="muted"), 0, middle)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.main)
        row.addWidget(self.second)
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        column.addStretch(1)
        self.main.setVisible(bool(action))
        self.second.setVisible(bool(second))
        self.main.clicked.connect(self.acted)
        self.second.clicked.connect(self.acted_second)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A stack gives the page it turns to the keyboard; here is nothing that shows it, so it goes on."""
        super().focusInEvent(event)
        self.focusNextChild()

    def show_words(self, title: str, sentence: str) -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
