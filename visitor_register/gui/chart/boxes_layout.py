"""Gives every box of a drawing a place: diagrams that their program lays out by itself come without any."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart_drawing import Card, Gaps, Layout, TooDeepError
from visitor_register.domain.chart_layout import lay_out
from visitor_register.domain.chart_rings import find_rings
from visitor_register.domain.chart_table import Box, Link, Mark, Page

_WIDTH, _LINE, _PADDING = 132.0, 13.0, 12.0
_MARGIN = 18.0
_GAPS = Gaps(side=14, row=34, under=18, stack=6, indent=14, hang=12, column=8)


def with_places(page: Page) -> Page:
    """Return a page on which each box has an area, and lines that were only implied have a way."""
    bare = [box for box in page.boxes if not _has_area(box)]
    if not bare:
        return page
    if len(bare) == len(page.boxes):
        return _as_tree(page)
    # Damaged numbers: the rest is where it was drawn.
    bottom = max((box.bottom for box in page.boxes if _has_area(box)), default=0.0)
    placed = {box.id: at for box, at in zip(bare, _in_rows(bare, bottom + _MARGIN, page.width), strict=True)}
    boxes = tuple(placed.get(box.id, box) if not _has_area(box) else box for box in page.boxes)
    return replace(page, height=max(page.height, *(box.bottom + _MARGIN for box in boxes)), boxes=boxes)


def _has_area(box: Box) -> bool:
    return box.right > box.left and box.bottom > box.top


def _as_tree(page: Page) -> Page:
    numbers = {box.id: at for at, box in enumerate(page.boxes)}
    above: dict[int, int | None] = dict.fromkeys(range(len(page.boxes))) | {
        numbers[link.child]: numbers[link.manager]
        for link in page.links
        if link.child in numbers and link.manager in numbers and link.mark is Mark.SET
    }
    for ring in find_rings(above):
        above[ring[0]] = None
    try:
        layout = _layout(page.boxes, above)
    except TooDeepError:
        boxes = tuple(_in_rows(page.boxes, _MARGIN, 12 * _WIDTH))
        return _sized(page, boxes, page.links)
    boxes = tuple(
        replace(box, left=float(at.left), top=float(at.top), right=float(at.right), bottom=float(at.bottom))
        for box, at in ((box, layout.boxes[number]) for number, box in enumerate(page.boxes))
    )
    ways = {box.id: layout.way(number) for number, box in enumerate(page.boxes)}
    links = [
        replace(link, points=tuple((float(x), float(y)) for x, y in ways[link.child]))
        if link.mark is Mark.SET and link.child in ways
        else link
        for link in page.links
    ]
    return _sized(page, boxes, links)


def _layout(boxes: Sequence[Box], above: Mapping[int, int | None]) -> Layout:
    below: dict[int, list[int]] = {at: [] for at in above}
    for at, manager in above.items():
        if manager is not None:
            below[manager].append(at)
    cards = {
        at: Card(round(_WIDTH), round(_PADDING + _LINE * max(len(box.lines), 1)), tuple(below[at]), bool(below[at]))
        for at, box in enumerate(boxes)
    }
    tops = [at for at, manager in above.items() if manager is None]
    # Whoever has nobody above and nobody below stands apart: a line would say that they belong to the others.
    heads = [at for at in tops if below[at]] or tops[:1]
    return lay_out(cards, heads, _GAPS, apart=[at for at in tops if at not in heads])


def _sized(page: Page, boxes: Sequence[Box], links: Iterable[Link]) -> Page:
    """Move everything to the margin, and make the page as large as it needs."""
    left, top = min(box.left for box in boxes) - _MARGIN, min(box.top for box in boxes) - _MARGIN
    moved = tuple(
        replace(box, left=box.left - left, right=box.right - left, top=box.top - top, bottom=box.bottom - top)
        for box in boxes
    )
    ways = tuple(replace(link, points=tuple((x - left, y - top) for x, y in link.points)) for link in links)
    right, bottom = max(box.right for box in moved), max(box.bottom for box in moved)
    return replace(page, width=right + _MARGIN, height=bottom + _MARGIN, boxes=moved, links=ways)


def _in_rows(boxes: Sequence[Box], top: float, width: float) -> Iterable[Box]:
    across = max(1, int((width - _MARGIN) // (_WIDTH + _MARGIN)))
    high = _PADDING + _LINE * max((len(box.lines) for box in boxes), default=1)
    for number, box in enumerate(boxes):
        row, column = divmod(number, across)
        x, y = _MARGIN + column * (_WIDTH + _MARGIN), top + row * (high + _MARGIN)
        yield replace(box, left=x, top=y, right=x + _WIDTH, bottom=y + high)
