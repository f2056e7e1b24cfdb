"""Writes a table with our own headings, for readers that found out by themselves what is what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitor_register.domain import chart_dates
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Row, Table

_ALWAYS = (Field.BOX, Field.NAME, Field.JOB_TITLE, Field.REPORTS_TO_BOX)
# The headings are looked for in a table's first rows; the lines with dates stand above them.
_DATES = 5


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One post. `number`: the row a person sees, unique in the table; `gone`: why it is probably no longer meant."""

    number: int
    cells: Mapping[Field, str]
    gone: str = ""


def own_table(name: str, said: Sequence[str], rows: Sequence[OwnRow]) -> Table:
    """Return the table; of the other lines of the file (`said`) those that tell the chart's day are kept above it."""
    return Table(name, tuple(_lines(said, rows)), ours=True)


def _lines(said: Sequence[str], rows: Sequence[OwnRow]) -> Iterator[Row]:
    dates = list(dict.fromkeys(text for text in said if chart_dates.said_as_at(text)))[:_DATES]
    for number, text in enumerate(dates, 1):
        yield Row(number, (text,))
    columns = [field for field in Field if field in _ALWAYS or any(row.cells.get(field) for row in rows)]
    yield Row(len(dates) + 1, tuple(column.value for column in columns))
    for row in rows:
        yield Row(row.number, tuple(row.cells.get(column, "") for column in columns), row.gone)
