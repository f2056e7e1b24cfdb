"""Workbooks: merges, hidden rows and strike-through are seen; bombs and stray cells are not fallen for."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.files.charts import HEADINGS, ROWS, workbook, written
from visitor_register.domain.chart import ChartReading
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.charts import understand


def read(folder: Path, data: bytes, name: str = "chart.xlsx") -> ChartReading:
    """Read a workbook in this process."""
    return understand([reader_child.read(written(folder, name, data))])


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same zip with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("name", ["chart.xlsx", "chart.xlsm", "chart.csv", "chart"])
def test_a_workbook_is_one_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, workbook(), name)
    assert [person.name for person in reading.people] == [row[1] for row in ROWS]
    assert [person.manager for person in reading.people] == [None, reading.people[0].key, reading.people[0].key]


def test_merged_managers_hidden_and_struck_rows_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Name", "Job title", "Team", "Reports to", "Tel"])
    sheet.append(["A BAND OVER ALL COLUMNS"])
    sheet.append(["Ada Hill", "Team Manager", "CIN", "", 2079460001])
    for name in ("Bob Jones", "Cy Young", "Di Fox", "Ed Poe"):
        sheet.append([name, "SW", "CIN", "Ada Hill" if name == "Bob Jones" else None, "020 7946 0002"])
    sheet.merge_cells("A2:E2")
    sheet.merge_cells("D4:D5")
    sheet.row_dimensions[6].hidden = True
    sheet["A7"].font = Font(strike=True)
    book.create_sheet("Lists").sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    reading = read(tmp_path, data.getvalue())
    ada = reading.people[0].key
    assert [person.manager for person in reading.people] == [None, ada, ada, None, None]
    assert [person.gone for person in reading.people] == ["", "", "", "hidden row", "struck through"]
    assert reading.people[0].phones[0].number == "+442079460001"


def test_a_stray_cell_far_away_is_left_out_and_said(tmp_path: Path) -> None:
    data = workbook()
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    reading = read(tmp_path, with_part(data, SHEET, part(data, SHEET).replace(b"</sheetData>", far)))
    assert len(reading.people) == 3
    assert any("were not read" in problem.text for problem in reading.problems)


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * 30_000_000),
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml.partition(b"?>")[2],
        lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        lambda xml: xml[: len(xml) // 2],
    ],
    ids=["bomb", "entity", "merged over everything", "cut off"],
)
def test_hostile_sheets_are_refused(tmp_path: Path, change: object) -> None:
    data = workbook()
    with pytest.raises(FileRefusedError):
        read(tmp_path, with_part(data, SHEET, change(part(data, SHEET))))  # type: ignore[operator]


def test_paths_that_climb_out_write_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    assert len(read(folder, with_part(workbook(), "../../pwned.txt", b"x")).people) == 3
    assert not (tmp_path / "pwned.txt").exists()


def test_an_organogram_is_a_pair_and_counts_are_no_people(tmp_path: Path) -> None:
    senior = "Post Unique Reference,Name,Job Title,Unit,Reports to Senior Post,Actual Pay Floor (£)\n"
    senior += "1,Ada Hill,Chief,A,XX,9\n2,N/D,Head,B,01,9\n"
    junior = "Unit,Reporting Senior Post,Generic Job Title,Number of Posts in FTE,Payscale Minimum (£)\n"
    junior += "B,2,Clerk,2.5,9\nB,7,Clerk,1,9\n"
    sources = [
        reader_child.read(written(tmp_path, name, text)) for name, text in (("j.csv", junior), ("s.csv", senior))
    ]
    reading = understand(sources)
    assert reading.format == "organogram"
    assert [(person.name, person.vacant, person.manager) for person in reading.people] == [
        ("Ada Hill", False, None),
        ("", True, reading.people[0].key),
    ]
    assert [(count.under, count.job_title, count.posts) for count in reading.head_counts] == [
        (reading.people[1].key, "Clerk", "2.5")
    ]
    with pytest.raises(FileRefusedError, match="counts posts"):
        understand(sources[:1])


def test_leavers_are_listed_apart_and_people_on_two_sheets_are_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets = {"All staff": ROWS, "MASH": ROWS[:2], "Leavers": (("H9", "Gil Moe", "SW", "MASH", "", "H300001"),)}
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in (HEADINGS, *rows):
            sheet.append(list(row))
    data = io.BytesIO()
    book.save(data)
    people = read(tmp_path, data.getvalue()).people
    assert [(person.name, person.flagged) for person in people] == [
        *((row[1], False) for row in ROWS),
        ("Gil Moe", True),
    ]


def test_a_sheet_that_looks_like_a_list_and_is_not_read_is_said(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    other = book.create_sheet("Andere")
    for at in range(5):
        other.append([f"a{at}", f"b{at}", f"c{at}", f"d{at}"])
    data = io.BytesIO()
    book.save(data)
    assert any("Andere" in problem.text for problem in read(tmp_path, data.getvalue()).problems)


def test_flipped_bytes_are_a_damaged_file(tmp_path: Path) -> None:
    data = bytearray(workbook())
    start = data.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    data[start : start + 60] = bytes(60)
    with pytest.raises(FileRefusedError, match="damaged"):
        read(tmp_path, bytes(data))
