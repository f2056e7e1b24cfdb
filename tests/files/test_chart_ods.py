"""OpenDocument sheets: merges, repeats, hidden rows and strike-through are seen; bombs are not fallen for."""

import random
from pathlib import Path

import pytest

from tests.files.charts import HEADINGS, ROWS, written
from tests.files.documents import ods, ods_cell, ods_row, refusal, scratched, zipped
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_table import Source
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_ods, reader_child
from visitor_register.files.charts import understand

HEAD = ("Name", "Job title", "Team", "Reports to", "Tel")
STYLES = (
    '<style:style style:name="base" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="gone" style:family="table-cell" style:parent-style-name="base"/>'
    '<style:style style:name="back" style:family="table-cell" style:parent-style-name="base">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="word" style:family="text">'
    '<style:text-properties style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="unseen" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def source(folder: Path, data: bytes) -> Source:
    """A workbook as its reader hands it over."""
    return chart_ods.read(written(folder, "chart.ods", data))


def read(folder: Path, data: bytes) -> ChartReading:
    """Read a workbook in this process, whatever it is called."""
    return understand([reader_child.read(written(folder, "chart.xlsx", data))])


def typed(kind: str, value: str, shown: str) -> str:
    """A cell with a value behind what it shows."""
    return ods_cell(shown, f'office:value-type="{kind}" office:{"date-" if kind == "date" else ""}value="{value}"')


def test_a_sheet_reads_like_a_workbook(tmp_path: Path) -> None:
    reading = read(tmp_path, ods(HEADINGS, *ROWS))
    assert reading.format == "ods"
    assert [person.name for person in reading.people] == [row[1] for row in ROWS]
    assert [person.manager for person in reading.people] == [None, reading.people[0].key, reading.people[0].key]


def test_merged_managers_hidden_struck_and_repeated_rows_are_seen(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    data = ods(
        HEAD,
        [ods_cell("A BAND OVER ALL COLUMNS", 'table:number-columns-spanned="5"')],
        ["Ada Hill", "Team Manager", "CIN", "", typed("float", "2079460001", "2.08E+09")],
        ["Bob Jones", "SW", "CIN", ods_cell("Ada Hill", 'table:number-rows-spanned="2"'), "020 7946 0002"],
        ["Cy Young", "SW", "CIN", covered, ""],
        ods_row(["Di Fox", "SW", "CIN", "Ada Hill"], 'table:visibility="collapse"'),
        [ods_cell(text, 'table:style-name="gone"') for text in ("Ed Poe", "SW", "CIN")],
        [ods_cell("Fi Nye", 'table:style-name="back"'), "SW", "CIN", "Ada Hill"],
        ods_row(["Vacant", "SW", "CIN", "Ada Hill"], 'table:number-rows-repeated="2"'),
        ods_row([ods_cell("", 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1000000"'),
        styles=STYLES,
        sheets='<table:table table:name="Lists" table:style-name="unseen"><table:table-row><table:table-cell>'
        "<text:p>Name</text:p></table:table-cell></table:table-row></table:table>",
    )
    reading = read(tmp_path, data)
    ada = reading.people[0].key
    assert [(person.name, person.gone) for person in reading.people] == [
        ("Ada Hill", ""),
        ("Bob Jones", ""),
        ("Cy Young", ""),
        ("Di Fox", "hidden row"),
        ("Ed Poe", "struck through"),
        ("Fi Nye", ""),
        ("", ""),
        ("", ""),
    ]
    assert [person.manager for person in reading.people] == [None, ada, ada, ada, None, ada, ada, ada]
    assert reading.people[0].phones[0].number == "+442079460001"
    assert reading.people[1].service == "A BAND OVER ALL COLUMNS"
    assert [table.name for table in source(tmp_path, data).tables] == ["Staff"]


def test_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    spaced = "<table:table-cell><text:p>Ada<text:s text:c='2'/><text:span>Hill</text:span></text:p></table:table-cell>"
    noted = (
        "<table:table-cell><office:annotation><text:p>not said</text:p></office:annotation>"
        "<text:p>one</text:p><text:p>two<text:line-break/>three</text:p></table:table-cell>"
    )
    half = "<table:table-cell><text:p>Bo <text:span text:style-name='word'>Lee</text:span></text:p></table:table-cell>"
    data = ods(
        [spaced, noted, half, typed("float", "7", "007"), typed("float", "0.5", "0,5")],
        [typed("date", "2026-01-05T00:00:00", "5 Jan"), typed("float", "nan", "?"), ods_cell("x", "") * 1],
        [ods_cell("same", 'table:number-columns-repeated="3"'), ods_cell("", 'table:formula="of:=A1"')],
        styles=STYLES,
    )
    found = source(tmp_path, data)
    assert [row.cells for row in found.tables[0].rows] == [
        ("Ada  Hill", "one\ntwo\nthree", "Bo Lee", "007", "0,5"),
        ("2026-01-05", "?", "x", "", ""),
        ("same", "same", "same", "", ""),
    ]
    assert found.tables[0].rows[0].struck == ()
    assert [text for _, text in found.notes] == [
        "1 formulas in the sheet “Staff” have no saved result and were read as blank."
    ]


def test_what_is_far_away_or_stands_there_a_thousand_times_is_said(tmp_path: Path) -> None:
    stray = ods_cell("", 'table:number-columns-repeated="16000"') + ods_cell("x")
    far = ods_row([""], 'table:number-rows-repeated="900000"') + ods_row(["y"])
    alike = ods_row(ROWS[1], 'table:number-rows-repeated="5000"')
    reading = read(tmp_path, ods(HEADINGS, *ROWS, ods_row([stray]), alike, far))
    assert [person.name for person in reading.people].count(ROWS[1][1]) == 1
    texts = [problem.text for problem in reading.problems]
    assert any("2 cells far below or right" in text for text in texts)
    assert any("5,000 times" in text for text in texts)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (ods(HEADINGS, *ROWS)[:600], "damaged"),
        (ods(HEADINGS, *ROWS, sheets=" " * 30_000_000), "unpacks"),
        (ods(HEADINGS, ods_row(ROWS[0]) * 20_200), "rows"),
        (ods(HEADINGS, *ROWS, sheets="<unclosed>"), "damaged"),
    ],
    ids=["cut off", "bomb", "too many rows", "no XML"],
)
def test_strange_sheets_are_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        reader_child.read(written(tmp_path, "a.ods", data))


def test_passwords_and_definitions_are_refused(tmp_path: Path) -> None:
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    secret = zipped({**mimetype, "content.xml": "??", "META-INF/manifest.xml": "<a><encryption-data/></a>"})
    with pytest.raises(FileRefusedError, match="LibreOffice"):
        reader_child.read(written(tmp_path, "a.ods", secret))
    bomb = zipped({**mimetype, "content.xml": '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'})
    with pytest.raises(FileRefusedError, match="definitions"):
        reader_child.read(written(tmp_path, "a.ods", bomb))
    with pytest.raises(FileRefusedError, match="damaged"):
        reader_child.read(written(tmp_path, "a.ods", zipped(mimetype)))


@pytest.mark.parametrize("seed", range(2))
def test_cut_and_torn_sheets_end_in_a_sentence_or_a_chart(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    whole = ods(HEADINGS, *(ods_row(row, 'table:number-rows-repeated="1"') for row in ROWS), styles=STYLES)
    for _ in range(40):
        assert refusal(written(tmp_path, "a.ods", scratched(whole, draw)))[-1:] in ("", ".")
