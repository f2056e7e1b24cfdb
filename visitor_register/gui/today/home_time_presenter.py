"""Who is still signed in at home time, or was never signed out: one question for each, and no invented answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.visits import Visit
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.today.no_show_presenter import NoShowPresenter
from visitor_register.gui.today.typed_times import WRITE_DAY, WRITE_TIME, read_clock, read_day, write_day
from visitor_register.services import arrivals, today
from visitor_register.services.today import Board, Here

STILL_HERE = "Still here"


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One visit to ask about. `answer` says what is settled; the line stays, so that nothing moves under a pointer."""

    visit: UUID
    name: str
    arrived: str
    here_to_see: str
    day: str
    earlier: bool
    answer: str = ""

    @property
    def second(self) -> str:
        """What stands under the name."""
        missing = "no sign-out recorded" if self.earlier else ""
        return " · ".join(part for part in (f"arrived {self.arrived}", missing, self.here_to_see) if part)


class HomeTimePresenter(QObject):
    """Reads who is still signed in, and writes what the desk knows about each.

    Signals:
        begun: A new round; whatever was shown of an older one is forgotten.
        lines: All lines of this round, answered ones included (a tuple of `HomeLine`).
        titled: The title and what stands beside it.
        wrong: A visit, which field ("day" or "clock"), and the sentence under it; an empty sentence takes it back.
    """

    begun = Signal()
    lines = Signal(object)
    titled = Signal(str, str)
    wrong = Signal(object, str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.no_shows = NoShowPresenter(desk, self)
        self._lines: dict[UUID, HomeLine] = {}
        self._busy: set[UUID] = set()
        self._earlier_only = False
        self._open = False
        desk.jobs.changed.connect(self._changed)
        self.no_shows.lines.connect(self._tell)

    def begin(self, *, earlier_only: bool = False) -> None:
        """Begin a round: everybody still signed in, or only what was left open on earlier days (the next start)."""
        self._lines, self._open, self._earlier_only = {}, True, earlier_only
        self.no_shows.begin()
        self.begun.emit()
        self._read()

    def end(self) -> None:
        """The round is over; what is written meanwhile is of no interest."""
        self._open = False

    def left_at(self, visit: UUID, day: str, clock: str) -> None:
        """Somebody knows when this visitor left."""
        date, time = read_day(day), read_clock(clock)
        self.wrong.emit(visit, "day", "" if date else WRITE_DAY)
        self.wrong.emit(visit, "clock", "" if time else WRITE_TIME)
        if date is None or time is None:
            return
        now, left = self._desk.now(), calendar.at_london(date, time)
        job = partial(arrivals.fill_in_leaving, identity=visit, left_at=left, by=self._desk.operator, at=now)
        self._write(visit, job, "left", time_wrong=True)

    def left_now(self, visit: UUID) -> None:
        """This visitor is leaving at this moment."""
        job = partial(arrivals.sign_out, identity=visit, by=self._desk.operator, at=self._desk.now())
        self._write(visit, job, "left")

    def still_here(self, visit: UUID) -> None:
        """This visitor is in the building. Nothing is written: the visit stays open as it is."""
        self._answer(visit, STILL_HERE)

    def do_not_know(self, visit: UUID) -> None:
        """Nobody can say when this visitor left."""
        job = partial(arrivals.leaving_unknown, identity=visit, by=self._desk.operator, at=self._desk.now())
        self._write(visit, job, "unknown")

    def _write(self, visit: UUID, job: Callable[[Session], Visit], kind: str, *, time_wrong: bool = False) -> None:
        if visit in self._busy:
            return
        self._busy.add(visit)
        failed = partial(self._failed, visit, time_wrong)
        self._desk.jobs.write(job, partial(self._written, kind), failed)

    def _written(self, kind: str, visit: Visit) -> None:
        self._busy.discard(visit.id)
        if kind == "unknown":
            self._answer(visit.id, "Time not known")
        elif visit.left_at is not None:
            self._answer(visit.id, f"Left {_when(visit.left_at, self._desk.now())}")

    def _failed(self, visit: UUID, time_wrong: bool, error: RegisterError) -> None:
        self._busy.discard(visit)
        if time_wrong and "NOT SAVED" not in str(error):
            self.wrong.emit(visit, "clock", str(error))
        else:
            self._desk.explain(error)

    def _answer(self, visit: UUID, words: str) -> None:
        if visit in self._lines:
            self._lines[visit] = replace(self._lines[visit], answer=words)
            self._tell()

    @Slot()
    def _changed(self) -> None:
        if self._open:
            self._read()

    def _read(self) -> None:
        self._desk.jobs.read(partial(today.board, at=self._desk.now()), self._merge)

    def _merge(self, board: Board) -> None:
        if not self._open:
            return
        now = self._desk.now()
        asked = [*board.no_sign_out, *(() if self._earlier_only else board.on_site)]
        for here in asked:
            if here.visit.id not in self._lines:
                self._lines[here.visit.id] = _line(here, now, earlier=here in board.no_sign_out)
        still_open = {here.visit.id for here in asked}
        for visit, line in self._lines.items():
            if visit not in still_open and line.answer in ("", STILL_HERE) and visit not in self._busy:
                # Signed out by a scan, or corrected on another screen.
                self._lines[visit] = replace(line, answer="No longer signed in")
        # Their lines tell of all.
        self.no_shows.show_board(board, earlier_only=self._earlier_only)

    @Slot()
    def _tell(self) -> None:
        lines = tuple(self._lines.values())
        open_lines = [line for line in lines if not line.answer]
        here = sum(not line.earlier for line in open_lines) + sum(line.answer == STILL_HERE for line in lines)
        earlier = sum(line.earlier for line in open_lines)
        missed = self.no_shows.open_lines
        bookings = "1 booking" if missed == 1 else f"{missed} bookings"
        more = f"{bookings} to ask about" if missed else ""
        if here:
            title = f"{_people(here)} still signed in"
            before = f"{earlier} from earlier days without a sign-out" if earlier else ""
            hint = ", ".join(part for part in (before, more) if part)
        elif earlier:
            title = f"No sign-out recorded: {_people(earlier)}"
            hint = more or "The program never fills in a time by itself"
        elif missed:
            title, hint = f"Nobody signed in for {bookings}", ""
        else:
            title, hint = "Everybody has left" if lines and not self._earlier_only else "Home time", ""
        self.titled.emit(title, hint)
        self.lines.emit(lines)


def _line(here: Here, now: datetime, *, earlier: bool) -> HomeLine:
    visit = here.visit
    more = f" and {visit.how_many - 1} more" if visit.how_many > 1 else ""
    return HomeLine(
        visit=visit.id,
        name=f"{here.person.name}{more}",
        arrived=_when(visit.arrived_at, now),
        here_to_see=visit.here_to_see,
        day=write_day(calendar.london_date(visit.arrived_at)),
        earlier=earlier,
    )


def _when(moment: datetime, now: datetime) -> str:
    same_day = calendar.london_date(moment) == calendar.london_date(now)
    return calendar.say_time(moment) if same_day else calendar.say_moment(moment, now)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
