"""Turns badge codes, names and answers into what the desk sees, and what it says into entries."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import Arrival, Call, Draft, NewVisitor
from visitor_register.domain.assurance import Compared, Expiry, IdShown, Outcome
from visitor_register.domain.policy import Policy
from visitor_register.domain.verification import Way
from visitor_register.errors import RegisterError
from visitor_register.gui import wording
from visitor_register.gui.desk import Desk
from visitor_register.gui.today import lookups
from visitor_register.gui.today.scene import Work
from visitor_register.gui.today.taking import Taking
from visitor_register.gui.today.writer import DeskWriter
from visitor_register.services import drafts, front_desk, search
from visitor_register.services.front_desk import Finding
from visitor_register.services.today import Board


class TodayPresenter(QObject):
    """What happens at the desk. It knows no widget.

    Signals:
        scene: What Today shows now (`Scene`).
        board: The lists, read anew (`Board`).
        hits: Who was found by name: a list of `Hit`, and the text.
        sounded: Which sound the verdict has.
        looked_up: A code and the words it led to, for the last five scans.
        missing: An answer is missing: the sentence that says which.
    """

    scene = Signal(object)
    board = Signal(object)
    hits = Signal(object, str)
    sounded = Signal(str)
    looked_up = Signal(str, str)
    missing = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.taking = Taking()
        self._rules = Policy()
        self._drafts: dict[UUID, Draft] = {}
        self._asked = 0
        self.writer = DeskWriter(desk, self)
        self.writer.written.connect(self.close_card)
        self.writer.missing.connect(self.missing)
        self.writer.not_saved.connect(self._not_saved)
        desk.jobs.changed.connect(self.refresh)

    # ---- looking

    @Slot()
    def refresh(self) -> None:
        """Read the lists again."""
        self.desk.jobs.read(partial(lookups.board_and_rules, at=self.desk.now()), self._show_board)

    @Slot(str)
    def read_code(self, code: str) -> None:
        """A code was scanned, wherever: an unfinished arrival is parked, the card shows the new one."""
        self._park_unfinished()
        self._look(partial(lookups.by_code, code=code, at=self.desk.now()), self._found)

    @Slot(str)
    def type_name(self, text: str) -> None:
        """Find people by what is typed; a code that nobody held stays with the search."""
        if not text.strip():
            if self.taking.work is Work.SEARCH and not self.taking.new_code:
                self.close_card()
            return
        if self.taking.work is not Work.SEARCH:
            self._park_unfinished()
            self.taking.clear(Work.SEARCH)
            self._say()
        self.desk.jobs.read(partial(search.find, text=text, at=self.desk.now()), partial(self._hits_found, text))

    @Slot(object)
    def choose_person(self, person: UUID) -> None:
        """This is the person: chosen from a list. A code that nobody held is bound to them after the face check."""
        code = self.taking.new_code
        if not code:
            self._park_unfinished()
        self._look(partial(lookups.by_person, person=person, way=None, code=code, at=self.desk.now()), self._found)

    @Slot(object)
    def choose_way(self, way: Way) -> None:
        """Say what the desk sees: no badge, another service, nobody can vouch, police, a plumber, a refusal."""
        arrival = self.taking.arrival
        named = arrival is not None and (arrival.person is not None or arrival.visitor is not None)
        if named and arrival is not None:
            self._look_again(arrival, way)
            return
        job = partial(front_desk.look_at, person=None, way=way, at=self.desk.now())
        self._look(job, partial(self._ask_for_visitor, way))

    # ---- the arrival being taken

    def edit(self, name: str, value: Any) -> None:
        """Say something else than what is filled in."""
        if self.taking.edit(self._rules, **{name: value}):
            self._say()

    @Slot(object, object)
    def name_visitor(self, visitor: NewVisitor, seen: dict[str, Any]) -> None:
        """Somebody whom the register does not know, as they say it, with what the desk saw: signed in at once."""
        self.taking.edit(self._rules, visitor=visitor, **seen)
        self.sign_in()

    @Slot(str)
    def act(self, action: str) -> None:
        """Do what a button of the card says."""
        match action:
            case "state":
                statement = {"shown": IdShown.HARROW_BADGE, "expiry": Expiry.IN_DATE, "compared": Compared.YES}
                self.taking.edit(self._rules, **statement)
                self.sign_in()
            case "sign_in":
                self.sign_in()
            case "sign_out" if self.taking.finding is not None and self.taking.finding.open_visit is not None:
                self.writer.sign_out(self.taking.finding.open_visit.id)
            case "told":
                self.told(answered=True)
            case "take_booking" if (taken := self.taking.take_booking()) is not None:
                self._look_again(taken, taken.way)
            case "no_match":
                self.choose_way(Way.WAIT)
            case "call_later":
                self.taking.calling = True
                self._say()
            case "park":
                self.park()
            case "close":
                self.close_card()

    def sign_in(self) -> None:
        """Write the arrival down. The card stays as it is until that has happened."""
        if self.taking.arrival is not None:
            self.writer.sign_in(self.taking.arrival)

    def record_call(self, outcome: Outcome, answered_by: str, confirmed: str) -> None:
        """Write down how the call-back went; before the sign-in it is kept with the arrival."""
        target, finding = self.taking.target(), self.taking.finding
        if target is None or finding is None:
            return
        call = Call(
            target.number,
            target.whom,
            target.source,
            target.source_text,
            answered_by,
            confirmed,
            outcome,
            self.desk.now(),
        )
        if finding.open_visit is not None:
            self.writer.record_call(finding.open_visit.id, call)
            return
        self.taking.add_call(call)
        if outcome is Outcome.NOT_CONFIRMED and self.taking.arrival is not None:
            self._look_again(self.taking.arrival, self.taking.arrival.way)
        else:
            self._say()

    @Slot(bool)
    def told(self, answered: bool) -> None:
        """The DSL or a deputy was told, or did not answer."""
        self.taking.tell(answered=answered, at=self.desk.now())
        self._say()

    @Slot(str, str)
    def decline(self, contacted: str, reason: str) -> None:
        """Decline entry; the service lets only the DSL and the head."""
        if self.taking.arrival is not None:
            self.writer.decline(self.taking.arrival, contacted, reason)

    # ---- interruptions

    @Slot()
    def park(self) -> None:
        """Keep what is filled in and free the desk."""
        if self.taking.unfinished:
            self._keep()
        self.close_card()

    @Slot()
    def keep_for_fire_list(self) -> None:
        """Put the arrival being taken among the drafts and go on with it: a fire warden asks about it too."""
        if self.taking.unfinished:
            self._keep()

    def put_aside(self) -> None:
        """The program ends: what somebody filled in is kept for the next start."""
        self._park_unfinished()

    def resume(self, identity: UUID) -> None:
        """Go on with a parked arrival."""
        draft = self._drafts.get(identity)
        if draft is None:
            return
        self._park_unfinished()
        self._look_again(draft.arrival, draft.arrival.way)

    def discard(self, draft: UUID) -> None:
        """Forget a parked arrival: nobody came in."""
        self.desk.jobs.write(partial(drafts.drop, arrival=draft))

    @Slot()
    def close_card(self) -> None:
        """Show the lists again."""
        self._asked += 1
        self.taking.clear()
        self._say()

    def show_work(self, work: Work) -> None:
        """Show one of the pages that have their own presenter."""
        self._park_unfinished()
        self._asked += 1
        self.taking.clear(work)
        self._say()

    # ---- answers

    def _found(self, answer: lookups.Answer) -> None:
        finding, self._rules, parked = answer
        self.taking.begin(finding, parked.arrival if parked else None, parked.arrival.way if parked else finding.way)
        self._say()
        self.sounded.emit(wording.sound(finding.verdict))
        code = finding.code or finding.pass_code
        if code:
            words = finding.person.name if finding.person else wording.VERDICT[finding.verdict][0]
            self.looked_up.emit(code, words)

    def _found_again(self, kept: Arrival, way: Way | None, finding: Finding) -> None:
        self.taking.begin(finding, kept, way)
        self._say()
        self.sounded.emit(wording.sound(finding.verdict))

    def _ask_for_visitor(self, way: Way, finding: Finding) -> None:
        self.taking.ask_for_visitor(finding, way)
        self._say()
        self.sounded.emit(wording.sound(finding.verdict))

    @Slot(object)
    def _not_saved(self, error: RegisterError) -> None:
        """Nothing is lost: what is filled in is kept as well as the disk allows, and the card stays."""
        self._keep()
        self.desk.explain(error)

    def _hits_found(self, text: str, hits: object) -> None:
        self.hits.emit(hits, text)

    def _show_board(self, answer: tuple[Board, Policy]) -> None:
        lists, self._rules = answer
        self._drafts = {draft.id: draft for draft in lists.drafts}
        self.board.emit(lists)

    # ---- helpers

    def _look(self, job: Callable[[Session], Any], done: Callable[[Any], None]) -> None:
        """Ask the register; an answer that comes after a newer question is dropped."""
        self._asked += 1
        self.desk.jobs.read(job, partial(self._if_still_asked, self._asked, done))

    def _look_again(self, arrival: Arrival, way: Way | None) -> None:
        """Judge an arrival anew, keeping what is filled in."""
        refused = any(call.outcome is Outcome.NOT_CONFIRMED for call in arrival.calls)
        job = partial(
            front_desk.look_at,
            person=arrival.person,
            way=way,
            code=arrival.code,
            at=self.desk.now(),
            refused=refused,
            taken=arrival.booking,
        )
        self._look(job, partial(self._found_again, arrival, way))

    def _if_still_asked(self, asked: int, done: Callable[[Any], None], answer: Any) -> None:
        if asked == self._asked:
            done(answer)

    def _park_unfinished(self) -> None:
        if self.taking.touched and self.taking.unfinished:
            self._keep()

    def _keep(self) -> None:
        if self.taking.arrival is not None:
            job = partial(drafts.keep, arrival=self.taking.arrival, label=self.taking.label, at=self.desk.now())
            self.desk.jobs.write(job, None, self.desk.explain)

    def _say(self) -> None:
        self.scene.emit(self.taking.scene(self._rules, self.desk.operator.role))
