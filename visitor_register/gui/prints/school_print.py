"""Prints pages that name the school, on the printer of this PC or the school's own; without one they become a file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from visitor_register.domain import calendar
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import printer
from visitor_register.gui.prints.sheet import Page
from visitor_register.services import policy

LayOut = Callable[[Policy], Sequence[Page]]


class SchoolPrint(QObject):
    """One print at a time: impatient presses while it is on its way are one print."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        fallback: Path,
        *,
        printer_name: Callable[[], str],
        printer_for: printer.PrinterFor = printer.printer_for,
        parent: QObject | None = None,
    ) -> None:
        """`printer_name` says which printer this PC is set to; empty, and the school's own choice counts."""
        super().__init__(parent)
        self._desk, self._title, self._fallback = desk, title, fallback
        self._printer_name, self._printer_for = printer_name, printer_for
        self._busy = False

    def _start(self, lay_out: LayOut, told: Callable[[str], None]) -> None:
        """Lay pages out by the school's settings and print them; `told` hears it when they are on paper."""
        if not self._busy:
            self._busy = True
            job = partial(policy.read, on=calendar.london_date(self._desk.now()))
            self._desk.jobs.read(job, partial(self._print, lay_out, told), self._not_read)

    def _print(self, lay_out: LayOut, told: Callable[[str], None], rules: Policy) -> None:
        self._busy = False
        done = printer.print_pages(
            lay_out(rules),
            self._title,
            to=self._printer_name() or rules.fire_list.printer,
            fallback=self._fallback,
            printer_for=self._printer_for,
        )
        if done.on_paper:
            told(done.words)
        else:
            self._desk.explain(RegisterError(done.words))

    def _not_read(self, error: RegisterError) -> None:
        self._busy = False
        self._desk.explain(error)
