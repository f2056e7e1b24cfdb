"""The middle of an import, without its widgets: what it would change, what is asked, and every answer to it."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import boxes_words, import_rows
from visitor_register.gui.chart.import_print import ChangesPrinter
from visitor_register.gui.chart.import_refuse import possible
from visitor_register.gui.chart.import_state import Page
from visitor_register.gui.chart.import_talk import apart, begun, info_of
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_import, chart_trust
from visitor_register.services.chart_answers import Answer, add
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_plan import Decisions
from visitor_register.services.chart_reading import ReadFile
from visitor_register.services.chart_trust import Standing


class Deciding(QObject):
    """Compares the chart that was read with the one in use, again after each answer.

    Signals:
        page_shown: A `Page`: show it.
        boxes_shown, preview_shown: What those pages show.
    """

    page_shown = Signal(object)
    boxes_shown = Signal(object)
    preview_shown = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.printer: ChangesPrinter | None = None
        self._asked = 0
        self._talk = begun(calendar.london_date(desk.now()), desk.operator)

    @Slot(object)
    def answer(self, answer: Answer) -> None:
        """Somebody answered what is asked of a row or of a box."""
        if self._talk.found is None:
            return
        said, refused = possible(self._talk.found, answer)
        if refused:
            self._desk.explain(RegisterError(refused))
        decided = add(self._talk.decided, said) if said is not None else self._talk.decided
        # The same answer twice, by an impatient key, is one answer to take back.
        if decided != self._talk.decided:
            self._talk.before.append(self._talk.decided)
            self._talk.decided = decided
            self._compare()

    @Slot()
    def undo(self) -> None:
        """Take the last answer back."""
        if self._talk.before:
            self._talk.decided = self._talk.before.pop()
            self._compare()

    @Slot(object)
    def filter_team(self, team: str) -> None:
        """Show what changes in one team; the empty string is all."""
        self._talk.team = team or ""
        self._show_found()

    @Slot()
    def print_now(self) -> None:
        """Print what changes, of all teams or of the one that is shown."""
        if self.printer is not None and self._talk.shown is not None:
            self.printer.print_now(self._talk.shown)

    def _forget(self) -> None:
        self._asked += 1
        self._talk = begun(calendar.london_date(self._desk.now()), self._desk.operator)

    def _show(self, page: Page) -> None:
        self._talk.page = page
        self.page_shown.emit(page)

    def _compare(self) -> None:
        if self._talk.file is None:
            return
        self._asked += 1
        job = partial(
            _looked_at,
            file=self._talk.file,
            authority=self._talk.origin.authority,
            decisions=self._talk.decided,
            issued_on=self._talk.issued,
            on=calendar.london_date(self._desk.now()),
        )
        self._desk.jobs.read(job, partial(self._compared, self._asked), partial(self._not_compared, self._asked))

    def _compared(self, asked: int, answer: tuple[ImportPreview, Standing]) -> None:
        if asked == self._asked and self._talk.file is not None:
            self._talk.found, self._talk.standing = answer
            self._show_found()
            self._after_comparing(answer[0])

    def _not_compared(self, asked: int, error: RegisterError) -> None:
        """Say why it cannot be used: its signature is another council's, of another key, or it is older."""
        if asked == self._asked:
            self._talk.accept_next = False
            self._desk.explain(error)

    def _after_comparing(self, _found: ImportPreview) -> None:
        """Show the page that comes next: the drawing of a file that was just read, else what there is to decide."""
        drawn = self._talk.pages and self._talk.page in (Page.CHOOSE, Page.BOXES)
        self._show(Page.BOXES if drawn else Page.DECIDE)

    def _show_found(self) -> None:
        talk = self._talk
        if talk.found is None or talk.file is None:
            return
        info, can_undo = info_of(talk.file, talk.found, talk.issued), bool(talk.before)
        talk.shown = import_rows.preview(talk.found, apart(talk), info, team=talk.team, can_undo=can_undo)
        self.preview_shown.emit(talk.shown)
        if talk.pages:
            shown = boxes_words.boxes(talk.found, talk.pages, talk.decided.links, info, can_undo=can_undo)
            self.boxes_shown.emit(shown)


def _looked_at(
    session: Session, *, file: ReadFile, authority: str, decisions: Decisions, issued_on: date | None, on: date
) -> tuple[ImportPreview, Standing]:
    """Return what the chart would change, and whose it is; its signature is looked at first."""
    opened = file.opened
    standing = chart_trust.look_at(session, opened.signed, opened.sha256, authority=authority, on=on)
    found = chart_import.preview(session, file.reading, authority=authority, decisions=decisions, issued_on=issued_on)
    return found, standing
