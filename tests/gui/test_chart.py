"""The Chart screen: an import from drop to acceptance by keys and mouse, and what reception sees of a chart."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import AUTHORITY, World, create_booking, create_chart, create_visit, create_worker, look
from tests.gui import pictures, walkers
from tests.sample_charts import as_csv, first
from visitor_register.domain.events import CodeBound, PostListed, SamePersonFound
from visitor_register.domain.people import CodeState, Operator, Role
from visitor_register.errors import FileRefusedError
from visitor_register.gui import metrics, theme
from visitor_register.gui.chart.drawing_modes import Mode
from visitor_register.gui.chart.import_state import Page
from visitor_register.gui.chart.presenter import ChartPresenter
from visitor_register.gui.chart.view import ChartView
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.persistence import journal, verify
from visitor_register.resources_path import resource
from visitor_register.services import chart_reading, directory
from visitor_register.services.chart_reading import OpenFile

CANARY = "<b>Robin</b> & <img src=x>"
FIRST, SECOND = resource("sample", "structure-chart.csv"), resource("sample", "structure-chart-2.csv")
_OPENED: dict[Path, OpenFile] = {}


def opens(paths: Sequence[Path]) -> OpenFile:
    """Open a file of the program once for all tests; others in a child process each time."""
    (path,) = paths
    if path not in (FIRST, SECOND):
        return chart_reading.open_files(paths)
    if path not in _OPENED:
        _OPENED[path] = chart_reading.open_files(paths)
    return _OPENED[path]


@dataclass
class Screen:
    """The Chart screen in a window, and somebody who uses it."""

    qtbot: QtBot
    world: World
    desk: Desk
    view: ChartView
    window: QWidget
    notices: list[Notice] = field(default_factory=list)
    picked: list[Path] = field(default_factory=list)

    def settle(self) -> None:
        presenter = self.view.presenter
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0 and not presenter.importing.busy, timeout=20_000)
        QApplication.processEvents()

    @property
    def page(self) -> Page | None:
        shown = self.view.importing
        if not shown.isVisible():
            return None
        return next(page for page, widget in shown.pages.items() if widget.isVisible())

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        found = QApplication.focusWidget()
        assert found is not None
        QTest.keyClick(found, key, modifiers)
        self.settle()

    def press(self, button: KeyButton) -> None:
        assert button.isVisible(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def next(self) -> None:
        """Ctrl+Enter."""
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def drops(self, path: Path, on: QWidget | None = None) -> None:
        target, data = on or self.view, QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, plain, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        entered = QDragEnterEvent(QPointF(20, 20).toPoint(), action, data, buttons, plain)
        target.dragEnterEvent(entered)  # type: ignore[attr-defined]
        assert entered.isAccepted()
        target.dropEvent(QDropEvent(QPointF(20, 20), action, data, buttons, plain))  # type: ignore[attr-defined]
        self.settle()

    def fits(self) -> None:
        assert walkers.text_fits(self.window) == []
        assert walkers.unnamed_controls(self.window) == []
        assert walkers.rich_text_labels(self.window) == []
        assert len(walkers.primary_buttons(self.window)) <= 1

    def accepts(self, path: Path, issued: str = "") -> None:
        """The whole way for a file that asks nothing."""
        self.drops(path)
        self.next()
        page = self.view.importing.accept
        page.from_whom.setText("business support")
        page.issued.setText(issued)
        self.next()
        if self.page is Page.DECIDE:
            self.next()
            self.next()
        assert self.page is None, self.notices


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    crashes: list[BaseException] = []
    jobs = JobRunner(world.register.read, world.register.write, crashes.append)
    made = Desk(jobs, world.dsl, now=world.clock)
    yield made
    jobs.close()
    assert not crashes


def open_screen(qtbot: QtBot, world: World, desk: Desk, opener: Any = opens) -> Screen:
    window = frame("page")
    presenter = ChartPresenter(desk, opener=opener)
    picked: list[Path] = []
    view = ChartView(presenter, lambda _parent: picked)
    presenter.setParent(view)
    # The drawing and the tree have tests of their own.
    view.modes.choose(Mode.TABLE)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(view)
    FocusRing(window)
    # As the real window: its own minimum counts, not that of what is in it.
    window.setMinimumSize(400, 300)
    qtbot.addWidget(window)
    screen = Screen(qtbot, world, desk, view, window, picked=picked)
    desk.said.connect(screen.notices.append)
    pictures.show(window, 1182, 646)
    qtbot.waitActive(window)
    screen.settle()
    return screen


@pytest.fixture
def screen(qtbot: QtBot, world: World, desk: Desk) -> Iterator[Screen]:
    made = open_screen(qtbot, world, desk)
    yield made
    made.view.presenter.close()


def test_from_drop_to_acceptance_by_keys(screen: Screen) -> None:
    assert screen.view.empty.isVisible()
    before = journal_length(screen)
    screen.drops(FIRST)
    assert screen.page is Page.DECIDE
    assert screen.view.importing.decide.tabs.tab("joined").count == 135
    screen.next()
    assert screen.page is Page.ACCEPT
    page = screen.view.importing.accept
    assert page.authority.value() == "Northvale Council (invented)"
    screen.next()
    assert page.fields["from_whom"].error()
    QTest.keyClicks(page.from_whom, "business support")
    assert journal_length(screen) == before
    assert screen.view.importing.next.text() == "Accept as Nadia Shah"
    screen.next()
    assert screen.page is None
    assert screen.notices[-1].text == "Chart accepted: 135 people."
    assert screen.view.modes.counts.text() == "135 people, 7 vacant"
    with look(screen.world) as session:
        (chart,) = directory.current_charts(session)
    assert (chart.file_name, chart.from_whom, chart.accepted_by) == (
        FIRST.name,
        "business support",
        screen.world.dsl.id,
    )
    run = screen.notices[-1].run
    assert run is not None
    run()
    screen.settle()
    assert screen.view.empty.isVisible(), "undone: no chart again"


def journal_length(screen: Screen) -> int:
    with look(screen.world) as session:
        return journal.count(session)


def test_the_next_chart_shows_what_changes(screen: Screen) -> None:
    screen.accepts(FIRST)
    screen.drops(SECOND)
    tabs = screen.view.importing.decide.tabs
    assert [tabs.tab(key).count for key in ("joined", "left", "moved", "changed", "managers", "posts")] == [
        6,
        6,
        4,
        3,
        5,
        12,
    ]
    tabs.tab("left").setFocus()
    screen.key(Qt.Key.Key_Return)
    rows = screen.view.importing.decide.changes.rows
    assert len(rows) == 6
    assert rows[0].cells[3].text == "not in this file"
    screen.key(Qt.Key.Key_Escape)
    assert screen.page is None
    with look(screen.world) as session:
        assert len(directory.current_charts(session)) == 1


def odd_chart(folder: Path) -> Path:
    """A chart that has to be asked about."""
    rows = [
        "Name,Job Title,Unit,Line Manager,Telephone",
        "Ada Hill,Team Manager,A,,020 7946 0001",
        "Bo Young,Social Worker,A,Addy Hill,020 7946 0002",
        f"{CANARY},Social Worker,A,Addy Hill,020 7946 0003",
        "Cy Moon,Social Worker,A,Nobody Known,020 7946 0004",
    ]
    path = folder / "odd.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_managers_are_confirmed_left_open_and_taken_back(screen: Screen, tmp_path: Path) -> None:
    screen.drops(odd_chart(tmp_path))
    page = screen.view.importing.decide
    assert page.tabs.tab("decide").count == 2
    assert page.ask.question.text() == "2 people: who is “Addy Hill”?"
    assert QApplication.focusWidget() is page.decide
    screen.fits()
    screen.key(Qt.Key.Key_Return)
    assert page.ask.question.text() == "Cy Moon: who is “Nobody Known”?"
    assert QApplication.focusWidget() is page.decide
    screen.press(page.ask.first)
    assert page.tabs.tab("decide").count == 0
    screen.press(page.ask.undo)
    assert page.tabs.tab("decide").count == 1
    page.ask.other.setFocus()
    screen.key(Qt.Key.Key_Down)
    assert page.tabs.tab("decide").count == 0
    screen.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    screen.next()
    page_4 = screen.view.importing.accept
    page_4.authority.setEditText("Odd Council")
    page_4.from_whom.setText("Ada")
    assert screen.view.importing.next.text() == "Accept as Nadia Shah, 1 left open"
    screen.next()
    assert screen.page is None
    with look(screen.world) as session:
        (found,) = directory.search(session, "Bo Young")
        assert [step.holders[0].name for step in directory.path_up(session, found.id)] == ["Ada Hill"]
        assert directory.search(session, "Robin")[0].name == CANARY
    assert screen.view.table.rows[0].cells[0].text
    screen.fits()


def test_a_file_nobody_can_read_says_what_to_do(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "chart.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    screen.picked.append(path)
    screen.press(screen.view.empty.main)
    assert screen.page is Page.CHOOSE
    screen.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert screen.view.importing.choose.refused.isVisible()
    assert "save it as" in screen.view.importing.choose.refused.text.text()
    screen.fits()
    pictures.save(screen.window, "chart-refused-light")


def test_unknown_headings_lead_to_the_columns(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "strange.csv"
    path.write_text(
        "Who,Does,Squad,Line Manager,E-mail\nAda Hill,Lead,A,,a@x.example\nBo Young,Help,A,Ada Hill,\n", "utf-8"
    )
    screen.drops(path)
    assert screen.page is Page.COLUMNS
    page = screen.view.importing.columns
    screen.fits()
    for name, steps in (("Name", 1), ("Job Title", 2), ("Unit", 3), ("Reports to Name", 4)):
        chooser = next(chooser for field_, chooser in page.choosers.items() if field_.value == name)
        chooser.setFocus()
        QTest.keyClick(chooser, Qt.Key.Key_Home)
        for _ in range(chooser.count()):
            if chooser.value() == steps - 1:
                break
            QTest.keyClick(chooser, Qt.Key.Key_Down)
        assert chooser.value() == steps - 1, name
    pictures.save(screen.window, "chart-columns-light")
    screen.next()
    assert screen.page is Page.DECIDE, page.note.text.text()
    screen.press(screen.view.importing.which)
    assert screen.page is Page.COLUMNS
    screen.press(screen.view.importing.back)
    assert screen.page is Page.DECIDE


def test_a_list_without_managers_is_asked_about_once(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "flat.csv"
    path.write_text("Name,Job Title,Team\nAda Hill,Lead,A\nBo Young,Worker,A\n", "utf-8")
    screen.drops(path)
    assert screen.page is Page.COLUMNS
    assert "Reports to Name" in screen.view.importing.columns.note.text.text()
    screen.next()
    assert screen.page is Page.DECIDE
    screen.drops(path)
    assert screen.page is Page.DECIDE
    assert "Leave it first" in screen.notices[-1].text


def test_the_sample_takes_the_same_way_and_is_nobodys_real_chart(screen: Screen) -> None:
    create_worker(screen.world)
    screen.view.presenter.refresh()
    screen.settle()
    screen.view.load_sample()
    screen.settle()
    assert screen.page is Page.DECIDE
    assert screen.view.importing.decide.tabs.tab("left").count == 0
    screen.next()
    page = screen.view.importing.accept
    assert (page.authority.value(), page.from_whom.text()) == ("Northvale Council (invented)", "Sample data, invented")
    screen.next()
    assert screen.page is None
    with look(screen.world) as session:
        assert len(directory.current_charts(session)) == 2
        assert len(directory.search(session, "Haddad")) == 1


def test_half_a_chart_stops_and_asks(screen: Screen, tmp_path: Path) -> None:
    screen.accepts(FIRST)
    path = tmp_path / "part.csv"
    path.write_text(as_csv([row for row in first() if row.service == "Children Looked After"]), "utf-8", newline="")
    screen.drops(path)
    page = screen.view.importing.decide
    # The question, and the head of the service, whose director is not in the file.
    assert page.tabs.tab("decide").count == 2
    screen.next()
    assert screen.page is Page.DECIDE
    assert "Answer that first" in screen.notices[-1].text
    page.take_focus()
    screen.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.ask.first, "Enter alone says nothing of the kind"
    screen.fits()
    screen.press(page.ask.second)
    assert page.tabs.tab("left").count == 0
    screen.next()
    assert screen.page is Page.ACCEPT


def test_a_slow_file_can_be_given_up(qtbot: QtBot, world: World, desk: Desk) -> None:
    gate = threading.Event()

    def slow(paths: Sequence[Path]) -> OpenFile:
        gate.wait(20)
        raise FileRefusedError("Too late.")

    screen = open_screen(qtbot, world, desk, slow)
    screen.view.begin_import()
    screen.view.presenter.importing.choose([FIRST])
    page = screen.view.importing.choose
    qtbot.waitUntil(page.cancel.isVisible)
    assert page.waiting.text() == "Reading the file ..."
    QTest.mouseClick(page.cancel, Qt.MouseButton.LeftButton)
    assert not page.cancel.isVisible()
    gate.set()
    screen.view.presenter.close()
    assert not page.refused.isVisible()


def test_reception_sees_the_chart_and_imports_none(screen: Screen) -> None:
    screen.accepts(FIRST)
    screen.desk.hand_over(screen.world.reception, None)
    assert not screen.view.import_button.isVisible()
    screen.view.begin_import()
    assert screen.page is None
    assert "Ask one of them" in screen.notices[-1].text
    QTest.keyClicks(screen.view.search, "kingf")
    screen.settle()
    assert [row.cells[0].text for row in screen.view.table.rows] == ["Chidi Kingfisherly", "Zainab Kingfisherly"]
    screen.view.table.setFocus()
    screen.key(Qt.Key.Key_Down)
    assert screen.view.panel.title.text() == "Zainab Kingfisherly"
    screen.fits()


def test_handing_over_ends_an_import(screen: Screen) -> None:
    screen.drops(FIRST)
    screen.desk.hand_over(screen.world.reception, None)
    screen.settle()
    assert screen.page is None


def test_a_card_says_how_to_reach_somebody_and_where_they_stand(screen: Screen) -> None:
    world = screen.world
    person = create_worker(world, CANARY, team="CIN Team 3")
    world.write((person, CodeBound("B-77")))
    create_visit(world, person)
    create_booking(world, person, minutes=90)
    screen.view.presenter.refresh()
    screen.view.show_person(person)
    screen.settle()
    card = screen.view.panel.person
    assert screen.view.panel.title.text() == CANARY
    assert [row.title for row in card.path.rows] == ["Marcus Adeyemi", "Ines Whitcombe"]
    assert card.path.rows[0].second.startswith("020 7946 0112")
    assert [row.title[:6] for row in card.past.rows] == ["Booked", "Here T"]
    screen.fits()
    (code,) = card.code_rows
    screen.press(code.confirm)
    assert code_states(screen, person) == {"B-77": CodeState.CONFIRMED}
    (code,) = card.code_rows
    code.withdraw.setFocus()
    QTest.keyClick(code.withdraw, Qt.Key.Key_Down)
    QTest.keyClick(code.do, Qt.Key.Key_Return)
    screen.settle()
    assert code_states(screen, person) == {"B-77": CodeState.WITHDRAWN}


def code_states(screen: Screen, person: Any) -> dict[str, CodeState]:
    with look(screen.world) as session:
        return {code.code: code.state for code in directory.codes_of(session, person)}


def test_two_records_that_were_joined_are_parted_with_a_reason(screen: Screen) -> None:
    world = screen.world
    first = create_worker(world, "Asha Verma", badge="H500001")
    second = create_worker(world, "Asha Varma", badge="H500002")
    world.write((uuid4(), SamePersonFound(first, second)))
    screen.view.show_person(first)
    screen.settle()
    (row,) = screen.view.panel.person.joined_rows
    QTest.keyClick(row.part, Qt.Key.Key_Down)
    screen.settle()
    with world.register.read() as session:
        assert directory.aliases(session, first) == {first, second}, "an arrow key alone changes nothing"
    QTest.keyClick(row.do, Qt.Key.Key_Return)
    screen.settle()
    screen.view.show_person(first)
    screen.settle()
    assert screen.view.panel.person.joined_rows == []
    with world.register.read() as session:
        assert directory.aliases(session, first) == {first}
        assert verify.verify(session).sound


def test_a_vacant_post_names_the_next_up(screen: Screen) -> None:
    person = create_worker(screen.world, "Femi Okoro", badge="H1", team="Empty Team")
    place = screen.world.teams["Empty Team"]
    with look(screen.world) as session:
        (post,) = (step.post for step in directory.path_up(session, person)[:1])
    vacant = PostListed(
        post.version, AUTHORITY, post.ref, post.title, post.team, post.service, reports_to=post.reports_to
    )
    screen.world.write((place, vacant))
    screen.view.show_person(person)
    screen.settle()
    assert screen.view.panel.person.path.rows[0].title == "Post vacant, next up: Ines Whitcombe"


@pytest.mark.parametrize(
    ("issued", "tone"), [(date(2026, 11, 2), "known"), (date(2026, 10, 1), "check"), (date(2026, 8, 3), "not-known")]
)
def test_the_age_is_always_said(screen: Screen, issued: date, tone: str) -> None:
    create_chart(screen.world, issued_on=issued)
    screen.view.presenter.refresh()
    screen.settle()
    spec = screen.view.age.spec()
    assert spec.tone.value == tone
    assert spec.text.startswith(f"Version 1 of {issued:%a %d/%m/%Y}, ")


def test_the_office_may_import_and_the_auditor_not(screen: Screen) -> None:
    for role, may in ((Role.OFFICE, True), (Role.AUDITOR, False), (Role.HEAD, True)):
        screen.desk.hand_over(Operator(screen.world.dsl.id, "Somebody", role), None)
        assert screen.view.empty.main.isVisible() is may


SIZES = ((1182, 646), (1220, 598), (851, 390), (1740, 980))


def resize(screen: Screen, width: int, height: int) -> None:
    """The room a screen has in the window: the rail and the top bar are taken off."""
    found = metrics.layout_class(width + 184, height + 52, theme.current().factor)
    screen.view.set_layout_class(found)
    pictures.show(screen.window, width, height)
    screen.settle()
    assert (screen.window.width(), screen.window.height()) == (width, height), "it asks for more room than there is"


def test_it_looks_right_everywhere(screen: Screen, every_look: Theme, tmp_path: Path) -> None:
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"

    def everywhere(name: str) -> None:
        for width, height in SIZES:
            resize(screen, width, height)
            pictures.save(screen.window, f"chart-{name}-{width}-{word}")
            screen.fits()

    everywhere("empty")
    screen.view.begin_import()
    everywhere("choose")
    screen.view.importing.presenter.leave()
    screen.accepts(FIRST, "03/08/2026")
    with look(screen.world) as session:
        (person,) = directory.search(session, "Quickthorn", limit=1)
    screen.world.write((person.id, CodeBound("B-77")), (person.id, CodeBound("N-194359", provisional=False)))
    create_visit(screen.world, person.id)
    screen.view.show_person(person.id)
    everywhere("card")
    screen.drops(SECOND)
    everywhere("preview")
    screen.view.importing.decide.tabs.choose("managers")
    everywhere("managers")
    screen.next()
    everywhere("accept")
    screen.view.importing.presenter.leave()
    part = tmp_path / "part.csv"
    rows = [row for row in first() if row.service == "Children Looked After"]
    text = as_csv(rows).replace("NV001,,", ",Philippa Larkston,")
    part.write_text(text, "utf-8", newline="")
    screen.drops(part)
    everywhere("decide")
    screen.view.importing.presenter.open_columns()
    everywhere("columns")
