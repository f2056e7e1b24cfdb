"""Markup and formulas in every field of every record, and a walk over every window: letters, and nothing else."""

import contextlib
import csv
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.stories.desk import DeskPage
from tests.stories.test_canary import BIRD, CANARY, MARKUP, TURNING, nothing_opens, wrong_texts
from tests.torture.report import tell
from tests.torture.window.whole_day import COPIES, whole_day

__all__ = ["nothing_opens"]

PICTURE = f"<img src='file:///{BIRD}.png'>"
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def said(text: str) -> str:
    """Begins like a formula, goes on as markup, and loads two pictures if anybody believes it."""
    return f"{CANARY}{PICTURE}{text}"


def _wrong_pdf(path: Path) -> list[str]:
    with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
        told = "".join(page.get_textpage().get_text_bounded() for page in document)
        about = "".join(document.get_metadata_dict().values())
    plain, markup = re.sub(r"\s", "", told), re.sub(r"\s", "", MARKUP)
    wrong = [f"{path.name}: its description names somebody"] if BIRD in about else []
    wrong += [f"{path.name}: signs that turn text"] if TURNING.search(told) else []
    # A name may be cut to its line; where it begins, its first tag stands too.
    wrong += [f"{path.name}: no letters of the markup"] if BIRD in plain and markup[:10] not in plain else []
    return wrong


def _wrong_list(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    return [f"{path.name}: a cell starts a formula: {cell[:30]!r}" for cell in cells if cell.startswith(FORMULAS)]


def _wrong_workbook(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    wrong = [f"{path.name}: a formula in {name}" for name, part in parts.items() if re.search(r"<f[ >]", part)]
    return wrong + [f"{path.name}: it links outside" for part in parts.values() if 'TargetMode="External"' in part]


_WRONG = {".pdf": _wrong_pdf, ".csv": _wrong_list, ".xlsx": _wrong_workbook}


@pytest.mark.torture
def test_every_window_shows_markup_letter_by_letter(desk: DeskPage, nothing_opens: list[str], tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    seen, screens = 0, 0
    for screen in whole_day(desk, tmp_path, said):
        screens += 1
        if found := wrong_texts(desk):
            wrong.setdefault(screen, found)
        texts = [*desk.program.window.findChildren(QLabel), *desk.program.window.findChildren(QLineEdit)]
        seen += any(BIRD in widget.text() for widget in texts if widget.isVisible())
    files = [path for path in tmp_path.rglob("*") if path.suffix in _WRONG and path.parent.name != "files"]
    for path in files:
        if found := _WRONG[path.suffix](path):
            wrong[path.name] = found
    details = f"the canary seen on {seen}; {len(files)} files; {len(nothing_opens)} opened"
    tell("screens with markup in every field", screens, len(wrong) + len(nothing_opens), None, details)
    assert wrong == {}
    assert nothing_opens == []
    assert seen >= screens // 2
    assert {path.suffix for path in files} == set(_WRONG)
    assert (tmp_path / COPIES / "chart.csv").exists()
