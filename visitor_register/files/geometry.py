"""Finds out by geometry who reports to whom, where the lines of a drawing are not glued to its boxes.

Lines that touch or cross are one net; a line that passes behind a box is cut there. What is drawn beyond doubt is
set: the boxes of a net report to the only box that the net leaves downwards (or, of a list hanging at its side,
to the box that stands out at its head). Everything else is offered to a person, the likeliest first:
a manager is never set by guess.
"""

import math
from collections.abc import Iterable, Sequence

from visitor_register.domain.chart_table import Mark, Point
from visitor_register.files.drawn import Shape, Tie
from visitor_register.files.geometry_lines import FAR, find_lines
from visitor_register.files.geometry_near import offers
from visitor_register.files.geometry_plane import Rectangle, Segment
from visitor_register.files.geometry_read import Reading, read

# 3 mm in points: what draughtsmen leave between a line and the box it was meant to reach.
REACH = 8.5
# Beyond this a page is no chart; its boxes stay unplaced, and nobody is offered for them.
MOST_SHAPES = 2_000

__all__ = ["MOST_SHAPES", "REACH", "Segment", "ties"]


def ties(shapes: Sequence[Shape], segments: Iterable[Segment], *, tolerance: float = REACH) -> list[Tie]:
    """Say for the boxes of one page to whom they report.

    Args:
        shapes: The boxes, none inside another.
        segments: The lines, in the same points; an elbow is several segments with common ends.
        tolerance: How far, in points, a line may end from what it was meant to reach.

    Returns:
        One tie a box that is `Mark.SET`; else one to check with the likeliest managers in `may`; else one to check
        for each of several boxes that its lines lead to; else one that is not placed. The box at the head of the
        page and text beside the chart (`framed` is False, no line arrives) have none. Dashed lines come besides.
    """
    usable = [shape for shape in shapes if _has_room(shape)]
    boxes = [Rectangle(shape.left, shape.top, shape.right, shape.bottom) for shape in usable]
    lost = [Tie(shape.id, "", Mark.LOOSE) for shape in shapes if not _has_room(shape)]
    if len(boxes) > MOST_SHAPES:
        return [Tie(shape.id, "", Mark.LOOSE) for shape in shapes]
    drawn = list(segments)
    reading, turned = read(boxes, find_lines(boxes, drawn, tolerance)), False
    if not reading.points_somewhere:
        sideways = [_turned(box) for box in boxes]
        other = read(sideways, find_lines(sideways, [_turned_line(line) for line in drawn], tolerance))
        if other.all_downwards:
            reading, turned = other, True
    found = _ties(usable, reading, turned=turned)
    return found + lost


def _ties(shapes: Sequence[Shape], reading: Reading, *, turned: bool) -> list[Tie]:
    beside = {at for at, shape in enumerate(shapes) if not shape.framed and at not in reading.touched}
    may = offers(reading, beside)
    managing = reading.managers.union(*reading.contested.values())
    found = []
    for at, shape in enumerate(shapes):
        if at in beside:
            continue
        placed = reading.placed.get(at)
        if placed is not None:
            found.append(Tie(shape.id, shapes[placed.manager].id, Mark.SET, points=_way(placed.way, turned=turned)))
        elif at in reading.contested:
            for manager, line in sorted(reading.contested[at].items()):
                way = _way(line, turned=turned)
                found.append(Tie(shape.id, shapes[manager].id, Mark.CHECK, points=way))
        elif may.get(at):
            found.append(Tie(shape.id, "", Mark.CHECK, tuple(shapes[other].id for other in may[at])))
        elif at not in managing and len(shapes) - len(beside) > 1:
            found.append(Tie(shape.id, "", Mark.LOOSE))
    for child, other, way in reading.dashed:
        points = _way(way, turned=turned)
        found.append(Tie(shapes[child].id, shapes[other].id, Mark.CHECK, points=points, dashed=True))
    return found


def _way(way: Sequence[Point], *, turned: bool) -> tuple[Point, ...]:
    return tuple((y, x) for x, y in way) if turned else tuple(way)


def _has_room(shape: Shape) -> bool:
    edges = (shape.left, shape.top, shape.right, shape.bottom)
    known = all(math.isfinite(edge) and abs(edge) < FAR for edge in edges)
    return known and shape.left < shape.right and shape.top < shape.bottom


def _turned(box: Rectangle) -> Rectangle:
    return Rectangle(box.top, box.left, box.bottom, box.right)


def _turned_line(line: Segment) -> Segment:
    return Segment(line.y1, line.x1, line.y2, line.x2, line.dashed)
