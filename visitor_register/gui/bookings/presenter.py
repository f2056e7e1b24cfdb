"""A week of bookings, and what can be done with one of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.gui.bookings import rows
from visitor_register.gui.bookings.form_presenter import FormPresenter
from visitor_register.gui.bookings.invitation_presenter import InvitationPresenter
from visitor_register.gui.bookings.invitation_reply import ReplyPresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.services import bookings, working_days
from visitor_register.services.bookings import BookingLine

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """What is shown of a week."""

    title: str
    rows: tuple[TableRow, ...]
    sentence: str


class BookingsPresenter(QObject):
    """Shows a week and opens its bookings in the form.

    Signals:
        week_shown: A `Week`.
        opened: The form holds something that was asked for: show it and give it the keyboard.
    """

    week_shown = Signal(object)
    opened = Signal()

    def __init__(self, desk: Desk, seal_public: bytes) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[UUID, BookingLine] = {}
        self._monday = self._this_monday()
        self.form = FormPresenter(desk, seal_public)
        self.form.setParent(self)
        self.form.saved.connect(self._saved)
        self.invitation = InvitationPresenter(desk, seal_public, parent=self)
        self.invitation.written.connect(self.go_to)
        self.reply = ReplyPresenter(desk, self.form, parent=self)
        desk.operator_changed.connect(self._handed_over)

    @property
    def jobs(self) -> JobRunner:
        """Says when something was written."""
        return self._desk.jobs

    @Slot()
    def refresh(self) -> None:
        """Read the week again."""
        start, end = calendar.day_bounds(self._monday)[0], calendar.day_bounds(self._monday + _WEEK)[0]
        self._desk.jobs.read(partial(_read_week, start=start, end=end), partial(self._show, self._monday))

    @Slot()
    def earlier(self) -> None:
        """The week before."""
        self._go(self._monday - _WEEK)

    @Slot()
    def later(self) -> None:
        """The week after."""
        self._go(self._monday + _WEEK)

    @Slot()
    def this_week(self) -> None:
        """The week of today."""
        self._go(self._this_monday())

    @Slot(object)
    def go_to(self, day: date) -> None:
        """The week of a day."""
        self._go(day - timedelta(days=day.weekday()))

    @Slot()
    def new(self) -> None:
        """Begin an empty booking."""
        self.form.begin()
        self.opened.emit()

    @Slot(object)
    def open(self, booking: UUID) -> None:
        """Open a booking of this week to read or change it."""
        line = self._lines.get(booking)
        if line is not None:
            self.form.open(line)
            self.opened.emit()

    def _this_monday(self) -> date:
        today = calendar.london_date(self._desk.now())
        return today - timedelta(days=today.weekday())

    def _go(self, monday: date) -> None:
        self._monday = monday
        self.refresh()

    def _show(self, monday: date, read: tuple[list[BookingLine], tuple[TableRow, ...]]) -> None:
        lines, made = read
        if monday != self._monday:
            return
        self._lines = {line.booking.id: line for line in lines}
        title = rows.week_title(monday)
        sentence = (
            f"{title}. Ctrl+N begins a booking; Alt+Left and Alt+Right go through the weeks." if not lines else ""
        )
        self.week_shown.emit(Week(title, made, sentence))

    @Slot(object, object)
    def _saved(self, _booking: UUID, starts_at: datetime) -> None:
        self.go_to(calendar.london_date(starts_at))

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What the last person typed or read for the DSL must not stay for the next.
        self.form.forget()


def _read_week(session: Session, start: datetime, end: datetime) -> tuple[list[BookingLine], tuple[TableRow, ...]]:
    # The rows are made here, beside the screen: the first count of notice loads the bank holidays.
    lines = bookings.between(session, start, end)
    days = {calendar.london_date(line.booking.starts_at) for line in lines}
    return lines, tuple(rows.rows_of(lines, working_days.read_days(session, days)))
