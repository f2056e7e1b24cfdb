"""Legal holds: put on by the DSL or the head, ended by one of them, both with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date, say_date
from visitor_register.domain.events import ChildHeld, ChildHoldEnded, Held, HoldEnded
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.retention import ChildHold, Hold
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence import tables as of
from visitor_register.services.access import require

_NO_REASON = "Say why: the reason stands with the hold."
_NO_END = "Say why the hold ends: the reason stays on record."


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold in a list: what it is on in words, why, who put it on and when. `child`: it is on a child reference."""

    id: UUID
    on: str
    reason: str
    by: str
    at: datetime
    child: bool = False


def hold(session: Session, about: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Keep everything about a person, a visit or a booking until the hold ends.

    Raises:
        NotAllowedError: only the DSL and the head hold.
        AnswerMissingError: no reason was given.
        RegisterError: there is no such person, visit or booking, or it is on hold already.
    """
    require(by, SEES_CHILDREN)
    said = _said(reason, _NO_REASON)
    if not _exists(session, about):
        raise RegisterError("This is not in the register any more. Look for it again.")
    if rows.select_one(session, Hold, of.hold.c.about == about) is not None:
        raise RegisterError("This is on hold already. End that hold first to give another reason.")
    journal.append(session, about, Held(said), by=by, at=at)


def end_hold(session: Session, about: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Let the periods count again.

    Raises:
        NotAllowedError: only the DSL and the head end a hold.
        AnswerMissingError: no reason was given.
        RegisterError: it is not on hold.
    """
    require(by, SEES_CHILDREN)
    said = _said(reason, _NO_END)
    if rows.select_one(session, Hold, of.hold.c.about == about) is None:
        raise RegisterError("This hold has ended already.")
    journal.append(session, about, HoldEnded(said), by=by, at=at)


def child_hold(dsl_session: Session, reference: str, reason: str, *, by: Operator, at: datetime) -> UUID:
    """Keep everything that carries a child reference, with its visits, bookings and people.

    Raises:
        NotAllowedError: only the DSL and the head hold.
        AnswerMissingError: no reference or no reason was given.
    """
    require(by, SEES_CHILDREN)
    child = _said(reference, "Write the child reference as it stands in the register.")
    said = _said(reason, _NO_REASON)
    made = uuid4()
    journal.append(dsl_session, made, ChildHeld(child, said), by=by, at=at)
    return made


def end_child_hold(dsl_session: Session, hold: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Let the periods count again for what carries the reference.

    Raises:
        NotAllowedError: only the DSL and the head end a hold.
        AnswerMissingError: no reason was given.
        RegisterError: it has ended already.
    """
    require(by, SEES_CHILDREN)
    said = _said(reason, _NO_END)
    if rows.select_one(dsl_session, ChildHold, of.child_hold.c.id == hold) is None:
        raise RegisterError("This hold has ended already.")
    journal.append(dsl_session, hold, ChildHoldEnded(said), by=by, at=at)


def holds(session: Session, *, by: Operator) -> tuple[HoldLine, ...]:
    """All holds on people, visits and bookings, the newest first.

    Raises:
        NotAllowedError: only the DSL, the head and the auditor may know of them.
    """
    require(by, SEES_CHILDREN | {Role.AUDITOR})
    found = rows.select_all(session, Hold, order_by=(of.hold.c.at.desc(),))
    who = operators(session)
    return tuple(
        HoldLine(one.about, _words(session, one.about), one.reason, who.get(one.by, ""), one.at) for one in found
    )


def child_holds(dsl_session: Session, who: dict[UUID, str], *, by: Operator) -> tuple[HoldLine, ...]:
    """All holds on child references, the newest first; `who` names the operators.

    Raises:
        NotAllowedError: only the DSL and the head may know of them.
    """
    require(by, SEES_CHILDREN)
    found = rows.select_all(dsl_session, ChildHold, order_by=(of.child_hold.c.at.desc(),))
    return tuple(
        HoldLine(one.id, f"Child reference {one.child_reference}", one.reason, who.get(one.by, ""), one.at, child=True)
        for one in found
    )


def operators(session: Session) -> dict[UUID, str]:
    """The name of everybody who may or might use the program."""
    return dict(session.execute(select(of.account.c.id, of.account.c.name)).all())


def _said(text: str, otherwise: str) -> str:
    """What was typed, without blanks around it; refused with a sentence where that is nothing."""
    if not text.strip():
        raise AnswerMissingError(otherwise)
    return text.strip()


def _exists(session: Session, about: UUID) -> bool:
    tables = (of.person, of.visit, of.booking)
    return any(session.execute(select(one.c.id).where(one.c.id == about)).first() for one in tables)


def _words(session: Session, about: UUID) -> str:
    """What a hold is on: a name, or a visit or booking with its day."""
    name: str | None = session.execute(select(of.person.c.name).where(of.person.c.id == about)).scalar_one_or_none()
    if name is not None:
        return name
    visit = session.execute(
        select(of.visit.c.arrived_at, of.person.c.name)
        .join(of.person, of.person.c.id == of.visit.c.person)
        .where(of.visit.c.id == about)
    ).first()
    if visit is not None:
        return f"Visit of {visit.name}, {say_date(london_date(visit.arrived_at))}"
    booked = session.execute(select(of.booking.c.starts_at).where(of.booking.c.id == about)).scalar_one_or_none()
    return "A record" if booked is None else f"Booking of {say_date(london_date(booked))}"
