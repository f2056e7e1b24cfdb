"""`chart` on the command line: JSON, a table for people, or one sentence and exit code 2."""

import json
from pathlib import Path

import pytest

from tests.files.charts import HEADINGS, ROWS, text, written
from visitor_register.cli.main import run


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
