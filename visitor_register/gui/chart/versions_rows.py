"""The versions of the chart, two of them compared, and the chart of a day, as rows and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.chart_fingerprint import OF_KEY, readable
from visitor_register.gui.chart import import_rows, rows
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.chart_history import Compared, OnDay
from visitor_register.services.chart_view import VersionLine

COLUMNS = (
    Column("Compare", 86),
    Column("Version", 150),
    Column("Chart of", 150),
    Column("From"),
    Column("Fingerprint", 130),
    Column("State", 112),
)
FINGERPRINT_COLUMN = 4
KEPT = "A superseded chart is kept for 24 months at least, so that one can look back. Nothing is erased by itself."


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a version."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version beside the list. `undo` is set for one that can be undone by whoever is at the desk."""

    version: UUID
    title: str
    fingerprint: str
    facts: tuple[Fact, ...]
    undo: bool


@dataclass(frozen=True, slots=True)
class VersionsShown:
    """The list, and each version by its key; `first` is the one in use."""

    rows: tuple[TableRow, ...]
    versions: dict[UUID, VersionShown]
    first: UUID | None


@dataclass(frozen=True, slots=True)
class ComparedShown:
    """Two versions compared: a table for each tab of the import's preview that says of changes."""

    title: str
    words: str
    rows: dict[str, tuple[TableRow, ...]]


@dataclass(frozen=True, slots=True)
class DayShown:
    """The chart of a day: which charts were in use, and everybody on them."""

    title: str
    words: str
    rows: tuple[TableRow, ...]


def versions_of(lines: Iterable[VersionLine], ticked: tuple[UUID, ...], today: date, *, imports: bool) -> VersionsShown:
    """Make the list. `imports`: whoever is at the desk may undo."""
    found = list(lines)
    several = len({line.chart.authority for line in found}) > 1
    listed = tuple(_row(line, ticked, today, several=several) for line in found)
    shown = {line.chart.id: _shown(line, today, may_undo=imports and line.in_use) for line in found}
    return VersionsShown(listed, shown, next((line.chart.id for line in found if line.in_use), None))


def first_ticks(lines: Iterable[VersionLine]) -> tuple[UUID, ...]:
    """Propose to compare the chart in use with the one before it."""
    found = [line for line in lines if not line.chart.undone]
    newest = found[0].chart if found else None
    same = [line.chart.id for line in found if newest is not None and line.chart.authority == newest.authority]
    return tuple(same[:2])


def compared(found: Compared, number: dict[UUID, int]) -> ComparedShown:
    """Make the tables of two versions compared."""
    old, new = (f"{number[chart.id]} of {calendar.say_date(chart.day)}" for chart in (found.old, found.new))
    people = "1 person is" if found.same == 1 else f"{found.same:,} people are"
    same = f"{people} on both and the same." if found.lines else "The two say the same."
    title = f"Versions {number[found.old.id]} and {number[found.new.id]} compared"
    return ComparedShown(title, f"From version {old} to version {new}. {same}", import_rows.change_tables(found.lines))


def of_day(found: OnDay) -> DayShown:
    """Make the table of a day."""
    day = calendar.say_date(found.day)
    if not found.charts:
        return DayShown(f"On {day}", "No chart was in use at the end of that day.", ())
    charts = "; ".join(
        f"{chart.authority}, version {number} of {calendar.say_date(chart.day)}" for chart, number in found.charts
    )
    people = f"{found.listed.people:,} people, {found.listed.vacant} vacant"
    return DayShown(f"On {day}", f"{charts}: {people}, at the end of that day.", rows.table_rows(found.listed.lines))


def _row(line: VersionLine, ticked: tuple[UUID, ...], today: date, *, several: bool) -> TableRow:
    chart = line.chart
    people = "1 person" if chart.people == 1 else f"{chart.people:,} people"
    return TableRow(
        chart.id,
        (
            Cell(ticked=chart.id in ticked),
            Cell(f"Version {line.number}", chart.authority if several else people, t="strong", muted=chart.undone),
            Cell(calendar.say_date(chart.day), calendar.age(chart.day, today), muted=chart.undone, whole=True),
            Cell(chart.from_whom or "not written down", chart.file_name, muted=chart.undone),
            Cell(readable(chart.sha256), muted=chart.undone, whole=True),
            Cell(pill=_state(line)),
        ),
    )


def _state(line: VersionLine) -> PillSpec:
    if line.in_use:
        return PillSpec("In use", Tone.KNOWN)
    return PillSpec("Undone", Tone.CHECK) if line.chart.undone else PillSpec("Earlier", Tone.NEUTRAL)


def _shown(line: VersionLine, today: date, *, may_undo: bool) -> VersionShown:
    chart = line.chart
    issued = calendar.say_date(chart.issued_on) if chart.issued_on is not None else "not said in it"
    until = f", good until {calendar.say_date(chart.valid_until)}" if chart.valid_until is not None else ""
    signed = f"with key {readable(chart.signed_with, OF_KEY)}{until}" if chart.signed_with else "no"
    facts = (
        Fact("Council", chart.authority),
        Fact("Chart of", f"{calendar.say_date(chart.day)}, {calendar.age(chart.day, today)}"),
        Fact("Issued", issued),
        Fact("Received", f"{calendar.say_date(chart.received_on)}, from {chart.from_whom or 'nobody written down'}"),
        Fact("Accepted", f"{calendar.say_date_time(chart.accepted_at)} by {line.accepted_by or 'somebody'}"),
        Fact("Holds", f"{chart.people:,} people in {chart.posts:,} posts"),
        Fact("Only of", ", ".join(chart.holds) if chart.partial else ""),
        Fact("Signed", signed),
        Fact("File", f"{chart.file_name} ({chart.format})"),
        Fact("Undone", chart.undone_because),
    )
    return VersionShown(
        chart.id,
        f"Version {line.number}",
        readable(chart.sha256),
        tuple(fact for fact in facts if fact.words),
        may_undo,
    )
