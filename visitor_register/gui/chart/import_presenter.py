"""The conversation of an import, without its widgets: file, columns, decisions, where it is from, accept or leave."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import import_rows
from visitor_register.gui.chart.import_state import Accept, Origin, Page
from visitor_register.gui.chart.import_talk import (
    NotYet,
    Opener,
    Remembered,
    answered,
    begun,
    columns_for,
    lacks_columns,
    meta_of,
    open_and_read,
    read_origin,
    recall,
    remembered,
    take_in,
)
from visitor_register.gui.chart.reading import FileReader
from visitor_register.gui.desk import Desk
from visitor_register.resources_path import resource
from visitor_register.services import chart_import, chart_reading, chart_undo
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_plan import NOTHING_DECIDED
from visitor_register.services.chart_reading import ReadFile


class ImportPresenter(QObject):
    """Everything stays in here until somebody accepts; leaving it changes nothing.

    Signals:
        page_shown: A `Page`: show it.
        waiting: Words while a file is being read; empty when it is over.
        refused: Why a file cannot be read, for the page where one chooses.
        columns_shown, preview_shown, accept_shown: What those pages show.
        wrong: For each field of the last page what to write instead.
        left: The import is over, accepted or not.
    """

    page_shown = Signal(object)
    waiting = Signal(str)
    refused = Signal(str)
    columns_shown = Signal(object)
    preview_shown = Signal(object)
    accept_shown = Signal(object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, *, opener: Opener = chart_reading.open_files, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._opener = desk, opener
        self._reader = FileReader(self)
        self._reader.slow.connect(self.waiting)
        self._reader.done.connect(self._read)
        self._reader.refused.connect(self._not_read)
        desk.operator_changed.connect(self._handed_over)
        self._asked = 0
        self._talk = begun(calendar.london_date(desk.now()))

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._reader.busy

    @Slot()
    def begin(self) -> None:
        """Begin with the page where one chooses a file."""
        if self._desk.operator.role not in IMPORTS_CHARTS:
            self._desk.explain(RegisterError("Only the office, the DSL or the head import a chart. Ask one of them."))
            return
        self._forget()
        self.refused.emit("")
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
        self._desk.jobs.read(remembered, partial(self._open, tuple(paths)))

    @Slot()
    def cancel_reading(self) -> None:
        """Stop waiting for a file."""
        self._reader.cancel()
        self.waiting.emit("")

    @Slot()
    def open_columns(self) -> None:
        """Look at what the columns are taken for."""
        self._show_columns()

    @Slot(object)
    def use_columns(self, mappings: Sequence[ColumnMapping]) -> None:
        """Read again with these columns."""
        if self._talk.opened is not None:
            self._talk.mappings = {**self._talk.mappings, **{one.fingerprint: one for one in mappings}}
            self._talk.decided, self._talk.before = NOTHING_DECIDED, []
            self._reader.run(partial(chart_reading.read_again, self._talk.opened, dict(self._talk.mappings)))

    def answer(self, key: str, value: Any) -> None:
        """Somebody answered what is asked of a row of the first tab."""
        self._talk.before.append(self._talk.decided)
        self._talk.decided = answered(self._talk.decided, key, value)
        self._compare()

    @Slot()
    def undo(self) -> None:
        """Take the last answer back."""
        if self._talk.before:
            self._talk.decided = self._talk.before.pop()
            self._compare()

    @Slot()
    def go_on(self) -> None:
        """Go to the last page, unless a guard rail still stops the import."""
        found, shown = self._talk.found, self._talk.shown
        if found is None or shown is None:
            return
        if found.questions:
            self._desk.explain(RegisterError(f"{found.questions[0].text} Answer that first."))
            return
        left_open = f", {shown.open} left open" if shown.open else ""
        self.accept_shown.emit(
            Accept(
                self._talk.origin,
                self._talk.authorities,
                import_rows.summary(found, shown.counts),
                f"Accept as {self._desk.operator.name}{left_open}",
            )
        )
        self._show(Page.ACCEPT)

    @Slot()
    def back(self) -> None:
        """Go back one page."""
        if self._talk.page is Page.ACCEPT or (self._talk.page is Page.COLUMNS and self._talk.found is not None):
            self._show(Page.DECIDE)
        else:
            self.begin()

    @Slot(object)
    def accept(self, origin: Origin) -> None:
        """Make it the chart in use, after one more look if it is compared with another chart than shown."""
        read, wrong = read_origin(origin, calendar.london_date(self._desk.now()))
        self.wrong.emit(wrong)
        if read is None or self._talk.file is None or self._talk.saving or self._talk.accept_next:
            return
        other = (read.origin.authority, read.issued) != (self._talk.origin.authority, self._talk.issued)
        self._talk.origin, self._talk.issued, self._talk.received = read.origin, read.issued, read.received
        if other:
            self._talk.accept_next = True
            self._compare()
            return
        self._write()

    @Slot()
    def leave(self) -> None:
        """Leave it; nothing has changed."""
        self._reader.cancel()
        self._forget()
        self.waiting.emit("")
        self.left.emit()

    def close(self) -> None:
        """Stop reading files: the program ends."""
        self._reader.close()

    def _forget(self) -> None:
        self._asked += 1
        self._talk = begun(calendar.london_date(self._desk.now()))

    def _show(self, page: Page) -> None:
        self._talk.page = page
        self.page_shown.emit(page)

    def _open(self, paths: tuple[Path, ...], known: Remembered) -> None:
        if self._talk.page is not Page.CHOOSE:
            return
        recall(self._talk, known)
        self._reader.run(partial(open_and_read, self._opener, paths, dict(self._talk.mappings)))

    @Slot(object)
    def _read(self, found: ReadFile | NotYet) -> None:
        self.waiting.emit("")
        if isinstance(found, NotYet):
            self._talk.opened = found.opened
            self._show_columns(found.why)
            return
        take_in(self._talk, found)
        asked_already = self._talk.page is Page.COLUMNS
        if not asked_already and lacks_columns(found):
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

    def _show_columns(self, refused: str = "") -> None:
        if self._talk.opened is not None:
            self.columns_shown.emit(columns_for(self._talk.opened, self._talk.mappings, refused))
            self._show(Page.COLUMNS)

    def _compare(self) -> None:
        if self._talk.file is None:
            return
        self._asked += 1
        job = partial(
            chart_import.preview,
            reading=self._talk.file.reading,
            authority=self._talk.origin.authority,
            decisions=self._talk.decided,
            issued_on=self._talk.issued,
        )
        self._desk.jobs.read(job, partial(self._compared, self._asked))

    def _compared(self, asked: int, found: ImportPreview) -> None:
        if asked != self._asked or self._talk.file is None:
            return
        self._talk.found = found
        day = f", dated {calendar.say_date(self._talk.issued)}" if self._talk.issued else ""
        info = f"{self._talk.file.opened.file_name}, {found.people:,} people{day}"
        self._talk.shown = import_rows.preview(found, info, can_undo=bool(self._talk.before))
        self.preview_shown.emit(self._talk.shown)
        if self._talk.accept_next:
            self._talk.accept_next = False
            if found.before is None and not found.questions:
                self._write()
                return
            words = "Compared again with the chart in use. Look once more before you accept."
            self._desk.explain(RegisterError(words))
        self._show(Page.DECIDE)

    def _write(self) -> None:
        if self._talk.file is None:
            return
        self._talk.saving = True
        job = partial(
            chart_import.accept,
            reading=self._talk.file.reading,
            decisions=self._talk.decided,
            meta=meta_of(self._talk, self._talk.file.opened),
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._desk.jobs.write(job, self._written, self._not_written)

    def _written(self, version: UUID) -> None:
        people = self._talk.found.people if self._talk.found is not None else 0
        self._desk.done(f"Chart accepted: {people:,} people.", "Undo", partial(self._take_back, version))
        self._forget()
        self.left.emit()

    def _not_written(self, error: RegisterError) -> None:
        self._talk.saving = False
        self._desk.explain(error)

    def _take_back(self, version: UUID) -> None:
        why = "taken back right after it was accepted"
        job = partial(chart_undo.undo, version=version, reason=why, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, self._taken_back, self._desk.explain)

    def _taken_back(self, _nothing: None) -> None:
        self._desk.done("The import was undone. The chart before it is in use again.")

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What one person began must not be accepted in another's name.
        if self._talk.page is not None:
            self.leave()
