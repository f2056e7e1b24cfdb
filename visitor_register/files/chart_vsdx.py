"""Reads a Visio drawing: boxes with their data, and the lines that are glued to them. Macros are not looked at."""

from collections.abc import Sequence
from pathlib import Path

from visitor_register.domain.chart_table import Source
from visitor_register.files import drawn, vsdx_boxes, vsdx_import, vsdx_lines, vsdx_shapes
from visitor_register.files.drawn import Sheet
from visitor_register.files.vsdx_boxes import Box
from visitor_register.files.vsdx_parts import Drawing, PagePart, open_drawing

Notes = list[tuple[str, str]]


def read(path: Path) -> Source:
    """Read every page of a drawing (.vsdx, .vsdm) that stands in the foreground.

    Raises:
        FileRefusedError: it is damaged or hostile, larger than a chart, or holds no people.
    """
    drawing = open_drawing(path)
    notes: Notes = []
    pages = [_page(f"p{number}", page, drawing, notes) for number, page in enumerate(drawing.pages, 1)]
    return drawn.assemble("vsdx", path.name, vsdx_import.add_lines(pages), notes)


def _page(key: str, page: PagePart, drawing: Drawing, notes: Notes) -> tuple[Sheet, Sequence[Box]]:
    items = vsdx_shapes.items(page, drawing)
    boxes = vsdx_boxes.find(key, items, vsdx_lines.glued(items, page.content))
    lines = vsdx_lines.find(items, page.content, boxes)
    lost = sum(box.place is None for box in boxes.listed)
    for count, one, many in (
        (boxes.hidden, "hidden box of {} was left out", "hidden boxes of {} were left out"),
        (lines.loose, "line of {} leads to no box", "lines of {} lead to no box"),
        (lost, "box of {} has no place on it", "boxes of {} have no place on it"),
    ):
        if count:
            notes.append((page.name, f"{count} {(one if count == 1 else many).format(page.name)}."))
    width, height = vsdx_shapes.size(page)
    shapes = tuple(box.shape for box in boxes.listed)
    return Sheet(page.name, "", width, height, shapes, lines.ties), boxes.listed
