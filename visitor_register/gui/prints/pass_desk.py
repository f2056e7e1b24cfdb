"""Prints and saves visitors' passes: at the desk on the printer of this PC, ahead of the day also as files.

Without a printer the pass becomes a file and a sentence says so; signing in never waits for it. Job titles
and file names name nobody.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.prints import pdf, printer
from visitor_register.gui.prints.pass_file import FileKind, save_passes
from visitor_register.gui.prints.pass_label import TITLE, LabelSize, label
from visitor_register.gui.prints.pass_sheet import SheetText, sheet
from visitor_register.gui.prints.pass_words import desk_copy, pass_text
from visitor_register.gui.prints.printer import Printed
from visitor_register.gui.prints.sheet import Page
from visitor_register.services import pass_details
from visitor_register.services.pass_details import PassDetails
from visitor_register.settings import A4_SHEET, Machine

FILE_NAME = "visitor-pass.pdf"
"""Where a pass goes that no printer took: one file, so that no collection of names grows on the disk."""

Told = Callable[[Printed], None]


class PassDesk(QObject):
    """One for the program. Today and Bookings ask it for passes.

    Attributes:
        printer_for: Finds a printer by its name; tests hand in their own.
        open_file: Opens a file for the person at the desk.
    """

    def __init__(
        self, desk: Desk, folder: Path, *, machine: Callable[[], Machine], parent: QObject | None = None
    ) -> None:
        """`machine` says what this PC is set to now. A pass that was left as a file before is taken away."""
        super().__init__(parent)
        self._desk, self._machine = desk, machine
        self._fallback = folder / FILE_NAME
        self._on_its_way: set[UUID] = set()
        self.printer_for: printer.PrinterFor = printer.printer_for
        self.open_file: Callable[[Path], None] = open_file
        desk.erased.connect(self.clear)
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Take away a pass that was left in place of paper: a name does not lie about overnight."""
        for left in (self._fallback, pdf.second_name(self._fallback)):
            pdf.remove(left)

    @property
    def by_itself(self) -> bool:
        """Whether a pass is printed at every sign-in: this PC has a printer for passes."""
        return bool(self._machine().label_printer)

    @Slot(object)
    def print_visit(self, visit: UUID) -> None:
        """Print the pass of somebody who is here, for the first time or again: the code stays the same."""
        self.print_and_tell(visit, self._tell)

    def print_and_tell(self, visit: UUID, told: Told) -> None:
        """The same, and let the caller say what became of it. Impatient presses are one print."""
        if visit in self._on_its_way:
            return
        self._on_its_way.add(visit)
        job = partial(pass_details.at_desk, identity=visit, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._print_one, visit, told), partial(self._not_made, visit))

    def print_booking(self, booking: UUID) -> None:
        """Print the passes of everybody who is booked together."""
        self._ahead(booking, self._print_ahead)

    def save_booking(self, booking: UUID, folder: Path, kind: FileKind) -> None:
        """Save them as files into a folder, to be sent by e-mail."""
        self._ahead(booking, partial(self._save_ahead, folder, kind))

    def _ahead(self, booking: UUID, done: Callable[[tuple[PassDetails, ...]], None]) -> None:
        if booking in self._on_its_way:
            return
        self._on_its_way.add(booking)
        job = partial(pass_details.ahead, identity=booking, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, partial(self._made_ahead, booking, done), partial(self._not_made, booking))

    def _made_ahead(
        self, booking: UUID, done: Callable[[tuple[PassDetails, ...]], None], made: tuple[PassDetails, ...]
    ) -> None:
        self._on_its_way.discard(booking)
        done(made)

    def _print_one(self, visit: UUID, told: Told, made: PassDetails) -> None:
        self._on_its_way.discard(visit)
        told(self._print(self._pages(made)))

    def _print_ahead(self, made: tuple[PassDetails, ...]) -> None:
        self._tell(self._print([page for one in made for page in self._pages(one)]))

    def _save_ahead(self, folder: Path, kind: FileKind, made: tuple[PassDetails, ...]) -> None:
        try:
            saved = save_passes(folder, kind, [(one.made.day, pass_text(one)) for one in made])
        except OSError:
            self._desk.explain(RegisterError(f"Nothing can be saved in {folder.name}. Choose another folder."))
            return
        what = saved[0].name if len(saved) == 1 else f"{len(saved)} passes, {saved[0].name} and on,"
        self._desk.done(f"Saved: {what} in {folder.name}.")

    def _not_made(self, wanted: UUID, error: RegisterError) -> None:
        self._on_its_way.discard(wanted)
        self._desk.explain(error)

    def _pages(self, made: PassDetails) -> tuple[Page, ...]:
        size, text = self._machine().label_size, pass_text(made)
        if size == A4_SHEET:
            now = self._desk.now()
            printed = calendar.say_date_time(now)
            return sheet(text, SheetText(made.rules.notice.text, desk_copy(made), printed, made.proof))
        known = size if size in set(LabelSize) else LabelSize.ROLL_62
        return (label(text, LabelSize(known)),)

    def _print(self, pages: Sequence[Page]) -> Printed:
        return printer.print_pages(
            pages, TITLE, to=self._machine().label_printer, fallback=self._fallback, printer_for=self.printer_for
        )

    def _tell(self, printed: Printed) -> None:
        if printed.on_paper:
            self._desk.done(printed.words)
        elif printed.saved_as is None:
            self._desk.explain(RegisterError(printed.words))
        else:
            opened = partial(self.open_file, printed.saved_as)
            self._desk.said.emit(Notice("check", printed.words, "Open the file", opened))


def open_file(path: Path) -> None:
    """Show a file in the program that this PC has for such files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
