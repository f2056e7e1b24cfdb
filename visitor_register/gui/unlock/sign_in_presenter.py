"""Signing in, unlocking and taking over: who, with which password or PIN, and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain import calendar
from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterDamagedError, RegisterError, WrongPasswordError
from visitor_register.gui.unlock.background import Background
from visitor_register.gui.unlock.known_keys import DIGITS, KnownKeys

SCAN_KEPT = "A badge was scanned. It is shown after you sign in."


class Way(Enum):
    """What somebody shows that it is they."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    PIN = "PIN"


class PageKind(Enum):
    """What the page is for: the title, the button and the icon."""

    SIGN_IN = "Sign in", "Sign in", "lock"
    LOCKED = "Locked", "Unlock", "lock"
    TAKE_OVER = "Take over the desk", "Switch", "user-round"


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is for, and the lines below. From a desk that may be taken over, Esc leads back to it."""

    kind: PageKind
    lines: str = ""


class SignInPresenter(QObject):
    """Lets one person in. It opens nothing itself: `attempt` does, beside the window.

    `attempt(operator, password)` is `Register.open` at the start, and the keyring's `open` while locked. `known`
    are those whose PIN unlocks; at the start of the program nobody's does.

    Signals:
        people_changed: The `Operator`s to choose from; nobody is chosen then.
        chosen_changed: Who was chosen, or None.
        way_changed: The `Way` to ask for, and whether the other one would do as well.
        busy_changed: Whether a password or PIN is being tried.
        refused: The sentence for the field in use; empty when there is nothing wrong.
        told: A sentence about something else that prevents it (open elsewhere, damaged); empty: nothing.
        damaged: Whether that is because the register cannot be opened by anybody: a backup has to be restored.
        state_changed: What the page is for, a `Page`.
        opened: It worked: the `Operator`, and whatever `attempt` returned, or the keys a PIN stands for.
        left: Nobody took over; back to the desk.
    """

    people_changed = Signal(object)
    chosen_changed = Signal(object)
    way_changed = Signal(object, bool)
    busy_changed = Signal(bool)
    refused = Signal(str)
    told = Signal(str)
    damaged = Signal(bool)
    state_changed = Signal(object)
    opened = Signal(object, object)
    left = Signal()

    def __init__(
        self,
        attempt: Callable[[Operator, str], Any],
        crash: Callable[[BaseException], None],
        *,
        known: KnownKeys | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._attempt, self._known = attempt, known or KnownKeys()
        self._work = Background(crash, self)
        self._people: tuple[Operator, ...] = ()
        self._chosen: Operator | None = None
        self._way = Way.PASSWORD
        self._busy, self._turn = False, 0
        self._page, self._when, self._drafts, self._scan = PageKind.SIGN_IN, "", 0, False

    @property
    def chosen(self) -> Operator | None:
        """Who is about to sign in."""
        return self._chosen

    @property
    def way(self) -> Way:
        """What is asked for."""
        return self._way

    def start(self, people: Sequence[Operator]) -> None:
        """Ask who is at the desk, at the start of the program."""
        self._begin(PageKind.SIGN_IN, people)

    def lock(self, people: Sequence[Operator], *, at: datetime, why: str = "", drafts: int = 0) -> None:
        """Ask again while the register stays open behind the screen. `why` goes on after the time of day."""
        self._when, self._drafts = f"Locked at {calendar.to_london(at):%H:%M}{why}.", drafts
        self._begin(PageKind.LOCKED, people)

    def switch(self, people: Sequence[Operator], at_desk: Operator) -> None:
        """Ask who takes the desk over; until somebody does, nothing is locked."""
        self._when = f"{at_desk.name} is at the desk. What is open there stays as it is."
        self._begin(PageKind.TAKE_OVER, people)

    def ask_anew(self) -> None:
        """Whoever chose a name is gone: nobody is chosen, and what they typed is forgotten."""
        if self._chosen is not None:
            self._begin(self._page, self._people)

    def list_again(self, people: Sequence[Operator]) -> None:
        """Others may sign in by now."""
        self._begin(self._page, people)

    def repeat(self) -> None:
        """Say again how things are, for a view that was made later."""
        self.people_changed.emit(self._people)
        self.chosen_changed.emit(self._chosen)
        self.way_changed.emit(self._way, self._pin_helps())
        self.refused.emit("")
        self.told.emit("")
        self._tell_state()

    def scan_kept(self) -> None:
        """A badge was scanned meanwhile. Whose it is is not said here."""
        self._scan = True
        self._tell_state()

    def scan_shown(self) -> None:
        """It is not kept any more."""
        self._scan = False

    def count_drafts(self, drafts: int) -> None:
        """Say how many drafts wait, while locked."""
        if self._page is PageKind.LOCKED and drafts != self._drafts:
            self._drafts = drafts
            self._tell_state()

    @Slot(object)
    def choose(self, operator: Operator) -> None:
        """Somebody said who they are. Their PIN is asked for as long as it helps."""
        self._chosen = operator
        self._way = Way.PIN if self._pin_helps() else Way.PASSWORD
        self.refused.emit("")
        self.told.emit("")
        self.chosen_changed.emit(operator)
        self.way_changed.emit(self._way, self._pin_helps())

    @Slot()
    def use_other_way(self) -> None:
        """The password in place of the PIN, or the PIN again."""
        if not self._busy and self._pin_helps():
            self._use_way(Way.PASSWORD if self._way is Way.PIN else Way.PIN)

    @Slot(str)
    def sign_in(self, password: str) -> None:
        """Try a password."""
        if not password:
            self._refuse_unfinished("Type your password.")
        elif self._chosen is not None:
            self._try(partial(self._attempt, self._chosen, password))

    @Slot(str)
    def try_pin(self, pin: str) -> None:
        """Try a PIN. One that is not finished is no try."""
        if len(pin) < DIGITS:
            self._refuse_unfinished("Type all six digits.")
        elif self._chosen is not None:
            self._try(partial(self._known.open, self._chosen, pin))

    @Slot()
    def leave(self) -> None:
        """Nobody takes over after all."""
        if self._page is PageKind.TAKE_OVER:
            self._begin(self._page, self._people)
            self.left.emit()

    def close(self) -> None:
        """Finish what is being tried and stop."""
        self._work.close()

    def _begin(self, page: PageKind, people: Sequence[Operator]) -> None:
        # What is still being tried was tried at another page.
        self._turn += 1
        self._page, self._people, self._chosen, self._way = page, tuple(people), None, Way.PASSWORD
        self._set_busy(False)
        self.repeat()

    def _try(self, attempt: Callable[[], Any]) -> None:
        if self._busy or self._chosen is None:
            return
        self._set_busy(True)
        self.refused.emit("")
        self.told.emit("")
        self._work.run(attempt, partial(self._let_in, self._turn, self._chosen), partial(self._explain, self._turn))

    def _let_in(self, turn: int, who: Operator, result: Any) -> None:
        if turn == self._turn:
            self._set_busy(False)
            self.opened.emit(who, result)

    def _explain(self, turn: int, error: RegisterError) -> None:
        if turn != self._turn:
            return
        self._set_busy(False)
        if self._way is Way.PIN and not self._pin_helps():
            self._use_way(Way.PASSWORD)
        (self.refused if isinstance(error, WrongPasswordError) else self.told).emit(str(error))
        self.damaged.emit(isinstance(error, RegisterDamagedError))

    def _refuse_unfinished(self, sentence: str) -> None:
        if not self._busy and self._chosen is not None:
            self.refused.emit(sentence)

    def _pin_helps(self) -> bool:
        return self._chosen is not None and self._known.tries_left(self._chosen.id) > 0

    def _use_way(self, way: Way) -> None:
        self._way = way
        self.refused.emit("")
        self.told.emit("")
        self.way_changed.emit(way, self._pin_helps())

    def _tell_state(self) -> None:
        lines = [self._when] if self._page is not PageKind.SIGN_IN else []
        if self._page is PageKind.LOCKED:
            waiting = "1 draft is" if self._drafts == 1 else f"{self._drafts} drafts are" if self._drafts else ""
            lines.append(f"Nothing was lost: {waiting} waiting for you." if waiting else "Nothing was lost.")
        if self._scan:
            lines.append(SCAN_KEPT)
        self.state_changed.emit(Page(self._page, " ".join(lines)))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
