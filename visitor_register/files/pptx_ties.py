"""Who reports to whom on a slide: by the connectors that are glued to boxes, and by geometry for the other lines."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_table import Mark, Point
from visitor_register.files import geometry
from visitor_register.files.drawn_boxes import stands_alone
from visitor_register.files.drawn_shapes import Shape, Tie
from visitor_register.files.pptx_boxes import Boxes
from visitor_register.files.pptx_slide import Wire

# Places on a rectangle where a connector is glued.
_LEFT, _RIGHT = 1, 3
# Damaged numbers lie further out, in points.
_FARTHEST = 20_000.0


@dataclass(frozen=True, slots=True)
class _Glue:
    """A connector between two boxes, in the direction in which it was drawn."""

    start: Shape
    end: Shape
    wire: Wire

    @property
    def sideways(self) -> bool:
        """Whether it goes from the right of one box to the left of another, as in a chart that grows sideways."""
        return self.wire.sites in ((_RIGHT, _LEFT), (_LEFT, _RIGHT))

    @property
    def reversed(self) -> "_Glue":
        """The same seen from its other end."""
        return _Glue(self.end, self.start, self.wire)


def ties(boxes: Boxes, wires: Sequence[Wire]) -> tuple[Tie, ...]:
    """Settle the lines of a slide. What is glued says it exactly, once it is clear which end is the upper one."""
    shapes = {shape.id: shape for shape in boxes.shapes}
    glued, loose = [], []
    for wire in wires:
        start, end = boxes.of_number.get(wire.start, ""), boxes.of_number.get(wire.end, "")
        if start and end and start != end:
            glued.append(_Glue(shapes[start], shapes[end], wire))
        elif wire.points:
            loose.append(wire)
    found = list(_by_glue(glued))
    placed = {tie.child for tie in found if not tie.dashed}
    if loose or not glued:
        return (*found, *_by_geometry(boxes, loose, placed))
    return tuple(found)


def _by_glue(glued: Sequence[_Glue]) -> Iterator[Tie]:
    lines = [glue for glue in glued if not glue.wire.dashed]
    upright = [glue for glue in lines if not glue.sideways]
    across = None if upright else _grows_to_the_right(lines)
    for glue in glued:
        if glue.sideways:
            sure = across is not None
            lower = glue if (_middle(glue.start)[0] < _middle(glue.end)[0]) == (across is not False) else glue.reversed
        else:
            lower = glue if _is_above(glue.start, glue.end) else glue.reversed
            sure = _is_above(lower.start, lower.end)
        # Where neither end is the upper one, most connectors are drawn from the manager.
        manager, child = (lower.start, lower.end) if sure else (glue.start, glue.end)
        points = tuple(glue.wire.points)
        if sure and not glue.wire.dashed:
            yield Tie(child.id, manager.id, Mark.SET, points=points)
        else:
            yield Tie(child.id, manager.id, Mark.CHECK, points=points, dashed=glue.wire.dashed)


def _grows_to_the_right(lines: Sequence[_Glue]) -> bool | None:
    """Say to which side a chart grows that is drawn from left to right: where nobody has two managers. None: unsure."""
    right, left = defaultdict(set), defaultdict(set)
    for glue in lines:
        first, second = sorted((glue.start, glue.end), key=lambda shape: _middle(shape)[0])
        right[second.id].add(first.id)
        left[first.id].add(second.id)
    one_right, one_left = (all(len(above) == 1 for above in side.values()) for side in (right, left))
    return None if one_right == one_left else one_right


def _is_above(shape: Shape, other: Shape) -> bool:
    """Say whether a box stands clearly above another: by more than half of the lower of the two."""
    if not _is_placed(shape) or not _is_placed(other):
        return False
    half = min(shape.bottom - shape.top, other.bottom - other.top) / 2
    return _middle(other)[1] - _middle(shape)[1] > max(half, 1.0)


def _is_placed(shape: Shape) -> bool:
    edges = (shape.left, shape.top, shape.right, shape.bottom)
    return all(math.isfinite(edge) and abs(edge) < _FARTHEST for edge in edges) and shape.bottom > shape.top


def _middle(shape: Shape) -> Point:
    return (shape.left + shape.right) / 2, (shape.top + shape.bottom) / 2


def _by_geometry(boxes: Boxes, wires: Sequence[Wire], placed: set[str]) -> Iterator[Tie]:
    """Read the lines that are glued to nothing. A box that a glued line has placed already keeps that."""
    segments = [
        geometry.Segment(*one, *other, wire.dashed)
        for wire in wires
        for one, other in zip(wire.points, wire.points[1:], strict=False)
    ]
    single = [shape for shape in boxes.shapes if shape.id not in boxes.panels]
    # A word lying beside a line is no box that the line ends at.
    posts = [shape for shape in single if stands_alone(shape) or (shape.framed and _is_reached(shape, segments))]
    for tie in geometry.ties(posts, segments):
        if tie.mark is not Mark.LOOSE and (tie.child not in placed or tie.mark is Mark.SET or tie.dashed):
            yield tie


def _is_reached(shape: Shape, segments: Sequence[geometry.Segment]) -> bool:
    """Say whether any line ends at a box."""
    reach = geometry.REACH
    return any(
        shape.left - reach <= x <= shape.right + reach and shape.top - reach <= y <= shape.bottom + reach
        for segment in segments
        for x, y in segment.ends
    )
