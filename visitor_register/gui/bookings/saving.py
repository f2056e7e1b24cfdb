"""What one press of Save writes: the booking, and beside it the sealed box for the DSL, together or not at all."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import Operator
from visitor_register.services import bookings, sealed
from visitor_register.services.bookings import BookingForm


def save(
    session: Session,
    *,
    changes: UUID | None,
    form: BookingForm,
    reason: ReasonRecorded | None,
    public: bytes,
    by: Operator,
    at: datetime,
) -> UUID:
    """Book, or change the booking `changes`; seal what only the DSL may read."""
    if changes is None:
        identity = bookings.book(session, form, by=by, at=at)
    else:
        identity = changes
        bookings.change(session, identity, form, by=by, at=at)
    if reason is not None:
        sealed.seal_reason(session, identity, reason, public, by=by, at=at)
    return identity
