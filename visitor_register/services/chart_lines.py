"""The preview of a chart: every change as one line with its reason, and what a person is asked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.chart import ChartPerson, OpenSpelling, unresolved
from visitor_register.domain.chart_changes import Change
from visitor_register.domain.chart_humans import rows_by_person
from visitor_register.domain.names import fold
from visitor_register.services.chart_phones import say_phones
from visitor_register.services.chart_plan import Plan


class Kind(StrEnum):
    """What sort of change a line is."""

    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    RETITLED = "retitled"
    RENAMED = "renamed"
    CONTACT = "contact"
    STAFF_NUMBER = "staff number"
    MANAGER = "manager"
    """The person moved under another post."""
    HOLDER = "holder"
    """The post above has another holder: one line for all who report to it."""
    POST_ADDED = "post added"
    POST_REMOVED = "post removed"
    POST_FILLED = "post filled"
    POST_VACATED = "post vacated"
    TEAM_RENAMED = "team renamed"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """One change: who, a second line about them, from what to what, and why we say so."""

    kind: Kind
    who: str
    about: str
    what: str
    why: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a spelling may mean: the row's key, the name ("Vacant" for a vacant post), job and team."""

    key: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class OpenManager:
    """One spelling nobody could be set for: who reports to it, and whom it may mean, likeliest first."""

    spelling: str
    reports: tuple[str, ...]
    where: str
    about: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SamePair:
    """Two records that may be one human being. `assumed`: they count as one until somebody says no."""

    old: str
    new: str
    name: str
    before: str
    after: str
    why: str
    assumed: bool


def candidate(row: ChartPerson) -> Candidate:
    """Return a row as somebody to choose."""
    return Candidate(row.key, row.name or "Vacant", _place(row))


def open_managers(plan: Plan) -> tuple[OpenManager, ...]:
    """List the managers nobody could be set for, those with most reports first."""
    rows = {row.key: row for row in plan.rows}
    return tuple(_open(entry, rows) for entry in unresolved(plan.reading) if not set(entry.rows) <= plan.upward.keys())


def _open(entry: OpenSpelling, rows: dict[str, ChartPerson]) -> OpenManager:
    first = rows[entry.rows[0]]
    names = tuple(rows[key].name or f"Vacant: {rows[key].job_title}" for key in entry.rows)
    offered = tuple(candidate(rows[key]) for key in entry.candidates if key in rows)
    return OpenManager(entry.spelling, names, first.where, _place(first), offered)


def pairs(plan: Plan) -> tuple[SamePair, ...]:
    """List the pairs somebody may be asked about, the assumed ones last."""
    stored = (*plan.stored.rows, *plan.stored.former, *plan.stored.by_hand)
    old = {row.person: row for row in reversed(stored)}
    new = {row.person: row for row in reversed(plan.rows)}
    found = [
        SamePair(
            offer.old,
            offer.new,
            new[offer.new].name,
            _described(old[offer.old], new[offer.new]),
            _described(new[offer.new], old[offer.old]),
            offer.why,
            offer.assumed,
        )
        for offer in plan.offers
        if offer.old in old and offer.new in new
    ]
    return tuple(sorted(found, key=lambda one: one.assumed))


def lines(plan: Plan) -> tuple[Line, ...]:
    """Return every change as a line, in the order of the kinds."""
    return tuple(_Lines(plan).all())


class _Lines:
    def __init__(self, plan: Plan) -> None:
        self._plan, self._changes = plan, plan.changes
        self._old = {row.key: row for row in plan.stored.rows}
        self._new = {row.key: row for row in plan.rows}
        self._gone = {fold(row.name or row.written): row for row in plan.apart}
        self._posts = {row.post_ref: row for row in (*plan.stored.rows, *plan.rows) if row.post_ref}

    def all(self) -> Iterator[Line]:
        changes = self._changes
        for kind, found in (
            (Kind.JOINED, changes.joined),
            (Kind.LEFT, changes.left),
            (Kind.MOVED, changes.moved),
            (Kind.RETITLED, changes.retitled),
            (Kind.RENAMED, changes.renamed),
            (Kind.CONTACT, changes.contact_changed),
            (Kind.STAFF_NUMBER, changes.staff_no_changed),
            (Kind.MANAGER, changes.manager_changed_edge),
        ):
            yield from (self._of_person(kind, change) for change in found)
        yield from self._of_holders(changes.manager_changed_holder)
        for kind, refs in (
            (Kind.POST_ADDED, changes.post_added),
            (Kind.POST_REMOVED, changes.post_removed),
            (Kind.POST_FILLED, changes.post_filled),
            (Kind.POST_VACATED, changes.post_vacated),
        ):
            yield from (self._of_post(kind, ref) for ref in refs)
        for team in changes.team_renamed:
            people = _people(len(team.members))
            yield Line(Kind.TEAM_RENAMED, team.after, people, f"was {team.before}", "most of its people are the same")
        for problem in self._plan.reading.problems:
            yield Line(Kind.PROBLEM, problem.where[:1].upper() + problem.where[1:], "", problem.text, "")

    def _of_person(self, kind: Kind, change: Change) -> Line:
        old, new = self._old.get(change.old), self._new.get(change.new)
        row = new or old
        if row is None:
            return Line(kind, change.name, "", "", "")
        what, why, about = f"{change.before or 'none'} to {change.after or 'none'}", row.where, _place(row)
        if kind is Kind.JOINED:
            manager = self._new.get(row.manager or "")
            under = f", under {manager.name or 'a vacant post'}" if manager is not None else ""
            back = row.person in self._plan.returned
            what, about = f"{row.unit or row.service or 'no team'}{under}", row.job_title
            why = f"{row.where}, was on an older chart" if back else f"{row.where}, not on the chart before"
        elif kind is Kind.LEFT:
            apart = self._gone.get(fold(row.name))
            what, about = f"was {row.unit or row.job_title}", row.job_title
            why = f"{apart.where}, {apart.gone}" if apart is not None else "not in this file"
        elif kind is Kind.MOVED:
            about = row.job_title
        elif kind is Kind.CONTACT and old is not None and new is not None:
            word, before, after = _contact(change.field, old, new)
            what = f"{word}: {before or 'none'} to {after or 'none'}"
        elif kind is Kind.STAFF_NUMBER:
            why = f"{row.where}, the same person by name and e-mail or post"
        elif kind is Kind.MANAGER and old is not None and new is not None:
            above, now = self._old.get(old.manager or ""), self._new.get(new.manager or "")
            what = f"{_manager(above)} to {_manager(now)}"
            why = f"{row.where}, now under another post" if now is not None else f"{row.where}, manager left open"
        return Line(kind, change.name, about, what, why, row.key)

    def _of_holders(self, changes: Iterable[Change]) -> Iterator[Line]:
        """One succession is one line, however many report to the post."""
        groups: dict[tuple[str, str, str], list[Change]] = {}
        for change in changes:
            groups.setdefault((change.group, change.before, change.after), []).append(change)
        for (group, before, after), found in groups.items():
            post = self._posts.get(group)
            names = ", ".join(change.name for change in found[:3]) + (", ..." if len(found) > 3 else "")
            title = _place(post) if post is not None else group
            what = f"{before or 'nobody'} to {after or 'nobody'}"
            yield Line(Kind.HOLDER, f"{_people(len(found))} of {title}", names, what, "their post has another holder")

    def _of_post(self, kind: Kind, ref: str) -> Line:
        before = [row for row in self._plan.scope if row.post_ref == ref]
        after = [row for row in self._plan.rows if row.post_ref == ref]
        rows = after or before
        holders = ", ".join(row.name for row in rows if row.living) or "vacant"
        was = ", ".join(row.name for row in before if row.living) or "vacant"
        what = {Kind.POST_FILLED: f"vacant, now {holders}", Kind.POST_VACATED: f"was {was}, now vacant"}
        why = rows[0].where if after else "not in this file"
        return Line(kind, rows[0].job_title, rows[0].unit, what.get(kind, holders), why)


def unchanged(plan: Plan, found: Iterable[Line]) -> int:
    """Count the people no line is about."""
    touched = {plan_row for line in found for plan_row in [line.key] if plan_row}
    touched |= {change.new for change in plan.changes.manager_changed_holder}
    people = rows_by_person(plan.rows)
    return sum(not any(row.key in touched for row in rows) for rows in people.values())


def counts(found: Iterable[Line]) -> Counter[Kind]:
    """Count the lines of each kind."""
    return Counter(line.kind for line in found)


def _contact(field: str, old: ChartPerson, new: ChartPerson) -> tuple[str, str, str]:
    if field == "email":
        return "e-mail", old.email, new.email
    if field == "mobile":
        return "mobile", say_phones(old.mobiles), say_phones(new.mobiles)
    return "phone", say_phones(old.phones), say_phones(new.phones)


def _described(row: ChartPerson, other: ChartPerson) -> str:
    """What tells the two apart: everything in which they differ, the name always."""
    facts = (
        (row.job_title, other.job_title),
        (row.unit, other.unit),
        (row.staff_number, other.staff_number),
        (row.email, other.email),
    )
    differ = [mine for mine, theirs in facts if mine and fold(mine) != fold(theirs)]
    return ", ".join([row.name, *(differ or [_place(row)])])


def _place(row: ChartPerson) -> str:
    title, team = row.job_title, row.unit
    return title if team and fold(team) in fold(title) else ", ".join(filter(None, (title, team)))


def _manager(row: ChartPerson | None) -> str:
    if row is None:
        return "not known"
    return row.name or f"vacant ({row.job_title})"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
