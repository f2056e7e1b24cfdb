"""What stands on a pass: whose it is and for which day. Read with the pass itself, in one writing job.

Nothing of a purpose and nothing of a child is read here, so that none can reach the paper.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.bookings import Booking, Pass
from visitor_register.domain.people import Operator, Person
from visitor_register.domain.policy import Policy
from visitor_register.domain.visits import Visit
from visitor_register.errors import RegisterError
from visitor_register.persistence import rows
from visitor_register.persistence.tables import account, visit
from visitor_register.services import bookings, directory, passes, policy, proof
from visitor_register.services.proof import Proof


@dataclass(frozen=True, slots=True)
class PassDetails:
    """A pass with what is printed on it. `here` and `signed_in_by` are of the visit, for a pass made at the desk."""

    made: Pass
    person: Person
    rules: Policy
    booking: Booking | None = None
    here: Visit | None = None
    signed_in_by: str = ""
    proof: Proof | None = None


def at_desk(session: Session, identity: UUID, *, by: Operator, at: datetime) -> PassDetails:
    """The pass of somebody who is here, given to `identity` (a visit): the one they have, or a new one.

    Raises:
        RegisterError: the visit is over, or the visitor's name was erased.
    """
    made = passes.for_visit(session, identity, by=by, at=at)
    here = rows.select_one(session, Visit, visit.c.id == identity)
    person = directory.get(session, made.person)
    if here is None or person is None:
        raise RegisterError("This visitor's name is no longer kept, so there is no pass to print.")
    name = session.execute(select(account.c.name).where(account.c.id == here.recorded_by)).scalar_one_or_none()
    rules, proved = policy.read(session, made.day), proof.of_today(session, at=at)
    return PassDetails(made, person, rules, here=here, signed_in_by=name or "", proof=proved)


def ahead(session: Session, identity: UUID, *, by: Operator, at: datetime) -> tuple[PassDetails, ...]:
    """The passes of a booking, one for each of its visitors, in their order: those they have, or new ones.

    Raises:
        RegisterError: the booking is cancelled or gone, or its visitors' names were erased.
    """
    line = bookings.get(session, identity)
    if line is None or not line.visitors:
        raise RegisterError("This booking names nobody any more, so it has no pass.")
    made = [passes.for_booking(session, identity, person.id, by=by, at=at) for person in line.visitors]
    rules, proved = policy.read(session, made[0].day), proof.of_today(session, at=at)
    return tuple(
        PassDetails(one, person, rules, line.booking, proof=proved)
        for one, person in zip(made, line.visitors, strict=True)
    )
