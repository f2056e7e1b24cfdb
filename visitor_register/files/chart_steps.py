"""Reads sheets in steps: everybody stands one column further right than their manager, who is the nearest above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain.chart_fields import MANAGER_FIELDS, Field
from visitor_register.domain.chart_kinds import guess
from visitor_register.domain.chart_table import Source, Table
from visitor_register.files.drawn_text import read_box
from visitor_register.files.own_table import OwnRow, own_table
from visitor_register.files.person_cells import names_person
from visitor_register.files.steps_find import Staircase, Step, find, names_rank

_NAMES = (Field.NAME, Field.FORENAME, Field.SURNAME)


def unfold(source: Source) -> Source:
    """Turn every sheet in steps into a table with our own headings; ordinary lists stay as they are."""
    tables: list[Table] = []
    notes = list(source.notes)
    for at, table in enumerate(source.tables, 1):
        staircase = None if table.ours else find(table)
        if staircase is None:
            tables.append(table)
            continue
        tables.append(own_table(table.name, staircase.others, list(_rows(staircase, f"s{at}"))))
        notes.append((f"sheet {table.name}" if table.name else "file", _said(table, staircase)))
    return replace(source, tables=tuple(tables), notes=tuple(notes))


def _said(table: Table, staircase: Staircase) -> str:
    sheet = f"The sheet “{table.name}”" if table.name else "The file"
    if staircase.in_order:
        return f"{sheet} is in steps: whoever stands nearest above, one column to the left, is set as the manager."
    return f"{sheet} is in steps, but not in their order, so nobody's manager was set: ask for it unsorted."


@dataclass(frozen=True, slots=True)
class _Above:
    """What people may stand below: its level, and its box; "" for a heading or a row that is gone."""

    level: int
    box: str


def _rows(staircase: Staircase, prefix: str) -> Iterator[OwnRow]:
    fields = _fields(staircase)
    last = max(step.row.number for step in staircase.steps)
    above: list[_Above] = []
    for step in staircase.steps:
        while above and above[-1].level >= step.level:
            above.pop()
        if step.band:
            above.append(_Above(step.level, ""))
            continue
        line = _line(above) if staircase.in_order else {}
        for at, person in enumerate(_people(step, staircase, fields)):
            last += at > 0
            number = last if at else step.row.number
            yield OwnRow(number, {**person, Field.BOX: f"{prefix}r{number}", **line}, _gone(step, staircase))
        above.append(_Above(step.level, "" if _gone(step, staircase) else f"{prefix}r{step.row.number}"))


def _line(above: Sequence[_Above]) -> dict[Field, str]:
    """Return the line to the next above; below a team's heading or a row that is gone, those above are offered."""
    if not above:
        return {}
    if above[-1].box:
        return {Field.REPORTS_TO_BOX: above[-1].box}
    return {Field.MAY_REPORT_TO_BOX: " ".join(one.box for one in reversed(above) if one.box)}


def _gone(step: Step, staircase: Staircase) -> str:
    struck = staircase.columns[step.level] in step.row.struck
    return step.row.gone or ("struck through" if struck else "")


def _fields(staircase: Staircase) -> tuple[Field | None, ...]:
    """Say what the columns beside the steps are, by heading, else by what stands in them."""
    width = max(len(step.row.cells) for step in staircase.steps)
    said = [*staircase.mapping.columns, *[None] * (width - len(staircase.mapping.columns))]
    names_stand_in_steps = not any(field in _NAMES for at, field in enumerate(said) if at not in staircase.columns)
    for at in staircase.columns:
        said[at] = Field.NAME if names_stand_in_steps else Field.JOB_TITLE
    found = guess([step.row.cells for step in staircase.steps], said)
    return tuple(
        None if at in staircase.columns or field in MANAGER_FIELDS else field for at, field in enumerate(found)
    )


def _people(step: Step, staircase: Staircase, fields: Sequence[Field | None]) -> list[dict[Field, str]]:
    """Return the person of a step, or the people where its cell lists several with their titles."""
    beside: dict[Field, str] = {}
    for field, cell in zip(fields, step.row.cells, strict=False):
        if field is not None and cell.strip():
            beside[field] = f"{beside[field]}; {cell}" if field in beside else cell
    if any(field in beside for field in _NAMES):
        return [{Field.JOB_TITLE: step.text, **beside}]
    if Field.JOB_TITLE in fields:
        return [{Field.NAME: step.text, **beside}]
    heading = staircase.headings[step.level]
    title = {Field.JOB_TITLE: heading} if names_rank(heading) else {}
    if names_person(step.text):
        return [{Field.NAME: step.text, **title, **beside}]
    return [{**title, **person, **beside} for person in read_box(step.text.splitlines()).people]
