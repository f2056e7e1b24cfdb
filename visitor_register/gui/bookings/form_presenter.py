"""The booking form without its widgets: what is shown, what follows while one types, and what Save writes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.people import SEES_CHILDREN, Role
from visitor_register.domain.policy import Policy
from visitor_register.domain.purposes import DEFAULT_PURPOSES
from visitor_register.errors import RegisterError
from visitor_register.gui.bookings import content as contents
from visitor_register.gui.bookings.content import Content, Secrets
from visitor_register.gui.bookings.history_box import HistoryPresenter
from visitor_register.gui.bookings.not_seen_box import NotSeenPresenter
from visitor_register.gui.bookings.saving import save
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.tone import Tone
from visitor_register.gui.widgets.who_field import find_guests
from visitor_register.services import bookings, notice, policy, sealed
from visitor_register.services.bookings import BookingLine
from visitor_register.services.notice import Foresight

_READS = "Only the DSL and the head can see this."
_SEALED = "Sealed for the DSL: it cannot be read back here."
_SEALED_BEFORE = "The DSL has what was written before. Write again only to replace all of it."
_WITHHELD = "The purpose of this visit is for the head only."
_TONES = {True: Tone.CHECK, False: Tone.KNOWN, None: Tone.NEUTRAL}


@dataclass(frozen=True, slots=True)
class FormShown:
    """What the form opens with. `on`: there is a booking that can be cancelled or missed."""

    title: str
    content: Content
    existing: bool = False
    on: bool = False
    sealed: str = _SEALED


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from what stands in the form now. Without a title there is nothing to say yet."""

    title: str = ""
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    why: str = ""
    clashes: str = ""
    short: bool = False


class FormPresenter(QObject):
    """One booking being written.

    Signals:
        shown: A `FormShown`: fill the form with it.
        written: The `Content` as it stands now, whenever it changes.
        followed: A `Follows`, while one types.
        found: People found by name, for the field that asked.
        offered: Names of staff, and of rooms.
        told_wrong: For each field what to write instead.
        secrets_read: `Secrets` and the caption above them, for those who may see them.
        saved: The booking's UUID and its start: it was saved, cancelled or missed.
    """

    shown = Signal(object)
    written = Signal(object)
    followed = Signal(object)
    found = Signal(object)
    offered = Signal(object, object)
    told_wrong = Signal(object)
    secrets_read = Signal(object, str)
    saved = Signal(object, object)

    def __init__(self, desk: Desk, seal_public: bytes) -> None:
        super().__init__()
        self._desk, self._public = desk, seal_public
        self._booking: Booking | None = None
        self._first = self._now = Content()
        self._withheld = ""
        self._typed = 0
        self._saving = self._short = False
        self._aside: tuple[Booking | None, FormShown, str] | None = None
        self._form = FormShown("", Content())
        self.history, self.not_seen = HistoryPresenter(desk, self), NotSeenPresenter(desk, self)

    @property
    def booking(self) -> Booking | None:
        """The booking that is open; None while a new one is being written."""
        return self._booking

    @property
    def unsaved(self) -> bool:
        """Whether something stands in the form that is not saved."""
        return self._now != self._first

    @Slot()
    def begin(self) -> None:
        """An empty form."""
        self._put_aside()
        self._show(None, FormShown("New booking", contents.blank(None, self._desk.now()), sealed=self._caption()))

    def begin_at(self, day: date, clock: time, here_to_see: str = "") -> None:
        """An empty form for a time somebody pointed at; a new booking that is being written gets that time."""
        first, now = contents.blank(None, self._desk.now()), contents.blank(day, self._desk.now())
        if self._booking is None and self.unsaved:
            first, now = self._first, replace(self._now, day=now.day, end="")
        now = replace(now, start=f"{clock:%H:%M}", here_to_see=here_to_see or now.here_to_see)
        if self._booking is not None:
            self._put_aside()
        self._show(None, FormShown("New booking", now, sealed=self._caption()))
        self._first = first

    @Slot()
    def forget(self) -> None:
        """An empty form for somebody else: nothing of what was typed or read stays."""
        self._first = self._now
        self._aside = None
        self.begin()

    def open(self, line: BookingLine) -> None:
        """A booking as it stands."""
        self._put_aside()
        day = calendar.say_date(calendar.london_date(line.booking.starts_at))
        form = FormShown(
            f"Visit on {day}",
            contents.of_line(line),
            existing=True,
            on=line.booking.state in STILL_ON,
            sealed=self._caption(before=line.booking.has_sealed),
        )
        self._show(line.booking, form)
        jobs = self._dsl_jobs()
        if jobs is not None:
            job = partial(sealed.reason_of, about=line.booking.id, by=self._desk.operator)
            jobs.read(job, partial(self._reason_read, line.booking.id))

    @Slot()
    def copy(self) -> None:
        """The same people and places on another day. What is the DSL's is not copied."""
        told = replace(
            self._now, day="", told=None, secrets=Secrets(), heard=contents.blank(None, self._desk.now()).heard
        )
        self._show(None, FormShown("New booking, copied", told, sealed=self._caption()))

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people by two letters or more."""
        self._desk.jobs.read(partial(find_guests, text=text), self._tell_found)

    @Slot(object)
    def type(self, content: Content) -> None:
        """Something was typed: say what follows from it."""
        self._now, self._typed = content, self._typed + 1
        self.written.emit(content)
        form = contents.read(content, self._desk.now(), self._booking).form
        if form is None:
            self.followed.emit(Follows())
            return
        leaving_out = self._booking.id if self._booking else None
        job = partial(notice.foresee, form=form, leaving_out=leaving_out)
        self._desk.jobs.read(job, partial(self._tell, self._typed))

    @Slot(object)
    def save(self, content: Content) -> None:
        """Save, or say what is missing. Short notice never blocks."""
        self._now = content
        read = contents.read(content, self._desk.now(), self._booking)
        self.told_wrong.emit(read.wrong)
        # A second press before the first is answered would book twice.
        if read.wrong or read.form is None or self._saving:
            return
        self._saving = True
        said = self._secrets_to_write(content.secrets)
        seal = said if self._dsl_jobs() is None else None
        job = partial(
            save,
            changes=self._booking.id if self._booking else None,
            form=read.form,
            reason=seal.as_event() if seal is not None else None,
            public=self._public,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        words = "Booking changed." if self._booking else "Booking saved."
        # What the office sealed before cannot be read, so only of a new booking is it known that nothing was said.
        if self._short and self._booking is None and not content.secrets.exceptional:
            words += " The reason for the short notice is still missing."
        self._desk.jobs.write(job, partial(self._kept, words, read.form.starts_at, said), self._not_kept)

    def cancel(self, *, by_school: bool, why: str) -> None:
        """Say that the visit will not take place, and who said so."""
        if self._booking is None:
            return
        job = partial(
            bookings.cancel,
            identity=self._booking.id,
            by_school=by_school,
            why=why.strip(),
            by=self._desk.operator,
            at=self._desk.now(),
        )
        words = "Cancelled by the school." if by_school else "Cancelled by the authority."
        self._desk.jobs.write(job, partial(self._over, words, self._booking), self._desk.explain)

    @Slot()
    def did_not_come(self) -> None:
        """Say that nobody came."""
        if self._booking is None:
            return
        if self._booking.starts_at > self._desk.now():
            self._desk.explain(RegisterError("That visit has not begun yet. Cancel it if it will not take place."))
            return
        job = partial(bookings.did_not_come, identity=self._booking.id, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._over, "Noted: did not come.", self._booking), self._desk.explain)

    @Slot()
    def bring_back(self) -> None:
        """Show again what was put aside unsaved."""
        if self._aside is not None:
            (booking, form, withheld), self._aside = self._aside, None
            self._show(booking, form)
            self._first, self._withheld = Content(), withheld

    def _show(self, booking: Booking | None, form: FormShown) -> None:
        self._booking, self._form, self._withheld, self._saving = booking, form, "", False
        self._first = self._now = form.content
        self.shown.emit(form)
        self.history.show_of(booking)
        self.not_seen.show_of(booking)
        self.told_wrong.emit({})
        self.type(form.content)
        rules = partial(policy.read, on=calendar.london_date(self._desk.now()))
        self._desk.jobs.read(rules, self._offer)

    def _put_aside(self) -> None:
        if self.unsaved:
            self._aside = (self._booking, replace(self._form, content=self._now), self._withheld)
            self._desk.tell("The booking you were writing was not saved.", "Bring it back", self.bring_back)

    def _tell_found(self, answer: object) -> None:
        self.found.emit(answer)

    def _offer(self, rules: Policy) -> None:
        self.offered.emit(rules.staff.names, rules.staff.places)

    def _tell(self, typed: int, said: Foresight) -> None:
        if typed != self._typed:
            return
        told, clashes = said.notice, "\n".join(said.clashes)
        short = self._short = told.short is True
        self.followed.emit(Follows(told.title, told.text, _TONES[told.short], "\n".join(told.why), clashes, short))

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    def _caption(self, *, before: bool = False) -> str:
        if self._dsl_jobs() is not None:
            return _READS
        return _SEALED_BEFORE if before else _SEALED

    def _reason_read(self, booking: UUID, said: Reason | None) -> None:
        if said is None or self._booking is None or self._booking.id != booking:
            return
        purpose = next((one for one in DEFAULT_PURPOSES if one.code == said.purpose), None)
        hidden = purpose is not None and purpose.head_only and self._desk.operator.role is not Role.HEAD
        self._withheld = said.purpose if hidden else ""
        read = Secrets("" if hidden else said.purpose, said.exceptional, said.child_reference, said.detail)
        # What was read is shown, and is no change somebody made.
        self._first, self._now = replace(self._first, secrets=read), replace(self._now, secrets=read)
        self.secrets_read.emit(read, _WITHHELD if hidden else _READS)

    def _secrets_to_write(self, typed: Secrets) -> Secrets | None:
        """What is to be written for the DSL; None when nothing new was said."""
        if typed == self._first.secrets:
            return None
        return replace(typed, purpose=typed.purpose or self._withheld)

    def _kept(self, words: str, starts_at: datetime, said: Secrets | None, booking: UUID) -> None:
        jobs = self._dsl_jobs()
        if said is not None and jobs is not None:
            by, at = self._desk.operator, self._desk.now()
            job = partial(sealed.record_reason, about=booking, said=said.as_event(), by=by, at=at)
            jobs.write(job, None, self._desk.explain)
        self._done(words, booking, starts_at)

    def _not_kept(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)

    def _over(self, words: str, booking: Booking, _nothing: None) -> None:
        self._done(words, booking.id, booking.starts_at)

    def _done(self, words: str, booking: UUID, starts_at: datetime) -> None:
        self._first = self._now
        self._desk.done(words)
        self.begin()
        self.saved.emit(booking, starts_at)
