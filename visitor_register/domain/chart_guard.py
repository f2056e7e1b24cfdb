"""Asks "is this the whole chart?" before half a council is taken to have left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_changes import ChartChanges
from visitor_register.domain.names import fold

_MANY_LEFT = 0.2
_MOST_OF_SERVICE = 0.5


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


def within(people: Sequence[ChartPerson], contained: frozenset[str]) -> tuple[ChartPerson, ...]:
    """Return the rows of those services: what a partial chart may update."""
    return tuple(row for row in people if fold(row.service) in contained)


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
