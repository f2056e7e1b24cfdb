"""The versions of the chart without their widgets: the list, two compared, the chart of a day, undo."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.chart_dates import read_date
from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.chart import versions_rows
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_history, chart_undo, chart_view
from visitor_register.services.chart_history import Compared, OnDay
from visitor_register.services.chart_lists import Wanted
from visitor_register.services.chart_view import VersionLine

_TWO = 2
_CHOOSE_TWO = "Choose two versions to compare: Space ticks one."


@dataclass(frozen=True, slots=True)
class _Day:
    """The day that is looked at, and the words searched for on it."""

    day: date
    text: str = ""


class VersionsPresenter(QObject):
    """What was accepted stays as it was; this only looks, apart from undoing the newest.

    Signals:
        shown: A `VersionsShown`.
        compared: A `ComparedShown`.
        day_shown: A `DayShown`.
        day_wrong: What to write instead of a day; "" when it was one.
    """

    shown = Signal(object)
    compared = Signal(object)
    day_shown = Signal(object)
    day_wrong = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: tuple[VersionLine, ...] = ()
        self._ticked: tuple[UUID, ...] | None = None
        self._day: _Day | None = None
        self._asked = 0

    @Slot()
    def open(self) -> None:
        """Show every chart that was accepted."""
        self._ticked = None
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self._desk.jobs.read(chart_view.versions, self._show)

    @Slot(object)
    def tick(self, version: UUID) -> None:
        """Mark a version to be compared, or not; a third one takes the place of the first."""
        ticked = self._ticked or ()
        if version in ticked:
            self._ticked = tuple(one for one in ticked if one != version)
        else:
            self._ticked = (*ticked, version)[-_TWO:]
        self._tell()

    @Slot()
    def compare(self) -> None:
        """Compare the two that are marked."""
        if self._ticked is None or len(self._ticked) != _TWO:
            self._desk.explain(RegisterError(_CHOOSE_TWO))
            return
        one, other = self._ticked
        job = partial(chart_history.compare, one=one, other=other)
        self._desk.jobs.read(job, self._show_compared, self._desk.explain)

    @Slot(str)
    def look_at(self, typed: str) -> None:
        """Show the chart as it was at the end of a day."""
        day, today = read_date(typed), calendar.london_date(self._desk.now())
        if day is None or day > today:
            self.day_wrong.emit("Write a date, like 02/11/2026." if day is None else "That day has not come yet.")
            return
        self.day_wrong.emit("")
        self._day = _Day(day)
        self._read_day()

    @Slot(str)
    def search_day(self, text: str) -> None:
        """Show only what holds these words on the day that is looked at."""
        if self._day is not None and text != self._day.text:
            self._day = _Day(self._day.day, text)
            self._read_day()

    @Slot(object, str)
    def undo(self, version: UUID, reason: str) -> None:
        """Undo an import."""
        job = partial(chart_undo.undo, version=version, reason=reason, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.write(job, self._undone, self._desk.explain)

    def _read_day(self) -> None:
        if self._day is not None:
            self._asked += 1
            job = partial(chart_history.listed_on, day=self._day.day, wanted=Wanted(text=self._day.text))
            self._desk.jobs.read(job, partial(self._show_day, self._asked))

    def _show(self, lines: tuple[VersionLine, ...]) -> None:
        self._lines = lines
        if self._ticked is None:
            self._ticked = versions_rows.first_ticks(lines)
        self._tell()

    def _tell(self) -> None:
        today, imports = calendar.london_date(self._desk.now()), self._desk.operator.role in IMPORTS_CHARTS
        self.shown.emit(versions_rows.versions_of(self._lines, self._ticked or (), today, imports=imports))

    def _show_compared(self, found: Compared) -> None:
        number = {line.chart.id: line.number for line in self._lines}
        self.compared.emit(versions_rows.compared(found, number))

    def _show_day(self, asked: int, found: OnDay) -> None:
        if asked == self._asked:
            self.day_shown.emit(versions_rows.of_day(found))

    def _undone(self, _nothing: None) -> None:
        self._desk.done("The import was undone. The chart before it is in use again.")
        self.open()
