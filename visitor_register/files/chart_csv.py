"""Reads a text table: any common encoding, any common delimiter, whatever the file is called."""

import csv
import re
import statistics
from pathlib import Path

from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, limits
from visitor_register.files.exports import without_mark

_DELIMITERS = ",;\t|"
_SWALLOWED = 3


def read(path: Path) -> Source:
    """Read a CSV or TXT file into one table.

    Raises:
        FileRefusedError: it is empty or has more rows than any list of people.
    """
    text, notes = decode(path.read_bytes())
    text, said = _without_sep_line(text)
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise formats.refused("empty")
    delimiter = said or _delimiter(text)
    rows, too_wide, swallowed = _rows(text, delimiter)
    if too_wide:
        notes.append(
            (
                f"row {too_wide}",
                f"Row {too_wide} is wider than {limits.COLUMNS} columns; what stands further right was not read.",
            )
        )
    for number, count in swallowed:
        sentence = f"A quotation mark in row {number} is never closed: {count} lines became one cell."
        notes.append((f"row {number}", sentence))
    return Source("csv", path.name, (Table("", tuple(rows)),), tuple(notes))


def decode(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Turn bytes into text: byte-order mark, else UTF-16 by its NULs, else UTF-8, else line by line cp1252.

    Returns the text and notes about anything but plain UTF-8, cp1252 or a marked encoding.
    """
    notes: list[tuple[str, str]] = []
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), notes
    nulls = data.count(0)
    if nulls * 4 > len(data):
        encoding = "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
        notes.append(("file", "The file is UTF-16 without a mark; it was read as such, so check accented names."))
        return data.decode(encoding, errors="replace"), notes
    if nulls:
        notes.append(("file", "The file holds NUL characters inside cells; they were taken out."))
        data = data.replace(b"\0", b"")
    try:
        return data.decode("utf-8"), notes
    except UnicodeDecodeError:
        return _line_by_line(data, notes)


def _line_by_line(data: bytes, notes: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    lines, utf8, other = [], 0, 0
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            utf8 += any(byte > 127 for byte in line)
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            other += 1
    if utf8 and other:
        notes.append(
            ("file", f"The file mixes encodings: {other} lines are Windows text in a UTF-8 file. Check accented names.")
        )
    return "".join(lines), notes


def _without_sep_line(text: str) -> tuple[str, str]:
    match = re.match(r"\s*\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n)", text, re.I)
    return (text[match.end() :], match.group(1)) if match else (text, "")


def _delimiter(text: str) -> str:
    """Choose the delimiter that gives the most regular rows of more than one column."""
    sample = text[:200_000]

    def regularity(delimiter: str) -> tuple[float, float]:
        counts = []
        try:
            for at, row in enumerate(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)):
                if any(row):
                    counts.append(len(row))
                if at > 200:
                    break
        except csv.Error:
            return 0.0, 0.0
        usual = statistics.mode(counts) if counts else 1
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0), float(usual)

    return max(_DELIMITERS, key=regularity)


def _rows(text: str, delimiter: str) -> tuple[list[Row], int, list[tuple[int, int]]]:
    csv.field_size_limit(limits.FILE_BYTES)
    rows: list[Row] = []
    swallowed = []
    too_wide = 0
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for cells in reader:
            number = len(rows) + 1
            if number > limits.ROWS:
                raise FileRefusedError(
                    f"The file has more than {limits.ROWS:,} rows: ask for the people of one directorate."
                )
            if any(cells[limits.COLUMNS :]) or len(cells) > 10 * limits.COLUMNS:
                too_wide = too_wide or number
            cells = cells[: limits.COLUMNS]
            # A long note has line breaks too, but not a delimiter in each line.
            whole = [cell for cell in cells if _SWALLOWED < cell.count("\n") <= cell.count(delimiter)]
            swallowed += [(number, cell.count("\n")) for cell in whole[:1]]
            gone = "a quotation mark is never closed" if whole else ""
            kept = (without_mark(cell[: limits.CELL_CHARACTERS]) for cell in cells)
            rows.append(Row(number, tuple(kept), gone))
    except csv.Error as error:
        raise FileRefusedError(
            "The text file is damaged: open it in Excel, save it as .xlsx and choose that."
        ) from error
    return rows, too_wide, swallowed
