"""The chart on any day and as of any version, rebuilt from the journal; two versions compared; one person then."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.chart_diff import compare as changes_between
from visitor_register.domain.chart_pairs import Pairing
from visitor_register.domain.chart_then import ChartThen, then
from visitor_register.domain.directory import ChartVersion, Post, numbers
from visitor_register.domain.events import (
    ChartAccepted,
    ChartUndone,
    ChartWasSigned,
    Entry,
    PersonEdited,
    PersonLeftChart,
    PersonListed,
    PersonNeverListed,
    PostEdited,
    PostListed,
    PostRemoved,
)
from visitor_register.domain.people import Person
from visitor_register.errors import RegisterError
from visitor_register.persistence import codec, rows
from visitor_register.persistence.tables import chart_version, entry
from visitor_register.persistence.types import utc_text
from visitor_register.services import chart_lines, directory
from visitor_register.services.chart_lines import Line
from visitor_register.services.chart_lists import EVERYBODY, ChartList, Wanted, list_of
from visitor_register.services.chart_plan import Rows
from visitor_register.services.chart_stored import rows_of
from visitor_register.services.directory import Step

_KINDS = (
    ChartAccepted,
    ChartWasSigned,
    ChartUndone,
    PersonListed,
    PersonLeftChart,
    PersonNeverListed,
    PersonEdited,
    PostListed,
    PostEdited,
    PostRemoved,
)
_NAMES = [kind.__name__ for kind in _KINDS]


@dataclass(frozen=True, slots=True)
class OnDay:
    """The chart at the end of a London day: each chart in use with its number, and everybody on it."""

    day: date
    charts: tuple[tuple[ChartVersion, int], ...]
    listed: ChartList


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed from one version to a later one, as lines of the preview; `same`: people no line is about."""

    old: ChartVersion
    new: ChartVersion
    lines: tuple[Line, ...]
    same: int


@dataclass(frozen=True, slots=True)
class PersonThen:
    """Somebody as they stood at the end of a day: `on_chart` is False for who had left it by then."""

    person: Person
    on_chart: bool
    posts: tuple[Post, ...]
    path: tuple[Step, ...]


def on_day(session: Session, day: date) -> ChartThen:
    """Rebuild the charts as they stood at the end of a London day, whatever was written or undone since.

    An entry is of the day that the machine's clock showed when it was written, as everywhere on screens.
    """
    return _when(session, entry.c.at < utc_text(calendar.day_bounds(day)[1]))


def of_version(session: Session, version: UUID) -> ChartThen:
    """Rebuild the charts as they stood when a version had been accepted.

    Raises:
        RegisterError: no such chart was ever accepted.
    """
    chart = _chart(session, version)
    of_import = (entry.c.at == utc_text(chart.accepted_at), entry.c.actor == chart.accepted_by)
    last = session.execute(select(func.max(entry.c.clock)).where(*of_import, entry.c.kind.in_(_NAMES))).scalar_one()
    return _when(session, entry.c.clock <= last)


def listed_on(session: Session, day: date, wanted: Wanted = EVERYBODY) -> OnDay:
    """Read the table of the Chart screen as it was at the end of a day."""
    found = on_day(session, day)
    number = numbers(found.versions)
    newest: dict[str, ChartVersion] = {}
    for chart in found.in_use:
        newest.setdefault(chart.authority, chart)
    charts = tuple((chart, number[chart.id]) for chart in newest.values())
    return OnDay(day, charts, list_of(found.people, found.posts, found.holdings, wanted))


def person_on(session: Session, identity: UUID, day: date) -> PersonThen | None:
    """Say how somebody stood on the chart at the end of a day; None when no chart had listed them yet."""
    found = on_day(session, day)
    who = next((one for one in found.people if one.id == identity), None)
    if who is None:
        return None
    posts = {one.id: one for one in found.posts}
    holders: dict[UUID, list[Person]] = defaultdict(list)
    people = {one.id: one for one in found.people}
    for holding in found.holdings:
        if holding.person in people:
            holders[holding.post].append(people[holding.person])
    held = tuple(posts[one.post] for one in found.holdings if one.person == identity)
    main = directory.shown_post(held, who)
    path: list[Step] = []
    above = main.reports_to if main is not None else None
    while above in posts and above not in [step.post.id for step in path] and len(path) < directory.MAX_STEPS:
        path.append(Step(posts[above], tuple(holders[above])))
        if directory.is_head_of_service(posts[above]):
            break
        above = posts[above].reports_to
    return PersonThen(who, who.left_version is None, held, tuple(path))


def compare(session: Session, one: UUID, other: UUID) -> Compared:
    """Compare two accepted charts of one authority, the earlier first, as the register had them when accepted.

    Who is who needs no guess: they are the same records.

    Raises:
        RegisterError: they are of two authorities, or the same one.
    """
    charts = sorted((_chart(session, one), _chart(session, other)), key=lambda chart: chart.accepted_at)
    old, new = charts
    if old.id == new.id or old.authority != new.authority:
        raise RegisterError("Choose two charts of the same council to compare.")
    before, after = (_rows(of_version(session, chart.id), chart.authority) for chart in charts)
    both = {row.person for row in before if row.living} & {row.person for row in after if row.living}
    pairing = Pairing({person: person for person in sorted(both)}, ())
    changes = changes_between(before, after, pairing=pairing)
    lines = chart_lines.lines_between(before, after, changes)
    return Compared(old, new, lines, chart_lines.unchanged(after, changes, lines))


def _chart(session: Session, version: UUID) -> ChartVersion:
    found = rows.select_one(session, ChartVersion, chart_version.c.id == version)
    if found is None:
        raise RegisterError("This chart is not in the register. Choose another one.")
    return found


def _rows(found: ChartThen, authority: str) -> Rows:
    versions = {chart.id for chart in found.versions if chart.authority == authority}
    people = {one.id: one for one in found.people if one.version in versions}
    posts = {one.id: one for one in found.posts if one.authority == authority}
    holders: dict[UUID, list[UUID]] = defaultdict(list)
    for holding in found.holdings:
        if holding.person in people:
            holders[holding.post].append(holding.person)
    return tuple(row for row, _ in rows_of(people, posts, holders))


def _when(session: Session, written: ColumnElement[bool]) -> ChartThen:
    """Fold the entries of charts for which that is true."""
    return then(_subjects(session, written))


def _subjects(session: Session, written: ColumnElement[bool]) -> Iterator[list[Entry]]:
    stored = session.execute(
        select(entry)
        .where(entry.c.kind.in_(_NAMES), written)
        .order_by(entry.c.subject, entry.c.clock, entry.c.desk, entry.c.seq)
    )
    for _, group in groupby((codec.entry_from(line) for line in stored), key=attrgetter("subject")):
        yield list(group)
