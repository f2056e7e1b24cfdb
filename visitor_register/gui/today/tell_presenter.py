"""After a sign-in: the call script, the message if the school wants one, and what became of both."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.people import Operator
from visitor_register.domain.policy import TellBy
from visitor_register.domain.visits import Means
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.mail_program import MailProgram
from visitor_register.gui.today.tell_sender import MailSender, Sending
from visitor_register.services import telling
from visitor_register.services.telling import Outgoing, Plan, Script
from visitor_register.services.today import Board

FILE_NAME = "visitor-message.eml"
"""Where a message waits that is too long for a link: one file, so that no collection of names grows on the disk."""
_NO_MAIL = "No mail program opened on this PC. Ring instead."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A script that is still to be dealt with. `state` says what was tried; `sent`: a message is on its way to them."""

    script: Script
    to_host: Outgoing | None = None
    state: str = ""
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the desk sees: the newest script, and how many older ones follow it. `write`: whom a message can go to."""

    waiting: Waiting
    more: int
    write: str = ""


class TellPresenter(QObject):
    """Knows who is still to be told. It keeps nothing of it: History does.

    Attributes:
        program: The mail program, for a message that is sent by hand.

    Signals:
        shown: A `Shown`, or None when everybody was told.
        trouble: A visit, and the sentence that says why its message did not go.
    """

    shown = Signal(object)
    trouble = Signal(object, str)

    def __init__(self, desk: Desk, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is where a message waits that is too long for a link; what was left there is taken away."""
        super().__init__(parent)
        self._desk, self.program = desk, MailProgram(folder / FILE_NAME)
        self._begun: set[UUID] = set()
        self._waiting: list[Waiting] = []
        self.mail = MailSender(self)
        self.mail.sent.connect(self._sent)
        desk.erased.connect(self._clear_away)

    @Slot(object)
    def begin(self, visit: UUID) -> None:
        """Somebody was signed in: say whom to tell. The same visit is told once."""
        if visit not in self._begun:
            self._begun.add(visit)
            self._desk.jobs.read(partial(telling.plan, identity=visit, at=self._desk.now()), partial(self._go, visit))

    @Slot(object)
    def follow(self, board: Board) -> None:
        """Nobody is told of a visitor who left, or who was somebody else."""
        here = {line.visit.id for line in board.on_site}
        self._keep([one for one in self._waiting if one.script.visit in here])

    @Slot()
    def told(self) -> None:
        """Whom the newest script names was told."""
        self._answered(True)

    @Slot()
    def no_answer(self) -> None:
        """They did not answer: the script stays."""
        self._answered(False)

    @Slot()
    def put_away(self) -> None:
        """Nobody need be rung: the host stands at the desk."""
        self._keep(self._waiting[:-1])

    @Slot()
    def write(self) -> None:
        """Open a message in the mail program, to be sent by hand."""
        newest = self._waiting[-1] if self._waiting else None
        if newest is None or newest.to_host is None:
            return
        if not self.program.open(newest.to_host.message):
            self._desk.explain(RegisterError(_NO_MAIL))
            return
        said = partial(self._say, newest.script.visit, "A message is in the mail program: send it there.")
        whom = newest.to_host.whom
        self._write_down(said, newest.script.visit, whom=whom, means=Means.MESSAGE_WRITTEN, reached=False)

    def close(self) -> None:
        """Finish what is being sent, and write down how it went."""
        self.mail.close()
        self.program.clear_away()

    @Slot()
    def _clear_away(self) -> None:
        self.program.clear_away()

    def _go(self, visit: UUID, plan: Plan) -> None:
        if plan.script is not None:
            # Who was sent a message made room for the next visitor; others wait until they are told.
            kept = [one for one in self._waiting if not one.sent]
            self._keep([*kept, Waiting(plan.script, plan.to_host if plan.by is TellBy.COMPOSE else None)])
        if plan.account is not None:
            for outgoing in filter(None, (plan.to_host, plan.to_dsl)):
                self.mail.send(Sending(visit, outgoing, self._desk.operator), plan.account)

    def _answered(self, reached: bool) -> None:
        if not self._waiting:
            return
        script, at = self._waiting[-1].script, calendar.say_time(self._desk.now())
        said = partial(self._done, script.visit) if reached else partial(self._say, script.visit, f"No answer at {at}.")
        self._write_down(said, script.visit, whom=script.whom, means=Means.CALL, reached=reached)

    @Slot(object, object)
    def _sent(self, sending: Sending, error: BaseException | None) -> None:
        """A message went, or did not: then the call script stands, and a sentence says why."""
        whom, to_dsl = sending.outgoing.whom, sending.outgoing.to_dsl
        state = f"A message was sent at {calendar.say_time(self._desk.now())}. Ring if nobody comes."
        if error is not None:
            state = "No message was sent: please ring."
            why = str(error) if isinstance(error, RegisterError) else "Something unexpected happened."
            self.trouble.emit(sending.visit, f"No message could be sent to {whom}: please ring. {why}")
        said = partial(self._say, sending.visit, state, sent=error is None)
        means = Means.MESSAGE_SENT if error is None else Means.MESSAGE_FAILED
        self._write_down(
            None if to_dsl else said,
            sending.visit,
            by=sending.by,
            whom=whom,
            means=means,
            reached=error is None,
            to_dsl=to_dsl,
        )

    def _write_down(
        self, done: Callable[[None], None] | None, visit: UUID, *, by: Operator | None = None, **said: Any
    ) -> None:
        job = partial(telling.record, identity=visit, by=by or self._desk.operator, at=self._desk.now(), **said)
        self._desk.jobs.write(job, done)

    def _done(self, visit: UUID, _value: None) -> None:
        self._keep([one for one in self._waiting if one.script.visit != visit])

    def _say(self, visit: UUID, state: str, _value: None, *, sent: bool = False) -> None:
        self._keep(
            [replace(one, state=state, sent=sent) if one.script.visit == visit else one for one in self._waiting]
        )

    def _keep(self, waiting: list[Waiting]) -> None:
        if waiting == self._waiting and waiting:
            return
        self._waiting = waiting
        newest = waiting[-1] if waiting else None
        write = newest.to_host.whom if newest is not None and newest.to_host is not None else ""
        self.shown.emit(Shown(newest, len(waiting) - 1, write) if newest is not None else None)
