"""The page "Test my scanner": what arrives is measured, explained and set; nothing of it reaches the desk."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, World
from tests.gui.keyboard import Clock, Heard, Person, Scanner, StillTimer, wedge
from tests.gui.pictures import save
from tests.gui.settings_screen import shown
from tests.gui.walkers import text_fits
from visitor_register import settings
from visitor_register.domain import codes
from visitor_register.domain.codes import CodeKind
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.settings.code_pictures import CodePicture
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.scanner_report import TEST_CODE, TEST_SIGNS, TEST_SQUARE, Keystroke, report
from visitor_register.gui.settings.scanner_section import ScannerSection
from visitor_register.gui.theme import Theme


class Bench:
    """The page with a scanner in front of it, and the filter that would take the scan away."""

    def __init__(self, qtbot: QtBot, world: World, clock: Clock, heard: Heard) -> None:
        self.qtbot, self.clock, self.heard = qtbot, clock, heard
        self.folder = world.register.folder
        self.crashes: list[BaseException] = []
        self.jobs = JobRunner(world.register.read, world.register.write, self.crashes.append)
        desk = Desk(self.jobs, world.reception, now=world.clock)
        presenter = SettingsPresenter(desk, ThisPc(self.folder), world.register, find_cameras=list, cost=CHEAP)
        self.presenter = presenter
        self.view = shown(qtbot, presenter, printers=list, scanner_clock=clock, scanner_timer=StillTimer(clock))
        qtbot.waitUntil(lambda: self.jobs.pending == 0)
        self.view.list.setFocus()
        QTest.keyClick(self.view.list, Qt.Key.Key_Down)
        # Past the filter, which would hold Return back for a moment of its own clock.
        self.view._enter("scanner")
        qtbot.waitUntil(lambda: self.jobs.pending == 0)

    @property
    def page(self) -> ScannerSection:
        page = self.view.current
        assert isinstance(page, ScannerSection)
        return page

    def scans(self, code: str, end: str = "\r", *, between: float = 0.002) -> None:
        """Scan, and wait until the page is sure that it was all."""
        Scanner(self.clock, between=between).sends(code, end)
        self.clock.wait(1)

    def fact(self, name: str) -> str:
        return self.page.facts[name].text()

    def number(self, name: str) -> str:
        return self.page.form()[name]


@pytest.fixture
def bench(qtbot: QtBot, world: World) -> Iterator[Bench]:
    clock = Clock()
    with wedge(clock) as sieve:
        made = Bench(qtbot, world, clock, Heard(sieve))
        yield made
        made.jobs.close()
    assert not made.crashes


def test_a_scan_is_measured_and_reaches_nothing_else(bench: Bench) -> None:
    assert QApplication.focusWidget() is bench.page.box
    bench.scans(TEST_CODE, "\r\n")
    assert bench.fact("text") == TEST_CODE
    assert bench.fact("prefix") == "nothing"
    assert bench.fact("ending") == "Return, Enter"
    assert bench.fact("length") == "12"
    assert bench.fact("speed") == "2 ms, at most 2 ms"
    assert "as they should" in bench.page.note.accessibleName()
    assert bench.heard.scans == []


def test_a_prefix_and_slower_keys_are_proposed_and_kept(bench: Bench) -> None:
    bench.scans("%" + TEST_CODE, "\t", between=0.015)
    assert bench.fact("prefix") == "%"
    assert bench.fact("ending") == "Tab"
    assert (bench.number("hold"), bench.number("prefix")) == ("70", "%")
    bench.page.save_button.click()
    kept = settings.load(bench.folder)
    assert (kept.burst_gap_ms, kept.quiet_ms, kept.scanner_prefix) == (70, 600, "%")
    assert bench.view.unsaved() == []
    bench.page.box.clearFocus()
    bench.clock.wait(1)


def test_without_an_ending_it_says_nothing_ends_it(bench: Bench) -> None:
    bench.scans(TEST_CODE, "")
    assert bench.fact("ending") == "nothing"


def test_a_foreign_badge_asks_for_the_test_code(bench: Bench) -> None:
    bench.scans("H194359")
    assert bench.fact("text") == "H194359"
    assert "Scan the test code" in bench.page.note.accessibleName()
    assert bench.number("prefix") == ""


@pytest.mark.parametrize(
    ("arrived", "words"),
    [
        (TEST_CODE.replace("Y", "#").replace("Z", "Y").replace("#", "Z"), "layout swaps characters"),
        (TEST_CODE.lower(), "Capitals arrive as small letters"),
        (f'{TEST_CODE}"@#', "layout swaps signs"),
        (f'{TEST_CODE}@"£', "layout swaps signs"),
    ],
    ids=["German", "Caps Lock", "US", "UK number sign"],
)
def test_a_layout_that_swaps_characters_is_said_plainly(bench: Bench, arrived: str, words: str) -> None:
    bench.scans(arrived)
    assert words in bench.page.note.accessibleName()


def test_the_square_code_with_its_signs_is_right(bench: Bench) -> None:
    bench.scans(TEST_SQUARE)
    assert "as they should" in bench.page.note.accessibleName()


def test_typing_by_hand_proposes_nothing(bench: Bench) -> None:
    Person(bench.clock).types("VRTEST")
    bench.clock.wait(1)
    assert "typed by hand" in bench.page.note.accessibleName()
    assert bench.number("hold") == "40"


def test_a_scanner_that_pauses_is_told_from_a_fast_one(bench: Bench) -> None:
    bench.scans(TEST_CODE, between=0.035)
    assert "pauses between characters" in bench.page.note.accessibleName()
    assert bench.number("hold") == "100"


def test_numbers_that_would_break_typing_are_refused(bench: Bench) -> None:
    page = bench.page
    page.controls["hold"].setFocus()
    page.controls["hold"].setText("900")  # type: ignore[attr-defined]
    page.save_button.click()
    assert page.fields["hold"].error() == "Write a number from 20 to 100."
    assert settings.load(bench.folder).burst_gap_ms == 40


def test_nobody_is_caught_in_the_box(bench: Bench) -> None:
    Person(bench.clock).presses(Qt.Key.Key_Tab, "\t")
    bench.clock.wait(1)
    assert QApplication.focusWidget() is not bench.page.box
    bench.page.box.setFocus()
    bench.scans(TEST_CODE)
    assert bench.fact("text") == TEST_CODE


def test_on_another_page_a_scan_belongs_to_the_desk_again(bench: Bench) -> None:
    bench.view.open("pc")
    bench.view.list.setFocus()
    bench.scans("H194359")
    assert bench.heard.scans == ["H194359"]


def test_the_test_code_is_sound_and_looks_like_ours() -> None:
    assert codes.is_sound(TEST_CODE)
    assert codes.classify(TEST_CODE).kind is CodeKind.PASS
    assert TEST_SQUARE.endswith(TEST_SIGNS)


def test_no_text_is_no_report() -> None:
    assert report([Keystroke("\r", 0.0)]) is None


@pytest.mark.parametrize("square", [False, True])
def test_the_codes_on_the_screen_can_be_read(qtbot: QtBot, every_look: Theme, square: bool) -> None:
    import zxingcpp

    text = TEST_SQUARE if square else TEST_CODE
    picture = CodePicture(text, "Test code", square=square)
    qtbot.addWidget(picture)
    picture.resize(picture.sizeHint())
    shown = picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    dots = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), shown.bytesPerLine())
    dots = cv2.copyMakeBorder(dots[:, : shown.width()], 20, 20, 20, 20, cv2.BORDER_CONSTANT, value=30)
    assert [found.text for found in zxingcpp.read_barcodes(dots)] == [text]


def test_the_page_with_a_finding_fits(bench: Bench, every_look: Theme) -> None:
    bench.scans("%" + TEST_CODE.replace("Y", "Z"))
    QApplication.processEvents()
    assert text_fits(bench.view) == []
    save(bench.view, f"scanner-{'dark' if every_look.dark else 'light'}-{round(every_look.factor * 100)}")
