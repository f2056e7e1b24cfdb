"""The Chart screen without its widgets: drawing, table, one person's card, versions, the way into an import."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.gui.chart import rows
from visitor_register.gui.chart.card_presenter import CardPresenter
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.import_presenter import ImportPresenter
from visitor_register.gui.chart.import_talk import Opener
from visitor_register.gui.chart.send_presenter import SendPresenter
from visitor_register.gui.chart.versions_presenter import VersionsPresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import chart_reading, chart_view
from visitor_register.services.chart_lists import Wanted
from visitor_register.services.chart_view import Overview


@dataclass(frozen=True, slots=True)
class Table:
    """The table and what stands above it. `any` is False before the first chart."""

    any: bool
    rows: tuple[TableRow, ...]
    counts: str
    age: str
    age_short: str
    tone: Tone
    teams: tuple[str, ...]
    services: tuple[str, ...]


class ChartPresenter(QObject):
    """Shows the chart in use.

    Signals:
        table_shown: A `Table`.
        may_import: Whether whoever is at the desk may import a chart.
    """

    table_shown = Signal(object)
    may_import = Signal(bool)

    def __init__(self, desk: Desk, *, opener: Opener = chart_reading.open_files, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = Wanted()
        self._asked = 0
        self.importing = ImportPresenter(desk, opener=opener, parent=self)
        self.card = CardPresenter(desk, parent=self)
        self.versions = VersionsPresenter(desk, parent=self)
        self.sending = SendPresenter(desk, parent=self)
        self.drawing = DrawingPresenter(desk, parent=self)
        desk.operator_changed.connect(self._handed_over)

    @property
    def jobs(self) -> JobRunner:
        """Says when something was written."""
        return self._desk.jobs

    @property
    def person(self) -> UUID | None:
        """Whose card is open."""
        return self.card.person

    @property
    def imports(self) -> bool:
        """Whether whoever is at the desk may import a chart."""
        return self._desk.operator.role in IMPORTS_CHARTS

    @Slot()
    def refresh(self) -> None:
        """Read the chart again as a table and as a structure, and the card that is open."""
        self.drawing.refresh()
        self._asked += 1
        job = partial(chart_view.overview, wanted=self._wanted, at=self._desk.now())
        self._desk.jobs.read(partial(_table, job, self._desk.now()), partial(self._show, self._asked))
        self.card.refresh()

    @Slot(str)
    def search(self, text: str) -> None:
        """Show only what holds these words."""
        self._want(replace(self._wanted, text=text))

    @Slot(object)
    def filter_service(self, service: str) -> None:
        """Show one service; the empty string is all. The drawing opens at its head."""
        self.drawing.open_service(service or "")
        self._want(replace(self._wanted, service=service or "", team=""))

    @Slot(object)
    def filter_team(self, team: str) -> None:
        """Show one team; the empty string is all."""
        self._want(replace(self._wanted, team=team or ""))

    @Slot(bool)
    def show_who_left(self, shown: bool) -> None:
        """Show those who left the chart as well."""
        self._want(replace(self._wanted, who_left=shown))

    @Slot(object)
    def show_person(self, person: UUID) -> None:
        """Show one person's card."""
        self.card.show_person(person)

    @Slot()
    def ask_for_update(self) -> None:
        """Write the message that asks for a newer chart, in place of a card."""
        self.card.forget()
        self.sending.ask()

    def start(self) -> None:
        """Begin to look into the folder for charts."""
        self.importing.arrived.folder.start()

    def close(self) -> None:
        """Stop reading files: the program ends."""
        self.importing.close()

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def _show(self, asked: int, table: Table) -> None:
        if asked == self._asked:
            self.table_shown.emit(table)

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self.may_import.emit(self.imports)


def _table(job: Callable[[Session], Overview], now: datetime, session: Session) -> Table:
    # The rows are made here, beside the screen: there may be thousands.
    found = job(session)
    age, tone = rows.age_words(found.age, now)
    shown = rows.table_rows(found.lines)
    short, _ = rows.age_words(found.age, now, short=True)
    return Table(found.any, shown, rows.counts(found), age, short, tone, found.teams, found.services)
