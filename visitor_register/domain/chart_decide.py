"""Applies what a person decided about open managers. A decision never makes somebody their own superior."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson, ChartReading, Problem, spelling_key

_ABOVE = "would be above themselves"


def resolve(reading: ChartReading, decisions: Mapping[str, str | None]) -> ChartReading:
    """Apply decisions of the form "this spelling is that row" to every open row with the spelling.

    Args:
        reading: The chart as read; it is not changed.
        decisions: Spelling as written (case and accents do not matter) to a row's key, or to None
            for "leave it open". Keys that are not on this chart are passed over.
    """
    folded = {spelling_key(spelling): key for spelling, key in decisions.items()}
    rows = {
        person.key: folded[spelling_key(person.manager_text)]
        for person in reading.people
        if person.manager is None and person.manager_text and spelling_key(person.manager_text) in folded
    }
    return resolve_rows(reading, rows)


def resolve_rows(reading: ChartReading, decisions: Mapping[str, str | None]) -> ChartReading:
    """Apply decisions row by row, also to rows that have a manager (a hand edit). None leaves the row open.

    A link that would close a ring is not made; a problem says so.
    """
    rows = {person.key: person for person in reading.people}
    wanted = {key: above for key, above in decisions.items() if key in rows and (above is None or above in rows)}
    # A line that is replaced must not stand in the way of another new one, whichever was decided first.
    above = {key: None if key in wanted else person.manager for key, person in rows.items()}
    problems = list(reading.problems)
    changed: dict[str, ChartPerson] = {}
    for key, manager in wanted.items():
        person, left_open = rows[key], manager is None
        if manager is not None and _above_themselves(rows, above, key, manager):
            problems.append(Problem(person.where, f"{_who(person)} {_ABOVE}, so that manager was not set."))
            before = person.manager
            manager = None if before is None or _above_themselves(rows, above, key, before) else before
        above[key] = manager
        changed[key] = replace(person, manager=manager, left_open=left_open)
    people = tuple(changed.get(person.key, person) for person in reading.people)
    return replace(reading, people=people, problems=tuple(problems))


def refusals(people: Sequence[ChartPerson], rows: Iterable[str], manager: str) -> tuple[str, ...]:
    """Return those of these rows that cannot be put under a manager: they would be above themselves.

    Args:
        people: The chart with everything that was decided so far.
        rows, manager: Keys of rows.
    """
    known = {person.key: person for person in people}
    above = {person.key: person.manager for person in people}
    return tuple(key for key in rows if key in known and _above_themselves(known, above, key, manager))


def _above_themselves(rows: Mapping[str, ChartPerson], above: Mapping[str, str | None], key: str, manager: str) -> bool:
    return rows[manager].person == rows[key].person or key in _upwards(above, manager)


def _upwards(above: Mapping[str, str | None], key: str) -> Iterator[str]:
    seen: set[str] = set()
    at: str | None = key
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = above.get(at)


def _who(person: ChartPerson) -> str:
    return person.name or person.job_title
