"""What every screen is handed: the way to the register, who is at the desk, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.jobs import JobRunner


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the notice bar: `kind` is "done", "told", "reminder", "check" or "red".

    `action` names a button, or is empty. A reminder takes the place of the one before.
    """

    kind: str
    text: str
    action: str = ""
    run: Callable[[], None] | None = None


class Desk(QObject):
    """The desk in use. Screens get it in their constructor and nothing else of the program.

    Attributes:
        jobs: Reads and writes the desk's file in the background.
        dsl_jobs: The same for the DSL's file; None unless somebody who may see it is signed in.
        now: The clock; tests hand in their own.

    Signals:
        operator_changed: Somebody else is at the desk; screens show or hide what the role may see.
        said: A line for the notice bar.
        person_wanted: Show this person's card on the Chart screen (a UUID).
        help_wanted: Open the guide at this page.
        access_changed: Somebody's password or role is another, or they were taken off the list (a UUID): what they
            signed in with before no longer counts.
        pin_changed: Somebody has another PIN (a UUID, and what it is held against), or none (None).
        erased: Something was erased for good: what the program left in files in place of paper goes as well.
    """

    operator_changed = Signal(object)
    said = Signal(object)
    person_wanted = Signal(object)
    help_wanted = Signal(str)
    access_changed = Signal(object)
    pin_changed = Signal(object, object)
    erased = Signal()

    def __init__(
        self, jobs: JobRunner, operator: Operator, *, now: Callable[[], datetime], dsl_jobs: JobRunner | None = None
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.dsl_jobs = dsl_jobs
        self.now = now
        self._operator = operator

    @property
    def operator(self) -> Operator:
        """Who is at the desk."""
        return self._operator

    def hand_over(self, operator: Operator, dsl_jobs: JobRunner | None) -> None:
        """Let somebody else take the desk."""
        self._operator = operator
        self.dsl_jobs = dsl_jobs
        self.operator_changed.emit(operator)

    def done(self, text: str, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say that something was saved in the register; with Undo or another single way on."""
        self.said.emit(Notice("done", text, action, run))

    def tell(self, text: str, action: str = "", run: Callable[[], None] | None = None) -> None:
        """Say something for a moment that is no saving in the register; with a single way on."""
        self.said.emit(Notice("told", text, action, run))

    def explain(self, error: RegisterError) -> None:
        """Show an error that a person can understand, as it stands."""
        self.said.emit(Notice("red" if "NOT SAVED" in str(error) else "check", str(error)))
