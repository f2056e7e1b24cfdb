"""One way in for every structure chart: files to sources, sources to a reading that nobody has stored yet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from visitor_register.domain import chart_dates, chart_levels
from visitor_register.domain.chart import ChartReading, HeadCount, Problem
from visitor_register.domain.chart_columns import ColumnMapping, fingerprint, recalled
from visitor_register.domain.chart_fields import Field, is_level_heading
from visitor_register.domain.chart_ids import is_own_reference
from visitor_register.domain.chart_table import Source, Table
from visitor_register.domain.matching import match_managers
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_organogram, chart_repeats, limits
from visitor_register.files.chart_rows import TableReading, read_rows
from visitor_register.files.sandbox import read_source

_LIST_COLUMNS = 3
_NO_TEAM = re.compile(r"^(?:sheet|table|page|list|staff|data|export|structure|chart)?\s*\d*$", re.I)
_NO_PEOPLE = "The file has headings but no people, so nothing was read: ask for the list to be sent again."
_NO_HEADINGS = (
    "No row of headings with a name, a job title and a manager was found: say which column is which, "
    "or ask for a list with those headings."
)
_CHAINS = (
    "Each row names people of several levels: say which column is the person's name and which the manager's, "
    "or ask for a list with one Name and one Manager column."
)
_COUNTS = "This file counts posts and names nobody: choose it together with its senior posts file."


def read_chart(paths: Sequence[Path], remembered: Mapping[str, ColumnMapping] | None = None) -> ChartReading:
    """Read a chart: one file, or the two files of an organogram in either order.

    Args:
        paths: The file or files.
        remembered: Mappings that a person confirmed before, by fingerprint; they win over what is proposed.

    Raises:
        FileRefusedError: it cannot be read; the sentence says what to do instead.
    """
    return understand([read_source(path) for path in paths], remembered)


def understand(sources: Sequence[Source], remembered: Mapping[str, ColumnMapping] | None = None) -> ChartReading:
    """Turn what readers found into a reading. Pure: call it again with another mapping.

    Raises:
        FileRefusedError: no table has headings that we know, or none has people.
    """
    tables = [(source, table) for source in sources for table in source.tables if table.rows]
    mapped = [(table, recalled(table, remembered or {})) for _, table in tables]
    seniors = [(table, mapping) for table, mapping in mapped if mapping.names_people and not mapping.counts_posts]
    juniors = [(table, mapping) for table, mapping in mapped if mapping.counts_posts]
    if not seniors:
        raise FileRefusedError(_why_not(mapped, has_counts=bool(juniors)))
    readings = [read_rows(table, mapping, f"t{at}") for at, (table, mapping) in enumerate(seniors, 1)]
    rows = [
        replace(person, unit=person.unit or _team_of_sheet(mapping, alone=len(seniors) == 1))
        for reading, (_, mapping) in zip(readings, seniors, strict=True)
        for person in reading.people
    ]
    rows, repeats = chart_repeats.once(rows)
    if not rows:
        raise FileRefusedError(_NO_PEOPLE)
    if len(rows) > limits.PEOPLE:
        raise FileRefusedError(f"The file lists more than {limits.PEOPLE:,} people: ask for those of one directorate.")
    people, matched = match_managers(rows)
    # Ours only held the lines of the file together; the council has no reference for these posts.
    people = tuple(replace(row, post_ref="") if is_own_reference(row.post_ref) else row for row in people)
    counts: tuple[HeadCount, ...] = ()
    notes = [Problem(where, text) for source in sources for where, text in source.notes]
    notes += [*_not_read(mapped), *repeats]
    if not any(mapping.names_managers for _, mapping in seniors):
        people, said = chart_levels.offer(people)
        notes.append(Problem("columns", said))
    if juniors:
        counts, dangling = chart_organogram.head_counts(juniors, people)
        notes += dangling
    return ChartReading(
        format="organogram" if juniors else sources[0].format,
        as_at=_as_at(sources, [table for _, table in tables], seniors, readings),
        fingerprint=fingerprint([mapping.fingerprint for _, mapping in seniors]),
        mappings=tuple(mapping for _, mapping in seniors),
        people=people,
        problems=(*notes, *(problem for reading in readings for problem in reading.problems), *matched),
        head_counts=counts,
        pages=tuple(page for source in sources for page in source.pages),
    )


def _not_read(mapped: Sequence[tuple[Table, ColumnMapping]]) -> list[Problem]:
    """Say which sheets looked like lists and had no headings that we know."""
    return [
        Problem(f"sheet {table.name}", f"The sheet “{table.name}” was not read: it has no headings that we know.")
        for table, mapping in mapped
        if not mapping.names_people and not mapping.counts_posts and _is_list(table)
    ]


def _is_list(table: Table) -> bool:
    return sum(sum(bool(cell.strip()) for cell in row.cells) >= _LIST_COLUMNS for row in table.rows) > _LIST_COLUMNS


def _team_of_sheet(mapping: ColumnMapping, *, alone: bool) -> str:
    """Return the sheet's name where there is one sheet a team and no column says the team."""
    if alone or Field.UNIT in mapping.columns or Field.BOX in mapping.columns or _NO_TEAM.match(mapping.sheet):
        return ""
    return mapping.sheet


def _why_not(mapped: Sequence[tuple[Table, ColumnMapping]], *, has_counts: bool) -> str:
    if has_counts:
        return _COUNTS
    for table, _ in mapped:
        for row in table.rows[:15]:
            if sum(map(is_level_heading, row.cells)) > 1:
                return _CHAINS
    return _NO_HEADINGS


def _as_at(
    sources: Sequence[Source],
    tables: Sequence[Table],
    seniors: Sequence[tuple[Table, ColumnMapping]],
    readings: Sequence[TableReading],
) -> date | None:
    """The day the chart stands for: as its column says, else as a title says, else as the file's name says."""
    in_rows = [found for reading in readings for text in reading.dates if (found := chart_dates.read_date(text))]
    if in_rows:
        return max(in_rows)
    with_people = {id(table) for table, _ in seniors}
    lines = [line for reading in readings for line in reading.other_lines]
    lines += [" ".join(row.cells) for table in tables if id(table) not in with_people for row in table.rows[:30]]
    said = [found for line in lines if (found := chart_dates.said_as_at(line))]
    names = [found for source in sources if (found := chart_dates.read_date(source.file_name.replace("_", " ")))]
    return next(iter([*said, *names]), None)


def required_missing(mapping: ColumnMapping) -> tuple[Field, ...]:
    """Return which required columns a mapping lacks: a name, a job title, one way to the manager.

    A drawing or a chart by levels has no such columns, and nobody could say which they are.
    """
    if Field.BOX in mapping.columns:
        return ()
    missing = [] if mapping.names_people else [Field.NAME]
    if Field.JOB_TITLE not in mapping.columns:
        missing.append(Field.JOB_TITLE)
    if not mapping.names_managers and not mapping.names_levels:
        missing.append(Field.REPORTS_TO_NAME)
    return tuple(missing)
