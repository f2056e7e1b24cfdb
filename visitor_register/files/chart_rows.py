"""Turns the rows of one table into people and posts, by a mapping of its columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from visitor_register.domain import chart_text
from visitor_register.domain.chart import ChartPerson, Problem
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field, heading_key
from visitor_register.domain.chart_table import Row, Table
from visitor_register.files.chart_cells import Cells, people_in

# "Leaving Care" and "Care Leavers" are teams.
_LEAVERS = re.compile(
    r"^(?:(?:recent|starters and|staff) )?leavers\b|\bleft (?:staff|the council)\b|\b(?:former|ex) staff\b", re.I
)
_TOTAL = re.compile(
    r"^(?:sub ?|grand )?totals?\b|^number of (?:posts|staff|people)\b|^count\b|^end of (?:list|report)\b", re.I
)


@dataclass(frozen=True, slots=True)
class TableReading:
    """The people of one table in file order, and what was noticed. `as_at` candidates are the texts of other rows."""

    people: tuple[ChartPerson, ...]
    problems: tuple[Problem, ...]
    other_lines: tuple[str, ...]
    dates: tuple[str, ...]


def read_rows(table: Table, mapping: ColumnMapping, prefix: str) -> TableReading:
    """Read all rows below the headings. Headings repeated, totals and section bands are no people."""
    start = mapping.first_row + mapping.heading_rows
    lines = [" ".join(row.cells) for row in table.rows[: mapping.first_row]]
    people: list[ChartPerson] = []
    problems: list[Problem] = []
    dates: list[str] = []
    section = ""
    for row in table.rows[start:]:
        where = _where(table, row)
        cells = Cells(row, mapping)
        said = [text for text in (chart_text.clean(cell) for cell in row.cells) if text]
        if not said:
            continue
        if _repeats_headings(row, mapping):
            problems.append(Problem(where, f"Row {row.number} repeats the headings and was left out."))
        elif _TOTAL.match(said[0]) and not cells.names_somebody_beside(said[0]):
            problems.append(Problem(where, f"Row {row.number} is a total (“{said[0]}”) and was left out."))
            lines.append(" ".join(said))
        elif row.band or len(said) == 1:
            section = said[0]
            lines.append(section)
        elif found := people_in(_apart(row, table.name, section), cells, f"{prefix}r{row.number}", where):
            in_section = section if Field.SERVICE not in mapping.columns else ""
            people += [replace(person, service=person.service or in_section) for person in found]
            dates.append(cells.text(Field.EFFECTIVE_DATE))
            problems += [doubt for person in found for doubt in _doubts(person)]
        else:
            lines.append(" ".join(said))
            problems.append(Problem(where, f"Row {row.number} names nobody and was left out: “{said[0][:60]}”."))
    kept, repeated = _without_repeats(people)
    return TableReading(kept, (*problems, *repeated), tuple(lines), tuple(filter(None, dates)))


def _doubts(person: ChartPerson) -> Iterator[Problem]:
    for doubt in person.doubts:
        yield Problem(person.where, f"“{_short(person.written)}” {doubt}.")
    if person.gone:
        yield Problem(person.where, f"“{_short(person.name or person.written)}” is listed apart: {person.gone}.")


def _apart(row: Row, sheet: str, section: str) -> Row:
    """List a row apart that stands among the leavers; nobody is imported from there unasked."""
    among = next((text for text in (section, sheet) if _LEAVERS.search(text)), "")
    return replace(row, gone=f"under “{_short(among)}”") if among and not row.gone else row


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."


def _without_repeats(people: list[ChartPerson]) -> tuple[tuple[ChartPerson, ...], list[Problem]]:
    """Merge rows that repeat another word for word. Vacant posts without a reference may well be several."""
    seen: dict[ChartPerson, ChartPerson] = {}
    kept, problems = [], []
    for person in people:
        same = replace(person, key="", person="", where="")
        if (person.name or person.post_ref) and same in seen:
            problems.append(
                Problem(
                    person.where,
                    f"“{person.name or person.job_title}” is listed twice with the same details; once is kept.",
                )
            )
            continue
        seen[same] = person
        kept.append(person)
    return tuple(kept), problems


def _repeats_headings(row: Row, mapping: ColumnMapping) -> bool:
    own = [(cell, heading) for cell, heading in zip(row.cells, mapping.headings, strict=False) if cell.strip()]
    same = sum(
        heading_key(cell) == heading_key(heading) or heading_key(heading).endswith(heading_key(cell))
        for cell, heading in own
    )
    return len(own) >= 3 and same * 3 >= 2 * len(own)


def _where(table: Table, row: Row) -> str:
    return f"{table.name}, row {row.number}" if table.name else f"row {row.number}"
