"""What the form of a contact reads: whom it is with, and what is open that it may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.contacts import Clock, Contact, Direction, Owes
from visitor_register.domain.people import Operator, Person
from visitor_register.services import clocks, directory
from visitor_register.services.clocks import ClockLine

_OWES = {Direction.RECEIVED: Owes.AUTHORITY, Direction.SENT: Owes.SCHOOL}
"""What comes from them answers what they owe; what goes out, what the school owes."""


class Answerer(StrEnum):
    """Who somebody is to a deadline. The worker's or the manager's answer counts (P5)."""

    SELF = "self"
    ABOVE = "above"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Offer:
    """A deadline that a contact may answer, with the contact that asked for it, and who would be answering."""

    line: ClockLine
    asked: Contact | None
    answerer: Answerer


@dataclass(frozen=True, slots=True)
class Open:
    """What is open, as the DSL's file has it, with the contacts that asked for it."""

    clocks: tuple[Clock, ...]
    asked: Mapping[UUID, Contact]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as they stand in the desk's file today; `manager` is the first above them whose post is held."""

    person: Person
    manager: Person | None


def open_now(dsl_session: Session, direction: Direction, *, by: Operator, at: datetime) -> Open:
    """What is open and could be answered by a contact of this direction."""
    found = [one for one in clocks.owed(dsl_session, by=by, at=at) if one.is_open and one.owes is _OWES[direction]]
    return Open(tuple(found), clocks.asked_with(dsl_session, found, by=by))


def find(session: Session, found: Open, person: UUID, *, at: datetime) -> tuple[Offer, ...]:
    """Of what is open, what is this person's, their workers' or their team's; theirs first, then the most pressing."""
    same = directory.aliases(session, person)
    somebody = directory.get(session, person)
    offers = []
    for line in clocks.judge(session, found.clocks, at=at):
        answerer = _answerer(session, line, same, somebody)
        if answerer is not None:
            offers.append(Offer(line, found.asked.get(line.clock.id), answerer))
    return tuple(sorted(offers, key=lambda offer: list(Answerer).index(offer.answerer)))


def known(session: Session, person: UUID) -> Known | None:
    """Somebody as they stand today, with their manager."""
    found = directory.get(session, person)
    if found is None:
        return None
    somebody = directory.best_of(session, found, directory.aliases(session, person))
    above: Sequence[directory.Step] = directory.path_up(session, somebody.id)
    return Known(somebody, next((step.holders[0] for step in above if not step.vacant), None))


def _answerer(session: Session, line: ClockLine, same: set[UUID], somebody: Person | None) -> Answerer | None:
    if line.clock.person in same:
        return Answerer.SELF
    if any(holder.id in same for step in directory.path_up(session, line.clock.person) for holder in step.holders):
        return Answerer.ABOVE
    if somebody is not None and line.person is not None and somebody.team:
        one, other = somebody, line.person
        if (one.team, one.organisation) == (other.team, other.organisation):
            return Answerer.TEAM
    return None
