"""What the Chart screen shows: everybody in a table, one person's card, how old the chart is, and its versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar, names
from visitor_register.domain.bookings import Booking
from visitor_register.domain.directory import ChartVersion, Post, SamePerson
from visitor_register.domain.people import BadgeCode, Person
from visitor_register.domain.policy import ChartAges
from visitor_register.domain.school import Account
from visitor_register.domain.verification import Listing
from visitor_register.domain.visits import Visit
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version, person, post
from visitor_register.services import bookings, chart_undo, directory, policy, today
from visitor_register.services.directory import Step


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table shows. Empty strings let everything through."""

    text: str = ""
    service: str = ""
    team: str = ""
    who_left: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table: a person with their post, or a vacant post (`person` is None)."""

    person: Person | None
    post: Post | None
    manager: str
    manager_title: str


@dataclass(frozen=True, slots=True)
class Age:
    """How old the newest chart is. `old`: amber, `very_old`: red."""

    chart: ChartVersion
    day: date
    days: int
    old: bool
    very_old: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The table with what belongs beside it. `any` is False before the first chart."""

    any: bool
    lines: tuple[Listed, ...]
    people: int
    teams: tuple[str, ...]
    services: tuple[str, ...]
    vacant: int
    age: Age | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """All about one person, as the desk may see it. `left` is the chart that no longer listed them."""

    person: Person
    listing: Listing
    posts: tuple[Post, ...]
    path: tuple[Step, ...]
    codes: tuple[BadgeCode, ...]
    visits: tuple[Visit, ...]
    bookings: tuple[Booking, ...]
    left: ChartVersion | None
    joined: tuple[tuple[SamePerson, Person], ...] = ()


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One accepted chart: by whom, and whether it is the one in use, which can be undone."""

    chart: ChartVersion
    accepted_by: str
    in_use: bool


def overview(session: Session, wanted: Wanted, *, at: datetime) -> Overview:
    """Read the table of the chart in use; `who_left` adds those who left it."""
    posts = {one.id: one for one in rows.select_all(session, Post, post.c.removed_by.is_(None))}
    people = {
        one.id: one
        for one in rows.select_all(session, Person, person.c.version.is_not(None), order_by=(person.c.sort_key,))
    }
    held: dict[UUID, list[UUID]] = {}
    holders: dict[UUID, list[Person]] = {}
    for holding in directory.holdings(session):
        if holding.post in posts and holding.person in people:
            held.setdefault(holding.person, []).append(holding.post)
            holders.setdefault(holding.post, []).append(people[holding.person])
    present = [one for one in people.values() if one.left_version is None]
    shown = list(people.values()) if wanted.who_left else present
    lines = [_listed(one, _place(one, held, posts), posts, holders) for one in shown]
    empty = [place for place in posts.values() if place.id not in holders]
    lines += [_listed(None, place, posts, holders) for place in sorted(empty, key=lambda place: place.title)]
    charts = directory.current_charts(session)
    return Overview(
        any=bool(charts),
        lines=tuple(line for line in lines if _fits(line, wanted)),
        people=len(present),
        teams=_spelt(place.team for place in posts.values() if wanted.service in ("", place.service)),
        services=_spelt(place.service for place in posts.values()),
        vacant=len(empty),
        age=_age(charts[0], policy.read(session, calendar.london_date(at)).chart_ages, at) if charts else None,
    )


def card(session: Session, identity: UUID) -> PersonCard | None:
    """Read one person's card; the records joined with theirs count as theirs."""
    found = directory.get(session, identity)
    if found is None:
        return None
    same = directory.aliases(session, identity)
    best = directory.best_of(session, found, same)
    left = chart_version.c.id == best.left_version
    return PersonCard(
        person=best,
        listing=directory.listing(best),
        posts=tuple(directory.posts_of(session, best.id)),
        path=tuple(directory.path_up(session, best.id)),
        codes=tuple(code for one in sorted(same) for code in directory.codes_of(session, one)),
        visits=tuple(today.recent_visits(session, same, limit=3)),
        bookings=tuple(bookings.planned_visits(session, same, limit=3)),
        left=rows.select_one(session, ChartVersion, left) if best.left_version is not None else None,
        joined=tuple(directory.joins_of(session, best.id)),
    )


def versions(session: Session) -> tuple[VersionLine, ...]:
    """Every chart ever accepted, the newest first, undone ones too."""
    who = {one.id: one.name for one in rows.select_all(session, Account)}
    found = rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at.desc(),))
    newest = {one.authority: chart_undo.newest(session, one.authority) for one in found}
    return tuple(VersionLine(one, who.get(one.accepted_by, ""), newest[one.authority] == one) for one in found)


def _listed(
    who: Person | None, place: Post | None, posts: Mapping[UUID, Post], holders: Mapping[UUID, list[Person]]
) -> Listed:
    above = posts.get(place.reports_to) if place is not None and place.reports_to is not None else None
    if above is None:
        return Listed(who, place, "", "")
    found = holders.get(above.id, [])
    return Listed(who, place, " / ".join(one.name for one in found) or "Vacant", above.title)


def _place(who: Person, held: Mapping[UUID, list[UUID]], posts: Mapping[UUID, Post]) -> Post | None:
    """Choose the post a person is listed with: the one on their record, if they hold it."""
    places = [posts[one] for one in held.get(who.id, ())]
    return next((one for one in places if (one.title, one.team) == (who.job_title, who.team)), next(iter(places), None))


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


def _age(chart: ChartVersion, ages: ChartAges, at: datetime) -> Age:
    day = directory.chart_date(chart)
    days = (calendar.london_date(at) - day).days
    return Age(chart, day, days, days >= ages.amber_days, days >= ages.red_days)
