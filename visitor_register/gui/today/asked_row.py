"""A question of home time: whom it is about, and the answers beside it; once it is answered, what was said."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone


class AskedRow(QWidget):
    """One question. Its height does not change with the answer, so that nothing moves under a pointer."""

    def __init__(self, name: str, second: str) -> None:
        super().__init__()
        self.name = PlainLabel(name, t="strong", elide=True)
        self.second = PlainLabel(second, t="cap", elide=True)
        self.answer = Pill("", Tone.NEUTRAL)
        self._controls: Collection[QWidget] = ()
        self._stack = QStackedWidget()
        self._parts = QHBoxLayout()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return not self.answer.text()

    def has_keyboard(self) -> bool:
        """Whether one of its controls has the keyboard."""
        return any(control.hasFocus() for control in self._controls)

    def _show_answer(self, words: str, tone: Tone) -> None:
        """Show what is settled, or ask where there are no words."""
        self.answer.show_state(words, tone)
        self._stack.setCurrentIndex(1 if words else 0)

    def _ask_with(self, asked: QWidget, controls: Collection[QWidget]) -> QWidget:
        """Return the answers, in whose place the one that was given will stand; `controls` take the keyboard."""
        self._controls = controls
        settled = QWidget()
        at_right = QHBoxLayout(settled)
        at_right.setContentsMargins(0, 0, 0, 0)
        at_right.addStretch(1)
        at_right.addWidget(self.answer)
        self._stack.addWidget(asked)
        self._stack.addWidget(settled)
        return self._stack

    def _lay_out(self, right: QVBoxLayout) -> None:
        """Stand beside the name, with a line under both."""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.second)
        words.addStretch(1)
        self._parts.setSpacing(metrics.CARD_GAP)
        self._parts.addLayout(words, 1)
        self._parts.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.setSpacing(0)
        column.addLayout(self._parts, 1)
        column.addWidget(frame("line"))

    def _stack_parts(self, stacked: bool, high: int) -> None:
        """Put the answers under the name, or beside it; `high` is the height of the row that way."""
        turn(self._parts, stacked)
        self.setFixedHeight(theme.current().px(high))


AnyRow = TypeVar("AnyRow", bound=AskedRow)


def turn(parts: QBoxLayout, stacked: bool) -> None:
    """Let parts stand under each other, or side by side."""
    parts.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)


def next_open(rows: Iterable[AnyRow], after: AnyRow | None) -> AnyRow | None:
    """Return the next question that is not answered, from the last to the first again; None when there is none."""
    order = list(rows)
    place = order.index(after) + 1 if after is not None else 0
    return next((row for row in order[place:] + order[:place] if row.is_open), None)
