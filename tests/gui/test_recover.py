"""Nobody knows a password: the recovery code opens the register from the sign-in page, and stays in no field."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, Clock, World, create_register
from visitor_register.domain.events import AccessChanged, OperatorAdded
from visitor_register.domain.people import AccessChange, Role
from visitor_register.gui.program import Program
from visitor_register.gui.unlock.recover_page import RecoverView
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence import journal, rotation
from visitor_register.persistence.keyring import Keyring, new_recovery_code
from visitor_register.persistence.register import Register
from visitor_register.services import sealed

NEW = "four other plain words"


class Locked:
    """The program before the register is open, and somebody with a paper in front of it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.crashes = qtbot, list[BaseException]()
        self.clock = Clock()
        self.world: World = create_register(folder, self.clock)
        self.world.register.close()
        self.program = Program(folder, self.crashes.append, now=self.clock, cost=CHEAP)
        qtbot.addWidget(self.program.window)
        self.program.start()

    @property
    def page(self) -> RecoverView:
        found = self.program.window.currentWidget()
        assert isinstance(found, RecoverView)
        return found

    def forgets_the_password(self) -> RecoverView:
        view = self.program.window.currentWidget()
        assert isinstance(view, SignInView)
        self.qtbot.mouseClick(view.card.recovery, Qt.MouseButton.LeftButton)
        return self.page

    def types(self, line: QLineEdit, text: str) -> None:
        # All at once, as pasted: keys as quick as a test's would be taken for a scanner's.
        line.setText(text)

    def types_code(self, code: str) -> None:
        self.types(self.page.code.edit, code)
        QTest.keyClick(self.page.code.edit, Qt.Key.Key_Return)

    def is_refused(self, field: str, words: str) -> None:
        page = self.page
        fields = page.code.fields | page.who.fields
        self.qtbot.waitUntil(lambda: words in fields[field].error())

    def is_asked_who(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.title.text() == "The code is right")

    def opens(self, password: str = NEW, again: str = NEW) -> None:
        who = self.page.who
        self.types(who.password.edit, password)
        self.types(who.again.edit, again)
        QTest.keyClick(who.again.edit, Qt.Key.Key_Return)

    def is_in(self) -> None:
        self.qtbot.waitUntil(lambda: self.program.session is not None)

    def said_of(self, subject: object) -> list[object]:
        assert self.program.session is not None
        with self.program.session.register.read() as session:
            return [entry.event for entry in journal.entries_of(session, subject)]  # type: ignore[arg-type]


@pytest.fixture
def locked(qtbot: QtBot, tmp_path: Path) -> Iterator[Locked]:
    """The sign-in page."""
    made = Locked(qtbot, tmp_path / "register")
    yield made
    made.program.close()
    assert not made.crashes


def test_the_code_gives_the_dsl_a_new_password(locked: Locked) -> None:
    locked.forgets_the_password()
    locked.types_code("")
    locked.is_refused("code", "Type the code from the paper")
    code = locked.world.recovery_code
    locked.types_code(code[:-1] + ("2" if code[-1] != "2" else "3"))
    locked.is_refused("code", "A character of the recovery code is wrong or missing")
    locked.is_refused("code", "1 try so far")
    locked.types_code(new_recovery_code())
    locked.is_refused("code", "does not open this register")
    locked.is_refused("code", "2 tries so far")
    locked.types_code(code.lower().replace(" ", ""))
    locked.is_asked_who()
    page = locked.page
    assert page.code.edit.text() == ""
    assert page.who.who.currentText() == "Nadia Shah, DSL"
    assert not page.who.fields["name"].isVisible()
    locked.opens("short", "short")
    locked.is_refused("password", "at least 8 characters")
    locked.opens(NEW, NEW + "x")
    locked.is_refused("again", "not the same")
    locked.opens()
    locked.is_in()
    assert locked.said_of(locked.world.dsl.id)[-1] == AccessChanged(AccessChange.RECOVERED)
    ring = Keyring.load(locked.world.register.folder / "keyring.json")
    assert ring.open(locked.world.dsl.id, NEW).dsl is not None
    assert locked.program.session is not None
    assert locked.program.session.desk.operator.id == locked.world.dsl.id
    assert locked.program.session.desk.dsl_jobs is not None


def test_somebody_who_is_not_on_the_list_is_added_as_dsl(locked: Locked) -> None:
    page = locked.forgets_the_password()
    locked.types_code(locked.world.recovery_code)
    locked.is_asked_who()
    page.who.who.setCurrentIndex(page.who.who.count() - 1)
    assert page.who.fields["name"].isVisible()
    locked.opens()
    locked.is_refused("name", "Write your name")
    locked.types(page.who.name, "Joan Mensah")
    locked.opens()
    locked.is_refused("name", "on the list already")
    locked.types(page.who.name, "Grace Bello")
    locked.opens()
    locked.is_in()
    assert locked.program.session is not None
    added = locked.program.session.desk.operator
    assert (added.name, added.role) == ("Grace Bello", Role.DSL)
    assert locked.said_of(added.id) == [OperatorAdded("Grace Bello", Role.DSL), AccessChanged(AccessChange.RECOVERED)]


@pytest.mark.parametrize("asked", [False, True], ids=["before the code", "after it"])
def test_going_back_keeps_nothing(locked: Locked, asked: bool) -> None:
    page = locked.forgets_the_password()
    if asked:
        locked.types_code(locked.world.recovery_code)
        locked.is_asked_who()
        locked.types(page.who.password.edit, NEW)
    else:
        locked.types(page.code.edit, locked.world.recovery_code)
    presenter = locked.program.recovering
    assert presenter is not None
    locked.qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert isinstance(locked.program.window.currentWidget(), SignInView)
    assert presenter._keys is None
    assert not any(line.text() for line in page.findChildren(QLineEdit))
    assert locked.program.recovering is None
    QApplication.processEvents()


def test_an_interrupted_change_of_keys_is_finished_when_the_dsl_signs_in(locked: Locked) -> None:
    register = Register.open(locked.world.register.folder, locked.world.dsl, PASSWORD)
    with register.read() as session:
        assert sealed.boxes(session) == []
    keys = register.keyring.open(locked.world.dsl.id, PASSWORD)
    following = rotation.begin(register, keys)
    rotation.rewrite(register, keys, following)
    register.close()
    opened = locked.program._open_register(locked.world.dsl, PASSWORD)
    assert not opened.keyring.changing
    assert opened.keyring.open(locked.world.dsl.id, PASSWORD).desk == following.desk
    opened.close()
