"""Reads a list of staff that somebody printed to a PDF: tables with ruled lines and headings that we know."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from visitor_register.domain import chart_text
from visitor_register.domain.chart_columns import ENOUGH, propose
from visitor_register.domain.chart_fields import Field, field_of
from visitor_register.domain.chart_table import Row, Table
from visitor_register.files import limits
from visitor_register.files.pdf_text import Line

# More lines than this, or more places where they may cross, are a drawing; to look for cells there takes too long.
_MOST_LINES, _MOST_CROSSINGS = 4_000, 8_000
# Headings stand in the first lines of a page, and each has few words.
_FIRST_LINES, _MOST_WORDS, _LONGEST = 120, 16, 4


def has_headings(lines: Sequence[Line]) -> bool:
    """Say whether headings of a list of staff stand beside each other near the top of a page."""
    rows: dict[int, set[Field]] = defaultdict(set)
    for line in lines[:_FIRST_LINES]:
        rows[round(line.place.bottom / max(line.size, 1.0))].update(_headings(line))
    return any(len(row) >= ENOUGH for row in rows.values())


def _headings(line: Line) -> Iterator[Field]:
    """Yield what the runs of words in a line mean: narrow columns stand so close that they look like one line."""
    words = [word.text for word in line.words][:_MOST_WORDS]
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
            if (meant := field_of(" ".join(words[first:last]))) is not None:
                yield meant


def add_tables(page: Any, name: str, known: list[Table]) -> bool:
    """Add the lists of one page to those known, and say whether there was one.

    A table without headings continues the last list if it has as many columns.
    """
    drawn = [one for kind in ("rect", "line", "curve") for one in page.objects.get(kind, ())]
    across = {round(one[edge]) for one in drawn for edge in ("x0", "x1")}
    down = {round(one[edge]) for one in drawn for edge in ("top", "bottom")}
    if len(drawn) > _MOST_LINES or len(across) * len(down) > _MOST_CROSSINGS:
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
