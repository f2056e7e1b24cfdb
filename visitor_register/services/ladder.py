"""The ladder of an escalation as the chart has it today, and which step of it comes next. Source: protocol P6."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.calendar import WorkingCalendar, london_date
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import ClockKind, EscalationStep, Rung
from visitor_register.domain.people import Person
from visitor_register.services import directory

_HEIGHT = {rung: number for number, rung in enumerate(Rung)}
HEAD_AFTER_DAYS = 5
"""Working days after it was due from which the Head of Service is offered. Our default for P6."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rung of the ladder: who stands there, None where the post is vacant, and what the post is called."""

    rung: Rung
    person: Person | None
    title: str


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next, and the London date from which it is offered; `offered`: that day has come."""

    place: Place
    offered_on: date
    offered: bool


def places(session: Session, worker: UUID) -> tuple[Place, ...]:
    """Everybody above a worker, the worker first, up to the Head of Service.

    The nearest post above is the manager's, the last one a Head of Service's if it is one; who stands between them
    is the service manager, of several the highest. A ladder may lack rungs; none is invented.
    """
    somebody = directory.get(session, worker)
    found = [] if somebody is None else [Place(Rung.WORKER, somebody, somebody.job_title)]
    above = directory.path_up(session, worker)
    top = above.pop() if above and directory.is_head_of_service(above[-1].post) else None
    if above:
        found.append(_place(Rung.MANAGER, above[0]))
    if len(above) > 1:
        found.append(_place(Rung.SERVICE_MANAGER, above[-1]))
    if top is not None:
        found.append(_place(Rung.HEAD_OF_SERVICE, top))
    return tuple(found)


def next_step(
    ladder: Sequence[Place],
    taken: Sequence[EscalationStep],
    assessed: Assessed,
    calendar: WorkingCalendar,
    today: date,
    *,
    chased: bool = False,
) -> Next | None:
    """Say which step comes next and since when: None when the last was taken, or nothing can be due.

    A vacant post is passed over. Whoever was asked already is not the next step: with a question the asking itself
    was the first, after an allocation it is the first message since (`chased`).
    """
    asked = chased or assessed.clock.kind is not ClockKind.FIRST_CONTACT
    highest = max((_HEIGHT[step.rung] for step in taken), default=_HEIGHT[Rung.WORKER] if asked else -1)
    for place in ladder:
        if place.person is not None and _HEIGHT[place.rung] > highest:
            return offer(place, assessed, calendar, today)
    return None


def offer(place: Place, assessed: Assessed, calendar: WorkingCalendar, today: date) -> Next | None:
    """Say from when a step is offered: at once when it is late; the Head of Service 5 working days after it was due.

    None when nothing is owed any more, or nobody knows until when. Whoever wants to may take a step before.
    """
    if assessed.due is None or not assessed.clock.is_open:
        return None
    day = london_date(assessed.due)
    if place.rung is Rung.HEAD_OF_SERVICE:
        for _ in range(HEAD_AFTER_DAYS):
            day = calendar.working_day_after(day)
    return Next(place, day, assessed.state is State.OVERDUE and today >= day)


def _place(rung: Rung, step: directory.Step) -> Place:
    return Place(rung, step.holders[0] if step.holders else None, step.post.title)
