"""What makes every person and post that an import changed read again as it did before."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import chart_told
from visitor_register.domain.directory import (
    OF_PERSON,
    HandEdit,
    HandField,
    Holding,
    Post,
    posts_in,
)
from visitor_register.domain.events import (
    Entry,
    HandChange,
    PersonEdited,
    PersonLeftChart,
    PersonListed,
    PersonNeverListed,
    PostEdited,
    PostListed,
    PostRemoved,
)
from visitor_register.domain.folds import chart as chart_folds
from visitor_register.domain.folds import person as person_folds
from visitor_register.domain.people import Person
from visitor_register.persistence import codec
from visitor_register.persistence.tables import entry

_OF_A_CHART = (PersonListed, PersonLeftChart, PostListed, PostRemoved)
_OF_A_POST = (PostListed, PostEdited, PostRemoved)
_CHUNK = 500
_IDENTITY = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Said = tuple[UUID, object]


@dataclass(frozen=True, slots=True)
class _PostThen:
    """A post as it stood before the import; None for one that was not there."""

    post: Post | None
    holders: tuple[UUID, ...]


def said_before(session: Session, version: UUID, start: int, joins: Collection[UUID]) -> Iterator[Said]:
    """Yield (subject, event) that put an import's people and posts back to how they stood before it.

    Args:
        session: The register.
        version: The chart that was accepted.
        start: The number of its entry in the journal.
        joins: The pairs of records that were joined with it.
    """
    return _Before(session, version, start, joins).said()


class _Before:
    """How every subject of an import stood before the entry `start`, and what was changed by hand since."""

    def __init__(self, session: Session, version: UUID, start: int, joins: Collection[UUID]) -> None:
        self._session, self._version, self._start, self._joins = session, version, start, joins

    def said(self) -> Iterator[Said]:
        """Yield (subject, event), people first."""
        later = self._later(_OF_A_CHART)
        subjects = list(
            dict.fromkeys(line.subject for line in later if getattr(line.event, "version", None) == self._version)
        )
        people: dict[UUID, list[object]] = {}
        posts: dict[UUID, _PostThen] = {}
        for subject, entries in self._entries(subjects):
            earlier = [line for line in entries if line.seq < self._start]
            if any(isinstance(line.event, _OF_A_POST) for line in entries):
                posts[subject] = _post_then(chart_folds.fold_post(earlier))
            else:
                people[subject] = person_folds.fold(earlier)
        edited = [line for line in self._later((PersonEdited,)) if _of_its_own(line)]
        met = self._met(people.keys())
        for subject, stood in people.items():
            yield from self._person(subject, stood, met=subject in met)
            yield from _edited_since(subject, stood, posts, [line for line in edited if line.subject == subject])
        for subject, then in _with_edits(posts, edited).items():
            yield from self._post(subject, then)

    def _later(self, kinds: tuple[type, ...]) -> list[Entry]:
        names = [kind.__name__ for kind in kinds]
        found = select(entry).where(entry.c.seq > self._start, entry.c.kind.in_(names)).order_by(entry.c.seq)
        return [codec.entry_from(line) for line in self._session.execute(found)]

    def _entries(self, subjects: list[UUID]) -> Iterator[tuple[UUID, list[Entry]]]:
        for at in range(0, len(subjects), _CHUNK):
            chunk = subjects[at : at + _CHUNK]
            stored = self._session.execute(
                select(entry).where(entry.c.subject.in_(chunk)).order_by(entry.c.subject, entry.c.clock, entry.c.seq)
            )
            for subject, group in groupby((codec.entry_from(line) for line in stored), key=attrgetter("subject")):
                yield subject, list(group)

    def _met(self, people: Iterable[UUID]) -> set[UUID]:
        """Say which of these people entries point to, or are about, that no chart has written."""
        names = [kind.__name__ for kind in (*_OF_A_CHART, PersonEdited, PostEdited)]
        others = select(entry.c.subject, entry.c.body).where(
            entry.c.seq > self._start,
            entry.c.kind.not_in(names),
            entry.c.subject.not_in(self._joins),
        )
        found: set[UUID] = set()
        for line in self._session.execute(others):
            found.add(line.subject)
            found.update(UUID(text.decode()) for text in _IDENTITY.findall(line.body or b""))
        return found & set(people)

    def _person(self, subject: UUID, stood: list[object], *, met: bool) -> Iterator[Said]:
        before = next((row for row in stood if isinstance(row, Person)), None)
        if before is None:
            yield subject, PersonLeftChart(self._version) if met else PersonNeverListed(self._version)
            return
        edits = [row for row in stood if isinstance(row, HandEdit)]
        told = before
        for edit in edits:
            told = chart_told.said_of(told, edit.field, edit.chart_says)
        # Who stood on no chart is put on this one once more, so that it can be the one they never were on.
        yield subject, _listed(told, before.version or self._version)
        if before.version is None:
            yield subject, PersonLeftChart(self._version)
        elif told.left_version is not None:
            yield subject, PersonLeftChart(told.left_version)
        yield from chart_told.said_again(edits)

    def _post(self, subject: UUID, then: _PostThen) -> Iterator[Said]:
        if then.post is None:
            yield subject, PostRemoved(self._version)
            return
        before = then.post
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
                holders=then.holders,
            ),
        )
        if before.removed_by is not None:
            yield subject, PostRemoved(before.removed_by)


def _listed(one: Person, version: UUID) -> PersonListed:
    names = (field.name for field in fields(PersonListed) if field.name != "version")
    return PersonListed(version, **{name: getattr(one, name) for name in names})


def _post_then(found: list[object]) -> _PostThen:
    before = next((row for row in found if isinstance(row, Post)), None)
    return _PostThen(before, tuple(row.person for row in found if isinstance(row, Holding)))


def _of_its_own(line: Entry) -> bool:
    """Whether somebody changed something then, and no import only said it again."""
    return isinstance(line.event, PersonEdited) and line.event.at is None


def _edited_since(
    subject: UUID, stood: Iterable[object], posts: Mapping[UUID, _PostThen], later: Iterable[Entry]
) -> Iterator[Said]:
    """Yield again what was changed by hand after the import, held against the chart that is in use again."""
    before = next((row for row in stood if isinstance(row, Person)), None)
    if before is None or before.version is None:
        return
    says = {row.field: row.chart_says for row in stood if isinstance(row, HandEdit)}
    for line in later:
        event = line.event
        if isinstance(event, PersonEdited):
            changes = tuple(
                replace(change, chart_says=says.get(change.field, _said(before, posts, change)))
                for change in event.changes
            )
            yield subject, PersonEdited(event.reason, changes, line.at, line.actor)


def _said(before: Person, posts: Mapping[UUID, _PostThen], change: HandChange) -> str:
    """What the chart before says of something that was changed by hand."""
    if change.field in OF_PERSON:
        return str(getattr(before, change.field.value))
    then = posts.get(change.post) if change.post is not None else None
    if change.field is HandField.REPORTS_TO and then is not None and then.post is not None:
        return str(then.post.reports_to or "")
    return change.chart_says


def _with_edits(posts: Mapping[UUID, _PostThen], edited: Iterable[Entry]) -> dict[UUID, _PostThen]:
    """Return the posts with what was changed of them by hand after the import."""
    found = dict(posts)
    for line in edited:
        for change in line.event.changes if isinstance(line.event, PersonEdited) else ():
            then = found.get(change.post) if change.post is not None else None
            if change.post is not None and then is not None and then.post is not None:
                post = chart_told.post_with(then.post, change.field, change.value)
                found[change.post] = replace(then, post=post)
            for place in posts_in(change.chart_says) if change.field is HandField.ON_CHART else ():
                held = found.get(place)
                if held is not None and held.post is not None and held.post.removed_by is None:
                    others = tuple(one for one in held.holders if one != line.subject)
                    found[place] = replace(held, holders=(*others, line.subject) if change.value else others)
    return found
