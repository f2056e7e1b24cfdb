"""One visitor at home time: when they left, or what else is known of it."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.today.asked_row import AskedRow
from visitor_register.gui.today.home_time_presenter import STILL_HERE, HomeLine
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_HIGH, _HIGH_STACKED = 76, 116
_STACKS_BELOW = 800
"""Narrower than this the answers stand under the name."""


class HomeRow(AskedRow):
    """One visitor. The height is the same with and without a sentence under the time."""

    left_at = Signal(object, str, str)
    left_now = Signal(object)
    still_here = Signal(object)
    do_not_know = Signal(object)

    def __init__(self, line: HomeLine) -> None:
        super().__init__(line.name, line.second)
        self.visit: UUID = line.visit
        self.day = line_edit(line.day, longest=12)
        self.clock = line_edit(longest=8, placeholder="hh:mm")
        self.save = KeyButton("Save", name=f"Save when {line.name} left")
        self.now = KeyButton("Left just now", name=f"{line.name} left just now")
        self.here = KeyButton("Still here", name=f"{line.name} is still here")
        self.unknown = KeyButton("Do not know", name=f"Nobody knows when {line.name} left")
        self.wrong = PlainLabel(t="cap", ink="text", elide=True)
        self._mark = Mark(tone=Tone.NOT_KNOWN, size=16)
        self.day.setAccessibleName(f"Date on which {line.name} left")
        self.clock.setAccessibleName(f"Time at which {line.name} left")
        self._lay_out(self._right(line.earlier))
        for field in (self.day, self.clock):
            field.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.now.clicked.connect(self._now)
        self.here.clicked.connect(self._here)
        self.unknown.clicked.connect(self._unknown)
        self.show_wrong("clock", "")
        self.show_line(line)

    def show_line(self, line: HomeLine) -> None:
        """Show what is settled, or ask."""
        self._show_answer(line.answer, Tone.HERE if line.answer == STILL_HERE else Tone.NEUTRAL)

    def show_wrong(self, which: str, sentence: str) -> None:
        """Say under the fields what to write instead; the empty sentence takes it back."""
        field = self.day if which == "day" else self.clock
        theme.set_property(field, "invalid", bool(sentence))
        field.setAccessibleDescription(sentence)
        problem = self.day.accessibleDescription() or self.clock.accessibleDescription()
        self.wrong.setText(problem)
        self._mark.setVisible(bool(problem))
        if sentence:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            announce(field, sentence, urgent=True)

    def fit(self, width: int) -> None:
        """Stand beside the name, or under it where the row is narrow."""
        look = theme.current()
        stacked = width < look.px(_STACKS_BELOW)
        self._stack_parts(stacked, _HIGH_STACKED if stacked else _HIGH)
        self.day.setFixedWidth(look.px(126))
        self.clock.setFixedWidth(look.px(84))

    def _right(self, earlier: bool) -> QVBoxLayout:
        asked = QWidget()
        answers = QHBoxLayout(asked)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(metrics.FIELD_GAP)
        answers.addWidget(PlainLabel("Left at", t="label"))
        today_only: tuple[QWidget, ...] = (self.now, self.here)
        controls = (self.day, self.clock, self.save, *today_only, self.unknown)
        for control in controls:
            answers.addWidget(control)
        answers.addStretch(1)
        for control in today_only if earlier else (self.day,):
            control.hide()
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._mark)
        below.addWidget(self.wrong, 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self._ask_with(asked, controls))
        right.addLayout(below)
        right.addStretch(1)
        return right

    @Slot()
    def _save(self) -> None:
        self.left_at.emit(self.visit, self.day.text(), self.clock.text())

    @Slot()
    def _now(self) -> None:
        self.left_now.emit(self.visit)

    @Slot()
    def _here(self) -> None:
        self.still_here.emit(self.visit)

    @Slot()
    def _unknown(self) -> None:
        self.do_not_know.emit(self.visit)
