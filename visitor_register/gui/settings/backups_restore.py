"""The box in which somebody goes back to a backup: what would be lost, their own password, and two ways out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitor_register.gui import metrics
from visitor_register.gui.settings.boxes import secret
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_THEN = "The program closes the register, restores it, and asks everybody to sign in again."


class RestoreBox(WrappingFrame):
    """Stands under the list, once somebody pressed Restore beside a backup.

    Signals:
        agreed: The password of whoever is at the desk.
        left: Nobody goes back after all.
    """

    agreed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.question = PlainLabel(t="strong", wrap=True)
        self.lost = PlainLabel(wrap=True)
        self.own = secret()
        self.field = Field("Your own password", self.own)
        self.restore = KeyButton("Close the register and restore", kind="danger")
        self.leave = KeyButton("Leave it as it is")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(metrics.FIELD_GAP)
        for widget in (self.question, self.lost, self.field):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.restore)
        row.addWidget(self.leave)
        row.addStretch(1)
        column.addLayout(row)
        self.restore.clicked.connect(self._agree)
        self.own.returnPressed.connect(self._agree)
        self.leave.clicked.connect(self.left)

    def ask(self, made: str) -> None:
        """Ask about the backup of this moment."""
        self.forget()
        self.question.setText(f"Go back to the backup of {made}?")
        self.lost.setText("Counting what was written since.")
        self.show()
        self.keep_height()
        self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_lost(self, words: str) -> None:
        """What would be lost by it."""
        self.lost.setText(f"{words} {_THEN}")
        self.keep_height()
        announce(self, self.lost.text(), urgent=True)

    def forget(self) -> None:
        """No password stays, and no question."""
        self.own.clear()
        self.field.set_error("")
        self.hide()

    @Slot()
    def _agree(self) -> None:
        self.agreed.emit(self.own.text())
