"""What the charts changed for somebody: joined, left, moved, another manager; worked out from the entries of charts."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import at_london
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.events import (
    Entry,
    PersonEdited,
    PersonLeftChart,
    PersonListed,
    PersonNeverListed,
    PostEdited,
    PostListed,
    PostRemoved,
)
from visitor_register.domain.folds.person import fold
from visitor_register.domain.people import Person
from visitor_register.persistence import codec, rows
from visitor_register.persistence.tables import entry
from visitor_register.services.timeline_entries import Happening, entries_of_all

_OF_POSTS = [kind.__name__ for kind in (PostListed, PostEdited, PostRemoved)]
_OF_PEOPLE = (PersonListed, PersonLeftChart, PersonNeverListed, PersonEdited)


class ChangeKind(StrEnum):
    """What became of somebody."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    RETITLED = "retitled"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands. `managers` is empty for a post above that is vacant, None when there is none."""

    team: str = ""
    job_title: str = ""
    managers: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class ChartChange:
    """One change of one person; `chart` is the one that says so, None for a change by hand or an import taken back."""

    kind: ChangeKind
    person: UUID
    before: Place
    after: Place
    chart: ChartVersion | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Post:
    reports_to: UUID | None
    holders: frozenset[UUID]


def changes(session: Session, people: Collection[UUID]) -> Iterator[Happening]:
    """What the charts changed for these people, in the order in which it was written.

    A chart's change took place on the day the chart is from. All entries about posts are read, which grows with the
    charts, not with visits: who was whose manager once stands nowhere else.
    """
    charts = {(one.accepted_at, one.accepted_by): one for one in rows.select_all(session, ChartVersion)}
    about = [line for lines in entries_of_all(session, people).values() for line in lines]
    posts = select(entry).where(entry.c.kind.in_(_OF_POSTS)).order_by(entry.c.clock, entry.c.desk, entry.c.seq)
    told = [line for line in about if isinstance(line.event, _OF_PEOPLE)]
    if not told:
        return
    told += [codec.entry_from(row) for row in session.execute(posts)]
    told.sort(key=attrgetter("seq"))
    watch = _Watch(people)
    for (at, actor), together in groupby(told, key=attrgetter("at", "actor")):
        chart = charts.get((at, actor))
        yield from watch.happened(list(together), chart)


class _Watch:
    """Follows people through the charts, one import or change by hand after another."""

    def __init__(self, people: Collection[UUID]) -> None:
        self._told: dict[UUID, list[Entry]] = {person: [] for person in people}
        self._posts: dict[UUID, _Post] = {}
        self._stood: dict[UUID, Place | None] = dict.fromkeys(people)

    def happened(self, together: list[Entry], chart: ChartVersion | None) -> Iterator[Happening]:
        """Take in what was written at once, and say what it changed."""
        for line in together:
            self._take_in(line)
        for person, before in self._stood.items():
            after = self._stands(person)
            own = [line for line in together if line.subject == person]
            yield from _compared(person, before, after, (own or together)[-1], chart)
            self._stood[person] = after

    def _take_in(self, line: Entry) -> None:
        match line.event:
            case PostListed(reports_to=above, holders=holders) | PostEdited(reports_to=above, holders=holders):
                self._posts[line.subject] = _Post(above, frozenset(holders))
            case PostRemoved():
                self._posts.pop(line.subject, None)
            case _ if line.subject in self._told:
                self._told[line.subject].append(line)

    def _stands(self, person: UUID) -> Place | None:
        found = next((row for row in fold(self._told[person]) if isinstance(row, Person)), None)
        if found is None or found.version is None or found.left_version is not None:
            return None
        above = {post.reports_to for post in self._posts.values() if person in post.holders} - {None}
        managers = frozenset().union(*(self._posts[one].holders for one in above if one in self._posts))
        return Place(found.team, found.job_title, managers if above else None)


def _compared(
    person: UUID, before: Place | None, after: Place | None, line: Entry, chart: ChartVersion | None
) -> Iterator[Happening]:
    for kind in _kinds(before, after):
        change = ChartChange(kind, person, before or Place(), after or Place(), chart, _reason(line))
        undone = chart is not None and chart.undone
        yield Happening(_on(line, chart), line, change, day_only=chart is not None, corrected=undone)


def _kinds(before: Place | None, after: Place | None) -> Iterable[ChangeKind]:
    if before is None or after is None:
        return () if before is after else (ChangeKind.JOINED if before is None else ChangeKind.LEFT,)
    changed = {
        ChangeKind.MOVED: before.team != after.team,
        ChangeKind.RETITLED: before.job_title != after.job_title,
        ChangeKind.MANAGER: before.managers != after.managers,
    }
    return tuple(kind for kind, so in changed.items() if so)


def _on(line: Entry, chart: ChartVersion | None) -> datetime:
    if chart is not None:
        return at_london(min(chart.day, line.at.date()), time.min)
    said = line.event.at if isinstance(line.event, PersonEdited) else None
    return said or line.at


def _reason(line: Entry) -> str:
    return line.event.reason if isinstance(line.event, PersonEdited) else ""
