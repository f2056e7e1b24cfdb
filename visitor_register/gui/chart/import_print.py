"""What a chart changes, on paper: counts first, then every line with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from visitor_register.domain import calendar
from visitor_register.domain.policy import Policy
from visitor_register.gui.chart.import_rows import CHANGES, TABS
from visitor_register.gui.chart.import_state import Preview
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import pdf, printer
from visitor_register.gui.prints.flow import Column, Flow, Part
from visitor_register.gui.prints.school_print import SchoolPrint
from visitor_register.gui.prints.sheet import A4, MARGIN, Page, face, lines, mm
from visitor_register.gui.widgets.table_panel import TableRow

FILE_NAME = "chart-changes.pdf"
_TITLE = "What this chart changes"
_PARTS = ("decide", *CHANGES, "apart", "problems")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the three columns of a row begin and how wide they are, in units."""

    who: float = 0
    what: float = mm(58)
    why: float = mm(132)
    gap: float = mm(4)

    @property
    def room(self) -> tuple[float, float, float]:
        """How wide each is."""
        whole = A4.width() - 2 * MARGIN
        return self.what - self.gap, self.why - self.what - self.gap, whole - self.why


def pages(shown: Preview, school: str, printed: str) -> list[Page]:
    """Lay out all lists that hold something; whoever left is on it by name, so it belongs in no tray."""
    words = dict(TABS)
    counts = ", ".join(f"{shown.counts[tab]:,} {words[tab].lower()}" for tab in _PARTS if shown.counts[tab])
    said = ". ".join(filter(None, (school, shown.info, printed)))
    flow = Flow(partial(_header, said=said, counts=counts, team=shown.team), size=A4)
    for tab in _PARTS:
        if shown.rows[tab]:
            flow.title(lines(f"{words[tab]}: {shown.counts[tab]:,}", face(15, bold=True), A4.width() - 2 * MARGIN))
            for row in shown.rows[tab]:
                flow.row(_cells(row))
    return flow.pages


class ChangesPrinter(SchoolPrint):
    """Prints on the printer of this PC; without one the pages become a file in the register's folder, for a day."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        *,
        printer_name: Callable[[], str],
        printer_for: printer.PrinterFor = printer.printer_for,
        parent: QObject | None = None,
    ) -> None:
        fallback = folder / FILE_NAME
        super().__init__(desk, _TITLE, fallback, printer_name=printer_name, printer_for=printer_for, parent=parent)
        desk.erased.connect(self.clear)
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Take away what was left in place of paper: names stay readable to everybody no longer than they must."""
        for left in (self._fallback, pdf.second_name(self._fallback)):
            pdf.remove(left)

    def print_now(self, shown: Preview) -> None:
        """Print these changes."""
        self._start(partial(self._pages, shown), self._desk.tell)

    def _pages(self, shown: Preview, rules: Policy) -> list[Page]:
        printed = calendar.say_moment(self._desk.now(), self._desk.now())
        return pages(shown, rules.school.name, f"Printed {printed}")


def _header(page: Page, *, said: str, counts: str, team: str) -> float:
    wide = A4.width() - 2 * MARGIN
    y = page.write(lines(_TITLE, face(20, bold=True), wide), MARGIN, MARGIN)
    y = page.write(lines(said, face(10), wide), MARGIN, y)
    y = page.write(lines(f"Team: {team}" if team else "", face(11, bold=True), wide), MARGIN, y + mm(1))
    y = page.write(lines(counts, face(11, bold=True), wide), MARGIN, y) + mm(2)
    page.rule(y, thick=5)
    return y


def _cells(row: TableRow) -> tuple[Column, ...]:
    """Put the cells of a row into three columns; a pill is the first word of the second."""
    where = _Columns()
    who, *others = row.cells
    pills = [cell.pill.text for cell in others if cell.pill is not None]
    said = [cell for cell in others if cell.pill is None]
    what, why = said[:1], said[1:]
    tick = {True: "counts", False: "left out", None: ""}[who.ticked]
    texts: Sequence[tuple[str, str]] = (
        (who.text, tick or who.second),
        (": ".join(filter(None, (*pills, *(cell.text for cell in what)))), " ".join(cell.second for cell in what)),
        (" ".join(cell.text for cell in why), " ".join(cell.second for cell in why)),
    )
    columns = []
    for x, room, (first, second), bold in zip(
        (where.who, where.what, where.why), where.room, texts, (True, False, False), strict=True
    ):
        parts = [*lines(first, face(10, bold=bold), room), *lines(second, face(9), room)]
        columns.append(Column(x, tuple(map(Part, parts))))
    return tuple(columns)
