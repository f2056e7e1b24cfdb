"""The first start, step by step: what is asked, what is wrong with an answer, and when the register stands."""

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.people import Operator, Role
from visitor_register.errors import RegisterError, WrongPasswordError
from visitor_register.gui.unlock.attempts import Attempts, password_faults
from visitor_register.gui.unlock.staging import Plan, Staging
from visitor_register.persistence.keyring import PasswordCost
from visitor_register.persistence.register import NewPerson, Register

NOT_THE_CODE = "That is not the code. The register's codes have no I, L, O, Q or U: look for 1, 0 or V."


class Step(IntEnum):
    """The pages, in their order."""

    SCHOOL = 0
    DSL = 1
    RECEPTION = 2
    CODE = 3
    TYPE_BACK = 4
    BEGIN = 5


class FirstStartPresenter(Attempts):
    """Holds the answers until the register is made. Nothing stands under the register's name before the last step.

    Fields that are refused: "school", "code", and "name", "password" and "again" after "dsl_" or "reception_".

    Signals:
        step_changed: The `Step` to show.
        code_made: The recovery code; shown until it was typed back.
        finished: The open `Register`, the `Operator` who is signed in (the DSL), and the choice:
            "sample", "import" or "later".
    """

    step_changed = Signal(object)
    code_made = Signal(str)
    finished = Signal(object, object, str)

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
        self.folder = folder
        self._staging = Staging(folder, now=now, cost=cost)
        self._step = Step.SCHOOL
        self._school, self._extension, self._choice = "", "", ""
        self._dsl: NewPerson | None = None
        self._plan: Plan | None = None
        self._finished = False

    @property
    def step(self) -> Step:
        """Where we are."""
        return self._step

    def name_school(self, name: str) -> None:
        """Step 1."""
        if not name.strip():
            self.refused.emit("school", "Write the school's name as it stands on a letter.")
            return
        self._school = name.strip()
        self._go(Step.DSL)

    def name_dsl(self, name: str, password: str, again: str, extension: str) -> None:
        """Step 2."""
        if self._person_is_sound("dsl", name, password, again):
            self._dsl, self._extension = NewPerson(name.strip(), Role.DSL, password), extension.strip()
            self._go(Step.RECEPTION)

    def name_reception(self, name: str, password: str, again: str) -> None:
        """Step 3; the register is made then, out of sight."""
        if self._busy or self._dsl is None or not self._person_is_sound("reception", name, password, again):
            return
        if name.strip().casefold() == self._dsl.name.casefold():
            self.refused.emit("reception_name", "The DSL has this name. Write another person, or add an initial.")
            return
        plan = Plan(self._school, self._dsl, self._extension, NewPerson(name.strip(), Role.RECEPTION, password))
        self._plan = plan
        self._begin("Making the register.")
        self._work.run(lambda: self._staging.prepare(plan), self._show_code, self._explain)

    def type_back(self, code: str) -> None:
        """Step 5: try the code as it was written down."""
        if self._busy:
            return
        if not code.strip():
            self.refused.emit("code", "Type the code from your paper. Spaces and small letters do not matter.")
            return
        self._begin("Trying the code.")
        self._work.run(lambda: self._staging.read_back(code), self._code_is_right, self._not_the_code)

    @Slot(str)
    def choose(self, choice: str) -> None:
        """Step 6: "sample", "import" or "later". Now the register takes its place."""
        plan = self._plan
        if self._busy or plan is None or self._step is not Step.BEGIN:
            return
        self._choice = choice
        self._begin("Opening the register.")
        self._work.run(lambda: self._staging.finish(plan), self._hand_over, self._explain)

    @Slot()
    def written_down(self) -> None:
        """Step 4: the code is on paper or in a file."""
        self._go(Step.TYPE_BACK)

    @Slot()
    def back(self) -> None:
        """One page back; the answers are still there."""
        if not self._busy and self._step > Step.SCHOOL:
            self._go(Step(self._step - 1))

    def close(self) -> None:
        """Stop; an unfinished start leaves nothing behind. Passwords and code are forgotten."""
        self._work.close()
        if not self._finished:
            self._staging.abandon()
        self._dsl = self._plan = None

    def _person_is_sound(self, who: str, name: str, password: str, again: str) -> bool:
        self.refused.emit("", "")
        wrong = list(password_faults(password, again))
        if not name.strip():
            wrong.insert(0, ("name", "Write the name as it should stand beside what this person enters."))
        for field, sentence in wrong:
            self.refused.emit(f"{who}_{field}", sentence)
        return not wrong

    def _show_code(self, code: str) -> None:
        self._end()
        self.code_made.emit(code)
        self._go(Step.CODE)

    def _code_is_right(self, _nothing: object) -> None:
        self._end()
        self._go(Step.BEGIN)

    def _hand_over(self, made: tuple[Register, Operator]) -> None:
        self._finished = True
        self._dsl = self._plan = None
        self._end()
        self.finished.emit(*made, self._choice)

    def _not_the_code(self, error: RegisterError) -> None:
        if not isinstance(error, WrongPasswordError):
            self._explain(error)
            return
        self._end()
        self.refused.emit("code", NOT_THE_CODE)

    def _go(self, step: Step) -> None:
        self._take_back()
        self._step = step
        self.step_changed.emit(step)
