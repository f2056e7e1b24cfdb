"""A child's reference in everything the DSL writes: reception and the office find it nowhere, however they look."""

import contextlib
import logging
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel

from tests.factories import World, create_booking, create_worker
from tests.stories import screens
from tests.stories.desk import DeskPage
from tests.stories.test_bookings import let_in
from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import Escalated, NotSeen, ReasonRecorded
from visitor_register.domain.people import Operator
from visitor_register.gui.contacts.log_form import LogForm
from visitor_register.gui.main_window import ITEMS, SEES
from visitor_register.services import bookings, clocks, contacts, not_seen, sealed
from visitor_register.services.contacts import ContactForm

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


_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


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
    (form,) = desk.program.window.findChildren(LogForm)
    for field in (form.fields.child, form.fields.summary):
        field.setFocus()
        desk.types(CHILD)
    assert form.presenter.unsaved
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
    # Behind the desk it is copied for the backups once more; then nothing holds it open.
    if register.leaving is not None:
        register.leaving.wait()
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
    desk: DeskPage, caplog: pytest.LogCaptureFixture, tmp_path: Path
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
