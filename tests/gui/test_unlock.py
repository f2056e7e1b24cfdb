"""Signing in and unlocking: names, passwords, and what a scanner may not do here."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, NOW, PASSWORD, World
from tests.gui.keyboard import Clock as KeyClock
from tests.gui.keyboard import Heard, Person, Scanner, wedge
from tests.gui.pictures import save
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import RegisterInUseError
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.theme import Theme
from visitor_register.gui.unlock.known_keys import TRIES, KnownKeys
from visitor_register.gui.unlock.person_rows import initials
from visitor_register.gui.unlock.proof_card import ProofCard
from visitor_register.gui.unlock.sign_in_presenter import SignInPresenter
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence import slots
from visitor_register.persistence.keyring import Keys
from visitor_register.persistence.register import Register


@functools.cache
def held(pin: str) -> bytes:
    """What a PIN is held against."""
    keeper = {"id": "x", "role": "reception"}
    slot = slots.make("x", "", "reception", PASSWORD, Keys(*[bytes(32)] * 3), CHEAP, sees=False) | keeper
    found = slots.set_pin(slot, PASSWORD, pin)
    assert found is not None
    return found


class Door:
    """The screen before the register, and what a person can do at it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot, self.world = qtbot, world
        self.tried: list[tuple[str, str]] = []
        self.opened: list[tuple[Operator, Any]] = []
        self.crashes: list[BaseException] = []
        self.raises: Exception | None = None
        self.known = KnownKeys()
        self.presenter = SignInPresenter(self._attempt, self.crashes.append, known=self.known)
        self.presenter.opened.connect(self._open)
        self.view = SignInView(self.presenter, school="Elmbrook Primary School")
        qtbot.addWidget(self.view)
        self.view.resize(1366, 698)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.presenter.start(world.register.keyring.people())
        self.view.focus_first()

    def _attempt(self, who: Operator, password: str) -> Keys:
        self.tried.append((who.name, password))
        if self.raises is not None:
            raise self.raises
        return self.world.register.keyring.open(who.id, password)

    def _open(self, who: Operator, result: Any) -> None:
        self.opened.append((who, result))

    def locks(self, why: str = "", drafts: int = 0) -> None:
        self.presenter.lock(self.world.register.keyring.people(), at=NOW, why=why, drafts=drafts)

    def has_pin(self, pin: str = "481526") -> None:
        """Joan Mensah gave her password since the program started, and has a PIN."""
        keys = self.world.register.keyring.open(self.world.reception.id, PASSWORD)
        self.known.keep(self.world.reception, replace(keys, pin=held(pin)))

    def tries(self, pin: str) -> None:
        """Type six digits and wait until they were tried."""
        self.card.take_keyboard()
        self.types(pin)
        self.qtbot.waitUntil(lambda: not self.card.pin.isReadOnly())

    @property
    def card(self) -> ProofCard:
        return self.view.card

    def presses(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)

    def chooses(self, name: str) -> None:
        row = next(row for row in self.view.people.rows if row.operator.name == name)
        self.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)

    def types(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def door(qtbot: QtBot, world: World) -> Iterator[Door]:
    made = Door(qtbot, world)
    yield made
    made.presenter.close()
    assert not made.crashes


def test_nobody_is_chosen_before_a_person_chooses(door: Door) -> None:
    assert door.presenter.chosen is None
    assert not any(row.isChecked() for row in door.view.people.rows)
    assert not door.view.password.isVisible()
    assert QApplication.focusWidget() is door.view.people.rows[0]


def test_arrow_keys_choose_and_the_password_lets_in(door: Door) -> None:
    door.presses(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert door.presenter.chosen == door.world.dsl
    door.presses(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is door.view.password.edit
    door.types(PASSWORD)
    door.presses(Qt.Key.Key_Return)
    door.qtbot.waitUntil(lambda: bool(door.opened))
    who, keys = door.opened[0]
    assert door.view.password.text() == "", "no password stays in the field"
    assert who == door.world.dsl
    assert keys.dsl is not None


def test_a_wrong_password_says_so_and_can_be_typed_again(door: Door) -> None:
    door.chooses("Joan Mensah")
    door.types("something else")
    door.qtbot.mouseClick(door.view.sign_in, Qt.MouseButton.LeftButton)
    door.qtbot.waitUntil(lambda: door.view.password.field.error() == "That password is not right. Try again.")
    assert QApplication.focusWidget() is door.view.password.edit
    door.types(PASSWORD)
    door.presses(Qt.Key.Key_Return)
    door.qtbot.waitUntil(lambda: bool(door.opened))
    assert door.opened[0][1].dsl is None
    assert door.view.password.field.error() == ""


def test_an_empty_password_is_not_tried(door: Door) -> None:
    door.chooses("Joan Mensah")
    door.presses(Qt.Key.Key_Return)
    assert door.view.password.field.error() == "Type your password."
    assert door.tried == []


def test_choosing_somebody_else_forgets_what_was_typed(door: Door) -> None:
    door.chooses("Joan Mensah")
    door.types(PASSWORD)
    door.chooses("Nadia Shah")
    assert door.view.password.text() == ""


@pytest.mark.parametrize("shown", [True, False])
def test_nobody_brings_a_forgotten_password_back(door: Door, shown: bool) -> None:
    """Undo is off while a password is hidden, and on again for whoever opens the eye."""
    door.chooses("Joan Mensah")
    field = door.card.password
    if shown:
        field.eye.click()
    field.edit.setFocus()
    door.types("plain words")
    assert field.text() == "plain words"
    door.chooses("Nadia Shah")
    field.eye.click()
    QTest.keyClick(field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert field.text() == ""


def test_a_register_that_is_open_elsewhere_is_explained(qtbot: QtBot, door: Door) -> None:
    door.raises = RegisterInUseError("The register is open already, for Joan. Close it there first.")
    door.chooses("Joan Mensah")
    door.types(PASSWORD)
    door.presses(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "open already" in door.view.card.trouble.accessibleName())


def test_a_scan_is_never_a_password_attempt(door: Door) -> None:
    clock = KeyClock()
    with wedge(clock) as sieve:
        heard = Heard(sieve)
        person, scanner = Person(clock), Scanner(clock)
        door.chooses("Joan Mensah")
        person.types("thr")
        scanner.sends("H194359", end="\r\r")
        assert heard.scans == ["H194359"]
        assert door.view.password.text() == "thr"
        assert door.tried == []
        door.presenter.scan_kept()
        assert "A badge was scanned" in door.view.card.lines.text()
        assert "H194359" not in door.view.card.lines.text()
        clock.wait(1)
        person.types(PASSWORD[3:])
        person.presses(Qt.Key.Key_Return, "\r")
        clock.wait(1)
        door.qtbot.waitUntil(lambda: bool(door.opened))
    assert door.tried == [("Joan Mensah", PASSWORD)]


def test_a_scan_over_the_names_chooses_nobody(door: Door) -> None:
    clock = KeyClock()
    with wedge(clock) as sieve:
        heard = Heard(sieve)
        Scanner(clock).sends("VR0 TEST 19", end="\r\n")
        assert heard.scans == ["VR0 TEST 19"]
    assert door.presenter.chosen is None
    assert door.tried == []


def test_the_fire_list_needs_no_password(door: Door, qtbot: QtBot) -> None:
    with qtbot.waitSignal(door.view.fire_list_wanted):
        door.presses(Qt.Key.Key_F9)
    door.chooses("Joan Mensah")
    with qtbot.waitSignal(door.view.fire_list_wanted):
        qtbot.mouseClick(door.view.fire_list, Qt.MouseButton.LeftButton)
    assert door.tried == []


def test_locked_says_when_and_what_waits(door: Door) -> None:
    door.locks(drafts=1)
    assert door.view.card.title.text() == "Locked"
    assert door.view.card.lines.text() == "Locked at 10:24. Nothing was lost: 1 draft is waiting for you."
    assert door.view.sign_in.text() == "Unlock"
    door.chooses("Joan Mensah")
    door.types(PASSWORD)
    door.presses(Qt.Key.Key_Return)
    door.qtbot.waitUntil(lambda: bool(door.opened))
    assert door.opened[0][0] == door.world.reception


def test_the_start_opens_the_register_itself(qtbot: QtBot, world: World, tmp_path: Path) -> None:
    world.register.close()
    crashes: list[BaseException] = []
    presenter = SignInPresenter(lambda who, word: Register.open(tmp_path / "register", who, word), crashes.append)
    presenter.start([world.dsl, world.reception])
    presenter.choose(world.dsl)
    with qtbot.waitSignal(presenter.opened) as opened:
        presenter.sign_in(PASSWORD)
    world.register = opened.args[1]
    assert world.register.dsl is not None
    presenter.close()
    assert not crashes


# ---- the PIN


def test_six_digits_unlock_by_themselves(door: Door) -> None:
    door.has_pin()
    door.locks()
    door.chooses("Joan Mensah")
    assert door.card.question.text() == "Joan Mensah, your six-digit PIN"
    assert QApplication.focusWidget() is door.card.pin
    assert door.card.password.isHidden()
    door.types("481526")
    door.qtbot.waitUntil(lambda: bool(door.opened))
    assert door.opened[0][0] == door.world.reception
    assert door.tried == [], "no password was tried"
    assert door.card.pin.text() == "", "no PIN stays in the field"


def test_wrong_pins_are_counted_and_after_five_only_the_password_helps(door: Door) -> None:
    door.has_pin()
    door.locks()
    door.chooses("Joan Mensah")
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        door.tries("111222")
        assert door.card.pin_field.error() == f"That PIN is not right. {left} left."
        assert door.card.pin.text() == ""
        assert QApplication.focusWidget() is door.card.pin
    door.tries("111222")
    assert "It is off until you give your password." in door.card.password.field.error()
    assert QApplication.focusWidget() is door.card.password.edit
    assert door.card.other_way.isHidden()
    door.types(PASSWORD)
    door.presses(Qt.Key.Key_Return)
    door.qtbot.waitUntil(lambda: bool(door.opened))


def test_f2_asks_for_the_password_and_for_the_pin_again(door: Door) -> None:
    door.has_pin()
    door.locks()
    door.chooses("Joan Mensah")
    door.types("48")
    door.presses(Qt.Key.Key_F2)
    assert QApplication.focusWidget() is door.card.password.edit
    assert door.card.other_way.text() == "Use PIN"
    door.presses(Qt.Key.Key_F2)
    assert QApplication.focusWidget() is door.card.pin
    assert door.card.pin.text() == ""
    door.chooses("Nadia Shah")
    assert door.card.other_way.isHidden(), "she did not give her password yet"
    assert QApplication.focusWidget() is door.card.password.edit


def test_at_the_start_of_the_program_no_pin_helps(door: Door) -> None:
    door.chooses("Joan Mensah")
    assert not door.card.password.isHidden()
    assert door.card.other_way.isHidden()


def test_a_pin_is_typed_in_digits_and_never_pasted(door: Door) -> None:
    door.has_pin()
    door.locks()
    door.chooses("Joan Mensah")
    QApplication.clipboard().setText("481526")
    pin = door.card.pin
    QTest.keyClick(pin, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pin, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(pin, Qt.MouseButton.MiddleButton)
    QApplication.sendEvent(pin, _commits("481526"))
    QApplication.clipboard().clear()
    assert pin.text() == ""
    door.types("a4x8 ")
    three = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "\N{ARABIC-INDIC DIGIT THREE}"
    )
    QApplication.sendEvent(pin, three)
    assert pin.text() == "48"
    QApplication.sendEvent(pin, _commits("1"))
    door.presses(Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Home)
    door.types("1")
    assert pin.text() == "481"
    door.presses(Qt.Key.Key_Return)
    assert door.card.pin_field.error() == "Type all six digits."
    assert pin.text() == "481", "what was typed is not lost"
    assert door.known.tries_left(door.world.reception.id) == TRIES, "it was no try"
    assert pin.echoMode() is QLineEdit.EchoMode.Password
    assert door.opened == []


def _commits(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def test_a_scan_of_six_digits_is_no_pin(door: Door) -> None:
    door.has_pin()
    door.locks()
    clock = KeyClock()
    with wedge(clock) as sieve:
        heard = Heard(sieve)
        person, scanner = Person(clock), Scanner(clock)
        door.chooses("Joan Mensah")
        scanner.sends("481526", end="\r\n")
        scanner.sends("111222", end="\r")
        assert heard.scans == ["481526", "111222"]
        assert door.card.pin.text() == ""
        assert door.known.tries_left(door.world.reception.id) == TRIES
        assert door.opened == []
        clock.wait(1)
        person.types("481526")
        door.qtbot.waitUntil(lambda: bool(door.opened))


# ---- another at the desk


def test_nobody_needs_to_take_over(door: Door, qtbot: QtBot) -> None:
    people = door.world.register.keyring.people()
    door.presenter.switch(people, door.world.reception)
    assert door.card.title.text() == "Take over the desk"
    assert door.card.lines.text().startswith("Joan Mensah is at the desk.")
    door.chooses("Nadia Shah")
    door.types("three")
    with qtbot.waitSignal(door.presenter.left):
        door.presses(Qt.Key.Key_Escape)
    assert door.card.password.text() == ""
    door.locks()
    door.presenter.leave()
    assert door.card.title.text() == "Locked", "a locked desk is not left"
    assert door.card.back.isHidden()


def test_an_answer_that_comes_after_going_back_lets_nobody_in(door: Door) -> None:
    people = door.world.register.keyring.people()
    door.presenter.switch(people, door.world.reception)
    door.presenter.choose(door.world.dsl)
    door.presenter.sign_in(PASSWORD)
    door.presenter.leave()
    door.presenter.choose(door.world.reception)
    door.presenter.sign_in("wrong words")
    door.qtbot.waitUntil(lambda: door.card.password.field.error() != "")
    assert door.opened == []


def test_the_way_to_the_recovery_code_is_shown_where_somebody_listens(qtbot: QtBot, door: Door) -> None:
    assert door.card.recovery.isHidden()
    view = SignInView(door.presenter, offers_recovery=True)
    qtbot.addWidget(view)
    assert not view.card.recovery.isHidden()
    with qtbot.waitSignal(view.recovery_wanted):
        view.card.recovery.click()


def test_initials_are_at_most_two_letters() -> None:
    assert [initials(name) for name in ("Joan Mensah", "Åsa", "Mary-Ann van der Berg", "")] == ["JM", "Å", "MB", ""]


@pytest.mark.parametrize("size", [(1366, 698), (1280, 650), (1024, 600), (911, 442)], ids=str)
def test_everything_fits_and_has_a_name(door: Door, every_look: Theme, size: tuple[int, int]) -> None:
    people = [
        door.world.reception,
        Operator(door.world.dsl.id, "Priya Anand", Role.OFFICE),
        door.world.dsl,
        Operator(door.world.reception.id, "Kwame Bello", Role.HEAD),
        Operator(door.world.dsl.id, "Anastasia Featherstonehaugh-Cholmondeley", Role.AUDITOR),
    ]
    shade = f"{size[0]}-{'dark' if every_look.dark else 'light'}-{round(every_look.factor * 100)}"
    door.view.resize(*size)
    door.view.set_layout_class(layout_class(*size, every_look.factor))
    for name in STATES:
        door.known.forget(door.world.reception.id)
        STATES[name](door, people)
        QApplication.processEvents()
        assert text_fits(door.view) == [], name
        assert unnamed_controls(door.view) == []
        assert rich_text_labels(door.view) == []
        assert len(primary_buttons(door.view)) <= 1
        save(door.view, f"unlock-{name}-{shade}")


def _start(door: Door, people: list[Operator]) -> None:
    door.presenter.start(people)


def _locked(door: Door, people: list[Operator]) -> None:
    door.presenter.lock(people, at=NOW, why=" after 4 minutes without use", drafts=1)
    door.chooses("Joan Mensah")
    door.types("three")


def _wrong(door: Door, people: list[Operator]) -> None:
    _locked(door, people)
    door.presenter.refused.emit("That password is not right. Try again.")


def _pin(door: Door, people: list[Operator]) -> None:
    door.has_pin()
    _locked(door, people)
    door.types("481")


def _pin_wrong(door: Door, people: list[Operator]) -> None:
    _pin(door, people)
    door.presenter.refused.emit("That PIN is not right. 2 tries left.")


def _five_wrong(door: Door, people: list[Operator]) -> None:
    door.has_pin()
    _locked(door, people)
    for _ in range(TRIES):
        door.tries("000111")


def _switch(door: Door, people: list[Operator]) -> None:
    door.has_pin()
    door.presenter.switch(people, people[2])
    door.presenter.scan_kept()
    door.chooses("Joan Mensah")


STATES: dict[str, Callable[[Door, list[Operator]], None]] = {
    "start": _start,
    "locked": _locked,
    "wrong": _wrong,
    "pin": _pin,
    "pin-wrong": _pin_wrong,
    "five-wrong": _five_wrong,
    "switch": _switch,
}
