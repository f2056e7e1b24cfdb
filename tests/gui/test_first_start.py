"""The first start, from an empty folder to a register that opens, driven from the keyboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, NOW, PASSWORD, Clock
from tests.gui.pictures import save
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register.domain.people import Role
from visitor_register.gui.theme import Theme
from visitor_register.gui.unlock.first_start_presenter import FirstStartPresenter, Step
from visitor_register.gui.unlock.first_start_view import FirstStartView
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.services import assurance, policy

SIZES = [(1366, 698), (1280, 650), (911, 442)]


class StillPaper:
    """Stands for the system's dialogs: names a file, and prints on nothing."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.printed: list[str] = []

    def ask_file(self, parent: QWidget) -> Path | None:
        return self.file

    def print_text(self, parent: QWidget, text: str) -> bool:
        self.printed.append(text)
        return True


class Wizard:
    """The wizard, and what a person can do at it."""

    def __init__(self, qtbot: QtBot, folder: Path, paper: StillPaper) -> None:
        self.qtbot, self.folder, self.paper = qtbot, folder, paper
        self.crashes: list[BaseException] = []
        self.presenter = FirstStartPresenter(folder, self.crashes.append, now=Clock(), cost=CHEAP)
        self.view = FirstStartView(self.presenter, paper=paper)
        self.finished: list[tuple[Any, ...]] = []
        self.presenter.finished.connect(self._finish)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 698)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.view.school.first().setFocus()

    def _finish(self, register: Register, operator: object, choice: str) -> None:
        self.finished.append((register, operator, choice))

    def types(self, *texts: str) -> None:
        """Type into the field in focus, and Tab from one to the next."""
        for number, text in enumerate(texts):
            if number:
                QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            QTest.keyClicks(QApplication.focusWidget(), text)

    def enters(self) -> None:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    def reaches(self, step: Step) -> None:
        self.qtbot.waitUntil(lambda: self.presenter.step is step)

    def presses(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def answers(self) -> None:
        """The three pages, as they should be filled in."""
        self.types("Elmbrook Primary School")
        self.enters()
        self.types("Nadia Shah", "ext 201", PASSWORD, PASSWORD)
        self.enters()
        self.types("Joan Mensah", PASSWORD, PASSWORD)
        self.enters()
        self.reaches(Step.CODE)

    @property
    def code(self) -> str:
        return self.view.code.code.text()

    def types_back(self, code: str) -> None:
        self.presses(self.view.next)
        self.reaches(Step.TYPE_BACK)
        self.types(code)
        self.enters()

    def left(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir()) if self.folder.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "register"


@pytest.fixture
def wizard(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Wizard]:
    made = Wizard(qtbot, folder, StillPaper(tmp_path / "code.txt"))
    yield made
    for register, _, _ in made.finished:
        register.close()
    made.presenter.close()
    assert not made.crashes


def test_the_wizard_ends_in_a_register_that_opens(wizard: Wizard, folder: Path) -> None:
    wizard.answers()
    code = wizard.code
    wizard.types_back(f"  {code.lower().replace(' ', '  ')} ")
    wizard.reaches(Step.BEGIN)
    assert not registers.exists(folder), "nothing stands under its name before the last step"
    wizard.presses(wizard.view.begin.buttons["sample"])
    wizard.qtbot.waitUntil(lambda: bool(wizard.finished))
    register, operator, choice = wizard.finished[0]
    assert (operator.name, operator.role, choice) == ("Nadia Shah", Role.DSL, "sample")
    assert not register.records_lost
    with register.read() as session:
        now = policy.read(session, NOW.date())
        assert now.school.name == "Elmbrook Primary School"
        assert [(duty.name, duty.title, duty.extension) for duty in now.duty.people] == [
            ("Nadia Shah", "DSL", "ext 201")
        ]
        assert [number.confirmed for number in assurance.numbers(session)] == [False, False]
    register.close()
    reception = Keyring.load(folder / "keyring.json").people()[1]
    again = Register.open(folder, reception, PASSWORD)
    assert again.dsl is None
    again.close()
    assert Keyring.load(folder / "keyring.json").recover(code).dsl is not None
    assert "first-start" not in wizard.left()


def test_an_interrupted_wizard_leaves_nothing_behind(wizard: Wizard, folder: Path) -> None:
    wizard.answers()
    wizard.presenter.close()
    assert wizard.left() == []
    assert not folder.exists()


def test_an_interrupted_wizard_leaves_a_folder_of_others_alone(qtbot: QtBot, folder: Path) -> None:
    folder.mkdir()
    (folder / "log.txt").write_text("kept")
    wizard = Wizard(qtbot, folder, StillPaper(None))
    wizard.answers()
    wizard.presenter.close()
    assert wizard.left() == ["log.txt"]


def test_what_a_crash_left_is_cleared_away(wizard: Wizard, folder: Path) -> None:
    (folder / "first-start").mkdir(parents=True)
    (folder / "first-start" / "keyring.json").write_text("half")
    wizard.answers()
    assert len(wizard.code.replace(" ", "")) == 26


def test_a_code_typed_back_wrongly_goes_no_further(wizard: Wizard) -> None:
    wizard.answers()
    wrong = ("1" if wizard.code[0] != "1" else "2") + wizard.code[1:]
    wizard.types_back(wrong)
    wizard.qtbot.waitUntil(lambda: "That is not the code" in wizard.view.type_back.fields["code"].error())
    assert wizard.presenter.step is Step.TYPE_BACK
    wizard.presses(wizard.view.back)
    assert wizard.presenter.step is Step.CODE
    wizard.presses(wizard.view.next)
    wizard.view.type_back.edit.selectAll()
    wizard.types(wizard.code)
    wizard.enters()
    wizard.reaches(Step.BEGIN)


def test_a_short_page_is_not_scrolled_for_the_sake_of_a_long_one(wizard: Wizard) -> None:
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    wizard.enters()
    wizard.qtbot.waitUntil(lambda: wizard.view.dsl.fields["dsl_name"].error() != "")
    wizard.types("Nadia Shah", "ext 201", PASSWORD, PASSWORD)
    wizard.enters()
    wizard.types("Joan Mensah", PASSWORD, PASSWORD)
    wizard.enters()
    wizard.reaches(Step.CODE)
    wizard.types_back("wrong")
    wizard.qtbot.waitUntil(lambda: wizard.view.type_back.fields["code"].error() != "")
    wizard.qtbot.waitUntil(lambda: wizard.view.type_back.isVisible())
    assert not wizard.view.area.verticalScrollBar().isVisible()
    wizard.presses(wizard.view.back)
    assert wizard.view.code.isVisible()
    assert not wizard.view.area.verticalScrollBar().isVisible()


def test_passwords_that_differ_are_said_so_where_they_stand(wizard: Wizard) -> None:
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    wizard.types("Nadia Shah", "", PASSWORD, "three plain word")
    wizard.enters()
    assert "not the same" in wizard.view.dsl.fields["dsl_again"].error()
    assert wizard.presenter.step is Step.DSL
    assert QApplication.focusWidget() is wizard.view.dsl.again.edit


def test_a_short_password_and_a_missing_name_are_said_so_together(wizard: Wizard) -> None:
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    wizard.types("", "", "short", "short")
    wizard.enters()
    errors = {key: field.error() for key, field in wizard.view.dsl.fields.items()}
    assert "Write the name" in errors["dsl_name"]
    assert "at least 8" in errors["dsl_password"]
    assert not errors["dsl_again"]
    assert QApplication.focusWidget() is wizard.view.dsl.name


def test_the_two_people_need_two_names(wizard: Wizard) -> None:
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    wizard.types("Nadia Shah", "", PASSWORD, PASSWORD)
    wizard.enters()
    wizard.types("nadia shah", PASSWORD, PASSWORD)
    wizard.enters()
    assert "another person" in wizard.view.reception.fields["reception_name"].error()


def test_a_password_is_shown_only_on_demand(wizard: Wizard) -> None:
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    page = wizard.view.dsl
    assert page.password.edit.displayText() != PASSWORD
    wizard.types("Nadia Shah", "", PASSWORD)
    wizard.presses(page.password.eye)
    assert page.password.edit.displayText() == PASSWORD
    assert page.again.edit.echoMode() is page.password.edit.echoMode()
    assert page.password.eye.accessibleName() == "Hide the password"


def test_the_code_can_be_printed_and_saved(wizard: Wizard, tmp_path: Path) -> None:
    wizard.answers()
    wizard.presses(wizard.view.code.print)
    assert wizard.code in wizard.paper.printed[0]
    wizard.presses(wizard.view.code.save)
    assert wizard.code in (tmp_path / "code.txt").read_text("utf-8")
    assert wizard.view.code.kept.text() == "Saved as code.txt."


def test_the_code_is_not_saved_beside_what_it_opens(wizard: Wizard, folder: Path) -> None:
    wizard.answers()
    wizard.paper.file = folder / "code.txt"
    wizard.presses(wizard.view.code.save)
    assert "Not in the register's own folder" in wizard.view.code.kept.text()
    assert "code.txt" not in wizard.left()


def test_a_folder_that_may_hold_no_register_is_explained(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = Wizard(qtbot, tmp_path / "OneDrive" / "register", StillPaper(None))
    wizard.types("Elmbrook Primary School")
    wizard.enters()
    wizard.types("Nadia Shah", "", PASSWORD, PASSWORD)
    wizard.enters()
    wizard.types("Joan Mensah", PASSWORD, PASSWORD)
    wizard.enters()
    qtbot.waitUntil(lambda: "synchronised with the cloud" in wizard.view.trouble.accessibleName())
    wizard.presenter.close()
    assert not (tmp_path / "OneDrive").exists()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_page_fits_and_has_names_for_everything(wizard: Wizard, every_look: Theme, size: tuple[int, int]) -> None:
    wizard.view.resize(*size)
    wizard.answers()
    for step in Step:
        wizard.presenter._go(step)
        QApplication.processEvents()
        assert text_fits(wizard.view) == []
        assert unnamed_controls(wizard.view) == []
        assert rich_text_labels(wizard.view) == []
        assert len(primary_buttons(wizard.view)) == 1
        shade = "dark" if every_look.dark else "light"
        save(wizard.view, f"first-start-{step + 1}-{size[0]}-{shade}-{round(every_look.factor * 100)}")
