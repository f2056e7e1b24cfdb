"""A chart that says of every post its level and its service, and of nobody the manager: what it can be good for.

Councils publish it like that (the transparency code's organisation chart). It is the spine of a chart: who may be
above a post is offered from the level above, the same service first. The level never sets a manager.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.names import fold, words

_NUMBER = re.compile(r"\d{1,2}")
_OFFERED = 6
_RANKS = frozenset(words("head of and the for service services director assistant deputy manager lead team senior"))
_NO_MANAGERS = "No column says who the manager is, so nobody's manager is known."
_BY_LEVELS = (
    "The file names levels and services but no managers: nobody's manager was set, "
    "and posts of the level above are offered."
)


def offer(people: Sequence[ChartPerson]) -> tuple[tuple[ChartPerson, ...], str]:
    """Offer for each post those above it; return all rows, and a sentence on managers.

    Those of the same service come first, then the level next above in the same directorate, then the top.
    """
    by_level: dict[int, list[ChartPerson]] = defaultdict(list)
    for person in people:
        if (level := _level(person)) is not None and not person.gone:
            by_level[level].append(person)
    if len(by_level) < 2:
        return tuple(people), _NO_MANAGERS
    return tuple(replace(person, candidates=tuple(_above(person, by_level))) for person in people), _BY_LEVELS


def _above(person: ChartPerson, by_level: Mapping[int, Sequence[ChartPerson]]) -> Iterable[str]:
    level, top = _level(person), min(by_level)
    if level is None:
        return person.candidates
    own = frozenset(words(f"{person.service} {person.job_title}")) - _RANKS

    def order(at: int, other: ChartPerson) -> tuple[bool, int, int]:
        alike = own.intersection(words(f"{other.service} {other.job_title}"))
        return not _same(person.service, other.service), -at, -len(alike)

    found = [
        (order(at, other), other.key)
        for at in sorted(by_level)
        for other in by_level[at]
        if at < level and (at == top or _same(person.directorate, other.directorate) is not False)
    ]
    return [key for _, key in sorted(found, key=itemgetter(0))[:_OFFERED]]


def _same(one: str, other: str) -> bool | None:
    """Say whether two are the same; None where one of them is not said."""
    return fold(one) == fold(other) if one and other else None


def _level(person: ChartPerson) -> int | None:
    found = _NUMBER.search(person.level)
    return int(found.group()) if found else None
