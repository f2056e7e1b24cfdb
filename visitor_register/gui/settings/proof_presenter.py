"""Proving that nobody changed the register: beside the desk's own work, in a thread and with connections of its own."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.domain.people import Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints.lane import Lane
from visitor_register.persistence import anchor
from visitor_register.persistence.database import Database
from visitor_register.persistence.register import Register
from visitor_register.services import proof
from visitor_register.services.proof import Checked

NOT_READ = "The DSL's file was not read: only the DSL or the head can open it."


class _StoppedError(Exception):
    """Nobody waits for the answer any more."""


class ProofPresenter(QObject):
    """Checks both files as far as they are open; a desk that is handed over or closed ends it at the next step.

    Signals:
        words: The words of today, a `Proof`; None while nothing is written.
        refused: A sentence about the words that were typed; empty when there is nothing wrong.
        told: How far it has come, in words.
        checked: What was found, each a `Checked`, the files first.
        busy_changed: Whether a check is on its way.
    """

    words = Signal(object)
    refused = Signal(str)
    told = Signal(str)
    checked = Signal(object)
    busy_changed = Signal(bool)
    _moved = Signal(str, int)

    def __init__(self, desk: Desk, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._register = desk, register
        self._stopped = self.busy = False
        self._lane = Lane("proof", self)
        self._lane.finished.connect(self._finished)
        self._moved.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        desk.operator_changed.connect(self._handed_over)

    @Slot()
    def read_words(self) -> None:
        """Read where the register ends now."""
        self._desk.jobs.read(partial(proof.of_today, at=self._desk.now()), self.words.emit)

    def check(self, typed: str) -> None:
        """Check everything, and whether the register holds the moment of these words; empty words are none."""
        if self.busy:
            return
        try:
            if typed.strip():
                anchor.prefix_of(typed)
        except RegisterError as error:
            self.refused.emit(str(error))
            return
        self.refused.emit("")
        self._stopped, self.busy = False, True
        self.busy_changed.emit(True)
        files = [("desk", self._register.desk)]
        if self._register.dsl is not None:
            files.append(("DSL's", self._register.dsl))
        self._lane.run(partial(self._work, files, typed.strip()))

    def close(self) -> None:
        """End what is being checked, and the thread."""
        self._stopped = True
        self._lane.close()

    def _work(self, files: list[tuple[str, Database]], typed: str) -> list[Checked] | RegisterError | None:
        """In the thread of its own: `None` when it was stopped."""
        by, found, moments = self._desk.operator, [], []
        try:
            with files[0][1].read() as session:
                known = proof.names(session)
            for name, database in files:
                with database.read() as session:
                    done = proof.check(session, by=by, progress=partial(self._progress, name))
                    found.append(proof.told(name, done, known))
                    if typed:
                        moments.append(proof.find(session, typed, by=by))
        except _StoppedError:
            return None
        except RegisterError as error:
            return error
        if len(files) == 1:
            found.append(Checked(None, (NOT_READ,)))
        return [*found, *([proof.told_of(moments)] if typed else [])]

    def _progress(self, name: str, done: int) -> None:
        if self._stopped or self._desk.jobs.closed:
            raise _StoppedError
        self._moved.emit(name, done)

    @Slot(str, int)
    def _show_progress(self, name: str, done: int) -> None:
        if self.busy:
            self.told.emit(f"Reading the {name} file: {done} %")

    @Slot(object)
    def _finished(self, result: object) -> None:
        self.busy = False
        self.told.emit("")
        self.busy_changed.emit(False)
        if isinstance(result, list):
            self.checked.emit(result)
        elif isinstance(result, RegisterError):
            self._desk.explain(result)
        elif result is not None:
            self._desk.explain(RegisterError("The register could not be checked. Close the program, and try again."))

    @Slot(object)
    def _handed_over(self, _operator: Operator) -> None:
        self._stopped = True
