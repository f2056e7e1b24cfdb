"""What is owed, by whom and until when: judged by the school's calendar, stopped, paused, escalated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import clocks as judged
from visitor_register.domain.calendar import ONE_DAY, CalendarUnknownError, WorkingCalendar, london_date
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import Clock, ClockKind, Contact, EscalationEnd, EscalationStep
from visitor_register.domain.events import (
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockStopped,
    ClockWithdrawn,
    Escalated,
    EscalationResolved,
)
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import clock, escalation, resolved
from visitor_register.persistence.tables import contact as contacts
from visitor_register.persistence.tables import person as people
from visitor_register.services import working_days
from visitor_register.services.access import require

RECENT = timedelta(days=28)
"""How long what is done stays on the list."""
A_LITTLE = timedelta(minutes=5)
"""Clocks of two machines may differ by this much; what lies further ahead has not happened yet."""
_ORDER = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A deadline, with the people of the desk's file; None when they were erased.

    `person` owes it, or the school owes it to them; `done_by` is who answered. `days` are the working days left until
    the day on which it is due, negative when so many have gone by since; None when it is due at a moment, or never.
    """

    assessed: Assessed
    person: Person | None
    done_by: Person | None = None
    days: int | None = None

    @property
    def clock(self) -> Clock:
        """What is owed."""
        return self.assessed.clock


@dataclass(frozen=True, slots=True)
class Escalation:
    """The steps that were taken for one deadline, and how it ended."""

    steps: tuple[EscalationStep, ...]
    ended: EscalationEnd | None


def owed(dsl_session: Session, *, by: Operator, at: datetime) -> list[Clock]:
    """Everything that is owed, and what was done lately. Reads what is open, not what is stored."""
    require(by, SEES_CHILDREN)
    open_now = rows.select_all(dsl_session, Clock, clock.c.is_open.is_(True))
    done = rows.select_all(dsl_session, Clock, clock.c.stopped_at >= at - RECENT)
    return [*open_now, *done]


def judge(session: Session, found: Iterable[Clock], *, at: datetime) -> list[ClockLine]:
    """Say how each stands, the most pressing first. Reads the desk's file for the calendar and the people."""
    wanted = list(found)
    known = _people(session, {one.person for one in wanted} | {one.stopped_by for one in wanted if one.stopped_by})
    countings = working_days.read_days(session, [asked_on(one) for one in wanted])
    lines: list[ClockLine] = []
    for one in wanted:
        counting = countings[asked_on(one)]
        said = judged.assess(one, counting.calendar, counting.rules, at)
        done_by = known.get(one.stopped_by) if one.stopped_by else None
        left = None if said.due_on is None else _days_left(said.due_on, london_date(at), counting.calendar)
        lines.append(ClockLine(said, known.get(one.person), done_by, left))
    return sorted(lines, key=_pressing)


def asked_with(dsl_session: Session, found: Iterable[Clock], *, by: Operator) -> Mapping[UUID, Contact]:
    """The contacts by which replies were asked for, by deadline."""
    require(by, SEES_CHILDREN)
    wanted = sorted(one.id for one in found if one.kind is ClockKind.REPLY)
    asked: dict[UUID, Contact] = {}
    for chunk in _chunks(wanted):
        asked |= {one.id: one for one in rows.select_all(dsl_session, Contact, contacts.c.id.in_(chunk))}
    return asked


def of(dsl_session: Session, identity: UUID, *, by: Operator) -> Clock | None:
    """One deadline."""
    require(by, SEES_CHILDREN)
    return rows.select_one(dsl_session, Clock, clock.c.id == identity)


def escalation_of(dsl_session: Session, identity: UUID, *, by: Operator) -> Escalation:
    """The steps taken for one deadline, in order."""
    require(by, SEES_CHILDREN)
    steps = rows.select_all(
        dsl_session, EscalationStep, escalation.c.clock == identity, order_by=(escalation.c.seq.asc(),)
    )
    ends = rows.select_all(dsl_session, EscalationEnd, resolved.c.clock == identity, order_by=(resolved.c.seq.asc(),))
    return Escalation(tuple(steps), ends[-1] if ends else None)


def not_ahead(moment: datetime, now: datetime) -> None:
    """Refuse a moment that lies ahead.

    Raises:
        RegisterError: it has not come yet.
    """
    if moment > now + A_LITTLE:
        raise RegisterError("That moment has not come yet. Check the day and the time.")


def stop(
    dsl_session: Session,
    assessed: Assessed,
    *,
    done_at: datetime,
    person: UUID | None,
    contact: UUID | None = None,
    by: Operator,
    at: datetime,
) -> None:
    """Say that what was owed is done. Its result is kept as worked out now: a later calendar changes nothing.

    Raises:
        RegisterError: it is done already, was done before it was asked for, or has not been done yet.
    """
    require(by, SEES_CHILDREN)
    kept = _open(dsl_session, assessed.clock.id)
    not_ahead(done_at, at)
    if kept.started_at is not None and done_at < kept.started_at:
        raise RegisterError("That is before it was asked for. Check the day and the time.")
    worked = assessed.unpaused or assessed
    said = ClockStopped(
        at=done_at,
        person=person,
        contact=contact,
        due_on=worked.due_on,
        due_at=worked.due_at,
        late=judged.is_late(assessed, done_at),
        steps=assessed.steps,
        calendar=worked.calendar,
    )
    journal.append(dsl_session, kept.id, said, by=by, at=at)


def pause(dsl_session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Pause a deadline, with a reason. A holiday is none."""
    require(by, SEES_CHILDREN)
    kept = _open(dsl_session, identity)
    if not reason.strip():
        raise RegisterError("Write why it is paused.")
    if kept.paused_at is not None:
        raise RegisterError("It is paused already.")
    journal.append(dsl_session, identity, ClockPaused(at, reason.strip()), by=by, at=at)


def resume(dsl_session: Session, identity: UUID, *, by: Operator, at: datetime) -> None:
    """Let it run again."""
    require(by, SEES_CHILDREN)
    if _open(dsl_session, identity).paused_at is None:
        raise RegisterError("It is not paused.")
    journal.append(dsl_session, identity, ClockResumed(at), by=by, at=at)


def reopen(dsl_session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Say that it was not done after all."""
    require(by, SEES_CHILDREN)
    kept = of(dsl_session, identity, by=by)
    if kept is None or kept.is_open:
        raise RegisterError("It is still open.")
    if not reason.strip():
        raise RegisterError("Write why it is open again.")
    journal.append(dsl_session, identity, ClockReopened(reason.strip()), by=by, at=at)


def withdraw(dsl_session: Session, identity: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Say that nothing was owed: it was written down by mistake."""
    require(by, SEES_CHILDREN)
    _open(dsl_session, identity)
    if not reason.strip():
        raise RegisterError("Write why nothing is owed.")
    journal.append(dsl_session, identity, ClockWithdrawn(reason.strip()), by=by, at=at)


def escalate(dsl_session: Session, identity: UUID, said: Escalated, *, by: Operator, at: datetime) -> None:
    """Take what is owed a step up the ladder. Source: P6."""
    require(by, SEES_CHILDREN)
    _open(dsl_session, identity)
    journal.append(dsl_session, identity, said, by=by, at=at)


def end_escalation(dsl_session: Session, identity: UUID, outcome: str, *, by: Operator, at: datetime) -> None:
    """Say how an escalation ended."""
    require(by, SEES_CHILDREN)
    if not outcome.strip():
        raise RegisterError("Write how it ended, in a few words.")
    journal.append(dsl_session, identity, EscalationResolved(outcome.strip(), at), by=by, at=at)


def _open(dsl_session: Session, identity: UUID) -> Clock:
    kept = rows.select_one(dsl_session, Clock, clock.c.id == identity)
    if kept is None:
        raise RegisterError("This deadline is not in the register any more. Look for it in Contacts.")
    if not kept.is_open:
        raise RegisterError("This is done already. Open it again first if it was not.")
    return kept


def _people(session: Session, wanted: set[UUID]) -> Mapping[UUID, Person]:
    found: dict[UUID, Person] = {}
    for chunk in _chunks(sorted(wanted)):
        found |= {somebody.id: somebody for somebody in rows.select_all(session, Person, people.c.id.in_(chunk))}
    return found


def _chunks(wanted: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """As many as a question to the register may name."""
    for start in range(0, len(wanted), 500):
        yield wanted[start : start + 500]


def _days_left(due: date, today: date, calendar: WorkingCalendar) -> int | None:
    """Working days from today to the due day, or since; None for a span that no calendar covers."""
    first, last = sorted((due, today))
    try:
        days = sum(calendar.is_working(first + number * ONE_DAY) for number in range(1, (last - first).days + 1))
    except CalendarUnknownError:
        return None
    return days if due >= today else -days


def asked_on(found: Clock) -> date:
    """The London day whose calendar and rules count."""
    return london_date(found.started_at or found.asked_at)


def _pressing(line: ClockLine) -> tuple[int, float, str]:
    ends = line.assessed.ends_at
    if line.clock.stopped_at is not None:
        return _ORDER[line.assessed.state], -line.clock.stopped_at.timestamp(), ""
    return _ORDER[line.assessed.state], ends.timestamp() if ends else 0.0, line.clock.child_reference
