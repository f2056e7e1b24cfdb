"""Reads a list of staff that somebody printed to a PDF: tables with ruled lines and headings that we know."""

from collections.abc import Sequence
from typing import Any

from visitor_register.domain import chart_text
from visitor_register.domain.chart_columns import ENOUGH, propose
from visitor_register.domain.chart_fields import field_of
from visitor_register.domain.chart_table import Row, Table
from visitor_register.files import limits
from visitor_register.files.pdf_text import Line

# More lines than this are a drawing, and looking for cells among them takes too long.
_MOST_LINES = 4_000


def has_headings(lines: Sequence[Line]) -> bool:
    """Say whether headings of a list of staff stand beside each other anywhere on a page."""
    rows: dict[int, set[object]] = {}
    for line in lines:
        row = rows.setdefault(round(line.place.bottom / max(line.size, 1.0)), set())
        row |= {field for field in map(field_of, _phrases(line)) if field is not None}
    return any(len(row) >= ENOUGH for row in rows.values())


def _phrases(line: Line) -> list[str]:
    """A line, and each run of its words: narrow columns stand so close that their headings look like one line."""
    words = [word.text for word in line.words][:12]
    return [" ".join(words[first:last]) for first in range(len(words)) for last in range(first + 1, len(words) + 1)]


def add_tables(page: Any, name: str, known: list[Table]) -> bool:
    """Add the lists of one page to those known, and say whether there was one.

    A table without headings continues the last list if it has as many columns.
    """
    if sum(len(page.objects.get(kind, ())) for kind in ("rect", "line", "curve")) > _MOST_LINES:
        return False
    found = False
    for cells in page.extract_tables():
        rows = [tuple(_text(cell) for cell in row)[: limits.COLUMNS] for row in cells]
        rows = [row for row in rows if any(row)]
        if not rows:
            continue
        table = Table(name, tuple(Row(number, row) for number, row in enumerate(rows, 1)))
        if propose(table).names_people:
            known.append(table)
            found = True
        elif known and len(rows[0]) == len(known[-1].rows[0].cells):
            last = known[-1].rows[-1].number
            more = tuple(Row(number, row) for number, row in enumerate(rows, last + 1))
            known[-1] = Table(known[-1].name, known[-1].rows + more)
            found = True
    return found


def _text(cell: str | None) -> str:
    return chart_text.clean((cell or "").replace("\n", " "))[: limits.CELL_CHARACTERS]
