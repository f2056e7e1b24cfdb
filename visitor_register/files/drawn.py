"""Turns the boxes and lines of a drawn chart, whatever program drew it, into one table of people and its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Mark, Point, Source


@dataclass(frozen=True, slots=True)
class Shape:
    """One box as a reader found it.

    Attributes:
        id: Unique in the whole file.
        left, top, right, bottom: In points from the page's top left corner; all 0 where the format draws by itself.
        paragraphs: The text, one entry a line.
        fields: What the file says outright (Visio's shape data); it wins over what the text seems to say.
        bold: Places (from 0) of paragraphs in bold, which in many charts are the names.
    """

    id: str
    left: float
    top: float
    right: float
    bottom: float
    paragraphs: tuple[str, ...]
    fields: Mapping[Field, str] = field(default_factory=dict)
    bold: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """One reporting line as a reader found it. `may`: shapes that may be the manager's, best first.

    At most one tie a child is `Mark.SET`; `manager` is "" where it is not known, `dashed` is never set.
    """

    child: str
    manager: str
    mark: Mark
    may: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, slide or diagram. `width` and `height` in points; `title` as written on it, or ""."""

    name: str
    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    ties: tuple[Tie, ...]


def assemble(format_: str, file_name: str, sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]] = ()) -> Source:
    """Make one table with our own headings of all boxes, and the pages to show it on."""
    raise NotImplementedError
