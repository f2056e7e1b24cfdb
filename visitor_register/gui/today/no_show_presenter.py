"""Bookings that nobody was signed in for: one question for each, and nothing closed by the program."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import Role
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.today.paper_form_presenter import PaperLine
from visitor_register.gui.today.paper_name import team_of
from visitor_register.gui.today.typed_times import write_day
from visitor_register.services import bookings
from visitor_register.services.no_shows import NoShow
from visitor_register.services.today import Board

ASK_TOMORROW = "Asked again tomorrow"
_MAY_CANCEL = frozenset({Role.OFFICE, Role.DSL, Role.HEAD})


@dataclass(frozen=True, slots=True)
class NoShowLine:
    """One booking to ask about. `answer` says what is settled; the line stays, so that nothing moves under a pointer.

    `paper` is what is known already of somebody who came and was not signed in; `may_cancel`: whoever is at the desk
    may say that it was cancelled.
    """

    booking: UUID
    names: str
    expected: str
    here_to_see: str
    paper: PaperLine
    may_cancel: bool = False
    answer: str = ""

    @property
    def second(self) -> str:
        """What stands under the names."""
        return " · ".join(part for part in (f"expected {self.expected}", self.here_to_see) if part)


class NoShowPresenter(QObject):
    """Asks about each booking, and writes what the desk knows of it.

    Signals:
        lines: All lines of this round, answered ones included (a tuple of `NoShowLine`).
        paper_wanted: Somebody came and was not signed in: a `PaperLine` to begin with.
    """

    lines = Signal(object)
    paper_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[UUID, NoShowLine] = {}
        self._busy: set[UUID] = set()
        self._on_paper: set[UUID] = set()
        desk.operator_changed.connect(self._tell)

    @property
    def open_lines(self) -> int:
        """How many are not answered yet."""
        return sum(not line.answer for line in self._lines.values())

    def begin(self) -> None:
        """Begin a round."""
        self._lines, self._on_paper = {}, set()

    def show_board(self, board: Board, *, earlier_only: bool) -> None:
        """Ask about what stands on the lists now."""
        start, _ = calendar.day_bounds(calendar.london_date(board.at))
        asked = [one for one in board.nobody_came if not earlier_only or one.booking.starts_at < start]
        for one in asked:
            self._lines.setdefault(one.booking.id, _line(one, board.at))
        still = {one.booking.id for one in asked}
        for booking, line in self._lines.items():
            if booking not in still and line.answer in ("", ASK_TOMORROW) and booking not in self._busy:
                words = "Added from paper" if booking in self._on_paper else "Settled meanwhile"
                self._lines[booking] = replace(line, answer=words)
        self._tell()

    def did_not_come(self, booking: UUID) -> None:
        """Nobody came."""
        job = partial(bookings.did_not_come, identity=booking, by=self._desk.operator, at=self._desk.now())
        self._write(booking, job, "Did not come")

    def cancelled(self, booking: UUID, by_school: bool) -> None:
        """It was cancelled, and nobody had written that down."""
        by, at = self._desk.operator, self._desk.now()
        job = partial(bookings.cancel, identity=booking, by_school=by_school, why="", by=by, at=at)
        self._write(booking, job, f"Cancelled by the {'school' if by_school else 'authority'}")

    def came(self, booking: UUID) -> None:
        """Somebody came and was not signed in: that is added with its true times."""
        if booking in self._lines:
            self._on_paper.add(booking)
            self.paper_wanted.emit(self._lines[booking].paper)

    def ask_tomorrow(self, booking: UUID) -> None:
        """Nobody knows yet. Nothing is written: it is asked again."""
        self._answer(booking, ASK_TOMORROW)

    def _write(self, booking: UUID, job: Callable[[Session], None], words: str) -> None:
        if booking in self._busy:
            return
        self._busy.add(booking)
        self._desk.jobs.write(job, partial(self._written, booking, words), partial(self._failed, booking))

    def _written(self, booking: UUID, words: str, _nothing: None) -> None:
        self._busy.discard(booking)
        self._answer(booking, words)

    def _failed(self, booking: UUID, error: RegisterError) -> None:
        self._busy.discard(booking)
        self._desk.explain(error)

    def _answer(self, booking: UUID, words: str) -> None:
        if booking in self._lines:
            self._lines[booking] = replace(self._lines[booking], answer=words)
            self._tell()

    @Slot()
    def _tell(self) -> None:
        may_cancel = self._desk.operator.role in _MAY_CANCEL
        self.lines.emit(tuple(replace(line, may_cancel=may_cancel) for line in self._lines.values()))


def _line(one: NoShow, now: datetime) -> NoShowLine:
    booked, first = one.booking, one.visitors[0]
    day = calendar.london_date(booked.starts_at)
    today = day == calendar.london_date(now)
    return NoShowLine(
        booking=booked.id,
        names=", ".join(somebody.name for somebody in one.visitors),
        expected=calendar.say_time(booked.starts_at) if today else calendar.say_moment(booked.starts_at, now),
        here_to_see=booked.here_to_see,
        paper=PaperLine(
            person=first.id,
            name=first.name,
            kind=first.kind,
            organisation=team_of(first),
            here_to_see=booked.here_to_see,
            place=booked.room,
            day=write_day(day),
        ),
    )
