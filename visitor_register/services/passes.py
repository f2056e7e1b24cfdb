"""Passes: a code for one visitor and one day, made ahead or at the desk, and what scanning one means."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar, codes
from visitor_register.domain.bookings import STILL_ON, Booking, Pass
from visitor_register.domain.events import PassIssued, PassWithdrawn
from visitor_register.domain.people import AT_THE_DESK, Operator
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import booking, visit, visit_pass
from visitor_register.services import directory
from visitor_register.services.access import require
from visitor_register.services.booked_otherwise import CALLED_OFF


@dataclass(frozen=True, slots=True)
class PassRead:
    """A scanned pass: whose it is, and in `words` why it does not count today, or "" when it does."""

    found: Pass
    words: str


def for_booking(session: Session, identity: UUID, person: UUID, *, by: Operator, at: datetime) -> Pass:
    """Return the pass of one visitor of a booking; a new one where there is none for its day yet.

    Raises:
        RegisterError: the booking is cancelled, or does not name this visitor.
    """
    require(by, AT_THE_DESK)
    booked = rows.select_one(session, Booking, booking.c.id == identity)
    if booked is None or booked.state not in STILL_ON:
        raise RegisterError("This booking is cancelled or gone, so it has no pass. Book the visit again.")
    day = calendar.london_date(booked.starts_at)
    standing = rows.select_all(
        session,
        Pass,
        visit_pass.c.booking == identity,
        visit_pass.c.person == person,
        visit_pass.c.withdrawn.is_(False),
    )
    for made in standing:
        if made.day == day:
            return made
        # The visit was moved: the old pass would say the wrong day.
        journal.append(session, made.id, PassWithdrawn("the visit was moved"), by=by, at=at)
    return _issue(session, person, day, of_booking=identity, by=by, at=at)


def for_visit(session: Session, identity: UUID, *, by: Operator, at: datetime) -> Pass:
    """Return the pass of somebody who is here; the one of their booking, or a new one for today.

    Raises:
        RegisterError: the visit is over.
    """
    require(by, AT_THE_DESK)
    here = rows.select_one(session, Visit, visit.c.id == identity)
    if here is None or here.state is not VisitState.ON_SITE:
        raise RegisterError("This visitor has left, so there is no pass to print.")
    same = directory.aliases(session, here.person)
    standing = rows.select_all(session, Pass, visit_pass.c.visit == identity, visit_pass.c.withdrawn.is_(False))
    if here.booking is not None:
        standing += rows.select_all(
            session,
            Pass,
            visit_pass.c.booking == here.booking,
            visit_pass.c.person.in_(same),
            visit_pass.c.withdrawn.is_(False),
        )
    today = calendar.london_date(at)
    made = next((one for one in standing if one.day == today), None)
    return made or _issue(session, here.person, today, of_visit=identity, by=by, at=at)


def withdraw(session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Let a pass count no more.

    Raises:
        AnswerMissingError: no reason was given.
    """
    require(by, AT_THE_DESK)
    if not reason.strip():
        raise AnswerMissingError("Say why this pass counts no more.")
    journal.append(session, identity, PassWithdrawn(reason.strip()), by=by, at=at)


def read(session: Session, code: str, *, at: datetime) -> PassRead | None:
    """Say whose pass was scanned, and whether it counts; None for a code that nobody was given here.

    A pass is a look-up like any badge: it proves nothing about who holds it.
    """
    made = rows.select_one(session, Pass, visit_pass.c.code == code)
    return None if made is None else PassRead(made, _words(session, made, calendar.london_date(at)))


def _words(session: Session, made: Pass, today: date) -> str:
    if made.withdrawn:
        return "This pass counts no more: another was made, or it was withdrawn."
    booked = rows.select_one(session, Booking, booking.c.id == made.booking) if made.booking is not None else None
    if booked is not None and booked.state in CALLED_OFF:
        return "The visit of this pass was cancelled."
    if made.day != today:
        return f"This pass is for {calendar.say_date(made.day)}, {calendar.relative_day(made.day, today)}."
    if _taken_back(session, made):
        return "This pass was printed for an arrival that was taken back."
    left = _left(session, made)
    if left is not None and left.left_at is not None:
        return f"This pass was used today: left at {calendar.say_time(left.left_at)}."
    return ""


def _taken_back(session: Session, made: Pass) -> bool:
    """Whether it was printed for an arrival that was somebody else's: a pass of a booking outlives such a mistake."""
    came = rows.select_one(session, Visit, visit.c.id == made.visit) if made.visit is not None else None
    return came is not None and came.state is VisitState.UNDONE


def _left(session: Session, made: Pass) -> Visit | None:
    """The visit that used this pass and is over, unless another one of theirs is open."""
    of_pass = visit.c.id == made.visit if made.visit is not None else visit.c.booking == made.booking
    visits = rows.select_all(
        session,
        Visit,
        of_pass,
        visit.c.person.in_(directory.aliases(session, made.person)),
        order_by=(visit.c.arrived_at.desc(),),
    )
    if any(one.state is VisitState.ON_SITE for one in visits):
        return None
    return next((one for one in visits if one.state is VisitState.LEFT), None)


def _issue(
    session: Session,
    person: UUID,
    day: date,
    *,
    of_booking: UUID | None = None,
    of_visit: UUID | None = None,
    by: Operator,
    at: datetime,
    choose: Callable[[str], str] = secrets.choice,
) -> Pass:
    code = codes.new_pass_code(choose)
    while rows.select_one(session, Pass, visit_pass.c.code == code) is not None:
        code = codes.new_pass_code(choose)
    identity = uuid4()
    journal.append(session, identity, PassIssued(code, person, day, of_booking, of_visit), by=by, at=at)
    return Pass(identity, code, person, of_booking, of_visit, day, at)
