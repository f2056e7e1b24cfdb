"""Signing in and out, and what is said about it afterwards. It refuses nobody a place on the list."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Arrival, Call, Told
from visitor_register.domain.assurance import (
    Assurance,
    Compared,
    IdentityCheck,
    IdShown,
    Outcome,
    refuse_certificate_number,
)
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    CalledBack,
    CodeBound,
    CodeConfirmed,
    DslTold,
    EntryDeclined,
    LeavingUnknown,
    Left,
    PutBack,
)
from visitor_register.domain.people import AT_THE_DESK, CodeState, Operator, Role
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import visit
from visitor_register.services import bookings, directory, drafts
from visitor_register.services.access import require
from visitor_register.services.front_desk import visit_of


def sign_in(
    session: Session, arrival: Arrival, *, by: Operator, at: datetime, arrived_at: datetime | None = None
) -> Visit:
    """Log an arrival. It refuses nobody: what was not checked is written as not checked.

    Somebody who is on site already is not logged twice: the open visit is returned. `arrived_at` is
    the true time of an arrival added from paper.

    Raises:
        AnswerMissingError: nobody said whether face and photo were compared, or a visitor has no name.
        RegisterError: the note holds a certificate number, or the paper's time lies ahead.
    """
    require(by, AT_THE_DESK)
    _check(arrival, at, arrived_at)
    if arrival.person is not None:
        same = directory.aliases(session, arrival.person)
        already = _open_for(session, same, at)
        if already is not None:
            drafts.drop(session, arrival.visit)
            return already
    said: list[tuple[UUID, object]] = []
    person = arrival.person
    if person is None and arrival.visitor is not None:
        person = uuid4()
        said.append((person, bookings.recorded(arrival.visitor)))
    if person is None:
        raise AnswerMissingError("Write the visitor's name as they say it.")
    said.append((arrival.visit, _arrived(arrival, person, arrived_at or at, from_paper=arrived_at is not None)))
    said += [(arrival.visit, called(call)) for call in arrival.calls]
    if arrival.told is not None:
        said.append((arrival.visit, told(arrival.told)))
    said += _code_said(session, arrival, person)
    journal.append_all(session, said, by=by, at=at)
    drafts.drop(session, arrival.visit)
    return _must(session, arrival.visit)


def _check(arrival: Arrival, at: datetime, arrived_at: datetime | None) -> None:
    if arrival.verdict not in (Verdict.OTHER_VISITOR, Verdict.POLICE):
        if arrival.compared is None:
            raise AnswerMissingError("Say whether you compared face and photo. “Not now, because ...” is an answer.")
        if arrival.compared is Compared.NOT_NOW and not arrival.because.strip():
            raise AnswerMissingError("Say why face and photo were not compared, in a few words.")
        if arrival.shown is None:
            raise AnswerMissingError("Say which ID was shown. “None” is an answer.")
    if arrival.shown is IdShown.OTHER_PHOTO and not arrival.shown_which.strip():
        raise AnswerMissingError("Say which photo ID was shown: passport, driving licence or another. No number.")
    for text in (arrival.basis_note, arrival.note, arrival.shown_which, arrival.because):
        refuse_certificate_number(text)
    if arrived_at is not None and arrived_at > at:
        raise RegisterError("That time has not come yet. Write the time on the paper sheet.")


def _arrived(arrival: Arrival, person: UUID, at: datetime, *, from_paper: bool) -> Arrived:
    return Arrived(
        person=person,
        booking=arrival.booking,
        at=at,
        verdict=arrival.verdict,
        code_read=bool(arrival.code),
        identity=IdentityCheck(
            shown=arrival.shown,
            which=arrival.shown_which.strip(),
            expiry=arrival.expiry,
            compared=arrival.compared,
            because=arrival.because.strip(),
        ),
        assurance=Assurance(arrival.basis, arrival.basis_note.strip()),
        supervision=arrival.supervision,
        lanyard=arrival.lanyard,
        here_to_see=arrival.here_to_see.strip(),
        place=arrival.place.strip(),
        pass_number=arrival.pass_number.strip(),
        how_many=max(1, arrival.how_many),
        needs_assistance=arrival.needs_assistance,
        car_registration=arrival.car_registration.strip(),
        came_about=arrival.came_about,
        notice_version=arrival.notice_version,
        note=arrival.note.strip(),
        from_paper=from_paper,
    )


def _code_said(session: Session, arrival: Arrival, person: UUID) -> list[tuple[UUID, object]]:
    """Bind a new code after the face check; a confirming call-back makes a provisional one firm."""
    if not arrival.code:
        return []
    said: list[tuple[UUID, object]] = []
    held = {code.code: code.state for code in directory.codes_of(session, person)}
    if arrival.bind_code and arrival.code not in held and arrival.compared is Compared.YES:
        held[arrival.code] = CodeState.PROVISIONAL
        said.append((person, CodeBound(arrival.code)))
    confirmed = any(call.outcome is Outcome.CONFIRMED for call in arrival.calls)
    if confirmed and held.get(arrival.code) is CodeState.PROVISIONAL:
        said.append((person, CodeConfirmed(arrival.code)))
    return said


def _open_for(session: Session, same: set[UUID], at: datetime) -> Visit | None:
    start, end = calendar.day_bounds(calendar.london_date(at))
    return rows.select_one(
        session,
        Visit,
        visit.c.person.in_(same),
        visit.c.state == VisitState.ON_SITE,
        visit.c.arrived_at >= start,
        visit.c.arrived_at < end,
    )


def sign_out(session: Session, identity: UUID, *, by: Operator, at: datetime) -> Visit:
    """Log that somebody left, as the desk saw it. Somebody who left already is not logged twice."""
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.state is VisitState.ON_SITE:
        journal.append(session, identity, Left(at, ToldBy.DESK), by=by, at=at)
    return _must(session, identity)


def fill_in_leaving(session: Session, identity: UUID, left_at: datetime, *, by: Operator, at: datetime) -> Visit:
    """Write down afterwards when somebody left, as a person knows it. It is marked as filled in later.

    Raises:
        RegisterError: before the arrival, or still to come.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if left_at < stands.arrived_at or left_at > at:
        raise RegisterError("Write a time between the arrival and now.")
    journal.append(session, identity, Left(left_at, ToldBy.LATER), by=by, at=at)
    return _must(session, identity)


def leaving_unknown(session: Session, identity: UUID, *, by: Operator, at: datetime) -> Visit:
    """Write down that nobody can say when somebody left. The program never invents a time."""
    require(by, AT_THE_DESK)
    journal.append(session, identity, LeavingUnknown(), by=by, at=at)
    return _must(session, identity)


def not_this_person(session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> Visit:
    """Take back an arrival, or the leaving that came last: it was somebody else. Both stay readable."""
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if stands.left_seq is not None:
        return put_back(session, identity, reason, by=by, at=at)
    journal.append(session, identity, ArrivalUndone(stands.arrived_seq, reason), by=by, at=at)
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
    if not reason.strip():
        raise RegisterError("Say why, in a few words: both entries stay on record.")
    journal.append(session, identity, PutBack(stands.left_seq, reason.strip()), by=by, at=at)
    return _must(session, identity)


def correct(session: Session, identity: UUID, correction: ArrivalCorrected, *, by: Operator, at: datetime) -> Visit:
    """Correct what was written about an arrival; the first version stays visible.

    Raises:
        RegisterError: the reason is missing, or the time makes no sense.
    """
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    if not correction.reason.strip():
        raise RegisterError("Say why, in a few words: both entries stay on record.")
    if correction.at is not None and (correction.at > at or (stands.left_at and correction.at > stands.left_at)):
        raise RegisterError("Write a time before the leaving and before now.")
    journal.append(session, identity, correction, by=by, at=at)
    return _must(session, identity)


def record_call(session: Session, identity: UUID, call: Call, *, by: Operator, at: datetime) -> Visit:
    """Write down a call-back that was made after the visitor was signed in; it may firm up a new badge code."""
    require(by, AT_THE_DESK)
    stands = _must(session, identity)
    said: list[tuple[UUID, object]] = [(identity, called(call))]
    if call.outcome is Outcome.CONFIRMED:
        said += [
            (stands.person, CodeConfirmed(code.code))
            for code in directory.codes_of(session, stands.person)
            if code.state is CodeState.PROVISIONAL
        ]
    journal.append_all(session, said, by=by, at=at)
    return _must(session, identity)


def record_told(session: Session, identity: UUID, said: Told, *, by: Operator, at: datetime) -> None:
    """Write down that the DSL or a deputy was told, or did not answer."""
    require(by, AT_THE_DESK)
    journal.append(session, identity, told(said), by=by, at=at)


def decline(session: Session, arrival: Arrival, *, contacted: str, reason: str, by: Operator, at: datetime) -> Visit:
    """Decline entry. Only the head or DSL, with a reason, after contact with the worker's manager or MASH.

    Source: hard rule 1, from the statutory guidance on access for social care.
    """
    require(by, {Role.DSL, Role.HEAD})
    if not contacted.strip() or not reason.strip():
        raise RegisterError("Say whom you spoke to (the worker's manager or MASH) and why entry is declined.")
    said: list[tuple[UUID, object]] = []
    person = arrival.person
    if person is None:
        if arrival.visitor is None:
            raise AnswerMissingError("Write the visitor's name as they say it.")
        person = uuid4()
        said.append((person, bookings.recorded(arrival.visitor)))
    declined = EntryDeclined(person, arrival.booking, at, arrival.verdict, contacted.strip(), reason.strip())
    said.append((arrival.visit, declined))
    said += [(arrival.visit, called(call)) for call in arrival.calls]
    journal.append_all(session, said, by=by, at=at)
    drafts.drop(session, arrival.visit)
    return _must(session, arrival.visit)


def called(call: Call) -> CalledBack:
    """A call-back as an event."""
    return CalledBack(
        number=call.number,
        whom=call.whom,
        source=call.source,
        source_text=call.source_text,
        answered_by=call.answered_by.strip(),
        confirmed=call.confirmed.strip(),
        outcome=call.outcome,
        at=call.at,
    )


def told(said: Told) -> DslTold:
    """Having told the DSL as an event."""
    return DslTold(said.whom, said.answered, said.at)


def _must(session: Session, identity: UUID) -> Visit:
    stands = visit_of(session, identity)
    if stands is None:
        raise RegisterError("This visit is not in the register any more. Look for it in History.")
    return stands
