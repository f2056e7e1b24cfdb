"""A staff list as schools keep it: columns proposed by headings, and what would change said before it does."""

from pathlib import Path

import openpyxl
import pytest

from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.domain.policy import Staff, StaffContact
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_csv, staff_list
from visitor_register.files.sandbox import read_source
from visitor_register.files.staff_list import Columns, Sheet

BEFORE = Staff(
    ("Mrs Shah", "Mr Bello", "Ms Kaur"),
    ("Hall",),
    (StaffContact("Mrs Shah", "Assistant head", "201", "n.shah@elmbrook.example"), StaffContact("Ms Kaur", "", "207")),
)


def sheet(*lines: tuple[str, ...], before: Staff = BEFORE) -> Sheet:
    table = Table("", tuple(Row(number, cells) for number, cells in enumerate(lines, 1)))
    return staff_list.sheet_of(Source("csv", "staff.csv", (Table("", ()), table)), before)


def test_a_workbook_is_read_beside_the_desk_and_says_what_would_change(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ("Elmbrook Primary School", None, None, None),
        ("Staff name", "Job title", "Ext.", "E-mail address"),
        ("Mrs Shah", "Assistant head", 204, "n.shah@elmbrook.example"),
        ("Mr Bello", None, None, None),
        ("Dr O’Neill", "Head", 200, "head at elmbrook"),
        ("Mr Bello", "twice", None, None),
    ):
        page.append(row)
    book.save(tmp_path / "staff.xlsx")
    found = staff_list.sheet_of(read_source(tmp_path / "staff.xlsx"), BEFORE)
    assert found.proposed == Columns((0,), 1, 2, 3)
    listed = staff_list.people(found, found.proposed)
    assert listed.notes == (
        "In the file twice, only the first is taken: Mr Bello.",
        "Taken without an e-mail address, because it is not one: Dr O’Neill (row 5).",
    )
    changes = staff_list.compare(BEFORE, listed.people)
    assert changes.added == ("Dr O’Neill",)
    assert changes.changed == ("Mrs Shah: extension 204 (was 201)",)
    assert changes.gone == ("Ms Kaur",)
    kept = staff_list.replaced(BEFORE, listed.people, keep_gone=True)
    assert kept.names == ("Mrs Shah", "Mr Bello", "Dr O’Neill", "Ms Kaur")
    assert kept.places == ("Hall",)
    assert kept.contact("ms kaur") == StaffContact("Ms Kaur", "", "207")
    without = staff_list.replaced(BEFORE, listed.people, keep_gone=False)
    assert without.names == ("Mrs Shah", "Mr Bello", "Dr O’Neill")
    assert without.contact("Ms Kaur") is None


def test_a_name_in_several_columns_is_read_as_the_list_has_it_already() -> None:
    lines = (("Title", "Forename", "Surname", "Role"), ("Mrs", "Nadia", "Shah", "SENCo"), ("Mr", "Tom", "Bello", ""))
    found = sheet(*lines)
    assert found.proposed == Columns((0, 2), 3)
    assert staff_list.people(found, found.proposed).people[0] == StaffContact("Mrs Shah", "SENCo")
    assert sheet(*lines, before=Staff()).proposed.name == (1, 2), "nobody to compare with: forename and surname"


def test_a_list_without_headings_waits_for_a_person_to_say_where_the_names_are() -> None:
    found = sheet(("Mrs Shah", "204"), ("Mr Bello; Tom", "203"), ("", "9"), ("x" * 90, ""))
    assert found.headings == ("Column 1", "Column 2")
    assert found.proposed == Columns()
    assert staff_list.people(found, found.proposed).people == ()
    listed = staff_list.people(found, Columns((0,), extension=1))
    assert [one.name for one in listed.people] == ["Mrs Shah", "Mr Bello, Tom"]
    assert listed.notes == ("Left out because the name is too long: 1.",)


def test_a_row_that_is_struck_through_is_left_out_and_an_empty_file_refused(tmp_path: Path) -> None:
    rows = (Row(1, ("Name", "Phone")), Row(2, ("Ann Able", "1"), gone="struck through"), Row(3, ("Bo Bay", "2")))
    found = staff_list.sheet_of(Source("xlsx", "s.xlsx", (Table("", rows),)), Staff())
    listed = staff_list.people(found, found.proposed)
    assert listed.people == (StaffContact("Bo Bay", "", "2"),)
    assert listed.notes == ("Left out because hidden or struck through in the file: 1.",)
    (tmp_path / "empty.csv").write_text(",,\n,,\n")
    with pytest.raises(FileRefusedError, match="holds no list"):
        staff_list.sheet_of(chart_csv.read(tmp_path / "empty.csv"), Staff())
