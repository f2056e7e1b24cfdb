"""What a chart changes: every change as one line with its reason."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.calendar import london_date, say_date
from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_changes import Change, ChartChanges
from visitor_register.domain.chart_humans import rows_by_person
from visitor_register.domain.directory import HandField
from visitor_register.domain.names import fold
from visitor_register.services.chart_conflicts import words_of
from visitor_register.services.chart_phones import say_phones
from visitor_register.services.chart_plan import Plan, Rows
from visitor_register.services.chart_questions import place

FIELD_WORDS = {
    HandField.NAME: "name",
    HandField.KNOWN_AS: "known as",
    HandField.JOB_TITLE: "job title",
    HandField.TEAM: "team",
    HandField.PHONE: "phone",
    HandField.MOBILE: "mobile",
    HandField.EMAIL: "e-mail",
    HandField.STAFF_NUMBER: "staff number",
    HandField.REPORTS_TO: "manager",
    HandField.ON_CHART: "on the chart",
}
"""What may be changed by hand, as it is called on a screen."""


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
    BY_HAND = "by hand"
    """Something that was changed by hand and stays."""
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """One change: who, a second line about them, from what to what, and why we say so.

    `key` is the row it is about; `team` is whose change it is, "" for what is nobody's.
    """

    kind: Kind
    who: str
    about: str
    what: str
    why: str
    key: str = ""
    team: str = ""


def lines(plan: Plan) -> tuple[Line, ...]:
    """Return every change of an import as a line, in the order of the kinds."""
    apart = {fold(row.name or row.written): f"{row.where}, {row.gone}" for row in plan.apart}
    found = _Lines(plan.stored.rows, plan.rows, plan.changes, plan.scope, plan.returned, apart, "not in this file")
    problems = (
        Line(Kind.PROBLEM, problem.where[:1].upper() + problem.where[1:], "", problem.text, "")
        for problem in plan.reading.problems
        if not problem.asked
    )
    return (*found.all(), *_by_hand(plan), *problems)


def lines_between(old: Rows, new: Rows, changes: ChartChanges) -> tuple[Line, ...]:
    """Return every change from one accepted chart to another as a line, in the order of the kinds."""
    return tuple(_Lines(old, new, changes, old, frozenset(), {}, "not on the later chart").all())


def _by_hand(plan: Plan) -> Iterator[Line]:
    """Yield what was changed by hand and stays beside this chart."""
    for person, edits in plan.weighed.kept.items():
        who = plan.stored.people[person]
        for edit in edits:
            ours, theirs = (words_of(plan.stored, edit.field, value) for value in (edit.value, edit.chart_says))
            what = f"{FIELD_WORDS[edit.field]}: {ours}" + ("" if ours == theirs else f"; the chart says {theirs}")
            by = plan.stored.names.get(edit.by, "")
            why = _join(edit.reason, by, say_date(london_date(edit.at)))
            yield Line(Kind.BY_HAND, who.name, _join(who.job_title, who.team), what, why, team=who.team)


class _Lines:
    """The changes as lines. `gone` says why a name is not on the new chart, where a file tells; else `absent` does."""

    def __init__(
        self,
        old: Rows,
        new: Rows,
        changes: ChartChanges,
        scope: Rows,
        returned: Collection[str],
        gone: Mapping[str, str],
        absent: str,
    ) -> None:
        self._changes, self._rows, self._scope = changes, new, scope
        self._returned, self._gone, self._absent = returned, gone, absent
        self._old = {row.key: row for row in old}
        self._new = {row.key: row for row in new}
        self._posts = {row.post_ref: row for row in (*old, *new) if row.post_ref}

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
            why = "most of its people are the same"
            yield Line(Kind.TEAM_RENAMED, team.after, people, f"was {team.before}", why, team=team.after)

    def _of_person(self, kind: Kind, change: Change) -> Line:
        old, new = self._old.get(change.old), self._new.get(change.new)
        row = new or old
        if row is None:
            return Line(kind, change.name, "", "", "")
        what, why, about = f"{change.before or 'none'} to {change.after or 'none'}", row.where, place(row)
        if kind is Kind.JOINED:
            manager = self._new.get(row.manager or "")
            under = f", under {manager.name or 'a vacant post'}" if manager is not None else ""
            before = "was on an older chart" if row.person in self._returned else "not on the chart before"
            what, about = f"{row.unit or row.service or 'no team'}{under}", row.job_title
            why = _join(row.where, before)
        elif kind is Kind.LEFT:
            what, about = f"was {row.unit or row.job_title}", row.job_title
            why = self._gone.get(fold(row.name), self._absent)
        elif kind is Kind.MOVED:
            about = row.job_title
        elif kind is Kind.CONTACT and old is not None and new is not None:
            word, before, after = _contact(change.field, old, new)
            what = f"{word}: {before or 'none'} to {after or 'none'}"
        elif kind is Kind.STAFF_NUMBER:
            why = _join(row.where, "the same person by name and e-mail or post" if row.where else "")
        elif kind is Kind.MANAGER and old is not None and new is not None:
            above, now = self._old.get(old.manager or ""), self._new.get(new.manager or "")
            what = f"{_manager(above)} to {_manager(now)}"
            why = _join(row.where, "now under another post" if now is not None else "manager left open")
        return Line(kind, change.name, about, what, why, row.key, row.unit or row.service)

    def _of_holders(self, changes: Iterable[Change]) -> Iterator[Line]:
        """One succession is one line, however many report to the post."""
        groups: dict[tuple[str, str, str], list[Change]] = {}
        for change in changes:
            groups.setdefault((change.group, change.before, change.after), []).append(change)
        for (group, before, after), found in groups.items():
            post = self._posts.get(group)
            names = ", ".join(change.name for change in found[:3]) + (", ..." if len(found) > 3 else "")
            teams = {self._new[change.new].unit for change in found if change.new in self._new}
            team = teams.pop() if len(teams) == 1 else ""
            what = f"{after or 'nobody'} instead of {before or 'nobody'}"
            why = f"their post has another holder: {place(post) if post is not None else group}"
            who = ": ".join(filter(None, (team, _people(len(found)))))
            yield Line(Kind.HOLDER, who, names, what, why, team=team)

    def _of_post(self, kind: Kind, ref: str) -> Line:
        before = [row for row in self._scope if row.post_ref == ref]
        after = [row for row in self._rows if row.post_ref == ref]
        rows = after or before
        holders = ", ".join(row.name for row in rows if row.living) or "vacant"
        was = ", ".join(row.name for row in before if row.living) or "vacant"
        what = {Kind.POST_FILLED: f"vacant, now {holders}", Kind.POST_VACATED: f"was {was}, now vacant"}
        why = rows[0].where if after else self._absent
        return Line(kind, rows[0].job_title, rows[0].unit, what.get(kind, holders), why, team=rows[0].unit)


def unchanged(new: Rows, changes: ChartChanges, found: Iterable[Line]) -> int:
    """Count the people of the new chart no line is about."""
    touched = {line.key for line in found if line.key}
    touched |= {change.new for change in changes.manager_changed_holder}
    people = rows_by_person(new)
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


def _manager(row: ChartPerson | None) -> str:
    if row is None:
        return "not known"
    return row.name or f"vacant ({row.job_title})"


def _join(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
