"""Entries about a booking, one under the other, as they were written: nothing in them can be changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui.bookings.history_words import Told
from visitor_register.gui.widgets.card import WrappingFrame, frame
from visitor_register.gui.widgets.plain_label import PlainLabel


class EntriesBox(WrappingFrame):
    """A sunken box; what happened is large, when and by whom it was written is small. Each is read out as one line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: tuple[Told, ...] = ()
        self.setProperty("role", "sunken")
        self.setAccessibleName(name)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(12, 10, 12, 12)
        self._inside.setSpacing(8)

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these entries."""
        if tuple(told) == self.told:
            return
        self.told = tuple(told)
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(self.told):
            if number:
                self._inside.addWidget(frame("line"))
            self._inside.addWidget(_entry(one))
        self.keep_height()

    def as_text(self) -> str:
        """All of them, a line for each."""
        return "\n".join(one.as_text() for one in self.told)


def _entry(told: Told) -> QWidget:
    made = QWidget()
    made.setAccessibleName(told.as_text())
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(PlainLabel(told.title, t="strong", wrap=True))
    for line in told.lines:
        column.addWidget(PlainLabel(line, wrap=True))
    column.addWidget(PlainLabel(told.written, t="cap", wrap=True))
    return made
