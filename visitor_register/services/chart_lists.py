"""The people and vacant posts of a chart as lines of a table, whatever day the chart is of. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from visitor_register.domain import names
from visitor_register.domain.directory import Holding, Post
from visitor_register.domain.people import Person
from visitor_register.services import directory


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table shows. Empty strings let everything through."""

    text: str = ""
    service: str = ""
    team: str = ""
    who_left: bool = False


EVERYBODY = Wanted()


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table: a person with their post, or a vacant post (`person` is None)."""

    person: Person | None
    post: Post | None
    manager: str
    manager_title: str


@dataclass(frozen=True, slots=True)
class ChartList:
    """The lines that are wanted, and what the whole chart holds."""

    lines: tuple[Listed, ...]
    people: int
    vacant: int
    teams: tuple[str, ...]
    services: tuple[str, ...]


def list_of(
    people: Sequence[Person], posts: Sequence[Post], holdings: Iterable[Holding], wanted: Wanted = EVERYBODY
) -> ChartList:
    """Make the table of a chart.

    Args:
        people: Who is, or was, on a chart, in the order of an index.
        posts: Its posts; removed ones do not count.
        holdings: Who holds which.
        wanted: What is to be shown.
    """
    places = {one.id: one for one in posts if one.removed_by is None}
    known = {one.id: one for one in people}
    held: dict[UUID, list[Post]] = {}
    holders: dict[UUID, list[Person]] = {}
    for holding in holdings:
        if holding.post in places and holding.person in known:
            held.setdefault(holding.person, []).append(places[holding.post])
            holders.setdefault(holding.post, []).append(known[holding.person])
    present = [one for one in people if one.left_version is None]
    shown = people if wanted.who_left else present
    lines = [_line(one, directory.shown_post(held.get(one.id, ()), one), places, holders) for one in shown]
    empty = sorted((place for place in places.values() if place.id not in holders), key=lambda place: place.title)
    lines += [_line(None, place, places, holders) for place in empty]
    return ChartList(
        lines=tuple(line for line in lines if _fits(line, wanted)),
        people=len(present),
        vacant=len(empty),
        teams=_spelt(place.team for place in places.values() if wanted.service in ("", place.service)),
        services=_spelt(place.service for place in places.values()),
    )


def _line(
    who: Person | None, place: Post | None, posts: Mapping[UUID, Post], holders: Mapping[UUID, list[Person]]
) -> Listed:
    above = posts.get(place.reports_to) if place is not None and place.reports_to is not None else None
    if above is None:
        return Listed(who, place, "", "")
    found = holders.get(above.id, [])
    return Listed(who, place, " / ".join(one.name for one in found) or "Vacant", above.title)


def _fits(line: Listed, wanted: Wanted) -> bool:
    team = line.person.team if line.person is not None else line.post.team if line.post is not None else ""
    service = line.post.service if line.post is not None else line.person.service if line.person is not None else ""
    if (wanted.team and team != wanted.team) or (wanted.service and service != wanted.service):
        return False
    title = line.person.job_title if line.person is not None else line.post.title if line.post is not None else ""
    key = line.person.search_key if line.person is not None else " vacant"
    sought = f"{key} {' '.join(names.words(f'{title} {team}'))}"
    return all(word in sought for word in names.words(wanted.text))


def _spelt(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}))
