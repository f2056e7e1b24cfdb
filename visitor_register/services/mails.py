"""A received message: who wrote it, whether a manager was copied in, and which deadlines it may answer.

Certain is a sender only by an address that is theirs alone; a name is offered, and a person says which it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.contacts import Clock, Contact, Direction, Owes
from visitor_register.domain.mails import MailRead
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.persistence import rows
from visitor_register.persistence.tables import contact
from visitor_register.services import clocks, directory, invitation_people
from visitor_register.services.access import require
from visitor_register.services.clocks import ClockLine


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message may be from.

    Attributes:
        person: Who it is for certain, by the address.
        offered: Others it may be: people of that name, or several with that address.
        new: The same as somebody whom the register does not know yet; None when the file names no sender.
    """

    person: Person | None
    offered: tuple[Person, ...]
    new: NewVisitor | None


@dataclass(frozen=True, slots=True)
class Known:
    """What follows once it is said who wrote it.

    Attributes:
        person: Who that is.
        manager_copied: Whether somebody above them was copied in; None where no address of theirs is known (P4).
        copied: Who that was.
        open: What they owe, or somebody whose manager they are, the most pressing first.
    """

    person: UUID
    manager_copied: bool | None
    copied: tuple[Person, ...]
    open: tuple[ClockLine, ...]


def sender(session: Session, read: MailRead) -> Sender:
    """Say who wrote a message."""
    if read.sender is None:
        return Sender(None, (), None)
    name = invitation_people.said_name(read.sender.name, read.sender.email)
    owners = invitation_people.owners(session, read.sender.email)
    certain = owners[0] if len(owners) == 1 else None
    offered = dict.fromkeys([*(owners if certain is None else ()), *invitation_people.namesakes(session, name)])
    return Sender(
        person=certain,
        offered=tuple(one for one in offered if one != certain)[: invitation_people.OFFERED],
        new=invitation_people.newcomer(session, name, read.sender.email),
    )


def known(session: Session, read: MailRead, person: UUID, owed: Iterable[Clock], at: datetime) -> Known:
    """Say what follows from who wrote it.

    Args:
        session: The desk's file.
        read: The message.
        person: Who wrote it.
        owed: What is owed, as `clocks.owed` read it in the DSL's file.
        at: Now.

    Source: P5, the worker or the manager answers; P4, managers are copied in.
    """
    same = directory.aliases(session, person)
    above = _above(session, person)
    addresses = {one.email.casefold() for one in above if one.email}
    reached = {one.email for one in read.addressees}
    copied = tuple(one for one in above if one.email.casefold() in reached)
    said = bool(copied) if addresses and any(reached) else None
    return Known(
        person=person,
        manager_copied=said,
        copied=copied,
        open=tuple(clocks.judge(session, _answerable(session, read, same, owed), at=at)),
    )


def logged_before(dsl_session: Session, person: UUID, sent_at: datetime, *, by: Operator) -> Contact | None:
    """What somebody sent at the same moment: this message, if it was dropped once already."""
    require(by, SEES_CHILDREN)
    return rows.select_one(
        dsl_session,
        Contact,
        contact.c.person == person,
        contact.c.at == sent_at,
        contact.c.direction == Direction.RECEIVED,
    )


def _answerable(session: Session, read: MailRead, same: set[UUID], owed: Iterable[Clock]) -> list[Clock]:
    """What the authority owes, was asked for before the message was sent, and is this person's to answer."""
    asked = [
        one
        for one in owed
        if one.is_open
        and one.owes is Owes.AUTHORITY
        and (one.started_at is None or read.sent_at is None or one.started_at <= read.sent_at)
    ]
    theirs = {
        person
        for person in {one.person for one in asked}
        if person in same or same & {one.id for one in _above(session, person)}
    }
    return [one for one in asked if one.person in theirs]


def _above(session: Session, person: UUID) -> list[Person]:
    """Everybody above somebody, the nearest first."""
    found = (directory.path_up(session, one) for one in directory.aliases(session, person))
    return list(dict.fromkeys(holder for steps in found for step in steps for holder in step.holders))
