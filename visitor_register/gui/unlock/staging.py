"""Makes a new register beside its place and moves it there when all is said: an interrupted start leaves nothing."""

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import DslOnDuty, Duty, SchoolName
from visitor_register.errors import RegisterError
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring, PasswordCost
from visitor_register.persistence.register import NewPerson, Register
from visitor_register.services import assurance, policy

_STAGE = "first-start"
_KEYRING = "keyring.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the wizard asked: the school, the DSL with the extension to ring, and the receptionist."""

    school: str
    dsl: NewPerson
    extension: str
    reception: NewPerson


class Staging:
    """A register that is not yet one. `folder` is where it will lie."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime], cost: PasswordCost | None = None) -> None:
        self.folder = folder
        self._stage = folder / _STAGE
        self._now, self._cost = now, cost
        self._was_there = folder.exists()
        self._opened: Register | None = None

    def prepare(self, plan: Plan) -> str:
        """Make the register with the school's first settings; returns the recovery code, which is kept nowhere.

        Raises:
            RegisterError: the folder cannot hold a register, or there is one.
        """
        self._clear()
        if registers.exists(self.folder):
            raise RegisterError("There is a register in this folder already. Sign in to it, or choose another folder.")
        code = registers.create(self._stage, [plan.dsl, plan.reception], at=self._now(), cost=self._cost)
        dsl = Keyring.load(self._stage / _KEYRING).people()[0]
        made = Register.open(self._stage, dsl, plan.dsl.password)
        try:
            with made.write() as session:
                at = self._now()
                policy.change(session, SchoolName(plan.school), by=dsl, at=at)
                policy.change(session, DslOnDuty((Duty(dsl.name, "DSL", plan.extension),)), by=dsl, at=at)
                assurance.ship_numbers(session, by=dsl, at=at)
        finally:
            made.close()
        return code

    def read_back(self, code: str) -> None:
        """Try the code that was written down: it must open the register.

        Raises:
            WrongPasswordError: it does not.
        """
        Keyring.load(self._stage / _KEYRING).recover(code)

    def finish(self, plan: Plan) -> tuple[Register, Operator]:
        """Move the register to its place and open it for the DSL."""
        # Files whose keyring was lost are kept beside the new ones, never written over.
        registers.set_aside(self.folder)
        files = sorted(self._stage.iterdir(), key=lambda path: path.name == _KEYRING)
        # The keyring goes last: a folder without one holds no register, and the wizard begins again.
        for path in files:
            path.replace(self.folder / path.name)
        self._stage.rmdir()
        dsl = next(who for who in Keyring.load(self.folder / _KEYRING).people() if who.role is Role.DSL)
        self._opened = Register.open(self.folder, dsl, plan.dsl.password)
        return self._opened, dsl

    def abandon(self) -> None:
        """Leave nothing behind; a register that was opened at the very last moment stays, closed."""
        self._clear()
        if self._opened is not None:
            self._opened.close()
            return
        if not self._was_there:
            # It may hold something of somebody else's by now; then it stays.
            with contextlib.suppress(OSError):
                self.folder.rmdir()

    def _clear(self) -> None:
        shutil.rmtree(self._stage, ignore_errors=True)
