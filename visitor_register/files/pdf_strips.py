"""Puts together what programs draw in bits: shades in strips, dashes one by one, boxes as four lines."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from visitor_register.files.geometry_plane import Rectangle, Segment, around

# In points: a box is at least so large.
NARROW, LOW = 18.0, 7.0
# A shade in steps is at least so many strips, no farther apart than this.
_STRIPS, _STEP = 4, 0.5
# Programs that know no dashes draw at least so many short lines, none longer than this.
_DASHES, _LONGEST_DASH = 3, 14.0


def along(strip: Rectangle) -> Segment:
    """The line that a thin rectangle stands for."""
    if strip.width < strip.height:
        middle = (strip.left + strip.right) / 2
        return Segment(middle, strip.top, middle, strip.bottom)
    middle = (strip.top + strip.bottom) / 2
    return Segment(strip.left, middle, strip.right, middle)


def shades(strips: Sequence[Rectangle]) -> tuple[list[Rectangle], list[Rectangle]]:
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
            enough = len(pile) >= _STRIPS and whole.width >= NARROW and whole.height >= LOW
            boxes += [whole] if enough else []
            rest += [] if enough else pile
    return boxes, rest


def with_dashes(lines: Sequence[Segment]) -> Iterator[Segment]:
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


def from_lines(lines: Sequence[Segment]) -> tuple[list[Rectangle], list[Segment]]:
    """Find boxes drawn as four lines, two level ones of one length with upright ones at their ends: (boxes, rest)."""
    level: dict[tuple[int, int], list[Rectangle]] = defaultdict(list)
    upright: dict[int, list[Rectangle]] = defaultdict(list)
    for space in (line.space() for line in lines):
        if space.height <= 1 and space.width >= NARROW:
            level[round(space.left), round(space.right)].append(space)
        elif space.width <= 1 and space.height >= LOW:
            upright[round(space.left)].append(space)
    frames, edges = [], set()
    for (left, right), spaces in level.items():
        spaces.sort(key=lambda space: space.top)
        for top, bottom in pairwise(spaces):
            sides = [_side(upright[edge], top.top, bottom.top) for edge in (left, right)]
            if bottom.top - top.top >= LOW and all(sides):
                frames.append(around((top, bottom)))
                edges |= {top, bottom, *filter(None, sides)}
    return frames, [line for line in lines if line.space() not in edges]


def _side(lines: Sequence[Rectangle], top: float, bottom: float) -> Rectangle | None:
    """The upright line from one level line to the other."""
    return next((line for line in lines if abs(line.top - top) <= 1 and abs(line.bottom - bottom) <= 1), None)
