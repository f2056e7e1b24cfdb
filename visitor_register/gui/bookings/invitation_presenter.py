"""An invitation that was dropped or opened: read beside the desk, matched, confirmed by a person, then written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import Place
from visitor_register.domain.invitations import InvitationRead
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.domain.policy import Staff
from visitor_register.errors import RegisterError
from visitor_register.files import sandbox
from visitor_register.gui.bookings import invitation_words
from visitor_register.gui.bookings.invitation_words import HereToSee
from visitor_register.gui.desk import Desk
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import invitations, policy
from visitor_register.services.invitation_steps import Step
from visitor_register.services.invitations import Applied, Choices, Proposal

Opener = Callable[[Path], tuple[InvitationRead, ...]]
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What stands on the page: an answer for each person asked about, None where there is none yet."""

    answers: tuple[Any, ...]
    here_to_see: str
    place: Place | None
    room: str


class InvitationPresenter(QObject):
    """One invitation after the other, until all of a drop are confirmed or left.

    Signals:
        shown: An `InvitationShown`.
        unanswered: Numbers of the people of whom nobody said who they are.
        closed: There is no invitation to look at any more.
        written: The day of the first visit that was booked, changed or cancelled.
    """

    shown = Signal(object)
    unanswered = Signal(object)
    closed = Signal()
    written = Signal(object)

    def __init__(
        self,
        desk: Desk,
        seal_public: bytes,
        *,
        opener: Opener = sandbox.read_invitations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._public = desk, seal_public
        self._waiting: list[InvitationRead] = []
        self._plan: Proposal | None = None
        self._writing = False
        self._opener = opener
        self.reader = FileReader(self)
        self.reader.done.connect(self._read)
        self.reader.refused.connect(desk.explain)
        desk.operator_changed.connect(self._handed_over)

    def open(self, paths: Sequence[Path]) -> None:
        """Read these files; they are looked at after what is shown already."""
        if len(paths) > MOST_FILES:
            self._desk.explain(RegisterError(f"These are more than {MOST_FILES} files: drop fewer at a time."))
            return
        if paths:
            self.reader.run(partial(_open_all, self._opener, tuple(paths)))

    def confirm(self, said: Confirmed) -> None:
        """Do what was proposed, or say what is still to be answered."""
        plan = self._plan
        if plan is None or self._writing:
            return
        missing = [number for number, answer in enumerate(said.answers) if answer is None]
        self.unanswered.emit(missing)
        if missing:
            return
        visitors = tuple(answer for answer in said.answers if isinstance(answer, UUID | NewVisitor))
        hosts = [answer.name for answer in said.answers if isinstance(answer, HereToSee)]
        choices = Choices(visitors, said.here_to_see or ", ".join(hosts), said.place or Place.SCHOOL, said.room)
        dsl_jobs = self._dsl_jobs()
        job = partial(
            invitations.apply,
            plan=plan,
            choices=choices,
            public=self._public if dsl_jobs is None else None,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._writing = True
        self._desk.jobs.write(job, partial(self._applied, plan, dsl_jobs), self._not_applied)

    @Slot()
    def leave(self) -> None:
        """Do nothing about this one; the next one, if there is any."""
        self._plan = None
        self._next()

    def _read(self, found: tuple[InvitationRead, ...]) -> None:
        self._waiting += found
        if self._plan is None:
            self._next()

    def _next(self) -> None:
        self._writing = False
        if not self._waiting:
            self.closed.emit()
            return
        self._look(self._waiting.pop(0))

    def _look(self, read: InvitationRead) -> None:
        self._desk.jobs.read(partial(_propose, read=read, at=self._desk.now()), self._proposed, self._no_proposal)

    def _proposed(self, found: tuple[Proposal, Staff]) -> None:
        self._plan, staff = found
        sealed = self._dsl_jobs() is None
        self.shown.emit(
            invitation_words.shown(self._plan, staff.names, staff.places, left=len(self._waiting), sealed=sealed)
        )

    def _no_proposal(self, error: RegisterError) -> None:
        self._desk.explain(error)
        self.leave()

    def _applied(self, plan: Proposal, dsl_jobs: JobRunner | None, applied: Applied) -> None:
        if dsl_jobs is not None:
            by, at = self._desk.operator, self._desk.now()
            job = partial(invitations.record_text, about=applied.touched, read=plan.read, by=by, at=at)
            dsl_jobs.write(job, None, self._desk.explain)
        self._desk.done(invitation_words.done(applied))
        first = next(planned.meeting.starts_at for planned in plan.meetings if planned.step is not Step.NOTHING)
        self.written.emit(calendar.london_date(first))
        self.leave()

    def _not_applied(self, error: RegisterError) -> None:
        self._writing = False
        self._desk.explain(error)
        if self._plan is not None and "meanwhile" in str(error):
            self._look(self._plan.read)

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What somebody else dropped is not for the next person's eyes.
        self._waiting, self._plan = [], None
        self._next()


def _propose(session: Session, read: InvitationRead, at: datetime) -> tuple[Proposal, Staff]:
    return invitations.match(session, read, at), policy.read(session, calendar.london_date(at)).staff


def _open_all(opener: Opener, paths: Sequence[Path]) -> tuple[InvitationRead, ...]:
    """Return the invitations of all files, in their order."""
    return tuple(read for path in paths for read in opener(path))
