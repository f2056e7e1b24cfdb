"""Who comes next, in words, while nobody stands at the desk."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.services.today import Board


class NextLine(QWidget):
    """Who comes next, in words, while nobody stands at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel("Nobody else is expected today", t="h1", elide=True)
        self.hint = PlainLabel("Scan a badge from any screen, or type two letters of a name.", t="muted", elide=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(Mark("clock", size=32, ink="muted"))
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addWidget(self.hint)
        row.addLayout(lines, 1)

    def show_board(self, board: Board) -> None:
        """Name the next one."""
        due = next(iter((*board.due_now, *board.later)), None)
        scan = "Scan a badge from any screen, or type two letters of a name."
        if due is None:
            self.title.setText("Nobody else is expected today")
            self.hint.setText(scan)
            return
        words = f"Next: {due.person.name}, {calendar.say_time(due.booking.starts_at)}"
        if due.booking.here_to_see:
            words += f", to see {due.booking.here_to_see}"
        self.title.setText(words)
        when = calendar.relative(due.booking.starts_at, board.at)
        self.hint.setText(f"{when[0].upper()}{when[1:]}. {scan}")

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """One line on a small screen."""
        self.hint.setVisible(layout_class is not LayoutClass.COMPACT)
