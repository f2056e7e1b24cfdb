"""Answering for a visit: a file for the visitor's calendar, and a message with the manager copied. Nothing is sent."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from visitor_register.errors import RegisterError
from visitor_register.gui.bookings.form_presenter import FormPresenter, FormShown
from visitor_register.gui.bookings.ways_box import WaysBox
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets import file_dialogs
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.services import invitation_replies
from visitor_register.services.invitation_replies import CalendarFile, Confirmation

AskPlace = Callable[[QWidget, str], Path | None]
OpenLink = Callable[[QUrl], bool]
_SAYS = "Confirm the visit, with the manager copied. It names no purpose and no child, and nothing is sent from here."
_SAVE_FIRST = "The booking was changed. Save it first, then answer."
_NO_MAIL = "No mail program opened. Copy the message instead."
_NOT_WRITTEN = "The file cannot be written there: choose another folder."


def ask_place(parent: QWidget, suggested: str) -> Path | None:
    """Let somebody choose where the file goes."""
    chosen, _ = file_dialogs.save_name(parent, "Save for the visitor's calendar", suggested, "Invitation (*.ics)")
    return Path(chosen) if chosen else None


class ReplyPresenter(QObject):
    """Writes the answer for the booking that is open in the form, as it was saved."""

    def __init__(
        self, desk: Desk, form: FormPresenter, *, open_link: OpenLink | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self.form, self._open_link = desk, form, open_link

    def make_file(self, done: Callable[[CalendarFile], None]) -> None:
        """Make the file for the visitor's calendar."""
        booking = self.form.booking
        if booking is not None and self._ready():
            job = partial(invitation_replies.reply_ics, identity=booking.id, at=self._desk.now())
            self._desk.jobs.read(job, done, self._desk.explain)

    def write_file(self, path: Path, made: CalendarFile) -> None:
        """Write it where somebody said."""
        try:
            path.write_bytes(made.data)
        except OSError:
            self._desk.explain(RegisterError(_NOT_WRITTEN))
            return
        self._desk.tell("Saved for the visitor's calendar: attach it to the message.")

    @Slot()
    def open_mail(self) -> None:
        """Open the message in the mail program."""
        self._compose(self._open)

    @Slot()
    def copy_text(self) -> None:
        """Put the message on the clipboard."""
        self._compose(self._copy)

    def _compose(self, done: Callable[[Confirmation], None]) -> None:
        booking = self.form.booking
        if booking is not None and self._ready():
            name = self._desk.operator.name
            job = partial(invitation_replies.confirm_by_email, identity=booking.id, operator=name, at=self._desk.now())
            self._desk.jobs.read(job, done, self._desk.explain)

    def _open(self, said: Confirmation) -> None:
        link = said.link
        if link is None or not (self._open_link or QDesktopServices.openUrl)(QUrl.fromEncoded(link.encode())):
            self._desk.explain(RegisterError(_NO_MAIL))
        elif said.missing:
            self._desk.tell(" ".join(said.missing))

    def _copy(self, said: Confirmation) -> None:
        heads = (("To", said.to), ("Cc", said.cc), ("Subject", said.subject))
        lines = [f"{name}: {value}" for name, value in heads if value]
        QGuiApplication.clipboard().setText("\n".join([*lines, "", said.text]))
        self._desk.tell(" ".join(("The message is copied.", *said.missing)))

    def _ready(self) -> bool:
        if self.form.unsaved:
            self._desk.explain(RegisterError(_SAVE_FIRST))
        return not self.form.unsaved


class ReplyBox(WaysBox):
    """Three ways to answer, shown with a booking that was saved.

    Attributes:
        ask_place: Asks where the file goes; tests hand in their own.
    """

    def __init__(self, presenter: ReplyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.ask_place: AskPlace = ask_place
        self.mail = KeyButton("E-mail", icon="mail", name="Confirm by e-mail")
        self.copy = KeyButton("Copy", name="Copy the message that confirms the visit")
        self.file = KeyButton("Calendar", icon="download", name="Save a file for the visitor's calendar")
        self.lay_out(_SAYS, (self.mail, self.copy, self.file))
        self.mail.clicked.connect(presenter.open_mail)
        self.copy.clicked.connect(presenter.copy_text)
        self.file.clicked.connect(self._file)
        presenter.form.shown.connect(self._show)

    @Slot(object)
    def _show(self, form: FormShown) -> None:
        self.setVisible(form.existing)

    @Slot()
    def _file(self) -> None:
        self.presenter.make_file(self._made)

    def _made(self, made: CalendarFile) -> None:
        path = self.ask_place(self, made.name)
        if path is not None:
            self.presenter.write_file(path, made)
