"""What waits for the DSL, as numbers: deadlines, arrivals to look at, letters, the chart, discussions to follow up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.calendar import WorkingCalendar, london_date
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import Clock, Contact, Discussion
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.visits import Visit
from visitor_register.persistence import rows
from visitor_register.persistence.tables import contact, person, visit
from visitor_register.services import assurance, chart_age, clocks, contacts, working_days
from visitor_register.services.access import require
from visitor_register.services.chart_age import Age

LETTER_SOON = timedelta(days=30)
"""So long before its review date a letter of assurance is due for review, as Settings shows it. Our default."""
MOST = 100
"""Discussions that are listed at once; the number beside them counts all."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What the DSL's own file has: what is owed, what to follow up, and the contacts at which that was discussed."""

    owed: tuple[Clock, ...]
    discussions: tuple[Discussion, ...]
    discussed_at: Mapping[UUID, Contact]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A discussion of education without the school. `at` and `name` as far as the register still knows them."""

    about: UUID
    at: datetime | None
    name: str
    child_reference: str
    summary: str
    commitments: str


@dataclass(frozen=True, slots=True)
class Home:
    """What waits for the DSL. `standing` are all deadlines, `calendar` is today's, `chart` is None before the first."""

    overdue: int
    due_today: int
    to_review: int
    letters: int
    to_follow_up: int
    chart: Age | None
    follow_ups: tuple[FollowUp, ...]
    standing: tuple[Assessed, ...]
    calendar: WorkingCalendar


def noted(dsl_session: Session, *, by: Operator, at: datetime) -> Noted:
    """Read what the DSL's own file has.

    Raises:
        NotAllowedError: it is for the DSL and the head.
    """
    require(by, SEES_CHILDREN)
    discussions = contacts.to_follow_up(dsl_session, by=by)
    about = [one.about for one in discussions[:MOST]]
    found = rows.select_all(dsl_session, Contact, contact.c.id.in_(about)) if about else []
    return Noted(tuple(clocks.owed(dsl_session, by=by, at=at)), tuple(discussions), {one.id: one for one in found})


def count(session: Session, found: Noted, *, to_review: int, at: datetime) -> Home:
    """Count what waits, with what the desk's file says of people, letters and the chart."""
    today = london_date(at)
    standing = tuple(line.assessed for line in clocks.judge(session, found.owed, at=at))
    return Home(
        overdue=sum(one.state is State.OVERDUE for one in standing),
        due_today=sum(_is_due(one, today) for one in standing),
        to_review=to_review,
        letters=sum(one.review_on - today <= LETTER_SOON for one in assurance.letters(session)),
        to_follow_up=len(found.discussions),
        chart=chart_age.read(session, at),
        follow_ups=_follow_ups(session, found),
        standing=standing,
        calendar=working_days.read(session, today).calendar,
    )


def _is_due(one: Assessed, today: date) -> bool:
    return one.state in (State.DUE_SOON, State.RUNNING) and one.due is not None and london_date(one.due) == today


def _follow_ups(session: Session, found: Noted) -> tuple[FollowUp, ...]:
    """The newest first; what is not known of one any more is left out of it."""
    listed = found.discussions[:MOST]
    elsewhere = [one.about for one in listed if one.about not in found.discussed_at]
    visits = {one.id: one for one in rows.select_all(session, Visit, visit.c.id.in_(elsewhere))} if elsewhere else {}
    people = {said.person for said in found.discussed_at.values()} | {came.person for came in visits.values()}
    names = _names(session, people)
    made = [_follow_up(one, found.discussed_at.get(one.about), visits.get(one.about), names) for one in listed]
    return tuple(sorted(made, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True))


def _follow_up(one: Discussion, said: Contact | None, came: Visit | None, names: Mapping[UUID, str]) -> FollowUp:
    if said is not None:
        name = names.get(said.person, "")
        return FollowUp(one.about, said.at, name, said.child_reference, said.summary, one.commitments)
    name = names.get(came.person, "") if came else ""
    return FollowUp(one.about, came.arrived_at if came else None, name, "", "", one.commitments)


def _names(session: Session, wanted: Iterable[UUID]) -> Mapping[UUID, str]:
    known = sorted(wanted)
    if not known:
        return {}
    found = session.execute(person.select().with_only_columns(person.c.id, person.c.name).where(person.c.id.in_(known)))
    return {row.id: row.name for row in found}
