"""The DSL's list at the desk: read while a DSL or head sits there, and written as they look at its lines."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.assurance import refuse_certificate_number
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.domain.visits import Visit
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.gui.today import review_words
from visitor_register.services import directory, review, sealed
from visitor_register.services.review import ReviewLine

CLOSED_FILE = "The DSL's own file is not open. Lock the desk, sign in again, and try once more."


@dataclass(frozen=True, slots=True)
class Answers:
    """What the DSL says about a visit. `exceptional` and `detail` stand in the DSL's file, `note` at the desk."""

    exceptional: str = ""
    detail: str = ""
    note: str = ""


class ReviewPresenter(QObject):
    """Knows the lines as long as somebody is at the desk who may; forgets them when somebody else is.

    Signals:
        lines: The rows of the list.
        counted: How many visits wait, also those that are not listed for their number.
        opened: A line in words (`Told`); the same visit again when it was read anew.
        answered: What the DSL's file says about the open visit already (`Answers`).
        wrong: For each field ("exceptional", "detail", "note") what to write instead.
        closed: The open line is done with, or gone.
    """

    lines = Signal(object)
    counted = Signal(int)
    opened = Signal(object)
    answered = Signal(object)
    wrong = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[UUID, ReviewLine] = {}
        self._open: UUID | None = None
        self._busy = self._answers_read = False
        desk.jobs.changed.connect(self.refresh)
        desk.operator_changed.connect(self._hand_over)

    @property
    def allowed(self) -> bool:
        """Whether whoever is at the desk may see the list."""
        return self._desk.operator.role in SEES_CHILDREN

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        if self.allowed:
            by = self._desk.operator
            self._desk.jobs.read(partial(_read, by=by), partial(self._show, by))

    @Slot(object)
    def open(self, visit: UUID) -> None:
        """Show one line whole."""
        line, dsl_jobs = self._lines.get(visit), self._desk.dsl_jobs
        if line is None:
            return
        if dsl_jobs is None:
            self._desk.explain(RegisterError(CLOSED_FILE))
            return
        self._open, self._answers_read = visit, False
        self.opened.emit(review_words.tell(line, self._desk.now()))
        job = partial(sealed.reason_of, about=visit, by=self._desk.operator)
        dsl_jobs.read(job, partial(self._show_answers, visit), self._answers_unreadable)

    @Slot()
    def close(self) -> None:
        """Back to the list."""
        self._open = None
        self.closed.emit()

    def look_at(self, answers: Answers) -> None:
        """The DSL looked at the open line: it leaves the list."""
        wrong = check(answers)
        self.wrong.emit(wrong)
        visit, dsl_jobs, at = self._open, self._desk.dsl_jobs, self._desk.now()
        # What the file says already must not be overwritten by fields that it has not filled yet.
        if visit is None or dsl_jobs is None or self._busy or wrong or not self._answers_read:
            return
        self._busy = True
        then = partial(review.review, identity=visit, note=answers.note, by=self._desk.operator, at=at)
        # The DSL's file first: if the second writing fails, the line is still there, and the same again is nothing new.
        job = partial(
            review.record_circumstance,
            identity=visit,
            exceptional=answers.exceptional,
            detail=answers.detail,
            by=self._desk.operator,
            at=at,
        )
        dsl_jobs.write(job, partial(self._recorded, then), self._not_saved)

    def confirm(self, code: str) -> None:
        """The DSL knows that the code is this person's."""
        line = self._lines.get(self._open) if self._open else None
        if line is None or self._busy:
            return
        self._busy = True
        job = partial(
            directory.confirm_code,
            identity=line.visit.person,
            code=code,
            by=self._desk.operator,
            at=self._desk.now(),
        )
        self._desk.jobs.write(job, partial(self._confirmed, code), self._not_saved)

    def _recorded(self, then: "partial[Visit]", _nothing: object) -> None:
        self._desk.jobs.write(then, self._looked_at, self._not_saved)

    def _looked_at(self, _visit: Visit) -> None:
        self._busy = False
        self.close()
        self._desk.done("Looked at. It stands in History, the circumstance in your own file.")

    def _confirmed(self, code: str, _nothing: object) -> None:
        self._busy = False
        self._desk.done(f"Badge code {code} is confirmed.")

    def _not_saved(self, error: RegisterError) -> None:
        self._busy = False
        self._desk.explain(error)

    def _show(self, by: Operator, answer: tuple[int, list[ReviewLine]]) -> None:
        # Read for somebody who has left the desk since.
        if by != self._desk.operator:
            return
        count, lines = answer
        self._lines = {line.visit.id: line for line in lines}
        now = self._desk.now()
        self.lines.emit(review_words.rows(lines, now))
        self.counted.emit(count)
        if self._open is not None:
            line = self._lines.get(self._open)
            if line is None:
                self.close()
            else:
                self.opened.emit(review_words.tell(line, now))

    def _show_answers(self, visit: UUID, reason: Reason | None) -> None:
        if visit == self._open:
            self._answers_read = True
            self.answered.emit(Answers(reason.exceptional, reason.detail) if reason else Answers())

    def _answers_unreadable(self, error: RegisterError) -> None:
        self.close()
        self._desk.explain(error)

    @Slot(object)
    def _hand_over(self, _operator: Operator) -> None:
        """Nothing of it stays in the window for the next person."""
        self._lines, self._busy = {}, False
        self.close()
        self.lines.emit([])
        self.counted.emit(0)
        self.refresh()


def check(answers: Answers) -> dict[str, str]:
    """Say, field by field, what to write instead; empty when it can be saved."""
    wrong: dict[str, str] = {}
    try:
        review.check_circumstance(answers.exceptional, answers.detail)
    except RegisterError as error:
        wrong["detail"] = str(error)
    try:
        refuse_certificate_number(answers.note)
    except RegisterError as error:
        wrong["note"] = str(error)
    return wrong


def _read(session: Session, *, by: Operator) -> tuple[int, list[ReviewLine]]:
    lines = review.waiting(session, by=by)
    return len(lines) if len(lines) < review.MOST else review.count(session, by=by), lines
