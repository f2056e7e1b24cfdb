"""Cuts the lines of a drawing at the boxes they pass behind, joins those that touch, and ties them to boxes."""

import math
from collections.abc import Iterable, Sequence

from visitor_register.domain.chart_table import Point
from visitor_register.files.geometry_nets import Lines
from visitor_register.files.geometry_plane import TOUCHING, Rectangle, Segment, Side, meeting, neighbours

# Farther out than any page or slide can be; what is there is no part of the picture.
FAR = 20_000.0
# Closer than this, a line touches from whatever direction it comes.
_ON_THE_EDGE = 0.75


def find_lines(boxes: Sequence[Rectangle], segments: Iterable[Segment], tolerance: float) -> Lines:
    """Cut, join and tie the lines of a page; none at all where they are a tangle beyond any chart.

    Args:
        boxes: With finite edges, left < right, top < bottom.
        segments: Any; those that are no part of the picture are left out.
        tolerance: How far, in points, a line that ends in the void may be from what it was meant to reach.
    """
    lines = Lines()
    drawn = list(dict.fromkeys(_one_way(segment) for segment in segments if _is_drawn(segment)))
    crossed = neighbours(boxes, [segment.space() for segment in drawn])
    if crossed is None:
        return Lines()
    for at, segment in enumerate(drawn):
        _cut(lines, at, segment, [(box, boxes[box]) for box in crossed[at]])
    spaces = [piece.space().grown(tolerance) for piece in lines.pieces]
    near_boxes, near_pieces = neighbours(boxes, spaces), neighbours(spaces, spaces)
    if near_boxes is None or near_pieces is None:
        return Lines()
    _tie(lines, boxes, near_boxes, near_pieces, tolerance)
    return lines


def _is_drawn(segment: Segment) -> bool:
    inside = all(math.isfinite(end) and abs(end) < FAR for point in segment.ends for end in point)
    return inside and segment.length > 0


def _one_way(segment: Segment) -> Segment:
    """The same line, in whichever direction it was drawn."""
    if segment.ends[0] <= segment.ends[1]:
        return segment
    return Segment(segment.x2, segment.y2, segment.x1, segment.y1, segment.dashed)


def _cut(lines: Lines, at: int, segment: Segment, boxes: Sequence[tuple[int, Rectangle]]) -> None:
    """Add the parts of a segment that are not behind a box, and where they come out from behind one."""
    edges = dict(boxes)
    hidden = sorted((*part, box) for box, shape in boxes if (part := _behind(segment, shape)))
    parts: list[tuple[float, float, int | None, int | None]] = []
    reached: float = 0.0
    held: int | None = None
    for first, last, box in hidden:
        if (first - reached) * segment.length > TOUCHING:
            parts.append((reached, first, held, box))
        if last > reached:
            reached, held = last, box
    if (1.0 - reached) * segment.length > TOUCHING or not hidden:
        parts.append((reached, 1.0, held, None))
    left, entered = {part[2] for part in parts}, {part[3] for part in parts}
    for first, last, *ends in parts:
        (x1, y1), (x2, y2) = segment.at(first), segment.at(last)
        lines.pieces.append(Segment(x1, y1, x2, y2, segment.dashed))
        lines.segment_of.append(at)
        for end, hidden_by in enumerate(ends):
            if hidden_by is not None:
                through = hidden_by in left and hidden_by in entered
                lines.touch(hidden_by, edges[hidden_by], len(lines.pieces) - 1, end, through=through)
    _go_on_behind(lines, len(parts))


def _go_on_behind(lines: Lines, parts: int) -> None:
    """Join a level line that goes on behind a box: a bar stays one bar. An upright one is cut there, unless dashed."""
    first = len(lines.pieces) - parts
    for piece in range(first + 1, len(lines.pieces)):
        ends = [touch for touch in lines.touches[-2 * parts :] if touch.piece in (piece - 1, piece) and touch.through]
        by_box = {touch.box: [other for other in ends if other.box == touch.box] for touch in ends}
        for pair in by_box.values():
            level = {touch.side for touch in pair} == {Side.LEFT, Side.RIGHT}
            if len(pair) > 1 and (level or lines.pieces[piece].dashed):
                lines.join(piece - 1, piece, pair[0].point)


def _behind(segment: Segment, box: Rectangle) -> tuple[float, float] | None:
    """The part of a segment that a box hides; None where it only touches or runs along its edge."""
    inner = box.grown(-min(TOUCHING, box.width / 4, box.height / 4))
    return segment.inside(box) if segment.inside(inner) else None


def _tie(
    lines: Lines,
    boxes: Sequence[Rectangle],
    near_boxes: Sequence[Sequence[int]],
    near_pieces: Sequence[Sequence[int]],
    tolerance: float,
) -> None:
    """Join what touches, then give each end in the void the nearest thing that it was meant to reach."""
    for at, others in enumerate(near_pieces):
        for other in others:
            if other > at and lines.pieces[at].dashed == lines.pieces[other].dashed:
                point, distance = meeting(lines.pieces[at], lines.pieces[other])
                if distance <= TOUCHING:
                    lines.join(at, other, point)
    held = {(touch.piece, touch.point) for touch in lines.touches}
    void = []
    joints = {at: tuple(joined) for at, joined in lines.joints.items()}
    for at, piece in enumerate(lines.pieces):
        for end, point in enumerate(piece.ends):
            if (at, point) in held:
                continue
            box = _reached(piece, end, [(box, boxes[box]) for box in near_boxes[at]], TOUCHING)
            if box is None:
                void.append((at, end))
            else:
                lines.touch(box, boxes[box], at, end)
    for at, end in void:
        point = lines.pieces[at].ends[end]
        own = min(tolerance, lines.pieces[at].length / 2)
        joined = [other for other, joint in joints.get(at, ()) if math.dist(point, joint) <= own]
        box = _reached(lines.pieces[at], end, [(box, boxes[box]) for box in near_boxes[at]], tolerance)
        if joined:
            # An end that is just past a joint is a pen that did not stop in time; several that point at one box, a fan.
            if box is not None and all(_points_at(lines.pieces[one], point, boxes[box], tolerance) for one in joined):
                lines.touch(box, boxes[box], at, end)
            continue
        known = {at, *(other for other, _ in joints.get(at, ()))}
        line = _nearest_line(lines.pieces, at, point, [one for one in near_pieces[at] if one not in known], tolerance)
        if box is not None and (line is None or boxes[box].away(point) <= math.dist(line[1], point)):
            lines.touch(box, boxes[box], at, end)
        elif line is not None:
            lines.join(at, *line)
        elif _rises(lines.pieces[at], end, tolerance):
            lines.upwards.add(at)


def _rises(piece: Segment, end: int, tolerance: float) -> bool:
    """Whether a line, longer than a slip of the pen, leads upwards to one of its ends."""
    point, behind = piece.ends[end], piece.ends[1 - end]
    return behind[1] - point[1] > max(tolerance, 2 * abs(behind[0] - point[0]))


def _points_at(piece: Segment, near: Point, box: Rectangle, tolerance: float) -> bool:
    """Whether a line ends near a point as well, and points at the same box."""
    end = min((0, 1), key=lambda one: math.dist(piece.ends[one], near))
    return math.dist(piece.ends[end], near) <= tolerance and _reached(piece, end, [(0, box)], tolerance) == 0


def _reached(piece: Segment, end: int, boxes: Sequence[tuple[int, Rectangle]], reach: float) -> int | None:
    """The nearest box that an end touches or points at."""
    point, behind = piece.ends[end], piece.ends[1 - end]
    longer = (reach + 1.0) / max(piece.length, 1e-6)
    ahead = Segment(*point, point[0] + (point[0] - behind[0]) * longer, point[1] + (point[1] - behind[1]) * longer)
    found = [
        (away, box)
        for box, edges in boxes
        if (away := edges.away(point)) <= _ON_THE_EDGE or (away <= reach and ahead.inside(edges.grown(1.0)))
    ]
    return min(found)[1] if found else None


def _nearest_line(
    pieces: Sequence[Segment], at: int, point: Point, near: Sequence[int], reach: float
) -> tuple[int, Point] | None:
    found = [
        (distance, other, there)
        for other in near
        if pieces[other].dashed == pieces[at].dashed
        if (distance := math.dist(there := pieces[other].closest(point), point)) <= reach
    ]
    return min(found)[1:] if found else None
