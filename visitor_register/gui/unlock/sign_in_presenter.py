"""Signing in and unlocking: who, with which password, and what came of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError, WrongPasswordError
from visitor_register.gui.unlock.background import Background

SCAN_KEPT = "A badge was scanned. It is shown after you sign in."


class SignInPresenter(QObject):
    """Lets one person in. It opens nothing itself: `attempt` does, beside the window.

    `attempt(operator, password)` is `Register.open` at the start, and the keyring's `open` while locked.

    Signals:
        people_changed: The `Operator`s to choose from; nobody is chosen then.
        chosen_changed: Who was chosen, or None.
        busy_changed: Whether a password is being tried.
        refused: The sentence for the password's field; empty when there is nothing wrong.
        told: A sentence about something else that prevents it (open elsewhere, damaged); empty: nothing.
        state_changed: Title, and the lines under the password: when it was locked, what waits.
        opened: It worked: the `Operator`, and whatever `attempt` returned.
    """

    people_changed = Signal(object)
    chosen_changed = Signal(object)
    busy_changed = Signal(bool)
    refused = Signal(str)
    told = Signal(str)
    state_changed = Signal(str, str)
    opened = Signal(object, object)

    def __init__(
        self,
        attempt: Callable[[Operator, str], Any],
        crash: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._attempt = attempt
        self._work = Background(crash, self)
        self._people: tuple[Operator, ...] = ()
        self._chosen: Operator | None = None
        self._busy = False
        self._title, self._lines = "Sign in", ""

    @property
    def chosen(self) -> Operator | None:
        """Who is about to sign in."""
        return self._chosen

    def start(self, people: Sequence[Operator]) -> None:
        """Ask who is at the desk, at the start of the program."""
        self._begin("Sign in", "", people)

    def lock(
        self, people: Sequence[Operator], attempt: Callable[[Operator, str], Any], *, at: datetime, drafts: int = 0
    ) -> None:
        """Ask again while the register stays open behind the screen."""
        self._attempt = attempt
        waiting = "1 draft is" if drafts == 1 else f"{drafts} drafts are" if drafts else ""
        lost = f"Nothing was lost: {waiting} waiting for you." if waiting else "Nothing was lost."
        self._begin("Locked", f"Locked at {calendar.to_london(at):%H:%M}. {lost}", people)

    def repeat(self) -> None:
        """Say again how things are, for a view that was made later."""
        self.people_changed.emit(self._people)
        self.chosen_changed.emit(self._chosen)
        self.refused.emit("")
        self.told.emit("")
        self.state_changed.emit(self._title, self._lines)

    def scan_kept(self) -> None:
        """A badge was scanned meanwhile. Whose it is is not said here."""
        if SCAN_KEPT not in self._lines:
            self._lines = f"{self._lines} {SCAN_KEPT}".strip()
            self.state_changed.emit(self._title, self._lines)

    @Slot(object)
    def choose(self, operator: Operator) -> None:
        """Somebody said who they are."""
        self._chosen = operator
        self.refused.emit("")
        self.told.emit("")
        self.chosen_changed.emit(operator)

    @Slot(str)
    def sign_in(self, password: str) -> None:
        """Try a password."""
        if self._busy or self._chosen is None:
            return
        if not password:
            self.refused.emit("Type your password.")
            return
        self._set_busy(True)
        self.refused.emit("")
        self.told.emit("")
        who = self._chosen
        self._work.run(partial(self._attempt, who, password), partial(self._let_in, who), self._explain)

    def close(self) -> None:
        """Finish what is being tried and stop."""
        self._work.close()

    def _begin(self, title: str, lines: str, people: Sequence[Operator]) -> None:
        self._title, self._lines, self._people, self._chosen = title, lines, tuple(people), None
        self.repeat()

    def _let_in(self, who: Operator, result: Any) -> None:
        self._set_busy(False)
        self.opened.emit(who, result)

    def _explain(self, error: RegisterError) -> None:
        self._set_busy(False)
        (self.refused if isinstance(error, WrongPasswordError) else self.told).emit(str(error))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
