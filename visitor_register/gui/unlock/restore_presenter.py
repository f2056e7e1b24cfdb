"""Restoring while no register is open: which backup, what opens it, what a try showed, and the restore itself."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import IntEnum
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.domain.people import Operator
from visitor_register.errors import NotAllowedError, RegisterError, WrongPasswordError
from visitor_register.gui.beside import Beside
from visitor_register.gui.unlock.attempts import Attempts, password_faults
from visitor_register.persistence import restore
from visitor_register.persistence.keyring import PasswordCost
from visitor_register.persistence.restore import Opening, Outcome
from visitor_register.services import restoring
from visitor_register.services.restoring import Found, Look

NONE_THERE = (
    "There is no backup in that folder. Choose the folder named after its date and time, or the one these lie in."
)
_NOT_ITS_CODE = (
    "That code does not open this backup. A backup opens with the code of its own time: look for an older paper."
)
_NOT_THEIRS = (
    "That password does not open this backup. It is the one from when it was made; else use the recovery code."
)


class Step(IntEnum):
    """The pages, in their order."""

    CHOOSE = 0
    OPEN = 1
    CHECKED = 2
    DONE = 3


class RestorePresenter(Attempts):
    """Keeps what opens the backup until it is restored or the page is left. Nothing is changed before the last step.

    Fields that are refused: "secret", "password", "again".

    Attributes:
        folder: Where the register lies, or is to lie.
        step: The page one sees.

    Signals:
        step_changed: The `Step` to show.
        found_changed: The backups there are, each a `Found`.
        keepers_changed: The `Operator`s whose password opens the chosen backup.
        looked: What a try showed, a `Look`; then whether somebody has to be given a new password.
        restored: The `Outcome`.
        finished: Somebody wants to sign in to what was restored.
    """

    step_changed = Signal(object)
    found_changed = Signal(object)
    keepers_changed = Signal(object)
    looked = Signal(object, bool)
    restored = Signal(object)
    finished = Signal(object)
    _moved = Signal(str)

    def __init__(
        self,
        folder: Path,
        crash: Callable[[BaseException], None],
        *,
        now: Callable[[], datetime],
        cost: PasswordCost | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(crash, parent)
        self.folder, self._now, self._cost = folder, now, cost
        self.step = Step.CHOOSE
        # A share that never answers must not keep anybody from restoring what lies on this PC.
        self._share = Beside("second place", self)
        self._share.finished.connect(self._show_second)
        self._moved.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._found: list[Found] = []
        self._chosen: Found | None = None
        self._keepers: dict[UUID, Operator] = {}
        self._opening: Opening | None = None
        self._outcome: Outcome | None = None

    def start(self) -> None:
        """Look for backups in both places."""
        self._work.run(partial(restoring.beside, self.folder), self._show_found, self._explain)
        self._share.run("list", partial(restoring.at_second_place, self.folder))

    def look_in(self, folder: Path) -> None:
        """Show the backups of a folder somebody chose."""
        if not self._busy:
            self._begin("Looking for backups.")
            self._work.run(partial(restoring.within, folder), self._show_chosen, self._explain)

    def choose(self, path: Path) -> None:
        """Step 1: this backup."""
        found = next((one for one in self._found if one.backup.path == path), None)
        if not self._busy and found is not None:
            self._chosen = found
            self._begin("Reading who can open it.")
            self._work.run(partial(restore.people, path), self._ask_secret, self._explain)

    def try_it(self, who: UUID | None, secret: str) -> None:
        """Step 2: the password of one of the keepers, or the recovery code (`who` is None); the backup is tried."""
        if self._busy or self._chosen is None:
            return
        if not secret.strip():
            self.refused.emit("secret", "Type the code from the paper." if who is None else "Type the password.")
            return
        if who is None:
            opening = Opening(recovery_code=secret)
        else:
            opening = Opening(name=self._keepers[who].name, password=secret)
        self._begin("Trying the backup.")
        look = partial(
            restoring.look,
            self._chosen.backup.path,
            self.folder,
            opening,
            at=self._now(),
            progress=self._moved.emit,
        )
        self._work.run(look, partial(self._show_look, opening), partial(self._not_opened, who is None))

    def restore(self, who: UUID | None, password: str, again: str) -> None:
        """Step 3: put it in place. With the recovery code somebody is given a new password."""
        if self._busy or self._chosen is None or self._opening is None:
            return
        opening = self._opening
        if opening.recovery_code:
            if not self._is_sound(password, again):
                return
            name = self._keepers[who].name if who is not None else ""
            opening = Opening(name=name, recovery_code=opening.recovery_code, new_password=password)
        self._put_back(self._chosen.backup.path, opening)

    def restore_agreed(self, made: Path, opening: Opening) -> None:
        """Somebody at the open desk chose this backup and typed their password; the register was closed for it."""
        self._go(Step.CHECKED)
        self._put_back(made, opening)

    @Slot()
    def sign_in(self) -> None:
        """Step 4: on to signing in."""
        if self._outcome is not None:
            self.finished.emit(self._outcome)

    @Slot()
    def back(self) -> None:
        """One page back, as long as nothing is restored."""
        if not self._busy and Step.CHOOSE < self.step < Step.DONE:
            self._opening = None
            self._go(Step(self.step - 1))

    def close(self) -> None:
        """Finish what is being done, and forget what opened the backup."""
        self._share.close(0)
        self._work.close()
        self._opening = None

    def _put_back(self, made: Path, opening: Opening) -> None:
        self._begin("Restoring.")
        job = partial(
            restoring.put_back,
            made,
            self.folder,
            opening,
            at=self._now(),
            cost=self._cost,
            progress=self._moved.emit,
        )
        self._work.run(job, self._show_restored, self._not_restored)

    def _is_sound(self, password: str, again: str) -> bool:
        self.refused.emit("", "")
        wrong = list(password_faults(password, again))
        for field, sentence in wrong:
            self.refused.emit(field, sentence)
        return not wrong

    def _show_found(self, found: list[Found]) -> None:
        self._list(restoring.merged(self._found, found))

    @Slot(str, object)
    def _show_second(self, _kind: str, result: object) -> None:
        # What could not be read is as good as not there: the folder can still be chosen by hand.
        if isinstance(result, list):
            self._list(restoring.merged(self._found, result))

    def _show_chosen(self, found: list[Found]) -> None:
        self._end()
        if found:
            self._list(found)
        else:
            self.told.emit(NONE_THERE)

    def _list(self, found: Iterable[Found]) -> None:
        self._found = list(found)
        self.found_changed.emit(tuple(self._found))

    def _ask_secret(self, keepers: list[Operator]) -> None:
        self._end()
        self._keepers = {one.id: one for one in keepers}
        self.keepers_changed.emit(keepers)
        self._go(Step.OPEN)

    def _show_look(self, opening: Opening, look: Look) -> None:
        self._end()
        if look.trial.fault:
            self._go(Step.CHOOSE)
            self.told.emit(f"{look.trial.fault} Nothing was changed.")
            return
        self._opening = opening
        self.looked.emit(look, bool(opening.recovery_code))
        self._go(Step.CHECKED)

    def _not_opened(self, by_code: bool, error: RegisterError) -> None:
        self._end()
        if not isinstance(error, WrongPasswordError | NotAllowedError):
            self._go(Step.CHOOSE)
            self.told.emit(str(error))
        elif isinstance(error, NotAllowedError):
            self.refused.emit("secret", str(error))
        elif by_code:
            self.refused.emit("secret", str(error) if "character" in str(error) else _NOT_ITS_CODE)
        else:
            self.refused.emit("secret", _NOT_THEIRS)

    def _show_restored(self, outcome: Outcome) -> None:
        self._end()
        self._opening, self._outcome = None, outcome
        self.restored.emit(outcome)
        self._go(Step.DONE)

    def _not_restored(self, error: RegisterError) -> None:
        self._end()
        if self._opening is None:
            # Agreed to at the desk: there is no page before this one.
            self._go(Step.CHOOSE)
        self.told.emit(str(error))

    def _go(self, step: Step) -> None:
        self._take_back()
        self.step = step
        self.step_changed.emit(step)

    @Slot(str)
    def _show_progress(self, words: str) -> None:
        if self._busy:
            self.busy_changed.emit(True, f"{words}.")
