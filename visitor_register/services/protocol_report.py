"""The protocol report: what happened in a span, read from the DSL's file and the desk's, without anybody's name."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, chart_ages, deadlines
from visitor_register.domain.assurance import Compared
from visitor_register.domain.bookings import Booking, BookingState, BookingVisitor
from visitor_register.domain.calendar import ONE_DAY, CalendarUnknownError, SchoolDay, london_date
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import Clock, EscalationStep
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.people import SEES_CHILDREN, Operator, PersonKind
from visitor_register.domain.report import BookingFact, Ending, Facts, OwedFact, Span, Standing, StepFact, VisitFact
from visitor_register.domain.report import school_year as year_of
from visitor_register.domain.report_times import hours_taken
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.persistence import rows
from visitor_register.persistence.tables import (
    booking,
    booking_visitor,
    clock,
    escalation,
    person,
    post,
    reason,
    resolved,
    visit,
)
from visitor_register.services import clocks, policy, working_days
from visitor_register.services.access import require
from visitor_register.services.working_days import Counting

NO_TEAM = "Team not known"
_STANDS = {
    State.MET: Standing.ON_TIME,
    State.LATE: Standing.LATE,
    State.OVERDUE: Standing.LATE,
    State.NOT_ASSESSABLE: Standing.NOT_ASSESSABLE,
}
_CANCELLED = (BookingState.CANCELLED_BY_LA, BookingState.CANCELLED_BY_SCHOOL)
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Owed:
    """What the DSL's file knows of a span: what was owed, and the steps up the ladder."""

    clocks: tuple[Clock, ...]
    steps: tuple[StepFact, ...]


def choices(session: Session, today: date) -> tuple[Span, ...]:
    """The spans to choose from: this half term, the last one, this school year, then all that the calendar names."""
    spans = policy.read(session, today).calendar.spans
    named = sorted({(one.first, one.last, one.name) for one in spans if one.kind is SchoolDay.SCHOOL and one.name})
    begun = [one for one in named if one[0] <= today]
    quick = [
        Span(first, last, f"{which}: {name}")
        for which, (first, last, name) in zip(("This half term", "Last half term"), reversed(begun), strict=False)
    ]
    rest = [Span(*one) for one in reversed(named) if one not in begun[-2:]]
    return (*quick, replace(year_of(today), name=f"This school year: {year_of(today).name.split(' ')[-1]}"), *rest)


def owed_in(dsl_session: Session, span: Span, *, by: Operator) -> Owed:
    """What began in a span, and the steps taken in it. Reads what lies in the span, not what is stored.

    An allocation counts on its own day; one whose day nobody knows on the day it was written down.

    Raises:
        NotAllowedError: the report is for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    start, end = _bounds(span)
    began = rows.select_all(dsl_session, Clock, clock.c.started_at >= start, clock.c.started_at < end)
    unknown = (clock.c.started_at.is_(None), clock.c.asked_at >= start, clock.c.asked_at < end)
    found = [one for one in (*began, *rows.select_all(dsl_session, Clock, *unknown)) if not one.withdrawn]
    return Owed(tuple(found), tuple(_steps(dsl_session, start, end)))


def seen_in(session: Session, span: Span, owed: Owed, *, at: datetime) -> Facts:
    """What the desk's file knows of a span, with how everything owed stands at a moment."""
    return Facts(
        span,
        at,
        tuple(_owed(session, owed, at)),
        tuple(_bookings(session, span)),
        tuple(_visits(session, span)),
        owed.steps,
        tuple(_ages(session, span, london_date(at))),
    )


def with_reasons(dsl_session: Session, facts: Facts, *, by: Operator) -> Facts:
    """Add why notice was short and visits were not booked, which stands in the DSL's file.

    Raises:
        NotAllowedError: the reasons are for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    wanted = [one.id for one in facts.bookings if one.short] + [one.id for one in facts.visits if not one.booked]
    found = {
        one.about: one.exceptional
        for chunk in _chunks(wanted)
        for one in rows.select_all(dsl_session, Reason, reason.c.about.in_(chunk))
    }
    return replace(
        facts,
        bookings=tuple(replace(one, reason=found.get(one.id, "")) for one in facts.bookings),
        visits=tuple(replace(one, reason=found.get(one.id, "")) for one in facts.visits),
    )


def _steps(dsl_session: Session, start: datetime, end: datetime) -> Iterator[StepFact]:
    taken = rows.select_all(dsl_session, EscalationStep, escalation.c.at >= start, escalation.c.at < end)
    outcomes: set[UUID] = set()
    still_open: set[UUID] = set()
    for chunk in _chunks({one.clock for one in taken}):
        outcomes |= set(dsl_session.scalars(select(resolved.c.clock).where(resolved.c.clock.in_(chunk))))
        is_open = select(clock.c.id).where(clock.c.id.in_(chunk), clock.c.is_open.is_(True))
        still_open |= set(dsl_session.scalars(is_open))
    for step in taken:
        undecided = Ending.OPEN if step.clock in still_open else Ending.DONE
        yield StepFact(london_date(step.at), step.rung, Ending.OUTCOME if step.clock in outcomes else undecided)


def _owed(session: Session, owed: Owed, at: datetime) -> Iterator[OwedFact]:
    days = {one.id: london_date(one.started_at or one.asked_at) for one in owed.clocks}
    countings = working_days.read_days(session, days.values())
    teams = _teams(session, {one.person for one in owed.clocks})
    for line in clocks.judge(session, owed.clocks, at=at):
        one, day = line.clock, days[line.clock.id]
        _, team = teams.get(one.person, (None, NO_TEAM))
        standing = _STANDS.get(line.assessed.state, Standing.RUNNING)
        hours = hours_taken(one, countings[day].calendar, countings[day].rules)
        yield OwedFact(one.kind, one.owes, team, day, standing, one.urgent, hours)


def _bookings(session: Session, span: Span) -> Iterator[BookingFact]:
    start, end = _bounds(span)
    found = rows.select_all(
        session,
        Booking,
        booking.c.starts_at >= start,
        booking.c.starts_at < end,
        booking.c.state.not_in(_CANCELLED),
        order_by=(booking.c.starts_at.asc(), booking.c.id.asc()),
    )
    coming: dict[UUID, list[UUID]] = {}
    for chunk in _chunks(one.id for one in found):
        ordered = (booking_visitor.c.booking.asc(), booking_visitor.c.position.asc())
        for who in rows.select_all(session, BookingVisitor, booking_visitor.c.booking.in_(chunk), order_by=ordered):
            coming.setdefault(who.booking, []).append(who.person)
    teams = _teams(session, {who for people in coming.values() for who in people})
    countings = working_days.read_days(session, {london_date(one.starts_at) for one in found})
    for one in found:
        council = [teams[who][1] for who in coming.get(one.id, ()) if teams.get(who, (None,))[0] is PersonKind.COUNCIL]
        if council:
            day = london_date(one.starts_at)
            yield BookingFact(one.id, day, council[0], _is_short(one, countings[day]))


def _is_short(one: Booking, counting: Counting) -> bool | None:
    if one.notified_at is None:
        return None
    try:
        return deadlines.notice_given(one.notified_at, one.starts_at, counting.calendar, counting.rules).short
    except CalendarUnknownError:
        return None


def _visits(session: Session, span: Span) -> Iterator[VisitFact]:
    start, end = _bounds(span)
    found = rows.select_all(
        session,
        Visit,
        visit.c.arrived_at >= start,
        visit.c.arrived_at < end,
        visit.c.state.not_in((VisitState.UNDONE, VisitState.DECLINED)),
        order_by=(visit.c.arrived_at.asc(), visit.c.id.asc()),
    )
    teams = _teams(session, {one.person for one in found})
    for one in found:
        kind, team = teams.get(one.person, (None, NO_TEAM))
        if kind is PersonKind.COUNCIL:
            compared = one.compared is Compared.YES
            day, booked = london_date(one.arrived_at), one.booking is not None
            yield VisitFact(one.id, day, team, booked, one.code_read, compared, one.called_back, one.came_about)


def _ages(session: Session, span: Span, today: date) -> Iterator[tuple[date, int]]:
    """How old the oldest part of the chart was on each day; parts are those in use today."""
    charts = [one for one in rows.select_all(session, ChartVersion) if not one.undone]
    in_use = session.execute(select(post.c.authority, post.c.service).where(post.c.removed_by.is_(None)).distinct())
    parts = [(row.authority, row.service) for row in in_use] or [(one.authority, "") for one in charts]
    accepted: Sequence[ChartVersion] = ()
    oldest: date | None = None
    for day in _days(span, today):
        known = [one for one in charts if london_date(one.accepted_at) <= day]
        if len(known) != len(accepted):
            accepted, found = known, chart_ages.parts(known, parts)
            oldest = found[0].chart.day if found else max(known, key=lambda one: one.accepted_at).day
        if oldest is not None:
            yield day, (day - oldest).days


def _days(span: Span, today: date) -> Iterator[date]:
    last = min(span.last, today)
    return (span.first + number * ONE_DAY for number in range((last - span.first).days + 1))


def _teams(session: Session, wanted: Iterable[UUID]) -> dict[UUID, tuple[PersonKind, str]]:
    """What sort of visitor each is, and the team as the register has it today."""
    found: dict[UUID, tuple[PersonKind, str]] = {}
    for chunk in _chunks(wanted):
        chosen = select(person.c.id, person.c.kind, person.c.team, person.c.organisation).where(person.c.id.in_(chunk))
        found |= {row.id: (row.kind, row.team or row.organisation or NO_TEAM) for row in session.execute(chosen)}
    return found


def _bounds(span: Span) -> tuple[datetime, datetime]:
    return calendar.day_bounds(span.first)[0], calendar.day_bounds(span.last)[1]


def _chunks(wanted: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = sorted(set(wanted))
    return (every[start : start + _CHUNK] for start in range(0, len(every), _CHUNK))
