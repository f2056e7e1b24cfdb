"""Sorts what a PDF page draws into frames of boxes and straight lines, whatever way the program drew them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from visitor_register.domain.chart_table import Point
from visitor_register.files.geometry_plane import Rectangle, Segment, around, neighbours

# In points: a line drawn as a filled shape is at most so thick, and a box at least so large.
_PEN = 3.0
_NARROW, _LOW = 18.0, 7.0
# Frames drawn twice (fill and outline, a shade in steps) have edges closer than this.
_SAME = 2.5
# A shade in steps is at least so many strips.
_STRIPS, _STEP = 4, 0.5
# Programs that know no dashes draw at least so many short lines, none longer than this.
_DASHES, _LONGEST_DASH = 3, 14.0
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


def sort_out(objects: Mapping[str, Sequence[Mapping[str, Any]]], width: float, height: float) -> Drawing:
    """Sort the lines, rectangles and curves of a page of this size (points)."""
    frames: list[Rectangle] = []
    lines: list[Segment] = []
    strokes: list[Segment] = []
    strips: list[Rectangle] = []
    for outline in _outlines(objects):
        space = outline.space()
        if outline.closed and _thickness(outline.points) > _PEN:
            if space.width >= width * _WHOLE_PAGE and space.height >= height * _WHOLE_PAGE:
                continue
            if space.width >= _NARROW and space.height >= _LOW:
                frames.append(space)
            elif not outline.stroked:
                strips.append(space)
        elif outline.closed and not outline.stroked and min(space.width, space.height) <= _PEN:
            strips.append(space)
        elif len(outline.points) > 2:
            lines += _segments(outline)
        else:
            strokes += _segments(outline)
    shades, thin = _shades(strips)
    frames += shades
    strokes += [_along(strip) for strip in thin if min(strip.width, strip.height) <= _PEN]
    lines += _with_dashes(strokes)
    if not frames:
        frames, lines = _from_lines(lines)
    return Drawing(tuple(_once(frames)), tuple(lines))


def _outlines(objects: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[_Outline]:
    for kind in ("rect", "curve", "line"):
        for drawn in objects.get(kind, ()):
            points = tuple((float(x), float(y)) for x, y in drawn["pts"])
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
    around, area = 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
        around += math.hypot(x2 - x1, y2 - y1)
        area += x1 * y2 - x2 * y1
    return abs(area) / around if around else 0.0


def _segments(outline: _Outline) -> Iterator[Segment]:
    ends = (*outline.points[1:], outline.points[0]) if outline.closed else outline.points[1:]
    for (x1, y1), (x2, y2) in zip(outline.points, ends, strict=False):
        if (x1, y1) != (x2, y2):
            yield Segment(x1, y1, x2, y2, outline.dashed)


def _along(strip: Rectangle) -> Segment:
    """The line that a thin rectangle stands for."""
    if strip.width < strip.height:
        middle = (strip.left + strip.right) / 2
        return Segment(middle, strip.top, middle, strip.bottom)
    middle = (strip.top + strip.bottom) / 2
    return Segment(strip.left, middle, strip.right, middle)


def _shades(strips: Sequence[Rectangle]) -> tuple[list[Rectangle], list[Rectangle]]:
    """Put the strips of a shade together into its box: (boxes, strips that belong to none)."""
    rows: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    for strip in strips:
        rows[round(strip.left), round(strip.right)].append(strip)
    boxes, rest = _piled(rows.values(), upright=True)
    columns: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    for strip in rest:
        columns[round(strip.top), round(strip.bottom)].append(strip)
    more, rest = _piled(columns.values(), upright=False)
    return boxes + more, rest


def _piled(groups: Iterable[list[Rectangle]], *, upright: bool) -> tuple[list[Rectangle], list[Rectangle]]:
    boxes, rest = [], []
    for group in groups:
        piles: list[list[Rectangle]] = []
        reached = -math.inf
        for strip in sorted(group, key=lambda one: (one.top, one.bottom) if upright else (one.left, one.right)):
            first, last = (strip.top, strip.bottom) if upright else (strip.left, strip.right)
            if first > reached + _STEP:
                piles.append([])
            piles[-1].append(strip)
            reached = max(last, reached) if len(piles[-1]) > 1 else last
        for pile in piles:
            whole = around(pile)
            enough = len(pile) >= _STRIPS and whole.width >= _NARROW and whole.height >= _LOW
            boxes += [whole] if enough else []
            rest += [] if enough else pile
    return boxes, rest


def _with_dashes(lines: Sequence[Segment]) -> Iterator[Segment]:
    """Put rows of short lines with like gaps together into one dashed line each."""
    tracks: dict[tuple[int, int], list[Segment]] = defaultdict(list)
    for line in lines:
        if line.length > _LONGEST_DASH or line.dashed:
            yield line
            continue
        turn = math.atan2(line.y2 - line.y1, line.x2 - line.x1) % math.pi
        aside = line.x1 * math.sin(turn) - line.y1 * math.cos(turn)
        tracks[round(turn * 30) % 94, round(aside)].append(line)
    for track in tracks.values():
        ordered = sorted(track, key=lambda line: (*min(line.ends), *max(line.ends)))
        rows: list[list[Segment]] = []
        for line in ordered:
            if rows and _goes_on(rows[-1], line):
                rows[-1].append(line)
            else:
                rows.append([line])
        for row in rows:
            if len(row) >= _DASHES:
                yield Segment(*min(row[0].ends), *max(row[-1].ends), dashed=True)
            else:
                yield from row


def _goes_on(row: Sequence[Segment], line: Segment) -> bool:
    before, after = max(row[-1].ends), min(line.ends)
    gap = math.dist(before, after)
    return (
        after > before
        and 0.8 <= gap <= _LONGEST_DASH
        and abs(line.length - row[0].length) <= 0.5 * max(line.length, row[0].length)
    )


def _from_lines(lines: Sequence[Segment]) -> tuple[list[Rectangle], list[Segment]]:
    """Find boxes drawn as four lines, two level ones of one length with upright ones at their ends: (boxes, rest)."""
    level: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    upright: dict[int, list[Rectangle]] = defaultdict(list)
    for space in (line.space() for line in lines):
        if space.height <= 1 and space.width >= _NARROW:
            level[round(space.left), round(space.right)].append(space)
        elif space.width <= 1 and space.height >= _LOW:
            upright[round(space.left)].append(space)
    frames, edges = [], set()
    for (left, right), spaces in level.items():
        spaces.sort(key=lambda space: space.top)
        for top, bottom in pairwise(spaces):
            sides = [_side(upright[edge], top.top, bottom.top) for edge in (left, right)]
            if bottom.top - top.top >= _LOW and all(sides):
                frames.append(around((top, bottom)))
                edges |= {top, bottom, *filter(None, sides)}
    return frames, [line for line in lines if line.space() not in edges]


def _side(lines: Sequence[Rectangle], top: float, bottom: float) -> Rectangle | None:
    """The upright line from one level line to the other."""
    return next((line for line in lines if abs(line.top - top) <= 1 and abs(line.bottom - bottom) <= 1), None)


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
