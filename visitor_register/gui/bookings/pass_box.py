"""Passes of a booking, made ahead of the day: printed, or saved as files to send by e-mail."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.errors import RegisterError
from visitor_register.gui.bookings.form_presenter import FormPresenter
from visitor_register.gui.bookings.ways_box import WaysBox
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.prints.pass_file import FileKind
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.key_button import KeyButton

_SAYS = "A pass for each visitor, to send ahead or to print. It names no purpose and no child."
_SAVE_FIRST = "The booking was changed. Save it first, then make the passes."


def ask_folder(parent: QWidget) -> str:
    """Let somebody choose where files go; empty when they changed their mind."""
    return file_dialogs.folder(parent, "Save the passes in")


class PassBox(WaysBox):
    """Three ways for a pass, folded away until somebody asks for them.

    Attributes:
        ask_folder: Asks where files go; tests hand in their own.
    """

    def __init__(self, presenter: FormPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._desk: Desk | None = None
        self._passes: PassDesk | None = None
        self.ask_folder: Callable[[QWidget], str] = ask_folder
        self.print = KeyButton("Print", icon="printer", name="Print the passes")
        self.save_pdf = KeyButton("PDF", icon="download", name="Save the passes as PDF")
        self.save_picture = KeyButton("Picture", icon="download", name="Save the passes as pictures")
        self.lay_out(_SAYS, (self.print, self.save_pdf, self.save_picture))
        self.print.clicked.connect(self._print)
        self.save_pdf.clicked.connect(self._save_pdf)
        self.save_picture.clicked.connect(self._save_picture)

    @property
    def offered(self) -> bool:
        """Whether there is something that makes passes."""
        return self._passes is not None

    def offer(self, desk: Desk, passes: PassDesk) -> None:
        """This is who makes them."""
        self._desk, self._passes = desk, passes

    @Slot()
    def unfold(self) -> None:
        """Show the three ways, or fold them away again."""
        self.setVisible(self.isHidden())
        if self.isVisible():
            self.print.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _print(self) -> None:
        booking = self._presenter.booking
        if self._ready() and self._passes is not None and booking is not None:
            self._passes.print_booking(booking.id)

    @Slot()
    def _save_pdf(self) -> None:
        self._save(FileKind.PDF)

    @Slot()
    def _save_picture(self) -> None:
        self._save(FileKind.PICTURE)

    def _save(self, kind: FileKind) -> None:
        booking = self._presenter.booking
        if booking is None or self._passes is None or not self._ready():
            return
        if folder := self.ask_folder(self):
            self._passes.save_booking(booking.id, Path(folder), kind)

    def _ready(self) -> bool:
        """Whether the booking stands as the form shows it: a pass is made for what is saved."""
        if self._presenter.unsaved and self._desk is not None:
            self._desk.explain(RegisterError(_SAVE_FIRST))
        return not self._presenter.unsaved
