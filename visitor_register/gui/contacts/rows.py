"""What is owed as rows of a table, the filter over them, and how many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain import names
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import Contact, Owes
from visitor_register.gui.contacts import words
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.services.clocks import ClockLine

COLUMNS = (Column("State", 160), Column("What is owed", 221), Column("By whom"), Column("Due", 192))
COUNTED = (State.OVERDUE, State.DUE_SOON, State.RUNNING)
"""The states whose numbers stand at the head of the screen."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list is narrowed to; `text` is a part of a name or of a child reference."""

    owes: Owes | None = None
    team: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The table, how many each chip would show, how many stand in a state, the teams, and why nothing is shown."""

    rows: tuple[TableRow, ...] = ()
    chips: Mapping[Owes | None, int] | None = None
    states: Mapping[State, int] | None = None
    teams: tuple[str, ...] = ()
    filtered: bool = False


def listed(lines: Sequence[ClockLine], asked: Mapping[UUID, Contact], wanted: Filter, now: datetime) -> Listed:
    """Make the table of what fits the filter."""
    fits = [line for line in lines if _fits(line, wanted)]
    return Listed(
        rows=tuple(_row(line, asked, now) for line in fits if wanted.owes in (None, line.clock.owes)),
        chips={owes: sum(owes in (None, line.clock.owes) for line in fits) for owes in (None, *Owes)},
        states=count(lines),
        teams=tuple(sorted({team_of(line) for line in lines} - {""}, key=names.fold)),
        filtered=wanted != Filter(),
    )


def count(lines: Iterable[ClockLine]) -> Mapping[State, int]:
    """How many stand in each state that is counted."""
    found = [line.assessed.state for line in lines]
    return {state: found.count(state) for state in COUNTED}


def team_of(line: ClockLine) -> str:
    """The team, or the body, of the person it is about."""
    return (line.person.team or line.person.organisation) if line.person else ""


def _fits(line: ClockLine, wanted: Filter) -> bool:
    if wanted.team and team_of(line) != wanted.team:
        return False
    people = [one for one in (line.person, line.done_by) if one is not None]
    said = names.fold(" ".join([line.clock.child_reference, *(f"{one.name} {one.known_as}" for one in people)]))
    return all(word in said for word in names.fold(wanted.text).split())


def _row(line: ClockLine, asked: Mapping[UUID, Contact], now: datetime) -> TableRow:
    one = line.clock
    owes = "date not known" if one.is_open and one.started_at is None else words.OWES[one.owes]
    when, far = words.due(line, now)
    return TableRow(
        one.id,
        (
            Cell(pill=words.STATE[line.assessed.state]),
            Cell(words.owed(line, asked.get(one.id)), " · ".join(part for part in (owes, one.child_reference) if part)),
            _by_whom(line),
            Cell(when, far, whole=True),
        ),
    )


def _by_whom(line: ClockLine) -> Cell:
    """Who owes it; of what is done who did it, where that was somebody else."""
    if line.done_by is not None and line.clock.stopped_by != line.clock.person:
        return Cell(line.done_by.name, f"for {words.name_of(line)}")
    return Cell(words.name_of(line), team_of(line))
