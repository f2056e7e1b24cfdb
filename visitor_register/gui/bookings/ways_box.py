"""A sunken box under a booking: a sentence, and a few ways to go on as buttons beside one another."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel


class WaysBox(QWidget):
    """Hidden until somebody shows it."""

    def lay_out(self, words: str, buttons: Sequence[KeyButton]) -> None:
        """Put the sentence above the buttons."""
        box = frame("sunken")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.addWidget(PlainLabel(words, t="cap", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(box)
        self.hide()
