"""Headings: found in the first rows, also over two rows, and read in the words councils use."""

import pytest

from visitor_register.domain.chart_columns import propose
from visitor_register.domain.chart_fields import Field, field_of
from visitor_register.domain.chart_table import Row, Table


def table(*rows: str) -> Table:
    """A table from rows written with "|"."""
    return Table("Staff", tuple(Row(at, tuple(row.split("|"))) for at, row in enumerate(rows, 1)))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("JobTitle", Field.JOB_TITLE),
        ("Payroll / Badge No.", Field.STAFF_NUMBER),
        ("E mail address", Field.EMAIL),
        ("Line Manager’s Email", Field.REPORTS_TO_EMAIL),
        ("Manager Pers. No.", Field.REPORTS_TO_STAFF_NUMBER),
        ("Reports to Senior Post", Field.REPORTS_TO_POST),
        ("Reports to", Field.REPORTS_TO_NAME),
        ("Direct\nDial", Field.PHONE),
        ("Name of Line Manager", Field.REPORTS_TO_NAME),
        ("Post Holder", Field.NAME),
        ("Telephone (work)", Field.PHONE),
        ("Manager phone", None),
        ("Manager Job Title", None),
        ("Salary", None),
        ("Actual Pay Floor (£)", None),
        ("Grade (or equivalent)", None),
        ("Salary Cost of Reports (£)", None),
        ("", None),
    ],
)
def test_headings_are_read_in_councils_words(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


def test_the_best_row_of_the_first_fifteen_is_the_heading() -> None:
    found = propose(
        table("Structure chart", "", "as at|1 May 2026", "Name|Role|Team|Line Manager", "Ada Hill|SW|CIN|Bob Roe")
    )
    assert (found.first_row, found.heading_rows, found.hits) == (3, 1, 4)


def test_two_rows_of_headings_are_read_together() -> None:
    found = propose(table("Name|Post|Contact||Line Manager|", "||Tel|Email|Name|Email", "Ada Hill|SW|1|a@b.example||"))
    assert found.heading_rows == 2
    assert found.columns[2:] == (Field.PHONE, Field.EMAIL, Field.REPORTS_TO_NAME, Field.REPORTS_TO_EMAIL)


def test_a_team_is_the_smallest_unit_named() -> None:
    found = propose(table("Name|Job title|Department|Team|Line manager", "Ada Hill|SW|Children|CIN 1|"))
    assert found.columns[2:4] == (Field.SERVICE, Field.UNIT)


def test_a_column_of_numbers_called_position_is_no_title() -> None:
    found = propose(table("Position|Position Title|Employee|Manager ID", "50001234|SW|Ada Hill|50001235"))
    assert found.columns[:2] == (Field.POST_REF, Field.JOB_TITLE)


def test_an_id_is_what_managers_are_named_by() -> None:
    found = propose(table("ID|Name|Title|Manager ID", "1|Ada Hill|Team Manager|", "2|Bob Roe|SW|1"))
    assert found.columns == (Field.POST_REF, Field.NAME, Field.JOB_TITLE, Field.REPORTS_TO_STAFF_NUMBER)


def test_columns_by_rank_are_no_managers() -> None:
    found = propose(
        table("Director|Head of Service|Team Manager|Name|Job title|Tel", "Ada Hill|Bob Roe|Cy Poe|Di Fox|SW|1")
    )
    assert not found.names_managers


def test_the_same_headings_have_the_same_fingerprint() -> None:
    one, other = (propose(table(text, "Ada Hill|SW|CIN")).fingerprint for text in ("Name|Role|Team", "NAME |role|Team"))
    assert one == other != propose(table("Role|Name|Team", "SW|Ada Hill|CIN")).fingerprint
