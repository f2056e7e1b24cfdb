"""Turns a plan into what the journal is told: one event for each person and post that differs, and no other."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from uuid import UUID, uuid4

from visitor_register.domain import chart_told
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.directory import HandField, Post
from visitor_register.domain.events import PersonLeftChart, PersonListed, PostListed, PostRemoved, SamePersonFound
from visitor_register.domain.names import fold
from visitor_register.domain.people import Person
from visitor_register.domain.verification import Listing
from visitor_register.services import directory
from visitor_register.services.chart_listed import listed, main_row
from visitor_register.services.chart_plan import Plan, Rows
from visitor_register.services.chart_stored import Stored

Said = tuple[UUID, object]


def identify(plan: Plan) -> dict[str, UUID]:
    """Give every person of the file a record: the one they have, or a new one."""
    records = dict(plan.records)
    for row in plan.rows:
        if row.living and row.person not in records:
            records[row.person] = uuid4()
    return records


def events_of(plan: Plan, records: Mapping[str, UUID], version: UUID) -> Iterator[Said]:
    """Yield (subject, event) in the order in which they are written; nothing for what stays as it is."""
    places = post_ids(plan, records)
    yield from _people(plan, records, version, places)
    yield from _posts(plan, records, version, places)
    for written, person in plan.same_human:
        if person in records:
            yield uuid4(), SamePersonFound(written, records[person])


def _people(plan: Plan, records: Mapping[str, UUID], version: UUID, places: Mapping[str, UUID]) -> Iterator[Said]:
    by_person: dict[str, list[ChartPerson]] = defaultdict(list)
    for row in plan.rows:
        if row.living:
            by_person[row.person].append(row)
    for key, rows in by_person.items():
        before = plan.stored.people.get(records[key])
        if before is None or before.id not in plan.stored.edits:
            said = listed(rows, before, plan.stored.authority, version)
            if before is None or directory.listing(before) is not Listing.CURRENT or _differs(before, said):
                yield records[key], said
        else:
            yield from _edited(plan, before.id, rows, version, places)
    staying = {records[key] for key in by_person}
    gone = {UUID(row.person) for row in plan.scope if row.living} - staying
    for identity in sorted(gone):
        yield identity, PersonLeftChart(version)


def _edited(
    plan: Plan, person: UUID, rows: list[ChartPerson], version: UUID, places: Mapping[str, UUID]
) -> Iterator[Said]:
    """Yield what the chart says of somebody, and after it what stays as it was changed by hand."""
    told, decided = plan.stored.told[person], person in plan.weighed.decided
    if plan.weighed.stays_off(person):
        # The chart's word is not taken: that somebody decided so is all there is to say.
        yield from chart_told.said_again(plan.weighed.kept[person])
        return
    said = listed(rows, told, plan.stored.authority, version)
    above = _above(plan, main_row(rows, told), places)
    staying = [
        replace(edit, chart_says=str(above or "")) if edit.field is HandField.REPORTS_TO else edit
        for edit in plan.weighed.kept.get(person, ())
    ]
    if decided or _differs(told, said) or set(staying) != set(plan.stored.edits[person]):
        yield person, said
        yield from chart_told.said_again(staying)


def _differs(before: Person, said: PersonListed) -> bool:
    names = [field.name for field in fields(PersonListed) if field.name != "version"]
    return any(getattr(before, name) != getattr(said, name) for name in names)


def _posts(plan: Plan, records: Mapping[str, UUID], version: UUID, places: Mapping[str, UUID]) -> Iterator[Said]:
    order = {identity: at for at, identity in enumerate(records.values())}
    by_post: dict[UUID, list[ChartPerson]] = defaultdict(list)
    for row in plan.rows:
        by_post[places[row.key]].append(row)
    for identity, rows in by_post.items():
        living = {records[row.person] for row in rows if row.living}
        holders = {one for one in living if not plan.weighed.stays_off(one)}
        first = rows[0]
        said = PostListed(
            version=version,
            authority=plan.stored.authority,
            ref=first.post_ref,
            title=first.job_title,
            team=first.unit,
            service=first.service,
            directorate=first.directorate,
            level=first.level,
            reports_to=next((above for row in rows if (above := _above(plan, row, places)) is not None), None),
            holders=tuple(sorted(holders, key=order.__getitem__)),
        )
        for one in living:
            for edit in plan.weighed.kept.get(one, ()):
                if edit.post is not None and places[_main_of(plan, records, one).key] == identity:
                    said = chart_told.post_with(said, edit.field, edit.value)
        if said.reports_to == identity:
            # Both halves of a job share, each written as the other's manager.
            said = replace(said, reports_to=None)
        if not _stands(plan.stored, identity, said):
            yield identity, said
    for identity, post in plan.stored.posts.items():
        if post.removed_by is None and identity not in by_post and _may_go(plan, post):
            yield identity, PostRemoved(version)


def _above(plan: Plan, row: ChartPerson, places: Mapping[str, UUID]) -> UUID | None:
    """Return the post above a row: in the chart, or one of another service that a partial chart hangs on."""
    return places.get(row.manager) if row.manager is not None else plan.upward.get(row.key)


def _main_of(plan: Plan, records: Mapping[str, UUID], person: UUID) -> ChartPerson:
    rows = [row for row in plan.rows if row.living and records[row.person] == person]
    return main_row(rows, plan.stored.told.get(person))


def _stands(stored: Stored, identity: UUID, said: PostListed) -> bool:
    """Say whether a post already reads like this."""
    post = stored.posts.get(identity)
    if post is None or post.removed_by is not None:
        return False
    names = ("ref", "title", "team", "service", "directorate", "level", "reports_to")
    same = all(getattr(post, name) == getattr(said, name) for name in names)
    return same and stored.holders.get(identity, frozenset()) == frozenset(said.holders)


def _may_go(plan: Plan, post: Post) -> bool:
    return not plan.partial or fold(post.service) in plan.contained


def post_ids(plan: Plan, records: Mapping[str, UUID]) -> dict[str, UUID]:
    """Give every row the post it stands for: the one it was before where that is certain, else a new one.

    The same reference is the same post, unless one reference stands on different posts; without a
    reference it is kept by person, title and team, a vacant one by title and team.
    """
    groups = _one_place(plan.rows)
    free = {identity: post for identity, post in plan.stored.posts.items() if post.ref or _may_go(plan, post)}
    found: dict[int, UUID] = {}
    for ways in (_by_place, _by_reference, _by_holder, _by_holder_alone, _by_title):
        index: dict[object, list[UUID]] = defaultdict(list)
        for identity, post in sorted(free.items(), key=_standing_first):
            for way in ways(post, plan.stored.holders.get(identity, frozenset())):
                # A row without a reference may be any post; one with a reference only a post that had none.
                for mark in (False, True) if not post.ref else (False,):
                    index[mark, way].append(identity)
        for at, rows in enumerate(groups):
            held = frozenset(records[row.person] for row in rows if row.living)
            place = _as_post(rows[0])
            other = bool(place.ref) and ways not in (_by_place, _by_reference)
            for way in ways(place, held) if at not in found else ():
                if chosen := next((identity for identity in index.get((other, way), ()) if identity in free), None):
                    found[at] = chosen
                    del free[chosen]
                    break
    return {row.key: found.setdefault(at, uuid4()) for at, rows in enumerate(groups) for row in rows}


def _one_place(rows: Rows) -> list[list[ChartPerson]]:
    """Put the rows of a job share together: one reference with one title in one team."""
    shared: dict[tuple[str, str, str], list[ChartPerson]] = {}
    groups: list[list[ChartPerson]] = []
    for row in rows:
        place = (row.post_ref, fold(row.job_title), fold(row.unit))
        if row.post_ref and place in shared:
            shared[place].append(row)
            continue
        shared[place] = [row]
        groups.append(shared[place])
    return groups


def _as_post(row: ChartPerson) -> Post:
    nobody = UUID(int=0)
    return Post(nobody, "", row.post_ref, row.job_title, row.unit, row.service, "", "", None, nobody)


def _standing_first(entry: tuple[UUID, Post]) -> tuple[bool, str, str]:
    identity, post = entry
    return post.removed_by is not None, post.ref, str(identity)


def _by_place(post: Post, _holders: frozenset[UUID]) -> list[object]:
    return [(post.ref, fold(post.title), fold(post.team))] if post.ref else []


def _by_reference(post: Post, _holders: frozenset[UUID]) -> list[object]:
    return [post.ref] if post.ref else []


def _by_holder(post: Post, holders: frozenset[UUID]) -> list[object]:
    return [(holder, fold(post.title), fold(post.team)) for holder in sorted(holders)]


def _by_holder_alone(_post: Post, holders: frozenset[UUID]) -> list[object]:
    return [*sorted(holders)]


def _by_title(post: Post, holders: frozenset[UUID]) -> list[object]:
    return [] if holders else [(fold(post.title), fold(post.team))]
