"""What is drawn on one slide: boxes with their text, and lines with what they are glued to."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Point
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, ooxml, pptx_plane, pptx_ways
from visitor_register.files.pptx_plane import Frame, Plane

_FILLS = ("solidFill", "gradFill", "pattFill", "blipFill", "grpFill")
_TITLES = ("title", "ctrTitle")


@dataclass(frozen=True, slots=True)
class Box:
    """A shape that is no line. `number` is what connectors call it; edges are in points.

    Attributes:
        framed: It has an outline or a fill of its own.
        title: It is the slide's title by its place in the layout.
    """

    number: str
    left: float
    top: float
    right: float
    bottom: float
    paragraphs: tuple[str, ...]
    bold: tuple[int, ...]
    framed: bool
    title: bool = False

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.bottom - self.top)

    def holds(self, other: "Box") -> bool:
        """Whether the middle of another box lies in this one."""
        x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Wire:
    """A line from its start to its end. `start` and `end` are what it is glued to, "" for nothing.

    Attributes:
        sites: The places on the two boxes where it is glued; of a rectangle 0 is above, then left, below, right.
    """

    points: tuple[Point, ...]
    start: str = ""
    end: str = ""
    sites: tuple[int, int] = (-1, -1)
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Slide:
    """All boxes and lines of a slide in the order of drawing; how many pictures, and tables and other objects."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    pictures: int
    objects: int


def read_slide(root: Element) -> Slide:
    """Read what is drawn on a slide, in groups however deep.

    Raises:
        FileRefusedError: it holds more shapes than any page of a chart.
    """
    boxes: list[Box] = []
    wires: list[Wire] = []
    pictures = objects = 0
    for element, plane in _shapes(root):
        pictures += element.tag == "pic"
        objects += element.tag == "graphicFrame" and next(element.iter("relIds"), None) is None
        properties = element.find("spPr")
        if properties is None or element.tag == "pic":
            continue
        frame = pptx_plane.frame(properties.find("xfrm"), plane)
        found = list(_wires(element, properties, frame))
        wires += found
        if not found and element.tag == "sp":
            boxes.append(_box(element, properties, frame))
        if len(boxes) + len(wires) > limits.SHAPES:
            raise FileRefusedError(
                f"A slide holds more than {limits.SHAPES:,} shapes: ask for the list as an Excel workbook (.xlsx)."
            )
    return Slide(tuple(boxes), tuple(wires), pictures, objects)


def _shapes(root: Element) -> Iterator[tuple[Element, Plane]]:
    """Yield every shape with the way from its coordinates to the slide. Hidden ones are left out."""
    tree = root.find("cSld/spTree")
    todo = [(tree, pptx_plane.SLIDE)] if tree is not None else []
    while todo:
        element, plane = todo.pop()
        if element.tag in ("spTree", "grpSp"):
            within = pptx_plane.inside(element.find("grpSpPr/xfrm"), plane) if element.tag == "grpSp" else plane
            todo += [(child, within) for child in reversed(element)]
        elif element.tag == "AlternateContent":
            # The first choice is what a present-day program draws; the others repeat it.
            todo += [(child, plane) for choice in list(element)[:1] for child in reversed(choice)]
        elif element.tag in ("sp", "cxnSp", "pic", "graphicFrame") and not _hidden(element):
            yield element, plane


def _wires(element: Element, properties: Element, frame: Frame) -> Iterator[Wire]:
    """Yield the lines that a shape draws; none if it is a box, and one that leads nowhere if it cannot be seen."""
    line = element.tag == "cxnSp" or pptx_ways.is_line(properties.find("prstGeom"))
    if not line and (_text(element)[0] or element.find("nvSpPr/nvPr/ph") is not None):
        return
    outline = properties.find("ln")
    if line and outline is not None and outline.find("noFill") is not None:
        yield Wire(())
        return
    (start, first), (end, last) = (_glued(element, tag) for tag in ("stCxn", "endCxn"))
    found = list(pptx_ways.ways(properties, frame, line=line))
    for points in found or ([()] if line else []):
        yield Wire(points, start, end, (first, last), _dashed(outline))


def _glued(element: Element, tag: str) -> tuple[str, int]:
    end = element.find(f"nvCxnSpPr/cNvCxnSpPr/{tag}")
    if end is None:
        return "", -1
    site = end.get("idx", "")
    return end.get("id", ""), int(site) if site.isdecimal() and len(site) < 4 else -1


def _dashed(outline: Element | None) -> bool:
    if outline is None:
        return False
    dash = outline.find("prstDash")
    return outline.find("custDash") is not None or (dash is not None and dash.get("val", "solid") != "solid")


def _box(element: Element, properties: Element, frame: Frame) -> Box:
    paragraphs, bold = _text(element)
    holder = element.find("nvSpPr/nvPr/ph")
    kind = "" if holder is None else holder.get("type", "body")
    framed = not kind and _framed(element, properties)
    return Box(_number(element), *frame.corners(), paragraphs, bold, framed, title=kind in _TITLES)


def _framed(element: Element, properties: Element) -> bool:
    """Say whether a fill or an outline is drawn round the text, by the shape itself or by its style."""
    style = element.find("style")
    if properties.find("noFill") is None:
        by_style = style is not None and _index(style.find("fillRef")) != "0"
        if by_style or any(properties.find(fill) is not None for fill in _FILLS):
            return True
    outline = properties.find("ln")
    if outline is not None and outline.find("noFill") is not None:
        return False
    drawn = outline is not None and any(outline.find(fill) is not None for fill in _FILLS)
    return drawn or (style is not None and _index(style.find("lnRef")) != "0")


def _index(reference: Element | None) -> str:
    return "0" if reference is None else reference.get("idx", "0")


def _text(element: Element) -> tuple[tuple[str, ...], tuple[int, ...]]:
    body = element.find("txBody")
    return ((), ()) if body is None else ooxml.paragraphs(body)


def _properties(element: Element) -> Element | None:
    return next((name for holder in element if (name := holder.find("cNvPr")) is not None), None)


def _number(element: Element) -> str:
    name = _properties(element)
    return "" if name is None else name.get("id", "")


def _hidden(element: Element) -> bool:
    name = _properties(element)
    return name is not None and name.get("hidden") in ("1", "true")
