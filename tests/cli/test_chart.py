"""`chart` on the command line: JSON, a table for people, or one sentence and exit code 2."""

import json
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.files.charts import HEADINGS, ROWS, SHARED, text, written
from tests.files.every_format import FORMATS, posts
from visitor_register.cli.main import run
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_compared import compare_charts
from visitor_register.files.charts import understand
from visitor_register.files.reader_child import read


def test_a_chart_is_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "chart_2026-01-05.csv", text())
    assert run(["chart", "read", str(path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["format"], printed["as_at"], printed["problems"]) == ("csv", "2026-01-05", [])
    amara, rufus, _ = printed["people"]
    assert rufus["manager"] == amara["key"]
    wanted = {
        "key",
        "name",
        "job_title",
        "unit",
        "service",
        "staff_number",
        "email",
        "phones",
        "vacant",
        "flagged",
        "manager",
        "candidates",
    }
    assert wanted <= rufus.keys()


def test_a_chart_is_shown_to_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        ("Name", "Role", "Team", "Manager"),
        ("Ada Hill", "Team Manager", "CIN", ""),
        ("Bob Roe", "SW", "CIN", "A Hill"),
    )
    assert run(["chart", "read", str(written(tmp_path, "a.csv", text(rows)))]) == 0
    assert "1 x “A Hill”: Ada Hill?" in capsys.readouterr().out


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["chart", "read", str(written(tmp_path, "a.pdf", "%PDF-1.7")), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_two_charts_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = str(written(tmp_path, "old.csv", text()))
    new = str(written(tmp_path, "new.csv", text((HEADINGS, *ROWS[:2]))))
    assert run(["chart", "compare", old, new, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [item["name"] for item in printed["left"]] == ["Zoë Brambledale"]
    assert printed["joined"] == printed["offered"] == []
    assert run(["chart", "compare", old, new]) == 0
    assert "left: 1" in capsys.readouterr().out


def readings(paths: Iterable[Path]) -> dict[str, ChartReading]:
    """Every chart that is read, by its name."""
    return {path.name: understand([read(path)]) for path in paths}


def differences(old: ChartReading, new: ChartReading) -> dict[str, Any]:
    """What two charts are said to differ in, contact fields excepted."""
    changes = compare_charts(old, new).changes.as_dict()
    return {kind: found for kind, found in changes.items() if found and kind != "contact_changed"}


def test_the_same_chart_in_every_format_is_no_difference(tmp_path: Path) -> None:
    found = readings(written(tmp_path, name, make(posts())) for name, make in FORMATS.items())
    for old, new in permutations(found, 2):
        assert differences(found[old], found[new]) == {}, (old, new)
    part = readings(
        written(tmp_path, name, FORMATS[name](posts("Corporate Parenting"))) for name in ("drawn.pptx", "chart.vsdx")
    )
    for whole in found.values():
        for one in part.values():
            assert differences(whole, one) == differences(one, whole) == {}


def test_the_shared_charts_of_one_day_are_no_difference() -> None:
    for folder in sorted((SHARED / "sample").glob("v?")):
        # A directory shows the names people go by, and no other chart but the complete list knows those.
        files = (path for path in sorted(folder.iterdir()) if not path.name.startswith(("directory", "organogram")))
        found = readings(path for path in files if path.suffix not in {".json", ".pdf"})
        for name, following in zip(found, [*list(found)[1:], "clean.csv"], strict=True):
            for old, new in (("clean.csv", name), (name, following)):
                assert differences(found[old], found[new]) == {}, (folder.name, old, new)


def test_the_lines_of_a_drawing_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path, "chart.vsdx", FORMATS["chart.vsdx"](posts())))
    assert run(["chart", "read", path, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["format"], printed["lines"]) == ("vsdx", {"set": 24, "to check": 0, "not placed": 0})
    assert run(["chart", "read", path]) == 0
    assert "Lines of the drawing: 24 set, 0 to check, 0 not placed." in capsys.readouterr().out


def test_a_chart_of_one_service_is_compared_within_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = str(written(tmp_path, "clean.csv", FORMATS["clean.csv"](posts())))
    part = str(written(tmp_path, "drawn.pptx", FORMATS["drawn.pptx"](posts("Corporate Parenting"))))
    assert run(["chart", "compare", whole, part]) == 0
    said = capsys.readouterr().out
    assert "left: 0" in said
    assert "Only the old chart shows 12 people in whole branches, which were not compared: under Ada Hill." in said
    assert run(["chart", "compare", "--whole", whole, part, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["left"]) == 12
