"""When nobody knows a password: the recovery code, then who you are, then a new password; the register opens."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import RegisterError, WrongPasswordError
from visitor_register.gui.unlock.attempts import Attempts, password_faults
from visitor_register.persistence.keyring import Keyring, Keys, PasswordCost
from visitor_register.persistence.register import Register
from visitor_register.services import people

_NOT_OURS = "That code does not open this register. Look whether there is a newer paper in the safe."


class RecoverPresenter(Attempts):
    """Keeps what the code opened, never the code itself, until the register is open or the page is left.

    Fields that are refused: "code", "name", "password", "again".

    Signals:
        asked_who: The code is right: the DSLs and heads there are.
        opened: Who is signed in now, the open `Register`, and how often a wrong code was tried before.
    """

    asked_who = Signal(object)
    opened = Signal(object, object, int)

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
        self._folder, self._now, self._cost = folder, now, cost or PasswordCost()
        self._failed_tries = 0
        self._keys: Keys | None = None
        self._leads: dict[UUID, Operator] = {}

    def try_code(self, code: str) -> None:
        """Whether the code opens the register."""
        if self._busy:
            return
        if not code.strip():
            self.refused.emit("code", "Type the code from the paper. Spaces and small letters do not matter.")
            return
        self._begin("Trying the code.")
        self._work.run(partial(_recover, self._folder, code), self._ask_who, self._code_failed)

    def finish(self, who: UUID | None, name: str, password: str, again: str) -> None:
        """Open the register for one of the leads, or for somebody who is added as DSL (`who` is None)."""
        if self._busy or self._keys is None:
            return
        self.refused.emit("", "")
        known = self._leads.get(who) if who is not None else None
        wrong = list(password_faults(password, again))
        if known is None and not name.strip():
            wrong.insert(0, ("name", "Write your name as it should stand beside what you enter."))
        for field, sentence in wrong:
            self.refused.emit(field, sentence)
        if wrong:
            return
        operator = known or Operator(uuid4(), name.strip(), Role.DSL)
        self._begin("Opening the register.")
        self._work.run(
            partial(_open, self._folder, self._keys, operator, password, self._now(), self._cost),
            partial(self._let_in, operator),
            self._not_opened,
        )

    @Slot()
    def forget(self) -> None:
        """The page is left: what the code opened is forgotten."""
        self._keys = None
        self._leads = {}

    def close(self) -> None:
        """Finish what is being tried and stop."""
        self._work.close()
        self.forget()

    def _ask_who(self, found: tuple[Keys, list[Operator]]) -> None:
        self._end()
        self._keys = found[0]
        self._leads = {one.id: one for one in found[1]}
        self.asked_who.emit(found[1])

    def _code_failed(self, error: RegisterError) -> None:
        if not isinstance(error, WrongPasswordError):
            self._explain(error)
            return
        self._end()
        self._failed_tries += 1
        tries = "1 try" if self._failed_tries == 1 else f"{self._failed_tries} tries"
        sentence = str(error) if "character" in str(error) else _NOT_OURS
        self.refused.emit("code", f"{sentence} {tries} so far did not open it.")

    def _let_in(self, operator: Operator, register: Register) -> None:
        self._end()
        self.forget()
        self.opened.emit(operator, register, self._failed_tries)

    def _not_opened(self, error: RegisterError) -> None:
        if "on the list already" not in str(error):
            self._explain(error)
            return
        self._end()
        self.refused.emit("name", str(error))


def _recover(folder: Path, code: str) -> tuple[Keys, list[Operator]]:
    keyring = Keyring.load(folder / "keyring.json")
    keys = keyring.recover(code)
    return keys, [one for one in keyring.people() if one.role in SEES_CHILDREN]


def _open(folder: Path, keys: Keys, who: Operator, password: str, at: datetime, cost: PasswordCost) -> Register:
    register = Register.open_with(folder, Keyring.load(folder / "keyring.json"), keys)
    try:
        with register.write() as session:
            people.recover(session, register.keyring, keys, who, password=password, at=at, cost=cost)
    except BaseException:
        register.close()
        raise
    return register
