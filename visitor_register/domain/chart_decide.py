"""Applies what a person decided about open managers. A decision never makes somebody their own superior."""

from collections.abc import Mapping
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson, ChartReading, Problem, spelling_key
from visitor_register.domain.chart_rings import find_rings


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
    above = {person.key: person.manager for person in reading.people}
    problems = list(reading.problems)
    changed: dict[str, ChartPerson] = {}
    for key, manager in decisions.items():
        person = rows.get(key)
        if person is None or (manager is not None and manager not in rows):
            continue
        if manager is not None and (rows[manager].person == person.person or _closes_ring(above, key, manager)):
            who = person.name or person.job_title
            problems.append(Problem(person.where, f"{who} would be above themselves, so that manager was not set."))
            continue
        above[key] = manager
        changed[key] = replace(person, manager=manager, left_open=manager is None)
    people = tuple(changed.get(person.key, person) for person in reading.people)
    return replace(reading, people=people, problems=tuple(problems))


def _closes_ring(above: Mapping[str, str | None], key: str, manager: str) -> bool:
    return any(key in ring for ring in find_rings({**above, key: manager}))
