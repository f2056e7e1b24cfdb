"""One person of the chart: their card, changing them by hand, and how they stood on another day."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.chart_dates import read_date
from visitor_register.domain.directory import HandField
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.errors import AnswerMissingError
from visitor_register.gui.chart.card_state import card_of, then_words
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_edits, chart_history, chart_view, directory
from visitor_register.services.chart_edits import Editable, HandForm
from visitor_register.services.chart_history import PersonThen
from visitor_register.services.chart_view import PersonCard

_WRITE_DATE = "Write a date, like 02/11/2026."


class CardPresenter(QObject):
    """Shows somebody, and lets the DSL and the head change them.

    Signals:
        shown: A `Card`.
        nobody_shown: The row is a vacant post.
        then_shown: How they stood on a day, and what to write instead of the day; one of them is empty.
        edit_shown: An `Editable`, and what stands in the form.
        edit_wrong: For each field of the form what to write instead.
    """

    shown = Signal(object)
    nobody_shown = Signal()
    then_shown = Signal(str, str)
    edit_shown = Signal(object, object)
    edit_wrong = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person: UUID | None = None
        self._editing: Editable | None = None
        self._typed: HandForm | None = None
        desk.operator_changed.connect(self._handed_over)

    @property
    def person(self) -> UUID | None:
        """Whose card is open."""
        return self._person

    @Slot(object)
    def show_person(self, person: UUID) -> None:
        """Show one person's card. A form that was being filled in can be gone back to."""
        if self._editing is not None and person != self._editing.who.id:
            self._put_aside()
        if self._editing is None:
            self._person = person
            self._read(person)

    @Slot()
    def forget(self) -> None:
        """Something else is shown in its place."""
        self._put_aside()
        self._person = None

    @Slot()
    def refresh(self) -> None:
        """Read the card again; a form that is being filled in stays as it is."""
        if self._person is not None and self._editing is None:
            self._read(self._person)

    @Slot(str, str)
    def withdraw(self, code: str, reason: str) -> None:
        """Withdraw a badge code of the person."""
        if not reason.strip():
            self._desk.explain(AnswerMissingError("Say why the badge code is withdrawn: lost, or somebody else's."))
        elif self._person is not None:
            job = partial(directory.withdraw_code, identity=self._person, code=code, reason=reason.strip())
            self._write(job, f"Badge code {code} is withdrawn.")

    @Slot(object, str)
    def part(self, join: UUID, reason: str) -> None:
        """Two records that were joined are two people after all."""
        self._write(partial(directory.part, join=join, reason=reason), "They are two people again. The reason stays.")

    @Slot(str)
    def confirm(self, code: str) -> None:
        """Confirm a provisional badge code."""
        if self._person is not None:
            job = partial(directory.confirm_code, identity=self._person, code=code)
            self._write(job, f"Badge code {code} is confirmed.")

    @Slot(str)
    def look_back(self, typed: str) -> None:
        """Say how the person stood on the chart on a day."""
        day = read_date(typed)
        if day is None or day > calendar.london_date(self._desk.now()):
            self.then_shown.emit("", _WRITE_DATE if day is None else "That day has not come yet.")
        elif self._person is not None:
            job = partial(chart_history.person_on, identity=self._person, day=day)
            self._desk.jobs.read(job, partial(self._tell_then, calendar.say_date(day)))

    @Slot()
    def edit(self) -> None:
        """Open the form."""
        if self._person is not None:
            job = partial(chart_edits.editable, identity=self._person)
            self._desk.jobs.read(job, partial(self._open, None), self._desk.explain)

    @Slot(object)
    def type(self, form: HandForm) -> None:
        """Keep what stands in the form."""
        self._typed = form

    @Slot(object)
    def save(self, form: HandForm) -> None:
        """Change the person as the form says, unless something in it is wrong."""
        if self._editing is not None:
            job = partial(_checked, found=self._editing, form=form)
            self._desk.jobs.read(job, partial(self._save, self._editing, form))

    @Slot()
    def leave_edit(self) -> None:
        """Close the form; nothing is changed."""
        self._editing = self._typed = None
        self.refresh()

    @Slot()
    def take_back(self) -> None:
        """Let the person read again as the chart says."""
        if self._person is not None:
            self._write(partial(chart_edits.take_back, identity=self._person), "It reads again as the chart says.")

    def _put_aside(self) -> None:
        """Close a form; when something was typed, say so, with the way back to it."""
        found, typed = self._editing, self._typed
        self._editing = self._typed = None
        if found is not None and typed is not None and typed != found.form:
            words = f"What you wrote about {found.who.name} is not saved."
            self._desk.tell(words, "Go back to it", partial(self._go_back, found.who.id, typed))

    def _go_back(self, person: UUID, typed: HandForm) -> None:
        self._person = person
        self._desk.jobs.read(
            partial(chart_edits.editable, identity=person), partial(self._open, typed), self._desk.explain
        )

    def _open(self, typed: HandForm | None, found: Editable) -> None:
        if self._desk.operator.role in SEES_CHILDREN and found.who.id == self._person:
            self._editing, self._typed = found, typed or found.form
            self.edit_shown.emit(found, self._typed)

    def _save(self, found: Editable, form: HandForm, wrong: dict[str, str]) -> None:
        self.edit_wrong.emit(wrong)
        if not wrong and self._editing is found:
            job = partial(chart_edits.edit, identity=found.who.id, form=form)
            at, by = self._desk.now(), self._desk.operator
            self._desk.jobs.write(partial(job, by=by, at=at), partial(self._saved, found), self._desk.explain)

    def _saved(self, found: Editable, changed: tuple[HandField, ...]) -> None:
        self._editing = self._typed = None
        name = found.who.name
        words = f"{name} is changed. The next chart is held against it." if changed else f"{name} is as before."
        (self._desk.done if changed else self._desk.tell)(words)
        self.refresh()

    def _read(self, person: UUID) -> None:
        self._desk.jobs.read(partial(chart_view.card, identity=person), partial(self._show, person))

    def _show(self, person: UUID, found: PersonCard | None) -> None:
        if person != self._person or self._editing is not None:
            return
        if found is None:
            self._person = None
            self.nobody_shown.emit()
            return
        # The record that says most: codes are written to it.
        self._person = found.person.id
        self.shown.emit(card_of(found, self._desk.operator.role, self._desk.now()))

    def _tell_then(self, day: str, then: PersonThen | None) -> None:
        self.then_shown.emit(then_words(then, day), "")

    def _write(self, job: Callable[..., None], words: str) -> None:
        done = partial(self._written, words)
        self._desk.jobs.write(partial(job, by=self._desk.operator, at=self._desk.now()), done, self._desk.explain)

    def _written(self, words: str, _nothing: None) -> None:
        self._desk.done(words)
        self.refresh()

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        # What one person wrote must not be saved in another's name.
        self._editing = self._typed = None
        self.refresh()


def _checked(session: Session, found: Editable, form: HandForm) -> dict[str, str]:
    return chart_edits.check(session, found, form)
