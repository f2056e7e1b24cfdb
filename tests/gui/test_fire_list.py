"""The fire list on the screen: the keyboard alone, live during a drill, printing in one key, locked too."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import World, create_visit, create_worker
from tests.gui.pictures import save
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import FireListPlaces
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Visit
from visitor_register.gui import theme
from visitor_register.gui.desk import Desk
from visitor_register.gui.fire_list.presenter import FireListPresenter
from visitor_register.gui.fire_list.state import FireLine
from visitor_register.gui.fire_list.view import FireListView
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.persistence import journal
from visitor_register.services import arrivals, drafts, fire_list, policy

CANARY = "<b>Bold</b>&<img/src=x>"


class Drill:
    """The fire list over a register, and what a person can do with it."""

    def __init__(self, qtbot: QtBot, world: World, folder: Path) -> None:
        self.qtbot, self.world, self.folder = qtbot, world, folder
        self.crashes: list[BaseException] = []
        self.printers: list[str] = []
        self.has_printer = True
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.reception, now=world.clock)
        self.presenter = FireListPresenter(self.desk, folder, printer_for=self._printer)
        self.view = FireListView(self.presenter)
        FocusRing(self.view)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 698)

    @property
    def paper(self) -> Path:
        return self.folder / "paper.pdf"

    def _printer(self, name: str) -> QPrinter | None:
        self.printers.append(name)
        if not self.has_printer:
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.paper))
        return printer

    def opens(self) -> None:
        with self.qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        with self.qtbot.waitSignal(self.presenter.shown):
            self.presenter.open_or_print()

    def arrives(self, name: str, *, where: str = "Library", how_many: int = 1, needs: bool = False) -> Visit:
        with self.world.register.write() as session:
            arrival = Arrival(
                visitor=NewVisitor(PersonKind.OTHER, name, organisation="Elm Plumbing"),
                verdict=Verdict.OTHER_VISITOR,
                place=where,
                here_to_see="Mr Bello",
                how_many=how_many,
                needs_assistance=needs,
            )
            return arrivals.sign_in(session, arrival, by=self.world.reception, at=self.world.clock())

    def somebody_saves(self) -> None:
        with self.qtbot.waitSignal(self.presenter.shown):
            self.jobs.changed.emit()

    def presses(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.view, key, modifier)

    def names(self) -> list[str]:
        return [line.title for line in self.lines() if not line.heading]

    def lines(self) -> tuple[FireLine, ...]:
        return self.view.rows.lines

    def ticked(self) -> list[str]:
        return [line.title for line in self.lines() if line.ticked]

    def figures(self) -> tuple[str, str]:
        return self.view.found.text(), self.view.to_find.text()

    def says(self) -> str:
        return self.view.bar.words.text() if self.view.bar.isVisible() else ""

    def prints_written_down(self) -> list[object]:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)
        with self.world.register.read() as session:
            return [entry.event for entry in journal.entries_of(session, fire_list.SUBJECT)]

    def printed_text(self) -> str:
        with pypdfium2.PdfDocument(self.paper) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def drill(qtbot: QtBot, look: Theme, world: World, tmp_path: Path) -> Iterator[Drill]:
    made = Drill(qtbot, world, tmp_path)
    yield made
    made.jobs.close()
    assert made.crashes == []


def test_nobody_here_is_said_in_words(drill: Drill) -> None:
    drill.opens()
    assert drill.view.empty.isVisible()
    assert drill.view.empty.title.text() == "Nobody is signed in here"
    assert drill.view.heading.text() == ("Visitors signed in here: 0. Not staff, pupils or anyone signed in elsewhere.")


def test_space_and_enter_tick_people_off_and_take_the_tick_back(drill: Drill) -> None:
    for name in ("Ada van der Berg", "Sean O'Brien", "Layla al-Hassan"):
        drill.arrives(name)
    drill.opens()
    assert drill.names() == ["al-Hassan, Layla", "O'Brien, Sean", "van der Berg, Ada"]
    drill.presses(Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert drill.ticked() == ["al-Hassan, Layla", "O'Brien, Sean"]
    assert drill.figures() == ("2", "1")
    drill.presses(Qt.Key.Key_Space)
    assert drill.ticked() == ["al-Hassan, Layla"]


def test_a_click_on_the_box_ticks_and_one_on_the_name_only_chooses(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.opens()
    row = drill.view.rows.visualRect(drill.view.rows.model().index(0, 0))
    QTest.mouseClick(drill.view.rows.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert drill.ticked() == []
    row.setWidth(50)
    QTest.mouseClick(drill.view.rows.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert drill.ticked() == ["O'Brien, Sean"]


def test_letters_and_digits_do_nothing(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.opens()
    QTest.keyClicks(QApplication.focusWidget(), "hH1sp")
    assert (drill.ticked(), drill.names(), drill.presenter.is_open) == ([], ["O'Brien, Sean"], True)


def test_one_line_for_three_people_counts_three(drill: Drill) -> None:
    drill.arrives("Pat Field", how_many=3)
    drill.opens()
    assert drill.figures() == ("0", "3")
    drill.presses(Qt.Key.Key_Space)
    assert drill.figures() == ("3", "0")
    assert drill.lines()[0].second == "3 people · Elm Plumbing"


def test_somebody_who_signs_in_during_the_drill_appears_and_ticks_stay(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.opens()
    drill.presses(Qt.Key.Key_Space)
    drill.arrives("Joel Abara")
    drill.somebody_saves()
    assert drill.names() == ["Abara, Joel", "O'Brien, Sean"]
    assert drill.ticked() == ["O'Brien, Sean"]
    assert drill.says() == "Signed in since the list was opened: Abara, Joel"
    assert drill.view.rows.current_key() == drill.lines()[1].key


def test_a_tick_on_an_arrival_being_taken_stays_when_it_is_signed_in(drill: Drill) -> None:
    arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, "Joel Abara"), verdict=Verdict.OTHER_VISITOR)
    with drill.world.register.write() as session:
        drafts.keep(session, arrival, "Joel Abara", at=drill.world.clock())
    drill.opens()
    assert [line.title for line in drill.lines()] == [
        "Nobody is signed in here", "Ask about: arrival being taken", "Abara, Joel",
    ]  # fmt: skip
    drill.presses(Qt.Key.Key_Space)
    with drill.world.register.write() as session:
        arrivals.sign_in(session, arrival, by=drill.world.reception, at=drill.world.clock())
    drill.somebody_saves()
    assert ([line.title for line in drill.lines()], drill.ticked()) == (["Abara, Joel"], ["Abara, Joel"])


def test_those_who_left_are_asked_about_below(drill: Drill) -> None:
    visit = drill.arrives("Pat Field")
    drill.world.clock.move(minutes=10)
    with drill.world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=drill.world.reception, at=drill.world.clock())
    drill.opens()
    assert [(line.title, line.note) for line in drill.lines()][1:] == [
        ("Ask about: left in the last 15 minutes", ""),
        ("Field, Pat", "out 10:34"),
    ]


def test_the_lockdown_list_shows_the_same_people_by_place_with_their_ticks(drill: Drill) -> None:
    drill.arrives("Sean O'Brien", where="Library")
    drill.arrives("Joel Abara", where="Hall")
    drill.opens()
    drill.presses(Qt.Key.Key_Space)
    QTest.mouseClick(drill.view.lockdown, Qt.MouseButton.LeftButton)
    assert [line.title for line in drill.lines()] == ["Hall", "Abara, Joel", "Library", "O'Brien, Sean"]
    assert (drill.ticked(), drill.view.title.text()) == (["Abara, Joel"], "Lockdown list")
    QTest.mouseClick(drill.view.drill, Qt.MouseButton.LeftButton)
    assert drill.view.title.text() == "Lockdown list, drill"
    QTest.mouseClick(drill.view.drill, Qt.MouseButton.LeftButton)
    QTest.mouseClick(drill.view.fire, Qt.MouseButton.LeftButton)
    assert drill.view.title.text() == "Fire list"


def test_alt_h_hides_those_found_and_the_next_one_is_chosen(drill: Drill) -> None:
    for name in ("Ada Ash", "Ben Birch", "Cy Cedar"):
        drill.arrives(name)
    drill.opens()
    drill.presses(Qt.Key.Key_H, modifier=Qt.KeyboardModifier.AltModifier)
    drill.presses(Qt.Key.Key_Space)
    assert drill.names() == ["Birch, Ben", "Cedar, Cy"]
    drill.presses(Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert (drill.names(), drill.figures()) == ([], ("3", "0"))
    drill.presses(Qt.Key.Key_H, modifier=Qt.KeyboardModifier.AltModifier)
    assert len(drill.names()) == 3


def test_esc_closes_and_asks_once_when_people_are_ticked_off(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.opens()
    drill.presses(Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert drill.presenter.is_open
    assert drill.says() == "1 person is ticked off. Press Esc again to close the list and clear the ticks."
    with drill.qtbot.waitSignal(drill.view.closed):
        drill.presses(Qt.Key.Key_Escape)
    drill.opens()
    assert (drill.ticked(), drill.says()) == ([], "")
    with drill.qtbot.waitSignal(drill.view.closed):
        drill.presses(Qt.Key.Key_Escape)


def test_f9_again_prints_at_once_on_the_schools_printer(drill: Drill) -> None:
    with drill.world.register.write() as session:
        places = FireListPlaces(printer="Office")
        policy.change(session, places, by=drill.world.dsl, at=drill.world.clock())
    drill.arrives("Sean O'Brien")
    drill.opens()
    drill.presses(Qt.Key.Key_F9)
    assert drill.printers == ["Office"]
    assert "O'Brien, Sean" in drill.printed_text()
    assert "DRILL" not in drill.printed_text()
    assert drill.says().startswith("Fire list sent to")
    assert drill.prints_written_down() == [FireListPrinted(locked=False, drill=False, count=1)]


def test_f9_twice_before_the_list_was_read_still_prints(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.view.show()
    with drill.qtbot.waitSignal(drill.presenter.said):
        drill.presenter.open_or_print()
        drill.presenter.open_or_print()
    assert "O'Brien, Sean" in drill.printed_text()


def test_impatient_presses_are_one_print_and_a_later_press_another(drill: Drill) -> None:
    drill.opens()
    drill.presses(Qt.Key.Key_F9, Qt.Key.Key_F9, Qt.Key.Key_F9)
    assert len(drill.printers) == 1
    drill.world.clock.at += timedelta(seconds=3)
    drill.presses(Qt.Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(drill.printers) == 2


def test_a_locked_drill_prints_and_is_written_down_as_both(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.presenter.use_locked(True)
    drill.opens()
    QTest.mouseClick(drill.view.drill, Qt.MouseButton.LeftButton)
    drill.presses(Qt.Key.Key_F9)
    assert "DRILL, not an emergency" in drill.printed_text()
    assert drill.view.back.text() == "Back to the lock screen"
    assert drill.prints_written_down() == [FireListPrinted(locked=True, drill=True, count=1)]


def test_without_a_printer_the_list_is_saved_and_a_sentence_says_where(drill: Drill) -> None:
    drill.has_printer = False
    drill.arrives("Sean O'Brien")
    drill.opens()
    drill.presses(Qt.Key.Key_F9)
    assert drill.says() == (
        "No printer is set up on this PC. Fire list was saved as fire-list.pdf instead: open it and print it there."
    )
    assert (drill.folder / "fire-list.pdf").exists()
    assert drill.prints_written_down() == []


def test_the_whole_page_works_from_the_keyboard_and_shows_where_it_stands(drill: Drill) -> None:
    drill.arrives("Sean O'Brien")
    drill.opens()
    ring = drill.view.findChild(FocusRing)
    assert ring is not None
    passed: list[object] = []
    for _ in range(12):
        now = QApplication.focusWidget()
        if now in passed:
            break
        passed.append(now)
        assert now in (drill.view.rows, drill.view.drill) or ring.isVisible()
        drill.presses(Qt.Key.Key_Tab)
    wanted = {drill.view.rows, drill.view.fire, drill.view.drill, drill.view.print, drill.view.hide_found}
    assert wanted | {drill.view.back} <= set(passed)


def test_a_name_that_looks_like_markup_is_shown_as_it_is_written(drill: Drill) -> None:
    drill.arrives(CANARY)
    drill.opens()
    assert drill.names() == [CANARY]
    assert rich_text_labels(drill.view) == []
    index = drill.view.rows.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.ToolTipRole).startswith("<span>&lt;b&gt;")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(CANARY)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=lambda scheme: scheme.value)
@pytest.mark.parametrize("size", [(1366, 698), (911, 442), (1280, 650), (820, 388)], ids=str)
def test_it_fits_and_looks_right(drill: Drill, size: tuple[int, int], scheme: Scheme) -> None:
    theme.current().use(scheme)
    _a_full_school(drill)
    drill.view.resize(*size)
    drill.opens()
    drill.presenter.use_copy(True, "Fire list saved at 10:21")
    drill.presses(Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert text_fits(drill.view) == []
    assert unnamed_controls(drill.view) == []
    assert primary_buttons(drill.view) == ["Print"]
    name = f"fire-list-{size[0]}x{size[1]}-{scheme.value}"
    save(drill.view, name)
    QTest.mouseClick(drill.view.lockdown, Qt.MouseButton.LeftButton)
    QTest.mouseClick(drill.view.drill, Qt.MouseButton.LeftButton)
    drill.presses(Qt.Key.Key_Escape)
    drill.presenter.use_locked(True)
    drill.view.rows.verticalScrollBar().setValue(10_000)
    QApplication.processEvents()
    assert text_fits(drill.view) == []
    assert (drill.view.width(), drill.view.height()) == size, "it needs more room than there is"
    save(drill.view, f"{name}-lockdown")


def test_it_fits_at_the_largest_text(drill: Drill) -> None:
    theme.current().use(Scheme.LIGHT, 1.3)
    _a_full_school(drill)
    drill.opens()
    QApplication.processEvents()
    assert text_fits(drill.view) == []
    save(drill.view, "fire-list-large-text")


def test_an_empty_list_looks_right(drill: Drill) -> None:
    drill.opens()
    QApplication.processEvents()
    assert text_fits(drill.view) == []
    save(drill.view, "fire-list-empty")


def _a_full_school(drill: Drill) -> None:
    """A day with everything on it: yesterday's open visit, a draft, somebody just gone."""
    world = drill.world
    drill.arrives("Tom Yesterday")
    world.clock.move(days=1)
    create_visit(world, create_worker(world, "Femi Okoro", team="Early Help Team 1"))
    gone = drill.arrives("Pat Field")
    for name, where, needs in (
        ("Maria Lindqvist", "Room 9", True),
        ("Joel Abara", "Room 4", True),
        ("Harpreet Gill", "Meeting room 2", False),
        ("ધ્રુવ પટેલ", "Library", False),
        ("Wilhelmina Featherstonehaugh-Cholmondeley Beresford", "The small room behind the hall", False),
        ("தமிழ்ச்செல்வி", "", False),
        (CANARY, "Hall", False),
    ):
        drill.arrives(name, where=where, needs=needs, how_many=2 if name == "Harpreet Gill" else 1)
    world.clock.move(minutes=3)
    with world.register.write() as session:
        arrivals.sign_out(session, gone.id, by=world.reception, at=world.clock())
        drafts.keep(session, Arrival(place="Reception"), "H194360", at=world.clock())
