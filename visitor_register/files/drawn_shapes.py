"""What a reader of drawings finds on a page, before anybody asks who is who: boxes, lines, and the page itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Mark, Point


@dataclass(frozen=True, slots=True)
class Shape:
    """One box as a reader found it.

    Attributes:
        id: Unique in the whole file, without blanks.
        left, top, right, bottom: In points from the page's top left corner; all 0 where the format draws by itself.
        paragraphs: The text, one entry a line.
        fields: What the file says outright (Visio's shape data); it wins over what the text seems to say.
        bold: Places (from 0) of paragraphs in bold, which in many charts are the names.
        framed: Whether there is a frame or a fill round the text; free text without a line is a person only if it
            surely reads so.
    """

    id: str
    left: float
    top: float
    right: float
    bottom: float
    paragraphs: tuple[str, ...]
    fields: Mapping[Field, str] = field(default_factory=dict)
    bold: tuple[int, ...] = ()
    framed: bool = True


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
