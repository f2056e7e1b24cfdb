"""The conversation of an import, without its widgets: file, columns or boxes, decisions, accept, keep or leave."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import import_done, import_talk
from visitor_register.gui.chart.import_arrived import ArrivedChart
from visitor_register.gui.chart.import_deciding import Deciding
from visitor_register.gui.chart.import_done import Accepted
from visitor_register.gui.chart.import_drafts import ImportDrafts
from visitor_register.gui.chart.import_state import Origin, Page
from visitor_register.gui.chart.import_talk import Opener
from visitor_register.gui.chart.reading import FileReader
from visitor_register.gui.desk import Desk
from visitor_register.resources_path import resource
from visitor_register.services import chart_reading
from visitor_register.services.chart_drafts import ChartDraft
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_plan import NOTHING_DECIDED
from visitor_register.services.chart_reading import ReadFile
from visitor_register.services.chart_trust import Standing


class ImportPresenter(Deciding):
    """Everything stays in here until somebody accepts or keeps it; leaving it changes nothing.

    Signals:
        waiting: Words while a file is being read; empty when it is over.
        refused: Why a file cannot be read, for the page where one chooses.
        columns_shown, accept_shown, done_shown: What those pages show.
        wrong: For each field of the last page what to write instead.
        left: The import is over, accepted or not.
    """

    waiting = Signal(str)
    refused = Signal(str)
    columns_shown = Signal(object)
    accept_shown = Signal(object)
    done_shown = Signal(object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, *, opener: Opener = chart_reading.open_files, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._opener = opener
        self._reader = FileReader(self)
        self._reader.slow.connect(self.waiting)
        self._reader.done.connect(self._read)
        self._reader.refused.connect(self._not_read)
        self.drafts = ImportDrafts(desk, self)
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
    def go_on(self) -> None:
        """Go to the next page, unless something has to be decided first."""
        found, shown = self._talk.found, self._talk.shown
        if found is None or shown is None:
            return
        if self._talk.page is Page.BOXES:
            self._show(Page.DECIDE)
            return
        if first := import_talk.undecided(found):
            self._desk.explain(RegisterError(first))
            return
        self.accept_shown.emit(import_talk.accept_page(self._talk, found, shown, self._desk.operator))
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
        read, wrong = import_talk.read_origin(origin, calendar.london_date(self._desk.now()))
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

    @Slot(str, object)
    def confirm_key(self, with_whom: str, origin: Origin) -> None:
        """Write down that the key is the council's; `origin` is what stands on the page so far."""
        if self._talk.opened is not None:
            self._talk.origin = origin
            job = partial(
                import_talk.pin_key,
                opened=self._talk.opened,
                confirmed_with=with_whom,
                by=self._desk.operator,
                at=self._desk.now(),
            )
            self._desk.jobs.write(job, partial(self._key_confirmed, self._talk), self._desk.explain)

    @Slot(object)
    def keep(self, origin: Origin | None = None) -> None:
        """Keep it as a draft and leave it; `origin` is what stands on the last page, where that was reached."""
        if origin is not None:
            self._talk.origin = origin
        self._keep(self._kept)

    @Slot()
    def take_back(self) -> None:
        """Undo what was just accepted."""
        if self._talk.accepted is not None:
            job = partial(import_done.undo, accepted=self._talk.accepted, by=self._desk.operator, at=self._desk.now())
            self._desk.jobs.write(job, self._taken_back, self._desk.explain)

    @Slot()
    def leave(self) -> None:
        """Leave it; nothing has changed unless it was accepted."""
        self._reader.cancel()
        if self._talk.before and self._talk.accepted is None:
            kept = partial(self._keep, self._kept_after_all, self._talk)
            self._desk.tell("The import was left; nothing has changed.", "Keep as draft", kept)
        self._forget()
        self.waiting.emit("")
        self.left.emit()

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

    def _after_comparing(self, found: ImportPreview) -> None:
        if self._talk.accept_next:
            self._talk.accept_next = False
            if found.before is None and not found.questions:
                self._write()
                return
            words = "Compared again with the chart in use. Look once more before you accept."
            self._desk.explain(RegisterError(words))
        super()._after_comparing(found)

    def _write(self) -> None:
        if self._talk.file is None:
            return
        self._talk.saving = True
        job = partial(
            import_done.accept,
            reading=self._talk.file.reading,
            decisions=self._talk.decided,
            meta=import_talk.meta_of(self._talk, self._talk.file.opened),
            draft=self._talk.draft,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._desk.jobs.write(job, self._written, self._not_written)

    def _written(self, accepted: Accepted) -> None:
        talk = self._talk
        if talk.found is None or talk.file is None:
            return
        talk.accepted, talk.saving = accepted, False
        self.done_shown.emit(import_done.shown(accepted, talk.found, talk.file.opened.file_name, self._desk.operator))
        self._desk.done(f"{import_done.in_use(accepted)}.")
        self._show(Page.DONE)

    def _key_confirmed(self, talk: import_talk.Talk, standing: Standing) -> None:
        if talk is self._talk and talk.found is not None and talk.shown is not None:
            talk.standing = standing
            self.accept_shown.emit(import_talk.accept_page(talk, talk.found, talk.shown, self._desk.operator))
        self._desk.done("The council's key is confirmed. It stands in Settings.")

    def _not_written(self, error: RegisterError) -> None:
        self._talk.saving = False
        self._desk.explain(error)

    def _taken_back(self, _nothing: None) -> None:
        self._desk.done("The import was undone. The chart before it is in use again.")
        self.leave()

    def _keep(self, done: Callable[[], None], talk: import_talk.Talk | None = None) -> None:
        """Keep what was begun, in the name of whoever began it; there may be nothing to keep."""
        talk = talk or self._talk
        if talk.file is None or talk.shown is None or talk.sample or talk.saving or talk.accepted is not None:
            return
        left = talk.shown.counts["decide"]
        self.drafts.keep(import_talk.as_draft(talk, talk.file), left, before=talk.draft, by=talk.by, done=done)

    def _kept(self) -> None:
        self._talk.before = []
        self._kept_after_all()
        self.leave()

    def _kept_after_all(self) -> None:
        self._desk.done("Kept as a draft. Import a chart leads back to it.")

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What one person began must not be accepted in another's name; nor must it be lost.
        if self._talk.page is not None:
            self._keep(self._kept_after_all)
            self._talk.before = []
            self.leave()
