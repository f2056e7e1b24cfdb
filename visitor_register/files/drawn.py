"""Turns the boxes and lines of a drawn chart, whatever program drew it, into one table of people and its pages."""

from collections.abc import Sequence

from visitor_register.domain.chart_table import Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import drawn_charts, drawn_pages, drawn_people, drawn_places, drawn_ties, limits
from visitor_register.files.drawn_shapes import Shape, Sheet, Tie
from visitor_register.files.own_table import OwnRow, own_table

__all__ = ["Shape", "Sheet", "Tie", "assemble"]

_NOBODY = (
    "No box of the drawing names a person or a post, so nothing was read: "
    "ask for the list as an Excel workbook (.xlsx) or CSV."
)


def assemble(format_: str, file_name: str, sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]] = ()) -> Source:
    """Make one table with our own headings of all boxes, and the pages to show it on.

    Whoever is drawn on several pages is one row. A line is set only where nothing speaks against it.

    Raises:
        FileRefusedError: no box names a person or a post, the drawing is a flow chart, or a page holds too much.
    """
    for sheet in sheets:
        if len(sheet.shapes) > limits.SHAPES:
            raise FileRefusedError(
                f"{sheet.name.capitalize()} holds more than {limits.SHAPES:,} shapes: "
                "ask for the list as an Excel workbook (.xlsx)."
            )
    trees, left_out = drawn_charts.charts(sheets)
    found = drawn_people.find(trees)
    if not found.posts:
        raise FileRefusedError(_NOBODY)
    lines = drawn_ties.settle(trees, found)
    rows = [OwnRow(at, row) for at, row in enumerate(drawn_places.rows(trees, found, lines), 1)]
    table = own_table("", [*(sheet.title for sheet in trees), *found.others], rows)
    said = (*notes, *left_out, *lines.notes)
    return Source(format_, file_name, (table,), said, drawn_pages.pages(trees, found, lines))
