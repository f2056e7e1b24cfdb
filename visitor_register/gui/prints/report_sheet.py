"""The protocol report on paper: headlines and plots on the first page, then every table with what it counts."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from visitor_register.domain.report import Row, Table
from visitor_register.domain.report_mask import say
from visitor_register.domain.report_tables import Report
from visitor_register.domain.report_words import footnotes, headlines, span_words
from visitor_register.gui.prints import proof_foot
from visitor_register.gui.prints.flow import Column, Flow, Part
from visitor_register.gui.prints.report_plots import Ages, Ink, draw_ages, draw_notice, draw_replies
from visitor_register.gui.prints.sheet import A4, MARGIN, Line, Page, face, lines, mm, width_of
from visitor_register.services.proof import Proof

Draw = Callable[[QPainter, QRectF], object]
TITLE = "Protocol report"
_WIDE = A4.width() - 2 * MARGIN
_NUMBER = mm(22)
_GAP = mm(5)


def sheet(report: Report, school: str, old: int, very_old: int, proof: Proof | None = None) -> list[Page]:
    """Lay the report out on A4. `old` and `very_old` are the ages of a chart in days."""
    flow = Flow(partial(_head, report=report, school=school), size=A4)
    first = flow.pages[0]
    y = _headlines(first, report, _head(Page(), report=report, school=school))
    ages = Ages(report.facts.ages, old, very_old)
    teams = mm(20) + mm(7.5) * min(12, len(report.replies))
    room = A4.height() - MARGIN - mm(30) - y - teams - 3 * mm(14)
    y = _plot(first, "Bookings and notice given", y, min(mm(62), room * 0.55), partial(_draw_notice, report))
    y = _plot(first, "Reply times by team", y, teams, partial(_draw_replies, report), "dot: middle, bar: middle half")
    _plot(
        first, "Age of the chart in days", y, min(mm(48), room * 0.45), partial(_draw_ages, ages),
        f"ask at {old}, overdue at {very_old}",
    )  # fmt: skip
    _notes(first, footnotes(report))
    flow.new_page()
    for table in report.tables.values():
        _table(flow, table, report.under)
    _number(flow.pages)
    proof_foot.put(flow.pages, proof)
    return flow.pages


def _head(page: Page, *, report: Report, school: str) -> float:
    words = f"{TITLE} for sharing" if report.for_sharing else f"{TITLE}, the school's own copy"
    y = page.write(lines(words, face(17, bold=True), _WIDE), MARGIN, MARGIN)
    y = page.write(lines(f"{school} · {span_words(report.facts.span)}", face(10.5), _WIDE), MARGIN, y) + mm(2)
    page.rule(y, thick=4)
    return y + mm(3)


def _headlines(page: Page, report: Report, y: float) -> float:
    wide = _WIDE / 4
    bottom = y
    for number, one in enumerate(headlines(report)):
        x, room = MARGIN + wide * number, wide - mm(3)
        size = 17 if width_of(one.figure, face(17, bold=True)) < room else 11
        down = page.write(lines(one.figure, face(size, bold=True), room), x, y)
        down = page.write(lines(one.what, face(9, bold=True), room), x, down)
        bottom = max(bottom, page.write(lines(one.more, face(9), room), x, down))
    return bottom + mm(4)


def _plot(page: Page, title: str, y: float, tall: float, draw: Draw, hint: str = "") -> float:
    down = page.write(lines(title, face(12, bold=True), _WIDE), MARGIN, y)
    if hint:
        beside = width_of(hint, face(9))
        page.write(lines(hint, face(9), beside + 2), A4.width() - MARGIN - beside - 2, y + mm(0.8))
    where = QRectF(MARGIN, down + mm(1.5), _WIDE, tall)
    page.drawings.append((where, draw))
    return where.bottom() + _GAP


def _draw_notice(report: Report, painter: QPainter, where: QRectF) -> None:
    draw_notice(painter, where, report, _ink())


def _draw_replies(report: Report, painter: QPainter, where: QRectF) -> None:
    draw_replies(painter, where, report, _ink())


def _draw_ages(ages: Ages, painter: QPainter, where: QRectF) -> None:
    draw_ages(painter, where, ages, _ink())


def _ink() -> Ink:
    """Fit for a printer without colours."""
    grey, light = QColor("#444444"), QColor("#B8B8B8")
    return Ink(face(8.5), QColor("black"), grey, light, QColor("#222222"), QColor("#C8C8C8"), QColor("white"), mm(0.25))


def _notes(page: Page, notes: Sequence[str]) -> None:
    written = [line for note in notes for line in lines(note, face(8.5), _WIDE)]
    page.write(written, MARGIN, A4.height() - MARGIN - mm(6) - sum(line.height for line in written))


def _table(flow: Flow, table: Table, under: int) -> None:
    said = lines(table.title, face(12, bold=True), _WIDE) + lines(table.says, face(8.5), _WIDE)
    flow.title(said, with_room=mm(30))
    _row(flow, table.rows_are, table.headings, bold=True)
    if not table.rows:
        _row(flow, "Nothing in these days", ("",) * len(table.headings))
        return
    for row in table.every_row:
        _row(flow, row.name, _numbers(row, len(table.headings), under), bold=row is table.total)


def _numbers(row: Row, count: int, under: int) -> list[str]:
    return [say(cell, under) for cell in row.cells[:count]]


def _row(flow: Flow, name: str, numbers: Sequence[str], *, bold: bool = False) -> None:
    font = face(9.5, bold=bold)
    left = _WIDE - _NUMBER * len(numbers)
    cells = [Column(0, _parts(lines(name, font, left - mm(3))))]
    for place, words in enumerate(numbers):
        cells.append(Column(left + _NUMBER * place, _parts(lines(words, font, _NUMBER - mm(2)))))
    flow.row(tuple(cells), above=mm(1), thick=1)


def _parts(written: Sequence[Line]) -> tuple[Part, ...]:
    return tuple(map(Part, written))


def _number(pages: Sequence[Page]) -> None:
    for number, page in enumerate(pages, 1):
        said, font = f"Page {number} of {len(pages)}", face(8.5)
        beside = width_of(said, font)
        page.write(lines(said, font, beside + 2), A4.width() - MARGIN - beside - 2, A4.height() - MARGIN + mm(2))
