"""What the desk says, written down: signing in and out, call-backs, corrections at once; and the line that tells it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Arrival, Call
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.prints.printer import Printed
from visitor_register.gui.today import lookups
from visitor_register.services import arrivals

Answer = tuple[Visit, str]
_UNDO = "Not this person"


class DeskWriter(QObject):
    """Writes in the background and says so only after it was saved.

    Signals:
        written: It is saved; whoever stood at the desk is dealt with.
        arrived: Somebody is signed in: the visit.
        missing: An answer is missing: the sentence that says which.
        not_saved: The disk did not take it (`RegisterError`); what was filled in must be kept.
    """

    written = Signal()
    arrived = Signal(object)
    missing = Signal(str)
    not_saved = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._undo: UUID | None = None
        self._passes: PassDesk | None = None
        self._print_trouble = ""
        self._words = ""

    def print_passes(self, passes: PassDesk) -> None:
        """Print a pass at each sign-in, on a PC that has a printer for it."""
        self._passes = passes

    def sign_in(self, arrival: Arrival) -> None:
        """Somebody comes in."""
        self._write(arrivals.sign_in, self._signed_in, arrival=arrival)

    def sign_out(self, visit: UUID) -> None:
        """Somebody leaves now."""
        self._write(arrivals.sign_out, self._signed_out, identity=visit)

    def put_back(self, visit: UUID, reason: str) -> None:
        """Somebody's leaving was logged by mistake."""
        self._write(arrivals.put_back, self._taken_back, identity=visit, reason=reason)

    def record_call(self, visit: UUID, call: Call) -> None:
        """Somebody who is in already was vouched for, or not."""
        self._write(arrivals.record_call, self._called, identity=visit, call=call)

    def decline(self, arrival: Arrival, contacted: str, reason: str) -> None:
        """Entry is declined; the service lets only the DSL and the head."""
        self._write(arrivals.decline, self._declined, arrival=arrival, contacted=contacted, reason=reason)

    @Slot()
    def undo(self) -> None:
        """Take back what was just signed in or out: it was not this person."""
        visit, self._undo = self._undo, None
        if visit is not None:
            reason = "Not this person, said at once"
            self._write(arrivals.not_this_person, self._taken_back, identity=visit, reason=reason)

    def _write(self, service: Callable[..., Visit], done: Callable[[Answer], None], **said: Any) -> None:
        job = partial(service, by=self._desk.operator, at=self._desk.now(), **said)
        self._desk.jobs.write(partial(lookups.with_name, job), done, self._failed)

    def _signed_in(self, answer: Answer) -> None:
        visit, name = answer
        words = f"Signed in: {name} at {calendar.say_time(visit.arrived_at)}."
        self._tell_with_undo(visit, words)
        self.arrived.emit(visit.id)
        if self._passes is not None and self._passes.by_itself:
            self._passes.print_and_tell(visit.id, partial(self._pass_printed, visit.id, words))

    def _pass_printed(self, visit: UUID, words: str, printed: Printed) -> None:
        """Say it in the line of the sign-in, so that *Not this person* stays; amber only when the trouble is new."""
        new = not printed.on_paper and printed.words != self._print_trouble
        self._print_trouble = "" if printed.on_paper else printed.words
        if self._undo != visit:
            # It was taken back, or the next visitor is in by now: their line is not replaced.
            return
        self._words = f"{words} {printed.words}"
        self._desk.said.emit(Notice("check" if new else "done", self._words, _UNDO, partial(self._undo_only, visit)))

    @Slot(object, str)
    def say_trouble(self, visit: UUID, trouble: str) -> None:
        """Something about a sign-in went wrong afterwards: said in its line, as long as that is the newest."""
        if self._undo == visit:
            words = f"{self._words} {trouble}"
            self._desk.said.emit(Notice("check", words, _UNDO, partial(self._undo_only, visit)))
        else:
            self._desk.said.emit(Notice("check", trouble))

    def _undo_only(self, visit: UUID) -> None:
        """Take back this one; an older line must not undo what was done since."""
        if self._undo == visit:
            self.undo()

    def _signed_out(self, answer: Answer) -> None:
        visit, name = answer
        left = calendar.say_time(visit.left_at) if visit.left_at else ""
        self._tell_with_undo(visit, f"Signed out: {name} at {left}.")

    def _tell_with_undo(self, visit: Visit, words: str) -> None:
        self.written.emit()
        self._undo, self._words = visit.id, words
        self._desk.done(words, _UNDO, self.undo)

    def _taken_back(self, answer: Answer) -> None:
        visit, name = answer
        words = "is signed in again" if visit.state is VisitState.ON_SITE else "is not signed in"
        self._desk.done(f"Taken back: {name} {words}. Both stay in History.")

    def _called(self, answer: Answer) -> None:
        visit, name = answer
        self.written.emit()
        self._desk.done(f"Call-back for {name}: {'confirmed' if visit.called_back else 'written down'}.")

    def _declined(self, _answer: Answer) -> None:
        self.written.emit()
        self._desk.done("Entry declined, with the reason. It stands in History.")

    def _failed(self, error: RegisterError) -> None:
        if "NOT SAVED" in str(error):
            self.not_saved.emit(error)
        else:
            self.missing.emit(str(error))
