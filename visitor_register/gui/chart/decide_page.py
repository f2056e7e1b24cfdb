"""Look and decide: every change in tabs with their counts, and what is asked of the row one stands on."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui.chart.import_ask_bar import AskBar
from visitor_register.gui.chart.import_pick import PickPanel
from visitor_register.gui.chart.import_rows import (
    APART_COLUMNS,
    CHANGE_COLUMNS,
    CHANGES,
    DECIDE_COLUMNS,
    PROBLEM_COLUMNS,
    TABS,
)
from visitor_register.gui.chart.import_state import Ask, Preview
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.table_panel import TablePanel
from visitor_register.services.chart_answers import Ticked, choose

_NOBODY_ASKED = "Nothing is left to decide. Look at what changes, then go on."
_TICK = "Tick a row, with Space, if it belongs on the chart all the same."
_ONLY_WHERE_ANY = ("hand", "apart")


class DecidePage(Card):
    """Tabs, the table of one of them, and the bar with what is asked.

    Signals:
        answered: What was answered.
        undo_wanted: The last answer was wrong.
    """

    answered = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=1, parent=parent)
        self.setAccessibleName("What this chart changes")
        self._shown: Preview | None = None
        self._low = False
        self.tabs = CountTabs(TABS)
        self.decide = TablePanel("To decide", DECIDE_COLUMNS, row_height=58, empty="Nothing to decide.")
        self.changes = TablePanel("Changes", CHANGE_COLUMNS, row_height=58, empty="Nothing of this kind.")
        self.apart = TablePanel("Left out", APART_COLUMNS, row_height=58, empty="Nothing is left out.")
        self.problems = TablePanel("Problems", PROBLEM_COLUMNS, row_height=40, empty="No problems found.")
        self.pick, self.ask = PickPanel(), AskBar()
        self._stack = Pages()
        for table in (self.decide, self.changes, self.apart, self.problems):
            table.setMinimumHeight(40)
            self._stack.addWidget(table)
        self._stack.addWidget(self.pick)
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
        self.decide.activated_row.connect(self.ask.take)
        self.apart.ticked.connect(self._tick)
        self.apart.activated_row.connect(self._tick)
        self.ask.answered.connect(self._answer)
        self.ask.more_wanted.connect(self._offer_all)
        self.ask.undo_wanted.connect(self.undo_wanted)
        self.pick.picked.connect(self._picked)
        self.pick.left.connect(self.stop_picking)

    @property
    def picking(self) -> bool:
        """Whether somebody is being chosen from the list of all."""
        return self._stack.currentWidget() is self.pick

    @Slot(object)
    def show_preview(self, shown: Preview) -> None:
        """Show the changes as they are now; the keyboard stays near the row it stood on."""
        first_time = self._shown is None
        place = self.decide.currentIndex().row()
        before = self.decide.current_key()
        self._shown = shown
        self.tabs.set_counts(shown.counts)
        self._show_tabs()
        rows = shown.rows["decide"]
        self.decide.set_rows(rows)
        if rows and before not in shown.asks:
            self.decide.choose(rows[min(max(place, 0), len(rows) - 1)].key)
        if first_time and not rows:
            self.tabs.choose(next((tab for tab in CHANGES if shown.counts[tab]), "joined"))
        self._turn(self.tabs.current)

    def set_low(self, low: bool) -> None:
        """Leave the rows what height there is."""
        self._low = low
        self.decide.horizontalHeader().setVisible(not low)
        self.ask.set_low(low)
        self.pick.set_low(low)
        self._show_tabs()

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

    @Slot()
    def stop_picking(self) -> None:
        """Leave the list of all."""
        if self.picking:
            self._stack.setCurrentWidget(self.decide)
            self.decide.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_ask()

    def _show_tabs(self) -> None:
        """Where there is little room, tabs without a row are left out."""
        for tab, _ in TABS:
            any_rows = self._shown is not None and bool(self._shown.counts[tab])
            always = tab == "decide" or not (self._low or tab in _ONLY_WHERE_ANY)
            self.tabs.set_shown(tab, always or any_rows or tab == self.tabs.current)

    @Slot(str)
    def _turn(self, tab: str) -> None:
        if self._shown is None:
            return
        table = {"decide": self.decide, "apart": self.apart, "problems": self.problems}.get(tab, self.changes)
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
        words = _NOBODY_ASKED if deciding and not self._shown.asks else ""
        if self.tabs.current == "apart":
            words = _TICK
        can_undo = self.tabs.current in ("decide", "apart") and self._shown.can_undo
        self.ask.show_ask(self._current() if deciding else None, can_undo=can_undo, words=words)

    def _current(self) -> Ask | None:
        key = self.decide.current_key()
        return self._shown.asks.get(key) if self._shown is not None and key is not None else None

    @Slot(object)
    def _answer(self, answer: object) -> None:
        self._stack.setCurrentWidget(self.decide)
        self.decide.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(answer)

    @Slot()
    def _offer_all(self) -> None:
        ask = self._current()
        if ask is not None and self._shown is not None:
            self._stack.setCurrentWidget(self.pick)
            self.pick.offer(ask.question, ask.rows or self._shown.everybody, ask.likely)
            self.ask.hide()

    @Slot(object)
    def _picked(self, key: str) -> None:
        ask = self._current()
        self.stop_picking()
        if ask is not None and ask.choice is not None:
            self._answer(choose(ask.choice, key))

    @Slot(object)
    def _tick(self, key: str) -> None:
        row = next(row for row in self.apart.rows if row.key == key)
        self.answered.emit(Ticked(key, not row.cells[0].ticked))
