"""Visits as rows of History's table, and as lines of an exported list."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.files import exports
from visitor_register.gui import wording
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.services import history
from visitor_register.services.history import Line, Mark, Outcome, Wanted

COLUMNS = (
    Column("Arrived", 150),
    Column("Who"),
    Column("Here to see", 126),
    Column("Left", 116),
    Column("Outcome", 178),
)

OUTCOME: dict[Outcome, PillSpec] = {
    Outcome.SIGNED_IN: PillSpec("Signed in here", Tone.HERE),
    Outcome.LEFT: PillSpec("Left", Tone.NEUTRAL),
    Outcome.NO_SIGN_OUT: PillSpec("No sign-out", Tone.NEUTRAL, Shape.MACHINE),
    Outcome.LEAVING_UNKNOWN: PillSpec("Not known when", Tone.NEUTRAL),
    Outcome.DECLINED: PillSpec("Declined", Tone.STOP),
    Outcome.UNDONE: PillSpec("Undone", Tone.NEUTRAL),
}
OUTCOME_WORDS = {
    Outcome.SIGNED_IN: "Signed in here",
    Outcome.LEFT: "Left",
    Outcome.NO_SIGN_OUT: "No sign-out recorded",
    Outcome.LEAVING_UNKNOWN: "Not known when they left",
    Outcome.DECLINED: "Entry declined",
    Outcome.UNDONE: "Undone: not this person",
}
MARK = {
    Mark.BY_PROGRAM: "Filled in by the program",
    Mark.FILLED_IN_LATER: "Filled in later",
    Mark.FROM_PAPER: "From paper",
    Mark.CORRECTED: "Corrected",
}
HEADER = (
    "Day", "Arrived", "Left", "Name", "Team", "Organisation", "Here to see", "Where", "Outcome", "How recorded",
    "ID shown", "Face and photo compared", "Booked", "Recorded by",
)  # fmt: skip
_COMPARED = {key: words.removesuffix(", because ...") for key, words in wording.COMPARED.items()}


def who(line: Line) -> str:
    """The name, or that it was erased."""
    return line.person.name if line.person else "erased"


def row_of(line: Line) -> TableRow:
    """One visit in the table."""
    visit, person = line.visit, line.person
    day = calendar.say_date(calendar.london_date(visit.arrived_at))
    arrived = ", ".join([calendar.say_time(visit.arrived_at), *_arrival_marks(line)])
    left, told = "", ""
    if visit.left_at is not None:
        left = calendar.say_time(visit.left_at)
        same_day = calendar.london_date(visit.left_at) == calendar.london_date(visit.arrived_at)
        told = "filled in later" if Mark.FILLED_IN_LATER in line.marks else ""
        told = told if same_day else calendar.say_date(calendar.london_date(visit.left_at))
    return TableRow(
        visit.id,
        (
            Cell(day, arrived, whole=True),
            Cell(who(line), (person.team or person.organisation) if person else "", t="strong"),
            Cell(visit.here_to_see, visit.place),
            Cell(left, told, whole=True),
            Cell(pill=OUTCOME[line.outcome]),
        ),
    )


def rows_of(lines: Iterable[Line]) -> list[TableRow]:
    """Visits in the table."""
    return [row_of(line) for line in lines]


def csv_row(line: Line) -> tuple[str, ...]:
    """One visit in an exported list: no note, no purpose, nothing about a child."""
    visit, person = line.visit, line.person
    return (
        calendar.say_date(calendar.london_date(visit.arrived_at)),
        calendar.say_time(visit.arrived_at),
        calendar.say_time(visit.left_at) if visit.left_at else "",
        who(line),
        person.team if person else "",
        person.organisation if person else "",
        visit.here_to_see,
        visit.place,
        OUTCOME_WORDS[line.outcome],
        ", ".join(MARK[mark] for mark in line.marks),
        wording.ID_SHOWN[visit.id_shown] if visit.id_shown else "not asked",
        _COMPARED[visit.compared] if visit.compared else "not asked",
        "yes" if visit.booking else "no",
        line.recorded_by,
    )


def export(session: Session, path: Path, wanted: Wanted, at: datetime) -> int:
    """Write every visit that is wanted to a CSV file; returns how many."""
    return exports.write_csv(path, HEADER, map(csv_row, history.everything(session, wanted, at=at)))


def exporting(path: Path, wanted: Wanted, at: datetime) -> partial[int]:
    """The same as a job."""
    return partial(export, path=path, wanted=wanted, at=at)


def _arrival_marks(line: Line) -> list[str]:
    marks = {Mark.FROM_PAPER: "from paper", Mark.CORRECTED: "corrected"}
    # One of them fits beside the time; the panel says all.
    return [words for mark, words in marks.items() if mark in line.marks][-1:]
