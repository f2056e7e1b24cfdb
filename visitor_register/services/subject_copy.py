"""Everything the register holds about one person, for that person: the right of access.

Two files are never open in one job: `at_the_desk` (desk's file), `in_the_dsl_file` (DSL's), then `join`.
A child's reference is left out, and who of the school wrote a line is said by role: both are other people's data.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.events import DataCopied, Entry, ReasonRecorded, SealedForDsl, SealMoved
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.school import Account
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import (
    booking_visitor,
    clock,
    contact,
    courtesy,
    escalation,
    person,
    shared,
    visit,
    visit_pass,
)
from visitor_register.services import directory, sealed
from visitor_register.services.access import require
from visitor_register.services.timeline_entries import entries_of_all, those

FORMATS = ("pdf", "json")


@dataclass(frozen=True, slots=True)
class CopiedLine:
    """One line about the person, as it was written down.

    Attributes:
        about: Whose or what's record it belongs to; lines of one visit share it.
        written: When, in UTC.
        by: The role of who wrote it; None when they are no longer known.
        said: The event; None once it was erased.
        for_dsl: It stands in the DSL's file.
    """

    about: UUID
    written: datetime
    by: Role | None
    said: object | None
    for_dsl: bool = False


@dataclass(frozen=True, slots=True)
class DeskPart:
    """What the desk's file has of somebody.

    Attributes:
        people: All records that are this one human being.
        visits: Their bookings and visits, about which the DSL's file may say more.
        writers: Who may use the program, or might once.
    """

    name: str
    people: frozenset[UUID]
    visits: frozenset[UUID]
    lines: tuple[CopiedLine, ...]
    writers: Mapping[UUID, Role]


@dataclass(frozen=True, slots=True)
class SubjectCopy:
    """All of it, the earliest first."""

    name: str
    made_at: datetime
    lines: tuple[CopiedLine, ...]


def at_the_desk(session: Session, asked: UUID, *, by: Operator) -> DeskPart:
    """Read somebody's own records, visits, bookings and passes.

    Raises:
        NotAllowedError: only the DSL and the head copy somebody's data.
    """
    require(by, SEES_CHILDREN)
    people = frozenset(directory.aliases(session, asked))
    writers = {one.id: one.role for one in rows.select_all(session, Account)}
    visits = those(session, visit.c.id, visit.c.person, people)
    visits |= those(session, booking_visitor.c.booking, booking_visitor.c.person, people)
    passes = those(session, visit_pass.c.id, visit_pass.c.person, people)
    lines = _lines(session, people | visits | passes, writers, for_dsl=False)
    name = session.execute(select(person.c.name).where(person.c.id == asked)).scalar_one_or_none() or ""
    return DeskPart(name, people, frozenset(visits), tuple(lines), writers)


def in_the_dsl_file(dsl_session: Session, desk: DeskPart, *, by: Operator) -> tuple[CopiedLine, ...]:
    """Read contacts, deadlines, escalations, what was shared, notes on courtesy, and why the visits were booked.

    Raises:
        NotAllowedError: only the DSL and the head copy somebody's data.
    """
    require(by, SEES_CHILDREN)
    about = set(desk.visits)
    for table in (contact, clock, shared, courtesy):
        about |= those(dsl_session, table.c.id, table.c.person, desk.people)
    about |= those(dsl_session, escalation.c.clock, escalation.c.person, desk.people)
    return tuple(_readable(one, by) for one in _lines(dsl_session, about, desk.writers, for_dsl=True))


def join(desk: DeskPart, dsl: Iterable[CopiedLine], *, at: datetime) -> SubjectCopy:
    """Put both parts in the order in which they were written down."""
    return SubjectCopy(desk.name, at, tuple(sorted((*desk.lines, *dsl), key=lambda one: one.written)))


def log(session: Session, asked: UUID, formats: Collection[str], *, by: Operator, at: datetime) -> None:
    """Write down that somebody's data was written out, and as what.

    Raises:
        NotAllowedError: only the DSL and the head copy somebody's data.
    """
    require(by, SEES_CHILDREN)
    journal.append(session, asked, DataCopied(tuple(formats)), by=by, at=at)


def _lines(
    session: Session, about: Collection[UUID], writers: Mapping[UUID, Role], *, for_dsl: bool
) -> Iterable[CopiedLine]:
    for subject, entries in entries_of_all(session, about).items():
        for one in entries:
            if not _is_wrapping(one):
                yield CopiedLine(subject, one.at, writers.get(one.actor), one.event, for_dsl)


def _is_wrapping(one: Entry) -> bool:
    """A sealed box says nothing by itself: what was in it stands in the DSL's file."""
    return isinstance(one.event, SealedForDsl | SealMoved)


def _readable(one: CopiedLine, by: Operator) -> CopiedLine:
    return replace(one, said=sealed.readable(one.said, by)) if isinstance(one.said, ReasonRecorded) else one
