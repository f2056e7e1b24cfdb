"""What waits for the DSL: counted while one sits at the desk, and a discussion that was followed up written down."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import contacts, dsl_home, review
from visitor_register.services.dsl_home import FollowUp, Home, Noted


class DslHomePresenter(QObject):
    """Knows the numbers as long as somebody is at the desk who may; forgets them when somebody else is.

    It reads again whenever either file was written; whoever owns it says when time has gone by.

    Signals:
        counted: The numbers (`Home`), or None when there are none for whoever is at the desk.
        wanted: Go where this number leads: "contacts", "letters" or "chart".
        wrong: A sentence about what stands in the open field.
        followed: What was written about a discussion is saved.
    """

    counted = Signal(object)
    wanted = Signal(str)
    wrong = Signal(str)
    followed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._turn = 0
        self._reading = self._again = self._busy = False
        desk.jobs.changed.connect(self.refresh)
        desk.operator_changed.connect(self._handed_over)
        self._follow()

    @property
    def allowed(self) -> bool:
        """Whether whoever is at the desk may see any of it."""
        return self.desk.operator.role in SEES_CHILDREN and self.desk.dsl_jobs is not None

    @Slot()
    def refresh(self) -> None:
        """Count again. While it counts, once more is enough."""
        dsl_jobs = self.desk.dsl_jobs
        if not self.allowed or dsl_jobs is None:
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        job = partial(dsl_home.noted, by=self.desk.operator, at=self.desk.now())
        dsl_jobs.read(job, partial(self._count, self._turn), partial(self._not_read, self._turn))

    def follow_up(self, one: FollowUp, note: str) -> None:
        """Write down how a discussion was followed up."""
        dsl_jobs = self.desk.dsl_jobs
        if self._busy or dsl_jobs is None or not self.allowed:
            return
        self._busy = True
        job = partial(contacts.follow_up, about=one.about, note=note, by=self.desk.operator, at=self.desk.now())
        dsl_jobs.write(job, partial(self._written, self._turn), partial(self._not_written, self._turn))

    def _count(self, turn: int, found: Noted) -> None:
        if turn == self._turn:
            job = partial(_count, found=found, by=self.desk.operator, at=self.desk.now())
            self.desk.jobs.read(job, partial(self._show, turn), partial(self._not_read, turn))

    def _show(self, turn: int, home: Home) -> None:
        if turn != self._turn:
            return
        self._reading = False
        self.counted.emit(home)
        if self._again:
            self._again = False
            self.refresh()

    def _not_read(self, turn: int, error: RegisterError) -> None:
        if turn == self._turn:
            self._reading = False
            self.desk.explain(error)

    def _written(self, turn: int, _nothing: object) -> None:
        if turn == self._turn:
            self._busy = False
            self.followed.emit()
            self.desk.done("Written down: it was followed up.")

    def _not_written(self, turn: int, error: RegisterError) -> None:
        if turn == self._turn:
            self._busy = False
            self.wrong.emit(str(error))
            if "NOT SAVED" in str(error):
                self.desk.explain(error)

    def _follow(self) -> None:
        dsl_jobs: JobRunner | None = self.desk.dsl_jobs if self.allowed else None
        if dsl_jobs is not None:
            dsl_jobs.changed.connect(self.refresh)

    @Slot(object)
    def _handed_over(self, _operator: Operator) -> None:
        """Nothing of it stays for the next person, and no answer for the one before arrives any more."""
        self._turn += 1
        self._reading = self._again = self._busy = False
        self.counted.emit(None)
        self._follow()
        self.refresh()


def _count(session: Session, *, found: Noted, by: Operator, at: datetime) -> Home:
    return dsl_home.count(session, found, to_review=review.count(session, by=by), at=at)
