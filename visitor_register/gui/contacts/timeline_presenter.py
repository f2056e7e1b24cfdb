"""The timeline of a deadline, its child or its worker: read from both files, and saved as a PDF or a list."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.domain.staff_hidden import SOMEBODY
from visitor_register.errors import RegisterError
from visitor_register.files import pdf_password, timeline_csv
from visitor_register.files.timeline_csv import TimelineLine
from visitor_register.gui.contacts import timeline_words
from visitor_register.gui.contacts.timeline_told import moment
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.prints import pdf, timeline_sheet
from visitor_register.gui.prints.timeline_sheet import Heading
from visitor_register.services import directory, proof, timeline
from visitor_register.services.clocks import ClockLine
from visitor_register.services.timeline import Asked, DeskPart, DslPart, Timeline

_FOUND = 5
"""How many people of a name are offered."""
_NOT_WRITTEN = "The file could not be written there. Close it if it is open, or choose another folder."


@dataclass(frozen=True, slots=True)
class Scope:
    """Another timeline that is a press away."""

    words: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Shown:
    """A timeline in words. `scopes` are those one may turn to, this one among them."""

    asked: Asked
    title: str
    second: str
    lines: tuple[TimelineLine, ...]
    scopes: tuple[Scope, ...]


class TimelinePresenter(QObject):
    """Knows one timeline as long as somebody is at the desk who may; forgets it when somebody else is.

    Signals:
        shown: A `Shown`; None when there is none, or none any more.
        wrong: A sentence about the password.
        saved: The file is written.
    """

    shown = Signal(object)
    wrong = Signal(str)
    saved = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Asked | None = None
        self._scopes: tuple[Scope, ...] = ()
        self._timeline: Timeline | None = None
        self._turn = 0
        self._followed: JobRunner | None = None
        desk.jobs.changed.connect(self.refresh)
        desk.operator_changed.connect(self._handed_over)
        self._follow()

    @property
    def asked(self) -> Asked | None:
        """Whose timeline is wanted."""
        return self._asked

    @Slot(object)
    def open_line(self, line: ClockLine | None) -> None:
        """The timeline of a deadline, its child or its worker: all can be turned to. None is of nobody yet."""
        if line is None:
            self.close()
            return
        owed = line.clock
        child, matter = Asked(child_reference=owed.child_reference), Asked(clock=owed.id)
        scopes = [Scope("This deadline", matter)]
        if owed.child_reference:
            scopes.append(Scope(f"Child {owed.child_reference}", child))
        scopes.append(Scope(line.person.name if line.person else "The worker", Asked(person=owed.person)))
        self._scopes = tuple(scopes)
        self.open(child if owed.child_reference else matter)

    @Slot(object)
    def open_person(self, person: UUID) -> None:
        """The timeline of a worker."""
        self._scopes = ()
        self.open(Asked(person=person))

    @Slot(str)
    def look_for(self, text: str) -> None:
        """Find the worker of that name, or the child with that reference; both can be turned to."""
        wanted = text.strip()
        if wanted and self._dsl_jobs() is not None:
            self._turn += 1
            job = partial(directory.search, text=wanted, limit=_FOUND)
            self._desk.jobs.read(job, partial(self._found, self._turn, wanted), self._desk.explain)

    def _found(self, turn: int, text: str, people: list[Person]) -> None:
        if turn == self._turn:
            named = [Scope(", ".join(filter(None, (one.name, one.team))), Asked(person=one.id)) for one in people]
            self._scopes = (*named, Scope(f"Child {text}", Asked(child_reference=text)))
            self.open(self._scopes[0].asked)

    @Slot(object)
    def open(self, asked: Asked) -> None:
        """Read this one; until it is there the one before stays, under its own name."""
        self._asked = asked
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read it again: one file, then the other, each no longer than needed."""
        dsl_jobs = self._dsl_jobs()
        if self._asked is None or dsl_jobs is None:
            return
        self._turn += 1
        by = self._desk.operator
        begin = partial(timeline.begin, asked=self._asked, by=by)
        dsl_jobs.read(begin, partial(self._at_the_desk, self._turn, self._asked), self._desk.explain)

    def close(self) -> None:
        """Forget it: nobody looks at it any more."""
        self._turn += 1
        self._asked = self._timeline = None
        self._scopes = ()
        self.shown.emit(None)

    def suggested_name(self, ending: str) -> str:
        """A file name that says on which day it was saved, and nothing about people."""
        return f"timeline_{london_date(self._desk.now()).isoformat()}.{ending}"

    def password_fits(self, password: str, again: str) -> bool:
        """Whether a password can be used; what is wrong with it is said."""
        try:
            pdf_password.check_typed(password, again)
        except RegisterError as error:
            self.wrong.emit(str(error))
            return False
        self.wrong.emit("")
        return True

    def save_pdf(self, path: Path, *, with_staff: bool, password: str = "") -> None:
        """Save it as a PDF, with a password if one is given."""
        if self._timeline is not None:
            by = self._desk.operator.name if with_staff else SOMEBODY
            at = self._desk.now()
            job = partial(_write_pdf, path, self._timeline, f"Printed {moment(at)} by {by}", at)
            self._write(partial(job, with_staff=with_staff, password=password))

    def save_list(self, path: Path, *, with_staff: bool) -> None:
        """Save it as a list for spreadsheets."""
        if self._timeline is not None:
            self._write(partial(_write_list, path, self._timeline, with_staff=with_staff))

    def _write(self, job: "partial[Path]") -> None:
        if (dsl_jobs := self._dsl_jobs()) is not None:
            dsl_jobs.read(job, self._saved, self._desk.explain)

    def _saved(self, path: Path) -> None:
        self._desk.tell(f"Saved as {path.name}. Whoever has the file can read it: keep it safe.")
        self.saved.emit()

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    def _at_the_desk(self, turn: int, asked: Asked, named: frozenset[UUID]) -> None:
        if turn == self._turn:
            job = partial(timeline.at_the_desk, asked=asked, named=named, by=self._desk.operator)
            self._desk.jobs.read(job, partial(self._in_the_dsl_file, turn, asked), self._desk.explain)

    def _in_the_dsl_file(self, turn: int, asked: Asked, desk: DeskPart) -> None:
        dsl_jobs = self._dsl_jobs()
        if turn == self._turn and dsl_jobs is not None:
            job = partial(timeline.in_the_dsl_file, asked=asked, desk=desk, by=self._desk.operator)
            dsl_jobs.read(job, partial(self._join, turn, asked, desk), self._desk.explain)

    def _join(self, turn: int, asked: Asked, desk: DeskPart, dsl: DslPart) -> None:
        if turn == self._turn:
            by, at = self._desk.operator, self._desk.now()
            job = partial(_worded, asked=asked, desk=desk, dsl=dsl, by=by, at=at)
            self._desk.jobs.read(job, partial(self._show, turn), self._desk.explain)

    def _show(self, turn: int, found: tuple[Timeline, tuple[TimelineLine, ...]]) -> None:
        if turn != self._turn:
            return
        self._timeline, told = found
        count = f"{len(told):,} {'line' if len(told) == 1 else 'lines'}"
        second = f"{count}, {timeline_words.span(told)}" if told else ""
        title = timeline_words.whose(self._timeline)
        self.shown.emit(Shown(self._timeline.asked, title, second, told, self._scopes))

    def _follow(self) -> None:
        """Read again after what is written in the DSL's file that is open now."""
        jobs = self._dsl_jobs()
        if jobs is not None and jobs is not self._followed:
            jobs.changed.connect(self.refresh)
        self._followed = jobs

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        """Nothing of it stays for the next person."""
        self.close()
        self._follow()


def _worded(
    session: Session, asked: Asked, desk: DeskPart, dsl: DslPart, *, by: Operator, at: datetime
) -> tuple[Timeline, tuple[TimelineLine, ...]]:
    """Join both parts and put them into words, away from the window."""
    found = timeline.join(session, asked, desk, dsl, by=by, at=at)
    return found, timeline_words.lines(found)


def _write_pdf(
    path: Path, found: Timeline, printed: str, at: datetime, dsl_session: Session, *, with_staff: bool, password: str
) -> Path:
    """Write it, and say under which name: another when a reader holds that one."""
    told = timeline_words.lines(found, with_staff=with_staff)
    whose = timeline_words.whose(found, with_staff=with_staff)
    proved, child = proof.of_today(dsl_session, at=at), found.asked.child_reference
    heading = Heading(whose, found.school, timeline_words.span(told), printed, child, proved)
    content = timeline_sheet.as_pdf(heading, told, password=password)
    try:
        return pdf.save(path, content)
    except OSError as error:
        raise RegisterError(_NOT_WRITTEN) from error


def _write_list(path: Path, found: Timeline, _session: Session, *, with_staff: bool) -> Path:
    timeline_csv.write(path, timeline_words.lines(found, with_staff=with_staff))
    return path
