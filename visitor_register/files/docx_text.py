"""Takes the text of a Word document apart: headings, lines and tables, as they read when all changes are accepted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from visitor_register.domain import chart_text
from visitor_register.domain.chart_table import Row
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits
from visitor_register.files.docx_styles import Styles
from visitor_register.files.ooxml import reference
from visitor_register.files.sheet_rows import sheet_row

CAPTION = 10
"""The level of a line in bold over a table, below all headings that have a style."""

# What was deleted or moved away in a tracked change is not read, and a drawing's text is not part of the line.
_WRAPPED = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LONGEST_CAPTION = 120


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of ordinary text."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its rows are numbered from 1."""

    rows: tuple[Row, ...]


Block = Heading | Line | Grid


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    level: int | None
    bold: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    struck: bool
    hidden: bool
    bold: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell. `unseen`: its hidden text, where it has no other."""

    text: str
    unseen: str = ""
    struck: bool = False


def blocks(document: Element, styles: Styles) -> list[Block]:
    """Return what a document holds, in its order; tables inside tables come after the outer one.

    Raises:
        FileRefusedError: its tables have more rows than any list of people.
    """
    found: list[_Paragraph | Grid] = []
    body = document.find("body")
    stack = list(reversed(body)) if body is not None else []
    rows = 0
    while stack:
        element = stack.pop()
        if element.tag == "p":
            found.append(_paragraph(element, styles))
        elif element.tag == "tbl":
            grid, inner = _grid(element, styles)
            rows += len(grid.rows)
            if rows > limits.ROWS:
                raise FileRefusedError(
                    f"The document has more than {limits.ROWS:,} rows: ask for the people of one directorate."
                )
            found.append(grid)
            stack += reversed(inner)
        elif element.tag in _WRAPPED:
            stack += reversed(element)
    said = [one for one in found if isinstance(one, Grid) or one.text]
    return [_block(one, said[at + 1 : at + 2]) for at, one in enumerate(said)]


def _block(one: _Paragraph | Grid, after: Sequence[_Paragraph | Grid]) -> Block:
    if isinstance(one, Grid):
        return one
    over_a_table = bool(after) and isinstance(after[0], Grid)
    if one.level is not None:
        return Heading(one.level, one.text)
    if one.bold and over_a_table and len(one.text) <= _LONGEST_CAPTION:
        return Heading(CAPTION, one.text)
    return Line(one.text)


def _paragraph(element: Element, styles: Styles) -> _Paragraph:
    pieces = [piece for piece in _pieces(element, styles) if not piece.hidden]
    text = chart_text.clean("".join(piece.text for piece in pieces))[: limits.CELL_CHARACTERS]
    bold = all(piece.bold for piece in pieces if piece.text.strip())
    return _Paragraph(text, styles.level(element.find("pPr")), bold)


def _pieces(paragraph: Element, styles: Styles) -> Iterator[_Piece]:
    own = paragraph.find("pPr")
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag in _WRAPPED:
            stack += reversed(element)
        elif element.tag == "r":
            properties = element.find("rPr")
            struck, hidden, bold = (
                styles.says(properties, own, *names) for names in (("strike", "dstrike"), ("vanish",), ("b",))
            )
            text = "".join(_SIGNS.get(sign.tag, (sign.text or "") if sign.tag == "t" else "") for sign in element)
            yield _Piece(text, struck, hidden, bold)


def _grid(table: Element, styles: Styles) -> tuple[Grid, list[Element]]:
    """Return a table, and the tables inside its cells."""
    inner: list[Element] = []
    merged: dict[int, _Cell] = {}
    lines: list[tuple[dict[int, _Cell], bool]] = []
    for row in _inside(table, "tr"):
        properties = row.find("trPr")
        if properties is not None and properties.find("del") is not None:
            continue
        cells: dict[int, _Cell] = {}
        at = _number(properties, "gridBefore", 0)
        found = list(_inside(row, "tc"))
        for cell in found:
            if at < limits.COLUMNS:
                cells[at] = merged[at] = _cell(cell, styles, merged.get(at))
            inner += _inside(cell, "tbl")
            at += _number(cell.find("tcPr"), "gridSpan", 1)
        lines.append((cells, len(found) == 1))
    width = max((place + 1 for cells, _ in lines for place in cells), default=0)
    rows = [_row(number, cells, width, alone=alone) for number, (cells, alone) in enumerate(lines, 1)]
    return Grid(tuple(rows)), inner


def _row(number: int, cells: Mapping[int, _Cell], width: int, *, alone: bool) -> Row:
    seen = any(cell.text for cell in cells.values())
    texts = [""] * width
    for at, cell in cells.items():
        texts[at] = cell.text if seen else cell.unseen
    struck = [at for at, cell in cells.items() if cell.struck]
    return sheet_row(number, texts, struck, hidden="" if seen else "hidden text", band=alone and width > 2)


def _cell(cell: Element, styles: Styles, above: _Cell | None) -> _Cell:
    """Read a cell; one that goes on with a merge from above says what stands there."""
    properties = cell.find("tcPr")
    merge = properties.find("vMerge") if properties is not None else None
    if merge is not None and reference(merge, "val") != "restart" and above is not None:
        return above
    if properties is not None and properties.find("cellDel") is not None:
        return _Cell("")
    pieces = [
        piece
        for paragraph in _inside(cell, "p")
        for piece in (*_pieces(paragraph, styles), _Piece("\n", struck=False, hidden=False, bold=False))
    ]
    visible = [piece for piece in pieces if not piece.hidden]
    text = "".join(piece.text for piece in visible).strip()[: limits.CELL_CHARACTERS]
    unseen = "" if text else "".join(piece.text for piece in pieces).strip()[: limits.CELL_CHARACTERS]
    struck = all(piece.struck for piece in visible if piece.text.strip())
    return _Cell(text, unseen, struck=bool(text) and struck)


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a kind, also those in the wrappings that Word puts round what was inserted."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPED:
            stack += reversed(child)


def _number(properties: Element | None, tag: str, otherwise: int) -> int:
    found = properties.find(tag) if properties is not None else None
    said = reference(found, "val") if found is not None else ""
    return min(int(said), limits.COLUMNS) if said.isdecimal() and len(said) < 6 else otherwise
