"""What the desk is told about a badge code or a person: who this is, whether expected, and whom to ring."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.assurance import Basis, propose_basis
from visitor_register.domain.bookings import Booking
from visitor_register.domain.codes import CodeKind, classify
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.events import PersonListed
from visitor_register.domain.people import Person, PersonKind
from visitor_register.domain.policy import Duty, Policy
from visitor_register.domain.verification import (
    SUPERVISION,
    Found,
    Listing,
    Supervision,
    Verdict,
    Way,
    judge,
)
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import visit
from visitor_register.services import (
    assurance,
    booked_otherwise,
    bookings,
    chart_age,
    directory,
    expected_visits,
    passes,
    policy,
    vouching,
)
from visitor_register.services.vouching import CallTarget as CallTarget
from visitor_register.services.vouching import Manager as Manager


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the arrival panel is filled in with. Nothing that only a person can see is in it."""

    basis: Basis
    supervision: Supervision
    lanyard: str
    here_to_see: str
    place: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything the result card says, in plain values.

    `pass_code` is one of our own passes, which proves nothing and is never kept as anybody's badge; `pass_words`
    say why it does not count today. `otherwise` is the booking to tell of where none of today brings them.
    """

    verdict: Verdict
    code: str
    code_read: bool
    way: Way | None
    at: datetime
    person: Person | None
    listing: Listing | None
    title: str
    manager: Manager | None
    booking: Booking | None
    booking_others: int
    booking_here: int
    booking_left: int
    open_visit: Visit | None
    since_arrival: float
    chart: ChartVersion | None
    left_chart: ChartVersion | None
    last_visit_at: datetime | None
    moved_to: str
    provisional_code: bool
    inexact_code: bool
    not_a_badge: str
    notice_due: bool
    pass_code: str
    pass_words: str
    call_to: tuple[CallTarget, ...]
    duty: tuple[Duty, ...]
    proposal: Proposal
    otherwise: Booking | None


def look_up(session: Session, code: str, *, at: datetime) -> Finding:
    """Say what a scanned code leads to. An unreadable or foreign code is a new code with a word of explanation."""
    kind = classify(code)
    if kind.kind is CodeKind.NOT_A_BADGE:
        return _finding(session, None, at=at, code=code, not_a_badge=kind.words, code_known=False)
    if kind.kind is CodeKind.PASS:
        return _of_pass(session, kind.text, at=at)
    held = directory.find_code(session, kind.text)
    if held is None:
        return _finding(session, None, at=at, code=kind.text, code_known=False)
    return _finding(
        session,
        held.person,
        at=at,
        code=kind.text,
        code_known=True,
        withdrawn=held.withdrawn,
        provisional=held.provisional,
        inexact=not held.exact,
    )


def _of_pass(session: Session, code: str, *, at: datetime) -> Finding:
    read = passes.read(session, code, at=at)
    if read is None:
        return _finding(
            session, None, at=at, not_a_badge="This pass was not made here.", code_known=False, pass_code=code
        )
    return _finding(session, directory.get(session, read.found.person), at=at, pass_code=code, pass_words=read.words)


def look_at(
    session: Session,
    person: UUID | None,
    *,
    at: datetime,
    way: Way | None = None,
    code: str = "",
    refused: bool = False,
    taken: UUID | None = None,
) -> Finding:
    """Say what choosing somebody by name leads to; `code` is the badge that nobody held, if one was scanned.

    `refused`: a call-back was made and whoever can vouch said no. `taken`: the booking of another day as which the
    desk takes this visit, where none of today brings them.
    """
    somebody = directory.get(session, person) if person is not None else None
    held = directory.find_code(session, code) if code else None
    theirs = held is not None and somebody is not None and held.person.id in directory.aliases(session, somebody.id)
    return _finding(
        session,
        somebody,
        at=at,
        way=way,
        code=code,
        code_known=None if not code else held is not None or somebody is not None,
        withdrawn=held is not None and held.withdrawn,
        provisional=held is not None and theirs and held.provisional,
        inexact=held is not None and theirs and not held.exact,
        code_read=theirs and held is not None and not held.withdrawn,
        refused=refused,
        taken=taken,
    )


def _finding(
    session: Session,
    somebody: Person | None,
    *,
    at: datetime,
    way: Way | None = None,
    code: str = "",
    code_known: bool | None = None,
    withdrawn: bool = False,
    provisional: bool = False,
    inexact: bool = False,
    not_a_badge: str = "",
    pass_code: str = "",
    pass_words: str = "",
    code_read: bool | None = None,
    refused: bool = False,
    taken: UUID | None = None,
) -> Finding:
    today = calendar.london_date(at)
    rules = policy.read(session, today)
    same = directory.aliases(session, somebody.id) if somebody else set()
    if somebody is not None and len(same) > 1:
        somebody = directory.best_of(session, somebody, same)
    visits = _visits_of(session, same)
    open_visit = next((v for v in visits if v.state is VisitState.ON_SITE), None)
    before = next((v for v in visits if v.state not in bookings.NEVER_IN and v is not open_visit), None)
    expected = expected_visits.on_this_day(session, same, at=at) if same else None
    if expected is None and taken is not None and booked_otherwise.may_take(session, taken, same):
        expected = expected_visits.by_booking(session, taken, same)
    listing = directory.listing(somebody) if somebody else None
    here = open_visit is not None and calendar.london_date(open_visit.arrived_at) == today
    verdict = judge(
        Found(
            open_visit=here,
            way=way,
            code_known=code_known,
            code_withdrawn=withdrawn,
            listing=listing,
            kind=somebody.kind if somebody else None,
            booked=expected is not None,
            call_back_refused=refused,
        )
    )
    charts = directory.current_charts(session)
    manager, target = vouching.manager_of(session, somebody, same, charts)
    booking = expected.booking if expected else None
    if here and open_visit is not None and open_visit.booking is not None:
        # Booked is never lost: somebody who is here was expected for the visit that is open.
        expected = expected_visits.by_booking(session, open_visit.booking, same)
        booking = expected.booking if expected else booking
    return Finding(
        verdict=verdict,
        code=code,
        code_read=(bool(code) and code_known is True) if code_read is None else code_read,
        way=way,
        at=at,
        person=somebody,
        listing=listing,
        title=somebody.job_title if somebody else "",
        manager=manager,
        booking=booking,
        booking_others=expected.others if expected else 0,
        booking_here=expected.here if expected else 0,
        booking_left=expected.left if expected else 0,
        open_visit=open_visit,
        since_arrival=(at - open_visit.recorded_at).total_seconds() if open_visit else 0.0,
        chart=chart_age.of_person(charts, somebody),
        left_chart=next((c for c in charts if somebody and c.id == somebody.left_version), None),
        last_visit_at=before.arrived_at if before else None,
        moved_to=_moved_to(session, somebody, before),
        provisional_code=provisional,
        inexact_code=inexact,
        not_a_badge=not_a_badge,
        pass_code=pass_code,
        pass_words=pass_words,
        notice_due=not _has_read(session, same, rules.notice.version),
        # Somebody who was let in unconfirmed may still be confirmed by a call.
        call_to=vouching.call_to(session, open_visit.verdict if here and open_visit else verdict, somebody, target, at),
        duty=rules.duty.people,
        proposal=_proposal(session, verdict, somebody, booking, rules, today),
        otherwise=booked_otherwise.find(session, same, at=at) if same and booking is None and not here else None,
    )


def _visits_of(session: Session, same: set[UUID]) -> list[Visit]:
    if not same:
        return []
    return rows.select_all(session, Visit, visit.c.person.in_(same), order_by=(visit.c.arrived_at.desc(),), limit=20)


def _has_read(session: Session, same: set[UUID], version: int) -> bool:
    """Whether somebody was asked on an earlier visit to read the notice as it is now."""
    return bool(same) and (
        rows.select_one(session, Visit, visit.c.person.in_(same), visit.c.notice_version == version) is not None
    )


def _moved_to(session: Session, somebody: Person | None, before: Visit | None) -> str:
    """The present team of somebody whose team was another at their last visit. Moving team is not a check."""
    if somebody is None or before is None or not somebody.team:
        return ""
    listed = [e for e in journal.entries_of(session, somebody.id) if isinstance(e.event, PersonListed)]
    then = [e.event.team for e in listed if e.at <= before.recorded_at and isinstance(e.event, PersonListed)]
    return somebody.team if then and then[-1] != somebody.team else ""


def _proposal(
    session: Session,
    verdict: Verdict,
    somebody: Person | None,
    booking: Booking | None,
    rules: Policy,
    today: date,
) -> Proposal:
    letter = assurance.letter_for(session, somebody.organisation, today) if somebody else None
    other = somebody is not None and somebody.kind is not PersonKind.COUNCIL
    basis = propose_basis(verdict, None, letter_on_file=letter is not None and other)
    supervision = SUPERVISION.get(verdict) or (
        rules.known.booked if verdict is Verdict.KNOWN else rules.known.not_booked
    )
    return Proposal(
        basis=basis,
        supervision=supervision,
        lanyard=rules.lanyards.word_for(supervision),
        here_to_see=booking.here_to_see if booking else "",
        place=booking.room if booking else "",
    )


def visit_of(session: Session, identity: UUID) -> Visit | None:
    """One visit as it stands."""
    return rows.select_one(session, Visit, visit.c.id == identity)
