"""Exported lists: no cell starts a formula, and what was written can be read back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitor_register.errors import RegisterError
from visitor_register.files import exports

NASTY = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\0x", "'", "'=1", "＝1", "", "Zoë O'Brien", 'a "b", c;=d']


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[exports.unquoted(cell) for cell in row] for row in csv.reader(file)]


def test_what_is_read_back_is_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert exports.write_csv(path, ["Name", "=Team"], [[cell, cell] for cell in NASTY]) == len(NASTY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert _read(path) == [["Name", "=Team"], *([cell, cell] for cell in NASTY)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.csv"]


def test_no_cell_starts_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    exports.write_csv(path, ["Name"], [[cell] for cell in NASTY])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert not [row for row in csv.reader(file) if row[0][:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "\0")]


@given(st.text())
def test_every_text_survives_quoting(text: str) -> None:
    assert exports.unquoted(exports.quoted(text)) == text
    assert exports.quoted(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def test_a_list_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("old")

    def rows() -> object:
        yield ["one"]
        raise OSError("full")

    with pytest.raises(RegisterError, match="could not be written"):
        exports.write_csv(path, ["Name"], rows())  # type: ignore[arg-type]
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.csv"]


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(RegisterError):
        exports.write_csv(tmp_path / "gone" / "list.csv", ["Name"], [])
