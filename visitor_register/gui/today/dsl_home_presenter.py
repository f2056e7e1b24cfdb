"""What waits for the DSL: counted while one sits at the desk, and a discussion that was followed up written down."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from visitor_register.domain.people import Operator
from visitor_register.gui.desk import Desk
from visitor_register.gui.dsl_reader import DslReader
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import contacts, dsl_home, review
from visitor_register.services.dsl_home import FollowUp, Home, Noted


class DslHomePresenter(DslReader):
    """Knows the numbers as long as somebody is at the desk who may; forgets them when somebody else is.

    It reads again whenever either file was written; whoever owns it says when time has gone by.

    Signals:
        counted: The numbers (`Home`), or None when there are none for whoever is at the desk.
        wanted: Go where this number leads: "contacts", "letters" or "chart".
        followed: What was written about a discussion is saved.
    """

    counted = Signal(object)
    wanted = Signal(str)
    followed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._follow()

    def follow_up(self, one: FollowUp, note: str) -> None:
        """Write down how a discussion was followed up."""
        self._write(partial(contacts.follow_up, about=one.about, note=note), "Written down: it was followed up.")

    def _read(self, dsl_jobs: JobRunner) -> None:
        job = partial(dsl_home.noted, by=self.desk.operator, at=self.desk.now())
        dsl_jobs.read(job, partial(self._count, self._turn), partial(self._not_read, self._turn))

    def _count(self, turn: int, found: Noted) -> None:
        if turn == self._turn:
            job = partial(_count, found=found, by=self.desk.operator, at=self.desk.now())
            self.desk.jobs.read(job, partial(self._show, turn), partial(self._not_read, turn))

    def _show(self, turn: int, home: Home) -> None:
        if turn == self._turn:
            self.counted.emit(home)
            self._has_read()

    def _saved(self) -> None:
        self.followed.emit()

    def _forget(self) -> None:
        self.counted.emit(None)


def _count(session: Session, *, found: Noted, by: Operator, at: datetime) -> Home:
    return dsl_home.count(session, found, to_review=review.count(session, by=by), at=at)
