"""Look and decide: every change in tabs with their counts, and what is asked of the row one stands on."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.gui.chart.import_rows import CHANGE_COLUMNS, DECIDE_COLUMNS, PROBLEM_COLUMNS, TABS
from visitor_register.gui.chart.import_state import Ask, Preview
from visitor_register.gui.widgets.card import Card, WrappingFrame, frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.table_panel import TablePanel

_NOBODY_ASKED = "Nothing is left to decide. Look at what changes, then go on."


class AskBar(WrappingFrame):
    """What is asked about one row, and the answers.

    Signals:
        answered: The value of the answer.
        undo_wanted: The last answer was wrong.
    """

    answered = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.question = PlainLabel(t="strong", wrap=True)
        self.hint = PlainLabel(t="cap", wrap=True)
        self.first = KeyButton(" ", key="Alt+1", shortcut=True)
        self.second = KeyButton(" ", key="Alt+2", shortcut=True)
        self.other = Chooser(name="Somebody else", placeholder="Somebody else")
        self.undo = KeyButton("Undo", icon="undo-2", key="Ctrl+Z", shortcut=True)
        self.other.setFixedWidth(200)
        for label in (self.question, self.hint):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._values: list[Any] = [None, None]
        self._low = False
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(14, 6, 12, 6)
        self._across.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.question)
        words.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.first, self.second, self.other, self.undo):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._across.addLayout(words, 1)
        self._across.addLayout(row)
        self.first.clicked.connect(self._first)
        self.second.clicked.connect(self._second)
        self.other.chosen.connect(self.answered)
        self.undo.clicked.connect(self.undo_wanted)

    def show_ask(self, ask: Ask | None, *, can_undo: bool, words: str = "") -> None:
        """Ask this; None says that there is nothing to ask."""
        self.question.setText(ask.question if ask is not None else words)
        self.hint.setText(ask.hint if ask is not None else "")
        self.hint.setVisible(ask is not None and not self._low)
        answers = ask.answers if ask is not None else ()
        for at, button in enumerate((self.first, self.second)):
            button.setVisible(at < len(answers))
            self._values[at] = answers[at].value if at < len(answers) else None
            if at < len(answers):
                button.setText(_short(answers[at].words))
        self.other.setVisible(bool(ask is not None and ask.others))
        self.other.set_options(ask.others if ask is not None else ())
        self.other.set_value(None)
        self.undo.setVisible(can_undo)
        self.setVisible(bool(self.question.text()) or can_undo)
        self.keep_height()

    def set_low(self, low: bool) -> None:
        """Put the answers under the question where there is little width."""
        self._low = low
        way = QBoxLayout.Direction
        self._across.setDirection(way.TopToBottom if low else way.LeftToRight)
        for button, key in ((self.first, "Alt+1"), (self.second, "Alt+2"), (self.undo, "Ctrl+Z")):
            button.set_key("" if low else key)
        self.hint.setVisible(not low and bool(self.hint.text()))

    def answer_first(self) -> None:
        """Give the first answer, as its button does."""
        self._first()

    @Slot()
    def _first(self) -> None:
        self.answered.emit(self._values[0])

    @Slot()
    def _second(self) -> None:
        self.answered.emit(self._values[1])


class DecidePage(Card):
    """Tabs, the table of one of them, and the bar with what is asked.

    Signals:
        answered: The key of a row, and the value of an answer.
        undo_wanted: The last answer was wrong.
    """

    answered = Signal(str, object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=1, parent=parent)
        self.setAccessibleName("What this chart changes")
        self._shown: Preview | None = None
        self.tabs = CountTabs(TABS)
        self.decide = TablePanel("To decide", DECIDE_COLUMNS, row_height=58, empty="Nothing to decide.")
        self.changes = TablePanel("Changes", CHANGE_COLUMNS, row_height=58, empty="Nothing of this kind.")
        self.problems = TablePanel("Problems", PROBLEM_COLUMNS, row_height=40, empty="No problems found.")
        self.ask = AskBar()
        self._stack = QStackedWidget()
        for table in (self.decide, self.changes, self.problems):
            table.setMinimumHeight(40)
            self._stack.addWidget(table)
        self.body.setSpacing(0)
        self.body.addWidget(self.tabs)
        self.body.addWidget(frame("line"))
        self.body.addWidget(self._stack, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 8)
        foot.addWidget(self.ask)
        self.body.addLayout(foot)
        self.tabs.chosen.connect(self._turn)
        self.decide.selected.connect(self._stand_on)
        self.decide.activated_row.connect(self._enter)
        self.ask.answered.connect(self._answer)
        self.ask.undo_wanted.connect(self.undo_wanted)

    @Slot(object)
    def show_preview(self, shown: Preview) -> None:
        """Show the changes as they are now; the keyboard stays near the row it stood on."""
        first_time = self._shown is None
        place = self.decide.currentIndex().row()
        before = self.decide.current_key()
        self._shown = shown
        self.tabs.set_counts(shown.counts)
        rows = shown.rows["decide"]
        self.decide.set_rows(rows)
        if rows and before not in shown.asks:
            self.decide.choose(rows[min(max(place, 0), len(rows) - 1)].key)
        if first_time and not rows:
            self.tabs.choose(next((tab for tab, _ in TABS[1:] if shown.counts[tab]), "joined"))
        self._turn(self.tabs.current)

    def set_low(self, low: bool) -> None:
        """Leave the rows what height there is."""
        self.decide.horizontalHeader().setVisible(not low)
        self.ask.set_low(low)

    def begin(self) -> None:
        """Forget the last file."""
        self._shown = None
        self.decide.set_rows(())
        self.tabs.choose("decide")

    def take_focus(self) -> None:
        """Give the keyboard to the table that is shown."""
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _turn(self, tab: str) -> None:
        if self._shown is None:
            return
        table = {"decide": self.decide, "problems": self.problems}.get(tab, self.changes)
        if table is not self.decide:
            table.set_rows(self._shown.rows[tab])
        self._stack.setCurrentWidget(table)
        self._show_ask()

    @Slot(object)
    def _stand_on(self, _key: object) -> None:
        self._show_ask()

    def _show_ask(self) -> None:
        if self._shown is None:
            return
        deciding = self.tabs.current == "decide"
        key = self.decide.current_key()
        ask = self._shown.asks.get(key) if deciding and key is not None else None
        words = _NOBODY_ASKED if deciding and not self._shown.asks else ""
        self.ask.show_ask(ask, can_undo=deciding and self._shown.can_undo, words=words)

    @Slot(object)
    def _enter(self, key: str) -> None:
        ask = self._shown.asks.get(key) if self._shown is not None else None
        if ask is None:
            return
        if ask.at_once:
            self.ask.answer_first()
        else:
            # Enter never says that half a council has left.
            button = self.ask.first if self.ask.first.isVisible() else self.ask.other
            button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _answer(self, value: object) -> None:
        key = self.decide.current_key()
        if key is not None and value is not None:
            self.decide.setFocus(Qt.FocusReason.OtherFocusReason)
            self.answered.emit(key, value)


def _short(words: str) -> str:
    return words if len(words) <= 28 else f"{words[:26].rstrip()}..."
