"""Somebody the register does not know yet, written down as they say it: neither a visitor nor on a chart so far."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.services import bookings
from visitor_register.services.access import require


def record(session: Session, somebody: NewVisitor, *, by: Operator, at: datetime) -> UUID:
    """Write somebody down in the desk's file, so that a contact of the DSL's file can name them by their number.

    Raises:
        NotAllowedError: only the DSL and the head write down contacts.
        RegisterError: they have no name.
    """
    require(by, SEES_CHILDREN)
    if not somebody.name.strip():
        raise RegisterError("Write the name as they say it.")
    identity = uuid4()
    journal.append(session, identity, bookings.recorded(somebody), by=by, at=at)
    return identity
