"""Where a shape of a slide really lies: its frame turned, mirrored, and carried through the groups it is in."""

import math
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Point

_POINTS_PER_EMU = 1 / 12_700
_DEGREES = 60_000


@dataclass(frozen=True, slots=True)
class Plane:
    """A way from one system of coordinates to another: x' = xx * x + yx * y + x0, y' = xy * x + yy * y + y0."""

    xx: float = 1.0
    xy: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    x0: float = 0.0
    y0: float = 0.0

    def at(self, point: Point) -> Point:
        """Return where a point comes to lie."""
        x, y = point
        return self.xx * x + self.yx * y + self.x0, self.xy * x + self.yy * y + self.y0

    def after(self, inner: "Plane") -> "Plane":
        """Return the way through `inner` first and then this one."""
        x0, y0 = self.at((inner.x0, inner.y0))
        return Plane(
            self.xx * inner.xx + self.yx * inner.xy,
            self.xy * inner.xx + self.yy * inner.xy,
            self.xx * inner.yx + self.yx * inner.yy,
            self.xy * inner.yx + self.yy * inner.yy,
            x0,
            y0,
        )


# A slide counts in EMU, everybody else in points.
SLIDE = Plane(_POINTS_PER_EMU, 0.0, 0.0, _POINTS_PER_EMU)


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a shape (`a:xfrm`): its size, and the way from its own top left corner to the slide, in points."""

    width: float
    height: float
    plane: Plane

    def corners(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom on the slide."""
        points = [self.plane.at((x, y)) for x in (0.0, self.width) for y in (0.0, self.height)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)


def frame(transform: Element | None, outer: Plane) -> Frame:
    """Read the frame of a shape in a group whose way to the slide is `outer`. Without one it has no size."""
    if transform is None:
        return Frame(0.0, 0.0, outer)
    left, top = number(transform, "off", "x"), number(transform, "off", "y")
    width, height = number(transform, "ext", "cx"), number(transform, "ext", "cy")
    across = -1.0 if transform.get("flipH") in ("1", "true") else 1.0
    down = -1.0 if transform.get("flipV") in ("1", "true") else 1.0
    angle = math.radians(finite(transform.get("rot", "0")) / _DEGREES)
    cosine, sine = round(math.cos(angle), 9), round(math.sin(angle), 9)
    # Mirrored and turned about its own middle.
    turned = Plane(cosine * across, sine * across, -sine * down, cosine * down)
    x, y = turned.at((width / 2, height / 2))
    moved = Plane(turned.xx, turned.xy, turned.yx, turned.yy, left + width / 2 - x, top + height / 2 - y)
    return Frame(width, height, outer.after(moved))


def inside(transform: Element | None, outer: Plane) -> Plane:
    """Return the way from the coordinates inside a group to the slide."""
    if transform is None or transform.find("chExt") is None:
        return outer
    group = frame(transform, outer)
    wide, high = number(transform, "chExt", "cx"), number(transform, "chExt", "cy")
    across, down = group.width / wide if wide else 1.0, group.height / high if high else 1.0
    left, top = number(transform, "chOff", "x"), number(transform, "chOff", "y")
    return group.plane.after(Plane(across, 0.0, 0.0, down, -left * across, -top * down))


def number(element: Element, tag: str, name: str) -> float:
    """Return a length of a child element in EMU; 0 where it is missing or no number."""
    child = element.find(tag)
    return finite(child.get(name, "0")) if child is not None else 0.0


def finite(text: str) -> float:
    """Return a number as a file writes it; 0 where it is none or has no end."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0
