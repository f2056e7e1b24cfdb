"""The booking form without its widgets: what is shown, what follows while one types, and what Save writes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON, Booking
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui.bookings import ahead
from visitor_register.gui.bookings import content as contents
from visitor_register.gui.bookings.ahead import Ahead, Follows
from visitor_register.gui.bookings.content import Content, Reading, Secrets
from visitor_register.gui.bookings.dsl_part import SEALED, DslPart
from visitor_register.gui.bookings.history_box import HistoryPresenter
from visitor_register.gui.bookings.not_seen_box import NotSeenPresenter
from visitor_register.gui.bookings.saving import Later, Order, Saved, look_later, save, tell
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.who_field import find_guests
from visitor_register.services import booking_repeat, bookings, policy
from visitor_register.services.bookings import BookingForm, BookingLine


@dataclass(frozen=True, slots=True)
class FormShown:
    """What the form opens with. `on`: it can be cancelled or missed; `series`: it is one of several visits."""

    title: str
    content: Content
    existing: bool = False
    on: bool = False
    series: bool = False
    sealed: str = SEALED


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
        asked: There are later visits of the same series: their number in words, and what is to be known of them.
        saved: The booking's UUID and its start: it was saved, cancelled or missed.
    """

    shown = Signal(object)
    written = Signal(object)
    followed = Signal(object)
    found = Signal(object)
    offered = Signal(object, object)
    told_wrong = Signal(object)
    secrets_read = Signal(object, str)
    asked = Signal(str, str)
    saved = Signal(object, object)

    def __init__(self, desk: Desk, seal_public: bytes) -> None:
        super().__init__()
        self._desk, self._public = desk, seal_public
        self._booking: Booking | None = None
        self._first = self._now = Content()
        self._dsl = DslPart(desk)
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
        self._show(None, FormShown("New booking", contents.blank(None, self._desk.now()), sealed=self._dsl.caption()))

    def begin_at(self, day: date, clock: time, here_to_see: str = "") -> None:
        """An empty form for a time somebody pointed at; a new booking that is being written gets that time."""
        first, before = contents.blank(None, self._desk.now()), self._now
        now = replace(first, day=calendar.say_date(day))
        if self._booking is not None:
            self._put_aside()
        elif self.unsaved:
            now = replace(before, day=now.day, end="")
            if before.start:
                words = "The booking you are writing has another time now."
                self._desk.tell(words, "Put it back", partial(self._write_new, before, first))
        self._write_new(replace(now, start=f"{clock:%H:%M}", here_to_see=here_to_see or now.here_to_see), first)

    def _write_new(self, now: Content, first: Content) -> None:
        self._show(None, FormShown("New booking", now, sealed=self._dsl.caption()))
        # An empty form is what it is compared with: all of it is unsaved.
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
            series=line.booking.series is not None,
            sealed=self._dsl.caption(before=line.booking.has_sealed),
        )
        self._show(line.booking, form)
        self._dsl.read(line.booking.id, self._reason_read)

    @Slot()
    def copy(self) -> None:
        """The same people and places on another day. What is the DSL's is not copied."""
        told = replace(
            self._now, day="", told=None, secrets=Secrets(), heard=contents.blank(None, self._desk.now()).heard
        )
        self._show(None, FormShown("New booking, copied", told, sealed=self._dsl.caption()))

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people by two letters or more."""
        self._desk.jobs.read(partial(find_guests, text=text), self._tell_found)

    @Slot(object)
    def type(self, content: Content) -> None:
        """Something was typed: say what follows from it."""
        self._now, self._typed = content, self._typed + 1
        self.written.emit(content)
        read = contents.read(content, self._desk.now(), self._booking)
        if read.form is None:
            self.followed.emit(Follows())
            return
        job = partial(ahead.look_ahead, form=read.form, repeat=read.repeat, booked=self._booking)
        self._desk.jobs.read(job, partial(self._tell, self._typed, read.form))

    @Slot(object)
    def save(self, content: Content) -> None:
        """Save, or say what is missing; of a series ask first which of its visits. Short notice never blocks."""
        form = self._checked(content).form
        if form is None:
            return
        if self._booking is None or self._booking.series is None:
            self.write(content, later=False)
            return
        job = partial(look_later, identity=self._booking.id, form=form)
        self._desk.jobs.read(job, partial(self._ask, self._booking, content))

    def write(self, content: Content, *, later: bool) -> None:
        """Write what stands in the form, for the later visits of its series too if so asked."""
        read = self._checked(content)
        # A second press before the first is answered would book twice.
        if read.form is None or self._saving:
            return
        self._saving = True
        said = self._dsl.to_write(content.secrets, self._first.secrets)
        seal = said.as_event() if said is not None and not self._dsl.may_read else None
        order = Order(read.form, self._booking, read.repeat, later, seal)
        job = partial(save, order=order, public=self._public, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._kept, order, said), self._not_kept)

    def cancel(self, *, by_school: bool, why: str, later: bool = False) -> None:
        """Say that the visit, and if asked those after it, will not take place, and who said so."""
        if self._booking is None:
            return
        job = partial(
            booking_repeat.cancel_later if later else bookings.cancel,
            identity=self._booking.id,
            by_school=by_school,
            why=why.strip(),
            by=self._desk.operator,
            at=self._desk.now(),
        )
        words = f"Cancelled by the {'school' if by_school else 'authority'}{', with all later ones' if later else ''}."
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
            self._first, self._dsl.withheld = Content(), withheld

    def _show(self, booking: Booking | None, form: FormShown) -> None:
        self._booking, self._form, self._saving, self._dsl.withheld = booking, form, False, ""
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
            self._aside = (self._booking, replace(self._form, content=self._now), self._dsl.withheld)
            self._desk.tell("The booking you were writing was not saved.", "Bring it back", self.bring_back)

    def _tell_found(self, answer: object) -> None:
        self.found.emit(answer)

    def _offer(self, rules: Policy) -> None:
        self.offered.emit(rules.staff.names, rules.staff.places)

    def _tell(self, typed: int, form: BookingForm, read: Ahead) -> None:
        if typed == self._typed:
            said = ahead.say(read, form)
            self._short = said.short
            self.followed.emit(said)

    def _checked(self, content: Content) -> Reading:
        """The form as it reads; without a form where something is missing, which is said."""
        self._now = content
        read = contents.read(content, self._desk.now(), self._booking)
        self.told_wrong.emit(read.wrong)
        return replace(read, form=None) if read.wrong else read

    def _ask(self, booking: Booking, content: Content, later: Later) -> None:
        if booking is not self._booking:
            return
        if later.count:
            self.asked.emit(ahead.say_later(later.count), "\n".join(later.remarks))
        else:
            self.write(content, later=False)

    def _reason_read(self, booking: UUID, read: Secrets, withheld: str, caption: str) -> None:
        if self._booking is None or self._booking.id != booking:
            return
        self._dsl.withheld = withheld
        # What was read is shown, and is no change somebody made.
        self._first, self._now = replace(self._first, secrets=read), replace(self._now, secrets=read)
        self.secrets_read.emit(read, caption)

    def _kept(self, order: Order, said: Secrets | None, saved: Saved) -> None:
        if said is not None:
            self._dsl.write(saved.bookings, said)
        words = tell(order, saved, self._desk.now())
        # What the office sealed before cannot be read, so only of a new booking is it known that nothing was said.
        if self._short and order.before is None and not self._now.secrets.exceptional:
            words += " The reason for the short notice is still missing."
        self._done(words, saved.bookings[0], order.form.starts_at)

    def _not_kept(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)

    def _over(self, words: str, booking: Booking, _written: object) -> None:
        self._done(words, booking.id, booking.starts_at)

    def _done(self, words: str, booking: UUID, starts_at: datetime) -> None:
        self._first = self._now
        self._desk.done(words)
        self.begin()
        self.saved.emit(booking, starts_at)
