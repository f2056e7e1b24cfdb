"""Undoing an import: every person and post it changed is written down again as it stood before."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.directory import ChartVersion, Holding, Post, SamePerson
from visitor_register.domain.events import (
    ChartAccepted,
    ChartUndone,
    Entry,
    PersonLeftChart,
    PersonListed,
    PostListed,
    PostRemoved,
    SamePersonFound,
    SamePersonWithdrawn,
)
from visitor_register.domain.folds import chart as chart_folds
from visitor_register.domain.folds import person as person_folds
from visitor_register.domain.people import IMPORTS_CHARTS, Operator, Person
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import codec, journal, rows
from visitor_register.persistence.tables import chart_version, entry, same_person
from visitor_register.services.access import require

_KINDS = (PersonListed, PersonLeftChart, PostListed, PostRemoved)
_CHUNK = 500
Said = tuple[UUID, object]


def undo(session: Session, version: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Put the chart before this one back in use. Both stay readable; whoever was new is marked as no longer on it.

    Raises:
        NotAllowedError: only who may import may undo.
        AnswerMissingError: no reason was given.
        RegisterError: it is not the newest chart of its authority, or was undone already.
    """
    require(by, IMPORTS_CHARTS)
    if not reason.strip():
        raise AnswerMissingError("Say why this import is undone: the reason stands in the history.")
    undone = rows.select_one(session, ChartVersion, chart_version.c.id == version)
    if undone is None or undone.undone:
        raise RegisterError("This import was undone already.")
    if newest(session, undone.authority) != undone:
        raise RegisterError("Only the newest chart can be undone. Undo the one that came after it first.")
    start = _seq_of(session, version)
    said = [*_before(session, version, start), *_joined(session, start)]
    journal.append_all(session, [(version, ChartUndone(reason.strip())), *said], by=by, at=at)


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


def _before(session: Session, version: UUID, start: int) -> Iterator[Said]:
    """Yield what makes every subject of this version read again as it did before the entry `start`."""
    kinds = [kind.__name__ for kind in _KINDS]
    later = session.execute(select(entry).where(entry.c.seq > start, entry.c.kind.in_(kinds)).order_by(entry.c.seq))
    told = [codec.entry_from(line) for line in later]
    subjects = list(dict.fromkeys(line.subject for line in told if _of_version(line.event, version)))
    for at in range(0, len(subjects), _CHUNK):
        chunk = subjects[at : at + _CHUNK]
        stored = session.execute(
            select(entry).where(entry.c.subject.in_(chunk)).order_by(entry.c.subject, entry.c.clock, entry.c.seq)
        )
        for subject, group in groupby((codec.entry_from(line) for line in stored), key=attrgetter("subject")):
            entries = list(group)
            earlier = [line for line in entries if line.seq < start]
            is_post = any(isinstance(line.event, (PostListed, PostRemoved)) for line in entries)
            yield from _post_again(subject, earlier, version) if is_post else _person_again(subject, earlier, version)


def _of_version(event: object, version: UUID) -> bool:
    return isinstance(event, _KINDS) and event.version == version


def _person_again(subject: UUID, earlier: Iterable[Entry], version: UUID) -> Iterator[Said]:
    before = next((row for row in person_folds.fold(earlier) if isinstance(row, Person)), None)
    if before is None or before.version is None:
        yield subject, PersonLeftChart(version)
        return
    yield (
        subject,
        PersonListed(
            version=before.version,
            name=before.name,
            known_as=before.known_as,
            organisation=before.organisation,
            job_title=before.job_title,
            team=before.team,
            service=before.service,
            staff_number=before.staff_number,
            email=before.email,
            phone=before.phone,
            mobile=before.mobile,
            contract=before.contract,
        ),
    )
    if before.left_version is not None:
        yield subject, PersonLeftChart(before.left_version)


def _post_again(subject: UUID, earlier: Iterable[Entry], version: UUID) -> Iterator[Said]:
    found = chart_folds.fold_post(earlier)
    before = next((row for row in found if isinstance(row, Post)), None)
    if before is None:
        yield subject, PostRemoved(version)
        return
    yield (
        subject,
        PostListed(
            version=before.version,
            authority=before.authority,
            ref=before.ref,
            title=before.title,
            team=before.team,
            service=before.service,
            directorate=before.directorate,
            level=before.level,
            reports_to=before.reports_to,
            holders=tuple(row.person for row in found if isinstance(row, Holding)),
        ),
    )
    if before.removed_by is not None:
        yield subject, PostRemoved(before.removed_by)


def _joined(session: Session, start: int) -> Iterator[Said]:
    """Yield the withdrawal of every pair that was joined with the import: they stand behind it, at its moment."""
    accepted = session.execute(select(entry.c.at, entry.c.actor).where(entry.c.seq == start)).one()
    found = session.execute(
        select(entry.c.subject).where(
            entry.c.seq > start,
            entry.c.kind == SamePersonFound.__name__,
            entry.c.at == accepted.at,
            entry.c.actor == accepted.actor,
        )
    ).scalars()
    standing = rows.select_all(
        session, SamePerson, same_person.c.id.in_(list(found)), same_person.c.withdrawn.is_(False)
    )
    for one in standing:
        yield one.id, SamePersonWithdrawn("the import was undone")
