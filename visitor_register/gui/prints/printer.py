"""Printers by name, and what happens when there is none: the pages become a file, and a sentence says so.

Printing runs in the GUI thread: the person at the desk waits for it, and no printer driver has to be trusted
in another thread. A job's title names nobody, for queues and displays of printers show it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from visitor_register.gui.prints import pdf
from visitor_register.gui.prints.sheet import A4, MARGIN, UNITS, Page, face, lines, mm, paint

PrinterFor = Callable[[str], QPrinter | None]


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a print: on paper, or in a file, or neither; `words` says it to a person."""

    on_paper: bool
    words: str
    saved_as: Path | None = None


def printer_names() -> tuple[str, ...]:
    """The printers of this PC, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold())))


def printer_for(name: str) -> QPrinter | None:
    """The printer of that name, the PC's usual one when no name is given, or None."""
    wanted = name or QPrinterInfo.defaultPrinterName() or next(iter(printer_names()), "")
    info = QPrinterInfo.printerInfo(wanted) if wanted else QPrinterInfo()
    return None if info.isNull() else QPrinter(info, QPrinter.PrinterMode.HighResolution)


def print_pages(
    pages: Sequence[Page], title: str, *, to: str, fallback: Path, printer_for: PrinterFor = printer_for
) -> Printed:
    """Print on the printer named `to`; where that fails, save the pages as a PDF and say where they are."""
    printer = printer_for(to)
    if printer is not None and _sent(printer, pages, title):
        return Printed(True, f"{title} sent to {printer.printerName() or 'the printer'}.")
    why = f"The printer “{to}” did not take it." if to else "No printer is set up on this PC."
    try:
        saved = pdf.save(fallback, pdf.as_pdf(pages, title))
    except OSError:
        return Printed(False, f"{why} {title} could not be saved as a file either: copy it from the screen by hand.")
    return Printed(False, f"{why} {title} was saved as {saved.name} instead: open it and print it there.", saved)


def area(paper: QRectF, page: Page, dots: float) -> QRectF:
    """Where a page goes on the paper a printer has, in its dots to the inch: never larger than it is, in the middle.

    A printer that does not know a label's size keeps its own paper; a pass as large as A4 would fit no holder.
    """
    wide, high = page.size.width() * dots / UNITS, page.size.height() * dots / UNITS
    across, down = max(paper.width() - wide, 0) / 2, max(paper.height() - high, 0) / 2
    return paper.adjusted(across, down, -across, -down)


def trial_page(school: str) -> tuple[Page, ...]:
    """A page that shows whether a printer prints to its edges, in black, and at the right size."""
    page = Page()
    y = page.write(lines("Test print", face(28, bold=True), A4.width()), MARGIN, MARGIN)
    said = "Visitor register. If you can read this line, the printer works. The square is 50 mm wide."
    for text, points in ((school, 14.0), (said, 14.0)):
        y = page.write(lines(text, face(points), A4.width() - 2 * MARGIN), MARGIN, y)
    page.boxes.append((QRectF(MARGIN, y + mm(8), mm(50), mm(50)), 4))
    page.boxes.append((A4.adjusted(MARGIN / 2, MARGIN / 2, -MARGIN / 2, -MARGIN / 2), 2))
    return (page,)


def _sent(printer: QPrinter, pages: Sequence[Page], title: str) -> bool:
    printer.setDocName(title)
    printer.setFullPage(True)
    # A printer that does not know A4 keeps its own paper; the page is then scaled to it.
    printer.setPageLayout(pdf.page_layout(pages[0]))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for number, page in enumerate(pages):
            if number and not printer.newPage():
                return False
            paint(
                painter, area(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), page, printer.logicalDpiX()), page
            )
    finally:
        ended = painter.end()
    return ended and printer.printerState() != QPrinter.PrinterState.Error
