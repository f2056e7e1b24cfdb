"""Finds the heading row of a table and says what each column means."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain import chart_columns_doubt, chart_headings
from visitor_register.domain.chart_fields import MANAGER_FIELDS, Field, field_of, heading_key, is_level_heading, is_pay
from visitor_register.domain.chart_kinds import kinds
from visitor_register.domain.chart_table import Table

ENOUGH = 3
# A second column of the same kind adds to the first; of all other kinds only the first column is read.
_MANY = frozenset({Field.PHONE, Field.MOBILE, Field.NOTES, Field.CONTACT, Field.EMAIL})
_POSTS = frozenset({Field.LEVEL, Field.JOB_TITLE})


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
        """Whether the table can hold people: a name, and something said about them; or posts, each with its level."""
        found = set(self.columns)
        return self.hits >= ENOUGH and (bool(found & {Field.NAME, Field.SURNAME}) or found >= _POSTS)

    @property
    def names_managers(self) -> bool:
        """Whether any column says who the manager is, or a line of the drawing does."""
        return any(field in self.columns for field in (*MANAGER_FIELDS, Field.REPORTS_TO_BOX))

    @property
    def names_levels(self) -> bool:
        """Whether this is an organisation chart by levels and services, as councils publish it, without managers."""
        levels = Field.LEVEL in self.columns and (Field.SERVICE in self.columns or Field.DIRECTORATE in self.columns)
        return levels and not self.names_managers

    @property
    def counts_posts(self) -> bool:
        """Whether this is the second file of a government organogram: counts under senior posts."""
        return Field.REPORTING_POST in self.columns and Field.GENERIC_TITLE in self.columns


def propose(table: Table) -> ColumnMapping:
    """Choose the best heading row of the first 15, also of two rows together. A proposal always comes back.

    Where hardly a heading is known, the row is chosen by its shape, and the columns are for a person to say.
    """
    best = ColumnMapping(table.name, fingerprint(()), (), (), 0, 1)
    hits_at: dict[int, int] = {}
    for option in chart_headings.options(table):
        found = _mapping(table, option)
        if option.rows == 1:
            hits_at[option.at] = found.hits
        alone = max(hits_at[option.at], _hits_of(table, option.at + option.rows - 1))
        if found.hits > best.hits and (option.rows == 1 or found.hits > alone):
            best = found
    if best.hits >= ENOUGH:
        return best
    shaped = chart_headings.by_shape(table)
    # A lone title line may hold a word that is a heading elsewhere.
    return best if best.hits > 1 and best.first_row == shaped.at else _mapping(table, shaped)


def recalled(table: Table, remembered: Mapping[str, ColumnMapping]) -> ColumnMapping:
    """Return what a person said before of columns with these headings, else the proposal. Pay is never read."""
    options = (*chart_headings.options(table), chart_headings.by_shape(table)) if remembered else ()
    for option in options:
        found = _mapping(table, option)
        known = remembered.get(found.fingerprint)
        if known is not None and len(known.columns) == len(found.columns):
            columns = zip(known.columns, found.headings, strict=True)
            return replace(found, columns=tuple(None if is_pay(heading) else column for column, heading in columns))
    return propose(table)


def fingerprint(headings: Sequence[str]) -> str:
    """Return the name by which a mapping is remembered."""
    return hashlib.sha256("\x1f".join(heading_key(heading) for heading in headings).encode()).hexdigest()[:32]


def _hits_of(table: Table, at: int) -> int:
    cells = table.rows[at].cells
    return _mapping(table, chart_headings.Headings(at, 1, cells)).hits


def _mapping(table: Table, headings: chart_headings.Headings) -> ColumnMapping:
    columns: list[Field | None] = []
    for heading in headings.texts:
        field = field_of(heading)
        columns.append(None if field in columns and field not in _MANY else field)
    _level_headings(headings.texts, columns)
    start = headings.at + headings.rows
    rows = [row.cells for row in table.rows[start : start + 200]]
    chart_columns_doubt.settle(headings.texts, columns, rows)
    # Without headings two tables are alike when their columns hold the same kinds of things.
    name = headings.texts if headings.rows else tuple(f"a column of {kind}" for kind in kinds(rows, len(columns)))
    return ColumnMapping(table.name, fingerprint(name), headings.texts, tuple(columns), headings.at, headings.rows)


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
