"""The chart as our template: what the council is sent, and that reading it again makes no difference."""

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.services.chart_office import FIRST, Office, people
from visitor_register.domain.chart import ChartPerson, ChartReading, Reports
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.matching import match_managers
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.files import chart_csv, chart_xlsx
from visitor_register.files.charts import understand
from visitor_register.files.phones import read_phones
from visitor_register.services import chart_edits, chart_export
from visitor_register.services.chart_lines import Kind, Line
from visitor_register.services.chart_plan import Decisions

SURE = Decisions({}, confirmed=frozenset(Guard))
COLUMNS = """
Post Unique Reference|Staff Number|Name|Known As|Job Title|Unit|Service|Directorate|Organisation|Level
|Contact Phone|Contact E-mail|Contact Mobile|Reports to Post|Reports to Staff Number|Reports to E-mail
|Reports to Name|Contract Type|Vacancy|Effective Date|FTE|Notes
"""


def read(path: Path) -> ChartReading:
    """Read a file in this process: it is our own."""
    return understand([(chart_csv if path.suffix == ".csv" else chart_xlsx).read(path)])


def exports(office: Office, path: Path) -> Path:
    with office.world.register.read() as session:
        chart_export.write(session, path, by=office.world.dsl)
    return path


def differences(office: Office, path: Path) -> list[Line]:
    """What the exported file would change, and that nobody would be asked anything."""
    shown = office.previews(read(path))
    assert (shown.questions, shown.managers, shown.pairs, shown.conflicts) == ((), (), (), ())
    return [line for line in shown.lines if line.kind is not Kind.PROBLEM]


@pytest.fixture(params=["csv", "xlsx"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"chart.{request.param}"


def test_read_again_it_makes_no_difference(office: Office, path: Path) -> None:
    office.accepts(office.reads(FIRST))
    assert differences(office, exports(office, path)) == []
    before = office.everything()
    office.accepts(read(path))
    after = office.everything()
    assert {name for name in before if before[name] != after[name]} == {"chart_version", "remembered"}


def test_posts_without_a_reference_and_names_like_formulas_come_back_too(office: Office, path: Path) -> None:
    reading = nasty()
    office.accepts(reading, SURE)
    assert differences(office, exports(office, path)) == []
    before = office.everything()
    office.accepts(read(path))
    after = office.everything()
    assert {name for name in before if before[name] != after[name]} <= {"chart_version", "remembered"}
    assert not any(row.post_ref for row in read(path).people), "our own references are nobody's"


def nasty() -> ChartReading:
    """A vacant manager without a reference, two people of one name, and cells that a spreadsheet would run."""
    told = (
        ("Ada Hill", "Head of Service", "", ""),
        ("", "Team Manager", "A", "Ada Hill"),
        ("=HYPERLINK Hill", "Social Worker", "A", ""),
        ("'Abd Okoro", "+Senior Worker", "A", ""),
        ("Zoë O'Brien", "Social Worker, CIN", "A", ""),
        ("Bo Young", "Social Worker", "A", ""),
        ("Bo Young", "Social Worker", "B", "Ada Hill"),
    )
    plain = [
        ChartPerson(f"r{at}", f"r{at}", f"row {at}", name, title, unit=team, service="S", vacant=not name,
                    reports=Reports(name=above))
        for at, (name, title, team, above) in enumerate(told)
    ]  # fmt: skip
    said: dict[int, dict[str, object]] = {
        2: {"known_as": "@d"},
        3: {"mobiles": read_phones("07700 900111")},
        4: {"phones": read_phones("+33 1 42 68 53 00")},
        5: {"email": "bo@x.example"},
        6: {"staff_number": "00123"},
    }
    rows = [replace(row, **said.get(at, {})) for at, row in enumerate(plain)]  # type: ignore[arg-type]
    matched, _ = match_managers(rows)
    under = [replace(row, manager="r1") if row.unit == "A" and row.key != "r1" else row for row in matched]
    return ChartReading("csv", None, "f", (), tuple(under))


def test_what_was_changed_by_hand_is_sent_and_comes_back_confirmed(office: Office, path: Path) -> None:
    office.accepts(people(("Ada Hill", "A", ""), ("Bo Young", "A", "Ada Hill")))
    with office.world.register.write() as session:
        who = office.person("Bo Young").id
        form = replace(chart_edits.editable(session, who).form, phone="020 7946 0112", team="B", reason="rang")
        chart_edits.edit(session, who, form, by=office.world.dsl, at=office.world.clock())
    reading = read(exports(office, path))
    assert office.previews(reading).conflicts == ()
    office.accepts(reading)
    assert (office.person("Bo Young").phone, office.person("Bo Young").team) == ("020 7946 0112", "B")
    assert not office.everything()["hand_edit"]
    office.proves_it()


def test_the_list_has_the_canonical_columns_and_no_formula(office: Office, tmp_path: Path) -> None:
    assert list(chart_export.HEADER) == COLUMNS.replace("\n", "").split("|")
    office.accepts(nasty(), SURE)
    with exports(office, tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.reader(file))
    assert tuple(listed[0]) == chart_export.HEADER
    assert not [cell for row in listed for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [row[2] for row in listed[1:4]] == ["Ada Hill", "Vacant", "''Abd Okoro"], "from the top"
    book = openpyxl.load_workbook(exports(office, tmp_path / "chart.xlsx"))
    sheet, how = book.worksheets
    assert (sheet.title, sheet.freeze_panes, how.title) == ("Structure chart", "A2", "How to fill this in")
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row} == {"@"}
    assert sheet.column_dimensions["C"].width > 12
    text = " ".join(str(row[1].value) for row in how.iter_rows())
    assert "Version 1 of " in text
    assert "0000-0000" in text


def test_who_may_and_when(office: Office, tmp_path: Path) -> None:
    with office.world.register.read() as session, pytest.raises(RegisterError, match="no chart yet"):
        chart_export.write(session, tmp_path / "a.csv", by=office.world.dsl)
    office.accepts(people(("Ada Hill", "A", "")))
    office.world.clock.move(seconds=1)
    office.accepts(people(("Bo Young", "A", "")), authority="Brent")
    with office.world.register.read() as session:
        assert [row[2] for row in chart_export.template(session).rows] == ["Bo Young"]
        assert chart_export.template(session, "Northvale Council").rows[0][2] == "Ada Hill"
        assert chart_export.suggested_name(session) == "structure-chart-version-1"
        for role in (Role.RECEPTION, Role.AUDITOR):
            with pytest.raises(NotAllowedError):
                chart_export.write(session, tmp_path / "a.csv", by=Operator(office.world.dsl.id, "x", role))
    assert list(tmp_path.glob("*.csv")) == []
