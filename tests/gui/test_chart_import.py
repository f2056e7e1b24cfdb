"""An import in the window, from drop to acceptance, by keys and mouse; what a person sees at every step."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import World, create_worker, look
from tests.files import every_format
from tests.gui import pictures
from tests.gui.chart_screen import CANARY, FIRST, SECOND, SIZES, Screen, journal_length, open_screen, resize
from tests.gui.chart_screen import desk as desk
from tests.gui.chart_screen import screen as screen
from tests.gui.drawn_file import BOXES, drawn_file
from tests.sample_charts import as_csv, first
from visitor_register.domain.chart_table import Mark
from visitor_register.errors import FileRefusedError
from visitor_register.gui.chart.import_print import FILE_NAME, ChangesPrinter, pages
from visitor_register.gui.chart.import_rows import CHANGES
from visitor_register.gui.chart.import_state import Page, Preview
from visitor_register.gui.desk import Desk
from visitor_register.gui.theme import Theme
from visitor_register.services import directory
from visitor_register.services.chart_reading import OpenFile

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
RING = """Name,Job Title,Team,Manager
Ada Hill,Head of Service,A,
Bo Young,Team Manager,A,Cy Moon
Cy Moon,Team Manager,A,Di Fox
Di Fox,Team Manager,B,Ed Bell
Ed Bell,Team Manager,B,Bo Young
Flo Gray,Social Worker,B,Addy Hill
Gil Hart,Social Worker,B,Addy Hill
"""


@pytest.fixture
def drawn(qtbot: QtBot, world: World, desk: Desk) -> Iterator[Screen]:
    """A screen whose files are all the same drawing: two lines to check, one box that is not placed."""
    made = open_screen(qtbot, world, desk, drawn_file)
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
    assert screen.page is Page.DONE
    done = screen.view.importing.done
    assert done.title.text() == "Version 1 of Northvale Council (invented) is in use"
    assert done.copy.isHidden(), "nothing is open"
    screen.fits()
    with look(screen.world) as session:
        (chart,) = directory.current_charts(session)
    assert (chart.file_name, chart.from_whom, chart.accepted_by) == (
        FIRST.name,
        "business support",
        screen.world.dsl.id,
    )
    screen.press(done.undo)
    assert screen.page is None
    assert screen.view.empty.isVisible(), "undone: no chart again"


def test_the_next_chart_shows_what_changes(screen: Screen) -> None:
    screen.accepts(FIRST)
    screen.drops(SECOND)
    tabs, changes = screen.view.importing.decide.tabs, screen.view.importing.decide.changes
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
    assert len(changes.rows) == 6
    assert changes.rows[0].cells[3].text == "not in this file"
    tabs.choose("managers")
    (holder,) = (row for row in changes.rows if row.cells[1].pill and row.cells[1].pill.text == "New holder")
    assert holder.cells[2].second.startswith("instead of ")
    team = screen.view.importing.team
    team.setFocus()
    tabs.choose("left")
    before = [row.cells for row in changes.rows]
    QTest.keyClick(team, Qt.Key.Key_Down)
    screen.settle()
    assert 0 < len(changes.rows) <= len(before) or tabs.tab("left").count == 0
    assert sum(tabs.tab(key).count for key in ("joined", "left", "moved")) < 16
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
    screen.key(Qt.Key.Key_5, ALT)
    assert page.tabs.tab("decide").count == 0
    screen.press(page.ask.undo)
    assert page.tabs.tab("decide").count == 1
    screen.key(Qt.Key.Key_4, ALT)
    assert page.picking
    screen.fits()
    QTest.keyClicks(QApplication.focusWidget(), "team man")
    assert [row.title for row in page.pick.list.rows] == ["Ada Hill"]
    screen.key(Qt.Key.Key_Return)
    assert page.tabs.tab("decide").count == 0
    screen.key(Qt.Key.Key_Z, CTRL)
    screen.key(Qt.Key.Key_4, ALT)
    screen.key(Qt.Key.Key_Escape)
    assert (page.picking, screen.page) == (False, Page.DECIDE), "Esc leaves the list first"
    screen.next()
    page_4 = screen.view.importing.accept
    page_4.authority.setEditText("Odd Council")
    page_4.from_whom.setText("Ada")
    assert screen.view.importing.next.text() == "Accept as Nadia Shah, 1 left open"
    screen.next()
    screen.press(screen.view.importing.done.copy)
    assert "- Cy Moon: your chart says “Nobody Known”" in QApplication.clipboard().text()
    screen.next()
    assert screen.page is None
    with look(screen.world) as session:
        (found,) = directory.search(session, "Bo Young")
        assert [step.holders[0].name for step in directory.path_up(session, found.id)] == ["Ada Hill"]
        assert directory.search(session, "Robin")[0].name == CANARY
    assert screen.view.table.rows[0].cells[0].text
    screen.fits()


def test_a_line_of_a_drawing_is_named_by_a_click_a_key_or_from_the_list(drawn: Screen) -> None:
    before = journal_length(drawn)
    drawn.drops(Path("chart.pptx"))
    page = drawn.view.importing.boxes
    assert drawn.page is Page.BOXES
    counts = [page.keys[mark].words.text() for mark in Mark]
    assert counts == ["4 set", "2 to check", "1 not placed"]
    assert [row.title for row in page.list.rows if not row.heading] == ["Ed Bell", "Flo Gray", "Gil Hart"]
    assert QApplication.focusWidget() is page.list
    assert page.ask.question.text() == "Ed Bell: who is the manager?"
    drawn.fits()
    click(drawn, "hal")
    assert page.ask.question.text() == "Hal Ives is under Cy Moon"
    drawn.key(Qt.Key.Key_Down)
    assert page.chosen == "ed", "arrows go through what is asked"
    drawn.key(Qt.Key.Key_4, ALT)
    assert page.picking
    click(drawn, "ed")
    assert "their own manager" in drawn.notices[-1].text
    drawn.key(Qt.Key.Key_4, ALT)
    click(drawn, "bo")
    assert page.keys[Mark.SET].words.text() == "5 set"
    assert page.chosen == "flo"
    drawn.key(Qt.Key.Key_Z, CTRL)
    assert (page.keys[Mark.SET].words.text(), page.chosen) == ("4 set", "ed")
    page.view.setFocus()
    drawn.key(Qt.Key.Key_Down)
    drawn.key(Qt.Key.Key_Return)
    assert page.chosen != "flo"
    assert [row.title for row in page.list.rows if row.second == "under Cy Moon"] == ["Flo Gray"]
    assert page.chosen == "gil"
    drawn.press(page.ask.leave)
    assert page.chosen == "ed"
    drawn.next()
    assert drawn.page is Page.DECIDE
    assert drawn.view.importing.decide.tabs.tab("decide").count == 1
    drawn.press(drawn.view.importing.which)
    assert drawn.page is Page.BOXES
    assert journal_length(drawn) == before


def click(screen: Screen, box: str) -> None:
    """Click the middle of a box."""
    view = screen.view.importing.boxes.view
    place = view.mapFromScene(view.drawing.boxes[box].area.center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    screen.settle()


@pytest.mark.parametrize("name", ["columns.xlsx", "glued.pptx", "printed.pdf"])
def test_the_same_chart_from_every_kind_of_file(screen: Screen, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content(name))
    before = journal_length(screen)
    screen.drops(path)
    while screen.page is not Page.ACCEPT:
        assert screen.page in (Page.COLUMNS, Page.BOXES, Page.DECIDE)
        screen.next()
    assert journal_length(screen) == before
    page = screen.view.importing.accept
    page.authority.setEditText("Odd Council")
    page.from_whom.setText("Ada")
    screen.next()
    assert screen.page is Page.DONE, screen.notices
    with look(screen.world) as session:
        (found,) = directory.search(session, "Jo Lark")
        names = [step.holders[0].name for step in directory.path_up(session, found.id)]
    assert (names[-1], len(names)) == ("Bo Quayle", 3), "up to the Head of Service"


def content(name: str) -> bytes:
    """One chart as a list and drawn."""
    chart = every_format.posts()
    made = {"glued.pptx": every_format.glued, "printed.pdf": every_format.printed}
    found = made[name](chart) if name in made else every_format.FORMATS[name](chart)
    assert isinstance(found, bytes)
    return found


def test_a_draft_survives_the_program_and_is_gone_once_it_is_accepted(
    screen: Screen, qtbot: QtBot, tmp_path: Path
) -> None:
    path = odd_chart(tmp_path)
    before = journal_length(screen)
    screen.drops(path)
    screen.key(Qt.Key.Key_Return)
    screen.press(screen.view.importing.keep)
    assert (screen.page, journal_length(screen)) == (None, before)
    path.unlink()
    screen.view.presenter.close()

    again = open_screen(qtbot, screen.world, screen.desk)
    again.view.begin_import()
    again.settle()
    choose = again.view.importing.choose
    (row,) = choose.drafts.rows
    assert row.title == "odd.csv"
    assert row.second.startswith("1 left to decide, kept Tue 24 Nov 10:24 by Nadia Shah")
    again.fits()
    choose.drafts.setFocus()
    again.key(Qt.Key.Key_Return)
    assert again.page is Page.DECIDE
    assert again.view.importing.decide.tabs.tab("decide").count == 1
    again.next()
    page = again.view.importing.accept
    page.authority.setEditText("Odd Council")
    page.from_whom.setText("Ada")
    again.next()
    assert again.page is Page.DONE
    again.next()
    again.view.begin_import()
    again.settle()
    assert choose.drafts.rows == ()
    again.view.presenter.close()


def test_a_file_nobody_can_read_says_what_to_do(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "chart.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    screen.picked.append(path)
    screen.press(screen.view.empty.main)
    assert screen.page is Page.CHOOSE
    screen.key(Qt.Key.Key_O, CTRL)
    assert screen.view.importing.choose.refused.isVisible()
    assert "Save As" in screen.view.importing.choose.refused.text.text()
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
    assert screen.page is Page.DONE
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
    assert QApplication.focusWidget() is page.ask.offers[0], "Enter alone says nothing of the kind"
    screen.fits()
    screen.press(page.ask.offers[1])
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


def test_handing_over_ends_an_import_and_keeps_it(screen: Screen) -> None:
    screen.drops(FIRST)
    screen.desk.hand_over(screen.world.reception, None)
    screen.settle()
    assert screen.page is None
    screen.desk.hand_over(screen.world.dsl, None)
    screen.view.begin_import()
    screen.settle()
    (row,) = screen.view.importing.choose.drafts.rows
    assert row.title == "structure-chart.csv, Northvale Council (invented)"
    screen.press(screen.view.importing.choose.discard)
    assert screen.view.importing.choose.drafts.rows == ()
    run = screen.notices[-1].run
    assert run is not None
    run()
    screen.settle()
    assert screen.view.importing.choose.drafts.rows == (row,)


def no_printer(_name: str) -> QPrinter | None:
    """A PC without a printer."""
    return None


def test_what_changes_is_printed_for_one_team(screen: Screen, tmp_path: Path) -> None:
    presenter = screen.view.importing.presenter
    presenter.printer = ChangesPrinter(screen.desk, tmp_path, printer_name=str, printer_for=no_printer)
    screen.accepts(FIRST)
    screen.drops(SECOND)
    shown: list[Preview] = []
    presenter.preview_shown.connect(shown.append)
    presenter.filter_team("Fostering")
    printed = "\n".join(page.text for page in pages(shown[-1], "Elmbrook Primary School", "Printed today"))
    assert "Team: Fostering" in printed
    for row in (row for tab in CHANGES for row in shown[-1].rows[tab]):
        assert row.cells[0].text in printed
    screen.press(screen.view.importing.print)
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"%PDF")
    assert FILE_NAME in screen.notices[-1].text
    presenter.printer.clear()
    assert not (tmp_path / FILE_NAME).exists(), "another day"


def test_every_page_looks_right_everywhere(screen: Screen, every_look: Theme, tmp_path: Path) -> None:
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"

    def everywhere(name: str) -> None:
        for width, height in SIZES:
            resize(screen, width, height)
            pictures.save(screen.window, f"chart-{name}-{width}-{word}")
            screen.fits()

    presenter = screen.view.importing.presenter
    presenter.printer = ChangesPrinter(screen.desk, tmp_path, printer_name=str, printer_for=no_printer)
    screen.view.begin_import()
    screen.settle()
    everywhere("choose")
    presenter.leave()
    screen.accepts(FIRST, "03/08/2026")
    ring = tmp_path / "ring.csv"
    ring.write_text(RING, "utf-8")
    screen.drops(ring)
    everywhere("guard")
    screen.view.importing.decide.decide.choose("ring:0:r3")
    screen.press(screen.view.importing.keep)
    screen.view.begin_import()
    screen.settle()
    everywhere("draft")
    presenter.leave()
    screen.drops(SECOND)
    screen.view.importing.decide.tabs.choose("managers")
    everywhere("managers")
    screen.next()
    everywhere("accept")
    presenter.leave()
    part = tmp_path / "part.csv"
    rows = [row for row in first() if row.service == "Children Looked After"]
    part.write_text(as_csv(rows).replace("NV001,,", ",Philippa Larkston,"), "utf-8", newline="")
    screen.drops(part)
    everywhere("decide")
    presenter.open_source()
    everywhere("columns")


def test_the_drawing_looks_right_everywhere(drawn: Screen, every_look: Theme) -> None:
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    drawn.drops(Path("chart.pptx"))
    for name in ("boxes", "pick"):
        for width, height in SIZES:
            resize(drawn, width, height)
            pictures.save(drawn.window, f"chart-{name}-{width}-{word}")
            drawn.fits()
        drawn.key(Qt.Key.Key_4, ALT)
    assert len(drawn.view.importing.boxes.view.drawing.boxes) == len(BOXES)
