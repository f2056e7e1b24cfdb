"""The whole structure of the charts in use as a tree of seats, with everybody in it, and which charts they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.chart_structure import ChartTree, Holder, Seat, arrange
from visitor_register.domain.directory import ChartVersion, Holding, Post, numbers
from visitor_register.domain.people import Person
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version, person, post
from visitor_register.services import directory


@dataclass(frozen=True, slots=True)
class ChartInUse:
    """Which chart of an authority is in use: its number among all that were accepted, and its day."""

    authority: str
    number: int
    day: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The tree of everybody, and the charts it comes from, by authority."""

    tree: ChartTree
    charts: tuple[ChartInUse, ...]


def read(session: Session) -> Structure:
    """Read the structure of all charts in use."""
    posts = rows.select_all(session, Post, post.c.removed_by.is_(None))
    people = rows.select_all(session, Person, person.c.version.is_not(None), order_by=(person.c.sort_key,))
    return Structure(structure_of(posts, people, directory.holdings(session)), charts_in_use(session))


def structure_of(posts: Iterable[Post], people: Iterable[Person], holdings: Iterable[Holding]) -> ChartTree:
    """Put posts and people in order, whenever they are from. Whoever is on the chart without a post is there too."""
    known = {one.id: one for one in people}
    order = {identity: at for at, identity in enumerate(known)}
    held: dict[UUID, list[UUID]] = defaultdict(list)
    for holding in holdings:
        if holding.person in known:
            held[holding.post].append(holding.person)
    seats = []
    lines = {}
    placed: set[UUID] = set()
    for place in posts:
        holders = sorted(held[place.id], key=order.__getitem__)
        placed.update(holders)
        seats.append(_seat(place, [known[one] for one in holders]))
        if place.reports_to is not None:
            lines[place.id] = place.reports_to
    seats += [_without_post(one) for one in known.values() if one.id not in placed and one.left_version is None]
    return arrange(seats, lines)


def charts_in_use(session: Session) -> tuple[ChartInUse, ...]:
    """The newest chart of each authority that was not undone."""
    every = rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at,))
    number = numbers(every)
    newest = {
        chart.authority: ChartInUse(chart.authority, number[chart.id], chart.day, chart.sha256)
        for chart in every
        if not chart.undone
    }
    return tuple(newest.values())


def _seat(place: Post, holders: Iterable[Person]) -> Seat:
    return Seat(
        key=place.id,
        authority=place.authority,
        title=place.title,
        team=place.team,
        service=place.service,
        holders=tuple(_holder(one) for one in holders),
        first=place.level.strip() == "1",
        head=directory.is_head_of_service(place),
    )


def _without_post(one: Person) -> Seat:
    return Seat(one.id, one.organisation, one.job_title, one.team, one.service, (_holder(one),))


def _holder(one: Person) -> Holder:
    return Holder(one.id, one.name, one.sort_key, one.search_key, one.agency)
