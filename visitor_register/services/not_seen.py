"""The worker came and did not see the child: written by the DSL or the head, in the DSL's own file, for them alone."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.bookings import Booking, NotSeenWhy
from visitor_register.domain.events import NotSeen
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal
from visitor_register.services.access import require


@dataclass(frozen=True, slots=True)
class Said:
    """What was said once, and when and by whom it was written. The last one counts."""

    at: datetime
    by: UUID
    event: NotSeen


def of_booking(dsl_session: Session, about: UUID, *, by: Operator) -> tuple[Said, ...]:
    """All that was said, newest last; nothing when the child was seen, or nobody said otherwise.

    Raises:
        NotAllowedError: it is for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    return tuple(
        Said(entry.at, entry.actor, entry.event)
        for entry in journal.entries_of(dsl_session, about)
        if isinstance(entry.event, NotSeen)
    )


def record(dsl_session: Session, about: Booking, said: NotSeen, *, by: Operator, at: datetime) -> None:
    """Write down that the child was not seen, or correct what was written: both stay, the last one counts.

    Raises:
        NotAllowedError: it is for the DSL and the head.
        AnswerMissingError: "another reason" without saying which, or a correction without saying why.
        RegisterError: the visit has not begun, or there is nothing to take back.
    """
    require(by, SEES_CHILDREN)
    said = replace(said, note=said.note.strip())
    before = of_booking(dsl_session, about.id, by=by)
    if about.starts_at > at:
        raise RegisterError("That visit has not begun yet. Write it down afterwards.")
    if said.why is NotSeenWhy.SEEN and not before:
        raise RegisterError("Nothing was written yet, so there is nothing to take back.")
    if before and not said.note:
        raise AnswerMissingError("Say in a few words why this is corrected. What was written before stays.")
    if said.why is NotSeenWhy.OTHER and not said.note:
        raise AnswerMissingError("Say in a few words why the child was not seen.")
    journal.append(dsl_session, about.id, said, by=by, at=at)
