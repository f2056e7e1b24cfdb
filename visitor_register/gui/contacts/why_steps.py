"""The numbered steps that lead to a due day, and the muted remark under them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.contacts.words import StepWords
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel


class Remark(QWidget):
    """A muted line with an icon."""

    def __init__(self) -> None:
        super().__init__()
        self.words = PlainLabel(t="cap", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Mark("info", size=18, ink="muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def say(self, words: str) -> None:
        """Show another one."""
        self.words.setText(words)


class Steps(QWidget):
    """The steps, one under the other, each with its number."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setAccessibleName("Why is it due then?")
        self._steps: tuple[StepWords, ...] = ()

    def show_steps(self, steps: Sequence[StepWords]) -> None:
        """Show these in place of those that are there."""
        if tuple(steps) == self._steps:
            return
        self._steps = tuple(steps)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, step in enumerate(self._steps, 1):
            self._column.addWidget(_numbered(number, step))


def _numbered(number: int, step: StepWords) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{number}. {step.title}. {step.detail}".strip())
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    grid.addWidget(PlainLabel(f"{number}.", t="strong"), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(PlainLabel(step.title, t="strong", wrap=True), 0, 1)
    if step.detail:
        grid.addWidget(PlainLabel(step.detail, t="muted", wrap=True), 1, 1)
    return made
