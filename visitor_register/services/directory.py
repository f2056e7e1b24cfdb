"""The staff directory: find a person by code or by name, and the path from a person to the Head of Service."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.codes import fold_code
from visitor_register.domain.directory import ChartVersion, Holding, Post, SamePerson
from visitor_register.domain.events import CodeBound, CodeConfirmed, CodeWithdrawn, SamePersonWithdrawn
from visitor_register.domain.people import AT_THE_DESK, BadgeCode, CodeState, Operator, Person, Role
from visitor_register.domain.verification import Listing
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import badge_code, chart_version, holding, person, post, same_person
from visitor_register.services.access import require

MAX_STEPS = 60
"""A structure deeper than this is a ring that slipped through: the climb ends."""


@dataclass(frozen=True, slots=True)
class CodeFound:
    """Whom a code leads to. `exact` is False when only case or keyboard layout had to be forgiven."""

    person: Person
    withdrawn: bool
    exact: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One post on the way up. `holders` is empty for a vacant post; the climb goes on through it."""

    post: Post
    holders: tuple[Person, ...]

    @property
    def vacant(self) -> bool:
        """Whether nobody holds the post."""
        return not self.holders


def search(session: Session, text: str, *, limit: int = 20) -> list[Person]:
    """Find people by two or more letters of any part of their name, in index order, beginnings first.

    Accents, hyphens, apostrophes and case are forgiven; a nickname finds its holder.
    """
    words = names.words(text)
    if sum(len(word) for word in words) < 2:
        return []
    beginning = and_(*(person.c.search_key.contains(f" {word}", autoescape=True) for word in words))
    found = rows.select_all(session, Person, beginning, order_by=(person.c.sort_key,), limit=limit)
    if len(found) < limit:
        inside = and_(
            or_(
                and_(*(person.c.search_key.contains(word, autoescape=True) for word in words)),
                person.c.search_key.contains("".join(words), autoescape=True),
            ),
            person.c.id.not_in([hit.id for hit in found]),
        )
        found += rows.select_all(session, Person, inside, order_by=(person.c.sort_key,), limit=limit - len(found))
    return found


def find_code(session: Session, code: str) -> CodeFound | None:
    """Find who holds a badge code: bound codes first, then staff numbers of the chart.

    An exact match wins. A match after folding case and keyboard layout counts only when it is the only one.
    """
    folded = fold_code(code)
    for exact, codes_match, number_match in (
        (True, badge_code.c.code == code, person.c.staff_number == code),
        (False, badge_code.c.folded == folded, person.c.staff_number.in_((folded, folded.upper()))),
    ):
        held = rows.select_all(session, BadgeCode, codes_match, limit=10)
        live = [badge for badge in held if badge.state is not CodeState.WITHDRAWN]
        chosen = live or held
        if chosen and {badge.person for badge in chosen} <= aliases(session, chosen[0].person):
            holder = get(session, chosen[0].person)
            if holder is not None:
                provisional = chosen[0].state is CodeState.PROVISIONAL
                return CodeFound(holder, not live, exact, provisional)
        listed = rows.select_all(session, Person, number_match, person.c.staff_number != "", limit=3)
        current = [hit for hit in listed if hit.left_version is None] or listed
        if len(current) == 1 and not chosen:
            return CodeFound(current[0], withdrawn=False, exact=exact, provisional=False)
    return None


def get(session: Session, identity: UUID) -> Person | None:
    """One person as known now."""
    return rows.select_one(session, Person, person.c.id == identity)


def aliases(session: Session, identity: UUID) -> set[UUID]:
    """All records that a named person joined as one human being, this one included."""
    known, fresh = {identity}, {identity}
    while fresh:
        joined = session.execute(
            select(same_person.c.first, same_person.c.second).where(
                same_person.c.withdrawn.is_(False),
                or_(same_person.c.first.in_(fresh), same_person.c.second.in_(fresh)),
            )
        )
        fresh = {end for pair in joined for end in pair} - known
        known |= fresh
    return known


def joined(session: Session) -> dict[UUID, frozenset[UUID]]:
    """For everybody with a second record, all records that are one human being."""
    groups: dict[UUID, frozenset[UUID]] = {}
    for pair in session.execute(
        select(same_person.c.first, same_person.c.second).where(same_person.c.withdrawn.is_(False))
    ):
        together = groups.get(pair.first, frozenset({pair.first})) | groups.get(pair.second, frozenset({pair.second}))
        groups.update(dict.fromkeys(together, together))
    return groups


def best_of(session: Session, somebody: Person, same: set[UUID]) -> Person:
    """The record that says most about one human being: on the current chart, else on an older one, else as given."""
    records = [somebody, *rows.select_all(session, Person, person.c.id.in_(same - {somebody.id}))]
    order = (Listing.CURRENT, Listing.OLDER, Listing.NEVER)
    return min(records, key=lambda record: order.index(listing(record)))


def listing(somebody: Person) -> Listing:
    """Where somebody stands on the charts."""
    if somebody.version is None:
        return Listing.NEVER
    return Listing.CURRENT if somebody.left_version is None else Listing.OLDER


def codes_of(session: Session, identity: UUID) -> list[BadgeCode]:
    """Every code ever bound to somebody."""
    return rows.select_all(session, BadgeCode, badge_code.c.person == identity, order_by=(badge_code.c.code,))


def posts_of(session: Session, identity: UUID) -> list[Post]:
    """The posts somebody holds on the current chart."""
    held = select(holding.c.post).where(holding.c.person == identity)
    return rows.select_all(session, Post, post.c.id.in_(held), order_by=(post.c.ref,))


def shown_post(places: Iterable[Post], who: Person) -> Post | None:
    """Choose the post somebody is shown with: the one on their record, if they hold it, else the first."""
    held = list(places)
    return next((one for one in held if (one.title, one.team) == (who.job_title, who.team)), next(iter(held), None))


def path_up(session: Session, identity: UUID) -> list[Step]:
    """The posts above somebody, nearest first, up to the Head of Service; vacant posts stand in it as vacant."""
    held = posts_of(session, identity)
    return climb(session, held[0].reports_to) if held else []


def climb(session: Session, start: UUID | None) -> list[Step]:
    """Climb from a post by its reporting lines until a Head of Service, the top, or a ring."""
    steps: list[Step] = []
    seen: set[UUID] = set()
    while start is not None and start not in seen and len(steps) < MAX_STEPS:
        seen.add(start)
        above = rows.select_one(session, Post, post.c.id == start)
        if above is None:
            break
        steps.append(Step(above, tuple(holders_of(session, above.id))))
        if is_head_of_service(above):
            break
        start = above.reports_to
    return steps


def is_head_of_service(place: Post) -> bool:
    """Whether the ladder of escalation ends at this post. Source: protocol P6. Titles are data: this reads them."""
    return place.level.strip() == "2" or "head of service" in place.title.casefold()


def holders_of(session: Session, place: UUID) -> list[Person]:
    """Who holds a post."""
    held = select(holding.c.person).where(holding.c.post == place)
    return rows.select_all(session, Person, person.c.id.in_(held), order_by=(person.c.sort_key,))


def manager_of_team(session: Session, team: str, service: str) -> Step | None:
    """The present manager of a team, for somebody who left it: else the head of its service; else None.

    The manager is the holder of the post that most of the team's posts report to, or reported to before
    they were removed: the last worker of a team may have left it. Of two, the one in the team itself.
    """
    for column, value in ((post.c.team, team), (post.c.service, service)):
        if not value:
            continue
        places = {place.id: place for place in rows.select_all(session, Post, column == value)}
        votes = Counter(place.reports_to for place in places.values() if place.reports_to is not None)
        gone = {place.id for place in places.values() if place.removed_by is not None}
        for chosen in sorted(votes, key=lambda one: (one in gone, -votes[one], one not in places)):
            filled = next((step for step in climb(session, chosen) if not step.vacant), None)
            if filled is not None:
                return filled
    return None


def current_charts(session: Session) -> list[ChartVersion]:
    """Every accepted chart that was not undone, the newest first."""
    return rows.select_all(
        session,
        ChartVersion,
        chart_version.c.undone.is_(False),
        order_by=(chart_version.c.accepted_at.desc(),),
    )


def chart_date(chart: ChartVersion) -> date:
    """The day a chart is from: issued, else received."""
    return chart.issued_on or chart.received_on


def everybody(session: Session, *, current_only: bool = True) -> list[tuple[Person, Post | None]]:
    """People of the chart in index order, each with a post, for tables and pickers."""
    statement = (
        select(person, *(column.label(f"post_{column.name}") for column in post.c))
        .select_from(
            person.outerjoin(holding, holding.c.person == person.c.id).outerjoin(post, post.c.id == holding.c.post)
        )
        .where(person.c.version.is_not(None))
        .order_by(person.c.sort_key)
    )
    if current_only:
        statement = statement.where(person.c.left_version.is_(None))
    found = []
    for row in session.execute(statement).mappings():
        who = Person(**{column.name: row[column.name] for column in person.c})
        place = None
        if row["post_id"] is not None:
            place = Post(**{column.name: row[f"post_{column.name}"] for column in post.c})
        found.append((who, place))
    return found


def bind_code(session: Session, identity: UUID, code: str, *, by: Operator, at: datetime) -> None:
    """Bind a new code to somebody whose face was compared; provisional until a call-back or the DSL confirms."""
    require(by, AT_THE_DESK)
    journal.append(session, identity, CodeBound(code), by=by, at=at)


def confirm_code(session: Session, identity: UUID, code: str, *, by: Operator, at: datetime) -> None:
    """Confirm a provisional code."""
    require(by, {Role.DSL, Role.HEAD})
    journal.append(session, identity, CodeConfirmed(code), by=by, at=at)


def withdraw_code(session: Session, identity: UUID, code: str, reason: str, *, by: Operator, at: datetime) -> None:
    """Withdraw a code: reported lost, or bound to the wrong person. The record of it stays."""
    require(by, AT_THE_DESK)
    journal.append(session, identity, CodeWithdrawn(code, reason), by=by, at=at)


def holdings(session: Session) -> list[Holding]:
    """Who holds which post on the current chart."""
    return rows.select_all(session, Holding)


def joins_of(session: Session, identity: UUID) -> list[tuple[SamePerson, Person]]:
    """The records that were joined with somebody's, each with the join that can be withdrawn."""
    found = rows.select_all(
        session,
        SamePerson,
        same_person.c.withdrawn.is_(False),
        or_(same_person.c.first == identity, same_person.c.second == identity),
    )
    others = ((join, get(session, join.second if join.first == identity else join.first)) for join in found)
    return [(join, other) for join, other in others if other is not None]


def part(session: Session, join: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Say that two joined records are two people after all; what was read through the join is theirs again."""
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    if not reason.strip():
        raise RegisterError("Say why, in a few words: both stay on record.")
    journal.append(session, join, SamePersonWithdrawn(reason.strip()), by=by, at=at)
