"""Parts that sections share: a box set into the page, a row of buttons, and a line for a password."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from visitor_register.gui import metrics
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton


def sunken() -> tuple[QFrame, QVBoxLayout]:
    """A box set into the page, and the column in it."""
    box = frame("sunken")
    column = QVBoxLayout(box)
    column.setContentsMargins(12, 10, 12, 10)
    column.setSpacing(metrics.FIELD_GAP)
    return box, column


def button_row(*buttons: KeyButton) -> QHBoxLayout:
    """Buttons side by side, from the left."""
    row = QHBoxLayout()
    row.setSpacing(metrics.FIELD_GAP)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def secret(*, longest: int = 256) -> QLineEdit:
    """A line that hides what is typed."""
    line = line_edit(longest=longest)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
