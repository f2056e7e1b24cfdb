"""What is kept in the DSL's file, from which day on each record may be erased, and what a hold on a child keeps."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.contacts import Clock, Contact, Courtesy, Shared
from visitor_register.domain.events import ChildHoldEnded
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.retention import Kept, Kind, Retention, years_after
from visitor_register.persistence import rows
from visitor_register.persistence.tables import (
    child_hold,
    discussion,
    entry,
    escalation,
    reason,
    resolved,
    shared,
    unseen,
)
from visitor_register.persistence.types import utc_moment
from visitor_register.services.access import require


@dataclass(frozen=True, slots=True)
class DslPart:
    """What the DSL's file says of keeping.

    Attributes:
        kept: Every record with its day.
        held: What carries a child reference that is on hold: contacts, deadlines, and visits and bookings.
        people_of: The people of each contact, deadline and note.
        people: Everybody it refers to.
        writers: Everybody who wrote a contact down.
        about: The visits, bookings and contacts it says more of.
        open_for: The people of deadlines that are not over.
    """

    kept: tuple[Kept, ...] = ()
    held: frozenset[UUID] = frozenset()
    people_of: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    people: frozenset[UUID] = frozenset()
    writers: frozenset[UUID] = frozenset()
    about: frozenset[UUID] = frozenset()
    open_for: frozenset[UUID] = frozenset()


def of_the_dsl(session: Session, rules: Retention, *, by: Operator) -> DslPart:
    """Read what the DSL's file keeps, and until when.

    Raises:
        NotAllowedError: only the DSL and the head open this file.
    """
    require(by, SEES_CHILDREN)
    contacts = rows.select_all(session, Contact)
    clocks = rows.select_all(session, Clock)
    notes: list[Shared | Courtesy] = [*rows.select_all(session, Shared), *rows.select_all(session, Courtesy)]
    people_of: dict[UUID, set[UUID]] = defaultdict(set)
    for one in (*contacts, *notes):
        people_of[one.id].add(one.person)
    for its in clocks:
        people_of[its.id].add(its.person)
        if its.stopped_by is not None:
            people_of[its.id].add(its.stopped_by)
    for step in session.execute(select(escalation.c.clock, escalation.c.person)):
        people_of[step.clock].add(step.person)
    about: set[UUID] = set()
    for table in (reason, unseen, discussion):
        about |= set(session.execute(select(table.c.about)).scalars())
    people = frozenset(person for several in people_of.values() for person in several)
    years = rules.contact_years
    return DslPart(
        kept=(
            *_contacts(session, contacts, clocks, people_of, years),
            *(_note(one, years) for one in notes),
            *_holds(session, rules.audit_years),
        ),
        held=_held(session, contacts, clocks),
        people_of={subject: frozenset(several) for subject, several in people_of.items()},
        people=people,
        writers=frozenset(one.written_by for one in contacts),
        about=frozenset(about),
        open_for=frozenset(person for its in clocks if its.is_open for person in people_of[its.id]),
    )


def _contacts(
    session: Session,
    contacts: Iterable[Contact],
    clocks: Iterable[Clock],
    people_of: dict[UUID, set[UUID]],
    years: int,
) -> Iterator[Kept]:
    """Contacts and the deadlines that began with them or alone; never one that is open."""
    last: dict[UUID, datetime] = {}
    with_whom: dict[UUID, UUID] = {}
    linked: dict[UUID, set[UUID]] = defaultdict(set)
    still_open = {its.id for its in clocks if its.is_open}
    for one in contacts:
        last[one.id], with_whom[one.id] = one.at, one.person
        if one.answers is not None:
            linked[one.id].add(one.answers)
    for its in clocks:
        with_whom.setdefault(its.id, its.person)
        last[its.id] = max(last.get(its.id, its.asked_at), its.asked_at, its.stopped_at or its.asked_at)
        if its.answer is not None:
            linked[its.id].add(its.answer)
            linked[its.answer].add(its.id)
    for table in (escalation, resolved):
        for step in session.execute(select(table.c.clock, func.max(table.c.at).label("at")).group_by(table.c.clock)):
            last[step.clock] = max(last.get(step.clock, step.at), step.at)
    for subject, moment in last.items():
        # What was said in answer to an open deadline belongs to it.
        if subject not in still_open and linked[subject].isdisjoint(still_open):
            day = london_date(moment)
            yield Kept(
                Kind.CONTACTS,
                subject,
                years_after(day, years),
                day,
                "contact or deadline",
                person=with_whom.get(subject),
                about=frozenset(people_of[subject] | linked[subject]),
                of_dsl=True,
            )


def _note(one: Shared | Courtesy, years: int) -> Kept:
    day = london_date(one.at)
    words = "information shared or withheld" if isinstance(one, Shared) else "a note on courtesy"
    return Kept(
        Kind.CONTACTS,
        one.id,
        years_after(day, years),
        day,
        words,
        person=one.person,
        about=frozenset({one.person}),
        of_dsl=True,
    )


def _holds(session: Session, years: int) -> Iterator[Kept]:
    """Holds on a child reference that are over."""
    newest = (
        select(entry.c.subject, func.max(entry.c.at).label("at"))
        .where(
            entry.c.kind == ChildHoldEnded.__name__,
            entry.c.body.is_not(None),
            entry.c.subject.not_in(select(child_hold.c.id)),
        )
        .group_by(entry.c.subject)
    )
    for row in session.execute(newest):
        day: date = london_date(utc_moment(row.at))
        yield Kept(Kind.AUDIT, row.subject, years_after(day, years), day, "a legal hold that is over", of_dsl=True)


def _held(session: Session, contacts: Iterable[Contact], clocks: Iterable[Clock]) -> frozenset[UUID]:
    """Everything that carries a child reference on hold, as people write one: without regard to case and blanks."""
    wanted = {plain(said) for said in session.execute(select(child_hold.c.child_reference)).scalars()}
    if not wanted:
        return frozenset()
    found = {one.id for one in contacts if plain(one.child_reference) in wanted}
    found |= {one.id for one in clocks if plain(one.child_reference) in wanted}
    said = select(reason.c.about, reason.c.child_reference).union_all(select(shared.c.id, shared.c.child_reference))
    return frozenset(found | {about for about, reference in session.execute(said) if plain(reference) in wanted})


def plain(reference: str) -> str:
    """A child reference as it is compared."""
    return "".join(reference.split()).casefold()
