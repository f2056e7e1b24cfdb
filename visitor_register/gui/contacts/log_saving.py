"""What one press of Save writes to the DSL's file: all of what stands in the form, or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.clocks import Assessed
from visitor_register.domain.contacts import Clock, ContactKind, Direction
from visitor_register.domain.events import CourtesyNoted, Discussed, InformationShared
from visitor_register.domain.people import Operator
from visitor_register.gui.contacts.log_content import Copied, Order, What, can_be_copied
from visitor_register.services import clocks, contacts
from visitor_register.services.contacts import ContactForm

_COPIED = {Copied.YES: True, Copied.NO: False}


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written. `answered` is the deadline it stopped, `started` the one that runs since."""

    identity: UUID
    answered: Clock | None
    started: Clock | None


def save(
    dsl_session: Session, order: Order, person: UUID, answers: Assessed | None, *, by: Operator, at: datetime
) -> Saved:
    """Write it down.

    Args:
        dsl_session: The DSL's file.
        order: The form, as it was read.
        person: With whom, somebody of the desk's file.
        answers: The deadline it answers, as it stands.
        by, at: Who writes it down, and when.
    """
    what = order.content.what
    if what is None:
        raise AssertionError("a form that was read says what happened")
    if what is What.CONTACT:
        identity = contacts.log(dsl_session, _contact(order, person), answers=answers, by=by, at=at)
    else:
        identity = _WRITES[what](dsl_session, order, person, by, at)
    answered = clocks.of(dsl_session, answers.clock.id, by=by) if answers is not None else None
    return Saved(identity, answered, clocks.of(dsl_session, identity, by=by))


def _contact(order: Order, person: UUID) -> ContactForm:
    said = order.content
    written = can_be_copied(said)
    received = said.direction is Direction.RECEIVED
    automatic = written and received and said.automatic
    return ContactForm(
        kind=said.kind or ContactKind.CALL,
        direction=said.direction or Direction.RECEIVED,
        person=person,
        at=order.at,
        summary=said.summary,
        child_reference=said.child_reference,
        manager_copied=_COPIED.get(said.copied) if written and said.copied else None,
        asks_reply=said.what is What.CONTACT and said.asks_reply and not automatic,
        automatic=automatic,
        forwarded=written and said.forwarded,
    )


def _allocate(dsl_session: Session, order: Order, person: UUID, by: Operator, at: datetime) -> UUID:
    said = order.content
    if said.known is None:
        raise AssertionError("an allocation that was read says how its day is known")
    return contacts.allocate(
        dsl_session, person, said.child_reference, on=order.on, known=said.known, note=said.summary, by=by, at=at
    )


def _ask(dsl_session: Session, order: Order, person: UUID, by: Operator, at: datetime) -> UUID:
    said = order.content
    return contacts.ask(
        dsl_session,
        direction=said.direction or Direction.RECEIVED,
        person=person,
        asked_at=order.at,
        topic=said.summary,
        child_reference=said.child_reference,
        urgent=said.urgent,
        by=by,
        at=at,
    )


def _share(dsl_session: Session, order: Order, person: UUID, by: Operator, at: datetime) -> UUID:
    said = order.content
    told = InformationShared(
        person, order.at, bool(said.shared), said.summary.strip(), said.why.strip(), said.child_reference.strip()
    )
    return contacts.share(dsl_session, told, by=by, at=at)


def _discuss(dsl_session: Session, order: Order, person: UUID, by: Operator, at: datetime) -> UUID:
    said = order.content
    identity = contacts.log(dsl_session, _contact(order, person), by=by, at=at)
    education = bool(said.education)
    present = said.present.strip() if education and said.there else ""
    told = Discussed(education, present, said.commitments.strip() if education else "")
    contacts.discuss(dsl_session, identity, told, by=by, at=at)
    return identity


def _note_courtesy(dsl_session: Session, order: Order, person: UUID, by: Operator, at: datetime) -> UUID:
    said = order.content
    by_authority = said.direction is Direction.RECEIVED
    told = CourtesyNoted(person, order.at, by_authority, said.summary.strip(), said.manager_first)
    return contacts.note_courtesy(dsl_session, told, by=by, at=at)


_WRITES: Mapping[What, Callable[[Session, Order, UUID, Operator, datetime], UUID]] = {
    What.ALLOCATION: _allocate,
    What.REQUEST: _ask,
    What.SHARED: _share,
    What.DISCUSSION: _discuss,
    What.COURTESY: _note_courtesy,
}
