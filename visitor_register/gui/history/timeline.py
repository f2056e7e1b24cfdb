"""The entries of a visit, one under the other, in the order they were written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui.history.telling import Told
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone


class Timeline(QWidget):
    """A paper visitors' book, page by page: nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What was written about this visit")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._told: tuple[Told, ...] = ()

    @property
    def told(self) -> tuple[Told, ...]:
        """What is shown."""
        return self._told

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these entries."""
        if tuple(told) == self._told:
            return
        self._told = tuple(told)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(self._told):
            if number:
                self._column.addWidget(frame("line"))
            self._column.addWidget(_entry(one))


def _entry(told: Told) -> QWidget:
    made = QWidget()
    made.setAccessibleName(". ".join(part for part in (told.title, *told.lines, told.mark, told.written) if part))
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(PlainLabel(told.title, t="strong", wrap=True))
    for line in told.lines:
        column.addWidget(PlainLabel(line, wrap=True))
    if told.mark:
        column.addWidget(Pill(told.mark, Tone.NEUTRAL, Shape.MACHINE))
    column.addWidget(PlainLabel(told.written, t="cap", wrap=True))
    return made
