"""The protocol report as a workbook: every table with what it counts, and in the school's own copy what was counted."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from visitor_register.domain.report import Facts, Table
from visitor_register.domain.report_mask import say
from visitor_register.domain.report_tables import Report
from visitor_register.domain.report_words import footnotes, headlines, span_words
from visitor_register.files.whole_file import write_whole

FACTS = ("Deadlines", "Bookings", "Visits", "Escalations", "Chart age")
"""Sheets of the school's own copy with a line for each thing that is counted. None names anybody."""
Value = str | bool | int | float | date | None
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def write_report(path: Path, report: Report, school: str) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        RegisterError: it cannot be written there.
    """
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    first.title = "Summary"
    _fill(first, [[f"{school}: protocol report"], [span_words(report.facts.span)], []])
    _fill(first, [[one.figure, one.what, one.more] for one in headlines(report)])
    _fill(first, [[], *([note] for note in footnotes(report))])
    _widths(first, (24, 40, 44))
    _tables(book.create_sheet("Figures"), report.tables.values(), report.under)
    times = book.create_sheet("Reply times")
    _fill(times, [["Team", "Replies", "Middle reply, hours", "A quarter took up to", "Three quarters took up to"]])
    _fill(times, ([t.team, t.replies, *(round(h, 1) for h in (t.middle, t.lower, t.upper))] for t in report.replies))
    _widths(times, (44, 10, 22, 22, 26))
    if not report.for_sharing:
        _facts(book, report.facts)
    else:
        _fill(book.create_sheet(FACTS[-1]), [["Day", "Age in days"], *report.facts.ages])
    made = BytesIO()
    book.save(made)
    write_whole(path, made.getvalue())


def _tables(sheet: Worksheet, tables: Iterable[Table], under: int) -> None:
    for table in tables:
        at = sheet.max_row + 1 if sheet.max_row > 1 else 1
        _fill(sheet, [[table.title], [table.says], [table.rows_are, *table.headings]])
        sheet.cell(at, 1).font = _BOLD
        sheet.merge_cells(start_row=at + 1, start_column=1, end_row=at + 1, end_column=6)
        sheet.cell(at + 1, 1).alignment = _WRAPPED
        sheet.row_dimensions[at + 1].height = 48
        for row in table.every_row:
            cells = row.cells[: len(table.headings)]
            _fill(sheet, [[row.name, *(say(cell, under) if cell.value is None else cell.value for cell in cells)]])
        _fill(sheet, [[""]])
    _widths(sheet, (44, 18, 18, 18, 18, 12))


def _facts(book: Workbook, facts: Facts) -> None:
    rows: dict[str, list[Sequence[Value]]] = {
        "Deadlines": [("Owed by", "What", "Urgent", "Team", "Began on", "How it stands", "Hours taken")],
        "Bookings": [("For", "Team", "Short notice", "Reason")],
        "Visits": [
            ("On", "Team", "Booked", "Came about", "Reason", "Code read", "Photo compared", "Call-back confirmed")
        ],
        "Escalations": [("On", "Rung", "How it stands")],
        "Chart age": [("Day", "Age in days"), *facts.ages],
    }
    rows["Deadlines"] += [(f.owes, f.kind, f.urgent, f.team, f.day, f.standing, f.hours) for f in facts.owed]
    rows["Bookings"] += [(f.day, f.team, "unknown" if f.short is None else f.short, f.reason) for f in facts.bookings]
    rows["Visits"] += [
        (f.day, f.team, f.booked, f.came_about or "", f.reason, f.code_read, f.compared, f.called_back)
        for f in facts.visits
    ]
    rows["Escalations"] += [(f.day, f.rung, f.ending) for f in facts.steps]
    for name in FACTS:
        sheet = book.create_sheet(name)
        _fill(sheet, rows[name])
        sheet.freeze_panes = "A2"
        _widths(sheet, (18,) * 8)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[Value]]) -> None:
    """Write rows below what is there. A text is a text, also one that looks like a formula."""
    at = sheet.max_row if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 0
    for number, row in enumerate(rows, at + 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, str(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for number, wide in enumerate(widths):
        sheet.column_dimensions["ABCDEFGH"[number]].width = wide
