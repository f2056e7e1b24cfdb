"""What a reader hands over: tables of text, and for a drawn chart the boxes and lines of its pages."""

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        number: The row as the person sees it in the file, from 1.
        cells: Text of every cell, merged cells filled downwards only inside the real merge.
        gone: Why the row is probably no longer meant ("struck through", "hidden row"), or "".
        band: A heading merged over many columns.
        struck: Places (from 0) of cells that are struck through.
    """

    number: int
    cells: tuple[str, ...]
    gone: str = ""
    band: bool = False
    struck: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a whole text file.

    Where the reader itself found out what is what (a drawing, steps, headings in a letter), the table has
    our own headings in its first row and `ours` is True: nobody needs to be asked about its columns.
    """

    name: str
    rows: tuple[Row, ...]
    ours: bool = False


class Mark(StrEnum):
    """How sure a line of a drawing is: set, for a person to check, or leading nowhere that we know."""

    SET = "set"
    CHECK = "to check"
    LOOSE = "not placed"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a drawing, in points from the page's top left corner.

    Attributes:
        id: What the column "Drawn box" of its row says; a box that repeats somebody from another page has their id.
        left, top, right, bottom: Where it is drawn.
        lines: The text in it, as written.
    """

    id: str
    left: float
    top: float
    right: float
    bottom: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One reporting line of a drawing.

    Attributes:
        child: Id of the box that reports.
        manager: Id of the box above it, "" where that is not known.
        mark: How sure that is.
        points: The way the line is drawn, [] where it is only implied (SmartArt draws its own).
        dashed: Drawn dashed: not line management, so never set.
    """

    child: str
    manager: str
    mark: Mark
    points: tuple[Point, ...] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page or slide of a drawing: its title, its size in points, and what was found on it."""

    name: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. `notes` are (where, sentence) pairs: what was noticed while reading."""

    format: str
    file_name: str
    tables: tuple[Table, ...]
    notes: tuple[tuple[str, str], ...] = ()
    pages: tuple[Page, ...] = ()
