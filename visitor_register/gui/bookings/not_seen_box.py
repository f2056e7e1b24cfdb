"""The child was not seen: what the DSL or the head writes down once a visit has begun. Nobody else sees it."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from visitor_register.domain.bookings import Booking, BookingState, NotSeenWhy
from visitor_register.domain.events import NotSeen
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.domain.school import Account
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.gui.bookings.entries_box import EntriesBox
from visitor_register.gui.bookings.history_words import Told, written
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.option_list import Option, OptionList
from visitor_register.services import booking_history, not_seen
from visitor_register.services.not_seen import Said

_WORDS = {
    NotSeenWhy.ABSENT: "Not seen, the child was absent",
    NotSeenWhy.REFUSED: "Not seen, the child or a parent refused",
    NotSeenWhy.OTHER: "Not seen, for another reason",
    NotSeenWhy.SEEN: "Taken back, the child was seen",
}
_WHY = (
    Option(NotSeenWhy.ABSENT, "The child was absent"),
    Option(NotSeenWhy.REFUSED, "The child, or a parent, refused"),
    Option(NotSeenWhy.OTHER, "Another reason"),
)
_TAKEN_BACK = Option(NotSeenWhy.SEEN, "A mistake: the child was seen")
_OFFER, _CORRECT = "Child not seen", "Correct it"
_OVER = frozenset({BookingState.CANCELLED_BY_LA, BookingState.CANCELLED_BY_SCHOOL, BookingState.DID_NOT_COME})


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands written, an entry for each time, newest last.

    `may_write`: the visit has begun and took place; `began` is what somebody typed there before and did not keep.
    """

    about: UUID | None = None
    written: tuple[Told, ...] = ()
    may_write: bool = False
    began: NotSeen | None = None


class NotSeenPresenter(QObject):
    """Reads and writes the DSL's file for the booking that is open; without that file it says nothing.

    Signals:
        shown: A `Shown`.
        missing: What to write before it can be kept.
        kept: It was written down.
        forgotten: Somebody else is at the desk: nothing of what was typed stays.
    """

    shown = Signal(object)
    missing = Signal(str)
    kept = Signal()
    forgotten = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._about: Booking | None = None
        self._began: dict[UUID, NotSeen] = {}
        desk.operator_changed.connect(self._handed_over)

    def show_of(self, booking: Booking | None) -> None:
        """Show what stands written about this booking."""
        self._about = booking
        self.shown.emit(Shown())
        jobs = self._dsl_jobs()
        if booking is not None and jobs is not None:
            job = partial(not_seen.of_booking, about=booking.id, by=self._desk.operator)
            jobs.read(job, partial(self._read, booking))

    def put_aside(self, about: UUID, began: NotSeen) -> None:
        """Keep what was typed and not written down until the same booking is opened again."""
        self._began[about] = began
        self._desk.tell("What you began to write is not saved. Open the same booking again to finish it.")

    def write(self, why: NotSeenWhy, note: str) -> None:
        """Write it down, or correct it."""
        jobs, about = self._dsl_jobs(), self._about
        if about is not None and jobs is not None:
            by, at = self._desk.operator, self._desk.now()
            job = partial(not_seen.record, about=about, said=NotSeen(why, note), by=by, at=at)
            jobs.write(job, partial(self._written, about), self._not_written)

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    def _read(self, about: Booking, said: tuple[Said, ...]) -> None:
        # Who may use the program is written in the desk's file.
        self._desk.jobs.read(partial(_writers, said=said), partial(self._tell, about, said))

    def _tell(self, about: Booking, said: tuple[Said, ...], writers: dict[UUID, Account]) -> None:
        if about != self._about or self._dsl_jobs() is None:
            return
        now = self._desk.now()
        told = tuple(Told(_words(one.event), (), written(one.at, writers.get(one.by), now)) for one in said)
        may_write = bool(said) or (about.starts_at <= now and about.state not in _OVER)
        self.shown.emit(Shown(about.id, told, may_write, self._began.pop(about.id, None)))

    def _written(self, about: Booking, _nothing: None) -> None:
        self._desk.done("Written down for the DSL.")
        self.kept.emit()
        if about == self._about:
            self.show_of(about)

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self._began.clear()
        self.forgotten.emit()

    def _not_written(self, error: RegisterError) -> None:
        if isinstance(error, AnswerMissingError):
            self.missing.emit(str(error))
        else:
            self._desk.explain(error)


class NotSeenBox(QWidget):
    """A chip that opens three answers and a note; what was written stands above it. Hidden from everybody else.

    Signals:
        unfolded: This part was opened, or has the keyboard: scroll to it.
    """

    unfolded = Signal(object)

    def __init__(self, presenter: NotSeenPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._about: UUID | None = None
        self.fold = KeyButton(_OFFER, kind="chip", icon="lock")
        self.written = EntriesBox("What only the DSL and the head can see")
        self.box = WrappingFrame()
        self.box.setProperty("role", "sunken")
        self.why = OptionList(_WHY, name="Why the child was not seen", keys=False)
        self.note = Field("Note, in a few words", line_edit())
        self.keep = KeyButton("Write it down", icon="check")
        self.leave = KeyButton("Leave it")
        self._lay_out()
        self.fold.toggled.connect(self._toggled)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self._close)
        self.written.reached.connect(self.unfolded)
        presenter.shown.connect(self._show)
        presenter.missing.connect(self.note.set_error)
        presenter.kept.connect(self._close)
        presenter.forgotten.connect(self._close)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(12, 10, 12, 12)
        inside.addWidget(IconLine("lock", "Only the DSL and the head can see this.", t="cap", size=16, wrap=True))
        inside.addWidget(self.why)
        inside.addWidget(self.note)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.written)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.box)
        self.box.hide()
        self.hide()

    @Slot(object)
    def _show(self, said: Shown) -> None:
        if self._about is not None and (self.why.value() is not None or self._typed()):
            self._presenter.put_aside(self._about, NotSeen(self.why.value() or NotSeenWhy.OTHER, self._typed()))
        self._about = said.about
        self._close()
        self.written.show_told(said.written)
        self.written.setVisible(bool(said.written))
        self.fold.setText(_CORRECT if said.written else _OFFER)
        self.why.set_options((*_WHY, _TAKEN_BACK) if said.written else _WHY)
        self.note.set_label("Why it is corrected, in a few words" if said.written else "Note, in a few words")
        self.setVisible(said.may_write)
        if said.began is not None:
            self.fold.setChecked(True)
            self.why.set_value(said.began.why)
            self.note.control.setProperty("text", said.began.note)

    def _typed(self) -> str:
        return str(self.note.control.property("text"))

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self.box.setVisible(opened)
        if opened:
            self.why.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, self, partial(self.unfolded.emit, self))

    @Slot()
    def _close(self) -> None:
        self.fold.setChecked(False)
        self.why.set_value(None)
        self.note.control.setProperty("text", "")
        self.note.set_error("")

    @Slot()
    def _keep(self) -> None:
        why = self.why.value()
        if why is None:
            self.note.set_error("Choose first why the child was not seen.")
            return
        self._presenter.write(why, self._typed())


def _words(event: NotSeen) -> str:
    return f"{_WORDS[event.why]}: {event.note}" if event.note else _WORDS[event.why]


def _writers(session: Session, said: tuple[Said, ...]) -> dict[UUID, Account]:
    return booking_history.people(session, {one.by for one in said})
