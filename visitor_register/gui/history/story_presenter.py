"""One visit: its story, and what a person may say about it afterwards."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.people import AT_THE_DESK
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.history import correction
from visitor_register.gui.history.correction import Written
from visitor_register.gui.history.rows import MARK, OUTCOME, who
from visitor_register.gui.history.telling import Told, tell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.services import arrivals, history
from visitor_register.services.history import Story


@dataclass(frozen=True, slots=True)
class Shown:
    """A visit in words. `may` names what can be done: "correct", "back", "leaving"."""

    visit: UUID
    title: str
    second: str
    outcome: PillSpec
    marks: str
    told: tuple[Told, ...]
    may: frozenset[str]
    written: Written


class StoryPresenter(QObject):
    """Tells the story of one visit and writes what is said about it.

    Signals:
        shown: A `Shown`.
        told_wrong: For each field of the open form what to write instead.
        acted: Something was written: back to the story.
    """

    shown = Signal(object)
    told_wrong = Signal(object)
    acted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._open: UUID | None = None
        self._visit: Visit | None = None
        self._writing = False

    def open(self, visit: UUID) -> None:
        """Read one visit."""
        self._open, self._writing = visit, False
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read it again."""
        if self._open is not None:
            job = partial(history.story, identity=self._open, at=self._desk.now())
            self._desk.jobs.read(job, partial(self._show, self._open))

    def correct(self, written: Written) -> None:
        """Correct the arrival; both versions stay."""
        if self._visit is None:
            return
        said, wrong = correction.read(written, self._visit, self._desk.now())
        self.told_wrong.emit(wrong)
        if said is not None:
            job = partial(arrivals.correct, identity=self._visit.id, correction=said)
            self._write(job, "Corrected. Both versions stay on record.")

    def put_back(self, reason: str) -> None:
        """The leaving was logged by mistake."""
        if self._visit is None:
            return
        wrong = {} if reason.strip() else {"reason": "Say why, in a few words: both stay on record."}
        self.told_wrong.emit(wrong)
        if not wrong:
            job = partial(arrivals.put_back, identity=self._visit.id, reason=reason)
            self._write(job, "Back on site.")

    def fill_in(self, day: str, clock: str) -> None:
        """Somebody knows when the visitor left."""
        if self._visit is None:
            return
        at, wrong = correction.leaving(day, clock, self._visit, self._desk.now())
        self.told_wrong.emit(wrong)
        if at is not None:
            job = partial(arrivals.fill_in_leaving, identity=self._visit.id, left_at=at)
            self._write(job, "Leaving filled in. It is marked as filled in later.")

    @Slot()
    def unknown(self) -> None:
        """Nobody knows when the visitor left."""
        if self._visit is not None:
            job = partial(arrivals.leaving_unknown, identity=self._visit.id)
            self._write(job, "Noted: nobody knows when they left.")

    def _write(self, job: "partial[Visit]", words: str) -> None:
        # A second press before the first is answered would say it twice.
        if self._writing:
            return
        self._writing = True
        job = partial(job, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._written, words), self._not_written)

    def _not_written(self, error: RegisterError) -> None:
        self._writing = False
        self._desk.explain(error)

    def _written(self, words: str, _visit: Visit) -> None:
        self._writing = False
        self._desk.done(words)
        self.acted.emit()

    def _show(self, asked: UUID, story: Story | None) -> None:
        if story is None or asked != self._open:
            return
        line = story.line
        visit, person = line.visit, line.person
        self._visit = visit
        day = calendar.say_date(calendar.london_date(visit.arrived_at))
        where = " · ".join(part for part in ((person.job_title, person.team or person.organisation) if person else ()))
        told = tuple(tell(happening) for happening in story.happenings)
        marks = ", ".join(MARK[mark] for mark in line.marks)
        self.shown.emit(
            Shown(
                visit.id,
                who(line),
                "\n".join(part for part in (where.strip(" ·"), f"Visit of {day}") if part),
                OUTCOME[line.outcome],
                marks,
                told,
                self._may(visit),
                correction.of_visit(visit),
            )
        )

    def _may(self, visit: Visit) -> frozenset[str]:
        if self._desk.operator.role not in AT_THE_DESK:
            return frozenset()
        can = {
            VisitState.ON_SITE: ("correct", "leaving"),
            VisitState.LEFT: ("correct", "back"),
            VisitState.LEAVING_UNKNOWN: ("correct", "back", "leaving"),
        }
        return frozenset(can.get(visit.state, ()))
