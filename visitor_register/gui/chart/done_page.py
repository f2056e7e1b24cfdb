"""The chart is in use: what follows from it, and the way back."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.chart.import_state import Done
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine, Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone

_LINES = 4


class DonePage(Card):
    """A sentence, what to do next, and Undo.

    Signals:
        undo_wanted: It was a mistake.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("The chart was accepted")
        self._message = ""
        self.title = PlainLabel(t="h1", wrap=True)
        self.next_steps = [IconLine("chevron-right", wrap=True) for _ in range(_LINES)]
        self.copy = KeyButton("Copy a message to the council", icon="mail")
        self.copied = PlainLabel(t="cap")
        self.undo = KeyButton("Undo this import", icon="undo-2", kind="danger")
        head, inside = QHBoxLayout(), QWidget()
        inside.setProperty("role", "scrolled")
        head.setSpacing(12)
        head.addWidget(Mark(tone=Tone.KNOWN, size=32), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(metrics.FIELD_GAP)
        for part in (self.copy, self.undo, self.copied):
            buttons.addWidget(part)
        buttons.addStretch(1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(metrics.FIELD_GAP)
        column.addLayout(head)
        for line in self.next_steps:
            column.addWidget(line)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(1)
        self.body.addWidget(Scrolling(inside), 1)
        self.copy.clicked.connect(self._copy)
        self.undo.clicked.connect(self.undo_wanted)

    @Slot(object)
    def show_done(self, shown: Done) -> None:
        """Say what is in use."""
        self._message = shown.message
        self.title.setText(shown.title)
        for at, line in enumerate(self.next_steps):
            line.set_text(shown.next_steps[at] if at < len(shown.next_steps) else "")
            line.setVisible(at < len(shown.next_steps))
        self.copy.setVisible(bool(shown.message))
        self.copied.setText("")

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._message)
        self.copied.setText("It is copied. Nothing is sent from here.")
