"""The conversation of an import, without its widgets: file, columns or boxes, decisions, accept, keep or leave."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import import_talk
from visitor_register.gui.chart.import_accepting import Accepting
from visitor_register.gui.chart.import_arrived import ArrivedChart
from visitor_register.gui.chart.import_state import Page
from visitor_register.gui.chart.import_talk import Opener
from visitor_register.gui.desk import Desk
from visitor_register.gui.file_reader import FileReader
from visitor_register.resources_path import resource
from visitor_register.services import chart_reading
from visitor_register.services.chart_drafts import ChartDraft
from visitor_register.services.chart_plan import NOTHING_DECIDED
from visitor_register.services.chart_reading import ReadFile


class ImportPresenter(Accepting):
    """Everything stays in here until somebody accepts or keeps it; leaving it changes nothing.

    Signals:
        waiting: Words while a file is being read; empty when it is over.
        refused: Why a file cannot be read, for the page where one chooses.
        columns_shown: What that page shows.
    """

    waiting = Signal(str)
    refused = Signal(str)
    columns_shown = Signal(object)

    def __init__(self, desk: Desk, *, opener: Opener = chart_reading.open_files, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._opener = opener
        self._reader = FileReader(self)
        self._reader.slow.connect(self.waiting)
        self._reader.done.connect(self._read)
        self._reader.refused.connect(self._not_read)
        self.arrived = ArrivedChart(desk, self)
        self.arrived.wanted.connect(self.choose)
        desk.operator_changed.connect(self._handed_over)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._reader.busy

    @Slot()
    def begin(self) -> None:
        """Begin with the page where one chooses a file, or a draft."""
        if self._desk.operator.role not in IMPORTS_CHARTS:
            self._desk.explain(RegisterError("Only the office, the DSL or the head import a chart. Ask one of them."))
            return
        self._forget()
        self.refused.emit("")
        self.drafts.refresh()
        self.arrived.refresh()
        self._show(Page.CHOOSE)

    @Slot()
    def load_sample(self) -> None:
        """Begin with the invented chart that comes with the program."""
        self.begin()
        if self._talk.page is Page.CHOOSE:
            self._talk.sample = True
            self.choose([resource("sample", "structure-chart.csv")])

    @Slot(object)
    def choose(self, paths: Sequence[Path]) -> None:
        """Read this file, or the two of an organogram."""
        if self._talk.page is not Page.CHOOSE:
            self._desk.explain(RegisterError("A chart is being imported. Leave it first, then choose another file."))
            return
        self.refused.emit("")
        self._desk.jobs.read(import_talk.remembered, partial(self._open, tuple(paths)))

    @Slot(object)
    def resume(self, authority: str) -> None:
        """Go on with a draft."""
        if self._talk.page is Page.CHOOSE:
            self.drafts.open(authority, self._resume)

    @Slot()
    def cancel_reading(self) -> None:
        """Stop waiting for a file."""
        self._reader.cancel()
        self.waiting.emit("")

    @Slot()
    def open_source(self) -> None:
        """Look at the drawing, or at what the columns are taken for."""
        if self._talk.pages:
            self._show(Page.BOXES)
        else:
            self._show_columns()

    @Slot(object)
    def use_columns(self, mappings: Sequence[ColumnMapping]) -> None:
        """Read again with these columns."""
        if self._talk.opened is not None:
            self._talk.mappings = {**self._talk.mappings, **{one.fingerprint: one for one in mappings}}
            self._talk.decided, self._talk.before = NOTHING_DECIDED, []
            self._reader.run(partial(chart_reading.read_again, self._talk.opened, dict(self._talk.mappings)))

    @Slot()
    def back(self) -> None:
        """Go back one page."""
        if self._talk.page is Page.ACCEPT or (self._talk.page is Page.COLUMNS and self._talk.found is not None):
            self._show(Page.DECIDE)
        else:
            self.begin()

    @Slot()
    def leave(self) -> None:
        """Leave it; nothing has changed unless it was accepted."""
        self._reader.cancel()
        self.waiting.emit("")
        super().leave()

    def close(self) -> None:
        """Keep what was begun, and stop reading files: the program ends."""
        self._keep(self.drafts.refresh)
        self.arrived.folder.close()
        self._reader.close()

    def _open(self, paths: tuple[Path, ...], known: import_talk.Remembered) -> None:
        if self._talk.page is not Page.CHOOSE:
            return
        import_talk.recall(self._talk, known)
        self._reader.run(partial(import_talk.open_and_read, self._opener, paths, dict(self._talk.mappings)))

    def _resume(self, draft: ChartDraft) -> None:
        if self._talk.page is Page.CHOOSE:
            import_talk.go_on_with(self._talk, draft)
            self._talk.page = Page.DECIDE
            self._compare()

    @Slot(object)
    def _read(self, found: ReadFile | import_talk.NotYet) -> None:
        self.waiting.emit("")
        if isinstance(found, import_talk.NotYet):
            self._talk.opened = found.opened
            self._show_columns(found.why)
            return
        import_talk.take_in(self._talk, found)
        asked_already = self._talk.page is Page.COLUMNS
        if not asked_already and import_talk.lacks_columns(found):
            self._show_columns()
        else:
            self._compare()

    @Slot(object)
    def _not_read(self, error: RegisterError) -> None:
        self.waiting.emit("")
        if self._talk.page is Page.COLUMNS:
            self._show_columns(str(error))
        else:
            self.refused.emit(str(error))

    def _not_compared(self, asked: int, error: RegisterError) -> None:
        if asked == self._asked and self._talk.page is Page.CHOOSE:
            self.refused.emit(str(error))
        else:
            super()._not_compared(asked, error)

    def _show_columns(self, refused: str = "") -> None:
        if self._talk.opened is not None:
            self.columns_shown.emit(import_talk.columns_for(self._talk.opened, self._talk.mappings, refused))
            self._show(Page.COLUMNS)

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What one person began must not be accepted in another's name; nor must it be lost.
        if self._talk.page is not None:
            self._keep(self._kept_after_all)
            self._talk.before = []
            self.leave()
