"""Undoing an import: every person and post it changed is written down again as it stood before."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.directory import (
    ChartVersion,
    SamePerson,
)
from visitor_register.domain.events import (
    ChartAccepted,
    ChartUndone,
    SamePersonFound,
    SamePersonWithdrawn,
)
from visitor_register.domain.people import IMPORTS_CHARTS, Operator
from visitor_register.domain.retention import months_after
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import chart_version, entry, same_person
from visitor_register.services import chart_remembered, chart_restore, policy
from visitor_register.services.access import require

Said = tuple[UUID, object]


def undo(session: Session, version: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Put the chart before this one back in use: everything reads again as before it was accepted.

    Whoever came with it and was met since stays on record, on no chart. What was changed by hand before or since
    stays changed; what was remembered of reading the chart is forgotten.

    Raises:
        NotAllowedError: only who may import may undo.
        AnswerMissingError: no reason was given.
        RegisterError: it is not the newest chart of its authority, was undone already, or is so old that what the one
            before it said is not kept any more.
    """
    require(by, IMPORTS_CHARTS)
    if not reason.strip():
        raise AnswerMissingError("Say why this import is undone: the reason stands in the history.")
    undone = rows.select_one(session, ChartVersion, chart_version.c.id == version)
    if undone is None or undone.undone:
        raise RegisterError("This import was undone already.")
    if newest(session, undone.authority) != undone:
        raise RegisterError("Only the newest chart can be undone. Undo the one that came after it first.")
    today = london_date(at)
    if months_after(london_date(undone.accepted_at), policy.read(session, today).retention.chart_months) <= today:
        raise RegisterError("This chart is too old to be undone: what the one before it said is not kept any more.")
    start = _seq_of(session, version)
    joins = _joined(session, start)
    said = [*chart_restore.said_before(session, version, start, joins), *_parted(session, joins)]
    journal.append_all(session, [(version, ChartUndone(reason.strip())), *said], by=by, at=at)
    chart_remembered.take_back(session, version)


def newest(session: Session, authority: str) -> ChartVersion | None:
    """The chart of an authority that was accepted last and not undone: the one that can be undone."""
    standing = rows.select_all(
        session,
        ChartVersion,
        chart_version.c.authority == authority,
        chart_version.c.undone.is_(False),
        order_by=(chart_version.c.accepted_at.desc(),),
        limit=1,
    )
    return next(iter(standing), None)


def _seq_of(session: Session, version: UUID) -> int:
    found = (line for line in journal.entries_of(session, version) if isinstance(line.event, ChartAccepted))
    return next(found).seq


def _joined(session: Session, start: int) -> list[UUID]:
    """The pairs that were joined with the import: they stand behind it, at its moment."""
    accepted = session.execute(select(entry.c.at, entry.c.actor).where(entry.c.seq == start)).one()
    found = session.execute(
        select(entry.c.subject).where(
            entry.c.seq > start,
            entry.c.kind == SamePersonFound.__name__,
            entry.c.at == accepted.at,
            entry.c.actor == accepted.actor,
        )
    )
    return list(found.scalars())


def _parted(session: Session, joins: Collection[UUID]) -> Iterator[Said]:
    standing = rows.select_all(session, SamePerson, same_person.c.id.in_(joins), same_person.c.withdrawn.is_(False))
    for one in standing:
        yield one.id, SamePersonWithdrawn("the import was undone", undone=True)
