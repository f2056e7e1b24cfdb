"""Contacts: reads what is owed, tells why it is due then, and writes what the DSL says of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import AllocationKnown, Contact
from visitor_register.domain.letters import LetterKind
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts import panel_words, reading, rows
from visitor_register.gui.contacts.panel_words import Around
from visitor_register.gui.contacts.reading import Owed
from visitor_register.gui.contacts.rows import Filter, Listed
from visitor_register.gui.desk import Desk
from visitor_register.gui.dsl_reader import DslReader
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import clocks, contacts
from visitor_register.services.clocks import ClockLine, Escalation

MINUTE_MS = 60_000


class ContactsPresenter(DslReader):
    """Knows what is owed as long as somebody is at the desk who may; forgets it when somebody else is.

    It reads again whenever either file was written, and each minute: what is due changes with the time.

    Signals:
        listed: The table and its numbers (`Listed`).
        overdue: How many are overdue, for the rail.
        opened: The chosen deadline in words (`Told`), again when it was read anew; None when there is none.
        acted: What was asked for is written down.
        forgotten: Somebody else is at the desk: nothing of it may stay in the window.
        log_wanted: Log a contact, for this `ClockLine`, or None.
        write_wanted: Write a message of this `LetterKind`, for this `ClockLine`, or None.
        timeline_wanted: Show the timeline of this `ClockLine`.
    """

    listed = Signal(object)
    overdue = Signal(int)
    opened = Signal(object)
    acted = Signal()
    forgotten = Signal()
    log_wanted = Signal(object)
    write_wanted = Signal(object, object)
    timeline_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._lines: dict[UUID, ClockLine] = {}
        self._asked: Mapping[UUID, Contact] = {}
        self._filter = Filter()
        self._open: UUID | None = None
        self._around: Around | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.refresh)
        self._follow()

    @property
    def chosen(self) -> ClockLine | None:
        """The deadline that is open in the panel."""
        return self._lines.get(self._open) if self._open else None

    def now(self) -> datetime:
        """The desk's clock."""
        return self.desk.now()

    @Slot(object)
    def look_for(self, wanted: Filter) -> None:
        """Narrow the list."""
        self._filter = wanted
        self._tell_list()

    @Slot(object)
    def open(self, identity: UUID) -> None:
        """Tell why one of them is due then, and who comes next on its ladder."""
        if identity != self._open:
            self._open, self._around = identity, None
        self._read_around()

    @Slot()
    def log(self) -> None:
        """Log a contact that belongs to no deadline yet."""
        self.log_wanted.emit(None)

    @Slot()
    def write(self) -> None:
        """Write a new message."""
        self.write_wanted.emit(LetterKind.FRESH, None)

    @Slot()
    def log_answer(self) -> None:
        """Log the contact that answers the open deadline."""
        if (line := self.chosen) is not None:
            self.log_wanted.emit(line)

    def write_about(self, kind: LetterKind) -> None:
        """Write a message about the open deadline: chase, escalate, ask for the day of an allocation."""
        if (line := self.chosen) is not None:
            self.write_wanted.emit(kind, line)

    @Slot()
    def tell_story(self) -> None:
        """Show everything that happened around the open deadline."""
        if (line := self.chosen) is not None:
            self.timeline_wanted.emit(line)

    def done(self, person: UUID | None, day: str, clock: str) -> None:
        """It was answered: by whom, or None for somebody else, and when, as it was typed."""
        line = self.chosen
        try:
            moment = panel_words.read_moment(day, clock, self.desk.now())
        except RegisterError as error:
            self.wrong.emit(str(error))
            return
        if line is not None:
            job = partial(clocks.stop, assessed=line.assessed, done_at=moment, person=person)
            self._write(job, "Written down: it is done. Open it again with a reason if it is not.")

    def pause(self, reason: str) -> None:
        """Pause it, with a reason."""
        self._write_about(partial(clocks.pause, reason=reason), "Paused. It goes on when you say so.")

    @Slot()
    def go_on(self) -> None:
        """Let it run again."""
        self._write_about(clocks.resume, "It goes on, as much later as it was paused.")

    def open_again(self, reason: str) -> None:
        """It was not done after all."""
        self._write_about(partial(clocks.reopen, reason=reason), "Open again.")

    def withdraw(self, reason: str) -> None:
        """Nothing was owed."""
        self._write_about(partial(clocks.withdraw, reason=reason), "Withdrawn. The reason is kept with it.")

    def correct_day(self, day: str, known: AllocationKnown | None) -> None:
        """The day of an allocation is known better now."""
        line = self.chosen
        try:
            on = panel_words.read_day(day, self.desk.now(), known)
        except RegisterError as error:
            self.wrong.emit(str(error))
            return
        if line is not None and known is not None:
            one = line.clock
            job = partial(
                contacts.allocate,
                worker=one.person,
                child_reference=one.child_reference,
                on=on,
                known=known,
                note=one.about,
                correcting=one.id,
            )
            self._write(job, "The day of the allocation is written down.")

    def _write_about(self, job: Callable[..., object], said: str) -> None:
        if self._open is not None:
            self._write(partial(job, identity=self._open), said)

    def _read(self, dsl_jobs: JobRunner) -> None:
        at = self.desk.now()
        job = partial(reading.read_owed, by=self.desk.operator, at=at)
        dsl_jobs.read(job, partial(self._judge, self._turn, at), partial(self._not_read, self._turn))

    def _saved(self) -> None:
        self._around = None
        self.acted.emit()

    def _judge(self, turn: int, at: datetime, owed: Owed) -> None:
        if turn == self._turn:
            job = partial(clocks.judge, found=owed.found, at=at)
            self.desk.jobs.read(job, partial(self._show, turn, owed.asked), partial(self._not_read, turn))

    def _show(self, turn: int, asked: Mapping[UUID, Contact], lines: Sequence[ClockLine]) -> None:
        if turn != self._turn:
            return
        self._lines, self._asked = {line.clock.id: line for line in lines}, asked
        if self._open not in self._lines:
            self._open = self._around = None
            self.opened.emit(None)
        self._tell_list()
        if self._open is not None:
            self._read_around()
        self._has_read()

    def _tell_list(self) -> None:
        lines = list(self._lines.values())
        self.overdue.emit(rows.count(lines)[State.OVERDUE])
        self.listed.emit(rows.listed(lines, self._asked, self._filter, self.desk.now()))

    def _read_around(self) -> None:
        line, dsl_jobs = self.chosen, self.desk.dsl_jobs
        if line is None or dsl_jobs is None:
            return
        if self._around is not None:
            self._tell_open()
        job = partial(clocks.escalation_of, identity=line.clock.id, by=self.desk.operator)
        dsl_jobs.read(job, partial(self._look_up, self._turn, line), self.desk.explain)

    def _look_up(self, turn: int, line: ClockLine, escalation: Escalation) -> None:
        if turn == self._turn and line.clock.id == self._open:
            job = partial(reading.read_around, line=line, escalation=escalation, at=self.desk.now())
            self.desk.jobs.read(job, partial(self._found_around, turn, line.clock.id), self.desk.explain)

    def _found_around(self, turn: int, identity: UUID, around: Around) -> None:
        if turn == self._turn and identity == self._open:
            self._around = around
            self._tell_open()

    def _tell_open(self) -> None:
        line = self.chosen
        if line is not None and self._around is not None:
            self.opened.emit(panel_words.tell(line, self._asked.get(line.clock.id), self._around, self.desk.now()))

    def _follow(self) -> None:
        super()._follow()
        if self.allowed:
            self._minute.start()
        else:
            self._minute.stop()

    def _forget(self) -> None:
        self._lines, self._asked, self._filter = {}, {}, Filter()
        self._open = self._around = None
        self.forgotten.emit()
        self.opened.emit(None)
        self.overdue.emit(0)
        self.listed.emit(Listed())
