"""One question in the page, never a dialog: why somebody is put back, whether a draft is dropped."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel


class AskBar(Card):
    """A sentence, a line for the answer, and two buttons.

    Signals:
        closed: The question is over, answered or not.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=8, parent=parent)
        self._then: Callable[[str], None] | None = None
        self.words = PlainLabel(t="strong")
        self.answer = line_edit(placeholder="In a few words")
        self.yes = KeyButton("Save", key="Enter", kind="primary")
        self.no = KeyButton("Leave it", key="Esc")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.words)
        row.addWidget(self.answer, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.body.addLayout(row)
        self.answer.returnPressed.connect(self._answered)
        self.yes.clicked.connect(self._answered)
        self.no.clicked.connect(self.close_bar)
        self.hide()

    def ask(self, question: str, then: Callable[[str], None]) -> None:
        """Ask; `then` gets the answer, which is never empty."""
        self._then = then
        self.words.setText(question)
        self.answer.clear()
        self.answer.setAccessibleName(question)
        self.show()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    @Slot()
    def close_bar(self) -> None:
        """Take the question away."""
        self._then = None
        self.hide()
        self.closed.emit()

    @Slot()
    def _answered(self) -> None:
        answer, then = self.answer.text().strip(), self._then
        if not answer or then is None:
            return
        self.close_bar()
        then(answer)
