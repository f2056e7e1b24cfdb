"""The form of a contact without its widgets: what follows while one types, what is open, what Save writes."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.contacts import Direction, Owes
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts import log_content, log_offers, log_words
from visitor_register.gui.contacts.log_content import Content, Order, What
from visitor_register.gui.contacts.log_offers import Known, Offer, Open
from visitor_register.gui.contacts.log_saving import Saved
from visitor_register.gui.contacts.log_words import Due
from visitor_register.gui.contacts.log_writer import LogWriter, Press
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.who_field import find_guests, guest
from visitor_register.services import clocks
from visitor_register.services.clocks import ClockLine

_LOOKING = "What is open is being looked up. Press once more."


class LogPresenter(QObject):
    """One contact being written down. It has nothing to say to anybody but the DSL and the head.

    Signals:
        shown: A `Content`: fill the form with it.
        followed: A `Due`: what runs once this is saved.
        advised: `Advice`, several, while one types.
        found: People found by name, for the field that asked.
        known: Who the person is today, in words.
        offered: What is open with that person or their team, `Offer`s; None while it is looked up.
        told_wrong: For each field what to write instead.
        saved: The UUID of what was written.
        brought_back: What was put aside stands in the form again: show it.
    """

    shown = Signal(object)
    followed = Signal(object)
    advised = Signal(object)
    found = Signal(object)
    known = Signal(str)
    offered = Signal(object)
    told_wrong = Signal(object)
    saved = Signal(object)
    brought_back = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first = self._now = Content()
        self._aside: Content | None = None
        self._typed, self._saving = 0, False
        self._about: tuple[object, ...] = ()
        self._known: Known | None = None
        self._offers: Mapping[UUID, Offer] = {}
        self._writer = LogWriter(desk, self)
        self._writer.kept.connect(self._kept)
        self._writer.failed.connect(self._not_kept)
        desk.operator_changed.connect(self.forget)

    @property
    def unsaved(self) -> bool:
        """Whether something stands in the form that is not saved."""
        return self._now != self._first

    def now(self) -> datetime:
        """The present moment."""
        return self._desk.now()

    @Slot()
    def begin(self) -> None:
        """An empty form."""
        self.begin_with(Content())

    def begin_with(self, content: Content) -> None:
        """A form of which something is known already."""
        if self.unsaved:
            self._aside = self._now
            self._desk.tell("The contact you were writing was not saved.", "Bring it back", self.bring_back)
        self._show(content, first=content)

    @Slot(object)
    def begin_answer(self, line: ClockLine | None) -> None:
        """A contact that answers a deadline; an empty form where there is none."""
        if line is None:
            self.begin()
            return
        ours = line.clock.owes is Owes.AUTHORITY
        content = Content(
            what=What.CONTACT,
            guest=guest(line.person) if line.person is not None else None,
            direction=Direction.RECEIVED if ours else Direction.SENT,
            child_reference=line.clock.child_reference,
            answers=line.clock.id,
        )
        self.begin_with(content)

    @Slot()
    def bring_back(self) -> None:
        """Show again what was put aside unsaved."""
        if self._aside is not None:
            content, self._aside = self._aside, None
            self._show(content, first=Content())
            self.brought_back.emit()

    @Slot()
    def forget(self) -> None:
        """An empty form for somebody else: nothing of what was typed or read stays."""
        self._aside = None
        self._writer.forget()
        self.found.emit(("", ()))
        self._show(Content(), first=Content())

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people by two letters or more."""
        self._desk.jobs.read(partial(find_guests, text=text), self.found.emit)

    @Slot(object)
    def type(self, content: Content) -> None:
        """Something was typed: say what follows from it, and read what is open with somebody newly named."""
        self._now, self._typed = content, self._typed + 1
        person = content.guest.visitor if content.guest is not None else None
        about = (person, content.what, content.direction)
        if about != self._about:
            if self._about[:1] != about[:1]:
                self._known = None
                self.known.emit("")
            self._about = about
            self._look_up(content, about)
        self._advise()
        self._look_ahead(content)

    @Slot(object)
    def save(self, content: Content) -> None:
        """Write it down, or say what is missing."""
        self._now = content
        offer = self._offer(content)
        now = self._desk.now()
        read = log_content.read(content, now, offer.line.clock if offer is not None else None)
        wrong = dict(read.wrong)
        if content.answers is not None and offer is None:
            wrong["answers"] = _LOOKING
        self.told_wrong.emit(wrong)
        jobs = self._dsl_jobs()
        # A second press before the first is answered would log it twice.
        if read.order is None or wrong or jobs is None or self._saving:
            return
        self._saving = True
        self._writer.write(Press(read.order, jobs, self._desk.operator, now, offer))

    def _show(self, content: Content, *, first: Content) -> None:
        self._saving, self._about, self._known, self._offers = False, (), None, {}
        self._first = first
        self.known.emit("")
        self.shown.emit(content)
        self.told_wrong.emit({})
        self.type(content)

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    # ---- what follows while one types

    def _look_up(self, content: Content, about: tuple[object, ...]) -> None:
        self._offers = {}
        person, jobs = about[0], self._dsl_jobs()
        asks = jobs is not None and isinstance(person, UUID) and content.what is What.CONTACT
        self.offered.emit(None if asks and content.direction is not None else ())
        if not isinstance(person, UUID) or jobs is None:
            return
        if self._known is None:
            self._desk.jobs.read(partial(log_offers.known, person=person), partial(self._tell_known, about))
        if asks and content.direction is not None:
            by, at = self._desk.operator, self._desk.now()
            job = partial(log_offers.open_now, direction=content.direction, by=by, at=at)
            jobs.read(job, partial(self._match, about))

    def _match(self, about: tuple[object, ...], found: Open) -> None:
        person = about[0]
        if about == self._about and isinstance(person, UUID):
            job = partial(log_offers.find, found=found, person=person, at=self._desk.now())
            self._desk.jobs.read(job, partial(self._tell_offers, about))

    def _tell_offers(self, about: tuple[object, ...], offers: tuple[Offer, ...]) -> None:
        if about == self._about and self._dsl_jobs() is not None:
            self._offers = {offer.line.clock.id: offer for offer in offers}
            self.offered.emit(offers)
            self._advise()

    def _tell_known(self, about: tuple[object, ...], known: Known | None) -> None:
        if about[0] == self._about[0] and known is not None:
            self._known = known
            self.known.emit(log_words.describe(known))
            self._advise()

    def _advise(self) -> None:
        self.advised.emit(log_words.advise(self._now, self._known, self._offer(self._now)))

    def _offer(self, content: Content) -> Offer | None:
        return self._offers.get(content.answers) if content.answers is not None else None

    def _look_ahead(self, content: Content) -> None:
        now = self._desk.now()
        at, of_day = log_content.moment(content, now)
        if content.what is What.ALLOCATION:
            on, of_day = log_content.day_of_allocation(content, now)
            order = Order(content, now, on)
        else:
            order = Order(content, at)
        clock = None if of_day else log_words.runs(order)
        if clock is None:
            self.followed.emit(Due())
        else:
            job = partial(log_words.look_ahead, clock=clock, now=now)
            self._desk.jobs.read(job, partial(self._tell_due, self._typed))

    def _tell_due(self, typed: int, due: Due) -> None:
        if typed == self._typed:
            self.followed.emit(due)

    @Slot(object, object)
    def _kept(self, press: Press, said: Saved) -> None:
        if self._desk.operator != press.by:
            return
        self._first = self._now
        self._writer.forget()
        self.begin()
        self.saved.emit(said.identity)
        found = [one for one in (said.answered, said.started) if one is not None]
        self._desk.jobs.read(partial(clocks.judge, found=found, at=press.at), partial(self._tell_saved, press, said))

    def _tell_saved(self, press: Press, said: Saved, lines: list[ClockLine]) -> None:
        what = press.order.content.what
        if self._desk.operator != press.by or what is None:
            return
        of = {line.clock.id: line for line in lines}
        answered = None
        if said.answered is not None and press.offer is not None:
            answered = of[said.answered.id], press.offer
        started = of.get(said.identity)
        self._desk.done(log_words.saved(what, answered, started, press.at))

    @Slot(object)
    def _not_kept(self, error: RegisterError) -> None:
        self._saving = False
        self._desk.explain(error)
