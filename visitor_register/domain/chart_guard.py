"""Asks "is this the whole chart?" before half a council is taken to have left."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_changes import ChartChanges
from visitor_register.domain.names import fold

_MANY_LEFT = 0.2
_MOST_OF_SERVICE = 0.5
_BRANCH = 3


class Guard(StrEnum):
    """Why an import stops and asks."""

    MANY_LEFT = "many left"
    SERVICE_MISSING = "service missing"
    FEWER_LEVELS = "fewer levels"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  (it is one, and the standard one is never used here)
    """One reason to ask, with the sentence to show."""

    guard: Guard
    text: str


def warnings(old: ChartReading, new: ChartReading, changes: ChartChanges) -> tuple[Warning, ...]:
    """Return the reasons to ask before the new chart replaces the old one; () when there is none."""
    found = []
    before = {row.person for row in old.people if row.living}
    gone = [row for row in old.people if row.living and row.person not in changes.pairing.pairs]
    if before and len({row.person for row in gone}) > _MANY_LEFT * len(before):
        share = round(100 * len({row.person for row in gone}) / len(before))
        found.append(
            Warning(Guard.MANY_LEFT, f"{share}% of the people would have left. Is this the whole chart or one service?")
        )
    sizes, lost = (
        Counter(fold(row.service) for row in rows if row.living and row.service) for rows in (old.people, gone)
    )
    spelt = {fold(row.service): row.service for row in old.people}
    for service, count in sorted(lost.items()):
        if sizes[service] >= 2 and count > _MOST_OF_SERVICE * sizes[service]:
            text = f"{count} of {sizes[service]} people of “{spelt[service]}” are missing. Is the service left out?"
            found.append(Warning(Guard.SERVICE_MISSING, text))
    levels, levels_now = depth(old.people), depth(new.people)
    if levels_now < levels:
        found.append(Warning(Guard.FEWER_LEVELS, f"The chart has {levels_now} levels; the one before has {levels}."))
    if old.as_at and new.as_at and new.as_at < old.as_at:
        text = f"This chart is of {new.as_at:%d %B %Y}, older than the one in use of {old.as_at:%d %B %Y}."
        found.append(Warning(Guard.OLDER, text))
    return tuple(found)


def services(people: Iterable[ChartPerson]) -> frozenset[str]:
    """Return the services a chart contains, folded."""
    return frozenset(fold(row.service) for row in people if row.service and not row.gone)


def within(
    people: Sequence[ChartPerson], contained: frozenset[str], staying: Collection[str] = ()
) -> tuple[ChartPerson, ...]:
    """Return what a partial chart may update: people wholly in its services, and whoever is in the file (`staying`)."""
    elsewhere = {row.person for row in people if row.living and fold(row.service) not in contained}
    return tuple(
        row
        for row in people
        if row.person in staying or (fold(row.service) in contained and row.person not in elsewhere)
    )


def not_shown(people: Sequence[ChartPerson], staying: Collection[str]) -> frozenset[str]:
    """Return the rows of whole branches that the other chart does not show, where more would have left than usual.

    A branch is three people or more without anybody of `staying`, the people who are on both charts. Who stands
    above everybody of `staying` is not shown either.
    """
    living = {row.person for row in people if row.living}
    if len(living.difference(staying)) <= _MANY_LEFT * len(living):
        return frozenset()
    rows = {row.key: row for row in people}
    above = {row.key: row.manager for row in people if row.manager in rows}
    shown: set[str] = set()
    for row in people:
        at: str | None = row.key if row.living and row.person in staying else None
        while at is not None and at not in shown:
            shown.add(at)
            at = above.get(at)
    bare: dict[str, set[str]] = defaultdict(set)
    leaves = shown - {above[key] for key in shown if key in above}
    for row in people:
        if row.key not in shown:
            head = _head(row.key, above, shown)
            over = above.get(head) or ""
            bare[over if over in leaves else head].add(row.key)
    missing = {key for branch in bare.values() if sum(rows[key].living for key in branch) >= _BRANCH for key in branch}
    if not missing:
        return frozenset()
    tops = {key for key in shown if rows[key].person not in staying and above.get(key) not in shown}
    # Whose manager is not known stands under nobody; they go with their team.
    seen = {_team(rows[key]) for key in shown - bare.keys()} | {""}
    return frozenset(missing | tops | {key for key in rows.keys() - shown if _team(rows[key]) not in seen})


def _team(row: ChartPerson) -> str:
    return fold(row.unit or row.service)


def _head(key: str, above: Mapping[str, str | None], shown: Collection[str]) -> str:
    """Return the highest row over this one that still belongs to a part without anybody who is shown."""
    seen = {key}
    while (over := above.get(key)) is not None and over not in shown and over not in seen:
        seen.add(over)
        key = over
    return key


def depth(people: Sequence[ChartPerson]) -> int:
    """Return how many levels a chart has: 1 for a flat list."""
    above = {row.key: row.manager for row in people}
    known: dict[str, int] = {}
    for start in above:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in above and at not in known and at not in path:
            path.append(at)
            at = above[at]
        level = known.get(at, 0) if at is not None else 0
        for key in reversed(path):
            level += 1
            known[key] = level
    return max(known.values(), default=0)
