"""A list of visits being looked at: read beside the desk, planned again after every answer, booked all at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import booking_list as lists
from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.booking_list import BookingList
from visitor_register.domain.bookings import Place
from visitor_register.domain.chart_table import Source
from visitor_register.domain.people import SEES_CHILDREN, Role
from visitor_register.errors import RegisterError
from visitor_register.files import booking_template, sandbox
from visitor_register.gui.bookings import list_import_words as words
from visitor_register.gui.bookings.list_import_words import RowShown
from visitor_register.gui.desk import Desk
from visitor_register.gui.file_reader import FileReader
from visitor_register.gui.jobs import JobRunner
from visitor_register.services import booking_list
from visitor_register.services.booking_list import Made, Plan, RowState
from visitor_register.services.booking_list_people import Named
from visitor_register.services.booking_list_rows import Answers, Part
from visitor_register.services.notice import typed_day

SUFFIXES = frozenset({".csv", ".xlsx", ".xlsm", ".ods", ".txt", ".tsv"})
"""What leads here of the files that are dropped on Bookings; an invitation ends in .ics."""
_SEALS = frozenset({Role.OFFICE, Role.DSL, Role.HEAD})

Opener = Callable[[Path], Source]


class ListImportPresenter(QObject):
    """One list, from the file to its bookings.

    Signals:
        shown: A `ListShown`.
        begun: No list is open; the sentence says what to do, or why the last file was not read.
        closed: The list is done with.
        written: The day of the first visit that was booked.
    """

    shown = Signal(object)
    begun = Signal(str)
    closed = Signal()
    written = Signal(object)

    def __init__(
        self,
        desk: Desk,
        seal_public: bytes,
        *,
        opener: Opener = sandbox.read_bookings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._public, self._opener = desk, seal_public, opener
        self._plan: Plan | None = None
        self._aside: Plan | None = None
        self._answers = Answers()
        self._asked = self._answered = 0
        self._writing = False
        self.reader = FileReader(self)
        self.reader.done.connect(self._read)
        self.reader.refused.connect(self._refused)
        desk.operator_changed.connect(self._handed_over)

    @Slot()
    def begin(self) -> None:
        """Show the list that is open, else say what one is."""
        if self._plan is not None:
            self.shown.emit(words.shown(self._plan))
        else:
            self.begun.emit(words.SAYS)

    def open(self, path: Path) -> None:
        """Read this file; a list that is open is put aside."""
        self._put_aside()
        may_seal = self._desk.operator.role in _SEALS
        self.reader.run(partial(_open, self._opener, path, may_seal))

    def answer(self, **said: Any) -> None:
        """Answer something about the whole list: a field of `Answers` and its value."""
        if self._plan is not None:
            self._again(self._plan.listed, replace(self._answers, **said))

    def write(self, number: int, typed: Mapping[Part, str]) -> None:
        """Write something instead of what stands in a row."""
        if self._plan is not None:
            new = {(number, part): text for part, text in typed.items()}
            self.answer(typed={**self._answers.typed, **new})

    def say_who(self, named: Named, somebody: UUID | NewVisitor) -> None:
        """Say who is meant, in every row that names them so."""
        if self._plan is not None:
            self.answer(who={**self._answers.who, named: somebody})

    def say_where(self, number: int, place: Place) -> None:
        """Say where a row takes place, and every row with the same words."""
        row = self._row(number)
        if self._plan is not None and row is not None:
            self.answer(places={**self._answers.places, row.read.place_key: place})

    def say_when(self, text: str) -> bool:
        """Say when the school heard, where the list does not; False when that is no day that has been."""
        today = calendar.london_date(self._desk.now())
        day = typed_day(text, today)
        if day is None or day > today:
            return False
        if day != (self._answers.heard or today):
            self.answer(heard=day)
        return True

    def tick(self, number: int) -> None:
        """Take a row in or leave it out; one that cannot be booked yet stays out."""
        row = self._row(number)
        if self._plan is not None and row is not None and row.state in (RowState.READY, RowState.LOOK):
            self.answer(ticked={**self._answers.ticked, number: not row.ticked})

    def about(self, number: int) -> RowShown | None:
        """What is to be said about a row."""
        return words.row_shown(self._plan, number) if self._plan is not None else None

    def next_to_put_right(self, after: int) -> int | None:
        """The next row in which something is to be put right, from the top again after the last."""
        if self._plan is None:
            return None
        wrong = [row.number for row in self._plan.rows if row.state is RowState.FIX]
        return next((number for number in wrong if number > after), next(iter(wrong), None))

    @Slot()
    def confirm(self) -> None:
        """Book what is ticked, all of it or nothing."""
        plan = self._plan
        # Only what was seen is booked: not while the last answer is still being worked in.
        if plan is None or self._writing or self._asked != self._answered:
            return
        dsl_jobs = self._dsl_jobs()
        job = partial(
            booking_list.accept,
            shown=plan,
            public=self._public if dsl_jobs is None else None,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._writing = True
        self._desk.jobs.write(job, partial(self._booked, plan, dsl_jobs), self._not_booked)

    @Slot()
    def leave(self) -> None:
        """Book nothing; the list can be brought back."""
        self.reader.cancel()
        self._put_aside()
        self.closed.emit()

    @Slot()
    def bring_back(self) -> None:
        """Show again what was put aside."""
        if self._aside is not None:
            self._plan, self._aside = self._aside, None
            self._again(self._plan.listed, self._plan.answers)

    def save_template(self, path: Path) -> None:
        """Write an empty list to fill in."""
        try:
            booking_template.write(path)
        except RegisterError as error:
            self._desk.explain(error)
            return
        self._desk.tell("The empty list was saved. Fill it in, then choose it here.")

    def _row(self, number: int) -> booking_list.PlannedRow | None:
        rows = self._plan.rows if self._plan is not None else ()
        return next((row for row in rows if row.number == number), None)

    def _read(self, listed: BookingList) -> None:
        self._again(listed, Answers())

    def _again(self, listed: BookingList, answers: Answers) -> None:
        """Work the plan out again; one that is older than the last answer is not shown."""
        self._answers = answers
        self._asked += 1
        job = partial(booking_list.plan, listed=listed, answers=answers, at=self._desk.now())
        self._desk.jobs.read(job, partial(self._planned, self._asked), self._desk.explain)

    def _planned(self, asked: int, plan: Plan) -> None:
        if asked == self._asked:
            self._plan, self._answered, self._writing = plan, asked, False
            self.shown.emit(words.shown(plan))

    def _refused(self, error: RegisterError) -> None:
        self.begun.emit(str(error))

    def _booked(self, plan: Plan, dsl_jobs: JobRunner | None, made: tuple[Made, ...]) -> None:
        self._writing = False
        if dsl_jobs is not None and any(one.reason is not None for one in made):
            by, at = self._desk.operator, self._desk.now()
            dsl_jobs.write(partial(booking_list.record_reasons, made=made, by=by, at=at), None, self._desk.explain)
        more = any(row.state in (RowState.LOOK, RowState.FIX) and not row.ticked for row in plan.rows)
        self._plan, self._aside = None, plan if more else None
        self._asked += 1
        self._desk.done(words.done(plan, len(made)), *(("Show the rest", self.bring_back) if more else ()))
        self.written.emit(calendar.london_date(min(one.starts_at for one in made)))
        self.closed.emit()

    def _not_booked(self, error: RegisterError) -> None:
        self._writing = False
        self._desk.explain(error)
        if self._plan is not None:
            self._again(self._plan.listed, self._answers)

    def _put_aside(self) -> None:
        self._asked += 1
        if self._plan is not None:
            self._aside, self._plan = self._plan, None
            self._desk.tell(f"Nothing of {self._aside.listed.file_name} was booked.", "Bring it back", self.bring_back)

    def _dsl_jobs(self) -> JobRunner | None:
        return self._desk.dsl_jobs if self._desk.operator.role in SEES_CHILDREN else None

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What somebody else chose is not for the next person's eyes.
        self.reader.cancel()
        self._asked += 1
        self._plan = self._aside = None
        self._writing = False
        self.closed.emit()


def _open(opener: Opener, path: Path, may_seal: bool) -> BookingList:
    return lists.understand(opener(path), may_seal=may_seal)
