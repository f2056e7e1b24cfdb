"""A name made of markup, a formula and signs that turn text about: shown letter by letter everywhere, or not at all."""

import csv
import logging
import re
import socket
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLayout,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from tests.stories import screens
from tests.stories.desk import DeskPage
from visitor_register.files.exports import unquoted
from visitor_register.gui.prints import fire_list as fire_sheet
from visitor_register.services import fire_list

BIRD = "Kanarie"
MARKUP = f"<b>{BIRD}</b><img src='http://{BIRD}.invalid/x.png'>"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CANARY = f"=1+1 {MARKUP} \u202e\u2066 & "
LENGTH = 2_000


def long_canary(text: str) -> str:
    """The canary with the text it stands for behind it, two thousand characters long."""
    return f"{CANARY}{text} ".ljust(LENGTH - 1, "w") + "."


def wrong_texts(desk: DeskPage) -> list[str]:
    """Every text of the window that is more than its letters, and every title that names somebody."""
    wrong: list[str] = []
    window = desk.program.window
    for widget in (window, *window.findChildren(QWidget)):
        name = type(widget).__name__
        if BIRD in widget.windowTitle():
            wrong.append(f"the title of {name} names somebody")
        for what, text in (("tool tip", widget.toolTip()), ("what's this", widget.whatsThis())):
            wrong += [f"{what} of {name}: {why}" for why in _wrong_tip(text)]
        if isinstance(widget, QLabel) and not isinstance(widget.parentWidget(), QMessageBox):
            if widget.textFormat() is not Qt.TextFormat.PlainText:
                wrong.append(f"{name} guesses at markup: {widget.text()[:40]!r}")
            wrong += [f"{name}: {why}" for why in _wrong_words(widget.text())]
        if isinstance(widget, QTextEdit) and BIRD in widget.toPlainText():
            wrong.append(f"{name} is rich text and names somebody")
        if isinstance(widget, QAbstractButton):
            wrong += [f"{name}: {why}" for why in _wrong_words(widget.text())]
        if isinstance(widget, QComboBox):
            for number in range(widget.count()):
                wrong += [f"item of {name}: {why}" for why in _wrong_words(widget.itemText(number))]
        if isinstance(widget, QAbstractItemView):
            wrong += _wrong_cells(widget)
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            wrong += [f"{name} as it is read out: {why}" for why in _wrong_words(interface.text(QAccessible.Text.Name))]
    return sorted(set(wrong))


def _wrong_cells(view: QAbstractItemView) -> list[str]:
    wrong = []
    for cells in screens.rows(view):
        for cell in cells:
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                wrong += [f"row of {view.accessibleName()!r}: {why}" for why in _wrong_words(cell.data(role))]
            wrong += [f"tip of {view.accessibleName()!r}: {why}" for why in _wrong_tip(cell.data(_TIP))]
    return wrong


_TIP = Qt.ItemDataRole.ToolTipRole


def _wrong_words(text: Any) -> list[str]:
    """Where the bird is, its cage is whole: nothing was taken for markup, and nothing escaped was left over."""
    if not isinstance(text, str) or BIRD not in text:
        return []
    if "&lt;" in text or "&amp;" in text:
        return [f"{text[:60]!r} is escaped twice"]
    return [] if MARKUP in text or _is_cut(text) else [f"{text[:60]!r} is not what was written"]


def _is_cut(text: str) -> bool:
    """Whether it is the beginning of the canary, shortened."""
    start = text[text.index("<b>") :] if "<b>" in text else ""
    return bool(start) and MARKUP.startswith(start.rstrip("…."))


def _wrong_tip(tip: Any) -> list[str]:
    """A tool tip is markup whenever it looks like it: what it would show must be the letters, with no picture."""
    if not isinstance(tip, str) or BIRD not in tip:
        return []
    if "<" not in tip:
        return _wrong_words(tip)
    shown = QTextDocument()
    shown.setHtml(tip)
    return _wrong_words(shown.toPlainText()) + (["it has a picture"] if "<img" in tip else [])


@pytest.fixture
def nothing_opens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever was asked to be opened outside the program, or fetched."""
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(str(address)))
    return opened


def _look_everywhere(desk: DeskPage) -> dict[str, list[str]]:
    cast = screens.fill(desk.world, said=long_canary)
    wrong: dict[str, list[str]] = {}
    size, seen = desk.program.window.size(), 0
    for screen in screens.walk(desk, cast):
        found = wrong_texts(desk)
        if desk.program.window.size() != size:
            found.append("the window grew")
        seen += any(BIRD in label.text() for label in desk.program.window.findChildren(QLabel) if label.isVisible())
        if found:
            wrong[screen] = found
    assert seen >= 10, "the walk met the canary too seldom to mean anything"
    return wrong


def test_a_canary_sings_letter_by_letter_on_every_screen(
    desk: DeskPage, nothing_opens: list[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert _look_everywhere(desk) == {}
        _export_is_text(desk, tmp_path)
        _prints_are_text(desk)
    assert nothing_opens == []
    assert BIRD not in caplog.text
    assert not [path for path in desk.world.register.folder.rglob("*") if BIRD in path.name]
    _a_label_that_guesses_is_found(desk)
    desk.verifies()


def _export_is_text(desk: DeskPage, folder: Path) -> None:
    """Every cell of the exported list begins with a sign that starts no formula, and comes back letter by letter."""
    history: Any = desk.session.window.screen_named("history")
    path = folder / history.presenter.suggested_name()
    history.presenter.export(path)
    desk.settle()
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    cells = [cell for line in lines for cell in line]
    assert sum(BIRD in cell for cell in cells) >= 5
    assert [cell[:30] for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert any(unquoted(cell).startswith(CANARY) for cell in cells)
    assert BIRD not in path.name


def _prints_are_text(desk: DeskPage) -> None:
    """On paper and in the file: the letters, one after the other, without the signs that turn text about."""
    with desk.world.register.read() as session:
        listed = fire_list.read(session, at=desk.world.clock())
    paper = "".join(page.text for page in fire_sheet.pages(listed))
    assert re.sub(r"\s", "", MARKUP) in re.sub(r"\s", "", paper)
    assert not TURNING.search(paper)
    path = desk.world.register.folder / "fire-list.pdf"
    desk.qtbot.waitUntil(path.exists)
    document = pypdfium2.PdfDocument(path)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        title = document.get_metadata_value("Title")
    finally:
        document.close()
    assert re.sub(r"\s", "", MARKUP) in re.sub(r"\s", "", text)
    assert BIRD not in title


def _a_label_that_guesses_is_found(desk: DeskPage) -> None:
    """The control: the same walk sees it when one label of ours is made one of Qt's."""
    desk.press("Ctrl+1")
    desk.scan("H200001")
    desk.shows("Check")
    assert wrong_texts(desk) == []
    ours = desk.view.card.name
    guessing = QLabel(ours.text())
    layout = desk.view.card.layout()
    assert isinstance(layout, QLayout)
    layout.replaceWidget(ours, guessing)
    assert [why for why in wrong_texts(desk) if why.startswith("QLabel guesses at markup")]
