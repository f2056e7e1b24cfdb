"""Entries about a booking, one under the other, as they were written: nothing in them can be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.bookings.history_words import Told
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame, frame
from visitor_register.gui.widgets.plain_label import PlainLabel

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class EntriesBox(WrappingFrame):
    """A sunken box; what happened is large, when and by whom it was written is small.

    It is one stop for Tab; Up and Down go through it and have each entry read out, so that all of a long list can be
    read without a mouse.

    Signals:
        reached: The keyboard is at this entry: scroll to it.
    """

    reached = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: tuple[Told, ...] = ()
        self.entries: list[Entry] = []
        self._at = 0
        self.setProperty("role", "sunken")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(4, 10, 12, 12)
        self._inside.setSpacing(8)

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these entries."""
        if tuple(told) == self.told:
            return
        self.told = tuple(told)
        self.entries.clear()
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(self.told):
            if number:
                self._inside.addWidget(frame("line"))
            self.entries.append(Entry(one))
            self._inside.addWidget(self.entries[-1])
        self._go(min(self._at, max(len(self.entries) - 1, 0)))
        self.keep_height()

    def as_text(self) -> str:
        """All of them, a line for each."""
        return "\n".join(one.as_text() for one in self.told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up or down."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.entries:
            super().keyPressEvent(event)
            return
        self._go(min(max(self._at + step, 0), len(self.entries) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin where somebody was."""
        super().focusInEvent(event)
        self._go(self._at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark nothing."""
        super().focusOutEvent(event)
        self._go(self._at)

    def _go(self, at: int) -> None:
        self._at = at
        for number, entry in enumerate(self.entries):
            entry.mark(marked=number == at and self.hasFocus())
        if self.entries and self.hasFocus():
            self.setAccessibleDescription(self.told[at].as_text())
            announce(self, self.told[at].as_text())
            self.reached.emit(self.entries[at])


class Entry(QWidget):
    """One entry, read out as one line; the one that has the keyboard has a line at its left."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.marked = False
        self.setAccessibleName(told.as_text())
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(told.title, t="strong", wrap=True))
        for line in told.lines:
            column.addWidget(PlainLabel(line, wrap=True))
        column.addWidget(PlainLabel(told.written, t="cap", wrap=True))

    def mark(self, *, marked: bool) -> None:
        """Show that the keyboard is here, or no longer."""
        self.marked = marked
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        super().paintEvent(event)
        if self.marked:
            look = theme.current()
            painter = QPainter(self)
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.color("focus"))
            painter.end()
