"""Signing in and unlocking: names, passwords, and what a scanner may not do here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import NOW, PASSWORD, World
from tests.gui.keyboard import Clock as KeyClock
from tests.gui.keyboard import Heard, Person, Scanner, wedge
from tests.gui.pictures import save
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import RegisterInUseError
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.theme import Theme
from visitor_register.gui.unlock.known_keys import KnownKeys
from visitor_register.gui.unlock.person_rows import initials
from visitor_register.gui.unlock.sign_in_presenter import SignInPresenter
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence.keyring import Keys
from visitor_register.persistence.register import Register


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


def test_initials_are_at_most_two_letters() -> None:
    assert [initials(name) for name in ("Joan Mensah", "Åsa", "Mary-Ann van der Berg", "")] == ["JM", "Å", "MB", ""]


@pytest.mark.parametrize("size", [(1366, 698), (1280, 650), (911, 442)], ids=str)
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
    door.presenter.start(people)
    for name, act in (("start", None), ("locked", "lock"), ("wrong", "refuse")):
        if act == "lock":
            door.presenter.lock(people, at=NOW, drafts=1)
        if act:
            door.chooses("Joan Mensah")
            door.types("three")
        if act == "refuse":
            door.presenter.refused.emit("That password is not right. Try again.")
        QApplication.processEvents()
        assert text_fits(door.view) == []
        assert unnamed_controls(door.view) == []
        assert rich_text_labels(door.view) == []
        assert len(primary_buttons(door.view)) <= 1
        save(door.view, f"unlock-{name}-{shade}")
