"""Walks over one page of a Visio drawing: every shape with the place where it stands, groups unfolded."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Point
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits
from visitor_register.files.vsdx_parts import Drawing, Master, PagePart
from visitor_register.files.vsdx_sheet import ShapeSheet, cell, finite, sections

POINTS = 72.0
# Letter paper lying down, where the page does not say how large it is.
_WIDTH, _HEIGHT = 11.0, 8.5
# Parts of boxes count too here, and a box of the stencil has half a dozen.
_PARTS = 10 * limits.SHAPES
_COPY = re.compile(r"\.\d+$")
Rectangle = tuple[float, float, float, float]
# x' = a x + c y + e, y' = b x + d y + f: from a shape's own inches to those of the page.
Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Item:
    """One shape of a page.

    Attributes:
        id: Unique on the page.
        group: Id of the group that it is a part of, "".
        kind: Its master's name, or its own, without the number of the copy ("Position", "Dotted-line report").
        sheet: What it and its master say.
        hidden: On a layer that is switched off, or in such a group.
        place: Left, top, right and bottom in points from the top left corner; None where the file makes no sense.
        route: For a line the way it is drawn, in points; None for a box.
    """

    id: str
    group: str
    kind: str
    sheet: ShapeSheet
    hidden: bool
    place: Rectangle | None
    route: tuple[Point, ...] | None


def size(page: PagePart) -> tuple[float, float]:
    """Return the width and height of a page in points."""
    width, height = (finite(cell(page.settings, name)) for name in ("PageWidth", "PageHeight"))
    return (width or _WIDTH) * POINTS, (height or _HEIGHT) * POINTS


def items(page: PagePart, drawing: Drawing) -> list[Item]:
    """Return all shapes of a page in the order in which they are stored, a group before its parts.

    Raises:
        FileRefusedError: there are more of them than any chart has.
    """
    _, height = size(page)
    off = _layers_off(page.settings)
    found: dict[str, Item] = {}
    stack: list[tuple[Element, str, Matrix | None, bool, Master | None]] = [
        (shape, "", _UNMOVED, False, None) for shape in reversed(_shapes_in(page.content))
    ]
    while stack:
        shape, group, outer, hidden, master = stack.pop()
        if shape.get("Del") == "1":
            continue
        if len(found) >= _PARTS:
            raise FileRefusedError(
                f"The page “{page.name}” holds more shapes than any chart: ask for the chart of one service."
            )
        master = drawing.masters.get(shape.get("Master", ""), master)
        # A damaged file may give one number twice; lines then lead to the first.
        key = shape.get("ID", "")
        key = f"{key}/{len(found)}" if key in found or not key else key
        sheet = ShapeSheet(shape, _inherited(shape, master), drawing.styles)
        matrix = _matrix(sheet, outer)
        hidden = hidden or _is_off(sheet, off)
        found[key] = Item(
            id=key,
            group=group,
            kind=_COPY.sub("", (master.name if master and "Master" in shape.attrib else "") or shape.get("NameU", "")),
            sheet=sheet,
            hidden=hidden,
            place=_place(sheet, matrix, height),
            route=_route(sheet, matrix, outer, height),
        )
        stack += [(part, key, matrix, hidden, master) for part in reversed(_shapes_in(shape))]
    return list(found.values())


def _shapes_in(element: Element) -> list[Element]:
    return [shape for shapes in element.findall("Shapes") for shape in shapes.findall("Shape")]


def _inherited(shape: Element, master: Master | None) -> Element | None:
    if master is None:
        return None
    return master.shapes.get(master.root if "Master" in shape.attrib else shape.get("MasterShape", ""))


def _layers_off(settings: Element) -> frozenset[str]:
    rows = [row for section in sections(settings, "Layer") for row in section.findall("Row")]
    return frozenset(row.get("IX", "") for row in rows if cell(row, "Visible") == "0")


def _is_off(sheet: ShapeSheet, off: frozenset[str]) -> bool:
    """Say whether a shape is not to be seen: all its layers are off, or neither its outline nor its text is shown."""
    layers = [layer for layer in (sheet.text_of("LayerMember") or "").split(";") if layer]
    if layers and off.issuperset(layers):
        return True
    drawn = sheet.geometry()
    return sheet.text_of("HideText") == "1" and bool(drawn) and all(cell(each, "NoShow") == "1" for each in drawn)


def _matrix(sheet: ShapeSheet, outer: Matrix | None) -> Matrix | None:
    """Return how the shape's own inches lie on the page: moved, turned and mirrored as all groups around it are."""
    pin_x, pin_y = sheet.number("PinX"), sheet.number("PinY")
    if pin_x is None or pin_y is None or outer is None:
        return None
    half = [(sheet.number(name) or 0.0) / 2 for name in ("Width", "Height")]
    own = [sheet.number("LocPinX"), sheet.number("LocPinY")]
    x, y = (middle if said is None else said for said, middle in zip(own, half, strict=True))
    angle = sheet.number("Angle") or 0.0
    flip_x, flip_y = (-1.0 if sheet.text_of(name) == "1" else 1.0 for name in ("FlipX", "FlipY"))
    a, b = math.cos(angle) * flip_x, math.sin(angle) * flip_x
    c, d = -math.sin(angle) * flip_y, math.cos(angle) * flip_y
    return _after(outer, (a, b, c, d, pin_x - a * x - c * y, pin_y - b * x - d * y))


def _after(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    left, right, corner = inner[0:2], inner[2:4], inner[4:6]
    (g, h), (i, j), (k, m) = ((a * x + c * y, b * x + d * y) for x, y in (left, right, corner))
    return g, h, i, j, k + e, m + f


def _at(matrix: Matrix, x: float, y: float, height: float) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * POINTS, height - (b * x + d * y + f) * POINTS


def _place(sheet: ShapeSheet, matrix: Matrix | None, height: float) -> Rectangle | None:
    wide, high = sheet.number("Width"), sheet.number("Height")
    if matrix is None or wide is None or high is None:
        return None
    corners = [_at(matrix, x, y, height) for x in (0.0, wide) for y in (0.0, high)]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _route(sheet: ShapeSheet, matrix: Matrix | None, outer: Matrix | None, height: float) -> tuple[Point, ...] | None:
    """Return the corners of a line from its beginning to its end; () where they make no sense, None for a box."""
    if sheet.text_of("BeginX") is None or sheet.text_of("EndX") is None:
        return None
    ends = [sheet.number(name) for name in ("BeginX", "BeginY", "EndX", "EndY")]
    begin_x, begin_y, end_x, end_y = (0.0 if number is None else number for number in ends)
    if None in ends or outer is None:
        return ()
    begin, end = _at(outer, begin_x, begin_y, height), _at(outer, end_x, end_y, height)
    return (begin, *_bends(sheet, matrix, height), end)


def _bends(sheet: ShapeSheet, matrix: Matrix | None, height: float) -> list[Point]:
    """Return the corners between the ends of a line that has drawn its own way."""
    rows: Mapping[int, Element] = {}
    rows = {
        int(finite(row.get("IX")) or 0): row for each in sections(sheet.own, "Geometry") for row in each.findall("Row")
    }
    found = []
    for number in sorted(rows)[1:-1]:
        x, y = (finite(cell(rows[number], name)) for name in ("X", "Y"))
        if matrix is not None and x is not None and y is not None and rows[number].get("T") == "LineTo":
            found.append(_at(matrix, x, y, height))
    return found
