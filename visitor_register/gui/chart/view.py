"""The Chart screen: everybody drawn, as a tree or in a table, one person beside it, and an import while it lasts."""

from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.chart.drawing_modes import ChoosePath, Mode, Modes, ask_path
from visitor_register.gui.chart.import_view import ImportView, PickFiles, pick_files
from visitor_register.gui.chart.pages import Pages
from visitor_register.gui.chart.panel import ChartPanel
from visitor_register.gui.chart.presenter import ChartPresenter, Table
from visitor_register.gui.chart.rows import STATE_COLUMN
from visitor_register.gui.chart.versions_page import VersionsPage
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.side_panel import WithSidePanel
from visitor_register.gui.widgets.tone import Tone

_FIRST = "Drop the council's list here, or choose a file. Scans work without it: people are found by hand."
_FIRST_READ = "Ask the office or the DSL to import the council's list. Scans work without it."


class ChartView(QWidget):
    """Ctrl+F searches, Enter opens a person, Ctrl+I begins an import; a file may be dropped at any time."""

    def __init__(
        self,
        presenter: ChartPresenter,
        pick: PickFiles = pick_files,
        parent: QWidget | None = None,
        *,
        choose_path: ChoosePath = ask_path,
    ) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._asked_person = self._quiet = False
        self._roomy, self._compact = True, False
        self._ages = ("No chart yet", "No chart yet", Tone.NEUTRAL)
        self.heading, self.age = PlainLabel("Chart", t="h1"), Pill("No chart yet", Tone.NEUTRAL)
        self.versions = KeyButton("Versions", icon="history", kind="ghost", name="Versions of the chart")
        self.search = SearchField("Name, job or team", name="Search the chart", kind="search")
        self.update_button = KeyButton("Ask for an update", icon="mail")
        self.import_button = KeyButton("Import a chart", icon="file-up", key="Ctrl+I", kind="primary", shortcut=True)
        self.modes = Modes(presenter.drawing, choose_path)
        self.table, self.drawing, self.tree = self.modes.table, self.modes.drawing, self.modes.tree
        self.empty = EmptyState(
            "network",
            "No chart yet",
            _FIRST,
            action="Import a chart",
            action_icon="file-up",
            second="Load sample data",
        )
        self.panel = ChartPanel(presenter)
        self.importing = ImportView(presenter.importing, pick)
        self.past = VersionsPage(presenter.versions)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.set_layout_class(LayoutClass.NORMAL)
        self._show_role(presenter.imports)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Lay out for this much room."""
        compact = self._compact = layout_class is LayoutClass.COMPACT
        self.heading.setVisible(not compact)
        self._show_age()
        self.import_button.set_key("" if layout_class.narrow_rail else "Ctrl+I")
        self.update_button.setText("Ask" if compact else "Ask for an update")
        self.update_button.set_name("Ask for an update")
        self.versions.setText("" if compact else "Versions")
        self._roomy = layout_class in (LayoutClass.COMPACT, LayoutClass.WIDE)
        self._fit_columns()
        self.across.set_layout_class(layout_class)
        self.modes.set_layout_class(layout_class)
        self.importing.set_layout_class(layout_class)
        self.past.set_layout_class(layout_class)

    @Slot(object)
    def show_person(self, person: UUID) -> None:
        """Show one person's card, as another screen asked."""
        self._asked_person = True
        self._stand_on(person)
        self.presenter.show_person(person)

    @Slot()
    def begin_import(self) -> None:
        """Begin an import."""
        self.presenter.importing.begin()

    @Slot()
    def load_sample(self) -> None:
        """Import the invented chart, through the same pages."""
        self.presenter.importing.load_sample()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the chart whenever the screen comes up."""
        super().showEvent(event)
        self.presenter.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file dropped on the chart is an import."""
        if self.presenter.imports and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Begin an import with what was dropped."""
        if self._stack.currentWidget() is not self.importing:
            self.begin_import()
        self.importing.choose.dropEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(metrics.FIELD_GAP)
        for part in (self.heading, self.age, self.versions):
            head.addWidget(part)
        head.addStretch(1)
        for control in (self.search, self.update_button, self.import_button):
            head.addWidget(control)
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(260)
        self.across = WithSidePanel(self.modes, self.panel)
        self.first = Card()
        self.first.body.addWidget(self.empty)
        self.chart = QWidget()
        inside = QVBoxLayout(self.chart)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(metrics.CARD_GAP)
        inside.addLayout(head)
        inside.addWidget(self.across, 1)
        self._stack = Pages()
        for page in (self.first, self.chart, self.importing, self.past):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        margin = metrics.PAGE_MARGIN
        column.setContentsMargins(margin, 12, margin, margin - 2)
        column.addWidget(self._stack)
        self._any = False

    def _connect(self) -> None:
        presenter = self.presenter
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._to_search)
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(presenter.drawing.next_hit)
        self.modes.service.chosen.connect(presenter.filter_service)
        self.modes.team.chosen.connect(presenter.filter_team)
        self.modes.who_left.toggled.connect(presenter.show_who_left)
        self.modes.who_left.toggled.connect(self._fit_columns)
        self.modes.turned.connect(self._turned)
        self.modes.list_wanted.connect(presenter.sending.export)
        presenter.drawing.person_wanted.connect(self._chosen)
        self.drawing.view.opened.connect(self._open_chosen)
        self.tree.activated_seat.connect(self._open_chosen)
        self.versions.clicked.connect(self._versions)
        self.past.left.connect(self._versions_left)
        self.update_button.clicked.connect(self._ask)
        self.import_button.clicked.connect(self.begin_import)
        self.empty.acted.connect(self.begin_import)
        self.empty.acted_second.connect(self.load_sample)
        self.table.selected.connect(self._chosen)
        self.table.activated_row.connect(self._open)
        self.panel.closed.connect(self._back_to_chart)
        presenter.table_shown.connect(self._show)
        presenter.card.shown.connect(self._card_shown)
        presenter.may_import.connect(self._show_role)
        presenter.importing.page_shown.connect(self._import_shown)
        presenter.importing.left.connect(self._import_left)
        presenter.jobs.changed.connect(self._changed)

    @Slot(object)
    def _show(self, table: Table) -> None:
        self._any = table.any
        self.setFocusProxy(self.modes.shown if table.any else self.empty.main)
        self._ages = (table.age, table.age_short, table.tone)
        self._show_age()
        self.modes.show_counts(table.counts)
        self.modes.service.set_options([("All services", ""), *((name, name) for name in table.services)])
        self.modes.team.set_options([("All teams", ""), *((name, name) for name in table.teams)])
        self.table.set_rows(table.rows)
        self._stand_on(self.presenter.person)
        if self._stack.currentWidget() not in (self.importing, self.past):
            self._stack.setCurrentWidget(self.chart if table.any else self.first)

    def _show_age(self) -> None:
        words, short, tone = self._ages
        self.age.show_state(short if self._compact else words, tone)

    @Slot(bool)
    def _show_role(self, imports: bool) -> None:
        self.import_button.setVisible(imports)
        self.empty.main.setVisible(imports)
        self.empty.second.setVisible(imports)
        self.empty.show_words("No chart yet", _FIRST if imports else _FIRST_READ)

    def _stand_on(self, person: UUID | None) -> None:
        """Mark somebody wherever they are shown; a table that got the keyboard without a row would choose its first."""
        self._quiet = True
        self.presenter.drawing.stand_on(person)
        if person is not None and self.table.current_key() != person:
            self.table.choose(person)
        if self.table.current_key() is None and self.table.rows:
            self.table.choose(self.table.rows[0].key)
        self._quiet = False

    @Slot(bool)
    def _fit_columns(self, _left: bool = False) -> None:
        """Say the state where there is room, or where people differ in it."""
        self.table.setColumnHidden(STATE_COLUMN, not self._roomy and not self.modes.who_left.isChecked())

    @Slot(object)
    def _chosen(self, key: UUID) -> None:
        # On a small screen the panel would cover the row: there Enter opens it.
        if not self.panel.over and not self._quiet:
            self.presenter.show_person(key)

    @Slot(object)
    def _open(self, key: UUID) -> None:
        self._asked_person = True
        self.presenter.show_person(key)

    @Slot(object)
    def _card_shown(self, _card: object) -> None:
        self._stand_on(self.presenter.person)
        if self._asked_person:
            self._asked_person = False
            self._open_panel()

    @Slot()
    def _open_chosen(self) -> None:
        drawing = self.presenter.drawing
        if drawing.chosen is not None and drawing.person == self.presenter.person:
            # Once more on a job share is the next of them.
            drawing.choose(drawing.chosen)
        if drawing.person is not None:
            self._open(drawing.person)

    @Slot(str)
    def _searched(self, text: str) -> None:
        self.presenter.search(text)
        if self.modes.mode is not Mode.TABLE:
            self.presenter.drawing.search(text)

    @Slot()
    def _turned(self) -> None:
        if self._any:
            self.setFocusProxy(self.modes.shown)
        if self.search.text():
            self._searched(self.search.text())

    @Slot()
    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _versions(self) -> None:
        self.presenter.versions.open()
        self._stack.setCurrentWidget(self.past)
        self.past.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _versions_left(self) -> None:
        self._stack.setCurrentWidget(self.chart if self._any else self.first)
        self.presenter.refresh()
        self.versions.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask(self) -> None:
        self.presenter.ask_for_update()
        self._open_panel()

    def _open_panel(self) -> None:
        self.across.open_panel()
        if self.panel.over:
            self.panel.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _back_to_chart(self) -> None:
        self.modes.shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _import_shown(self, _page: object) -> None:
        self._stack.setCurrentWidget(self.importing)

    @Slot()
    def _import_left(self) -> None:
        self._stack.setCurrentWidget(self.chart if self._any else self.first)
        self.presenter.refresh()
        (self.modes.shown if self._any else self.empty.main).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
