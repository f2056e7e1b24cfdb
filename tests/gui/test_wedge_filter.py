"""The application's key filter, driven with real key events and a clock that the test moves."""

from collections.abc import Iterator
from random import Random

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.keyboard import Clock, Heard, Person, Scanner, key_of, wedge
from visitor_register.gui.wedge_filter import WedgeFilter
from visitor_register.scanning.wedge import WedgeSettings

# The offscreen platform says so whenever a window is shown; it means nothing.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Form(QWidget):
    """Two fields and a button that counts how often it was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.team = QLineEdit()
        self.button = QPushButton("Sign in")
        self.signed_in = 0
        layout = QVBoxLayout(self)
        for widget in (self.name, self.team, self.button):
            layout.addWidget(widget)
        self.name.returnPressed.connect(self._sign_in)
        self.button.clicked.connect(self._sign_in)

    def _sign_in(self) -> None:
        self.signed_in += 1


class Desk:
    """A form with a filter, a person and a scanner."""

    def __init__(self, form: Form, clock: Clock, sieve: WedgeFilter) -> None:
        self.form = form
        self.clock = clock
        self.sieve = sieve
        self.heard = Heard(sieve)
        self.person = Person(clock)
        self.scanner = Scanner(clock)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    clock = Clock()
    form = Form()
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is form.windowHandle())
    form.name.setFocus()
    with wedge(clock) as sieve:
        yield Desk(form, clock, sieve)


def test_a_person_types_into_the_field(desk: Desk) -> None:
    desk.person.types("Priya Patel 9")
    assert desk.form.name.text() == "Priya Patel 9"
    assert desk.heard.scans == []


@pytest.mark.parametrize("end", ["\r", "\n", "\t", "", "\r\n", "\r\r", "\n\n", "\t\t", "\r\t"])
def test_a_scan_goes_to_the_scan_path_only(desk: Desk, end: str) -> None:
    desk.person.types("Pri")
    desk.scanner.sends("S1234567A", end=end)
    assert desk.heard.scans == ["S1234567A"]
    assert (desk.form.name.text(), desk.form.signed_in, desk.form.name.hasFocus()) == ("Pri", 0, True)


def test_two_scans_in_a_row_are_two(desk: Desk) -> None:
    for end in ("\r", "\r\n", ""):
        desk.heard.scans.clear()
        desk.scanner.sends("S1234567A", end=end)
        desk.scanner.sends("S7654321B", end=end)
        assert desk.heard.scans == ["S1234567A", "S7654321B"]


def test_a_return_soon_after_a_scan_signs_nobody_in_and_a_later_one_does(desk: Desk) -> None:
    desk.scanner.sends("S1234567A", end="\r")
    desk.person.presses(Qt.Key.Key_Return, "\r")
    assert desk.form.signed_in == 0
    desk.clock.wait(0.6)
    desk.person.presses(Qt.Key.Key_Return, "\r")
    assert desk.form.signed_in == 1


def test_a_persons_return_comes_after_what_was_typed_before_it(desk: Desk) -> None:
    seen: list[str] = []
    desk.form.name.returnPressed.connect(lambda: seen.append(desk.form.name.text()))
    desk.person.strikes(Qt.Key.Key_A, "a")
    desk.person.strikes(Qt.Key.Key_Return, "\r")
    desk.clock.wait(0.04)
    assert seen == ["a"]


def test_rolling_over_three_keys_at_once_keeps_them_in_order(desk: Desk) -> None:
    for sign in "the":
        desk.person.strikes(Qt.Key(ord(sign.upper())), sign)
    desk.clock.wait(0.04)
    assert desk.form.name.text() == "the"


def test_backspace_takes_the_letter_typed_just_before_it(desk: Desk) -> None:
    desk.person.strikes(Qt.Key.Key_A, "a")
    desk.person.strikes(Qt.Key.Key_B, "b")
    desk.person.strikes(Qt.Key.Key_Backspace)
    assert desk.form.name.text() == "a"


def test_keys_with_control_are_never_held(desk: Desk) -> None:
    desk.person.types("word")
    desk.person.strikes(Qt.Key.Key_A, "", Qt.KeyboardModifier.ControlModifier)
    assert desk.form.name.selectedText() == "word"


def test_a_shortcut_comes_after_the_letters_typed_before_it(desk: Desk) -> None:
    seen: list[str] = []
    shortcut = QShortcut(QKeySequence("Ctrl+R"), desk.form)
    shortcut.activated.connect(lambda: seen.append(desk.form.name.text()))
    desk.person.strikes(Qt.Key.Key_A, "a")
    desk.person.strikes(Qt.Key.Key_R, "", Qt.KeyboardModifier.ControlModifier)
    assert seen == ["a"]


def test_a_scanner_that_types_control_keys_in_a_code_fires_no_shortcut(desk: Desk) -> None:
    fired: list[str] = []
    for keys in ("Ctrl+R", "F9", "Esc", "Ctrl+J"):
        shortcut = QShortcut(QKeySequence(keys), desk.form)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    for sign in "S123":
        desk.scanner.character(sign)
    desk.scanner.presses(Qt.Key.Key_R, "\x12", Qt.KeyboardModifier.ControlModifier)
    desk.scanner.presses(Qt.Key.Key_F9)
    desk.scanner.presses(Qt.Key.Key_Escape, "\x1b")
    desk.scanner.sends("4567", end="\r")
    desk.scanner.presses(Qt.Key.Key_J, "\n", Qt.KeyboardModifier.ControlModifier)
    assert (fired, desk.heard.scans) == ([], ["S1234567"])
    desk.clock.wait(0.6)
    desk.person.presses(Qt.Key.Key_J, "\n", Qt.KeyboardModifier.ControlModifier)
    assert fired == ["Ctrl+J"]


def test_capitals_survive_the_shift_keys_between_them(desk: Desk) -> None:
    for sign in "AbCdE":
        if sign.isupper():
            desk.scanner.strikes(Qt.Key.Key_Shift)
        desk.scanner.character(sign)
    desk.clock.wait(0.1)
    assert desk.heard.scans == ["AbCdE"]


def test_a_key_held_down_repeats_in_the_field(desk: Desk) -> None:
    window = QGuiApplication.focusWindow()
    assert window is not None
    desk.person.strikes(Qt.Key.Key_X, "x")
    for _ in range(9):
        repeat = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, text="x", autorep=True, count=1
        )
        QApplication.sendEvent(window, repeat)
    assert desk.form.name.text() == "x" * 10
    assert desk.heard.scans == []


def test_an_input_method_is_never_held(desk: Desk) -> None:
    desk.person.strikes(Qt.Key.Key_A, "a")
    composed = QInputMethodEvent()
    composed.setCommitString("ż")
    QApplication.sendEvent(desk.form.name, composed)
    assert desk.form.name.text() == "aż"


def test_a_click_elsewhere_does_not_take_the_letters_along(desk: Desk) -> None:
    desk.person.strikes(Qt.Key.Key_A, "a")
    field = desk.form.team
    place = field.mapTo(desk.form, field.rect().center())
    QTest.mouseClick(desk.form.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    desk.clock.wait(0.1)
    assert (desk.form.name.text(), desk.form.team.text()) == ("a", "")


def test_tab_moves_on_and_the_next_letter_follows(desk: Desk) -> None:
    desk.person.strikes(Qt.Key.Key_Tab, "\t")
    desk.person.strikes(Qt.Key.Key_A, "a")
    desk.clock.wait(0.1)
    assert (desk.form.name.text(), desk.form.team.text()) == ("", "a")


def test_space_presses_a_button_and_lets_it_go(desk: Desk) -> None:
    desk.form.button.setFocus()
    desk.person.types(" ")
    assert (desk.form.signed_in, desk.form.button.isDown()) == (1, False)


def test_a_held_key_may_open_a_dialog_in_which_scanning_goes_on(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk.form)
    field = QLineEdit(dialog)

    def ask() -> None:
        dialog.open()
        qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
        field.setFocus()
        desk.scanner.sends("S1234567A", end="\r\r")
        desk.person.types("no")

    desk.form.name.returnPressed.connect(ask)
    desk.person.presses(Qt.Key.Key_Return, "\r")
    assert (desk.heard.scans, field.text(), dialog.isVisible()) == (["S1234567A"], "no", True)
    dialog.close()


def test_a_window_that_closes_while_a_key_is_held_breaks_nothing(desk: Desk, qtbot: QtBot) -> None:
    desk.person.strikes(Qt.Key.Key_A, "a")
    desk.form.name.setParent(None)
    desk.form.name.deleteLater()
    desk.clock.wait(0.1)
    assert desk.heard.scans == []


def test_the_lamp_says_when_another_program_has_the_keys(desk: Desk) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk.person.strikes(Qt.Key.Key_A, "a")
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert (desk.heard.elsewhere, desk.form.name.text()) == ([True, False], "a")


def test_the_numbers_can_be_changed(desk: Desk) -> None:
    slow = Scanner(desk.clock, between=0.03)
    slow.sends("S1234567A", end="")
    assert desk.heard.scans == []
    desk.form.name.clear()
    desk.sieve.use(WedgeSettings(hold=0.15, prefix="S"))
    slow.sends("S1234567A", end="\r")
    desk.clock.wait(0.2)
    assert (desk.heard.scans, desk.form.name.text()) == (["1234567A"], "")


CONTROLS = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff"]


def test_ten_thousand_odd_codes_fire_no_shortcut_and_leave_the_focus(desk: Desk) -> None:
    fired: list[str] = []
    for keys in ("Return", "Tab", "F5", "Esc", "Ctrl+P", "Ctrl+J", "Alt+S", "S", "1", "/", "Space", "Del"):
        shortcut = QShortcut(QKeySequence(keys), desk.form)
        shortcut.activated.connect(lambda keys=keys: fired.append(keys))
    random = Random(5)
    letters = [*map(chr, range(0x20, 0x7F)), *"£éßłЖ中"]
    for _ in range(10_000):
        code = random.choices(letters, k=4) + random.choices([*letters, *CONTROLS], k=random.randint(0, 5))
        random.shuffle(code)
        for sign in code:
            desk.scanner.strikes(*_as_a_scanner_types(sign))
        desk.clock.wait(0.7)
    assert fired == []
    assert (desk.form.name.hasFocus(), desk.form.name.text(), desk.form.signed_in) == (True, "", 0)
    assert all(scan.isprintable() and len(scan) <= 512 for scan in desk.heard.scans)


def test_a_flood_in_one_code_is_cut(desk: Desk) -> None:
    for sign in "7" * 7089:
        desk.scanner.strikes(*_as_a_scanner_types(sign))
    desk.clock.wait(0.1)
    assert [len(scan) for scan in desk.heard.scans] == [512]
    assert desk.form.name.text() == ""


def _as_a_scanner_types(sign: str) -> tuple[Qt.Key, str]:
    return key_of(sign), sign
