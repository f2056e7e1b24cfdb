"""The arrival being taken: what was found, what is filled in so far, and what the desk sees of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from visitor_register.domain.arrivals import Arrival, Call, Told
from visitor_register.domain.assurance import Outcome
from visitor_register.domain.people import SEES_CHILDREN, Role
from visitor_register.domain.policy import Policy
from visitor_register.domain.verification import NEEDS_CALL_BACK, TELLS_DSL, Verdict, Way
from visitor_register.gui import wording
from visitor_register.gui.today import card
from visitor_register.gui.today.scene import Scene, Work
from visitor_register.services.front_desk import CallTarget, Finding


class Taking:
    """One arrival from the first look to the sign-in. `touched`: somebody filled something in."""

    def __init__(self) -> None:
        self.finding: Finding | None = None
        self.arrival: Arrival | None = None
        self.work = Work.IDLE
        self.touched = False
        self.calling = False

    def clear(self, work: Work = Work.IDLE) -> None:
        """Nobody is at the desk."""
        self.finding = self.arrival = None
        self.work, self.touched, self.calling = work, False, False

    def begin(self, finding: Finding, kept: Arrival | None, way: Way | None) -> None:
        """Show a finding; `kept` is what was filled in before, on a draft or under another verdict."""
        proposal = finding.proposal
        arrival = kept or Arrival(
            person=finding.person.id if finding.person else None,
            booking=finding.booking.id if finding.booking else None,
            code=finding.code,
            bind_code=bool(finding.code) and not finding.code_read,
            here_to_see=proposal.here_to_see,
            place=proposal.place,
        )
        if kept is None or kept.verdict is not finding.verdict:
            arrival = replace(arrival, basis=proposal.basis, supervision=proposal.supervision, lanyard=proposal.lanyard)
        self.finding, self.touched, self.calling = finding, kept is not None, False
        self.arrival = replace(arrival, way=way, verdict=finding.verdict)
        self.work = Work.SEARCH if finding.verdict is Verdict.NEW_CODE else Work.ARRIVAL

    def ask_for_visitor(self, finding: Finding, way: Way) -> None:
        """Nobody was found: ask for a name, with the code that nobody holds kept for binding."""
        code = self.new_code
        self.begin(finding, Arrival(code=code, bind_code=bool(code)), way)
        self.touched = False
        self.work = Work.ARRIVAL if way is Way.WAIT else Work.VISITOR

    @property
    def new_code(self) -> str:
        """The code that was scanned and that nobody holds; empty if there is none."""
        held = self.finding is None or self.finding.verdict is not Verdict.NEW_CODE or self.finding.not_a_badge
        return "" if held or self.finding is None else self.finding.code

    @property
    def stated(self) -> bool:
        """Whether the main button states the whole comparison: nothing else was said about the badge."""
        arrival = self.arrival
        return arrival is None or (arrival.shown is None and arrival.expiry is None and arrival.compared is None)

    @property
    def unfinished(self) -> bool:
        """Whether somebody is being signed in: looking at an open visit is not an arrival."""
        return self.finding is not None and self.finding.verdict is not Verdict.ALREADY_HERE

    @property
    def label(self) -> str:
        """What a draft of it is called: a name or a code, nothing else."""
        if self.finding is not None and self.finding.person is not None:
            return self.finding.person.name
        if self.arrival is not None and self.arrival.visitor is not None:
            return self.arrival.visitor.name
        return (self.arrival.code if self.arrival else "") or "Somebody at the desk"

    def edit(self, rules: Policy, **changes: Any) -> bool:
        """Say something else than what is filled in; tells whether anything changed."""
        if self.arrival is None or all(getattr(self.arrival, name) == value for name, value in changes.items()):
            return False
        if "supervision" in changes:
            changes["lanyard"] = rules.lanyards.word_for(changes["supervision"])
        self.arrival = replace(self.arrival, **changes)
        self.touched = True
        return True

    def take_booking(self) -> Arrival | None:
        """Take the arrival as the booking of another day; what was said of host and place stays as it is."""
        booked = self.finding.otherwise if self.finding is not None else None
        if booked is None or self.arrival is None:
            return None
        here_to_see, place = self.arrival.here_to_see or booked.here_to_see, self.arrival.place or booked.room
        return replace(self.arrival, booking=booked.id, here_to_see=here_to_see, place=place)

    def tell(self, *, answered: bool, at: datetime) -> None:
        """Note that the DSL was told; after "no answer" the next one is tried."""
        if self.arrival is None or self.finding is None:
            return
        people = self.finding.duty
        before = self.arrival.told
        tried = (
            [duty.name for duty in people].index(before.whom) + 1 if before and not before.answered and people else 0
        )
        whom = people[min(tried, len(people) - 1)].name if people else "DSL"
        self.arrival = replace(self.arrival, told=Told(whom, answered, at))
        self.touched = True

    def add_call(self, call: Call) -> None:
        """Keep a call-back with the arrival."""
        if self.arrival is not None:
            self.arrival = replace(self.arrival, calls=(*self.arrival.calls, call))
            self.touched = True

    def target(self) -> CallTarget | None:
        """Whom to ring now: the next one after nobody answered."""
        if self.finding is None or not self.finding.call_to:
            return None
        calls = self.arrival.calls if self.arrival else ()
        unanswered = sum(call.outcome is Outcome.NO_ANSWER for call in calls)
        return self.finding.call_to[min(unanswered, len(self.finding.call_to) - 1)]

    def scene(self, rules: Policy, role: Role) -> Scene:
        """What Today shows of it."""
        finding, arrival = self.finding, self.arrival
        if finding is None or arrival is None:
            return Scene(work=self.work, rules=rules)
        verdict = finding.verdict
        grave = verdict in (Verdict.PLEASE_WAIT, Verdict.NOT_CONFIRMED)
        return Scene(
            work=self.work,
            card=None
            if self.work is Work.VISITOR
            else card.content(finding, arrival, stated=self.stated, ages=rules.chart_ages),
            finding=finding,
            arrival=arrival,
            rules=rules,
            reasons=verdict is Verdict.NOT_BOOKED,
            call=self.target() if verdict in NEEDS_CALL_BACK or self.calling else None,
            guidance=verdict in TELLS_DSL,
            say=wording.say_to_visitor(verdict),
            may_decline=grave and role in SEES_CHILDREN,
            stated=self.stated,
        )
