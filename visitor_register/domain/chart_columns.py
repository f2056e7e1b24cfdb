"""Finds the heading row of a table and says what each column means."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from visitor_register.domain import chart_columns_doubt
from visitor_register.domain.chart_fields import MANAGER_FIELDS, Field, field_of, heading_key, is_level_heading
from visitor_register.domain.chart_table import Row, Table

_LOOK_AT = 15
ENOUGH = 3
# A second column of the same kind adds to the first; of all other kinds only the first column is read.
_MANY = frozenset({Field.PHONE, Field.MOBILE, Field.NOTES, Field.CONTACT, Field.EMAIL})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column of one table means. Remember it by `fingerprint`; a person may replace `columns`.

    Attributes:
        sheet: The table's name.
        fingerprint: Hash of the folded headings in order; the same headings have the same fingerprint.
        headings: The headings as written, one per column.
        columns: The canonical column for each, or None for "not read".
        first_row: Place in the table of the first heading row, from 0.
        heading_rows: 1 or 2.
    """

    sheet: str
    fingerprint: str
    headings: tuple[str, ...]
    columns: tuple[Field | None, ...]
    first_row: int
    heading_rows: int

    @property
    def hits(self) -> int:
        """How many different canonical columns were found."""
        return len({column for column in self.columns if column is not None})

    @property
    def names_people(self) -> bool:
        """Whether the table can hold people: a name, and something said about them."""
        found = set(self.columns)
        return self.hits >= ENOUGH and bool(found & {Field.NAME, Field.SURNAME}) and found != {Field.FORENAME}

    @property
    def names_managers(self) -> bool:
        """Whether any column says who the manager is."""
        return any(field in self.columns for field in MANAGER_FIELDS)

    @property
    def counts_posts(self) -> bool:
        """Whether this is the second file of a government organogram: counts under senior posts."""
        return Field.REPORTING_POST in self.columns and Field.GENERIC_TITLE in self.columns


def propose(table: Table) -> ColumnMapping:
    """Choose the best heading row of the first 15, also of two rows together. A proposal always comes back."""
    rows = [row for row in table.rows[:_LOOK_AT] if not row.band]
    best, best_hits = _mapping(table, 0, 1, ()), 0
    for at, row in enumerate(table.rows[:_LOOK_AT]):
        if row not in rows:
            continue
        options = [(1, row.cells)]
        if at + 1 < len(table.rows) and (both := _two_rows(row, table.rows[at + 1])):
            options.append((2, both))
        for count, headings in options:
            found = _mapping(table, at, count, headings)
            alone = (_mapping(table, place, 1, table.rows[place].cells).hits for place in (at, at + count - 1))
            if found.hits > best_hits and (count == 1 or found.hits > max(alone)):
                best, best_hits = found, found.hits
    return best


def fingerprint(headings: Sequence[str]) -> str:
    """Return the name by which a mapping is remembered."""
    return hashlib.sha256("\x1f".join(heading_key(heading) for heading in headings).encode()).hexdigest()[:32]


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


def _mapping(table: Table, at: int, count: int, headings: Sequence[str]) -> ColumnMapping:
    columns: list[Field | None] = []
    for heading in headings:
        field = field_of(heading)
        columns.append(None if field in columns and field not in _MANY else field)
    _level_headings(headings, columns)
    chart_columns_doubt.settle(headings, columns, [row.cells for row in table.rows[at + count : at + count + 200]])
    return ColumnMapping(table.name, fingerprint(headings), tuple(headings), tuple(columns), at, count)


def _level_headings(headings: Sequence[str], columns: list[Field | None]) -> None:
    """Read a lone "Team Manager" column as the manager's name; with several ranks it is a stepped chart."""
    ranks = [at for at, heading in enumerate(headings) if is_level_heading(heading)]
    if len(ranks) > 1:
        for at in ranks:
            columns[at] = None
        return
    flat = Field.NAME in columns or Field.SURNAME in columns
    if flat and ranks and columns[ranks[0]] is None and not set(columns) & set(MANAGER_FIELDS):
        columns[ranks[0]] = Field.REPORTS_TO_NAME
