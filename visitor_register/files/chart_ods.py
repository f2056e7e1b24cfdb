"""Reads an OpenDocument sheet (.ods) with its merged cells, repeated rows, hidden rows and strike-through."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, limits
from visitor_register.files.ods_cells import STYLE, TABLE, Styles, count, text_of
from visitor_register.files.sheet_rows import BAND_COLUMNS, sheet_row
from visitor_register.files.zip_guard import check_sizes, walk

_MANIFEST = "META-INF/manifest.xml"
_PARTS = ("styles.xml", "content.xml")
_ROW, _CELLS = f"{TABLE}table-row", (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
# The format writes equal rows once with a number; a list of people never has that many alike.
_ALIKE = 200


def read(path: Path) -> Source:
    """Read every visible sheet of an OpenDocument workbook into tables.

    Raises:
        FileRefusedError: it is damaged, has a password, or is larger or stranger than a list of people.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive, lambda name: name in (_MANIFEST, *_PARTS))
            if _MANIFEST in archive.NameToInfo and b"encryption-data" in archive.read(_MANIFEST):
                raise formats.refused("password-ods")
            parts = [archive.read(name) for name in _PARTS if name in archive.NameToInfo or name == _PARTS[-1]]
    except formats.BROKEN_ZIP as error:
        raise formats.refused("broken-zip") from error
    book = _Book()
    for part in parts:
        walk(part, book.seen, whole=(STYLE, _ROW))
    return Source("ods", path.name, tuple(book.tables), tuple(book.notes))


@dataclass(slots=True)
class _Sheet:
    """A sheet as far as it has been read. `merged`: by column, the last row of a merge and its text."""

    rows: list[Row] = field(default_factory=list)
    row_number: int = 0
    column_styles: list[str] = field(default_factory=list)
    merged: dict[int, tuple[int, str]] = field(default_factory=dict)
    band_until: int = 0
    far: int = 0
    formulas: int = 0
    alike: tuple[int, int] = (0, 0)


class _Book:
    """Takes a workbook's elements as they end: styles, then the columns and rows of each sheet, then the sheet."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.notes: list[tuple[str, str]] = []
        self._styles = Styles()
        self._sheet = _Sheet()

    def seen(self, element: Element) -> None:
        """Take one element."""
        match element.tag.rpartition("}")[2]:
            case "style":
                self._styles.add(element)
            case "table-column":
                style = element.get(f"{TABLE}default-cell-style-name", "")
                wanted = limits.COLUMNS - len(self._sheet.column_styles)
                self._sheet.column_styles += [style] * min(count(element, "number-columns-repeated"), wanted)
            case "table-row":
                self._row(element)
            case "table" if element.tag.startswith(TABLE):
                self._finish(element.get(f"{TABLE}name", ""), element.get(f"{TABLE}style-name", ""))

    def _finish(self, name: str, style: str) -> None:
        sheet, self._sheet = self._sheet, _Sheet()
        if self._styles.hides(style):
            return
        if sheet.far > 100:
            raise FileRefusedError(
                f"The sheet “{name}” has more than {limits.ROWS:,} rows: ask for the people of one directorate."
            )
        where = f"sheet {name}"
        if sheet.far:
            self.notes.append((where, f"{sheet.far} cells far below or right of the sheet “{name}” were not read."))
        if sheet.formulas:
            text = f"{sheet.formulas} formulas in the sheet “{name}” have no saved result and were read as blank."
            self.notes.append((where, text))
        if sheet.alike[1]:
            number, times = sheet.alike
            text = f"Row {number} of the sheet “{name}” stands there {times:,} times; {_ALIKE} were read."
            self.notes.append((where, text))
        width = max((len(row.cells) for row in sheet.rows), default=0)
        padded = (_padded(row, width) for row in sheet.rows)
        self.tables.append(Table(name, tuple(padded)))

    def _row(self, element: Element) -> None:
        sheet = self._sheet
        times = count(element, "number-rows-repeated")
        number = sheet.row_number + 1
        sheet.row_number += times
        texts, struck = self._cells(element, number)
        if not any(texts):
            return
        if number > limits.ROWS:
            sheet.far += times
            return
        if times > _ALIKE:
            sheet.alike = number, times
        hidden = element.get(f"{TABLE}visibility", "visible") != "visible"
        for at in range(number, min(number + min(times, _ALIKE), limits.ROWS + 1)):
            row = sheet_row(at, texts, struck, hidden="hidden row" if hidden else "", band=at <= sheet.band_until)
            sheet.rows.append(row)

    def _cells(self, row: Element, number: int) -> tuple[list[str], list[int]]:
        """Return the texts of a row, those of merges above filled in, and which of them are struck through."""
        sheet = self._sheet
        texts: list[str] = []
        struck: list[int] = []
        at = 0
        row_style = row.get(f"{TABLE}default-cell-style-name", "")
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            times = count(cell, "number-columns-repeated")
            kept = min(times, limits.COLUMNS - at)
            column_style = sheet.column_styles[at] if at < len(sheet.column_styles) else ""
            style = cell.get(f"{TABLE}style-name") or row_style or column_style
            text, through = text_of(cell, self._styles, style) if cell.tag == _CELLS[0] else ("", False)
            sheet.formulas += not text and cell.get(f"{TABLE}formula") is not None
            if text and kept <= 0:
                sheet.far += 1
            if text and kept > 0:
                texts += [""] * (at - len(texts)) + [text] * kept
                struck += range(at, at + kept) if through else ()
                self._merge(cell, number, at, text)
            at += times
        for place, (last, text) in sheet.merged.items():
            texts += [""] * (place + 1 - len(texts))
            if number <= last and not texts[place]:
                texts[place] = text
        return texts, struck

    def _merge(self, cell: Element, number: int, at: int, text: str) -> None:
        across, last = count(cell, "number-columns-spanned"), number + count(cell, "number-rows-spanned") - 1
        if across >= BAND_COLUMNS:
            self._sheet.band_until = last
        elif last > number:
            self._sheet.merged[at] = (last, text)


def _padded(row: Row, width: int) -> Row:
    return Row(row.number, row.cells + ("",) * (width - len(row.cells)), row.gone, row.band, row.struck)
