"""What happened to a booking, folded away under its form: read whenever it is opened or something was written."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.domain.bookings import Booking
from visitor_register.gui.bookings import history_words
from visitor_register.gui.bookings.entries_box import EntriesBox
from visitor_register.gui.bookings.history_words import Told
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.services import booking_history
from visitor_register.services.booking_history import BookingHistory


class HistoryPresenter(QObject):
    """Reads the history of the booking that is open in the form.

    Signals:
        told: A tuple of `Told`, newest last; empty while no booking is open.
    """

    told = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._about: UUID | None = None
        desk.jobs.changed.connect(self.refresh)

    def show_of(self, booking: Booking | None) -> None:
        """Tell of this booking; of none, while a new one is being written."""
        self._about = booking.id if booking is not None else None
        self.told.emit(())
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read it again."""
        if self._about is not None:
            job = partial(booking_history.of_booking, identity=self._about)
            self._desk.jobs.read(job, partial(self._tell, self._about))

    def _tell(self, about: UUID, history: BookingHistory) -> None:
        if about == self._about:
            self.told.emit(history_words.tell(history, self._desk.now()))

    def copy(self, text: str) -> None:
        """Put it on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self._desk.tell("The changes are copied.")


class HistoryBox(QWidget):
    """A chip that opens the list of what happened. Nothing in it can be changed.

    Signals:
        unfolded: This part was opened, or has the keyboard: scroll to it.
    """

    unfolded = Signal(object)

    def __init__(self, presenter: HistoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.fold = KeyButton("Changes", kind="chip", icon="history")
        self.copy = KeyButton("Copy as text", name="Copy the changes as text")
        self.entries = EntriesBox("What happened to this booking")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.entries)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._open(opened=False)
        self.hide()
        self.fold.toggled.connect(self._toggled)
        self.copy.clicked.connect(self._copy)
        self.entries.reached.connect(self.unfolded)
        presenter.told.connect(self._show)

    @Slot(object)
    def _show(self, told: tuple[Told, ...]) -> None:
        self.setVisible(bool(told))
        if not told:
            self.fold.setChecked(False)
        self.fold.setText(f"Changes ({len(told)})")
        self.entries.show_told(told)

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self._open(opened=opened)
        if opened:
            announce(self.entries, self.entries.as_text())
            QTimer.singleShot(0, self, partial(self.unfolded.emit, self))

    def _open(self, *, opened: bool) -> None:
        self.entries.setVisible(opened)
        self.copy.setVisible(opened)

    @Slot()
    def _copy(self) -> None:
        self._presenter.copy(self.entries.as_text())
