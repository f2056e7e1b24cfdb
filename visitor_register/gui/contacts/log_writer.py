"""How a contact is written: its person, what it answers as that stands now, and then all of it at once."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitor_register.domain.contacts import Clock
from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts.log_content import Order
from visitor_register.gui.contacts.log_offers import Offer
from visitor_register.gui.contacts.log_saving import save
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.who_field import Guest
from visitor_register.services import clocks, newcomers
from visitor_register.services.clocks import ClockLine

_GONE = "This deadline is not in the register any more. Look for it in Contacts."


@dataclass(frozen=True, slots=True)
class Press:
    """One press of Save, on its way: who pressed it when, and through what it is written."""

    order: Order
    jobs: JobRunner
    by: Operator
    at: datetime
    offer: Offer | None


class LogWriter(QObject):
    """One step after the other, each in the file it belongs to.

    Signals:
        kept: The `Press` and what was `Saved`.
        failed: The `RegisterError`: nothing of the contact is written.
    """

    kept = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._recorded: dict[object, UUID] = {}

    def forget(self) -> None:
        """Forget who was written down for a contact that is not."""
        self._recorded.clear()

    def write(self, press: Press) -> None:
        """Write it down. Somebody new goes to the desk's file first: the DSL's knows people by their number only."""
        somebody = press.order.content.guest
        if somebody is None:
            raise AssertionError("a form that was read names somebody")
        who = somebody.visitor
        person = who if isinstance(who, UUID) else self._recorded.get(who)
        if person is not None:
            self._find_answered(press, person)
        elif not isinstance(who, UUID):
            job = partial(newcomers.record, somebody=who, by=press.by, at=press.at)
            self._desk.jobs.write(job, partial(self._person_written, press, somebody), self.failed.emit)

    def _person_written(self, press: Press, somebody: Guest, person: UUID) -> None:
        # Should the contact itself fail now, the next press must not write them down again.
        self._recorded[somebody.visitor] = person
        self._find_answered(press, person)

    def _find_answered(self, press: Press, person: UUID) -> None:
        """What stops is worked out anew, however long the form was open."""
        if press.offer is None:
            self._write(press, person, None)
        else:
            job = partial(clocks.of, identity=press.offer.line.clock.id, by=press.by)
            press.jobs.read(job, partial(self._judge_answered, press, person), self.failed.emit)

    def _judge_answered(self, press: Press, person: UUID, found: Clock | None) -> None:
        if found is None:
            self.failed.emit(RegisterError(_GONE))
            return
        job = partial(clocks.judge, found=[found], at=press.at)
        self._desk.jobs.read(job, partial(self._write_answer, press, person), self.failed.emit)

    def _write_answer(self, press: Press, person: UUID, lines: list[ClockLine]) -> None:
        self._write(press, person, lines[0])

    def _write(self, press: Press, person: UUID, answered: ClockLine | None) -> None:
        answers = answered.assessed if answered is not None else None
        job = partial(save, order=press.order, person=person, answers=answers, by=press.by, at=press.at)
        press.jobs.write(job, partial(self.kept.emit, press), self.failed.emit)
