"""Home time: one line for each visitor still signed in, with the answers beside it."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.today.home_time_presenter import STILL_HERE, HomeLine, HomeTimePresenter
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_HIGH, _HIGH_STACKED = 76, 116
_STACKS_BELOW = 800
"""Narrower than this the answers stand under the name."""


class HomeRow(QWidget):
    """One visitor. The height is the same with and without a sentence under the time."""

    left_at = Signal(object, str, str)
    left_now = Signal(object)
    still_here = Signal(object)
    do_not_know = Signal(object)

    def __init__(self, line: HomeLine) -> None:
        super().__init__()
        self.visit: UUID = line.visit
        self.name = PlainLabel(line.name, t="strong", elide=True)
        self.second = PlainLabel(line.second, t="cap", elide=True)
        self.day = line_edit(line.day, longest=12)
        self.clock = line_edit(longest=8, placeholder="hh:mm")
        self.save = KeyButton("Save", name=f"Save when {line.name} left")
        self.now = KeyButton("Left just now", name=f"{line.name} left just now")
        self.here = KeyButton("Still here", name=f"{line.name} is still here")
        self.unknown = KeyButton("Do not know", name=f"Nobody knows when {line.name} left")
        self.answer = Pill("", Tone.NEUTRAL)
        self.wrong = PlainLabel(t="cap", ink="text", elide=True)
        self._mark = Mark(tone=Tone.NOT_KNOWN, size=16)
        self.day.setAccessibleName(f"Date on which {line.name} left")
        self.clock.setAccessibleName(f"Time at which {line.name} left")
        self._lay_out(line.earlier)
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
        tone = Tone.HERE if line.answer == STILL_HERE else Tone.NEUTRAL
        self.answer.show_state(line.answer, tone)
        self._stack.setCurrentIndex(1 if line.answer else 0)

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

    def has_keyboard(self) -> bool:
        """Whether one of its controls has the keyboard."""
        return any(
            control.hasFocus() for control in (self.day, self.clock, self.save, self.now, self.here, self.unknown)
        )

    def fit(self, width: int) -> None:
        """Stand beside the name, or under it where the row is narrow."""
        look = theme.current()
        stacked = width < look.px(_STACKS_BELOW)
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self.setFixedHeight(look.px(_HIGH_STACKED if stacked else _HIGH))
        self.day.setFixedWidth(look.px(126))
        self.clock.setFixedWidth(look.px(84))

    def _lay_out(self, earlier: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.second)
        words.addStretch(1)
        asked = QWidget()
        answers = QHBoxLayout(asked)
        answers.setContentsMargins(0, 0, 0, 0)
        answers.setSpacing(metrics.FIELD_GAP)
        answers.addWidget(PlainLabel("Left at", t="label"))
        today_only: tuple[QWidget, ...] = (self.now, self.here)
        for control in (self.day, self.clock, self.save, *today_only, self.unknown):
            answers.addWidget(control)
        answers.addStretch(1)
        for control in today_only if earlier else (self.day,):
            control.hide()
        settled = QWidget()
        at_right = QHBoxLayout(settled)
        at_right.setContentsMargins(0, 0, 0, 0)
        at_right.addStretch(1)
        at_right.addWidget(self.answer)
        self._stack = QStackedWidget()
        self._stack.addWidget(asked)
        self._stack.addWidget(settled)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._mark)
        below.addWidget(self.wrong, 1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self._stack)
        right.addLayout(below)
        right.addStretch(1)
        self._parts = QHBoxLayout()
        self._parts.setSpacing(metrics.CARD_GAP)
        self._parts.addLayout(words, 1)
        self._parts.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.setSpacing(0)
        column.addLayout(self._parts, 1)
        column.addWidget(frame("line"))

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


class HomeTime(Card):
    """The lines, and *Done*. Esc and *Done* end it; what is not answered stays as it is.

    Signals:
        finished: Show something else.
    """

    finished = Signal()

    def __init__(self, presenter: HomeTimePresenter, parent: QWidget | None = None) -> None:
        super().__init__("Home time", " ", parent=parent)
        self.presenter = presenter
        self.rows: dict[UUID, HomeRow] = {}
        self.empty = EmptyState("log-out", "Everybody has left", "There is nobody to ask about.")
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.page = QScrollArea()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setWidgetResizable(True)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setWidget(inner)
        self.done = KeyButton("Done", key="Esc", kind="primary")
        foot = QHBoxLayout()
        self._promise = PlainLabel("What is not answered is asked again.", t="cap", elide=True)
        foot.addWidget(self._promise)
        foot.addStretch(1)
        foot.addWidget(self.done)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.page, 1)
        self.body.addLayout(foot)
        self.done.clicked.connect(self.finish)
        self.setFocusProxy(self.done)
        presenter.begun.connect(self._forget)
        presenter.titled.connect(self.set_title)
        presenter.lines.connect(self._show_lines)
        presenter.wrong.connect(self._show_wrong)
        self._show_lines(())

    def begin(self, *, earlier_only: bool = False) -> None:
        """Ask anew, with the keyboard on the first time."""
        self.presenter.begin(earlier_only=earlier_only)
        self.done.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def finish(self) -> None:
        """End the round."""
        self.presenter.end()
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.finish()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows follow the width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Rows follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rows"):
            self._fit()

    def _fit(self) -> None:
        for row in self.rows.values():
            row.fit(self.width() - 2 * metrics.CARD_MARGIN)

    @Slot()
    def _forget(self) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}

    @Slot(object)
    def _show_lines(self, lines: tuple[HomeLine, ...]) -> None:
        first_time = not self.rows
        keyboard = next((row for row in self.rows.values() if row.has_keyboard()), None)
        self.empty.setVisible(not lines)
        self.page.setVisible(bool(lines))
        self._promise.setVisible(bool(lines))
        for line in lines:
            if line.visit in self.rows:
                self.rows[line.visit].show_line(line)
            else:
                self._add(line)
        self._fit()
        open_rows = [self.rows[line.visit] for line in lines if not line.answer]
        if (first_time and self.done.hasFocus()) or (keyboard is not None and keyboard not in open_rows):
            self._go_on(keyboard, open_rows)

    def _go_on(self, after: HomeRow | None, open_rows: list[HomeRow]) -> None:
        """The keyboard goes to the next question, from the last to the first, and at the end to *Done*."""
        order = list(self.rows.values())
        place = order.index(after) if after is not None else -1
        following = [row for row in order[place + 1 :] + order[: place + 1] if row in open_rows]
        if following:
            following[0].clock.setFocus(Qt.FocusReason.TabFocusReason)
            self.page.ensureWidgetVisible(following[0])
        else:
            self.done.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object, str, str)
    def _show_wrong(self, visit: UUID, which: str, sentence: str) -> None:
        if visit in self.rows:
            self.rows[visit].show_wrong(which, sentence)

    def _add(self, line: HomeLine) -> None:
        row = HomeRow(line)
        row.left_at.connect(self.presenter.left_at)
        row.left_now.connect(self.presenter.left_now)
        row.still_here.connect(self.presenter.still_here)
        row.do_not_know.connect(self.presenter.do_not_know)
        self.rows[line.visit] = row
        self._column.insertWidget(self._column.count() - 1, row)
        # At once, not when the layout gets to it: only what is shown can be given the keyboard.
        row.show()
