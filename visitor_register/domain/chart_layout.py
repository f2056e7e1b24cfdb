"""Places the cards of an organisation chart: managers side by side, their workers stacked under them.

A tidy tree by outlines: each branch stands as near to its neighbour as the two outlines allow. Whoever leads
nobody stands in a column under the manager, along a line at its left, so that a team takes the width of one
card. All of it works through lists, never by recursion.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from visitor_register.domain.chart_drawing import (
    MAX_LEVELS,
    NOBODY,
    Box,
    Card,
    Gaps,
    Layout,
    Point,
    Start,
    Stretch,
    TooDeepError,
)


def lay_out(
    cards: Mapping[int, Card],
    row: Sequence[int],
    gaps: Gaps,
    *,
    stem: bool = False,
    apart: Sequence[int] = (),
) -> Layout:
    """Place all cards from the top row downwards.

    Args:
        cards: The cards by their places; only those that the rows lead to are placed, each once.
        row: The top row.
        stem: Somebody stands above the top row who is not drawn: lines come from there.
        apart: Cards at the right of the top row to which no line leads from above.

    Raises:
        TooDeepError: more than `MAX_LEVELS` rows.
    """
    work = _Work(cards, gaps, stem, frozenset(apart))
    work.walk((*row, *apart))
    work.measure_rows()
    for place in reversed(work.order):
        if place not in work.stacked:
            work.join(place)
    work.settle()
    return Layout(work.boxes, tuple(work.lines), work.starts, work.area())


@dataclass(slots=True)
class _Block:
    """A branch, or one column, beside others: its outline by rows, and where the line from above meets it."""

    left: list[int]
    right: list[int]
    meets: int
    members: tuple[int, ...]
    wide: int = 0


@dataclass(slots=True)
class _Work:
    """What is known while the cards are being placed. Outlines are lists of a left and a right edge for each row."""

    cards: Mapping[int, Card]
    gaps: Gaps
    stem: bool
    apart: frozenset[int]
    order: list[int] = field(default_factory=list)
    below: dict[int, list[int]] = field(default_factory=dict)
    depth: dict[int, int] = field(default_factory=dict)
    tops: list[int] = field(default_factory=list)
    """Where each row begins; the last one is where all rows of cards end."""
    heights: list[int] = field(default_factory=list)
    branch: dict[int, _Block] = field(default_factory=dict)
    parts: dict[int, list[tuple[int, _Block]]] = field(default_factory=dict)
    """The blocks under each manager, each with how far it is moved to the right."""
    edge: dict[int, int] = field(default_factory=dict)
    """The left edge of each card of a row, inside its own branch."""
    boxes: dict[int, Box] = field(default_factory=dict)
    lines: list[Stretch] = field(default_factory=list)
    starts: dict[int, Start] = field(default_factory=dict)
    stacked: set[int] = field(default_factory=set)
    """The cards that stand in columns."""

    def walk(self, row: Sequence[int]) -> None:
        """Find every card with its depth. One that is reached twice counts once, so that a ring ends."""
        self.depth = {NOBODY: -1}
        self.order = [NOBODY]
        for place in self.order:
            kept = self.below[place] = []
            for under in row if place == NOBODY else self.cards[place].below:
                if under not in self.depth:
                    self.depth[under] = self.depth[place] + 1
                    kept.append(under)
            if kept and self.depth[place] + 1 >= MAX_LEVELS:
                raise TooDeepError
            self.order.extend(kept)
            # A top row without anybody above it stands side by side.
            if place != NOBODY or self.stem:
                self.stacked.update(at for at in kept if not self.cards[at].leads and at not in self.apart)

    def measure_rows(self) -> None:
        """Say where each row begins: as high as its highest card, columns left out."""
        self.heights = [0] * (max(self.depth.values(), default=0) + 1)
        for place in self.order[1:]:
            if place not in self.stacked:
                self.heights[self.depth[place]] = max(self.heights[self.depth[place]], self.cards[place].height)
        self.tops = [0]
        for height in self.heights:
            self.tops.append(self.tops[-1] + height + self.gaps.row)

    def join(self, place: int) -> None:
        """Put the blocks under a card side by side, and the card over their middle. Those below come first."""
        blocks = self._blocks(place)
        left: list[int] = []
        right: list[int] = []
        placed: list[tuple[int, _Block]] = []
        for block in blocks:
            near = zip(right, block.left, strict=False)
            shift = max((edge + self.gaps.side - start for edge, start in near), default=0)
            right[: len(block.right)] = [shift + edge for edge in block.right]
            left.extend(shift + edge for edge in block.left[len(left) :])
            placed.append((shift, block))
        self.parts[place] = placed
        if place == NOBODY:
            return
        wide = _even(self.cards[place].width)
        if not placed:
            edge = low = 0
            high = wide
        elif self._hangs(place):
            edge = placed[0][1].meets - self.gaps.hang
            low, high = min(edge, left[0]), max(edge + wide, right[0])
        else:
            first, last = (shift + block.meets for shift, block in (placed[0], placed[-1]))
            middle = self._middle([shift + block.meets for shift, block in placed])
            edge = middle - wide // 2
            low, high = min(edge, first), max(edge + wide, last)
        self.edge[place] = edge
        self.branch[place] = _Block([low, *left], [high, *right], edge + wide // 2, (place,))

    def settle(self) -> None:
        """Give every card its place, and every manager their lines, from the top down."""
        starts = {NOBODY: 0}
        for place in self.order:
            if place not in self.parts:
                continue
            start = starts[place]
            if place != NOBODY:
                card = self.cards[place]
                top = self.tops[self.depth[place]]
                self.boxes[place] = Box(start + self.edge[place], top, _even(card.width), card.height)
            for shift, block in self.parts[place]:
                if block.wide:
                    self._stack(place, start + shift, block)
                else:
                    starts[block.members[0]] = start + shift
            self.parts[place] = [(start + shift, block) for shift, block in self.parts[place]]
        for place in self.order:
            if self.parts.get(place) and (place != NOBODY or self.stem):
                self._draw_lines(place)

    def area(self) -> Box:
        """Return what everything takes."""
        if not self.boxes:
            return Box(0, 0, 0, 0)
        across = [x for line in self.lines for x in (line.start[0], line.end[0])]
        down = [line.start[1] for line in self.lines]
        boxes = self.boxes.values()
        left, right = min([box.left for box in boxes] + across), max([box.right for box in boxes] + across)
        top, bottom = min([box.top for box in boxes] + down), max([box.bottom for box in boxes])
        return Box(left, top, right - left, bottom - top)

    def _middle(self, meets: Sequence[int]) -> int:
        """Where a manager stands over the lines of those below: over their middle, or over one that is close to it."""
        middle = (meets[0] + meets[-1]) // 2
        nearest = min(meets, key=lambda x: abs(x - middle))
        # A line with a step of a few units looks like a slip of the pen.
        return nearest if abs(nearest - middle) < self.gaps.side // 2 else middle

    def _hangs(self, place: int) -> bool:
        """Whether a manager has nothing but one column, which then hangs from the left of the card."""
        return place != NOBODY and len(self.parts[place]) == 1 and bool(self.parts[place][0][1].wide)

    def _blocks(self, place: int) -> list[_Block]:
        below = self.below[place]
        alone = [under for under in below if under in self.stacked]
        return [
            *self._columns(self.depth[place] + 1, alone),
            *(self.branch[under] for under in below if under not in self.stacked),
        ]

    def _columns(self, depth: int, members: list[int]) -> Iterator[_Block]:
        """Part those who lead nobody into columns, all of one width and as even as can be."""
        if not members:
            return
        longest = max(self.gaps.column, round(1.5 * math.sqrt(len(members))))
        count = math.ceil(len(members) / longest)
        share, more = divmod(len(members), count)
        wide = _even(max([self.cards[member].width for member in members]))
        start = 0
        for number in range(count):
            part = tuple(members[start : start + share + (number < more)])
            start += len(part)
            height = sum([self.cards[member].height for member in part]) + len(part) * self.gaps.stack
            rows = self._rows_down(depth, height)
            yield _Block([0] * rows, [self.gaps.indent + wide] * rows, 0, part, wide)

    def _rows_down(self, depth: int, height: int) -> int:
        """How many rows a column of this height reaches into that begins with the row at `depth`."""
        bottom = self.tops[depth] + height
        rows = 1
        while depth + rows < len(self.tops) and self.tops[depth + rows] < bottom:
            rows += 1
        if depth + rows >= len(self.tops) and self.tops[-1] < bottom:
            # Below the last row, outlines go on in steps of one usual row.
            rows += math.ceil((bottom - self.tops[-1]) / (48 + self.gaps.row))
        return rows

    def _stack(self, place: int, x: int, block: _Block) -> None:
        y, left = self._column_top(place), x + self.gaps.indent
        for member in block.members:
            height = self.cards[member].height
            self.boxes[member] = Box(left, y, block.wide, height)
            if place != NOBODY or self.stem:
                self.lines.append(Stretch(place, (x, y + height // 2), (left, y + height // 2)))
            y += height + self.gaps.stack

    def _column_top(self, place: int) -> int:
        depth = self.depth[place]
        if self._hangs(place):
            return self.tops[depth] + self.heights[depth] + self.gaps.under
        return self.tops[depth + 1]

    def _draw_lines(self, place: int) -> None:
        """Draw a manager's lines: down to a bar, along it, and down to each; a column has a line at its left."""
        parts = [part for part in self.parts[place] if not self.apart.intersection(part[1].members)]
        if not parts:
            return
        bar = self.tops[self.depth[place] + 1] - self.gaps.row // 2
        meets = [start + block.meets for start, block in parts]
        if place == NOBODY:
            begin: Point = (self._middle(meets), bar - self.gaps.row // 2)
        elif self._hangs(place):
            begin = (meets[0], self.boxes[place].bottom)
            bar = begin[1]
        else:
            begin = (self.boxes[place].middle, self.boxes[place].bottom)
        corner = (begin[0], bar)
        if begin[0] not in meets:
            self._line(place, begin, corner)
        self._line(place, (min(meets), bar), (max(meets), bar))
        for x, (_, block) in zip(meets, parts, strict=True):
            leave, lowest = (x, bar), self.boxes[block.members[-1]]
            self.starts.update(dict.fromkeys(block.members, Start(begin, corner, leave, bool(block.wide))))
            # What leaves straight on is one line with what comes before it.
            end = lowest.top + lowest.height // 2 if block.wide else lowest.top
            self._line(place, begin if x == begin[0] else leave, (x, end))

    def _line(self, of: int, start: Point, end: Point) -> None:
        if start != end:
            self.lines.append(Stretch(of, start, end))


def _even(width: int) -> int:
    """Round up to an even number, so that a card's middle is a whole unit and lines meet it exactly."""
    return width + width % 2
