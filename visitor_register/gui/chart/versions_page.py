"""The versions of the chart in place of it: the list, two compared, and the chart as it was on a day."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.chart import rows
from visitor_register.gui.chart.import_rows import CHANGE_COLUMNS, CHANGES, TABS
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.chart.versions_panel import VersionPanel
from visitor_register.gui.chart.versions_presenter import VersionsPresenter
from visitor_register.gui.chart.versions_rows import (
    COLUMNS,
    FINGERPRINT_COLUMN,
    ComparedShown,
    DayShown,
    VersionsShown,
)
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import WithSidePanel
from visitor_register.gui.widgets.table_panel import TablePanel

_DAY_WIDTH = 124
_TABS = tuple((key, word) for key, word in TABS if key in CHANGES and key != "hand")


class CompareCard(Card):
    """What changed from one version to another, as the preview of an import says it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=1, parent=parent)
        self.setAccessibleName("Two versions compared")
        self._rows: dict[str, tuple[object, ...]] = {}
        self.tabs = CountTabs(_TABS)
        self.table = TablePanel("Changes", CHANGE_COLUMNS, row_height=58, empty="Nothing of this kind.")
        self.body.setSpacing(0)
        self.body.addWidget(self.tabs)
        self.body.addWidget(frame("line"))
        self.body.addWidget(self.table, 1)
        self.tabs.chosen.connect(self._turn)

    def show_compared(self, shown: ComparedShown) -> None:
        """Show these; the first tab that holds something is open."""
        self._shown = shown
        self.tabs.set_counts({key: len(shown.rows[key]) for key, _ in _TABS})
        self.tabs.choose(next((key for key, _ in _TABS if shown.rows[key]), _TABS[0][0]))
        self._turn(self.tabs.current)

    @Slot(str)
    def _turn(self, tab: str) -> None:
        self.table.set_rows(self._shown.rows[tab])


class VersionsPage(QWidget):
    """Space ticks what is compared, Enter opens a version, Esc goes back.

    Signals:
        left: Back to the chart.
    """

    left = Signal()

    def __init__(self, presenter: VersionsPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._shown: VersionsShown | None = None
        self.back = KeyButton("Back", icon="chevron-left", key="Esc", name="Back to the chart")
        self.heading = PlainLabel("Versions of the chart", t="h1", elide=True)
        self.words = PlainLabel(t="muted", wrap=True)
        self.compare_button = KeyButton("Compare the two", icon="arrow-left-right")
        self.day = line_edit(placeholder="02/11/2026", longest=30)
        self.day.setAccessibleName("The chart of a day")
        self.day_button = KeyButton("The chart of that day", icon="calendar-days")
        self.search = SearchField("Name, job or team", name="Search the chart of that day", kind="search")
        self.wrong = PlainLabel(t="cap", ink="danger", wrap=True)
        self.table = TablePanel("Versions of the chart", COLUMNS, row_height=58, empty="No chart was accepted yet.")
        self.panel = VersionPanel()
        self.compared = CompareCard()
        self.of_day = TablePanel("The chart of that day", rows.COLUMNS, row_height=58, empty="Nobody to show.")
        self._lay_out()
        self._fit()
        self._connect()
        self.setFocusProxy(self.table)
        self._turn(self.across)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = layout_class is LayoutClass.COMPACT
        self.heading.set_role("h2" if compact else "h1")
        self.back.set_key("" if compact else "Esc")
        self.compare_button.setText("Compare" if compact else "Compare the two")
        self.day_button.setText("Show" if compact else "The chart of that day")
        self.day_button.set_name("Show the chart of that day")
        self.table.setColumnHidden(FINGERPRINT_COLUMN, layout_class is not LayoutClass.WIDE)
        self.across.set_layout_class(layout_class)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, a step at a time."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        self.day.setFixedWidth(theme.current().px(_DAY_WIDTH))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        for part in (self.search, self.compare_button, self.day, self.day_button):
            head.addWidget(part)
        self.search.setMaximumWidth(240)
        main = Card(margin=1)
        main.body.addWidget(self.table)
        self.across = WithSidePanel(main, self.panel)
        self.day_card = Card(margin=1)
        self.day_card.body.addWidget(self.of_day)
        self._stack = Pages()
        for page in (self.across, self.compared, self.day_card):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.CARD_GAP)
        column.addLayout(head)
        for line in (self.wrong, self.words):
            column.addWidget(line)
        column.addWidget(self._stack, 1)
        self.wrong.hide()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.shown.connect(self._show)
        presenter.compared.connect(self._show_compared)
        presenter.day_shown.connect(self._show_day)
        presenter.day_wrong.connect(self._show_wrong)
        self.table.ticked.connect(presenter.tick)
        self.table.selected.connect(self._chosen)
        self.table.activated_row.connect(self._open)
        self.panel.undo_wanted.connect(presenter.undo)
        self.panel.closed.connect(self._to_table)
        self.compare_button.clicked.connect(presenter.compare)
        self.day.returnPressed.connect(self._look)
        self.day_button.clicked.connect(self._look)
        self.search.textChanged.connect(presenter.search_day)
        self.back.clicked.connect(self._back)

    @Slot(object)
    def _show(self, shown: VersionsShown) -> None:
        first_time, self._shown = self._shown is None, shown
        self.table.set_rows(shown.rows)
        if first_time or self.table.current_key() not in shown.versions:
            self.table.choose(shown.first or next((row.key for row in shown.rows), None))
        self._chosen(self.table.current_key())

    @Slot(object)
    def _chosen(self, version: UUID | None) -> None:
        if self._shown is not None and version in self._shown.versions:
            self.panel.show_version(self._shown.versions[version])

    @Slot(object)
    def _open(self, version: UUID) -> None:
        self._chosen(version)
        self.across.open_panel()
        if self.panel.over:
            self.panel.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_compared(self, shown: ComparedShown) -> None:
        self.compared.show_compared(shown)
        self._turn(self.compared, shown.title, shown.words)
        self.compared.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_day(self, shown: DayShown) -> None:
        self.of_day.set_rows(shown.rows)
        self._turn(self.day_card, shown.title, shown.words)
        if not self.search.hasFocus():
            self.of_day.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _show_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _turn(self, page: QWidget, heading: str = "Versions of the chart", words: str = "") -> None:
        self._stack.setCurrentWidget(page)
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.compare_button.setVisible(page is self.across)
        self.search.setVisible(page is self.day_card)

    @Slot()
    def _look(self) -> None:
        if self._stack.currentWidget() is not self.day_card:
            self.search.clear()
        self.presenter.look_at(self.day.text())

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _back(self) -> None:
        self._show_wrong("")
        if self._stack.currentWidget() is self.across:
            self.left.emit()
            return
        self._turn(self.across)
        self._to_table()
