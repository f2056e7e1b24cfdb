"""Follows the lines of a Visio page from box to box and says which end is the manager's, as far as that is certain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Mark, Point
from visitor_register.files.drawn import Tie
from visitor_register.files.vsdx_boxes import Box, Boxes, in_reach
from visitor_register.files.vsdx_shapes import Item
from visitor_register.files.vsdx_sheet import finite

_SHEET = re.compile(r"\bSheet\.(\d+)!")
_GLUE = {"begin": ("BegTrigger", "BeginX", "BeginY"), "end": ("EndTrigger", "EndX", "EndY")}
_PARTS = {"9": "begin", "12": "end"}
# Points. An end that is glued by a formula only must also lie at that box; one that is not glued must touch a box.
_GLUED_WITHIN = 18.0
_TOUCHES_WITHIN = 8.5
_ALIGNED = 7.0
_MOST = 0.9


@dataclass(frozen=True, slots=True)
class _Line:
    """A line from box to box as it is stored. `sure`: the file says where it is glued, and all it says agrees."""

    begin: Box
    end: Box
    sure: bool
    points: tuple[Point, ...]
    dashed: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """The reporting lines of a page, and how many lines lead nowhere that we know."""

    ties: tuple[Tie, ...]
    loose: int


class _Flow(Enum):
    """Which way a page grows. Most lines of a drawing run from the manager to who reports, and some do not."""

    DOWN = "down"
    RIGHT = "right"
    DOWN_OR_RIGHT = "down or right"
    LEFT = "left, or drawn from below"


def glued(items: Sequence[Item], content: Element) -> frozenset[str]:
    """Return the ids of all shapes that a line says it is glued to."""
    said = _said(content)
    return frozenset(
        found for item in items if item.route is not None for side in _GLUE for found in _targets(item, side, said)
    )


def find(items: Sequence[Item], content: Element, boxes: Boxes) -> Lines:
    """Find the reporting lines of a page."""
    said = _said(content)
    lines: list[_Line] = []
    ties: list[Tie] = []
    loose = 0
    for item in items:
        if item.route is None or item.hidden or item.sheet.styled("LinePattern") == "0":
            continue
        (begin, begin_sure), (end, end_sure) = (_box_at(item, side, said, boxes) for side in _GLUE)
        dashed = _is_dashed(item)
        if begin is not None and end is not None and begin is not end:
            lines.append(_Line(begin, end, begin_sure and end_sure, item.route, dashed))
        elif (one := begin or end) is not None and begin is not end:
            loose += 1
            ties.append(Tie(one.shape.id, "", Mark.LOOSE, points=item.route, dashed=dashed))
        elif any(_targets(item, side, said) for side in _GLUE):
            loose += 1
    flow = _flow(lines)
    return Lines((*(_tie(line, flow) for line in lines), *ties), loose)


def _said(content: Element) -> Mapping[tuple[str, str], set[str]]:
    """Return which shapes the page's list of connections names for either side of each line."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in content.iter("Connect"):
        cell = row.get("FromCell", "")
        side = "begin" if cell.startswith("Begin") else "end" if cell.startswith("End") else ""
        side = side or _PARTS.get(row.get("FromPart", ""), "")
        if side:
            found.setdefault((row.get("FromSheet", ""), side), set()).add(row.get("ToSheet", ""))
    return found


def _targets(item: Item, side: str, said: Mapping[tuple[str, str], set[str]]) -> set[str]:
    """Return every shape that one side of a line is said to be glued to: in the list, and in the formulas."""
    formulas = {found for cell in _GLUE[side] for found in _SHEET.findall(item.sheet.formula(cell))}
    return said.get((item.id, side), set()) | formulas


def _box_at(item: Item, side: str, said: Mapping[tuple[str, str], set[str]], boxes: Boxes) -> tuple[Box | None, bool]:
    """Return the box at one end of a line, and whether all that the file says of that end agrees."""
    targets = _targets(item, side, said)
    found = {box.shape.id: box for box in (boxes.by_item.get(target) for target in targets) if box is not None}
    tip = (item.route or ())[0 if side == "begin" else -1 :][:1]
    if not found:
        touched = in_reach(tip[0], boxes.listed, _TOUCHES_WITHIN) if tip else []
        return (touched[0], False) if len(touched) == 1 and not targets else (None, False)
    if len(found) > 1:
        return None, False
    box = next(iter(found.values()))
    everything_found = all(target in boxes.by_item for target in targets)
    listed = bool(said.get((item.id, side)))
    return box, everything_found and (listed or not tip or bool(in_reach(tip[0], [box], _GLUED_WITHIN)))


def _is_dashed(item: Item) -> bool:
    pattern = finite(item.sheet.styled("LinePattern"))
    return (pattern is not None and pattern > 1) or "dotted" in item.kind.lower() or "dashed" in item.kind.lower()


def _tie(line: _Line, flow: _Flow) -> Tie:
    first = _manager(line, flow)
    manager = first or line.begin
    child = line.end if manager is line.begin else line.begin
    if line.sure and first is not None and not line.dashed:
        return Tie(child.shape.id, manager.shape.id, Mark.SET, points=line.points)
    above = manager.shape.id
    return Tie(child.shape.id, above, Mark.CHECK, (above,), line.points, dashed=line.dashed)


def _manager(line: _Line, flow: _Flow) -> Box | None:
    """Return the end that is the manager's: the higher one, or in a chart that grows to the right the left one."""
    begin, end = line.begin, line.end
    if flow is _Flow.DOWN and _above(end, begin):
        return end
    if flow is _Flow.RIGHT:
        return begin if _left_of(begin, end) else None
    return begin if flow is not _Flow.LEFT and _above(begin, end) else None


def _flow(lines: Sequence[_Line]) -> _Flow:
    """Say which way a page grows."""
    ends = [(line.begin, line.end) for line in lines]
    most = _MOST * len(ends)
    right, left = (sum(_left_of(*pair) for pair in pairs) for pairs in (ends, [pair[::-1] for pair in ends]))
    down, up = (sum(_above(*pair) for pair in pairs) for pairs in (ends, [pair[::-1] for pair in ends]))
    if max(right, left) < most or max(down, up) >= most:
        return _Flow.DOWN
    if right < most:
        return _Flow.LEFT
    # Who reports to one manager stands in a row, or in a chart on its side in a column.
    places = {box.shape.id: box.place for pair in ends for box in pair if box.place is not None}
    columns, rows = (len({int(place[axis] / _ALIGNED) for place in places.values()}) for axis in (0, 1))
    return _Flow.RIGHT if rows > columns else _Flow.DOWN_OR_RIGHT


def _left_of(one: Box, other: Box) -> bool:
    return _before(one, other, 0)


def _above(one: Box, other: Box) -> bool:
    return _before(one, other, 1)


def _before(one: Box, other: Box, axis: int) -> bool:
    """Say whether a box clearly stands left of (axis 0) or above (axis 1) another one."""
    if one.place is None or other.place is None:
        return False
    middle, other_middle = ((place[axis] + place[axis + 2]) / 2 for place in (one.place, other.place))
    return middle < other.place[axis] and one.place[axis + 2] < other_middle
