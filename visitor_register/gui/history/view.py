"""The History screen: a filter, the visits it finds, and the story of one of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.history.presenter import Asked, Found, HistoryPresenter
from visitor_register.gui.history.rows import COLUMNS, MARK, OUTCOME
from visitor_register.gui.history.story_panel import StoryPanel
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import WithSidePanel
from visitor_register.gui.widgets.table_panel import TablePanel

ChoosePath = Callable[[QWidget, str], Path | None]


def ask_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where the list is to be written."""
    chosen, _ = file_dialogs.save_name(parent, "Export this list", suggested, "CSV (*.csv)")
    return Path(chosen) if chosen else None


class HistoryView(QWidget):
    """Every visit. Enter opens one, Ctrl+F goes to the filter, Ctrl+E exports the list."""

    def __init__(
        self, presenter: HistoryPresenter, parent: QWidget | None = None, *, choose_path: ChoosePath = ask_path
    ) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._choose_path = choose_path
        self.heading, self.count = PlainLabel("History", t="h1"), PlainLabel(t="cap", elide=True)
        self.to_filter = KeyButton("Find", icon="filter", key="Ctrl+F", shortcut=True, name="Go to the filter")
        self.export = KeyButton("Export", icon="download", key="Ctrl+E", shortcut=True, name="Export this list")
        self.start, self.end = line_edit(longest=30), line_edit(longest=30)
        self.name, self.team = line_edit(), line_edit()
        self.outcome = Chooser([("Any", None), *((one.text, key) for key, one in OUTCOME.items())], placeholder="Any")
        self.mark = Chooser([("Any", None), *((words, key) for key, words in MARK.items())], placeholder="Any")
        self.filters = {
            "start": Field("From day", self.start),
            "end": Field("To day", self.end),
            "name": Field("Name", self.name),
            "team": Field("Team or body", self.team),
            "outcome": Field("Outcome", self.outcome),
            "mark": Field("How recorded", self.mark),
        }
        self.table = TablePanel("Visits", COLUMNS, row_height=58)
        card = Card(margin=1)
        self.empty = EmptyState("history", "No visits", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack)
        self.panel = StoryPanel(presenter.story)
        self.across = WithSidePanel(card, self.panel)
        self._lay_out()
        self._connect()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.heading.setVisible(not compact)
        self.export.set_key("" if compact else "Ctrl+E")
        self.to_filter.set_key("" if compact else "Ctrl+F")
        self.across.set_layout_class(layout_class)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever shows the page gives it the keyboard: it belongs to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list whenever the screen comes up."""
        super().showEvent(event)
        self.presenter.refresh()

    def asked(self) -> Asked:
        """What stands in the filter."""
        return Asked(
            self.start.text(),
            self.end.text(),
            self.name.text(),
            self.team.text(),
            self.outcome.value(),
            self.mark.value(),
        )

    def _lay_out(self) -> None:
        head, filters = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.to_filter)
        head.addWidget(self.export)
        filters.setSpacing(metrics.FIELD_GAP)
        for field, stretch in zip(self.filters.values(), (6, 6, 7, 7, 7, 8), strict=True):
            filters.addWidget(field, stretch)
        column = QVBoxLayout(self)
        margin = metrics.PAGE_MARGIN
        column.setContentsMargins(margin, 12, margin, margin - 2)
        column.setSpacing(metrics.FIELD_GAP)
        column.addLayout(head)
        column.addLayout(filters)
        column.addWidget(self.across, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        for line in (self.name, self.team):
            line.textChanged.connect(self._filter)
        for line in (self.start, self.end):
            line.editingFinished.connect(self._filter)
        for chooser in (self.outcome, self.mark):
            chooser.chosen.connect(self._filter)
        self.table.selected.connect(presenter.open)
        self.table.activated_row.connect(self._open)
        self.table.more_wanted.connect(presenter.more)
        self.to_filter.clicked.connect(self._to_filter)
        self.export.clicked.connect(self._export)
        self.panel.closed.connect(self._back_to_list)
        self.panel.left.connect(self._back_to_list)
        presenter.found.connect(self._show)
        presenter.added.connect(self._add)
        presenter.told_wrong.connect(self._wrong)
        presenter.jobs.changed.connect(self._changed)

    @Slot()
    def _filter(self) -> None:
        self.presenter.look_for(self.asked())

    @Slot(object)
    def _show(self, found: Found) -> None:
        self.count.setText(found.sentence)
        announce(self.count, found.sentence)
        self.table.set_rows(found.rows, more=found.more)
        self.empty.show_words("No visits", found.nothing)
        self._stack.setCurrentWidget(self.table if found.rows else self.empty)

    @Slot(object)
    def _add(self, found: Found) -> None:
        self.count.setText(found.sentence)
        self.table.add_rows(found.rows, more=found.more)

    @Slot(object)
    def _wrong(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.filters.items():
            field.set_error(wrong.get(name, ""))

    @Slot(object)
    def _open(self, visit: UUID) -> None:
        self.presenter.open(visit)
        self.across.open_panel()
        self.panel.take_keyboard()

    @Slot()
    def _to_filter(self) -> None:
        self.name.setFocus()
        self.name.selectAll()

    @Slot()
    def _export(self) -> None:
        path = self._choose_path(self, self.presenter.suggested_name())
        if path is not None:
            self.presenter.export(path)

    @Slot()
    def _back_to_list(self) -> None:
        self.table.setFocus()

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
