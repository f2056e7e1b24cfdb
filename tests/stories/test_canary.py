"""Canaries: a name that is markup, formula and turning signs sings letter by letter; a child's reference never."""

import contextlib
import csv
import logging
import re
import socket
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from tests.factories import World, create_booking, create_worker
from tests.stories import screens
from tests.stories.desk import DeskPage
from tests.stories.test_bookings import let_in
from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import Escalated, NotSeen, ReasonRecorded
from visitor_register.domain.people import Operator
from visitor_register.files.exports import unquoted
from visitor_register.gui.main_window import ITEMS, SEES
from visitor_register.gui.prints import fire_list as fire_sheet
from visitor_register.services import bookings, clocks, contacts, fire_list, not_seen, sealed
from visitor_register.services.contacts import ContactForm

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


CHILD = "Zilpzalp7"
NONSENSE = "Quxfropp7"


def _write_of_the_child(world: World) -> None:
    """The reference stands wherever somebody may write it in the DSL's file, and in a sealed box of the desk's."""
    worker, by, at = create_worker(world), world.dsl, world.clock()
    booking = create_booking(world, worker, minutes=-30)
    with world.register.read() as session:
        met = bookings.get(session, booking)
    assert met is not None
    asked = ContactForm(ContactKind.EMAIL, Direction.SENT, worker, at, f"About {CHILD}", CHILD, asks_reply=True)
    up = Escalated(Rung.MANAGER, worker, at, None, f"No answer about {CHILD}")
    told = partial(contacts.allocate, on=date(2026, 11, 2), known=AllocationKnown.TOLD_BY_LA, note=CHILD)
    with world.register.dsl_file().write() as session:
        identity = contacts.log(session, asked, by=by, at=at)
        clocks.escalate(session, identity, up, by=by, at=at)
        told(session, worker, CHILD, by=by, at=at)
        contacts.ask(session, direction=Direction.RECEIVED, person=worker, asked_at=at, topic=f"Days of {CHILD}",
                     child_reference=CHILD, urgent=True, by=by, at=at)  # fmt: skip
        not_seen.record(session, met.booking, NotSeen(NotSeenWhy.OTHER, f"{CHILD} hid"), by=by, at=at)
    with world.register.write() as session:
        said = ReasonRecorded("", f"s47 {CHILD}", CHILD)
        sealed.seal_reason(session, booking, said, world.register.keyring.seal_public, by=by, at=at)


def _every_text(desk: DeskPage) -> str:
    """All that the program's windows hold, seen or hidden: words, tips, titles, cells, what is typed and read out."""
    found: list[str] = [QGuiApplication.clipboard().text()]
    for widget in QApplication.allWidgets():
        found += [widget.windowTitle(), widget.toolTip(), widget.whatsThis(), widget.objectName()]
        found += [widget.accessibleName(), widget.accessibleDescription()]
        for read in ("text", "toPlainText", "placeholderText", "title"):
            if callable(told := getattr(widget, read, None)):
                found.append(str(told()))
        if isinstance(widget, QComboBox):
            found += [widget.itemText(number) for number in range(widget.count())]
        if isinstance(widget, QAbstractItemView):
            found += [str(cell.data(role)) for cells in screens.rows(widget) for cell in cells for role in _ROLES]
    found += [notice.words for notice in desk.session.window.notices.notices]
    return "\n".join(found)


_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, _TIP)


def _the_dsl_works_with_it(desk: DeskPage) -> None:
    """Whatever she looks for, opens and leaves half written: the control that the texts are all read."""
    desk.press("Ctrl+4")
    contacts_view: Any = desk.session.window.screen_named("contacts")
    desk.press("Enter")
    desk.press("Alt+T")
    assert CHILD in _every_text(desk)
    desk.press("Ctrl+E")
    desk.types(CHILD)
    desk.press("Ctrl+N")
    desk.press("Alt+1")
    desk.types(CHILD)
    contacts_view.search.setText(CHILD)
    QGuiApplication.clipboard().clear()


def _answer_to(desk: DeskPage, typed: str) -> tuple[object, ...]:
    """What Today and History say to it, with what was typed taken out."""
    desk.press("Ctrl+1")
    desk.rest()
    desk.types(typed)
    assert desk.view.search.text() == typed
    today = [label.text() for label in desk.view.findChildren(QLabel) if label.isVisible()]
    people = [row.title for row in desk.view.found.list.rows]
    desk.press("Esc")
    desk.press("Ctrl+5")
    history: Any = desk.session.window.screen_named("history")
    history.name.setText(typed)
    desk.settle()
    visits = [[cell.text for cell in row.cells] for row in history.table.rows]
    labels = [label.text() for label in history.findChildren(QLabel) if label.isVisible()]
    history.name.clear()
    desk.settle()
    return tuple("\n".join(said).replace(typed, "") for said in (today, people, labels)), visits


def _knows_nothing(desk: DeskPage, operator: Operator, folder: Path) -> None:
    """Somebody without a right to it goes everywhere, looks for it, and takes away what can be taken."""
    desk.become(operator)
    window, register = desk.session.window, desk.world.register
    assert register.dsl is None
    if (handles := Path("/proc/self/fd")).is_dir():
        opened = [str(one.readlink()) for one in handles.iterdir() if one.is_symlink()]
        assert [name for name in opened if "desk.db" in name]
        assert [name for name in opened if "dsl.db" in name] == []
    before = _every_text(desk)
    for number, item in enumerate(ITEMS, start=1):
        desk.press(f"Ctrl+{number}")
        assert (window.current == item.key) == (item.key in SEES[operator.role])
    for key in ("F9", "Esc", "Ctrl+L"):
        desk.press(key)
    # Screens that are left keep their words: read once, when all of them were shown.
    after = _every_text(desk)
    desk.become(operator)
    assert CHILD not in before
    assert CHILD not in after
    assert _answer_to(desk, CHILD) == _answer_to(desk, NONSENSE)
    history: Any = window.screen_named("history")
    history.presenter.export(folder / history.presenter.suggested_name())
    desk.session.chart_presenter.sending.export(folder / "chart.csv")
    desk.settle()
    # The list of the chart is there for those who may import one.
    assert {path.name for path in folder.iterdir()} >= {"visits.csv"}


def _written(folder: Path) -> list[str]:
    """Every file whose name or content says it, in the letters of any of the codes in use, or on a page."""
    signs = [CHILD.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".pdf":
            with contextlib.closing(pypdfium2.PdfDocument(content)) as document:
                content = "".join(page.get_textpage().get_text_bounded() for page in document).encode()
        if CHILD in path.name or any(sign in content for sign in signs):
            found.append(path.name)
    return found


def test_a_child_reference_never_sings_to_reception_or_the_office(
    desk: DeskPage, nothing_opens: list[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    world = desk.world
    with caplog.at_level(logging.DEBUG):
        desk.become(world.dsl)
        office = let_in(desk)
        _write_of_the_child(world)
        _the_dsl_works_with_it(desk)
        for operator in (world.reception, office):
            folder = tmp_path / operator.role
            folder.mkdir()
            _knows_nothing(desk, operator, folder)
    assert _written(tmp_path) == []
    (tmp_path / "control.txt").write_text(CHILD, encoding="utf-16")
    assert _written(tmp_path) == ["control.txt"]
    assert CHILD not in caplog.text
    assert nothing_opens == []
