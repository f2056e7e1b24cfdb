"""What reads both files for the DSL: as long as somebody is at the desk who may, and nothing of it for the next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner


class DslReader(QObject):
    """Reads again whenever either file was written, one reading at a time; writes one thing at a time.

    Its children say what is read (`_read`), what is forgotten (`_forget`) and who hears of what was written
    (`_saved`). A turn is as long as one person is at the desk: answers for the one before come to nothing.

    Signals:
        wrong: A sentence about what stands in the open form.
    """

    wrong = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._turn = 0
        self._reading = self._again = self._busy = False
        desk.jobs.changed.connect(self.refresh)
        desk.operator_changed.connect(self._handed_over)

    @property
    def allowed(self) -> bool:
        """Whether whoever is at the desk may see any of it."""
        return self.desk.operator.role in SEES_CHILDREN and self.desk.dsl_jobs is not None

    @Slot()
    def refresh(self) -> None:
        """Read again. While it reads, once more is enough."""
        dsl_jobs = self.desk.dsl_jobs
        if not self.allowed or dsl_jobs is None:
            return
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._read(dsl_jobs)

    def _read(self, dsl_jobs: JobRunner) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        raise NotImplementedError

    def _saved(self) -> None:
        raise NotImplementedError

    def _has_read(self) -> None:
        """What was read is shown."""
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()

    def _not_read(self, turn: int, error: RegisterError) -> None:
        if turn == self._turn:
            self._reading = False
            self.desk.explain(error)

    def _write(self, job: Callable[..., Any], said: str) -> None:
        """Write in the DSL's file; `said` tells of it in the notice bar."""
        dsl_jobs = self.desk.dsl_jobs
        if self._busy or dsl_jobs is None or not self.allowed:
            return
        self._busy = True
        whole = partial(job, by=self.desk.operator, at=self.desk.now())
        dsl_jobs.write(whole, partial(self._written, self._turn, said), partial(self._not_written, self._turn))

    def _written(self, turn: int, said: str, _answer: object) -> None:
        if turn == self._turn:
            self._busy = False
            self._saved()
            self.desk.done(said)

    def _not_written(self, turn: int, error: RegisterError) -> None:
        if turn == self._turn:
            self._busy = False
            self.wrong.emit(str(error))
            if "NOT SAVED" in str(error):
                self.desk.explain(error)

    def _follow(self) -> None:
        """Read again after what is written in the DSL's file that is open now."""
        if self.allowed and self.desk.dsl_jobs is not None:
            self.desk.dsl_jobs.changed.connect(self.refresh)

    @Slot(object)
    def _handed_over(self, _operator: Operator) -> None:
        """Nothing of it stays for the next person, and no answer for the one before arrives any more."""
        self._turn += 1
        self._reading = self._again = self._busy = False
        self._forget()
        self._follow()
        self.refresh()
