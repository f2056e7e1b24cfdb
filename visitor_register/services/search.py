"""Finding people by name at the desk: who they are, whether expected today, when they were here last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.bookings import STILL_ON
from visitor_register.domain.people import Person
from visitor_register.domain.verification import Listing
from visitor_register.domain.visits import VisitState
from visitor_register.persistence.tables import booking, booking_visitor, visit
from visitor_register.services import directory


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found. `expected_at` is today's booking, if there is one that was not used yet."""

    person: Person
    listing: Listing
    expected_at: datetime | None
    last_here_at: datetime | None
    on_site: bool


def find(session: Session, text: str, *, at: datetime, limit: int = 20) -> list[Hit]:
    """Find people by two or more letters; who is expected today comes first, then index order."""
    people = directory.search(session, text, limit=limit)
    ids = [somebody.id for somebody in people]
    start, end = calendar.day_bounds(calendar.london_date(at))
    used = select(visit.c.booking).where(visit.c.booking.is_not(None), visit.c.person.in_(ids))
    expected: dict[object, datetime] = {
        row.person: row.starts_at
        for row in session.execute(
            select(booking_visitor.c.person, booking.c.starts_at)
            .join(booking, booking.c.id == booking_visitor.c.booking)
            .where(
                booking_visitor.c.person.in_(ids),
                booking.c.starts_at >= start,
                booking.c.starts_at < end,
                booking.c.state.in_(STILL_ON),
                booking.c.id.not_in(used),
            )
            .order_by(booking.c.starts_at.desc())
        )
    }
    seen = session.execute(
        select(visit.c.person, func.max(visit.c.arrived_at).label("last"))
        .where(visit.c.person.in_(ids), visit.c.state != VisitState.UNDONE)
        .group_by(visit.c.person)
    )
    last = {row.person: row.last for row in seen}
    here = set(
        session.execute(
            select(visit.c.person).where(
                visit.c.person.in_(ids), visit.c.state == VisitState.ON_SITE, visit.c.arrived_at >= start
            )
        ).scalars()
    )
    hits = [
        Hit(
            somebody, directory.listing(somebody), expected.get(somebody.id), last.get(somebody.id), somebody.id in here
        )
        for somebody in people
    ]
    return sorted(hits, key=lambda hit: (hit.expected_at is None, hit.expected_at or at))
