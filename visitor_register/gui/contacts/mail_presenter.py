"""A received message that was dropped or opened: read beside the desk, matched, confirmed by a person, then logged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import clocks as judged
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.contacts import Clock, Contact
from visitor_register.domain.mails import MailRead
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.files import sandbox
from visitor_register.gui.contacts import mail_typed, mail_words
from visitor_register.gui.contacts.mail_typed import MailTyped
from visitor_register.gui.contacts.mail_words import KnownShown, MailShown
from visitor_register.gui.desk import Desk
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.widgets.who_field import Guest, find_guests
from visitor_register.services import clocks, contacts, mails, newcomers
from visitor_register.services.mails import Known, Sender

Opener = Callable[[Path], MailRead]
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class _Opened:
    """What came of the files: the messages, and why the others were not read."""

    found: tuple[MailRead, ...]
    refused: tuple[RegisterError, ...]


class MailPresenter(QObject):
    """One message after the other, until all of a drop are logged or left. Nothing of them is kept but what is logged.

    Signals:
        shown: A `MailShown`.
        known: A `KnownShown`: somebody said, or the address says, who wrote it. Comes after every `shown` too.
        found: People found by name, for the field that asks.
        wrong: A sentence for each field that is not answered, by its name.
        closed: There is no message to look at any more.
        logged: One was written down.
    """

    shown = Signal(object)
    known = Signal(object)
    found = Signal(object)
    wrong = Signal(object)
    closed = Signal()
    logged = Signal()

    def __init__(self, desk: Desk, *, opener: Opener = sandbox.read_mail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._opener = opener
        self._waiting: list[MailRead] = []
        self._mail: MailRead | None = None
        self._unsaid: MailShown | None = None
        self._offered: Sequence[tuple[str, Any]] = ()
        self._owed: Sequence[Clock] = ()
        self._asked: Mapping[UUID, Contact] = {}
        self._turn = 0
        self._writing = False
        self._newcomer: tuple[NewVisitor, UUID] | None = None
        self.reader = FileReader(self)
        self.reader.done.connect(self._read)
        self.reader.refused.connect(desk.explain)
        self.reader.slow.connect(desk.tell)
        desk.operator_changed.connect(self._handed_over)

    def open(self, paths: Sequence[Path]) -> None:
        """Read these files; they are looked at after what is shown already."""
        if not paths or not self._allowed():
            return
        if len(paths) > MOST_FILES:
            self._desk.explain(RegisterError(f"These are more than {MOST_FILES} files: drop fewer at a time."))
            return
        self.reader.run(partial(_open_all, self._opener, tuple(paths)))

    @Slot(str)
    def search(self, text: str) -> None:
        """Find somebody by name."""
        self._desk.jobs.read(partial(find_guests, text=text), self.found.emit, self._desk.explain)

    def choose(self, who: object) -> None:
        """Somebody said who wrote it; of a person that is known, say what follows."""
        self._turn += 1
        mail, dsl_jobs, at = self._mail, self._desk.dsl_jobs, self._desk.now()
        identity = who.visitor if isinstance(who, Guest) else who
        if mail is None or dsl_jobs is None or not isinstance(identity, UUID):
            self._tell(mail_words.nobody_known())
            return
        again = partial(_logged_before, mail=mail, person=identity, by=self._desk.operator)
        follows = partial(mails.known, read=mail, person=identity, owed=self._owed, at=at)
        turn = self._turn
        dsl_jobs.read(again, partial(self._seen_before, turn, follows), self._not_known)

    def confirm(self, said: MailTyped) -> None:
        """Log what stands on the page, or say what is still to be answered."""
        mail, dsl_jobs = self._mail, self._desk.dsl_jobs
        if mail is None or dsl_jobs is None or self._writing or not self._allowed():
            return
        now = self._desk.now()
        at, wrong = mail_typed.moment(mail, said, now)
        wrong |= mail_typed.missing(said)
        self.wrong.emit(wrong)
        if wrong:
            return
        self._writing = True
        who = said.guest.visitor if said.guest is not None else said.who
        if self._newcomer is not None and self._newcomer[0] == who:
            self._log(said, at, self._newcomer[1])
        elif isinstance(who, NewVisitor):
            job = partial(newcomers.record, somebody=who, by=self._desk.operator, at=now)
            self._desk.jobs.write(job, partial(self._recorded, who, said, at), self._not_written)
        else:
            self._log(said, at, who)

    @Slot()
    def leave(self) -> None:
        """Do nothing about this one; the next one, if there is any."""
        if not self._writing:
            self._next()

    def _recorded(self, who: NewVisitor, said: MailTyped, at: datetime, identity: UUID) -> None:
        # Should the next step fail, a second press must not write the same person down twice.
        self._newcomer = who, identity
        self._log(said, at, identity)

    def _log(self, said: MailTyped, at: datetime, person: UUID) -> None:
        dsl_jobs, line = self._desk.dsl_jobs, said.line
        if dsl_jobs is None:
            return
        form = mail_typed.form(said, person, at)
        answers = None if line is None else line.assessed
        job = partial(contacts.log, form=form, answers=answers, by=self._desk.operator, at=self._desk.now())
        name = said.guest.name if said.guest is not None else mail_words.name_of(said.who, self._offered)
        late = None if line is None else judged.is_late(line.assessed, at)
        dsl_jobs.write(job, partial(self._written, mail_words.done(name, line, late=late)), self._not_written)

    def _written(self, words: str, _identity: UUID) -> None:
        self._desk.done(words)
        self.logged.emit()
        self._next()

    def _not_written(self, error: RegisterError) -> None:
        self._writing = False
        self._desk.explain(error)

    def _read(self, opened: _Opened) -> None:
        if opened.refused:
            self._desk.explain(_refusal(opened))
        self._waiting += opened.found
        if self._mail is None:
            self._next()

    def _next(self) -> None:
        self._turn += 1
        self._writing, self._mail, self._newcomer, self._unsaid = False, None, None, None
        if not self._waiting:
            self.closed.emit()
            return
        dsl_jobs = self._desk.dsl_jobs
        if dsl_jobs is None:
            return
        self._mail = self._waiting.pop(0)
        job = partial(_owed, by=self._desk.operator, at=self._desk.now())
        dsl_jobs.read(job, partial(self._match, self._turn), self._not_matched)

    def _match(self, turn: int, owed: tuple[Sequence[Clock], Mapping[UUID, Contact]]) -> None:
        if turn == self._turn and self._mail is not None:
            self._owed, self._asked = owed
            job = partial(mails.sender, read=self._mail)
            self._desk.jobs.read(job, partial(self._matched, turn), self._not_matched)

    def _matched(self, turn: int, sender: Sender) -> None:
        if turn != self._turn or self._mail is None:
            return
        self._unsaid = mail_words.shown(self._mail, sender, self._desk.now(), left=len(self._waiting))
        self._offered = self._unsaid.who
        self.choose(self._unsaid.certain)

    def _not_matched(self, error: RegisterError) -> None:
        self._desk.explain(error)
        self._next()

    def _seen_before(self, turn: int, follows: Callable[[Session], Known], again: Contact | None) -> None:
        if turn == self._turn:
            self._desk.jobs.read(follows, partial(self._follows, turn, again), self._not_known)

    def _follows(self, turn: int, again: Contact | None, said: Known) -> None:
        if turn == self._turn:
            self._tell(mail_words.known(said, self._asked, again, self._desk.now()))

    def _not_known(self, error: RegisterError) -> None:
        self._desk.explain(error)
        self._tell(mail_words.nobody_known())

    def _tell(self, said: KnownShown) -> None:
        """Show the message first, if it is not shown yet."""
        unsaid, self._unsaid = self._unsaid, None
        if unsaid is not None:
            self.shown.emit(unsaid)
        self.known.emit(said)

    def _allowed(self) -> bool:
        return self._desk.operator.role in SEES_CHILDREN and self._desk.dsl_jobs is not None

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What somebody else dropped is not for the next person's eyes.
        self.reader.cancel()
        self._waiting, self._owed, self._asked, self._offered = [], (), {}, ()
        self._next()


def _open_all(opener: Opener, paths: tuple[Path, ...]) -> _Opened:
    found: list[MailRead] = []
    refused: list[RegisterError] = []
    for path in paths:
        try:
            found.append(opener(path))
        except RegisterError as error:
            refused.append(error)
    return _Opened(tuple(found), tuple(refused))


def _refusal(opened: _Opened) -> RegisterError:
    every = len(opened.found) + len(opened.refused)
    if every == 1:
        return opened.refused[0]
    return RegisterError(f"{len(opened.refused)} of {every} files were not read. {opened.refused[0]}")


def _owed(dsl_session: Session, by: Operator, at: datetime) -> tuple[Sequence[Clock], Mapping[UUID, Contact]]:
    found = [one for one in clocks.owed(dsl_session, by=by, at=at) if one.is_open]
    return found, clocks.asked_with(dsl_session, found, by=by)


def _logged_before(dsl_session: Session, mail: MailRead, person: UUID, by: Operator) -> Contact | None:
    return None if mail.sent_at is None else mails.logged_before(dsl_session, person, mail.sent_at, by=by)
