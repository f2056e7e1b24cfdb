"""The pages of a drawing as a person will see them: each post in its box, each line with how sure it is."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from visitor_register.domain.chart_table import Box, Link, Page, Point
from visitor_register.files.drawn_people import Found
from visitor_register.files.drawn_shapes import Sheet
from visitor_register.files.drawn_ties import Lines

# Points. Paper ends far before, and what lies further out is a damaged number.
_FARTHEST = 100_000.0


def pages(sheets: Sequence[Sheet], found: Found, lines: Lines) -> tuple[Page, ...]:
    """Return every page that has boxes. A list box is drawn as one box a worker."""
    drawn = []
    for sheet, links in zip(sheets, lines.links, strict=True):
        boxes = tuple(_boxes(sheet, found))
        if boxes:
            name = f"{sheet.name}: {sheet.title}" if sheet.title else sheet.name
            drawn.append(Page(name, _near(sheet.width), _near(sheet.height), boxes, tuple(map(_honest, links))))
    return tuple(drawn)


def _boxes(sheet: Sheet, found: Found) -> Iterator[Box]:
    for shape in sheet.shapes:
        ids = found.of_shape.get(shape.id, ())
        edges = (shape.left, shape.top, shape.right, shape.bottom)
        left, top, right, bottom = edges if all(map(_is_near, edges)) else (0.0, 0.0, 0.0, 0.0)
        high = (bottom - top) / max(len(ids), 1)
        for at, id_ in enumerate(ids):
            text = shape.paragraphs if len(ids) == 1 else _line(found, id_)
            yield Box(id_, left, top + at * high, right, top + (at + 1) * high, text)


def _line(found: Found, id_: str) -> tuple[str, ...]:
    return tuple(text for person in found.posts[id_].people for text in person.values())


def _honest(link: Link) -> Link:
    near = all(_is_near(x) and _is_near(y) for x, y in link.points)
    points: tuple[Point, ...] = link.points if near else ()
    return replace(link, points=points)


def _is_near(number: float) -> bool:
    return math.isfinite(number) and abs(number) <= _FARTHEST


def _near(number: float) -> float:
    return number if _is_near(number) else 0.0
