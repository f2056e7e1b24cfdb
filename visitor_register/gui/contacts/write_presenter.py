"""Writing to the authority: a letter is begun, opened in the mail program or copied, and written down in one step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.contacts import Rung
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts.write_ladder import below_of, early_words, read_ladder
from visitor_register.gui.contacts.write_state import Begun, Draft, Form, Ladder, wrong
from visitor_register.gui.desk import Desk
from visitor_register.gui.mail_program import MailProgram
from visitor_register.services import clocks, directory, letters_sent, writing
from visitor_register.services.clocks import ClockLine
from visitor_register.services.letter_words import chronology, moment_words
from visitor_register.services.letters_sent import Trail

FILE_NAME = "letter.eml"
_NO_MAIL = "No mail program opened, so nothing is logged. Copy the parts into your web mail, then press “Log as sent”."
_NOT_LOGGED = "The message is open in the mail program, but it is not logged: {why}"


class WritePresenter(QObject):
    """Knows the letter that is being written, and the ladder of the deadline that is being escalated.

    Signals:
        drafted: A `Draft` to show.
        found: What was searched for, and the people found (`Person`).
        refused: For each field that cannot be taken what to write instead, by its name.
        logged: The sentence that says so; the letter stays, to be opened again.
        ladder_shown: The `Ladder` of a deadline.
        early: A `Rung`, and since when it would be offered; the same step again takes it.
        closed: Nothing is being written any more.
    """

    drafted = Signal(object)
    found = Signal(str, object)
    refused = Signal(object)
    logged = Signal(str)
    ladder_shown = Signal(object)
    early = Signal(object, str)
    closed = Signal()

    def __init__(self, desk: Desk, mail: MailProgram, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self.mail = desk, mail
        self._turn = 0
        self._draft: Draft | None = None
        self._ladder: Ladder | None = None
        self._early: Rung | None = None
        self._busy, self._logged = False, ""
        desk.operator_changed.connect(self._handed_over)
        desk.erased.connect(self._clear_away)

    @property
    def draft(self) -> Draft | None:
        """The letter that is being written."""
        return self._draft

    @property
    def said(self) -> str:
        """The sentence that says the letter is logged; nothing before it is."""
        return self._logged

    @Slot(object, object)
    def begin(self, kind: LetterKind, line: ClockLine | None = None) -> None:
        """Begin a letter about a deadline, or a fresh one; an escalation begins with its ladder."""
        if kind is LetterKind.ESCALATE and line is not None:
            self.escalate(line)
            return
        if kind is LetterKind.CHASE and line is not None and line.clock.started_at is None:
            kind = LetterKind.ALLOCATION
        about = None if line is None else line.clock
        person, reference = (about.person, about.child_reference) if about is not None else (None, "")
        self._begin(Begun(kind, person, line, reference))

    def write_to(self, person: UUID, child_reference: str = "") -> None:
        """Begin a fresh letter to somebody."""
        self._begin(Begun(LetterKind.FRESH, person, child_reference=child_reference))

    @Slot()
    def ask_for_chart(self) -> None:
        """Ask whoever sent the last chart for a newer one, with the Head of Service. Source: P3."""
        if self._allowed():
            done = partial(self._ask_for_chart, self._turn)
            self._desk.jobs.read(writing.head_of_service, done, self._desk.explain)

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people to write to."""
        done = partial(self._found, self._turn, text)
        self._desk.jobs.read(partial(directory.search, text=text, limit=8), done, self._desk.explain)

    def change(self, form: Form, person: UUID | None = None) -> None:
        """Write it anew for somebody else or another child; what a person wrote into subject and text stays."""
        draft = self._draft
        if draft is None or not self._allowed():
            return
        reference = form.child_reference.strip()
        begun = replace(draft.begun, person=person or draft.begun.person, child_reference=reference)
        if person is not None and self._logged:
            # The letter that was logged went to somebody else.
            begun = replace(begun, id=Begun(begun.kind).id)
        kept = draft.letter is not None and (form.subject, form.text) != (draft.letter.subject, draft.letter.text)
        self._compose(begun, kept=kept)

    def open(self, form: Form) -> None:
        """Open it in the mail program, and log it at once. What is logged already is only opened again."""
        if not self._ready(form):
            return
        if not self.mail.open(form.message()):
            self._desk.explain(RegisterError(_NO_MAIL))
        elif self._logged:
            self._desk.tell("It is open again. It stands in Contacts already.")
        else:
            self._log(form, opened=True)

    def log(self, form: Form) -> None:
        """It was sent another way, from web mail: log it."""
        if self._ready(form) and not self._logged:
            self._log(form, opened=False)

    def escalate(self, line: ClockLine) -> None:
        """Show the ladder of a deadline, and which step of it comes next."""
        dsl_jobs = self._desk.dsl_jobs
        if dsl_jobs is None or not self._allowed():
            return
        self._forget()
        job = partial(letters_sent.trail, identity=line.clock.id, by=self._desk.operator)
        dsl_jobs.read(job, partial(self._climb, self._turn, line), self._desk.explain)

    def take(self, rung: Rung) -> None:
        """Write to this place of the ladder. Before it is offered, only when it is asked for twice."""
        found = self._ladder
        offer = next((one for one in found.offers if one.place.rung is rung), None) if found is not None else None
        if found is None or offer is None or offer.place.person is None:
            return
        if not offer.offered and self._early is not rung:
            self._early = rung
            self.early.emit(rung, early_words(rung, offer.offered_on))
            return
        line = found.line
        if rung is Rung.WORKER:
            self.begin(LetterKind.CHASE, line)
            return
        told = chronology(line.clock, found.trail.contacts, found.trail.escalation.steps, found.names)
        below = below_of(found.places, rung)
        self._begin(
            Begun(LetterKind.ESCALATE, offer.place.person.id, line, line.clock.child_reference, rung, below, told)
        )

    def end(self, outcome: str) -> None:
        """Say how the escalation ended."""
        found, dsl_jobs = self._ladder, self._desk.dsl_jobs
        if found is None or dsl_jobs is None or self._busy:
            return
        self._busy = True
        job = partial(
            clocks.end_escalation,
            identity=found.line.clock.id,
            outcome=outcome,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        dsl_jobs.write(job, partial(self._ended, self._turn, found.line), partial(self._not_ended, self._turn))

    @Slot()
    def close(self) -> None:
        """Write nothing any more."""
        self._forget()
        self.closed.emit()

    @Slot()
    def _clear_away(self) -> None:
        self.mail.clear_away()

    def _allowed(self) -> bool:
        return self._desk.operator.role in SEES_CHILDREN and self._desk.dsl_jobs is not None

    def _forget(self) -> None:
        self._turn += 1
        self._draft = self._ladder = self._early = None
        self._busy, self._logged = False, ""
        self.mail.clear_away()

    @Slot(object)
    def _handed_over(self, _operator: Operator) -> None:
        self.close()

    def _begin(self, begun: Begun) -> None:
        if not self._allowed():
            return
        # A letter that was logged may still be shown: nothing of it goes into the next one.
        self.close()
        self._draft = Draft(begun)
        if begun.person is None:
            self.drafted.emit(self._draft)
        else:
            self._compose(begun, kept=False)

    def _compose(self, begun: Begun, *, kept: bool) -> None:
        if begun.person is None:
            return
        job = partial(
            writing.write,
            kind=begun.kind,
            person=begun.person,
            about=begun.line.assessed if begun.line is not None else None,
            chronology=begun.chronology,
            child_reference=begun.child_reference,
            copy=begun.copy,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._desk.jobs.read(job, partial(self._composed, self._turn, begun, kept), self._desk.explain)

    def _composed(self, turn: int, begun: Begun, kept: bool, letter: writing.Letter) -> None:
        if turn != self._turn:
            return
        if self._draft is not None and self._draft.begun.id != begun.id:
            self._logged = ""
        self._draft = Draft(begun, letter, kept)
        self.drafted.emit(self._draft)

    def _ask_for_chart(self, turn: int, head: Person) -> None:
        if turn == self._turn:
            self._begin(Begun(LetterKind.CHART, head.id))

    def _found(self, turn: int, text: str, people: Sequence[Person]) -> None:
        if turn == self._turn:
            self.found.emit(text, people)

    def _ready(self, form: Form) -> bool:
        if self._busy or self._draft is None or self._draft.letter is None or not self._allowed():
            return False
        found = wrong(form)
        self.refused.emit(found)
        return not found

    def _log(self, form: Form, *, opened: bool) -> None:
        draft, dsl_jobs = self._draft, self._desk.dsl_jobs
        if draft is None or draft.letter is None or dsl_jobs is None:
            return
        self._busy = True
        now, sent = self._desk.now(), form.sent(draft.begun, draft.letter.person.id)
        said = logged_words(now, opened=opened, asks_reply=sent.asks_reply)
        job = partial(letters_sent.record, sent=sent, by=self._desk.operator, at=now)
        not_done = partial(self._not_logged, self._turn, opened)
        dsl_jobs.write(job, partial(self._logged_now, self._turn, said), not_done)

    def _logged_now(self, turn: int, said: str, _new: bool) -> None:
        if turn == self._turn:
            self._busy, self._logged = False, said
            self.logged.emit(said)
            self._desk.done(said)

    def _not_logged(self, turn: int, opened: bool, error: RegisterError) -> None:
        if turn == self._turn:
            self._busy = False
            self._desk.explain(RegisterError(_NOT_LOGGED.format(why=error)) if opened else error)

    def _climb(self, turn: int, line: ClockLine, trail: Trail) -> None:
        if turn == self._turn:
            job = partial(read_ladder, line=line, trail=trail, at=self._desk.now())
            self._desk.jobs.read(job, partial(self._climbed, turn), self._desk.explain)

    def _climbed(self, turn: int, found: Ladder) -> None:
        if turn == self._turn:
            self._ladder = found
            self.ladder_shown.emit(found)

    def _ended(self, turn: int, line: ClockLine, _value: object) -> None:
        if turn == self._turn:
            self._desk.done("Written down: how the escalation ended.")
            self.escalate(line)

    def _not_ended(self, turn: int, error: RegisterError) -> None:
        if turn == self._turn:
            self._busy = False
            self.refused.emit({"outcome": str(error)})


def logged_words(at: datetime, *, opened: bool, asks_reply: bool) -> str:
    """That it is logged, what runs now, and what is still to do."""
    runs = "A deadline for the answer runs." if asks_reply else ""
    send = "Now send it in the mail program." if opened else ""
    return " ".join(filter(None, (f"Logged {moment_words(at)}.", runs, send)))
