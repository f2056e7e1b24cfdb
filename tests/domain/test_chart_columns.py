"""Headings: found in the first rows, also over two rows, and read in the words councils use."""

from dataclasses import replace

import pytest

from visitor_register.domain.chart_columns import propose, recalled
from visitor_register.domain.chart_fields import Field, field_of
from visitor_register.domain.chart_kinds import guess
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


@pytest.mark.parametrize(
    ("alias", "field"),
    [
        *((text, Field.JOB_TITLE) for text in ("Role", "Position", "Post Title", "JobTitle", "Title of Post")),
        *((text, Field.UNIT) for text in ("Team", "Department", "Service Area", "Section", "Unit")),
        *((text, Field.PHONE) for text in ("Tel", "Direct Line", "Office Phone", "Contact Phone")),
        *((text, Field.STAFF_NUMBER) for text in ("Payroll no", "Employee no.", "Badge No", "Employee Number")),
        *((text, Field.NAME) for text in ("Display name", "Post holder", "Name")),
        *((text, Field.REPORTS_TO_NAME) for text in ("Line manager", "Manager", "Reports to", "Supervisor")),
        *((text, Field.EMAIL) for text in ("User Principal Name", "Contact E-mail", "E-mail")),
        ("First name", Field.FORENAME),
        ("Last name", Field.SURNAME),
        ("Known As", Field.KNOWN_AS),
        ("Post Unique Reference", Field.POST_REF),
        ("Reports to Senior Post", Field.REPORTS_TO_POST),
        ("OrganisationLabel", Field.ORGANISATION),
        ("Organisation name", Field.ORGANISATION),
        ("EffectiveDate", Field.EFFECTIVE_DATE),
        ("Level", Field.LEVEL),
        ("Tier", Field.LEVEL),
        ("Directorate", Field.DIRECTORATE),
        ("Service", Field.SERVICE),
        ("ContractType", Field.CONTRACT),
        ("Permanent or temporary", Field.CONTRACT),
        ("ContactDetails", Field.CONTACT),
        ("Vacancy", Field.VACANCY),
        ("Comments", Field.NOTES),
        *(
            (text, None)
            for text in ("Grade", "SalaryBand", "MaximumSalary", "Salary ceiling", "Pay Band", "SCP", "Band")
        ),
        *((text, None) for text in ("Spinal column point", "Total Pay (£)", "Salary in £5,000 brackets", "FTE cost")),
    ],
)
def test_what_governments_and_councils_call_their_columns(alias: str, field: Field | None) -> None:
    assert field_of(alias) is field


def test_a_row_of_people_is_no_row_of_headings() -> None:
    found = propose(table("Ada Hill|Manager|CIN|ada@x.example", "Bo Lee|Officer|Service|bo@x.example"))
    assert (found.first_row, found.heading_rows, found.hits) == (0, 0, 0)
    assert found.headings == ("", "", "", "")
    plain = propose(table("Staff list", "Ada Hill|Manager|CIN", "Bo Lee|Worker|CIN", "Cy Fox|Clerk|CLA"))
    assert (plain.first_row, plain.heading_rows) == (1, 0)


def test_headings_in_unknown_words_are_found_by_their_shape() -> None:
    found = propose(
        table("Our people", "Colleague|Doing what|Ring", "Ada Hill|SW|020 7946 0001", "Bo Lee|SW|020 7946 1")
    )
    assert (found.first_row, found.heading_rows) == (1, 1)
    assert found.headings == ("Colleague", "Doing what", "Ring")
    assert not found.names_people


def test_what_a_person_said_counts_wherever_the_headings_stand() -> None:
    said = propose(table("Wer|Was|Wo|Lohn (£)", "Ada Hill|SW|CIN|9", "Bo Lee|SW|CIN|9"))
    columns = (Field.NAME, Field.JOB_TITLE, Field.UNIT, Field.NOTES)
    remembered = {said.fingerprint: replace(said, columns=columns)}
    again = table("Title|Name|Team", "", "WER|was|Wo|Lohn (£)", "Ada Hill|Manager|CIN|9")
    found = recalled(again, remembered)
    assert (found.first_row, found.columns) == (2, (Field.NAME, Field.JOB_TITLE, Field.UNIT, None))
    assert recalled(again, {}) == propose(again)


def test_tables_without_headings_are_told_apart_by_what_they_hold() -> None:
    one, same, other = (
        propose(table(*rows)).fingerprint
        for rows in (
            ("Ada Hill|Manager|ada@x.example", "Bo Lee|Clerk|bo@x.example"),
            ("Cy Fox|Clerk|cy@x.example", "Di Poe|Manager|di@x.example"),
            ("ada@x.example|Ada Hill|Manager", "bo@x.example|Bo Lee|Clerk"),
        )
    )
    assert one == same != other


def test_what_stands_in_a_column_proposes_what_it_is() -> None:
    rows = [
        ("Ada Hill", "Team Manager", "020 7946 0001", "ada@x.example", "CIN 1"),
        ("O'BRIEN, Seán", "Social Worker", "ext. 204561", "sean@x.example", "CIN 1"),
        ("Vacant", "Clerk", "", "", "CLA 2"),
        ("Zoë van der Berg", "Senior Practitioner", "07700 900 001", "", "CLA 2"),
    ]
    fields = (Field.NAME, Field.JOB_TITLE, Field.PHONE, Field.EMAIL, None)
    assert guess(rows, (None,) * 5) == fields
    assert guess(rows, (Field.KNOWN_AS, *(None,) * 4))[0] is Field.KNOWN_AS
    twice = [(*row, row[0]) for row in rows]
    assert Field.NAME not in guess(twice, (None,) * 6)


def test_posts_by_level_need_no_names() -> None:
    found = propose(table("Level|JobTitle|Directorate|Service|SalaryBand", "2|Director|Children|NA|9"))
    assert found.names_people
    assert found.names_levels
    assert not found.names_managers
    assert not propose(table("Level|Name|Job title|Service|Manager", "2|Ada Hill|SW|CIN|")).names_levels
