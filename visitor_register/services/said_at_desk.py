"""What an arrival at the desk says, as events: checked first, and without anything that must not be kept."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import Arrival, Call, Told
from visitor_register.domain.assurance import (
    Assurance,
    Compared,
    IdentityCheck,
    IdShown,
    Outcome,
    refuse_certificate_number,
)
from visitor_register.domain.events import Arrived, CalledBack, CodeBound, CodeConfirmed, DslTold
from visitor_register.domain.people import BadgeCode, CodeState
from visitor_register.domain.verification import Verdict
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.services import bookings, directory


def who(arrival: Arrival) -> tuple[UUID, list[tuple[UUID, object]]]:
    """Who it is, and what has to be written about them first when nobody knows them yet."""
    if arrival.person is not None:
        return arrival.person, []
    if arrival.visitor is None or not arrival.visitor.name.strip():
        raise AnswerMissingError("Write the visitor's name as they say it.")
    person = uuid4()
    return person, [(person, bookings.recorded(arrival.visitor))]


def check(arrival: Arrival, at: datetime, arrived_at: datetime | None) -> None:
    """Ask for what only a person can say, and refuse what must not be kept.

    Raises:
        AnswerMissingError, RegisterError: as `arrivals.sign_in` says.
    """
    if arrival.verdict not in (Verdict.OTHER_VISITOR, Verdict.POLICE):
        if arrival.compared is None:
            raise AnswerMissingError("Say whether you compared face and photo. “Not now, because ...” is an answer.")
        if arrival.compared is Compared.NOT_NOW and not arrival.because.strip():
            raise AnswerMissingError("Say why face and photo were not compared, in a few words.")
        if arrival.shown is None:
            raise AnswerMissingError("Say which ID was shown. “None” is an answer.")
    if arrival.shown is IdShown.OTHER_PHOTO and not arrival.shown_which.strip():
        raise AnswerMissingError("Say which photo ID was shown: passport, driving licence or another. No number.")
    refuse_numbers(
        arrival.basis_note, arrival.note, arrival.shown_which, arrival.because, arrival.here_to_see, arrival.place
    )
    for call in arrival.calls:
        refuse_numbers(call.answered_by, call.confirmed)
    if arrived_at is not None and arrived_at > at:
        raise RegisterError("That time has not come yet. Write the time on the paper sheet.")


def refuse_numbers(*texts: str) -> None:
    """Refuse certificate numbers in any of these texts."""
    for text in texts:
        refuse_certificate_number(text)


def arrived(arrival: Arrival, person: UUID, at: datetime, *, from_paper: bool, code_read: bool) -> Arrived:
    """An arrival as an event; the text as it was typed, without spaces around it."""
    return Arrived(
        person=person,
        booking=arrival.booking,
        at=at,
        verdict=arrival.verdict,
        code_read=code_read,
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


def code_said(session: Session, arrival: Arrival, person: UUID) -> tuple[list[tuple[UUID, object]], bool]:
    """What is to be written about the code that was read, and whether it led to this person before today.

    A new code is bound after the face check; a confirming call-back makes a provisional one firm. A
    code that nobody held says nothing about who carries it.
    """
    if not arrival.code:
        return [], False
    said: list[tuple[UUID, object]] = []
    same = directory.aliases(session, person)
    found = directory.find_code(session, arrival.code)
    on_record = found is not None and found.person.id in same and not found.withdrawn
    held = {code.code: code for one in same for code in directory.codes_of(session, one)}
    waiting = held.get(arrival.code)
    if arrival.bind_code and waiting is None and not on_record and arrival.compared is Compared.YES:
        waiting = BadgeCode(person, arrival.code, "", CodeState.PROVISIONAL)
        said.append((person, CodeBound(arrival.code)))
    confirmed = any(call.outcome is Outcome.CONFIRMED for call in arrival.calls)
    if confirmed and waiting is not None and waiting.state is CodeState.PROVISIONAL:
        said.append((waiting.person, CodeConfirmed(arrival.code)))
    return said, on_record


def reason_given(reason: str) -> None:
    """Ask for the reason of a correction, if there is none."""
    if not reason.strip():
        raise RegisterError("Say why, in a few words: both stay on record.")
    refuse_certificate_number(reason)


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
