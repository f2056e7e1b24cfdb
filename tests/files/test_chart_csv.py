"""Text tables: any encoding, any delimiter, and the damage councils' exports carry."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files.charts import HEADINGS, ROWS, text, written
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.chart_csv import decode
from visitor_register.files.charts import understand


def read(folder: Path, content: str | bytes, name: str = "chart.csv") -> ChartReading:
    """Read content as a file, in this process."""
    return understand([reader_child.read(written(folder, name, content))])


def lines(reading: ChartReading) -> set[tuple[str, str, str | None]]:
    """Who reports to whom, by name."""
    rows = {person.key: person for person in reading.people}
    return {(each.name, each.job_title, rows[each.manager].name if each.manager else None) for each in reading.people}


EXPECTED = {(row[1], row[2], "Amara Thistlemere" if row[5] else None) for row in ROWS}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_read_the_same(tmp_path: Path, encoding: str, delimiter: str) -> None:
    assert lines(read(tmp_path, text(delimiter=delimiter).encode(encoding))) == EXPECTED


@pytest.mark.parametrize(
    "content", ["", "\ufeff", " \r\n\r\n", text((HEADINGS,)), "<html><table></table></html>", "a,b\n1,2\n"]
)
def test_what_holds_no_people_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read(tmp_path, content)
    assert str(refused.value).endswith(".")


def test_a_file_of_two_encodings_is_read_line_by_line() -> None:
    decoded, notes = decode("Zoë\n".encode() + "Renée\n".encode("cp1252"))
    assert (decoded, len(notes)) == ("Zoë\nRenée\n", 1)


def test_headings_repeated_totals_and_bands_are_no_people(tmp_path: Path) -> None:
    rows = (
        ("Chart as at 05/01/2026",),
        HEADINGS,
        ("MASH AND EDT",),
        ROWS[0],
        HEADINGS,
        ROWS[1],
        ROWS[2],
        ("Total", "3"),
    )
    reading = read(tmp_path, text(rows))
    assert lines(reading) == EXPECTED
    assert [person.service for person in reading.people] == ["MASH AND EDT"] * 3
    assert str(reading.as_at) == "2026-01-05"


def test_an_open_quotation_mark_is_noticed(tmp_path: Path) -> None:
    damaged = text().replace("Rufus Kettledale", '"Rufus Kettledale') + text(ROWS) * 5
    reading = read(tmp_path, damaged)
    assert any("quotation mark" in problem.text for problem in reading.problems)
    assert [person.name for person in reading.people if not person.flagged] == ["Amara Thistlemere"]


def test_a_formula_is_kept_as_text_and_said(tmp_path: Path) -> None:
    reading = read(tmp_path, text((HEADINGS, ROWS[0], ("H3", "=1+1", "SW", "MASH", "", "H300001"))))
    assert reading.people[1].name == "=1+1"
    assert any("formula" in problem.text for problem in reading.problems)


def test_letters_lost_in_an_export_come_back_from_the_persons_address(tmp_path: Path) -> None:
    row = ("H4", "Ola Wi?niopork", "SW", "MASH", "aleksandra.wisniopork@x.example", "H300001")
    reading = read(tmp_path, text((HEADINGS, ROWS[0], row)))
    assert (reading.people[1].name, reading.people[1].written) == ("Ola Wisniopork", "Ola Wi?niopork")


def test_a_number_on_two_people_is_nobodys_and_a_repeat_is_one(tmp_path: Path) -> None:
    twice = ("H300002", "Nerys Fernby", "SW", "EDT", "", "H300001")
    reading = read(tmp_path, text((HEADINGS, *ROWS, twice, ROWS[1], ("H9", "Ed Poe", "SW", "EDT", "", "H300002"))))
    assert [person.name for person in reading.people].count("Rufus Kettledale") == 1
    assert reading.people[-1].manager is None
    assert any("H300002" in problem.text for problem in reading.problems)


def test_two_people_in_a_cell_are_two(tmp_path: Path) -> None:
    rows = (
        ("Name", "Role", "Team", "Line manager"),
        ("Ada Hill / Bea Lee", "Team Manager", "CIN", ""),
        ("Cy Roe", "SW", "CIN", "Bea Lee"),
    )
    assert lines(read(tmp_path, text(rows))) == {
        ("Ada Hill", "Team Manager", None),
        ("Bea Lee", "Team Manager", None),
        ("Cy Roe", "SW", "Bea Lee"),
    }


def test_a_remembered_mapping_wins(tmp_path: Path) -> None:
    source = reader_child.read(written(tmp_path, "a.csv", text()))
    (mapping,) = understand([source]).mappings
    without = {
        mapping.fingerprint: mapping.__class__(
            mapping.sheet,
            mapping.fingerprint,
            mapping.headings,
            (*mapping.columns[:-1], None),
            mapping.first_row,
            mapping.heading_rows,
        )
    }
    assert all(person.manager is None for person in understand([source], without).people)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(HEADINGS))), st.permutations(range(len(ROWS))))
def test_shuffled_columns_and_rows_read_the_same(columns: list[int], rows: list[int]) -> None:
    shuffled = (HEADINGS, *(ROWS[at] for at in rows))
    table = Table("", tuple(Row(number, tuple(row[at] for at in columns)) for number, row in enumerate(shuffled, 1)))
    assert lines(understand([Source("csv", "a.csv", (table,))])) == EXPECTED


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_any_table_is_read_or_refused(rows: list[list[str]]) -> None:
    table = Table("", (Row(1, HEADINGS), *(Row(number, tuple(row)) for number, row in enumerate(rows, 2))))
    try:
        reading = understand([Source("csv", "a.csv", (table,))])
    except FileRefusedError:
        return
    assert all(person.name or person.vacant for person in reading.people)
