"""The fire list while it is open: who was ticked off, which list, drill or not, and printing in one key."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.fire_list.state import screen
from visitor_register.gui.prints import fire_list as sheet
from visitor_register.gui.prints import printer
from visitor_register.gui.prints.fire_writer import LOCKDOWN_NAME
from visitor_register.services import fire_list, policy
from visitor_register.services.fire_list import FireList, Kind

ONE_PRINT = timedelta(seconds=3)
"""Impatient presses while a printer is slow are one print."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the bar of this screen: good, or to be looked at."""

    good: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Read:
    """The list, and the printer the school chose for it."""

    fire_list: FireList
    printer: str


class FireListPresenter(QObject):
    """Keeps the ticks as long as the list is open; they are stored nowhere.

    Signals:
        opened: Show the list.
        shown: What to show now, a `Screen`.
        said: A sentence for the list's own bar, a `Said`.
        closed: The list is left; go back to where one was.
    """

    opened = Signal()
    shown = Signal(object)
    said = Signal(object)
    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        *,
        printer_name: str = "",
        printer_for: printer.PrinterFor = printer.printer_for,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._folder, self._printer_for = desk, folder, printer_for
        self._machine_printer, self._school_printer = printer_name, ""
        self._open = self._locked = self._print_when_read = self._close_asked = self._stale = False
        self._held: FireList | None = None
        self._kind, self._drill, self._hide_found = Kind.FIRE, False, False
        self._ticks: dict[UUID, datetime] = {}
        self._printed_at: datetime | None = None
        self._copy = ""
        desk.jobs.changed.connect(self._changed)

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._open

    @Slot()
    def open_or_print(self) -> None:
        """F9 from anywhere: the first opens the list, the next prints it at once."""
        if self._open:
            self.print_now()
        else:
            self.open()

    @Slot()
    def open(self) -> None:
        """Open the list, nobody ticked off."""
        self._open, self._close_asked, self._print_when_read = True, False, False
        self._held, self._printed_at = None, None
        self._kind, self._drill, self._hide_found = Kind.FIRE, False, False
        self._ticks.clear()
        self.opened.emit()
        self._read_again()

    @Slot()
    def leave(self) -> None:
        """Esc: go back. With people ticked off it asks once more, for the ticks go with the list."""
        count = len(self._ticks)
        if count and not self._close_asked:
            self._close_asked = True
            ticked = "1 person is" if count == 1 else f"{count} people are"
            self.said.emit(Said(False, f"{ticked} ticked off. Press Esc again to close the list and clear the ticks."))
            return
        self._open, self._held = False, None
        self._ticks.clear()
        self.closed.emit()

    @Slot(object)
    def tick(self, key: UUID) -> None:
        """Tick somebody off, or take the tick back."""
        if self._ticks.pop(key, None) is None:
            self._ticks[key] = self._desk.now()
        self._show()

    @Slot(object)
    def use_kind(self, kind: Kind) -> None:
        """Show the fire list or the lockdown list: the same people, the same ticks."""
        self._kind = kind
        self._show()

    @Slot(bool)
    def use_drill(self, drill: bool) -> None:
        """Mark the list, and its print, as a drill."""
        self._drill = drill
        self._show()

    @Slot(bool)
    def hide_found(self, hide: bool) -> None:
        """Leave only those on the screen who are still to be found."""
        self._hide_found = hide
        self._show()

    @Slot(bool)
    def use_locked(self, locked: bool) -> None:
        """Say whether the desk is locked; the list and its ticks stay as they are."""
        self._locked = locked
        self._show()

    @Slot(bool, str)
    def use_copy(self, good: bool, words: str) -> None:
        """Say how the file of the list stands: connect it to `FireListWriter.state_changed`."""
        self._copy = words
        self._show()

    def use_printer(self, name: str) -> None:
        """Print on the printer this PC is set to; the school's own choice counts when it is empty."""
        self._machine_printer = name

    @Slot()
    def print_now(self) -> None:
        """Print what is on the screen, all of it; at once, or as soon as it has been read."""
        if self._held is None:
            self._print_when_read = True
            return
        now = self._desk.now()
        if self._printed_at is not None and now - self._printed_at < ONE_PRINT:
            return
        self._printed_at = now
        # Read again at every change, the list is as true now as when it was read, unless reading failed.
        wanted = self._wanted(self._held if self._stale else replace(self._held, made_at=now))
        name = sheet.FILE_NAME if wanted.kind is Kind.FIRE else LOCKDOWN_NAME
        done = printer.print_pages(
            sheet.pages(wanted),
            wanted.kind.title,
            to=self._machine_printer or self._school_printer,
            fallback=self._folder / name,
            printer_for=self._printer_for,
        )
        if done.on_paper:
            by, count = self._desk.operator, wanted.count
            record = partial(fire_list.record_printed, locked=self._locked, drill=self._drill, count=count)
            self._desk.jobs.write(partial(record, by=by, at=now))
        self.said.emit(Said(done.on_paper, done.words))

    @Slot()
    def _changed(self) -> None:
        if self._open:
            self._read_again()

    def _read_again(self) -> None:
        self._desk.jobs.read(self._read, self._was_read, self._was_not_read)

    def _read(self, session: Session) -> _Read:
        at = self._desk.now()
        chosen = policy.read(session, calendar.london_date(at)).fire_list.printer
        return _Read(fire_list.read(session, at=at), chosen)

    def _was_read(self, read: _Read) -> None:
        if not self._open:
            return
        before, self._held, self._stale = self._held, read.fire_list, False
        self._school_printer = read.printer
        self._show()
        if before is not None:
            self._tell_new(before, read.fire_list)
        if self._print_when_read:
            self._print_when_read = False
            self.print_now()

    def _was_not_read(self, error: RegisterError) -> None:
        self._stale = True
        self.said.emit(Said(False, f"The list may not be up to date. {error}"))

    def _tell_new(self, before: FireList, now: FireList) -> None:
        known = {row.id for row in before.people}
        new = [row for row in now.people if row.id not in known]
        if new:
            names = "; ".join(row.index_name for row in new)
            self.said.emit(Said(True, f"Signed in since the list was opened: {names}"))

    def _wanted(self, held: FireList) -> FireList:
        return replace(held, kind=self._kind, drill=self._drill)

    def _show(self) -> None:
        # Whatever one does after Esc, one wants to go on.
        self._close_asked = False
        if self._open and self._held is not None:
            wanted = self._wanted(self._held)
            self.shown.emit(
                screen(wanted, self._ticks, hide_found=self._hide_found, locked=self._locked, copy=self._copy)
            )
