"""What Today asks the register in one go, each inside one session in the background."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Draft
from visitor_register.domain.policy import Policy
from visitor_register.domain.verification import Way
from visitor_register.domain.visits import Visit
from visitor_register.services import directory, drafts, front_desk, policy, today
from visitor_register.services.front_desk import Finding
from visitor_register.services.today import Board

Answer = tuple[Finding, Policy, Draft | None]


def board_and_rules(session: Session, *, at: datetime) -> tuple[Board, Policy]:
    """The lists, and the school's settings of the day."""
    return today.board(session, at=at), policy.read(session, calendar.london_date(at))


def by_code(session: Session, *, code: str, at: datetime) -> Answer:
    """What a code leads to, with the arrival that was parked for it, if there is one."""
    return _resumed(session, front_desk.look_up(session, code, at=at), at)


def by_person(session: Session, *, person: UUID, way: Way | None, code: str, at: datetime) -> Answer:
    """What choosing somebody leads to, with the arrival that was parked for them, if there is one."""
    return _resumed(session, front_desk.look_at(session, person, way=way, code=code, at=at), at)


def with_name(job: Callable[[Session], Visit], session: Session) -> tuple[Visit, str]:
    """Run a writing job and say whose visit it was."""
    visit = job(session)
    who = directory.get(session, visit.person)
    return visit, who.name if who is not None else "Visitor"


def _resumed(session: Session, finding: Finding, at: datetime) -> Answer:
    """A parked arrival of the same person or code goes on where it was, instead of beginning a second one."""
    rules = policy.read(session, calendar.london_date(at))
    if finding.open_visit is not None:
        return finding, rules, None
    for draft in drafts.waiting(session):
        same_person = finding.person is not None and draft.arrival.person == finding.person.id
        same_code = bool(finding.code) and finding.person is None and draft.arrival.code == finding.code
        if (same_person or same_code) and draft.arrival.verdict is finding.verdict:
            return finding, rules, draft
    return finding, rules, None
