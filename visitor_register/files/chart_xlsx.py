"""Reads a workbook with its merged cells, hidden rows and strike-through. Macros are not looked at."""

import io
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from visitor_register.domain.chart_table import Source, Table
from visitor_register.files import formats, limits, xlsx_scan
from visitor_register.files.sheet_rows import BAND_COLUMNS, sheet_row


def read(path: Path) -> Source:
    """Read every visible sheet of a workbook (.xlsx, .xlsm) into tables.

    Raises:
        FileRefusedError: it is damaged, or larger or stranger than a list of people.
    """
    data, notes, extents = xlsx_scan.scan(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and extensions that it drops; we read neither.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
    ) as error:
        # XML that is none is a SyntaxError, a workbook without its main part an OSError.
        raise formats.refused("broken-zip") from error
    tables = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows, columns = extents.get(sheet.title, (0, 0))
        last_row, last_column = (
            rows or min(sheet.max_row, limits.ROWS),
            columns or min(sheet.max_column, limits.COLUMNS),
        )
        tables.append(_table(sheet, last_row, last_column))
    return Source("xlsx", path.name, tuple(tables), tuple(notes))


def _table(sheet: Worksheet, last_row: int, last_column: int) -> Table:
    filled, bands = _merges(sheet, last_row, last_column)
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), 1):
        texts = tuple(
            filled.get((number, at)) or _text(cell.value, cell.number_format) for at, cell in enumerate(cells, 1)
        )
        if not any(texts) and number > 1:
            continue
        struck = [at for at, cell in enumerate(cells) if cell.font is not None and cell.font.strike]
        rows.append(sheet_row(number, texts, struck, hidden=_hidden(sheet, number), band=number in bands))
    return Table(sheet.title, tuple(rows))


def _merges(sheet: Worksheet, last_row: int, last_column: int) -> tuple[dict[tuple[int, int], str], set[int]]:
    """Return the text of cells below a merge's first, and the rows that are one heading over many columns."""
    filled: dict[tuple[int, int], str] = {}
    bands: set[int] = set()
    for merged in sheet.merged_cells.ranges:
        if merged.max_col - merged.min_col + 1 >= BAND_COLUMNS:
            bands.update(range(merged.min_row, min(merged.max_row, last_row) + 1))
            continue
        if merged.min_row > last_row or merged.min_col > last_column:
            continue
        first = sheet.cell(merged.min_row, merged.min_col)
        text = _text(first.value, first.number_format)
        for number in range(merged.min_row + 1, min(merged.max_row, last_row) + 1):
            filled[number, merged.min_col] = text
    return filled, bands


def _hidden(sheet: Worksheet, number: int) -> str:
    dimension = sheet.row_dimensions.get(number)
    return "hidden row" if dimension is not None and (dimension.hidden or dimension.height == 0) else ""


def _text(value: Any, number_format: str = "") -> str:
    """Write a cell as a person sees it: no ".0", moments as 2026-01-05 14:30, midnight left out, leading zeros kept."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat(" ", "minutes").removesuffix(" 00:00")
        case date():
            return value.isoformat()
        case int() | float() if value == int(value) and abs(value) < 1e15:
            zeros = len(number_format) if set(number_format) == {"0"} else 0
            return str(int(value)).zfill(zeros)
        case _:
            return str(value)[: limits.CELL_CHARACTERS]
