"""The lists of the front desk: who is due, who is signed in here, who should have left, who left."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Draft
from visitor_register.domain.bookings import STILL_ON, Booking, Place
from visitor_register.domain.people import Person
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.persistence import rows
from visitor_register.persistence.tables import booking, person, visit
from visitor_register.services import bookings, drafts, no_shows, policy
from visitor_register.services.no_shows import NoShow

DUE_WITHIN = timedelta(hours=1)
JUST_LEFT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody expected today who has not come yet. `others` are on the same booking, `here` of all have come."""

    booking: Booking
    person: Person
    others: int
    here: int


@dataclass(frozen=True, slots=True)
class Here:
    """A visit with its person and, if booked, when it should end."""

    visit: Visit
    person: Person
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """All lists of one moment. `should_have_left` is part of `on_site` too; `nobody_came` reaches back some days."""

    at: datetime
    due_now: tuple[Due, ...] = ()
    later: tuple[Due, ...] = ()
    on_site: tuple[Here, ...] = ()
    should_have_left: tuple[Here, ...] = ()
    left: tuple[Here, ...] = ()
    no_sign_out: tuple[Here, ...] = ()
    undone: tuple[Here, ...] = ()
    nobody_came: tuple[NoShow, ...] = ()
    drafts: tuple[Draft, ...] = field(default=())

    @property
    def just_left(self) -> tuple[Here, ...]:
        """Who left within the last quarter of an hour: a fire warden asks about them."""
        return tuple(h for h in self.left if h.visit.left_at is not None and self.at - h.visit.left_at <= JUST_LEFT)


def board(session: Session, *, at: datetime) -> Board:
    """Read all lists of the desk as they stand at a moment. Only who comes to the school is due."""
    today = calendar.london_date(at)
    start, end = calendar.day_bounds(today)
    due = [
        Due(line.booking, somebody, len(line.visitors) - 1, len(line.arrived))
        for line in bookings.between(session, start, end)
        if line.booking.state in STILL_ON and line.booking.place is Place.SCHOOL
        for somebody in line.missing
    ]
    seen = _visits(session, start, end)
    on_site = [h for h in seen if h.visit.state is VisitState.ON_SITE and h.visit.arrived_at >= start]
    return Board(
        at=at,
        due_now=tuple(d for d in due if d.booking.starts_at <= at + DUE_WITHIN),
        later=tuple(d for d in due if d.booking.starts_at > at + DUE_WITHIN),
        on_site=tuple(on_site),
        should_have_left=tuple(h for h in on_site if h.ends_at is not None and h.ends_at < at),
        left=tuple(
            sorted(
                (h for h in seen if h.visit.state is VisitState.LEFT and h.visit.arrived_at >= start),
                key=lambda h: h.visit.left_at or start,
                reverse=True,
            )
        ),
        no_sign_out=tuple(h for h in seen if h.visit.state is VisitState.ON_SITE and h.visit.arrived_at < start),
        undone=tuple(h for h in seen if h.visit.state is VisitState.UNDONE and h.visit.arrived_at >= start),
        nobody_came=tuple(no_shows.unanswered(session, at=at, closes=policy.read(session, today).hours.closes)),
        drafts=tuple(drafts.waiting(session)),
    )


def _visits(session: Session, start: datetime, end: datetime) -> list[Here]:
    """Visits of the day, and earlier ones that nobody closed, by arrival."""
    statement = (
        select(visit, person, booking.c.ends_at)
        .select_from(
            visit.join(person, person.c.id == visit.c.person).outerjoin(booking, booking.c.id == visit.c.booking)
        )
        .where(
            or_(
                and_(visit.c.arrived_at >= start, visit.c.arrived_at < end),
                and_(visit.c.state == VisitState.ON_SITE, visit.c.arrived_at < end),
            )
        )
        .order_by(visit.c.arrived_at)
    )
    # A table has a column for each field of its value, in their order.
    width = len(visit.c)
    return [Here(Visit(*row[:width]), Person(*row[width:-1]), row[-1]) for row in session.execute(statement)]


def recent_visits(session: Session, same: set[UUID], *, limit: int = 20) -> list[Visit]:
    """Somebody's newest visits, for their card."""
    return rows.select_all(session, Visit, visit.c.person.in_(same), order_by=(visit.c.arrived_at.desc(),), limit=limit)


def count_visits(session: Session, same: set[UUID]) -> int:
    """How often somebody was here; what was undone, or was somebody who did not come in, does not count."""
    counted = visit.c.state.not_in((VisitState.UNDONE, VisitState.DECLINED))
    return session.execute(select(func.count()).where(visit.c.person.in_(same), counted)).scalar_one()
