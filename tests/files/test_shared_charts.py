"""The gates on real and shared charts, where they lie beside the checkout; on generated ones everywhere."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.files.charts import SHARED, text, workbook, written
from visitor_register.cli.chart import as_json
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_diff import compare
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.charts import read_chart, understand

SAMPLE = SHARED / "sample"
TABLES = sorted(
    path
    for path in SAMPLE.glob("v?/*")
    if path.suffix in {".csv", ".txt", ".xlsx", ".ods"} and path.name != "organogram-junior.csv"
)
# What is read out of steps and headings: every line, as exactly as if it were written in a column.
BY_PLACE = {"staircase.xlsx", "whos_who.docx"}
EXPECTED = SAMPLE / "malformed" / "expectations.json"
MALFORMED: list[dict[str, Any]] = json.loads(EXPECTED.read_text())["files"] if EXPECTED.exists() else []
REAL = sorted((SHARED / "real").glob("*"))
PAIRS = [
    path.name
    for path in (SAMPLE / "v2").glob("*.*")
    if path.suffix in {".csv", ".xlsx"} and (SAMPLE / "v1" / path.name).exists()
]


def files(path: Path) -> list[Path]:
    """A chart's file, with the junior file of an organogram."""
    return [path, path.with_name(path.name.replace("senior", "junior"))] if "senior" in path.name else [path]


def scored(path: Path, folder: Path) -> dict[str, Any]:
    """What the scorer that lies with the charts says about our reading of one, read in this process."""
    reading = understand([reader_child.read(one) for one in files(path)])
    result = written(folder, "result.json", json.dumps(as_json(reading)))
    command = [sys.executable, str(SHARED / "score_charts.py"), str(path), str(result)]
    done = subprocess.run(command, capture_output=True, check=True)
    score: dict[str, Any] = json.loads(done.stdout)
    return score


def test_no_manager_is_wrong_and_nobody_is_missing(tmp_path: Path) -> None:
    generated = [written(tmp_path, "a.csv", text()), written(tmp_path, "a.xlsx", workbook())]
    for path in generated:
        assert sum(person.manager is not None for person in read_chart([path]).people) == 2
    for path in (*TABLES, *SAMPLE.glob("v?/whos_who.docx")):
        score = scored(path, tmp_path)
        what = f"{path.parent.name}/{path.name}: {score}"
        offered, set_right = score.get("asked_right_one_offered", 0), score["manager_right"]
        not_offered = score.get("asked_right_one_not_offered", 0)
        assert not score.get("manager_WRONG"), what
        assert not score.get("manager_row_unmatched"), what
        assert not score["people_extra"], what
        assert score["people_found"] == score["people_want"], what
        assert not_offered <= 0.05 * (offered + not_offered), what
        assert set_right >= (score["people_want"] / 2 if "messy" in path.name else 0.9 * score["people_want"]), what
        assert path.name not in BY_PLACE or set_right == score["people_want"] - 1, what


def test_drawn_charts_come_back_whole(tmp_path: Path) -> None:
    for path in sorted(SAMPLE.glob("v?/*.pptx")):
        score = scored(path, tmp_path)
        what = f"{path.parent.name}/{path.name}: {score}"
        lines = score["people_want"] - 1
        offered = score.get("asked_right_one_offered", 0)
        assert not score.get("manager_WRONG"), what
        assert not score["people_extra"], what
        assert score["people_found"] == score["people_want"], what
        assert score["manager_right"] >= (0.95 if "unglued" in path.name else 1) * lines, what
        assert score["manager_right"] + offered == lines, what


def test_smartart_of_others_has_all_its_points_and_lines() -> None:
    for path in sorted((SHARED / "real").glob("smartart*.pptx")):
        people = read_chart([path]).people
        lines = sum(person.manager is not None for person in people)
        assert (len(people), lines) == {"smartart_orgchart1.pptx": (9, 8)}.get(path.name, (5, 4))


def read_or_refused(paths: list[Path]) -> tuple[ChartReading | None, str]:
    """The reading, or the sentence that refuses it."""
    try:
        return read_chart(paths), ""
    except FileRefusedError as refused:
        return None, str(refused)


def test_malformed_files_are_what_is_expected_of_them() -> None:
    for entry in MALFORMED:
        started = time.perf_counter()
        reading, refusal = read_or_refused([SAMPLE / "malformed" / entry["file"]])
        assert time.perf_counter() - started < 5, entry
        got = "reject" if reading is None else "warn" if reading.problems else "accept"
        assert got in entry["expect"].split("_or_"), (entry, got)
        assert refusal.count(". ") == 0, entry
        if reading is not None:
            assert entry["people"] in (None, len(reading.people)), entry
            names = [person.name for person in reading.people]
            assert names == entry.get("people_names", names)


def test_real_files_are_read_or_refused() -> None:
    for path in REAL:
        reading, refusal = read_or_refused(files(path))
        readable = path.suffix in {".csv", ".pptx", ".pdf"} and "junior" not in path.name
        assert (reading is not None) == readable, path.name
        assert readable or refusal.endswith(".")


def test_the_differences_are_the_true_ones() -> None:
    truth = json.loads((SAMPLE / "diff/v1_to_v2.truth.json").read_text()) if PAIRS else {}
    for name in PAIRS:
        old, new = (read_chart([SAMPLE / version / name]).people for version in ("v1", "v2"))
        changes, back = compare(old, new), compare(new, old)
        assert compare(old, old).nothing
        assert [(one.before, one.after, one.field) for one in changes.moved] == [
            (one.after, one.before, one.field) for one in back.moved
        ]
        assert sorted(one.name for one in changes.joined) == sorted(one.name for one in back.left)
        if name != "clean.csv":
            continue
        found = changes.as_dict()
        for kind in (
            "joined",
            "left",
            "moved",
            "retitled",
            "renamed",
            "contact_changed",
            "staff_no_changed",
            "manager_changed_holder",
        ):
            assert sorted(item["name"] for item in found[kind]) == sorted(item["name"] for item in truth[kind]), kind
        edges = sorted(
            (item["post_ref"], item["from_parent"], item["to_parent"]) for item in truth["manager_changed_edge"]
        )
        assert sorted((item["post_ref"], item["from"], item["to"]) for item in found["manager_changed_edge"]) == edges
        for kind in ("post_added", "post_removed", "post_filled", "post_vacated"):
            assert sorted(found[kind]) == sorted(truth[kind])
        assert [(item["from"], item["to"]) for item in found["team_renamed"]] == [
            ("First Response Team 3", "Assessment Team")
        ]
        offered = {item["name"] for item in found["offered"]}
        assert offered >= {item["name"] for item in (*truth["staff_no_changed"], *truth["not_a_match"])}


@pytest.mark.parametrize("name", ["noid.csv"])
def test_without_numbers_renamed_people_are_offered(name: str) -> None:
    if name in PAIRS:
        changes = compare(*(read_chart([SAMPLE / version / name]).people for version in ("v1", "v2")))
        renamed = {"Parvati Velvetdale", "Zuleika Teaselworth"}
        assert renamed <= {change.name for change in changes.offered} & {change.name for change in changes.joined}
