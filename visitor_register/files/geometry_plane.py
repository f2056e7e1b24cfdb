"""Points, straight lines and boxes on a page: how far, where they meet, and which are near each other."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from visitor_register.domain.chart_table import Point

# In points. A line that ends closer than this touches, as the pen is that wide.
TOUCHING = 2.0
_CELLS = 48
# A tangle with more pairs of neighbours than this, or more looks to find them, is no chart: so looking always ends.
_MOST_PAIRS, _MOST_LOOKS = 200_000, 2_000_000


class Side(Enum):
    """The edge of a box where a line arrives."""

    TOP = 0
    BOTTOM = 1
    LEFT = 2
    RIGHT = 3


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box, or the space round a line, in points; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def grown(self, by: float) -> "Rectangle":
        """The same with a margin on all sides; a negative one makes it smaller."""
        return Rectangle(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def away(self, point: Point) -> float:
        """How far a point is from it, 0 inside."""
        across = max(self.left - point[0], 0.0, point[0] - self.right)
        down = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return math.hypot(across, down)

    def beside(self, other: "Rectangle") -> float:
        """How far apart they are from left to right, 0 where one is above the other."""
        return max(self.left - other.right, 0.0, other.left - self.right)

    def apart(self, other: "Rectangle") -> float:
        """How far apart they are from top to bottom, 0 where one is beside the other."""
        return max(self.top - other.bottom, 0.0, other.top - self.bottom)

    def overlaps(self, other: "Rectangle") -> bool:
        """Whether they share a point."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def side_of(self, point: Point, behind: Point) -> Side:
        """The edge at which a line from `behind` arrives that ends at `point`."""
        upright = abs(point[1] - behind[1]) > abs(point[0] - behind[0])
        edges = {
            Side.TOP: abs(point[1] - self.top),
            Side.BOTTOM: abs(point[1] - self.bottom),
            Side.LEFT: abs(point[0] - self.left),
            Side.RIGHT: abs(point[0] - self.right),
        }
        if not self.left < point[0] < self.right and self.top < point[1] < self.bottom:
            del edges[Side.TOP], edges[Side.BOTTOM]
        elif self.left < point[0] < self.right and not self.top < point[1] < self.bottom:
            del edges[Side.LEFT], edges[Side.RIGHT]
        nearest = min(edges.values())
        # At a corner the direction of the line says which edge was meant.
        meant = [side for side, distance in edges.items() if distance <= nearest + TOUCHING]
        return min(meant, key=lambda side: ((side in (Side.TOP, Side.BOTTOM)) != upright, edges[side]))


@dataclass(frozen=True, slots=True)
class Segment:
    """One straight line of a drawing, in points from the page's top left corner."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False

    @property
    def ends(self) -> tuple[Point, Point]:
        """Both ends, as drawn."""
        return (self.x1, self.y1), (self.x2, self.y2)

    @property
    def length(self) -> float:
        """From end to end."""
        return math.hypot(self.x2 - self.x1, self.y2 - self.y1)

    def space(self) -> Rectangle:
        """The smallest rectangle round it."""
        return Rectangle(min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2))

    def at(self, part: float) -> Point:
        """The point at a part of the way, from 0 to 1."""
        if part in (0.0, 1.0):
            return self.ends[int(part)]
        return self.x1 + (self.x2 - self.x1) * part, self.y1 + (self.y2 - self.y1) * part

    def closest(self, point: Point) -> Point:
        """Its point that is nearest to another."""
        across, down = self.x2 - self.x1, self.y2 - self.y1
        square = across * across + down * down
        if square == 0:
            return self.x1, self.y1
        part = ((point[0] - self.x1) * across + (point[1] - self.y1) * down) / square
        return self.at(min(max(part, 0.0), 1.0))

    def inside(self, box: Rectangle) -> tuple[float, float] | None:
        """The part of it, each from 0 to 1, that lies in a box; None where it is outside."""
        first, last = 0.0, 1.0
        for start, end, low, high in ((self.x1, self.x2, box.left, box.right), (self.y1, self.y2, box.top, box.bottom)):
            if start == end:
                if not low <= start <= high:
                    return None
                continue
            enter, leave = sorted(((low - start) / (end - start), (high - start) / (end - start)))
            first, last = max(first, enter), min(last, leave)
        return (first, last) if first < last else None


def meeting(one: Segment, other: Segment) -> tuple[Point, float]:
    """Return where two lines meet or are nearest, and how far apart they are there."""
    across, down = one.x2 - one.x1, one.y2 - one.y1
    other_across, other_down = other.x2 - other.x1, other.y2 - other.y1
    turn = across * other_down - down * other_across
    if turn:
        away_x, away_y = other.x1 - one.x1, other.y1 - one.y1
        part = (away_x * other_down - away_y * other_across) / turn
        other_part = (away_x * down - away_y * across) / turn
        if 0 <= part <= 1 and 0 <= other_part <= 1:
            return one.at(part), 0.0
    found = [(end, one.closest(end)) for end in other.ends] + [(end, other.closest(end)) for end in one.ends]
    end, near = min(found, key=lambda pair: math.dist(*pair))
    return near, math.dist(end, near)


def around(places: Iterable[Rectangle]) -> Rectangle:
    """The smallest rectangle round several."""
    found = list(places)
    return Rectangle(
        min(place.left for place in found),
        min(place.top for place in found),
        max(place.right for place in found),
        max(place.bottom for place in found),
    )


def neighbours(ones: Sequence[Rectangle], others: Sequence[Rectangle]) -> list[list[int]] | None:
    """Return for each of the others the places of the ones that overlap it, in order.

    Only what shares a cell of a grid is compared; None where that is still too much to look at.
    """
    every = [*ones, *others]
    if not every:
        return []
    page = around(every)
    held: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, one in enumerate(ones):
        for cell in _cells(one, page):
            held[cell].append(at)
    pairs, looks, found = 0, 0, []
    for other in others:
        near: set[int] = set()
        for cell in _cells(other, page):
            here = held.get(cell, ())
            looks += 1 + len(here)
            near.update(here)
        found.append(sorted(at for at in near if ones[at].overlaps(other)))
        pairs += len(found[-1])
        if pairs > _MOST_PAIRS or looks > _MOST_LOOKS:
            return None
    return found


def _cells(one: Rectangle, page: Rectangle) -> Iterator[tuple[int, int]]:
    size = max(page.width, page.height, 1.0) / _CELLS
    for column in range(int((one.left - page.left) / size), int((one.right - page.left) / size) + 1):
        for row in range(int((one.top - page.top) / size), int((one.bottom - page.top) / size) + 1):
            yield column, row
