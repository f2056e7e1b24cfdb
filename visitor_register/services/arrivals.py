"""Signing in and out, and what is said about it afterwards. It refuses nobody a place on the list."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Arrival, Call, Told
from visitor_register.domain.assurance import (
    Outcome,
)
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    CodeBound,
    CodeConfirmed,
    CodeWithdrawn,
    EntryDeclined,
    LeavingUnknown,
    Left,
    PutBack,
)
from visitor_register.domain.people import AT_THE_DESK, CodeState, Operator, Role
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import visit
from visitor_register.services import directory, drafts, said_at_desk
from visitor_register.services.access import require
from visitor_register.services.front_desk import visit_of


def sign_in(
    session: Session, arrival: Arrival, *, by: Operator, at: datetime, arrived_at: datetime | None = None
) -> Visit:
    """Log an arrival. It refuses nobody: what was not checked is written as not checked.

    Somebody who is on site already is not logged twice: the open visit is returned; nor is the same
    arrival saved twice. `arrived_at` is the true time of an arrival added from paper: one before the
    visit that is open now is another visit, and is logged.

    Raises:
        AnswerMissingError: nobody said whether face and photo were compared, or a visitor has no name.
        RegisterError: the note holds a certificate number, the paper's time lies ahead, or this arrival
            was taken back.
    """
    require(by, AT_THE_DESK)
    said_at_desk.check(arrival, at, arrived_at)
    already = _already(session, arrival, arrived_at or at)
    if already is not None:
        drafts.drop(session, arrival.visit)
        return already
    person, said = said_at_desk.who(arrival)
    told_code, on_record = said_at_desk.code_said(session, arrival, person)
    arrived = said_at_desk.arrived(
        arrival, person, arrived_at or at, from_paper=arrived_at is not None, code_read=on_record
    )
    said.append((arrival.visit, arrived))
    said += [(arrival.visit, said_at_desk.called(call)) for call in arrival.calls]
    if arrival.told is not None:
        said.append((arrival.visit, said_at_desk.told(arrival.told)))
    journal.append_all(session, said + told_code, by=by, at=at)
    drafts.drop(session, arrival.visit)
    return _must(session, arrival.visit)


def _already(session: Session, arrival: Arrival, arrived_at: datetime) -> Visit | None:
    """The visit that this arrival is already: saved before under its id, or open for this person."""
    saved = visit_of(session, arrival.visit)
    if saved is not None and saved.state in (VisitState.UNDONE, VisitState.DECLINED):
        raise RegisterError("This arrival was taken back. Begin it again from the badge or the name.")
    if saved is not None or arrival.person is None:
        return saved
    return _open_for(session, directory.aliases(session, arrival.person), arrived_at)


def _open_for(session: Session, same: set[UUID], at: datetime) -> Visit | None:
    """The newest visit of the day of this moment that was open by then and still is."""
    start, _ = calendar.day_bounds(calendar.london_date(at))
    found = rows.select_all(
        session,
        Visit,
        visit.c.person.in_(same),
        visit.c.state == VisitState.ON_SITE,
        visit.c.arrived_at >= start,
        visit.c.arrived_at <= at,
        order_by=(visit.c.arrived_at.desc(),),
        limit=1,
    )
    return found[0] if found else None


def sign_out(session: Session, identity: UUID, *, by: Operator, at: datetime) -> Visit:
    """Log that somebody left, as the desk saw it. Somebody who left already is not logged twice."""
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.state is VisitState.ON_SITE:
        journal.append(session, identity, Left(at, ToldBy.DESK), by=by, at=at)
    return _must(session, identity)


_STILL_OPEN = (VisitState.ON_SITE, VisitState.LEAVING_UNKNOWN)
_NOT_OPEN = "This visit is closed already. Put the visitor back on site first, or correct the visit in History."


def fill_in_leaving(session: Session, identity: UUID, left_at: datetime, *, by: Operator, at: datetime) -> Visit:
    """Write down afterwards when somebody left, as a person knows it. It is marked as filled in later.

    Raises:
        RegisterError: before the arrival, still to come, or a leaving is logged already.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.state not in _STILL_OPEN:
        raise RegisterError(_NOT_OPEN)
    if left_at < stands.arrived_at or left_at > at:
        raise RegisterError("Write a time between the arrival and now.")
    journal.append(session, identity, Left(left_at, ToldBy.LATER), by=by, at=at)
    return _must(session, identity)


def leaving_unknown(session: Session, identity: UUID, *, by: Operator, at: datetime) -> Visit:
    """Write down that nobody can say when somebody left. The program never invents a time.

    Raises:
        RegisterError: a leaving is logged already.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.state not in _STILL_OPEN:
        raise RegisterError(_NOT_OPEN)
    if stands.state is VisitState.ON_SITE:
        journal.append(session, identity, LeavingUnknown(), by=by, at=at)
    return _must(session, identity)


def not_this_person(session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> Visit:
    """Take back an arrival, or the leaving that came last: it was somebody else. Both stay readable.

    A badge code that was bound in the same breath is withdrawn with it, or the next scan would find
    the wrong person.

    Raises:
        RegisterError: the reason is missing.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.left_seq is not None:
        return put_back(session, identity, reason, by=by, at=at)
    said_at_desk.reason_given(reason)
    if stands.state is VisitState.ON_SITE:
        said: list[tuple[UUID, object]] = [(identity, ArrivalUndone(stands.arrived_seq, reason.strip()))]
        said += [
            (stands.person, CodeWithdrawn(line.event.code, reason.strip()))
            for line in journal.entries_of(session, stands.person)
            if isinstance(line.event, CodeBound) and line.at == stands.recorded_at
        ]
        journal.append_all(session, said, by=by, at=at)
    return _must(session, identity)


def put_back(session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> Visit:
    """Put somebody back on site whose leaving was logged by mistake.

    Raises:
        RegisterError: no leaving is logged, or the reason is missing.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.left_seq is None:
        raise RegisterError("This visitor is not logged as having left.")
    said_at_desk.reason_given(reason)
    journal.append(session, identity, PutBack(stands.left_seq, reason.strip()), by=by, at=at)
    return _must(session, identity)


def correct(session: Session, identity: UUID, correction: ArrivalCorrected, *, by: Operator, at: datetime) -> Visit:
    """Correct what was written about an arrival; the first version stays visible.

    Raises:
        RegisterError: the reason is missing, or the time makes no sense.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    said_at_desk.reason_given(correction.reason)
    if correction.identity is not None:
        said_at_desk.refuse_numbers(correction.identity.which, correction.identity.because)
    said_at_desk.refuse_numbers(correction.here_to_see or "", correction.place or "")
    if correction.person is not None and directory.get(session, correction.person) is None:
        raise RegisterError("That person is not in the register. Choose somebody from the list.")
    if correction.at is not None and (correction.at > at or (stands.left_at and correction.at > stands.left_at)):
        raise RegisterError("Write a time before the leaving and before now.")
    journal.append(session, identity, correction, by=by, at=at)
    return _must(session, identity)


def record_call(session: Session, identity: UUID, call: Call, *, by: Operator, at: datetime) -> Visit:
    """Write down a call-back that was made after the visitor was signed in; it may firm up a new badge code."""
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    said_at_desk.refuse_numbers(call.answered_by, call.confirmed)
    said: list[tuple[UUID, object]] = [(identity, said_at_desk.called(call))]
    if call.outcome is Outcome.CONFIRMED:
        said += [
            (one, CodeConfirmed(code.code))
            for one in directory.aliases(session, stands.person)
            for code in directory.codes_of(session, one)
            if code.state is CodeState.PROVISIONAL
        ]
    journal.append_all(session, said, by=by, at=at)
    return _must(session, identity)


def record_told(session: Session, identity: UUID, said: Told, *, by: Operator, at: datetime) -> None:
    """Write down that the DSL or a deputy was told, or did not answer."""
    require(by, AT_THE_DESK)
    _must(session, identity)
    journal.append(session, identity, said_at_desk.told(said), by=by, at=at)


def decline(session: Session, arrival: Arrival, *, contacted: str, reason: str, by: Operator, at: datetime) -> Visit:
    """Decline entry. Only the head or DSL, with a reason, after contact with the worker's manager or MASH.

    Source: hard rule 1, from the statutory guidance on access for social care.

    Raises:
        NotAllowedError, AnswerMissingError: as they say.
        RegisterError: contact or reason is missing, or the visitor was signed in with this arrival.
    """
    require(by, {Role.DSL, Role.HEAD})
    if not contacted.strip() or not reason.strip():
        raise RegisterError("Say whom you spoke to (the worker's manager or MASH) and why entry is declined.")
    said_at_desk.refuse_numbers(contacted, reason)
    saved = visit_of(session, arrival.visit)
    if saved is not None and saved.state is not VisitState.DECLINED:
        raise RegisterError("This visitor is signed in already. Sign them out, or take the arrival back.")
    if saved is not None:
        return saved
    person, said = said_at_desk.who(arrival)
    declined = EntryDeclined(person, arrival.booking, at, arrival.verdict, contacted.strip(), reason.strip())
    said.append((arrival.visit, declined))
    said += [(arrival.visit, said_at_desk.called(call)) for call in arrival.calls]
    journal.append_all(session, said, by=by, at=at)
    drafts.drop(session, arrival.visit)
    return _must(session, arrival.visit)


def _must(session: Session, identity: UUID) -> Visit:
    stands = visit_of(session, identity)
    if stands is None:
        raise RegisterError("This visit is not in the register any more. Look for it in History.")
    return stands
