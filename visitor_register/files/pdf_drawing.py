"""Sorts what a PDF page draws into frames of boxes and straight lines, whatever way the program drew them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitor_register.domain.chart_table import Point
from visitor_register.files import pdf_strips
from visitor_register.files.geometry_plane import Rectangle, Segment, neighbours

# In points: a line drawn as a filled shape is at most so thick.
_PEN = 3.0
# Frames drawn twice (fill and outline, a shade in steps) have edges closer than this.
_SAME = 2.5
# The background of a page or slide covers at least this part of it.
_WHOLE_PAGE = 0.85


@dataclass(frozen=True, slots=True)
class Drawing:
    """The frames and lines of one page, in points from its top left corner."""

    frames: tuple[Rectangle, ...]
    lines: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    points: tuple[Point, ...]
    closed: bool
    dashed: bool
    stroked: bool

    def space(self) -> Rectangle:
        across, down = zip(*self.points, strict=True)
        return Rectangle(min(across), min(down), max(across), max(down))


def sort_out(objects: Mapping[str, Sequence[Mapping[str, Any]]], page: Rectangle) -> Drawing:
    """Sort the lines, rectangles and curves of a page that has this place in the file's coordinates."""
    frames: list[Rectangle] = []
    lines: list[Segment] = []
    strokes: list[Segment] = []
    strips: list[Rectangle] = []
    for outline in _outlines(objects, page):
        space = outline.space()
        if outline.closed and _thickness(outline.points) > _PEN:
            if space.width >= page.width * _WHOLE_PAGE and space.height >= page.height * _WHOLE_PAGE:
                continue
            if space.width >= pdf_strips.NARROW and space.height >= pdf_strips.LOW:
                frames.append(space)
            elif not outline.stroked:
                strips.append(space)
        elif outline.closed and not outline.stroked and min(space.width, space.height) <= _PEN:
            strips.append(space)
        elif len(outline.points) > 2:
            lines += _segments(outline)
        else:
            strokes += _segments(outline)
    shades, thin = pdf_strips.shades(strips)
    frames += shades
    strokes += [pdf_strips.along(strip) for strip in thin if min(strip.width, strip.height) <= _PEN]
    lines += pdf_strips.with_dashes(strokes)
    of_lines, rest = pdf_strips.from_lines(lines)
    if len(of_lines) > len(frames):
        frames, lines = frames + of_lines, rest
    return Drawing(tuple(_once(frames)), tuple(lines))


def _outlines(objects: Mapping[str, Sequence[Mapping[str, Any]]], page: Rectangle) -> Iterator[_Outline]:
    for kind in ("rect", "curve", "line"):
        for drawn in objects.get(kind, ()):
            points = tuple((float(x) - page.left, float(y) - page.top) for x, y in drawn["pts"])
            if len(points) < 2 or not (drawn["stroke"] or drawn["fill"]):
                continue
            if not all(math.isfinite(place) for point in points for place in point):
                continue
            back = math.dist(points[0], points[-1]) <= 0.5 and len(points) > 3
            closed = kind == "rect" or back or bool(drawn["fill"]) or drawn["path"][-1][0] == "h"
            yield _Outline(points, closed and len(points) > 2, _is_dashed(drawn.get("dash")), bool(drawn["stroke"]))


def _is_dashed(dash: Any) -> bool:
    """Read a dash pattern: ([on, off, ...], phase). Anything else is a line drawn through."""
    try:
        return any(float(part) > 0 for part in dash[0])
    except (TypeError, ValueError, IndexError):
        return False


def _thickness(points: Sequence[Point]) -> float:
    """How thick a closed shape is: a line drawn as an outline is long and thin, however it bends."""
    edge, area = 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        edge += math.hypot(x2 - x1, y2 - y1)
        area += x1 * y2 - x2 * y1
    return abs(area) / edge if edge else 0.0


def _segments(outline: _Outline) -> Iterator[Segment]:
    ends = (*outline.points[1:], outline.points[0]) if outline.closed else outline.points[1:]
    for (x1, y1), (x2, y2) in zip(outline.points, ends, strict=False):
        if (x1, y1) != (x2, y2):
            yield Segment(x1, y1, x2, y2, outline.dashed)


def _once(frames: Sequence[Rectangle]) -> list[Rectangle]:
    """Keep each frame once, the largest of those that are drawn over one another, in the order of the page."""
    largest: dict[tuple[int, int, int], Rectangle] = {}
    for frame in frames:
        step = round(frame.left), round(frame.right), round(frame.top)
        largest[step] = max(largest.get(step, frame), frame, key=lambda one: one.bottom)
    ordered = sorted(largest.values(), key=lambda one: (-one.width * one.height, one.top, one.left, one.right))
    near = neighbours(ordered, ordered)
    if near is None:
        return []
    kept: set[int] = set()
    for at, frame in enumerate(ordered):
        if not any(other in kept and _repeats(frame, ordered[other]) for other in near[at] if other < at):
            kept.add(at)
    return sorted((ordered[at] for at in kept), key=lambda one: (one.top, one.left, one.bottom, one.right))


def _repeats(frame: Rectangle, larger: Rectangle) -> bool:
    """Whether a frame shares at least three edges with a larger one, and lies within it."""
    inside = (
        frame.left >= larger.left - _SAME
        and frame.right <= larger.right + _SAME
        and frame.top >= larger.top - _SAME
        and frame.bottom <= larger.bottom + _SAME
    )
    shared = (
        abs(frame.left - larger.left) <= _SAME,
        abs(frame.right - larger.right) <= _SAME,
        abs(frame.top - larger.top) <= _SAME,
        abs(frame.bottom - larger.bottom) <= _SAME,
    )
    return inside and sum(shared) >= 3
