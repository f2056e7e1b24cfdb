"""Turns the boxes and lines of a drawn chart, whatever program drew it, into one table of people and its pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from visitor_register.domain import chart_dates
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import drawn_pages, drawn_people, drawn_places, drawn_ties, limits
from visitor_register.files.drawn_shapes import Shape, Sheet, Tie

__all__ = ["Shape", "Sheet", "Tie", "assemble"]

_NOBODY = (
    "No box of the drawing names a person or a post, so nothing was read: "
    "ask for the list as an Excel workbook (.xlsx) or CSV."
)
_FLOW_CHART = (
    "The drawing is no chart of who reports to whom, because many boxes stand under several others: "
    "ask for the structure chart, or for the list as an Excel workbook (.xlsx)."
)
_ALWAYS = (Field.BOX, Field.NAME, Field.JOB_TITLE, Field.REPORTS_TO_BOX)
# The headings are looked for in a table's first rows; the lines with dates stand above them.
_DATES = 5


def assemble(format_: str, file_name: str, sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]] = ()) -> Source:
    """Make one table with our own headings of all boxes, and the pages to show it on.

    Whoever is drawn on several pages is one row. A line is set only where nothing speaks against it.

    Raises:
        FileRefusedError: no box names a person or a post, the drawing is a flow chart, or a page holds too much.
    """
    for sheet in sheets:
        if len(sheet.shapes) > limits.SHAPES:
            raise FileRefusedError(
                f"{sheet.name} holds more than {limits.SHAPES:,} shapes: ask for the list as an Excel workbook (.xlsx)."
            )
    trees = [sheet for sheet in sheets if not drawn_ties.is_flow_chart(sheet)]
    left_out = [
        (sheet.name, f"{sheet.name} was left out: it is no chart of who reports to whom.")
        for sheet in sheets
        if sheet not in trees
    ]
    if left_out and not any(sheet.ties for sheet in trees):
        raise FileRefusedError(_FLOW_CHART)
    found = drawn_people.find(trees)
    if not found.posts:
        raise FileRefusedError(_NOBODY)
    lines = drawn_ties.settle(trees, found)
    said = [*(sheet.title for sheet in trees), *(text for _, text in found.others)]
    rows = drawn_places.rows(trees, found, lines)
    table = Table("", tuple(_table(list(rows), said)), ours=True)
    return Source(
        format_, file_name, (table,), (*notes, *left_out, *lines.notes), drawn_pages.pages(trees, found, lines)
    )


def _table(rows: Sequence[Mapping[Field, str]], said: Iterable[str]) -> Iterator[Row]:
    """Yield the lines that say the chart's day, our headings, and the rows; columns that say nothing are left out."""
    dates = list(dict.fromkeys(text for text in said if chart_dates.said_as_at(text)))[:_DATES]
    for number, text in enumerate(dates, 1):
        yield Row(number, (text,))
    columns = [field for field in Field if field in _ALWAYS or any(row.get(field) for row in rows)]
    yield Row(len(dates) + 1, tuple(column.value for column in columns))
    for number, row in enumerate(rows, len(dates) + 2):
        yield Row(number, tuple(row.get(column, "") for column in columns))
