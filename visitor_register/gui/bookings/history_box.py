"""What happened to a booking, folded away under its form: read whenever it is opened or something was written."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.domain.bookings import Booking
from visitor_register.gui.bookings import history_words
from visitor_register.gui.bookings.history_words import Told
from visitor_register.gui.desk import Desk
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame, frame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
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

    def copy(self, told: tuple[Told, ...]) -> None:
        """Put it on the clipboard, a line for each entry."""
        QGuiApplication.clipboard().setText("\n".join(one.as_text() for one in told))
        self._desk.tell("The changes are copied.")


class HistoryBox(QWidget):
    """A chip that opens the list of what happened. Nothing in it can be changed.

    Signals:
        unfolded: This part was opened and has its height: scroll to it.
    """

    unfolded = Signal(object)

    def __init__(self, presenter: HistoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.told: tuple[Told, ...] = ()
        self.fold = KeyButton("Changes", kind="chip", icon="history")
        self.copy = KeyButton("Copy as text", name="Copy the changes as text")
        self.entries = WrappingFrame()
        self.entries.setProperty("role", "sunken")
        self.entries.setAccessibleName("What happened to this booking")
        self._inside = QVBoxLayout(self.entries)
        self._inside.setContentsMargins(12, 10, 12, 12)
        self._inside.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.entries)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self._open(opened=False)
        self.hide()
        self.fold.toggled.connect(self._toggled)
        self.copy.clicked.connect(self._copy)
        presenter.told.connect(self._show)

    @Slot(object)
    def _show(self, told: tuple[Told, ...]) -> None:
        self.setVisible(bool(told))
        if not told:
            self.fold.setChecked(False)
        if told == self.told:
            return
        self.told = told
        self.fold.setText(f"Changes ({len(told)})")
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, one in enumerate(told):
            if number:
                self._inside.addWidget(frame("line"))
            self._inside.addWidget(_entry(one))
        self.entries.keep_height()

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self._open(opened=opened)
        if opened:
            announce(self.entries, ". ".join(one.as_text() for one in self.told))
            QTimer.singleShot(0, self, partial(self.unfolded.emit, self))

    def _open(self, *, opened: bool) -> None:
        self.entries.setVisible(opened)
        self.copy.setVisible(opened)

    @Slot()
    def _copy(self) -> None:
        self._presenter.copy(self.told)


def _entry(told: Told) -> QWidget:
    made = QWidget()
    made.setAccessibleName(told.as_text())
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(PlainLabel(told.title, t="strong", wrap=True))
    for line in told.lines:
        column.addWidget(PlainLabel(line, wrap=True))
    column.addWidget(PlainLabel(told.written, t="cap", wrap=True))
    return made
