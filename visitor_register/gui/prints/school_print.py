"""Prints pages that name the school, on the printer of this PC or the school's own; without one they become a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.policy import Policy
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import printer, proof_foot
from visitor_register.gui.prints.sheet import Page
from visitor_register.services import policy, proof
from visitor_register.services.proof import Proof

LayOut = Callable[[Policy], Sequence[Page]]


@dataclass(frozen=True, slots=True)
class _Read:
    """The school's settings, and the words for where the register ended then."""

    rules: Policy
    proof: Proof | None


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
            self._desk.jobs.read(
                partial(_read, at=self._desk.now()), partial(self._print, lay_out, told), self._not_read
            )

    def _print(self, lay_out: LayOut, told: Callable[[str], None], read: _Read) -> None:
        self._busy = False
        pages = lay_out(read.rules)
        proof_foot.put(pages, read.proof)
        done = printer.print_pages(
            pages,
            self._title,
            to=self._printer_name() or read.rules.fire_list.printer,
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


def _read(session: Session, at: datetime) -> _Read:
    return _Read(policy.read(session, calendar.london_date(at)), proof.of_today(session, at=at))
