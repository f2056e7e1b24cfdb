"""The chart in use, and who was on older ones, as rows that can be compared with a chart just read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import chart_told
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.directory import ChartVersion, HandEdit, Post
from visitor_register.domain.people import Person, PersonKind
from visitor_register.domain.school import Account
from visitor_register.domain.verification import Listing
from visitor_register.persistence import rows
from visitor_register.persistence.tables import chart_version, person, same_person
from visitor_register.services import directory
from visitor_register.services.chart_phones import read_again


@dataclass(frozen=True, slots=True)
class Stored:
    """One authority's chart as the register has it.

    Attributes:
        version: The newest accepted chart, or None.
        rows: Who holds which post as that chart says it, vacant posts too; nothing in them was changed by hand.
            `person` is the record's UUID as text.
        post_of: The post of each row that has one.
        former: People who left an older chart: they may come back.
        by_hand: People the desk wrote down, who may turn out to be on this chart.
        people, posts: All records by UUID as they stand, those no longer on the chart too.
        holders: Who holds each post now.
        told: The records of `people` as the newest chart says them.
        edits: What was changed by hand since, by person.
        names: The names of those who use the program.
    """

    authority: str
    version: ChartVersion | None
    rows: tuple[ChartPerson, ...]
    post_of: Mapping[str, UUID]
    former: tuple[ChartPerson, ...]
    by_hand: tuple[ChartPerson, ...]
    people: Mapping[UUID, Person]
    posts: Mapping[UUID, Post]
    holders: Mapping[UUID, frozenset[UUID]]
    told: Mapping[UUID, Person]
    edits: Mapping[UUID, tuple[HandEdit, ...]]
    names: Mapping[UUID, str]

    def as_reading(self) -> ChartReading:
        """The same rows as a reading, for the rules that compare two."""
        as_at = self.version.day if self.version is not None else None
        return ChartReading("", as_at, "", (), self.rows)


def load(session: Session, authority: str) -> Stored:
    """Read the chart of one authority as it stands now."""
    versions = {
        version.id: version
        for version in rows.select_all(session, ChartVersion, chart_version.c.authority == authority)
    }
    known = rows.select_all(session, Person, order_by=(person.c.sort_key,))
    # Who came with a chart that was taken back stands on none; the same record serves when they come again.
    people = {one.id: one for one in known if one.version in versions or (one.version is None and not one.by_hand)}
    posts = {one.id: one for one in rows.select_all(session, Post) if one.authority == authority}
    held: dict[UUID, set[UUID]] = defaultdict(set)
    for holding in directory.holdings(session):
        if holding.post in posts and holding.person in people:
            held[holding.post].add(holding.person)
    holders = {post: frozenset(found) for post, found in held.items()}
    edits: dict[UUID, tuple[HandEdit, ...]] = defaultdict(tuple)
    for edit in rows.select_all(session, HandEdit):
        if edit.person in people:
            edits[edit.person] += (edit,)
    told = chart_told.without_edits(people, posts, holders, (edit for found in edits.values() for edit in found))
    standing = [version for version in versions.values() if not version.undone]
    listed = tuple(rows_of(told.people, told.posts, told.holders))
    return Stored(
        authority=authority,
        version=max(standing, key=lambda version: version.accepted_at, default=None),
        rows=tuple(row for row, _ in listed),
        post_of={row.key: place for row, place in listed if place is not None},
        former=tuple(as_row(one) for one in told.people.values() if not _stands(one)),
        by_hand=tuple(as_row(one) for one in _unlisted(session, known)),
        people=people,
        posts=posts,
        holders=holders,
        told=told.people,
        edits=edits,
        names={one.id: one.name for one in rows.select_all(session, Account)},
    )


def rows_of(
    people: Mapping[UUID, Person], posts: Mapping[UUID, Post], holders: Mapping[UUID, Iterable[UUID]]
) -> Iterator[tuple[ChartPerson, UUID | None]]:
    """Yield each row with its post. The first row of a person is named by their record, as `person` is."""
    order = {identity: place for place, identity in enumerate(people)}
    places = {one.id: one for one in posts.values() if one.removed_by is None}
    keys: dict[tuple[UUID, UUID | None], str] = {}
    placed: set[UUID] = set()
    for place in places:
        found = sorted(holders.get(place, ()), key=order.__getitem__)
        for holder in found:
            keys[place, holder] = f"{holder}:{place}" if holder in placed else str(holder)
            placed.add(holder)
        if not found:
            keys[place, None] = str(place)
    # A reporting line leads to the first holder; the comparison asks for the holders of the post anyway.
    first = {place: key for (place, _), key in reversed(keys.items())}
    for (place, holding), key in keys.items():
        above = places[place].reports_to
        manager = first.get(above) if above is not None else None
        yield _row(key, places[place], people[holding] if holding is not None else None, manager), place
    for one in people.values():
        if _stands(one) and one.id not in placed:
            yield as_row(one), None


def _stands(one: Person) -> bool:
    """Whether somebody is on the chart in use."""
    return directory.listing(one) is Listing.CURRENT


def _row(key: str, place: Post, holder: Person | None, manager: str | None) -> ChartPerson:
    listed = as_row(holder) if holder is not None else ChartPerson(key, key, "", "", "", vacant=True)
    return replace(
        listed,
        key=key,
        job_title=place.title,
        unit=place.team,
        service=place.service,
        directorate=place.directorate,
        level=place.level,
        post_ref=place.ref,
        manager=manager,
    )


def as_row(one: Person) -> ChartPerson:
    """One person as a row, as their record has them."""
    return ChartPerson(
        key=str(one.id),
        person=str(one.id),
        where="",
        name=one.name,
        job_title=one.job_title,
        known_as=one.known_as,
        unit=one.team,
        service=one.service,
        organisation=one.organisation,
        staff_number=one.staff_number,
        email=one.email,
        phones=read_again(one.phone),
        mobiles=read_again(one.mobile),
        contract=one.contract,
    )


def _unlisted(session: Session, known: list[Person]) -> Iterator[Person]:
    """Yield people of a council whom the desk wrote down and nobody has found on a chart yet."""
    joined = session.execute(
        select(same_person.c.first, same_person.c.second).where(same_person.c.withdrawn.is_(False))
    )
    settled = {end for pair in joined for end in pair}
    for one in known:
        if one.by_hand and one.kind is PersonKind.COUNCIL and one.id not in settled:
            yield one
