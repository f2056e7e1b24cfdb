"""Which end of a glued connector is the manager: the higher box, once it is clear in which direction a chart grows."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from visitor_register.domain.chart_table import Mark
from visitor_register.files.drawn_shapes import Shape, Tie
from visitor_register.files.pptx_slide import Wire

# Places on a rectangle where a connector is glued.
_LEFT, _RIGHT = 1, 3
_SIDES = (_LEFT, _RIGHT)
# Damaged numbers lie further out, in points.
_FARTHEST = 20_000.0


class Growth(Enum):
    """Where the reports stand, seen from their manager."""

    DOWN = "down"
    RIGHT = "right"
    LEFT = "left"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Glue:
    """A connector between two boxes, in the direction in which it was drawn."""

    start: Shape
    end: Shape
    wire: Wire

    @property
    def sideways(self) -> bool:
        """Whether it goes from the right of one box to the left of another, as in a chart that grows sideways."""
        return self.wire.sites in ((_RIGHT, _LEFT), (_LEFT, _RIGHT))

    @property
    def turned(self) -> "Glue":
        """The same seen from its other end."""
        return Glue(self.end, self.start, Wire(self.wire.points, sites=self.wire.sites[::-1], dashed=self.wire.dashed))


def by_glue(glued: Sequence[Glue]) -> Iterator[Tie]:
    """Yield a tie a connector: set where it is clear who is above, else to check with its start as the manager."""
    lines = [glue for glue in glued if not glue.wire.dashed]
    across = [glue for glue in lines if glue.sideways]
    growth = Growth.DOWN if 2 * len(across) <= len(lines) else _growth(across)
    degree = Counter(shape.id for glue in lines for shape in (glue.start, glue.end))
    for glue in glued:
        points, dashed = tuple(glue.wire.points), glue.wire.dashed
        meant = _from_manager(glue, growth)
        sure = meant is not None and not dashed and not _is_assistant(meant, degree)
        # Where neither end is the upper one, most connectors are drawn from the manager.
        manager, child = (glue.start, glue.end) if meant is None else (meant.start, meant.end)
        yield Tie(child.id, manager.id, Mark.SET if sure else Mark.CHECK, points=points, dashed=dashed)


def is_above(shape: Shape, other: Shape) -> bool:
    """Say whether a box stands clearly above another: by more than half of the lower of the two."""
    if not _is_placed(shape) or not _is_placed(other):
        return False
    half = min(shape.bottom - shape.top, other.bottom - other.top) / 2
    return _down(other) - _down(shape) > max(half, 1.0)


def _from_manager(glue: Glue, growth: Growth) -> Glue | None:
    """Return a connector as seen from the manager; None where neither end is clearly that."""
    if glue.sideways and growth in (Growth.LEFT, Growth.RIGHT):
        return glue if (_across(glue.start) < _across(glue.end)) == (growth is Growth.RIGHT) else glue.turned
    lower = glue if is_above(glue.start, glue.end) else glue.turned
    if not is_above(lower.start, lower.end):
        return None
    # Between sides only what is wholly below is a report: neighbours may stand a little lower.
    beside = glue.sideways and (growth is Growth.UNCLEAR or lower.end.top < lower.start.bottom)
    return None if beside else lower


def _is_assistant(glue: Glue, degree: Counter[str]) -> bool:
    """Say whether the upper box may be somebody's assistant, drawn a little above at the end of a line of their own.

    A report that hangs at the same side as its manager is none.
    """
    above, below = glue.wire.sites
    return below in _SIDES and above != below and degree[glue.start.id] == 1 and degree[glue.end.id] > 1


def _growth(across: Sequence[Glue]) -> Growth:
    """Say where a chart grows whose connectors go from side to side: where everybody has one manager only."""
    right = _one_manager_each(across, lambda shape: _across(shape))
    left = _one_manager_each(across, lambda shape: -_across(shape))
    if right != left and all(map(_faces, across)):
        return Growth.RIGHT if right else Growth.LEFT
    layers = all(is_above(glue.start, glue.end) or is_above(glue.end, glue.start) for glue in across)
    down = layers and _one_manager_each(across, lambda shape: _down(shape))
    return Growth.DOWN if down and not all(map(_faces, across)) else Growth.UNCLEAR


def _faces(glue: Glue) -> bool:
    """Say whether a connector goes the short way, from the right of the left box to the left of the right one."""
    left, right = (glue.start, glue.end) if glue.wire.sites[0] == _RIGHT else (glue.end, glue.start)
    return left.right <= right.left


def _one_manager_each(glued: Sequence[Glue], place: Callable[[Shape], float]) -> bool:
    above: dict[str, set[str]] = defaultdict(set)
    for glue in glued:
        manager, child = sorted((glue.start, glue.end), key=place)
        above[child.id].add(manager.id)
    return all(len(managers) == 1 for managers in above.values())


def _is_placed(shape: Shape) -> bool:
    edges = (shape.left, shape.top, shape.right, shape.bottom)
    return all(math.isfinite(edge) and abs(edge) < _FARTHEST for edge in edges) and shape.bottom > shape.top


def _across(shape: Shape) -> float:
    return (shape.left + shape.right) / 2


def _down(shape: Shape) -> float:
    return (shape.top + shape.bottom) / 2
