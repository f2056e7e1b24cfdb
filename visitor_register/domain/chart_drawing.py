"""What the drawing of an organisation chart is made of: cards, the gaps between them, boxes and lines.

Measures are in whole units of whatever is drawn on: pixels, or parts of a millimetre. What is made by the thousand
is a named tuple: it takes a third of the time of a dataclass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

MAX_LEVELS = 60
"""A deeper structure is shown as a list: outlines take time by the square of the depth, and nobody could read it."""

NOBODY = -1
"""Stands for whoever is above the top row and not drawn."""

Point = tuple[int, int]


class TooDeepError(Exception):
    """There are more levels than a drawing can show."""


class Card(NamedTuple):
    """One card to be placed.

    Attributes:
        width, height: What its text needs.
        below: Those drawn under it, in order: places in the list of all cards.
        leads: Whether anybody stands under it, drawn or folded away. Who leads nobody may stand in a column.
    """

    width: int
    height: int
    below: tuple[int, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Gaps:
    """The empty space of a drawing.

    Attributes:
        side: Between neighbours.
        row: Between one row and the next; lines run in its middle.
        under: Between a manager and their one column.
        stack: Between the cards of a column.
        indent: From the line of a column to its cards.
        hang: From a manager's left edge to the line of their one column.
        column: How many cards a column holds at least before it is parted in two.
    """

    side: int = 16
    row: int = 30
    under: int = 22
    stack: int = 6
    indent: int = 14
    hang: int = 12
    column: int = 12

    def times(self, factor: float) -> "Gaps":
        """The same gaps at another size."""
        return Gaps(
            side=round(self.side * factor),
            row=round(self.row * factor),
            under=round(self.under * factor),
            stack=round(self.stack * factor),
            indent=round(self.indent * factor),
            hang=round(self.hang * factor),
            column=self.column,
        )


class Box(NamedTuple):
    """Where a card stands."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first unit right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first unit below it."""
        return self.top + self.height

    @property
    def middle(self) -> int:
        """Half its width."""
        return self.left + self.width // 2


class Stretch(NamedTuple):
    """One straight piece of line, across or down, that belongs to the manager at `of` (or to `NOBODY`)."""

    of: int
    start: Point
    end: Point


class Start(NamedTuple):
    """Where a manager's line begins, where it turns, and where it leaves for a card, or for a whole column."""

    begin: Point
    turn: Point
    leave: Point
    column: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The finished drawing.

    Attributes:
        boxes: Where each card stands that is drawn, by its place.
        lines: Every piece of line once.
        starts: For each card with a line to it, where that comes from.
        area: What all of it takes, lines included.
    """

    boxes: Mapping[int, Box]
    lines: tuple[Stretch, ...]
    starts: Mapping[int, Start]
    area: Box

    def way(self, card: int) -> tuple[Point, ...]:
        """Return the line from a manager to a card, corner by corner; empty where none leads to it."""
        start, box = self.starts.get(card), self.boxes.get(card)
        if start is None or box is None:
            return ()
        points = [start.begin, start.turn, start.leave]
        level = box.top + box.height // 2
        points += [(start.leave[0], level), (box.left, level)] if start.column else [(start.leave[0], box.top)]
        return tuple(point for at, point in enumerate(points) if not at or point != points[at - 1])
