"""A day or a week of bookings, and what can be done with one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.errors import RegisterError
from visitor_register.gui.bookings import calendar_columns, calendar_days, rows
from visitor_register.gui.bookings import content as contents
from visitor_register.gui.bookings.calendar_layout import clock
from visitor_register.gui.bookings.calendar_words import Booked, CalendarWords, Draft
from visitor_register.gui.bookings.content import Content
from visitor_register.gui.bookings.form_presenter import FormPresenter
from visitor_register.gui.bookings.invitation_presenter import InvitationPresenter
from visitor_register.gui.bookings.invitation_reply import ReplyPresenter
from visitor_register.gui.bookings.list_import_presenter import SUFFIXES, ListImportPresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.widgets.table_panel import TableRow
from visitor_register.services import bookings, policy, working_days
from visitor_register.services.bookings import BookingLine

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


class Way(StrEnum):
    """How bookings are looked at."""

    DAY = "day"
    WEEK = "week"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the same bookings as columns, and as rows. `sentence` is for a list without any."""

    way: Way
    title: str
    calendar: CalendarWords
    rows: tuple[TableRow, ...]
    sentence: str


class BookingsPresenter(QObject):
    """Shows a day or a week and opens its bookings in the form.

    Signals:
        shown: A `Shown`.
        drawn: The `CalendarWords` anew, because of what is being written, and the UUID of the booking in the form.
        opened: The form holds something that was asked for: show it and give it the keyboard.
    """

    shown = Signal(object)
    drawn = Signal(object, object)
    opened = Signal()

    def __init__(self, desk: Desk, seal_public: bytes) -> None:
        super().__init__()
        self._desk = desk
        self._lines: dict[UUID, BookingLine] = {}
        self._way, self._day = Way.WEEK, self._today()
        self._booked, self._read_of = Booked(), (self._way, date.min)
        self._draft: Draft | None = None
        self.form = FormPresenter(desk, seal_public)
        self.form.setParent(self)
        self.form.saved.connect(self._saved)
        self.form.written.connect(self._written)
        self.invitation = InvitationPresenter(desk, seal_public, parent=self)
        self.list = ListImportPresenter(desk, seal_public, parent=self)
        for written in (self.invitation.written, self.list.written):
            written.connect(self.go_to)
        self.reply = ReplyPresenter(desk, self.form, parent=self)
        desk.operator_changed.connect(self._handed_over)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Look at files that were chosen or dropped: one list of visits, or invitations."""
        found = [path for path in paths if path.suffix.casefold() in SUFFIXES]
        if len(found) > 1 or (found and len(paths) > 1):
            self._desk.explain(RegisterError("A list of visits is read by itself: drop it alone."))
        elif found:
            self.list.open(found[0])
        else:
            self.invitation.open(paths)

    @property
    def jobs(self) -> JobRunner:
        """Says when something was written."""
        return self._desk.jobs

    @property
    def way(self) -> Way:
        """How bookings are looked at now."""
        return self._way

    def now(self) -> datetime:
        """The time at the desk."""
        return self._desk.now()

    @Slot()
    def refresh(self) -> None:
        """Read the days again."""
        job = partial(_read, first=self._first(), days=1 if self._way is Way.DAY else 7)
        self._desk.jobs.read(job, partial(self._show, self._way, self._first()))

    def look(self, way: Way, day: date | None = None) -> None:
        """Look at bookings in another way, and perhaps at another day."""
        self._way, self._day = way, day or self._day
        self.refresh()

    @Slot()
    def earlier(self) -> None:
        """The day or the week before."""
        self.go_to(self._day - (_DAY if self._way is Way.DAY else _WEEK))

    @Slot()
    def later(self) -> None:
        """The day or the week after."""
        self.go_to(self._day + (_DAY if self._way is Way.DAY else _WEEK))

    @Slot()
    def this_week(self) -> None:
        """Today, or its week."""
        self.go_to(self._today())

    @Slot(object)
    def go_to(self, day: date) -> None:
        """A day, or its week."""
        self._day = day
        self.refresh()

    @Slot()
    def new(self) -> None:
        """Begin an empty booking."""
        self.form.begin()
        self.opened.emit()

    def new_at(self, day: date, minute: int, here_to_see: str = "") -> None:
        """Begin a booking at a minute of a London day."""
        self.form.begin_at(day, clock(minute), here_to_see)
        self.opened.emit()

    @Slot(object)
    def open(self, booking: UUID | None) -> None:
        """Open a booking that is shown to read or change it; None for what stands in the form already."""
        line = self._lines.get(booking) if booking is not None else None
        if line is not None:
            self.form.open(line)
        if line is not None or booking is None:
            self.opened.emit()

    def _today(self) -> date:
        return calendar.london_date(self._desk.now())

    def _first(self) -> date:
        return self._day if self._way is Way.DAY else self._day - timedelta(days=self._day.weekday())

    def _show(self, way: Way, first: date, read: tuple[Booked, tuple[TableRow, ...]]) -> None:
        if (way, first) != (self._way, self._first()):
            return
        (self._booked, made), self._read_of = read, (way, first)
        self._lines = {line.booking.id: line for line in (*self._booked.moved, *self._booked.lines)}
        drawn = self._draw()
        days = [column.day for column in drawn.columns]
        title = calendar.say_day(first) if way is Way.DAY else rows.days_title(days[0], days[-1])
        sentence = f"{title}. Ctrl+N begins a booking; Alt+Left and Alt+Right go through the weeks." if not made else ""
        self.shown.emit(Shown(way, title, drawn, made, sentence))
        self._drawn(drawn)

    def _draw(self) -> CalendarWords:
        draw = calendar_columns.day if self._way is Way.DAY else calendar_columns.week
        return draw(self._booked, self._first(), self._today(), self._draft)

    def _drawn(self, words: CalendarWords) -> None:
        booking = self.form.booking
        self.drawn.emit(words, booking.id if booking is not None else None)

    @Slot(object)
    def _written(self, content: Content) -> None:
        before, self._draft = self._draft, self._draft_of(content)
        # While other days are being read there is nothing to draw it on.
        known = self._read_of == (self._way, self._first())
        if known and (self._draft != before or not self.form.unsaved):
            self._drawn(self._draw())

    def _draft_of(self, content: Content) -> Draft | None:
        """What is being written, once it has a day and a time; of a booking only if they are others than its own."""
        booking = self.form.booking
        form = contents.read(content, self._desk.now(), booking).form
        if form is None:
            return None
        if booking is not None and (form.starts_at, form.ends_at) == (booking.starts_at, booking.ends_at):
            return None
        names = ", ".join(one.name for one in content.guests)
        changed = booking.id if booking is not None else None
        return Draft(form.starts_at, form.ends_at, names, form.here_to_see.strip(), changed)

    @Slot(object, object)
    def _saved(self, _booking: UUID, starts_at: datetime) -> None:
        self.go_to(calendar.london_date(starts_at))

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What the last person typed or read for the DSL must not stay for the next.
        self.form.forget()


def _read(session: Session, first: date, days: int) -> tuple[Booked, tuple[TableRow, ...]]:
    # The rows are made here, beside the screen: the first count of notice loads the bank holidays.
    dates = [first + timedelta(days=number) for number in range(days)]
    start, end = calendar.day_bounds(first)[0], calendar.day_bounds(dates[-1])[1]
    lines = bookings.between(session, start, end)
    on = {calendar.london_date(line.booking.starts_at) for line in lines}
    made = tuple(rows.rows_of(lines, working_days.read_days(session, on)))
    notices = {row.key: pill for row in made if (pill := row.cells[rows.NOTICE_COLUMN].pill) is not None}
    read = Booked(
        tuple(lines),
        notices,
        tuple(bookings.moved_away(session, start, end)),
        calendar_days.without_pupils(session, dates),
        policy.read(session, on=first).hours,
    )
    return read, made
