"""The end of an import, without its widgets: the last page, accepted, kept as a draft, or left."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import import_done, import_talk
from visitor_register.gui.chart.import_deciding import Deciding
from visitor_register.gui.chart.import_done import Accepted
from visitor_register.gui.chart.import_drafts import ImportDrafts
from visitor_register.gui.chart.import_state import Origin, Page
from visitor_register.gui.chart.import_talk import Talk
from visitor_register.gui.desk import Desk
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_trust import Standing


class Accepting(Deciding):
    """Leads from what was decided to the chart in use, by a named person.

    Signals:
        accept_shown, done_shown: What those pages show.
        wrong: For each field of the last page what to write instead.
        left: The import is over, accepted or not.
    """

    accept_shown = Signal(object)
    done_shown = Signal(object)
    wrong = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.drafts = ImportDrafts(desk, self)

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
        if self._talk.before and self._talk.accepted is None:
            kept = partial(self._keep, self._kept_after_all, self._talk)
            self._desk.tell("The import was left; nothing has changed.", "Keep as draft", kept)
        self._forget()
        self.left.emit()

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
        self._desk.jobs.write(job, partial(self._written, self._talk), self._not_written)

    def _written(self, talk: Talk, accepted: Accepted) -> None:
        talk.accepted, talk.saving = accepted, False
        self._desk.done(f"{import_done.in_use(accepted)}.")
        # Somebody may have left the page while it was being saved.
        if talk is self._talk and talk.found is not None and talk.file is not None:
            name = talk.file.opened.file_name
            self.done_shown.emit(import_done.shown(accepted, talk.found, name, self._desk.operator))
            self._show(Page.DONE)

    def _key_confirmed(self, talk: Talk, standing: Standing) -> None:
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

    def _keep(self, done: Callable[[], None], talk: Talk | None = None) -> None:
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
