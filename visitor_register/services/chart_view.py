"""What the Chart screen shows: everybody in a table, one person's card, and the charts that were accepted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain.bookings import Booking
from visitor_register.domain.directory import ChartVersion, HandField, Post, SamePerson, numbers
from visitor_register.domain.people import BadgeCode, Person
from visitor_register.domain.school import Account
from visitor_register.domain.verification import Listing
from visitor_register.domain.visits import Visit
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version, person, post
from visitor_register.services import bookings, chart_age, chart_edits, chart_undo, directory, today
from visitor_register.services.chart_age import Age
from visitor_register.services.chart_lists import Listed, Wanted, list_of
from visitor_register.services.directory import Step


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
class ByHand:
    """Something changed by hand: which field, what the chart says, why, when and by whom."""

    field: HandField
    chart_says: str
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """All about one person, as the desk may see it.

    `left` is the chart that no longer listed them; None for who was taken off by hand. `edits`: what was changed by
    hand and no chart said since. `visit_count`: how often they were here in all.
    """

    person: Person
    listing: Listing
    posts: tuple[Post, ...]
    path: tuple[Step, ...]
    codes: tuple[BadgeCode, ...]
    visits: tuple[Visit, ...]
    bookings: tuple[Booking, ...]
    left: ChartVersion | None
    joined: tuple[tuple[SamePerson, Person], ...] = ()
    edits: tuple[ByHand, ...] = ()
    visit_count: int = 0


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One accepted chart: its number, by whom, and whether it is in use and can be undone."""

    chart: ChartVersion
    number: int
    accepted_by: str
    in_use: bool


def overview(session: Session, wanted: Wanted, *, at: datetime) -> Overview:
    """Read the table of the chart in use; `who_left` adds those who left it."""
    posts = rows.select_all(session, Post, post.c.removed_by.is_(None))
    people = rows.select_all(session, Person, person.c.version.is_not(None), order_by=(person.c.sort_key,))
    found = list_of(people, posts, directory.holdings(session), wanted)
    age = chart_age.read(session, at)
    return Overview(
        any=age is not None,
        lines=found.lines,
        people=found.people,
        teams=found.teams,
        services=found.services,
        vacant=found.vacant,
        age=age,
    )


def card(session: Session, identity: UUID) -> PersonCard | None:
    """Read one person's card; the records joined with theirs count as theirs."""
    found = directory.get(session, identity)
    if found is None:
        return None
    same = directory.aliases(session, identity)
    best = directory.best_of(session, found, same)
    left = chart_version.c.id == best.left_version
    edits = _by_hand(session, best.id)
    off = any(edit.field is HandField.ON_CHART for edit in edits)
    return PersonCard(
        person=best,
        listing=directory.listing(best),
        posts=tuple(directory.posts_of(session, best.id)),
        path=tuple(directory.path_up(session, best.id)),
        codes=tuple(code for one in sorted(same) for code in directory.codes_of(session, one)),
        visits=tuple(today.recent_visits(session, same, limit=3)),
        bookings=tuple(bookings.planned_visits(session, same, limit=3)),
        left=rows.select_one(session, ChartVersion, left) if best.left_version is not None and not off else None,
        joined=tuple(directory.joins_of(session, best.id)),
        edits=edits,
        visit_count=today.count_visits(session, same),
    )


def versions(session: Session) -> tuple[VersionLine, ...]:
    """Every chart ever accepted, the newest first, undone ones too."""
    who = {one.id: one.name for one in rows.select_all(session, Account)}
    found = rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at.desc(),))
    newest = {one.authority: chart_undo.newest(session, one.authority) for one in found}
    number = numbers(found)
    return tuple(
        VersionLine(one, number[one.id], who.get(one.accepted_by, ""), newest[one.authority] == one) for one in found
    )


def _by_hand(session: Session, identity: UUID) -> tuple[ByHand, ...]:
    who = {one.id: one.name for one in rows.select_all(session, Account)}
    return tuple(
        ByHand(edit.field, _says(session, edit.field, edit.chart_says), edit.reason, edit.at, who.get(edit.by, ""))
        for edit in chart_edits.of_person(session, identity)
    )


def _says(session: Session, field: HandField, value: str) -> str:
    """What the chart says instead, in words."""
    if field is HandField.ON_CHART:
        return "on the chart"
    if field is HandField.REPORTS_TO and value:
        holders = directory.holders_of(session, UUID(value))
        return " / ".join(one.name for one in holders) or "a vacant post"
    return value or "nothing"
