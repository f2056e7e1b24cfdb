"""How somebody stood on the chart on another day."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel


class ThenBox(QWidget):
    """A day, and what the chart said then.

    Signals:
        asked: The day as typed.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = line_edit(placeholder="02/11/2026", longest=30)
        self.field = Field("On the chart of another day", self.day)
        self.show_button = KeyButton("Show", icon="history", name="Show how the chart was on that day")
        self.words = PlainLabel(wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.words)
        self.words.hide()
        self.day.returnPressed.connect(self._ask)
        self.show_button.clicked.connect(self._ask)

    def clear(self) -> None:
        """Somebody else is shown."""
        self.day.clear()
        self.show_then("", "")

    @Slot(str, str)
    def show_then(self, words: str, wrong: str) -> None:
        """Show what the chart said, or what to write instead of the day."""
        self.field.set_error(wrong)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    @Slot()
    def _ask(self) -> None:
        self.asked.emit(self.day.text())
