"""Reads the school's year from a table (.csv): a line for each term, staff day or closure, with or without headings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from visitor_register.domain.calendar import MONTHS
from visitor_register.domain.chart_table import Row
from visitor_register.domain.chart_text import clean
from visitor_register.domain.school_calendar import LONGEST_NAME, MOST_DAYS, CalendarFile, CalendarLine
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_csv

LINES = 2_000
_HEADINGS: Mapping[str, frozenset[str]] = {
    "first": frozenset({"first", "first day", "start", "start date", "starts", "begins", "from", "date", "day"}),
    "last": frozenset({"last", "last day", "end", "end date", "ends", "to", "until"}),
    "said": frozenset({"what", "kind", "type"}),
    "name": frozenset({"name", "title", "event", "subject", "summary", "description", "term"}),
}
_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY = r"(?:[a-z]+\.?,?\s+)?"
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)(?:[T ].*)?")
_NUMBERS = re.compile(rf"{_WEEKDAY}(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{{4}}|\d\d)(?: 0?0:00(?::00)?)?", re.I)
_WORDS = re.compile(
    rf"{_WEEKDAY}(?P<d>\d\d?)(?:st|nd|rd|th)?[ -](?:of )?(?P<m>[a-z]{{3,9}})\.?,?[ -](?P<y>\d{{4}}|\d\d)", re.I
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand in a row, from 0; -1 where there is no such column."""

    first: int
    last: int
    said: int
    name: int


def read(path: Path) -> CalendarFile:
    """Read the lines of a table.

    Raises:
        FileRefusedError: it has no line or far too many, or writes its days month first.
    """
    if path.read_bytes().count(b"\n") > LINES:
        raise FileRefusedError(f"The table has more than {LINES:,} lines: choose one with a school year's terms alone.")
    table = chart_csv.read(path)
    rows = [row for row in table.tables[0].rows if any(clean(cell) for cell in row.cells)]
    columns = _columns(rows[0]) if rows else None
    _refuse_month_first(rows)
    lines = tuple(_line(row, columns) for row in (rows[1:] if columns else rows))
    if not lines:
        raise FileRefusedError("There is no line with a day in this table: export it again, or type the terms.")
    return CalendarFile(lines, tuple(sentence for _, sentence in table.notes))


def read_day(text: str) -> date | None:
    """Read a day, day first: 2026-09-01, 01/09/2026, 1.9.26, Tue 1 September 2026; None if it is none."""
    found = _looks_like_a_day(clean(text))
    if found is None:
        return None
    month = found["m"]
    try:
        number = int(month) if month.isdecimal() else _MONTHS[month[:3].casefold()]
        year = int(found["y"])
        return date(year + 2000 if year < 100 else year, number, int(found["d"]))
    except (ValueError, KeyError):
        return None


def _looks_like_a_day(text: str) -> re.Match[str] | None:
    """A day that does not exist looks like one too: its line is to be asked about, not read from the next cell."""
    return _ISO.fullmatch(text) or _NUMBERS.fullmatch(text) or _WORDS.fullmatch(text)


def _columns(row: Row) -> _Columns | None:
    """Find the columns by their headings; None if the first row is none of headings."""
    heads = [clean(cell).casefold().replace("_", " ") for cell in row.cells]
    found = {
        part: next((at for at, head in enumerate(heads) if head in names), -1) for part, names in _HEADINGS.items()
    }
    return _Columns(**found) if found["first"] >= 0 else None


def _line(row: Row, columns: _Columns | None) -> CalendarLine:
    cells = [clean(cell) for cell in row.cells]
    where = f"line {row.number}"
    if columns is None:
        columns = _by_content(cells)
    name, said = _cell(cells, columns.name)[:LONGEST_NAME], _cell(cells, columns.said)
    first_text, last_text = _cell(cells, columns.first), _cell(cells, columns.last)
    name = name or said
    if not first_text:
        shown = name or next(cell for cell in cells if cell)[:LONGEST_NAME]
        return CalendarLine(where, shown, said=said, trouble="It names no day.")
    first, last = read_day(first_text), read_day(last_text or first_text)
    wrong = first_text if first is None else last_text
    trouble = ""
    if first is None or last is None:
        trouble = f"“{wrong[:30]}” is no day we can read: write it as 01/09/2026."
    elif last < first:
        trouble = "It ends before it begins: correct the file, or type it."
    elif (last - first).days > MOST_DAYS:
        trouble = f"It lasts more than {MOST_DAYS} days: correct the file, or type it."
    return CalendarLine(where, name, first, last, said, trouble)


def _by_content(cells: Sequence[str]) -> _Columns:
    """Without headings the first day is the first, the next the last, and the first text the name."""
    days = [at for at, cell in enumerate(cells) if _looks_like_a_day(cell)]
    texts = [at for at, cell in enumerate(cells) if cell and at not in days]
    first, last = [*days, -1, -1][:2]
    return _Columns(first, last, said=-1, name=next(iter(texts), -1))


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if 0 <= at < len(cells) else ""


def _refuse_month_first(rows: Sequence[Row]) -> None:
    """A day that only makes sense month first says how all of them are written, and then 01/09 is not 1 September."""
    for row, text in _cells(rows):
        found = _NUMBERS.fullmatch(text)
        if found is not None and int(found["d"]) <= 12 < int(found["m"]) <= 31:
            raise FileRefusedError(
                f"Line {row.number} has “{text[:20]}”, which is written month first: "
                "write all days as 2026-09-01 or 01/09/2026 (day first) and choose the file again."
            )


def _cells(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    for row in rows:
        for cell in row.cells:
            yield row, clean(cell)
