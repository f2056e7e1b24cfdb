"""Finds people who would be above themselves, and opens the ring."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from visitor_register.domain.chart import ChartPerson, Problem

Key = TypeVar("Key", bound=Hashable)


def find_rings(above: Mapping[Key, Key | None]) -> list[list[Key]]:
    """Return every ring in "row -> manager's row", each once. One pass of colouring; no recursion."""
    state: dict[Key, int] = {}
    rings = []
    for start in above:
        path: list[Key] = []
        at: Key | None = start
        while at is not None and at in above and at not in state:
            state[at] = 1
            path.append(at)
            at = above[at]
        if at is not None and state.get(at) == 1:
            rings.append(path[path.index(at) :])
        for key in path:
            state[key] = 2
    return rings


def cut_rings(people: Iterable[ChartPerson]) -> tuple[list[ChartPerson], list[Problem]]:
    """Take the manager off every member of a ring (which link is wrong nobody can know) and report the ring."""
    listed = list(people)
    rows = {person.key: person for person in listed}
    problems = []
    opened = set()
    for ring in find_rings({person.key: person.manager for person in listed}):
        opened.update(ring)
        names = [rows[key].name or rows[key].job_title for key in ring]
        shown = " > ".join([*names[:6], *(["..."] if len(names) > 6 else []), names[0]])
        text = f"{len(ring)} rows report to one another in a ring, so their managers are left open: {shown}."
        problems.append(Problem(rows[ring[0]].where, text, asked=True))
    return [replace(person, manager=None) if person.key in opened else person for person in listed], problems
