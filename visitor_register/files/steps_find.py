"""Finds out whether a sheet is a staircase: one column a level, and in each row one of them filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from visitor_register.domain.chart_columns import ColumnMapping, fingerprint, propose
from visitor_register.domain.chart_fields import Field, field_of, is_level_heading
from visitor_register.domain.chart_headings import LOOK_AT
from visitor_register.domain.chart_table import Row, Table
from visitor_register.files.drawn_text import read_box
from visitor_register.files.drawn_words import look
from visitor_register.files.person_cells import names_person

_LEVEL = re.compile(r"^(?:level|tier|layer|step|rank|l|t)?[\s.#]*\d{1,2}\b", re.I)
_RANK = re.compile(
    r"\b(?:managers?|directors?|head|workers?|officers?|practitioners?|staff|members?|leads?|leaders?|chief|deputy|"
    r"supervisors?|principal|assistants?|seniors?|executives?)\b",
    re.I,
)
# What a column of a level is taken for when its heading is read as that of a list.
_MAY_BE_LEVEL = (None, Field.NAME, Field.REPORTS_TO_NAME)
_NAMES = (Field.NAME, Field.SURNAME)
_LEAPS = 0.02
_NEARLY_ALL = 0.9
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a staircase: its level from 0 and what stands there. `band`: the heading of a team, nobody's post."""

    row: Row
    level: int
    text: str
    band: bool = False


@dataclass(frozen=True, slots=True)
class Staircase:
    """A sheet in steps.

    Attributes:
        mapping: What the headings say of all columns.
        columns: Places of the columns of levels, the highest first.
        headings: Theirs, "" where there is none.
        steps: The rows with something in a column of a level, in order.
        others: The lines above and between that are no steps.
        in_order: Whether everybody can stand below their manager: a sorted sheet says nothing about managers.
    """

    mapping: ColumnMapping
    columns: tuple[int, ...]
    headings: tuple[str, ...]
    steps: tuple[Step, ...]
    others: tuple[str, ...]
    in_order: bool


def find(table: Table) -> Staircase | None:
    """Return the staircase that a table is, or None for an ordinary list; in doubt it is a list."""
    mapping = _headings_of_levels(table) or propose(table)
    rows = [row for row in table.rows[mapping.first_row + mapping.heading_rows :] if any(map(str.strip, row.cells))]
    # Rows may end before their headings do.
    width = max((len(mapping.headings), *(len(row.cells) for row in rows)))
    headings = (*mapping.headings, *[""] * (width - len(mapping.headings)))
    fields = (*mapping.columns, *[None] * (width - len(mapping.columns)))
    able = [at for at, text in enumerate(headings) if fields[at] in _MAY_BE_LEVEL and _may_head_a_level(text)]
    grid = _without_repeats(rows, width, able)
    columns = _columns(grid, able)
    names = [at for at, field in enumerate(fields) if field in _NAMES and at not in columns and any(_at(grid, at))]
    if len(columns) < 2 or any(_holds_names(grid, at) for at in able if at not in (*columns, *names)):
        return None
    everything, others = _steps(rows, grid, columns)
    steps = [step for step in everything if not step.band]
    used = sorted({step.level for step in steps})
    ranked = sum(names_rank(headings[columns[level]]) for level in used) > 1
    if len(used) < (2 if ranked else 3) or not _are_posts(steps, named=bool(names)):
        return None
    in_order = steps[0].level == used[0] and _leaps(steps, used) <= max(1, _LEAPS * len(steps))
    if not (in_order or ranked) or len(steps) < _NEARLY_ALL * sum(map(_says_much, rows)):
        return None
    above = [" ".join(row.cells) for row in table.rows[: mapping.first_row]]
    own = tuple(headings[at] for at in columns)
    return Staircase(mapping, columns, own, tuple(everything), (*above, *others), in_order)


def names_rank(heading: str) -> bool:
    """Say whether a heading can be the title of whoever stands below it."""
    return bool(_RANK.search(heading))


def _headings_of_levels(table: Table) -> ColumnMapping | None:
    """Return the first row that says nothing but levels: below it there may be names and nothing else."""
    for at, row in enumerate(table.rows[:LOOK_AT]):
        said = [cell for cell in row.cells if cell.strip()]
        if len(said) > 1 and all(_LEVEL.match(cell) or is_level_heading(cell) for cell in said):
            return ColumnMapping(table.name, fingerprint(row.cells), row.cells, (None,) * len(row.cells), at, 1)
    return None


def _may_head_a_level(heading: str) -> bool:
    text = heading.strip()
    return not text or is_level_heading(text) or bool(_LEVEL.match(text) or _RANK.search(text)) or _is_name(text)


def _is_name(heading: str) -> bool:
    return field_of(heading) is Field.NAME


def _without_repeats(rows: Sequence[Row], width: int, able: Sequence[int]) -> list[list[str]]:
    """Return all cells, those blank that repeat the row above beside somebody else: a merge filled downwards."""
    found: list[list[str]] = []
    above = [""] * width
    for row in rows:
        cells = [*map(str.strip, row.cells), *[""] * (width - len(row.cells))]
        last = max((at for at in able if cells[at]), default=-1)
        found.append(["" if at < last and at in able and cell == above[at] else cell for at, cell in enumerate(cells)])
        above = cells
    return found


def _columns(grid: Sequence[Sequence[str]], able: Sequence[int]) -> tuple[int, ...]:
    """Return the neighbours among `able` of which no row fills two, and that fill most rows together."""
    filled = {at: sum(bool(cells[at]) << number for number, cells in enumerate(grid)) for at in able}
    able = [at for at in able if filled[at]]
    best: tuple[int, ...] = ()
    most = 0
    for start, first in enumerate(able):
        union = filled[first]
        for end in range(start + 1, len(able)):
            if union & filled[able[end]]:
                break
            union |= filled[able[end]]
            if union.bit_count() > most:
                best, most = tuple(able[start : end + 1]), union.bit_count()
    return best


def _steps(rows: Sequence[Row], grid: Sequence[Sequence[str]], columns: Sequence[int]) -> tuple[list[Step], list[str]]:
    """Divide the rows into steps and other lines. Where posts have titles, a lone text is a band or a total."""
    beside = [any(cell for at, cell in enumerate(cells) if at not in columns) for cells in grid]
    steps, others = [], []
    for row, cells, has_more in zip(rows, grid, beside, strict=True):
        level = next((level for level, at in enumerate(columns) if cells[at]), None)
        text = "" if level is None else cells[columns[level]]
        band = any(beside) and not has_more and not _is_post(text)
        if level is not None:
            steps.append(Step(row, level, text, band))
        if level is None or band:
            others.append(" ".join(row.cells))
    return steps, others


def _are_posts(steps: Sequence[Step], *, named: bool) -> bool:
    """Say whether the steps are people; where the names have a column of their own, whether they are titles."""
    right = sum(look(step.text).is_title if named else _is_post(step.text) for step in steps)
    return right >= _MOSTLY * len(steps)


def _is_post(text: str) -> bool:
    return names_person(text) or read_box(text.splitlines()).sure


def _holds_names(grid: Sequence[Sequence[str]], at: int) -> bool:
    cells = list(filter(None, _at(grid, at)))
    return 2 * sum(map(names_person, cells)) > len(cells) > 0


def _at(grid: Sequence[Sequence[str]], at: int) -> list[str]:
    return [cells[at] for cells in grid]


def _leaps(steps: Sequence[Step], used: Sequence[int]) -> int:
    """Count the rows that stand more than one level further right than the row above them."""
    place = {level: at for at, level in enumerate(used)}
    return sum(place[step.level] > place[above.level] + 1 for above, step in pairwise(steps))


def _says_much(row: Row) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) > 1
