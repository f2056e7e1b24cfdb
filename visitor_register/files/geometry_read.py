"""Reads the nets of a page: which box a net leaves downwards, which hang from it, and what stays in doubt."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from visitor_register.domain.chart_table import Point
from visitor_register.files.geometry_nets import Lines, Net
from visitor_register.files.geometry_plane import TOUCHING, Rectangle, Side

# In points: by so much a manager's box stands out beside the list that hangs under it.
_STANDS_OUT = 3.0
# Boxes whose sizes differ by less than this part are of one kind.
_SAME_SIZE = 0.05
# More boxes than this with two managers each, and more than this part of all, and the drawing is no tree.
_TWICE = 3
_TWICE_PART = 0.2
# Of more boxes than this on one net without a head, only the first are offered: nobody reads such a drawing.
_MANY = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """The box that somebody certainly reports to, and the way the line takes from them to it."""

    manager: int
    way: tuple[Point, ...]


@dataclass(slots=True)
class Reading:
    """What the lines of one page say. Boxes are named by their place.

    Attributes:
        boxes: All boxes of the page.
        placed: What is beyond doubt, for each box that reports.
        offered: Boxes that a line suggests as manager without being certain, best first.
        contested: For a box that lines lead to several others from, each of them and the way.
        dashed: (lower box, other box, way) of dashed lines.
        touched: Boxes at which any line arrives.
        bars: Level lines, and the box that leads down to each.
        downwards: How many nets leave exactly one box downwards, with all others hanging below.
        unclear: How many nets with two or more boxes do not.
        widest: The most boxes that hang from one net.
    """

    boxes: Sequence[Rectangle]
    placed: dict[int, Placed] = field(default_factory=dict)
    offered: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    contested: dict[int, dict[int, tuple[Point, ...]]] = field(default_factory=dict)
    dashed: list[tuple[int, int, tuple[Point, ...]]] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    bars: list[tuple[Rectangle, int]] = field(default_factory=list)
    downwards: int = 0
    unclear: int = 0
    widest: int = 0

    @property
    def managers(self) -> set[int]:
        """Boxes that somebody certainly reports to."""
        return {placed.manager for placed in self.placed.values()}

    @property
    def points_somewhere(self) -> bool:
        """Whether any line says which way the page is to be read."""
        return bool(self.downwards or self.placed)

    @property
    def all_downwards(self) -> bool:
        """Whether every net says the same way, and one at least fans out: the page is to be read like this."""
        return self.downwards > 0 and self.unclear == 0 and self.widest > 1

    def offer(self, child: int, *managers: int) -> None:
        """Note likely managers of a box, after those that are noted already."""
        self.offered[child] += [one for one in managers if one != child and one not in self.offered[child]]


def read(boxes: Sequence[Rectangle], lines: Lines) -> Reading:
    """Say what the lines between the boxes of a page mean, read from top to bottom."""
    reading = Reading(boxes)
    claims: dict[int, dict[int, tuple[Point, ...]]] = defaultdict(dict)
    sideways, dashed = [], []
    for net in lines.nets():
        reading.touched.update(net.boxes)
        if net.dashed:
            dashed.append(net)
        elif len(net.boxes) > 1:
            heads = _heads(net, boxes)
            if len(heads) == 1:
                _hang(reading, lines, net, heads[0], claims)
            elif heads:
                _in_doubt(reading, net, heads)
            else:
                sideways.append(net)
    _settle(reading, claims)
    reading.unclear += len(sideways)
    for net in sorted(sideways, key=lambda net: min((boxes[box].top, box) for box in net.boxes)):
        _sideways(reading, lines, net)
    for net in dashed:
        _dashed(reading, lines, net)
    return reading


def _heads(net: Net, boxes: Sequence[Rectangle]) -> list[int]:
    """The boxes that a net leaves downwards, the highest first; else the one box that all others hang from."""
    leaving = {touch.box for touch in net.touches if touch.side is Side.BOTTOM and touch.down}
    if leaving:
        return sorted(leaving, key=lambda box: (boxes[box].top, boxes[box].left, box))
    if net.misses:
        return []
    others = [box for box in net.boxes if net.sides(box) != {Side.TOP}]
    if len(others) == 1:
        head = others[0]
        through = any(touch.through for touch in net.at[head])
        if not through and all(box == head or _below(boxes, box, head) for box in net.boxes):
            return others
    return _head_of_list(net, boxes)


def _head_of_list(net: Net, boxes: Sequence[Rectangle]) -> list[int]:
    """The box at the head of a list with a line down its side, if it stands out beside all the others."""
    sides = {touch.side for touch in net.touches}
    if len(sides) != 1 or not sides <= {Side.LEFT, Side.RIGHT}:
        return []
    head, *others = sorted(net.boxes, key=lambda box: (boxes[box].top, box))
    if not all(_below(boxes, box, head) for box in others):
        return []
    if sides == {Side.LEFT}:
        out = min(boxes[box].left for box in others) - boxes[head].left
    else:
        out = boxes[head].right - max(boxes[box].right for box in others)
    return [head] if out >= _STANDS_OUT else []


def _below(boxes: Sequence[Rectangle], box: int, head: int) -> bool:
    return boxes[box].top >= boxes[head].bottom - TOUCHING


def _hang(reading: Reading, lines: Lines, net: Net, head: int, claims: dict[int, dict[int, tuple[Point, ...]]]) -> None:
    """Let all boxes of a net report to its head, except those that are not below it or only strung on one line."""
    others = [box for box in net.boxes if box != head]
    clear = [
        box
        for box in others
        if not net.misses and _below(reading.boxes, box, head) and not _strung(reading, net, head, box)
    ]
    leaving = max(net.at[head], key=lambda touch: touch.side is Side.BOTTOM)
    for box, way in zip(clear, lines.ways(leaving, [net.at[box][0] for box in clear]), strict=True):
        claims[box][head] = way
    for box in set(others).difference(clear):
        reading.offer(box, head)
    level = [piece.space() for piece in net.pieces if abs(piece.x2 - piece.x1) > abs(piece.y2 - piece.y1)]
    reading.bars += [(space, head) for space in level if space.height <= TOUCHING]
    reading.widest = max(reading.widest, len(others))
    if len(clear) == len(others):
        reading.downwards += 1
    else:
        reading.unclear += 1


def _strung(reading: Reading, net: Net, head: int, box: int) -> bool:
    """Whether one line runs behind two boxes of a kind, one below the other: a list, or a line of command?"""
    if len(net.boxes) > 2 or not alike(reading.boxes[head], reading.boxes[box]):
        return False
    behind = {touch.segment for touch in net.at[head] if touch.through}
    return any(touch.segment in behind for touch in net.at[box])


def alike(one: Rectangle, other: Rectangle) -> bool:
    """Whether two boxes have the same size, so that they may well be of the same rank."""
    return (
        abs(one.width - other.width) <= _SAME_SIZE * one.width
        and abs(one.height - other.height) <= _SAME_SIZE * one.height
    )


def _in_doubt(reading: Reading, net: Net, heads: Sequence[int]) -> None:
    """Offer the boxes that a net leaves downwards, where there are several: the lines cross, or two share a post."""
    reading.unclear += 1
    for box in net.boxes:
        above = [head for head in heads[:_MANY] if head != box and _below(reading.boxes, box, head)]
        reading.offer(box, *sorted(above, key=lambda head: (_away(reading, box, head), head)))


def _away(reading: Reading, box: int, head: int) -> float:
    one, other = reading.boxes[box], reading.boxes[head]
    return abs(one.top - other.bottom) + abs(one.left + one.right - other.left - other.right) / 2


def _settle(reading: Reading, claims: dict[int, dict[int, tuple[Point, ...]]]) -> None:
    """Place each box that exactly one other claims. Where many have two managers, the drawing is no tree."""
    twice = sum(len(managers) > 1 for managers in claims.values())
    tangled = twice >= _TWICE and twice > _TWICE_PART * len(claims)
    for box, managers in sorted(claims.items()):
        if len(managers) > 1:
            reading.contested[box] = managers
        elif tangled or box in reading.offered:
            reading.offer(box, *sorted(managers, key=lambda head: (_away(reading, box, head), head)))
        else:
            (manager, way), *_ = managers.items()
            reading.placed[box] = Placed(manager, way)


def _sideways(reading: Reading, lines: Lines, net: Net) -> None:
    """Place what stands beside, or hangs at the side of, the one box that is known; else only offer it."""
    managers = reading.managers
    known = [box for box in net.boxes if box in reading.placed or box in managers]
    others = [box for box in net.boxes if box not in known]
    through = any(touch.through for touch in net.touches)
    if len(known) == 1 and not through and not net.misses and net.sides(known[0]) != {Side.TOP}:
        head = known[0]
        if all(_joins(reading, net, head, box) for box in others):
            for box, way in zip(others, lines.ways(net.at[head][0], [net.at[box][0] for box in others]), strict=True):
                reading.placed[box] = Placed(head, way)
            return
    by_height = sorted(net.boxes[:_MANY], key=lambda one: (reading.boxes[one].top, one))
    for box in net.boxes:
        for other in () if box in reading.placed else sorted(by_height, key=lambda one: one not in known):
            # Boxes of a kind in one row, or strung on one line, are peers: theirs is the same manager.
            peer = alike(reading.boxes[box], reading.boxes[other]) or through
            if other in reading.placed and peer:
                reading.offer(box, reading.placed[other].manager, other)
            elif (other in known or not peer) and reading.boxes[other].top <= reading.boxes[box].bottom:
                reading.offer(box, other)


def _joins(reading: Reading, net: Net, head: int, box: int) -> bool:
    """Whether a box beside or below a known one is of another kind, and no higher: a deputy, or a list at its side."""
    known, beside = reading.boxes[head], reading.boxes[box]
    if alike(known, beside) or (len(net.boxes) > 2 and not _below(reading.boxes, box, head)):
        return False
    return (beside.top + beside.bottom) / 2 >= known.top + known.height / 4


def _dashed(reading: Reading, lines: Lines, net: Net) -> None:
    """Note a dashed line between the boxes at its ends: it is not line management, so it places nobody."""
    known = reading.managers.union(reading.placed)
    meant = [box for box in net.boxes if not all(touch.through for touch in net.at[box])]
    head, *others = sorted(meant or net.boxes, key=lambda box: (reading.boxes[box].top, box))
    for box, way in zip(others, lines.ways(net.at[head][0], [net.at[box][0] for box in others]), strict=True):
        turned = box in reading.placed and head not in known
        reading.dashed.append((head, box, way[::-1]) if turned else (box, head, way))
