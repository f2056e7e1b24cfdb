"""The numbered steps that lead to a due day, and the muted remark under them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

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


def numbered(steps: Sequence[StepWords]) -> QWidget:
    """The steps, one under the other, each with its number."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    for number, step in enumerate(steps):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(PlainLabel(f"{number + 1}.", t="strong"), 2 * number, 0, top)
        grid.addWidget(PlainLabel(step.title, t="strong", wrap=True), 2 * number, 1)
        if step.detail:
            grid.addWidget(PlainLabel(step.detail, t="muted", wrap=True), 2 * number + 1, 1)
        grid.setRowMinimumHeight(2 * number + 1, 8)
    return made
