"""What a person is shown when nobody knows which column is which, and what comes of the answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.files.charts import text, written
from visitor_register.domain.chart_fields import Field
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.services.chart_reading import OpenFile, columns_of, read_again

ROWS = (
    ("Ada Hill", "Team Manager", "CIN", "ada@x.example", "", "90000"),
    ("Bo Lee", "Social Worker", "CIN", "bo@x.example", "Ada Hill", "40000"),
    ("Cy Fox", "Social Worker", "CIN", "cy@x.example", "Ada Hill", "40000"),
)


def opened(folder: Path, rows: tuple[tuple[str, ...], ...]) -> OpenFile:
    """A text file as the program holds it."""
    path = written(folder, "a.csv", text(rows))
    return OpenFile((reader_child.read(path),), path.name, "")


@pytest.mark.parametrize("headings", [(("Wer", "Was", "Wo", "Brief", "Über", "Lohn £"),), ()], ids=["unknown", "none"])
def test_a_person_says_what_nobody_knows(tmp_path: Path, headings: tuple[tuple[str, ...], ...]) -> None:
    file = opened(tmp_path, (*headings, *ROWS))
    with pytest.raises(FileRefusedError, match="say which column is which"):
        read_again(file)
    (sheet,) = columns_of(file, {})
    assert sheet.mapping.headings == (headings[0] if headings else ("",) * 6)
    assert sheet.mapping.columns == (None, Field.JOB_TITLE, None, Field.EMAIL, None, None)
    assert [values[0] for values in sheet.samples] == [*ROWS[0][:4], "Ada Hill", "90000"]
    columns = (Field.NAME, Field.JOB_TITLE, Field.UNIT, Field.EMAIL, Field.REPORTS_TO_NAME, Field.NOTES)
    said = {sheet.mapping.fingerprint: replace(sheet.mapping, columns=columns)}
    people = read_again(file, said).reading.people
    assert [(person.name, person.unit, person.manager) for person in people] == [
        ("Ada Hill", "CIN", None),
        ("Bo Lee", "CIN", people[0].key),
        ("Cy Fox", "CIN", people[0].key),
    ]
    assert {person.notes for person in people} == ({""} if headings else {"90000", "40000"})
    assert columns_of(file, said)[0].mapping.columns[0] is Field.NAME


def test_what_is_no_list_is_not_asked_about(tmp_path: Path) -> None:
    assert columns_of(opened(tmp_path, (("Dear all",), ("please find",))), {}) == ()
    steps = (
        ("Director", "Head of Service", "Team Manager", "Job title"),
        ("Ada Hill", "", "", "Director"),
        ("", "Bo Lee", "", "Head of Service"),
        ("", "", "Cy Fox", "Team Manager"),
    )
    assert columns_of(opened(tmp_path, steps), {}) == ()


def test_remarks_about_pay_are_not_kept(tmp_path: Path) -> None:
    rows = (("Name", "Role", "Manager", "Comments"), ("Ada Hill", "Head", "", "Spot salary, no grade"),
            ("Bo Lee", "Clerk", "Ada Hill", "Term time only"))  # fmt: skip
    people = read_again(opened(tmp_path, rows)).reading.people
    assert [person.notes for person in people] == ["", "Term time only"]
