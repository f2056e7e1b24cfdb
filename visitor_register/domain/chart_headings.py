"""Finds the row of a table that holds its headings, or says that it has none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visitor_register.domain.chart_fields import field_of, heading_key
from visitor_register.domain.chart_kinds import DATA, Kind, kind_of, kinds
from visitor_register.domain.chart_table import Row, Table
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.names_clean import names_nobody

LOOK_AT = 15
_BELOW = 60
_LONGEST = 60
# A row with that many headings that we know is one, although it may give an example of an address.
_KNOWN = 3
# Words that stand in headings, in whatever phrase, and hardly ever in a name or a job title.
_HEADING_WORDS = phrases(
    "name names title role post job phone telephone tel mobile email mail number no id ref contact grade "
    "department directorate reports reporting who what where"
)


@dataclass(frozen=True, slots=True)
class Headings:
    """A row of headings, or two rows read together. `rows` is 0 for a table that begins with its data.

    Attributes:
        at: Place in the table of the first of them, from 0.
        rows: How many rows they are: 0, 1 or 2.
        texts: One text a column, "" where there is none.
    """

    at: int
    rows: int
    texts: tuple[str, ...]


def options(table: Table) -> Iterator[Headings]:
    """Yield every row of the first 15 that may be the headings, and two of them together; none that hold data."""
    for at, row in enumerate(table.rows[:LOOK_AT]):
        if row.band or _is_data(row.cells):
            continue
        yield Headings(at, 1, row.cells)
        if at + 1 < len(table.rows) and (both := _two_rows(row, table.rows[at + 1])):
            yield Headings(at, 2, both)


def by_shape(table: Table) -> Headings:
    """Return the headings of a table whose words nobody knows: the first row unlike the rows below it.

    Where no row is, all are data: the headings are blank, and nobody is lost as a heading.
    """
    wide = [at for at, row in enumerate(table.rows) if not row.band and _filled(row.cells) > 1]
    if not wide:
        return Headings(0, 0, ())
    for at in wide:
        if at >= LOOK_AT:
            break
        below = [row.cells for row in table.rows[at + 1 : at + 1 + _BELOW] if not row.band and _filled(row.cells) > 1]
        if below and _stands_above(table.rows[at].cells, below):
            return Headings(at, 1, table.rows[at].cells)
    width = max(len(table.rows[at].cells) for at in wide)
    return Headings(wide[0], 0, ("",) * width)


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _is_data(cells: Sequence[str]) -> bool:
    """Say whether a row holds what hardly ever stands in a heading: an address, a number to ring."""
    if len({field_of(cell) for cell in cells} - {None}) >= _KNOWN:
        return False
    found = [kind for kind in map(kind_of, cells) if kind is not Kind.BLANK]
    return Kind.EMAIL in found or 3 * sum(kind in DATA for kind in found) > len(found)


def _stands_above(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    said = [cell for cell in cells if cell.strip()]
    if any(kind_of(cell) in DATA or names_nobody(cell) or len(cell) > _LONGEST for cell in said):
        return False
    if len({heading_key(cell) for cell in said}) < len(said):
        return False
    score = 0
    for cell, kind in zip(cells, kinds(below, len(cells)), strict=True):
        if not cell.strip():
            continue
        if not _HEADING_WORDS.isdisjoint(heading_key(cell).split()):
            score += 1
        elif kind is Kind.NAME:
            score += -2 if kind_of(cell) is Kind.NAME else 1
        elif kind in DATA:
            score += 1
    return score > 0


def _two_rows(upper: Row, lower: Row) -> tuple[str, ...]:
    """Join a group heading with the headings under it; () when the lower row is no heading row."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = (tuple(row.cells) + ("",) * (width - len(row.cells)) for row in (upper, lower))
    said = [cell for cell in below if cell.strip()]
    known = sum(field_of(cell) is not None for cell in said)
    if known < 2 or known * 2 < len(said):
        return ()
    joined, group = [], ""
    for top, bottom in zip(above, below, strict=True):
        group = top if top.strip() else group if bottom.strip() else ""
        both = f"{group} {bottom}".strip()
        joined.append(next((text for text in (both, bottom, group) if field_of(text)), both))
    return tuple(joined)
