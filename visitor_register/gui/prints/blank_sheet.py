"""Prints the blank paper sheet: for the next time the PC is off."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from visitor_register.domain import calendar
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import paper_sheet, printer
from visitor_register.services import policy


class BlankSheet(QObject):
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
        """`printer_name` says which printer this PC is set to; empty, and the school's own choice counts."""
        super().__init__(parent)
        self._desk, self._folder = desk, folder
        self._printer_name, self._printer_for = printer_name, printer_for
        self._busy = False

    @Slot()
    def print_now(self) -> None:
        """Print one sheet. Impatient presses while it is on its way are one print."""
        if not self._busy:
            self._busy = True
            today = calendar.london_date(self._desk.now())
            self._desk.jobs.read(partial(policy.read, on=today), self._print, self._not_read)

    def _print(self, rules: Policy) -> None:
        self._busy = False
        done = printer.print_pages(
            paper_sheet.pages(rules.school.name),
            "Paper sheet",
            to=self._printer_name() or rules.fire_list.printer,
            fallback=self._folder / paper_sheet.FILE_NAME,
            printer_for=self._printer_for,
        )
        if done.on_paper:
            self._desk.done(done.words)
        else:
            self._desk.explain(RegisterError(done.words))

    def _not_read(self, error: RegisterError) -> None:
        self._busy = False
        self._desk.explain(error)
