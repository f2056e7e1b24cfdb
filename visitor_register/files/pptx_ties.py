"""Who reports to whom on a slide: by the connectors that are glued to boxes, and by geometry for the other lines."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from visitor_register.domain.chart_table import Mark
from visitor_register.files import geometry
from visitor_register.files.drawn_boxes import stands_alone
from visitor_register.files.drawn_shapes import Shape, Tie
from visitor_register.files.pptx_boxes import Boxes
from visitor_register.files.pptx_glue import Glue, by_glue, is_above
from visitor_register.files.pptx_slide import Wire


def ties(boxes: Boxes, wires: Sequence[Wire]) -> tuple[Tie, ...]:
    """Settle the lines of a slide. What is glued says it exactly, once it is clear which end is the upper one."""
    shapes = {shape.id: shape for shape in boxes.shapes}
    glued, loose = [], []
    for wire in wires:
        start, end = boxes.of_number.get(wire.start, ""), boxes.of_number.get(wire.end, "")
        if start and end and start != end:
            glued.append(Glue(shapes[start], shapes[end], wire))
        elif wire.points:
            loose.append(wire)
    found = list(by_glue(glued))
    placed = {tie.child for tie in found if not tie.dashed}
    if loose or not glued:
        # A box that a glued line has placed already keeps that, unless another line sets somebody else.
        segments = _segments(loose)
        # A word lying beside a line is no box that the line ends at.
        reached = {shape.id for shape in boxes.shapes if shape.framed and _is_reached(shape, segments)}
        read = _by_geometry(boxes, segments, reached)
        found += [tie for tie in read if tie.child not in placed or tie.mark is Mark.SET or tie.dashed]
        placed |= {tie.child for tie in read if tie.mark is Mark.SET}
    found += _by_panels(boxes, shapes, wires, placed)
    tied = {end for tie in found for end in (tie.child, tie.manager)}
    untied = {shape.id for shape in boxes.shapes if shape.id not in tied and stands_alone(shape)}
    if glued and untied:
        found += [_offered(tie) for tie in _by_geometry(boxes, _segments(wires), tied) if tie.child in untied]
    return tuple(found)


def _segments(wires: Sequence[Wire]) -> list[geometry.Segment]:
    return [geometry.Segment(*one, *other, wire.dashed) for wire in wires for one, other in pairwise(wire.points)]


def _by_geometry(boxes: Boxes, segments: Sequence[geometry.Segment], tied: Container[str]) -> list[Tie]:
    """Read lines as they lie. Only what is on a line (`tied`) or reads as a post anyway can report or manage."""
    single = [shape for shape in boxes.shapes if shape.id not in boxes.around]
    posts = [shape for shape in single if shape.id in tied or stands_alone(shape)]
    return [tie for tie in geometry.ties(posts, segments) if tie.mark is not Mark.LOOSE]


def _offered(tie: Tie) -> Tie:
    """Return a line that only seems to be there: where the others are glued, somebody may have meant another."""
    return replace(tie, manager="", mark=Mark.CHECK, may=tie.may or (tie.manager,), points=())


def _is_reached(shape: Shape, segments: Sequence[geometry.Segment]) -> bool:
    """Say whether any line ends at a box."""
    reach = geometry.REACH
    return any(
        shape.left - reach <= x <= shape.right + reach and shape.top - reach <= y <= shape.bottom + reach
        for segment in segments
        for x, y in segment.ends
    )


def _by_panels(boxes: Boxes, shapes: Mapping[str, Shape], wires: Sequence[Wire], placed: set[str]) -> Iterator[Tie]:
    """Offer whoever a line leads to from a panel as the manager of those in it who have no line of their own."""
    for wire in wires:
        for panel, other in ((wire.start, wire.end), (wire.end, wire.start)):
            manager = boxes.of_number.get(other, "")
            for child in boxes.panels.get(panel, ()):
                if manager and child not in placed and is_above(shapes[manager], shapes[child]):
                    yield Tie(child, "", Mark.CHECK, (manager,), wire.points, wire.dashed)
