"""Imports that were kept as drafts: listed, kept, opened and discarded for the pages of an import."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.people import Operator
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.rows import Row
from visitor_register.services import chart_drafts
from visitor_register.services.chart_drafts import ChartDraft, Discarded, Waiting


class ImportDrafts(QObject):
    """Reads and writes drafts in the background.

    Signals:
        listed: The drafts as rows; the key of each is its authority.
    """

    listed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self._desk.jobs.read(chart_drafts.waiting, self._show)

    def keep(self, draft: ChartDraft, left: int, *, before: str | None, by: Operator, done: Callable[[], None]) -> None:
        """Keep an import, and call `done` once it is saved; `before` is where it was kept until now."""
        job = partial(chart_drafts.keep, draft=draft, left_to_decide=left, before=before, by=by, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._kept, done), self._desk.explain)

    def open(self, authority: str, done: Callable[[ChartDraft], None]) -> None:
        """Read a draft."""
        self._desk.jobs.read(partial(chart_drafts.open_draft, authority=authority), done, self._desk.explain)

    @Slot(object)
    def discard(self, authority: str) -> None:
        """Forget a draft; it can be taken back."""
        job = partial(chart_drafts.discard, authority=authority, by=self._desk.operator)
        self._desk.jobs.write(job, self._discarded, self._desk.explain)

    def _show(self, found: list[Waiting]) -> None:
        self.listed.emit(tuple(self._row(one) for one in found))

    def _row(self, one: Waiting) -> Row:
        left = f"{one.left_to_decide} left to decide" if one.left_to_decide else "nothing left to decide"
        kept = f"kept {calendar.say_moment(one.kept_at, self._desk.now())}"
        by = f" by {one.kept_by}" if one.kept_by else ""
        title = f"{one.file_name}, {one.authority}" if one.authority else one.file_name
        return Row(one.authority, title, f"{left}, {kept}{by}", action="Go on")

    def _kept(self, done: Callable[[], None], _nothing: None) -> None:
        self.refresh()
        done()

    def _discarded(self, gone: Discarded | None) -> None:
        self.refresh()
        if gone is not None:
            self._desk.done("The draft was discarded.", "Undo", partial(self._put_back, gone))

    def _put_back(self, gone: Discarded) -> None:
        job = partial(chart_drafts.put_back, gone=gone, by=self._desk.operator)
        self._desk.jobs.write(job, self._kept_again, self._desk.explain)

    def _kept_again(self, _nothing: None) -> None:
        self.refresh()
        self._desk.done("The draft is kept again.")
