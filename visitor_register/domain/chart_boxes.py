"""How sure the manager of each box of a drawing is, after everything that was read and decided so far."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_table import Mark


@dataclass(frozen=True, slots=True)
class BoxState:
    """One box of the drawing as it stands.

    Attributes:
        id: The box.
        rows: Keys of its rows; several people may share one.
        mark: How sure its line upwards is.
        manager: The box above it, "" for none.
        top: Nobody is above it, and more people are under it than under any other such box.
        by_hand: A person said whose box is above it, or that it is left open.
    """

    id: str
    rows: tuple[str, ...]
    mark: Mark
    manager: str = ""
    top: bool = False
    by_hand: bool = False

    @property
    def asked(self) -> bool:
        """Whether a person should still say who is above it."""
        return self.mark is not Mark.SET and not self.top and not self.by_hand


def states(people: Sequence[ChartPerson], decided: Mapping[str, str | None]) -> dict[str, BoxState]:
    """Say of every box how sure its line is, in the order of the drawing.

    Args:
        people: The rows of the chart with everything that was decided.
        decided: What was said row by row: its key, and that of the manager's row or None.
    """
    boxes: dict[str, list[ChartPerson]] = defaultdict(list)
    for person in people:
        if person.box and not person.gone:
            boxes[person.box].append(person)
    box_of = {person.key: person.box for person in people}
    found = {id_: _state(id_, rows, box_of, decided) for id_, rows in boxes.items()}
    top = _top(found.values())
    if top is not None:
        found[top] = replace(found[top], top=True)
    return found


def count(found: Iterable[BoxState]) -> dict[Mark, int]:
    """Count the lines of a drawing by how sure they are; nobody is above the top."""
    counted = Counter(state.mark for state in found if not state.top)
    return {mark: counted[mark] for mark in Mark}


def placed(reading: ChartReading) -> ChartReading:
    """Say of each row of a drawing on which page it stands: the number of a row means nothing there."""
    pages = {box.id: page.name.partition(":")[0] for page in reversed(reading.pages) for box in page.boxes}
    if not pages:
        return reading
    where = {person.where: pages.get(person.box, person.where) for person in reading.people}
    return replace(
        reading,
        people=tuple(replace(person, where=where[person.where]) for person in reading.people),
        problems=tuple(replace(one, where=where.get(one.where, one.where)) for one in reading.problems),
    )


def _state(
    id_: str, rows: Sequence[ChartPerson], box_of: Mapping[str, str], decided: Mapping[str, str | None]
) -> BoxState:
    managers = [row.manager for row in rows if row.manager is not None]
    offered = any(row.candidates and not row.left_open for row in rows)
    mark = Mark.SET if managers else Mark.CHECK if offered else Mark.LOOSE
    by_hand = any(row.key in decided or row.left_open for row in rows)
    manager = box_of.get(managers[0], "") if managers else ""
    return BoxState(id_, tuple(row.key for row in rows), mark, manager, by_hand=by_hand)


def _top(found: Iterable[BoxState]) -> str | None:
    """Return the box under which most others stand, of those that nothing says to be under another."""
    listed = list(found)
    above = {state.id: state.manager for state in listed}
    tops: Counter[str] = Counter()
    heads: dict[str, str] = {}
    for state in listed:
        path = [state.id]
        while path[-1] not in heads and above.get(path[-1]) and above[path[-1]] not in path:
            path.append(above[path[-1]])
        head = heads.get(path[-1], path[-1])
        heads.update(dict.fromkeys(path, head))
        tops[head] += 1
    free = [state.id for state in listed if state.mark is Mark.LOOSE and not state.by_hand and tops[state.id] > 1]
    # The first of equals: a drawing begins at its top.
    return max(free, key=lambda id_: tops[id_], default=None)
