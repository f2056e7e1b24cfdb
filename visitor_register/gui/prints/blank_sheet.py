"""Prints the blank paper sheet: for the next time the PC is off."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from visitor_register.domain.policy import Policy
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import paper_sheet, printer
from visitor_register.gui.prints.school_print import SchoolPrint
from visitor_register.gui.prints.sheet import Page


class BlankSheet(SchoolPrint):
    """One sheet with the school's name, on the printer of the fire list; without a printer, as a file."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        *,
        printer_name: Callable[[], str],
        printer_for: printer.PrinterFor = printer.printer_for,
        parent: QObject | None = None,
    ) -> None:
        fallback = folder / paper_sheet.FILE_NAME
        super().__init__(
            desk, "Paper sheet", fallback, printer_name=printer_name, printer_for=printer_for, parent=parent
        )

    @Slot()
    def print_now(self) -> None:
        """Print one sheet."""
        self._start(_pages, self._desk.done)


def _pages(rules: Policy) -> Sequence[Page]:
    return paper_sheet.pages(rules.school.name)
