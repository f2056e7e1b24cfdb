"""One timeline for a worker, a child or a deadline: both files joined, in the order in which things happened.

Two files are never open in one job, so it is put together in four steps, of which each needs the one before:
`begin` (DSL's file), `at_the_desk` (desk's), `in_the_dsl_file` (DSL's), `join` (desk's).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.contacts import Clock
from visitor_register.domain.events import (
    Allocated,
    ArrivalCorrected,
    Booked,
    BookingChanged,
    ClockStopped,
    ContactLogged,
    Escalated,
    InformationRequested,
    InformationShared,
    ReasonRecorded,
)
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.school import Account
from visitor_register.persistence import rows
from visitor_register.persistence.tables import (
    booking,
    booking_visitor,
    clock,
    contact,
    escalation,
    person,
    reason,
    shared,
    visit,
)
from visitor_register.services import directory, policy, timeline_chart, timeline_desk, timeline_dsl
from visitor_register.services.access import require
from visitor_register.services.sealed import readable
from visitor_register.services.timeline_chart import ChartChange
from visitor_register.services.timeline_entries import Happening, chunks, entries_of_all, those


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose timeline: exactly one of a person, a child reference and a deadline."""

    person: UUID | None = None
    child_reference: str = ""
    clock: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeskPart:
    """What the desk's file has of it.

    Attributes:
        people: All records that are the worker; empty for a child or a deadline.
        when: When each booking and visit was to begin or began.
    """

    people: frozenset[UUID]
    happenings: tuple[Happening, ...]
    when: Mapping[UUID, datetime]


@dataclass(frozen=True, slots=True)
class DslPart:
    """What the DSL's file has of it, and why each visit was booked."""

    happenings: tuple[Happening, ...]
    reasons: Mapping[UUID, Reason]
    matter: Clock | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened, the earliest first.

    Attributes:
        names: What people are called now; an erased name is not there.
        writers: Who may use the program, or might once.
        staff: Names of the school's staff, to take out of a copy that goes out of the house.
        matter: The deadline it is about.
    """

    asked: Asked
    happenings: tuple[Happening, ...]
    names: Mapping[UUID, str]
    writers: Mapping[UUID, Account]
    school: str
    staff: tuple[str, ...]
    matter: Clock | None = None


def begin(dsl_session: Session, asked: Asked, *, by: Operator) -> frozenset[UUID]:
    """The bookings and visits that were about a child; none for a worker or a deadline."""
    require(by, SEES_CHILDREN)
    if not asked.child_reference:
        return frozenset()
    return frozenset(_column(dsl_session, reason.c.about, reason.c.child_reference == asked.child_reference))


def at_the_desk(session: Session, asked: Asked, named: Collection[UUID], *, by: Operator) -> DeskPart:
    """Read bookings, visits and the charts; `named` is what `begin` found."""
    require(by, SEES_CHILDREN)
    people = frozenset(directory.aliases(session, asked.person)) if asked.person is not None else frozenset()
    bookings = _of(session, booking, booking.c.id, named) | _of(
        session, booking_visitor, booking_visitor.c.person, people
    )
    visits = _of(session, visit, visit.c.id, named) | _of(session, visit, visit.c.person, people)
    if not people:
        visits |= _of(session, visit, visit.c.booking, bookings)
    told: list[Happening] = []
    for entries in entries_of_all(session, bookings).values():
        told += timeline_desk.of_booking(entries)
    for entries in entries_of_all(session, visits).values():
        told += timeline_desk.of_visit(entries)
    when = _begins(session, booking, booking.c.starts_at, bookings)
    when |= _begins(session, visit, visit.c.arrived_at, visits)
    return DeskPart(people, (*told, *timeline_chart.changes(session, people)), when)


def in_the_dsl_file(dsl_session: Session, asked: Asked, desk: DeskPart, *, by: Operator) -> DslPart:
    """Read contacts, deadlines, escalations and what was shared, and why the visits at the desk took place."""
    require(by, SEES_CHILDREN)
    owed = _clocks(dsl_session, asked, desk.people)
    clocks = {one.id for one in owed}
    contacts = _column(dsl_session, contact.c.id, *_about(contact, asked, desk.people))
    contacts |= _of(dsl_session, contact, contact.c.answers, clocks)
    contacts |= {one.answer for one in owed if one.answer is not None}
    if asked.clock is not None:
        contacts |= {contacted for one in owed for contacted in _passed(dsl_session, one)}
    contacts |= _of(dsl_session, escalation, escalation.c.clock, clocks, escalation.c.contact) - {None}
    given = _column(dsl_session, shared.c.id, *_about(shared, asked, desk.people))
    told: list[Happening] = []
    whole = clocks | contacts | given | set(desk.when)
    for entries in entries_of_all(dsl_session, whole).values():
        told += timeline_dsl.of_subject(entries, desk.when)
    told += _escalated_to(dsl_session, desk.people, without=whole)
    reasons = {one.about: readable(one, by) for one in _reasons(dsl_session, desk.when)}
    matter = next((one for one in owed if one.id == asked.clock), None)
    return DslPart(tuple(_readable_in(one, by) for one in told), reasons, matter)


def join(session: Session, asked: Asked, desk: DeskPart, dsl: DslPart, *, by: Operator, at: datetime) -> Timeline:
    """Put both parts in the order in which things happened, with the names of all who are in them."""
    require(by, SEES_CHILDREN)
    known = [replace(one, reason=_why(one, dsl.reasons)) for one in desk.happenings]
    # Of what happened and was written at once the desk's part stands first: two files share no numbers.
    told = sorted((*sorted(known, key=_place), *sorted(dsl.happenings, key=_place)), key=_moments)
    wanted = {who for one in told for who in _people_in(one)} | desk.people
    if dsl.matter is not None:
        wanted.add(dsl.matter.person)
    writers = {one.id: one for one in rows.select_all(session, Account)}
    rules = policy.read(session, on=london_date(at))
    staff = {one.name for one in writers.values()} | {one.name for one in rules.duty.people} | set(rules.staff.names)
    names = _names(session, wanted)
    return Timeline(asked, tuple(told), names, writers, rules.school.name, tuple(sorted(staff)), dsl.matter)


def _why(one: Happening, reasons: Mapping[UUID, Reason]) -> Reason | None:
    """Why it was booked; of a visit that has no reason of its own that of its booking."""
    booked: UUID | None = getattr(one.event, "booking", None)
    return reasons.get(one.entry.subject) or (reasons.get(booked) if booked is not None else None)


def _place(one: Happening) -> tuple[datetime, datetime, int]:
    return one.at, one.entry.at, one.entry.seq


def _moments(one: Happening) -> tuple[datetime, datetime]:
    return one.at, one.entry.at


def _about(table: Table, asked: Asked, people: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    """Which rows of the DSL's file are asked for: those with these people, or about this child."""
    if people:
        return (table.c.person.in_(people),)
    if asked.child_reference:
        return (table.c.child_reference == asked.child_reference,)
    return (table.c.id == asked.clock,)


def _clocks(dsl_session: Session, asked: Asked, people: Collection[UUID]) -> list[Clock]:
    return rows.select_all(dsl_session, Clock, *_about(clock, asked, people))


def _passed(dsl_session: Session, owed: Clock) -> set[UUID]:
    """Contacts while it was owed, with who owes it or was asked up the ladder, about the same child."""
    asked = _of(dsl_session, escalation, escalation.c.clock, {owed.id}, escalation.c.person)
    while_owed = [contact.c.at >= (owed.started_at or owed.asked_at)]
    if owed.stopped_at is not None:
        while_owed.append(contact.c.at <= owed.stopped_at)
    with_whom = contact.c.person.in_({owed.person, *asked})
    return _column(dsl_session, contact.c.id, with_whom, contact.c.child_reference == owed.child_reference, *while_owed)


def _escalated_to(dsl_session: Session, people: Collection[UUID], *, without: Collection[UUID]) -> Iterable[Happening]:
    """The steps that went to somebody about what others owe: of those deadlines nothing else belongs here."""
    others = _of(dsl_session, escalation, escalation.c.person, people, escalation.c.clock) - set(without)
    for entries in entries_of_all(dsl_session, others).values():
        for one in timeline_dsl.of_subject(entries, {}):
            if isinstance(one.event, Escalated) and one.event.person in people:
                yield one


def _reasons(dsl_session: Session, about: Collection[UUID]) -> Iterable[Reason]:
    for chunk in chunks(about):
        yield from rows.select_all(dsl_session, Reason, reason.c.about.in_(chunk))


def _readable_in(one: Happening, by: Operator) -> Happening:
    return replace(one, event=readable(one.event, by)) if isinstance(one.event, ReasonRecorded) else one


def _begins(
    session: Session, table: Table, column: ColumnElement[datetime], wanted: Collection[UUID]
) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for chunk in chunks(wanted):
        found |= {row[0]: row[1] for row in session.execute(select(table.c.id, column).where(table.c.id.in_(chunk)))}
    return found


def _names(session: Session, wanted: Collection[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for chunk in chunks(wanted):
        named = select(person.c.id, person.c.name).where(person.c.id.in_(chunk))
        found |= {row.id: row.name for row in session.execute(named)}
    return found


def _of(
    session: Session,
    table: Table,
    column: ColumnElement[UUID],
    wanted: Collection[UUID],
    wants: ColumnElement[UUID] | None = None,
) -> set[UUID]:
    """One column, the first if none is named, of the rows whose `column` is one of these."""
    return those(session, next(iter(table.c)) if wants is None else wants, column, wanted)


def _column(session: Session, wanted: ColumnElement[UUID], *where: ColumnElement[bool]) -> set[UUID]:
    return set(session.execute(select(wanted).where(*where)).scalars())


def _people_in(one: Happening) -> Iterable[UUID]:
    """Everybody who is named in it."""
    if one.whom is not None:
        yield one.whom
    match one.event:
        case Booked(visitors=visitors) | BookingChanged(visitors=visitors):
            yield from visitors
        case Allocated(worker=somebody) | ArrivalCorrected(person=UUID() as somebody):
            yield somebody
        case ContactLogged() | InformationRequested() | InformationShared() | Escalated():
            yield one.event.person
        case ClockStopped(person=UUID() as somebody):
            yield somebody
        case ChartChange(before=before, after=after):
            yield from (before.managers or frozenset()) | (after.managers or frozenset())
