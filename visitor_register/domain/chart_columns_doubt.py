"""Settles headings that mean two things ("Title", "Position", "ID") by what stands beside or below them."""

import re
from collections.abc import Sequence

from visitor_register.domain.chart_fields import Field, field_of, heading_key, is_plain_id, team_rank
from visitor_register.domain.chart_text import phrases

_COURTESY = phrases("mr mrs ms miss mx dr prof rev")
_TITLE_TEXTS = phrases(
    "job title|position title|post title|role|role title|job|position text|position name|position description|job role"
)
_NUMBER = re.compile(r"^[A-Za-z]{0,4}[-/ ]?\d{3,}$")


def settle(headings: Sequence[str], columns: list[Field | None], rows: Sequence[Sequence[str]]) -> None:
    """Change `columns` in place where the first reading of a heading was wrong.

    Args:
        headings: As written.
        columns: The field of each heading by its words alone.
        rows: The first rows below, to look at what the cells hold.
    """
    _positions(headings, columns, rows)
    _titles(headings, columns, rows)
    _teams(headings, columns)
    _plain_ids(headings, columns)


def _positions(headings: Sequence[str], columns: list[Field | None], rows: Sequence[Sequence[str]]) -> None:
    """ "Position" holds a number in some HR exports; the title then stands in another column."""
    for at, field in enumerate(columns):
        cells = _cells(rows, at)
        if field is Field.JOB_TITLE and cells and sum(bool(_NUMBER.match(cell)) for cell in cells) * 2 > len(cells):
            columns[at] = None if Field.POST_REF in columns else Field.POST_REF
            other = next(
                (place for place, text in enumerate(headings) if heading_key(text) in _TITLE_TEXTS and place != at),
                None,
            )
            if other is not None and columns[other] is None:
                columns[other] = Field.JOB_TITLE


def _titles(headings: Sequence[str], columns: list[Field | None], rows: Sequence[Sequence[str]]) -> None:
    """ "Title" is the job title unless it holds Mr and Mrs."""
    if Field.JOB_TITLE in columns:
        return
    for at, heading in enumerate(headings):
        if heading_key(heading) == "title" and columns[at] is None:
            cells = _cells(rows, at)
            if cells and sum(cell.strip(".").casefold() in _COURTESY for cell in cells) * 2 < len(cells):
                columns[at] = Field.JOB_TITLE
                return


def _teams(headings: Sequence[str], columns: list[Field | None]) -> None:
    """Of "Department" and "Team" the smaller is the team; the larger is then the service or the directorate."""
    places = [at for at, heading in enumerate(headings) if _is_unit(heading)]
    if Field.UNIT not in columns or len(places) < 2:
        return
    smallest, *others = sorted(places, key=lambda at: team_rank(headings[at]))
    for at in places:
        columns[at] = None
    columns[smallest] = Field.UNIT
    for at in others:
        columns[at] = next((field for field in (Field.SERVICE, Field.DIRECTORATE) if field not in columns), None)


def _is_unit(heading: str) -> bool:
    return field_of(heading) is Field.UNIT


def _plain_ids(headings: Sequence[str], columns: list[Field | None]) -> None:
    """ "ID" is what the managers' column refers to. As a post reference it is never an identity by itself."""
    refers = {Field.REPORTS_TO_POST, Field.REPORTS_TO_STAFF_NUMBER, Field.REPORTS_TO_NAME} & set(columns)
    if not refers or Field.POST_REF in columns or Field.STAFF_NUMBER in columns:
        return
    for at, heading in enumerate(headings):
        certain = heading_key(heading) in ("unique id", "unique identifier") or refers != {Field.REPORTS_TO_NAME}
        if columns[at] is None and is_plain_id(heading) and certain:
            columns[at] = Field.POST_REF
            return


def _cells(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
