"""Letters that were sent, written down in the DSL's file: the contact, its clock and the step it is, all at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.contacts import Clock, Contact, ContactKind, Direction, Rung
from visitor_register.domain.events import Escalated
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.persistence import rows
from visitor_register.persistence.tables import contact
from visitor_register.services import clocks, contacts
from visitor_register.services.access import require
from visitor_register.services.clocks import Escalation
from visitor_register.services.contacts import ContactForm

MOST_CONTACTS = 200
"""More than this many contacts about one deadline stand in no letter."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter as it is written down.

    Attributes:
        id: Given when the letter was begun: the same letter is written down once, however often it is opened.
        person: Whom it went to.
        summary: What it was about, in words of a person.
        manager_copied: Whether somebody above was copied in.
        asks_reply: A clock runs for the answer.
        escalates: The deadline that it takes a step up.
        rung: That step.
    """

    id: UUID
    person: UUID
    summary: str
    child_reference: str = ""
    manager_copied: bool = False
    asks_reply: bool = False
    escalates: UUID | None = None
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """A deadline with what passed about it since, the oldest first, and its escalation."""

    clock: Clock
    contacts: tuple[Contact, ...]
    escalation: Escalation

    @property
    def people(self) -> frozenset[UUID]:
        """Everybody who stands in it, of the desk's file."""
        asked = (step.person for step in self.escalation.steps)
        return frozenset((self.clock.person, *(said.person for said in self.contacts), *asked))


def record(dsl_session: Session, sent: Sent, *, by: Operator, at: datetime) -> bool:
    """Write down that a letter was sent, with its step of the ladder; False when it stands there already.

    Raises:
        NotAllowedError: only the DSL and the head write to the authority.
        RegisterError: it does not say what it was about, or what it escalates is done.
    """
    require(by, SEES_CHILDREN)
    if rows.select_one(dsl_session, Contact, contact.c.id == sent.id) is not None:
        return False
    form = ContactForm(
        ContactKind.EMAIL,
        Direction.SENT,
        sent.person,
        at,
        sent.summary,
        sent.child_reference,
        manager_copied=sent.manager_copied,
        asks_reply=sent.asks_reply,
    )
    contacts.log(dsl_session, form, identity=sent.id, by=by, at=at)
    if sent.escalates is not None and sent.rung is not None:
        step = Escalated(sent.rung, sent.person, at, sent.id, sent.summary.strip())
        clocks.escalate(dsl_session, sent.escalates, step, by=by, at=at)
    return True


def trail(dsl_session: Session, identity: UUID, *, by: Operator) -> Trail:
    """What passed about a deadline: contacts since with who owes it or was asked up the ladder, about the same child.

    Raises:
        RegisterError: there is no such deadline.
    """
    kept = clocks.of(dsl_session, identity, by=by)
    if kept is None:
        raise RegisterError("This deadline is not in the register any more. Look for it in Contacts.")
    escalation = clocks.escalation_of(dsl_session, identity, by=by)
    since = kept.started_at or kept.asked_at
    passed = rows.select_all(
        dsl_session,
        Contact,
        contact.c.person.in_({kept.person, *(step.person for step in escalation.steps)}),
        contact.c.child_reference == kept.child_reference,
        contact.c.at >= since,
        order_by=(contact.c.at.asc(),),
        limit=MOST_CONTACTS,
    )
    return Trail(kept, tuple(passed), escalation)
