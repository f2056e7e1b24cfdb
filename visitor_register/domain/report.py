"""The protocol report: what happened in a span, as facts without names, and the tables that count them by team."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from visitor_register.domain.calendar import MONTHS, ONE_DAY
from visitor_register.domain.contacts import ClockKind, Owes, Rung
from visitor_register.domain.visits import CameAbout

BY_WEEK_UP_TO = timedelta(weeks=16)
"""A longer span is counted by months."""


@dataclass(frozen=True, slots=True)
class Span:
    """London days, the first and the last among them."""

    first: date
    last: date
    name: str = ""


class Standing(StrEnum):
    """How something owed counts. Overdue counts as late although it may still be done."""

    ON_TIME = "on_time"
    LATE = "late"
    RUNNING = "running"
    NOT_ASSESSABLE = "not_assessable"


class Ending(StrEnum):
    """How an escalation stands."""

    OUTCOME = "outcome"
    """Somebody wrote down how it ended."""
    DONE = "done"
    """What was owed was done, or withdrawn; no outcome was written down."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class OwedFact:
    """Something owed since `day`; `hours` is how long an answered message waited, as its deadline counts hours."""

    kind: ClockKind
    owes: Owes
    team: str
    day: date
    standing: Standing
    urgent: bool = False
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class BookingFact:
    """A council booking for `day`; `short` is None when nobody can say; `reason` is a code of the DSL's file."""

    id: UUID
    day: date
    team: str
    short: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VisitFact:
    """A visit of somebody from a council, with the four facts of the identity check."""

    id: UUID
    day: date
    team: str
    booked: bool
    code_read: bool
    compared: bool
    called_back: bool
    came_about: CameAbout | None = None
    reason: str = ""

    @property
    def strength(self) -> int:
        """How many of the four facts hold."""
        return sum((self.code_read, self.compared, self.booked, self.called_back))


@dataclass(frozen=True, slots=True)
class StepFact:
    """A step up the ladder, taken on `day`."""

    day: date
    rung: Rung
    ending: Ending


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the report counts. `ages` is the age of the chart in days, for each day that has come and had one."""

    span: Span
    at: datetime
    owed: tuple[OwedFact, ...] = ()
    bookings: tuple[BookingFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    steps: tuple[StepFact, ...] = ()
    ages: tuple[tuple[date, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all happened; a chart may still have grown older."""
        return not (self.owed or self.bookings or self.visits or self.steps)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. The same number has the same `key` wherever it stands.

    In a copy for sharing `value` is None where it is not shown; `small`: because it is itself too small.
    """

    value: int | None
    key: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its numbers: one for each column, then all of them together."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with a sentence that says what is counted and out of what.

    `rows_are` heads the names. `total` sums the rows; None where rows count the same things again.
    """

    key: str
    title: str
    says: str
    rows_are: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None

    def cell(self, row: str, column: str) -> Cell:
        """A number by the names of its row and column; `ALL` names the sums."""
        found = self.total if row == ALL and self.total is not None else next(r for r in self.rows if r.name == row)
        return found.cells[(*self.columns, ALL).index(column)]

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the numbers; of a single column the sum would say the same again."""
        return self.columns if len(self.columns) == 1 else (*self.columns, ALL)

    @property
    def every_row(self) -> tuple[Row, ...]:
        """The rows, and their sum where there is one."""
        return (*self.rows, self.total) if self.total is not None else self.rows


ALL = "All"


def count(
    key: str,
    words: tuple[str, str, str],
    pairs: Iterable[tuple[str, str]],
    columns: Iterable[str],
    *,
    rows: Iterable[str] | None = None,
    totals: str = "",
    same: Mapping[tuple[str, str], str] | None = None,
    summed: bool = True,
) -> Table:
    """Count pairs of row and column into a table.

    Args:
        key: Names the table.
        words: Its title, what it counts and out of what, and what its rows are.
        pairs: The row and column of each thing that is counted.
        columns, rows: Their names in order; without `rows` those that occur, by name.
        totals: The key of the sums, for tables that count the same things otherwise.
        same: Keys of single numbers that stand elsewhere as well, by row and column.
        summed: Whether the rows add up.
    """
    counted = Counter(pairs)
    columns = tuple(columns)
    names = tuple(rows) if rows is not None else tuple(sorted({row for row, _ in counted}, key=str.casefold))
    known = same or {}

    def row(name: str, values: list[int], prefix: str) -> Row:
        keys = [known.get((name, column), f"{prefix}/{column}") for column in columns]
        # Of a single column the sum is the number itself.
        sum_key = keys[0] if len(columns) == 1 else known.get((name, ALL), f"{prefix}/{ALL}")
        return Row(name, tuple(map(Cell, [*values, sum(values)], [*keys, sum_key])))

    made = tuple(row(name, [counted[name, column] for column in columns], f"{key}/{name}") for name in names)
    sums = [sum(counted[name, column] for name in names) for column in columns]
    total = row(ALL, sums, totals or f"{key}/{ALL}") if summed else None
    title, says, rows_are = words
    return Table(key, title, says, rows_are, columns, made, total)


def periods(span: Span) -> tuple[str, ...]:
    """The weeks of a span by their Mondays (`7/9`), the months of a long one (`Sep 2026`)."""
    days = (span.first + number * ONE_DAY for number in range((span.last - span.first).days + 1))
    return tuple(dict.fromkeys(period(day, span) for day in days))


def period(day: date, span: Span) -> str:
    """The week or month of a span that a day belongs to."""
    if span.last - span.first > BY_WEEK_UP_TO:
        return f"{MONTHS[day.month - 1][:3]} {day.year}"
    monday = day - day.weekday() * ONE_DAY
    return f"{monday.day}/{monday.month}"


def school_year(day: date) -> Span:
    """The school year of a day: September to August."""
    first = day.year if day.month >= 9 else day.year - 1
    return Span(date(first, 9, 1), date(first + 1, 8, 31), f"School year {first}/{(first + 1) % 100:02}")


def chart_changes(ages: Iterable[tuple[date, int]]) -> Iterator[tuple[date, int]]:
    """The days on which a newer chart came, with the age it had then."""
    before: int | None = None
    for day, age in ages:
        if before is not None and age <= before:
            yield day, age
        before = age
