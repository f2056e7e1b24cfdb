"""The whole window with its scanner, and what a person can do at it: keys in, words out."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World
from tests.gui import keyboard
from tests.gui.keyboard import Person, Scanner
from visitor_register.domain.people import Operator
from visitor_register.gui.desk_session import DeskSession
from visitor_register.gui.program import Program
from visitor_register.gui.today.view import TodayView
from visitor_register.persistence import journal, verify
from visitor_register.services import today

_KEYS = {
    "Enter": (Qt.Key.Key_Return, "\r"),
    "Esc": (Qt.Key.Key_Escape, "\x1b"),
    "Tab": (Qt.Key.Key_Tab, "\t"),
    "Down": (Qt.Key.Key_Down, ""),
    "Up": (Qt.Key.Key_Up, ""),
    "Left": (Qt.Key.Key_Left, ""),
    "Right": (Qt.Key.Key_Right, ""),
    "Space": (Qt.Key.Key_Space, " "),
} | {f"F{number}": (Qt.Key(Qt.Key.Key_F1 + number - 1), "") for number in range(1, 13)}

_MODIFIERS = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Alt": Qt.KeyboardModifier.AltModifier}


@dataclass
class DeskPage:
    """The Today screen in its window, driven by keys only."""

    qtbot: QtBot
    world: World
    program: Program
    session: DeskSession
    keys: keyboard.Clock
    scanner: Scanner
    person: Person

    @property
    def view(self) -> TodayView:
        """Today."""
        return self.session.today.view

    def press(self, key: str, times: int = 1) -> None:
        """Press a key by its name on the screen: "Enter", "F9", "Ctrl+L"."""
        *modifiers, name = key.split("+")
        code, text = _KEYS.get(name) or (Qt.Key(ord(name)), name)
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= _MODIFIERS[modifier]
        for _ in range(times):
            self.person.presses(code, "" if modifiers else text, held)
            self.keys.wait(0.1)
        self.settle()

    def scan(self, code: str, end: str = "\r\n") -> None:
        """Hold a badge under the scanner, and wait for what comes of it."""
        self.scanner.sends(code, end)
        self.settle()

    def types(self, text: str) -> None:
        """Type at a person's pace."""
        self.person.types(text)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is being read or written any more."""
        jobs = (self.session.jobs, self.session.desk.dsl_jobs)
        self.qtbot.waitUntil(lambda: all(runner is None or runner.pending == 0 for runner in jobs))
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: all(runner is None or runner.pending == 0 for runner in jobs))

    def rest(self) -> None:
        """Let the moment pass in which Return after a scan is the scanner's."""
        self.keys.wait(1.0)

    def shows(self, verdict: str, fact: str | None = None, name: str | None = None) -> None:
        """The card says this."""
        self.qtbot.waitUntil(lambda: not self.view.card.isHidden())
        card = self.view.card
        found = card.verdict.text(), card.fact.text(), card.name.text()
        assert found[0] == verdict, found
        assert fact is None or found[1] == fact, found
        assert name is None or found[2] == name, found

    def is_idle(self) -> bool:
        """Nobody stands at the desk: the lists are shown."""
        return self.view.card.isHidden()

    def says(self) -> str:
        """The newest line of the notice bar."""
        notices = self.session.window.notices.notices
        return notices[0].words if notices else ""

    def on_site(self) -> list[str]:
        """Who is signed in, by name, read from the register."""
        with self.world.register.read() as session:
            return [here.person.name for here in today.board(session, at=self.world.clock()).on_site]

    def drafts(self) -> list[str]:
        """The labels of the parked arrivals."""
        with self.world.register.read() as session:
            return [draft.label for draft in today.board(session, at=self.world.clock()).drafts]

    def entries(self) -> int:
        """How many entries the journal has."""
        with self.world.register.read() as session:
            return journal.count(session)

    def kinds(self, newest: int) -> list[str]:
        """What the newest entries are, oldest of them first."""
        with self.world.register.read() as session:
            found = journal.newest(session, limit=newest)
        return [type(entry.event).__name__ for _, entry in reversed(found)]

    def verifies(self) -> None:
        """Journal and tables agree."""
        with self.world.register.read() as session:
            finding = verify.verify(session)
        assert finding.sound, finding.fault

    def focused(self) -> QWidget | None:
        """Where the keyboard is."""
        return QApplication.focusWidget()

    def become(self, operator: Operator) -> None:
        """Lock, and let somebody else unlock."""
        from tests.factories import PASSWORD

        self.press("Ctrl+L")
        session: Any = self.session
        session.sign_in.choose(operator)
        self.session.lock_view.password.setFocus()
        self.types(PASSWORD)
        self.press("Enter")
        self.qtbot.waitUntil(lambda: not self.session.locked)
        self.settle()
