"""The gates on real and shared charts, where they lie beside the checkout; on generated ones everywhere."""

import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.files.charts import SHARED, text, workbook, written
from visitor_register.cli.chart import as_json
from visitor_register.domain.chart_diff import compare
from visitor_register.errors import FileRefusedError
from visitor_register.files.charts import read_chart

SAMPLE = SHARED / "sample"
TABLES = sorted(
    path
    for path in SAMPLE.glob("v?/*")
    if path.suffix in {".csv", ".txt", ".xlsx"} and path.name not in {"staircase.xlsx", "organogram-junior.csv"}
)
MALFORMED = (
    [entry for entry in json.loads((SAMPLE / "malformed/expectations.json").read_text())["files"]] if SAMPLE.is_dir() else []
)
REAL = sorted((SHARED / "real").glob("*"))
PAIRS = [path.name for path in (SAMPLE / "v2").glob("*.*") if path.suffix in {".csv", ".xlsx"} and (SAMPLE / "v1" / path.name).exists()]


def files(path: Path) -> list[Path]:
    """A chart's file, with the junior file of an organogram."""
    return [path, path.with_name(path.name.replace("senior", "junior"))] if "senior" in path.name else [path]


def scorer() -> Callable[[str, Any], dict[str, Any]]:
    """The scorer that lies with the charts."""
    spec = importlib.util.spec_from_file_location("score_charts", SHARED / "score_charts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[[str, Any], dict[str, Any]] = module.score
    return score


def test_no_manager_is_wrong_and_nobody_is_missing(tmp_path: Path) -> None:
    generated = [written(tmp_path, "a.csv", text()), written(tmp_path, "a.xlsx", workbook())]
    for path in generated:
        assert sum(person.manager is not None for person in read_chart([path]).people) == 2
    for path in TABLES:
        score = scorer()(str(path), as_json(read_chart(files(path))))
        what = f"{path.parent.name}/{path.name}: {score}"
        offered, set_right = score.get("asked_right_one_offered", 0), score["manager_right"]
        not_offered = score.get("asked_right_one_not_offered", 0)
        assert not score.get("manager_WRONG"), what
        assert not score.get("manager_row_unmatched"), what
        assert not score["people_extra"], what
        assert score["people_found"] == score["people_want"], what
        assert not_offered <= 0.05 * (offered + not_offered), what
        assert set_right >= (score["people_want"] / 2 if "messy" in path.name else 0.9 * score["people_want"]), what


def test_malformed_files_are_what_is_expected_of_them() -> None:
    for entry in MALFORMED:
        if not entry["file"].endswith((".csv", ".xlsx", ".xlsm", ".xls", ".ppt", ".doc", ".docx")):
            continue
        started = time.perf_counter()
        try:
            reading = read_chart([SAMPLE / "malformed" / entry["file"]])
            got = "warn" if reading.problems else "accept"
            assert entry["people"] in (None, len(reading.people)), entry
            if "people_names" in entry:
                assert [person.name for person in reading.people] == entry["people_names"]
        except FileRefusedError as refused:
            got = "reject"
            assert str(refused).count(". ") == 0, entry
        assert got in entry["expect"].split("_or_"), (entry, got)
        assert time.perf_counter() - started < 5, entry


def test_real_files_are_read_or_refused() -> None:
    for path in REAL:
        try:
            assert read_chart(files(path)).people
        except FileRefusedError as refused:
            assert str(refused).endswith(".")
            assert "senior" not in path.name
            assert path.suffix != ".csv" or "junior" in path.name


def test_the_differences_are_the_true_ones() -> None:
    truth = json.loads((SAMPLE / "diff/v1_to_v2.truth.json").read_text()) if PAIRS else {}
    for name in PAIRS:
        old, new = (read_chart([SAMPLE / version / name]).people for version in ("v1", "v2"))
        changes, back = compare(old, new), compare(new, old)
        assert compare(old, old).nothing
        assert [(one.before, one.after, one.field) for one in changes.moved] == [(one.after, one.before, one.field) for one in back.moved]
        assert sorted(one.name for one in changes.joined) == sorted(one.name for one in back.left)
        if name != "clean.csv":
            continue
        found = changes.as_dict()
        for kind in ("joined", "left", "moved", "retitled", "renamed", "contact_changed", "staff_no_changed", "manager_changed_holder"):
            assert sorted(item["name"] for item in found[kind]) == sorted(item["name"] for item in truth[kind]), kind
        edges = sorted((item["post_ref"], item["from_parent"], item["to_parent"]) for item in truth["manager_changed_edge"])
        assert sorted((item["post_ref"], item["from"], item["to"]) for item in found["manager_changed_edge"]) == edges
        for kind in ("post_added", "post_removed", "post_filled", "post_vacated"):
            assert sorted(found[kind]) == sorted(truth[kind])
        assert [(item["from"], item["to"]) for item in found["team_renamed"]] == [("First Response Team 3", "Assessment Team")]
        offered = {item["name"] for item in found["offered"]}
        assert offered >= {item["name"] for item in (*truth["staff_no_changed"], *truth["not_a_match"])}


@pytest.mark.parametrize("name", ["noid.csv"])
def test_without_numbers_renamed_people_are_offered(name: str) -> None:
    if name in PAIRS:
        changes = compare(*(read_chart([SAMPLE / version / name]).people for version in ("v1", "v2")))
        renamed = {"Parvati Velvetdale", "Zuleika Teaselworth"}
        assert renamed <= {change.name for change in changes.offered} & {change.name for change in changes.joined}
