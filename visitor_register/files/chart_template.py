"""Writes our template as a workbook: the chart for the council to correct, and a page on how to fill it in."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from visitor_register.files.whole_file import write_whole

_TEXT = "@"
_HEAD = PatternFill("solid", fgColor="1E3A5F")
_NARROWEST, _WIDEST = 9, 42
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_workbook(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], how: Iterable[tuple[str, str]]
) -> int:
    """Write a list as the first sheet and what to know about it as the second; returns how many rows.

    Every cell is text: a telephone number keeps its zero, and nothing is ever a formula.

    Args:
        path: Where to.
        header: The headings.
        rows: The list.
        how: (heading, what to write there), for the second sheet.

    Raises:
        RegisterError: the file cannot be written there; it is the whole file or none.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Structure chart")
    widths = [len(heading) + 2 for heading in header]
    _heading(sheet, header)
    count = 0
    for count, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            _put(sheet, count + 1, at + 1, value)
            widths[at] = max(widths[at], len(value) + 2)
    for at, width in enumerate(widths, 1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width, column.number_format = min(max(width, _NARROWEST), _WIDEST), _TEXT
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _explain(book.create_sheet("How to fill this in"), how)
    out = io.BytesIO()
    book.save(out)
    write_whole(path, out.getvalue())
    return count


def _heading(sheet: Worksheet, header: Sequence[str]) -> None:
    for at, heading in enumerate(header, 1):
        cell = sheet.cell(1, at, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[1].height = 22


def _put(sheet: Worksheet, row: int, column: int, value: str) -> None:
    cell = sheet.cell(row, column, value)
    cell.number_format, cell.quotePrefix = _TEXT, True
    # Said to be text: openpyxl itself takes "=1+1" for a formula.
    cell.data_type = "s"


def _explain(sheet: Worksheet, how: Iterable[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    for at, (heading, words) in enumerate(how, 1):
        sheet.cell(at, 1, heading).font = Font(bold=True)
        sheet.cell(at, 1).alignment = _WRAPPED
        sheet.cell(at, 2, words).alignment = _WRAPPED
