"""The way a line of a slide takes: straight, by elbows as its kind says, or point by point."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Point
from visitor_register.files.pptx_plane import Frame, finite

_WHOLE = 100_000
_HALF = 0.5
# Thinner than this, in points, a filled shape is a line; its length is then at least three times its width.
_THIN = 4.0
_LONG = 3.0
_MOST_CORNERS = 64
_LINES = ("line", "straightConnector1", "bentConnector", "curvedConnector")
_ARROWS = {
    "downArrow": ((0.5, 0.0), (0.5, 1.0)),
    "upArrow": ((0.5, 0.0), (0.5, 1.0)),
    "upDownArrow": ((0.5, 0.0), (0.5, 1.0)),
    "leftArrow": ((0.0, 0.5), (1.0, 0.5)),
    "rightArrow": ((0.0, 0.5), (1.0, 0.5)),
    "leftRightArrow": ((0.0, 0.5), (1.0, 0.5)),
}


def is_line(geometry: Element | None) -> bool:
    """Say whether a preset shape is a line by its kind, whatever element it stands in."""
    return geometry is not None and geometry.get("prst", "").startswith(_LINES)


def ways(properties: Element, frame: Frame, *, line: bool) -> Iterator[tuple[Point, ...]]:
    """Yield the ways, in points on the slide, of what is drawn as a line; nothing for a box.

    Args:
        properties: The shape's `spPr`.
        frame: Where it lies.
        line: It is a connector or a line by its kind; else only thin bars, arrows and open paths are lines.
    """
    preset, free = properties.find("prstGeom"), properties.find("custGeom")
    if free is not None:
        for path in free.iter("path"):
            if line or path.find("close") is None:
                yield from _free(path, frame)
    elif line:
        yield _placed(_elbows(preset), frame)
    elif preset is not None and preset.get("prst") in _ARROWS:
        yield _placed(_ARROWS[preset.get("prst", "")], frame)
    elif (bar := _bar(frame)) is not None:
        yield bar


def _bar(frame: Frame) -> tuple[Point, ...] | None:
    """Return the middle line of a thin rectangle, None for any other shape."""
    left, top, right, bottom = frame.corners()
    width, height = right - left, bottom - top
    if not (min(width, height) <= _THIN and max(width, height) >= _LONG * min(width, height) and max(width, height)):
        return None
    if width > height:
        return (left, (top + bottom) / 2), (right, (top + bottom) / 2)
    return ((left + right) / 2, top), ((left + right) / 2, bottom)


def _elbows(preset: Element | None) -> tuple[Point, ...]:
    """Return the corners of a connector as parts of its frame, from its start to its end."""
    kind = "" if preset is None else preset.get("prst", "")
    at = _adjusted(preset)
    if kind.endswith("Connector2"):
        return (0.0, 0.0), (1.0, 0.0), (1.0, 1.0)
    if kind.endswith("Connector3"):
        return (0.0, 0.0), (at[0], 0.0), (at[0], 1.0), (1.0, 1.0)
    if kind.endswith("Connector4"):
        return (0.0, 0.0), (at[0], 0.0), (at[0], at[1]), (1.0, at[1]), (1.0, 1.0)
    if kind.endswith("Connector5"):
        return (0.0, 0.0), (at[0], 0.0), (at[0], at[1]), (at[2], at[1]), (at[2], 1.0), (1.0, 1.0)
    return (0.0, 0.0), (1.0, 1.0)


def _adjusted(preset: Element | None) -> tuple[float, float, float]:
    """Return how far along the frame the elbows stand: half way unless the file says otherwise."""
    said = {}
    for guide in preset.iter("gd") if preset is not None else ():
        formula = guide.get("fmla", "").split()
        if formula[:1] == ["val"]:
            said[guide.get("name", "")] = finite(formula[-1]) / _WHOLE
    return said.get("adj1", _HALF), said.get("adj2", _HALF), said.get("adj3", _HALF)


def _free(path: Element, frame: Frame) -> Iterator[tuple[Point, ...]]:
    """Yield the lines of a path; it counts in its own units, or in those of its frame."""
    wide, high = (finite(path.get(name, "0")) for name in ("w", "h"))
    across, down = frame.width / wide if wide else 1.0, frame.height / high if high else 1.0
    points: list[Point] = []
    for step in path:
        if step.tag == "moveTo":
            yield from _drawn(points)
            points = []
        # Of a curve only its end is of interest: that is what it leads to.
        for point in list(step.iter("pt"))[-1:]:
            x, y = finite(point.get("x", "0")) * across, finite(point.get("y", "0")) * down
            points.append(frame.plane.at((x, y)))
    yield from _drawn(points)


def _drawn(points: list[Point]) -> Iterator[tuple[Point, ...]]:
    """Yield a way that may be a line between boxes; what has more corners is a picture."""
    if 1 < len(points) <= _MOST_CORNERS:
        yield tuple(points)


def _placed(parts: tuple[Point, ...], frame: Frame) -> tuple[Point, ...]:
    return tuple(frame.plane.at((x * frame.width, y * frame.height)) for x, y in parts)
