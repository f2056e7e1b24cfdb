"""Pre-arranged visits: book, change, cancel, say that nobody came, and read them with their people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import STILL_ON, Booking, BookingState, Invitation, Place, Told
from visitor_register.domain.events import (
    Booked,
    BookingCancelled,
    BookingChanged,
    DidNotCome,
    PersonRecorded,
)
from visitor_register.domain.people import AT_THE_DESK, Operator, Person, Role
from visitor_register.domain.visits import VisitState
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import booking, booking_visitor, person, visit
from visitor_register.services import directory
from visitor_register.services.access import require

NEVER_IN = (VisitState.UNDONE, VisitState.DECLINED)
"""States of a visit that never took the visitor into the building, and so did not use its booking.

Asked as "none of these": asked as "one of the others", SQLite would read every visit there ever was.
"""


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking with its people, and which of them have come."""

    booking: Booking
    visitors: tuple[Person, ...]
    arrived: frozenset[UUID]

    @property
    def missing(self) -> tuple[Person, ...]:
        """Who has not come yet."""
        return tuple(somebody for somebody in self.visitors if somebody.id not in self.arrived)


@dataclass(frozen=True, slots=True)
class BookingForm:
    """What a booking says. Visitors are people of the register, or new ones by name.

    Without `place`, `series` or `invitation` a changed booking keeps its own; a new one is at school, and alone.
    """

    visitors: tuple[UUID | NewVisitor, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    here_to_see: str = ""
    room: str = ""
    told: Told = Told.EMAIL
    notified_at: datetime | None = None
    note_to_desk: str = ""
    place: Place | None = None
    series: UUID | None = None
    invitation: Invitation | None = None


def between(session: Session, start: datetime, end: datetime) -> list[BookingLine]:
    """Bookings that start in [start, end), by time, cancelled ones included."""
    found = rows.select_all(
        session,
        Booking,
        booking.c.starts_at >= start,
        booking.c.starts_at < end,
        order_by=(booking.c.starts_at, booking.c.id),
    )
    return _lines(session, found)


def on_day(session: Session, day: date) -> list[BookingLine]:
    """Bookings of one London date."""
    return between(session, *calendar.day_bounds(day))


def moved_away(session: Session, start: datetime, end: datetime) -> list[BookingLine]:
    """Bookings that stood in [start, end) until they were moved to another day, by the time at which they stood."""
    found = rows.select_all(
        session,
        Booking,
        booking.c.moved_from >= start,
        booking.c.moved_from < end,
        order_by=(booking.c.moved_from, booking.c.id),
    )
    return _lines(session, found)


def get(session: Session, identity: UUID) -> BookingLine | None:
    """One booking with its people."""
    found = rows.select_all(session, Booking, booking.c.id == identity)
    return next(iter(_lines(session, found)), None)


def line_of(session: Session, booked: Booking) -> BookingLine:
    """A booking that was read already, with its people."""
    (line,) = _lines(session, [booked])
    return line


def of_invitation(session: Session, uid: str) -> list[BookingLine]:
    """Every booking that follows an invitation, by time; none for an invitation without a number of its own."""
    if not uid:
        return []
    found = rows.select_all(session, Booking, booking.c.uid == uid, order_by=(booking.c.starts_at, booking.c.id))
    return _lines(session, found)


def later_of_series(session: Session, booked: Booking) -> list[BookingLine]:
    """The visits of the same series that come after this one and are still on, by time."""
    if booked.series is None:
        return []
    found = rows.select_all(
        session,
        Booking,
        booking.c.series == booked.series,
        booking.c.starts_at > booked.starts_at,
        booking.c.state.in_(STILL_ON),
        order_by=(booking.c.starts_at, booking.c.id),
    )
    return _lines(session, found)


def _lines(session: Session, found: list[Booking]) -> list[BookingLine]:
    people: dict[UUID, list[Person]] = {}
    same = directory.joined(session)
    came: dict[UUID, set[UUID]] = {}
    for start in range(0, len(found), 500):
        chunk = [line.id for line in found[start : start + 500]]
        joined = (
            select(booking_visitor.c.booking.label("of"), person)
            .join(person, person.c.id == booking_visitor.c.person)
            .where(booking_visitor.c.booking.in_(chunk))
            .order_by(booking_visitor.c.booking, booking_visitor.c.position)
        )
        for row in session.execute(joined).mappings():
            people.setdefault(row["of"], []).append(Person(**{c.name: row[c.name] for c in person.c}))
        for seen in session.execute(
            select(visit.c.booking, visit.c.person).where(visit.c.booking.in_(chunk), visit.c.state.not_in(NEVER_IN))
        ):
            came.setdefault(seen.booking, set()).update(same.get(seen.person, {seen.person}))
    return [_line(line, people.get(line.id, []), came.get(line.id, set())) for line in found]


def _line(booked: Booking, people: list[Person], came: set[UUID]) -> BookingLine:
    expected = {somebody.id for somebody in people}
    if came and booked.state is BookingState.DID_NOT_COME:
        # Who came after all has come, whatever was said before.
        booked = replace(booked, state=BookingState.PLANNED)
    # A second record of somebody on the list is that person; anybody else came with them.
    return BookingLine(booked, tuple(people), frozenset(came & expected))


def book(session: Session, form: BookingForm, *, by: Operator, at: datetime) -> UUID:
    """Book a visit.

    Raises:
        NotAllowedError: reception books with `expected_today`.
        RegisterError: nobody is expected, or it ends before it starts.
    """
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    return _append(session, uuid4(), form, Booked, by=by, at=at)


def expected_today(session: Session, form: BookingForm, *, by: Operator, at: datetime) -> UUID:
    """Note at the desk that somebody is expected today: who, when, here to see; nothing else.

    Raises:
        RegisterError: the time is not today, or nobody is named.
    """
    require(by, AT_THE_DESK)
    if calendar.london_date(form.starts_at) != calendar.london_date(at):
        raise RegisterError("Expected today is for today only. Ask the office to book another day.")
    bare = BookingForm(
        visitors=form.visitors,
        starts_at=form.starts_at,
        here_to_see=form.here_to_see,
        told=Told.DESK,
        notified_at=at,
    )
    return _append(session, uuid4(), bare, Booked, by=by, at=at)


def change(session: Session, identity: UUID, form: BookingForm, *, by: Operator, at: datetime) -> None:
    """Change a booking; how it read before stays in its history.

    Raises:
        RegisterError: as `book`, or there is no such booking.
    """
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    kept = _must(session, identity)
    invitation = Invitation(kept.uid, kept.sequence, kept.recurrence) if kept.uid else None
    form = replace(
        form,
        place=form.place or kept.place,
        series=form.series or kept.series,
        invitation=form.invitation or invitation,
    )
    _append(session, identity, form, BookingChanged, by=by, at=at)


def cancel(session: Session, identity: UUID, *, by_school: bool, why: str, by: Operator, at: datetime) -> None:
    """Cancel a booking, by the school or by the authority."""
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    _must(session, identity)
    journal.append(session, identity, BookingCancelled(by_school, why), by=by, at=at)


def did_not_come(session: Session, identity: UUID, *, by: Operator, at: datetime) -> None:
    """Say that nobody came. Only a person says so; said twice it is written once.

    Raises:
        RegisterError: somebody came for it, or it was cancelled.
    """
    require(by, AT_THE_DESK)
    booked = _must(session, identity)
    came = select(visit.c.id).where(visit.c.booking == identity, visit.c.state.not_in(NEVER_IN)).limit(1)
    if session.execute(came).first() is not None:
        raise RegisterError("Somebody came for this booking. Look at it in Bookings.")
    if booked.state in STILL_ON:
        journal.append(session, identity, DidNotCome(), by=by, at=at)
    elif booked.state is not BookingState.DID_NOT_COME:
        raise RegisterError("This booking was cancelled, so nobody was to come.")


def planned_visits(session: Session, same: Collection[UUID], *, limit: int = 20) -> list[Booking]:
    """The newest bookings of somebody, for their card."""
    of_them = select(booking_visitor.c.booking).where(booking_visitor.c.person.in_(same))
    return rows.select_all(
        session, Booking, booking.c.id.in_(of_them), order_by=(booking.c.starts_at.desc(),), limit=limit
    )


def _must(session: Session, identity: UUID) -> Booking:
    booked = rows.select_one(session, Booking, booking.c.id == identity)
    if booked is None:
        raise RegisterError("This booking is not in the register any more. Look for it in Bookings.")
    return booked


def _append(
    session: Session,
    identity: UUID,
    form: BookingForm,
    kind: type[Booked | BookingChanged],
    *,
    by: Operator,
    at: datetime,
) -> UUID:
    if not form.visitors:
        raise RegisterError("Nobody is named yet. Choose or write who is coming.")
    if form.ends_at is not None and form.ends_at <= form.starts_at:
        raise RegisterError("The visit ends before it starts. Check the two times.")
    said: list[tuple[UUID, object]] = []
    people: list[UUID] = []
    for visitor in form.visitors:
        if isinstance(visitor, UUID):
            people.append(visitor)
            continue
        if not visitor.name.strip():
            raise RegisterError("Write the visitor's name as they say it.")
        people.append(uuid4())
        said.append((people[-1], recorded(visitor)))
    event = kind(
        visitors=tuple(dict.fromkeys(people)),
        starts_at=form.starts_at,
        ends_at=form.ends_at,
        here_to_see=form.here_to_see.strip(),
        room=form.room.strip(),
        told=form.told,
        notified_at=form.notified_at,
        note_to_desk=form.note_to_desk.strip(),
        place=form.place or Place.SCHOOL,
        series=form.series,
        invitation=form.invitation,
    )
    journal.append_all(session, [*said, (identity, event)], by=by, at=at)
    return identity


def recorded(visitor: NewVisitor) -> PersonRecorded:
    """A visitor nobody knows yet, as an event."""
    return PersonRecorded(
        kind=visitor.kind,
        name=visitor.name.strip(),
        organisation=visitor.organisation.strip(),
        job_title=visitor.job_title.strip(),
        team=visitor.team.strip(),
        said_manager=visitor.said_manager.strip(),
    )
