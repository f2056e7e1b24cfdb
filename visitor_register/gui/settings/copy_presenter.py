"""One person's data: find the person, read both files, write the copy, and note that it was made."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.errors import RegisterError
from visitor_register.files import pdf_password
from visitor_register.files.whole_file import write_whole
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints import subject_sheet
from visitor_register.gui.widgets.who_field import find_guests
from visitor_register.services import policy, proof, subject_copy
from visitor_register.services.subject_copy import CopiedLine, DeskPart, SubjectCopy
from visitor_register.services.subject_copy_told import as_json


@dataclass(frozen=True, slots=True)
class _Asked:
    person: UUID
    folder: Path
    password: str


class CopyPresenter(QObject):
    """Makes the copy in steps: the desk's file, the DSL's file, the two files on the disk, and the line about it.

    Signals:
        found: What was asked for, and the people found by it.
        refused: A sentence about the password; empty when there is nothing wrong.
        made: Where the copy lies, in words.
        busy_changed: Whether one is being made.
    """

    found = Signal(object)
    refused = Signal(str)
    made = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people after two letters."""
        if len(text.strip()) < 2:
            self.found.emit((text, []))
        else:
            self._desk.jobs.read(partial(find_guests, text=text), self.found.emit)

    def check(self, password: str, again: str) -> bool:
        """Whether the copy can be made like this; else the sentence was said."""
        try:
            pdf_password.check_typed(password, again)
        except RegisterError as error:
            self.refused.emit(str(error))
            return False
        self.refused.emit("")
        return True

    def save(self, person: UUID, folder: Path, password: str) -> None:
        """Write the copy into a folder: a PDF to read, and the same for another program."""
        if self._desk.dsl_jobs is None or self._desk.operator.role not in SEES_CHILDREN:
            return
        self.busy_changed.emit(True)
        asked = _Asked(person, folder, password)
        job = partial(subject_copy.at_the_desk, asked=person, by=self._desk.operator)
        self._desk.jobs.read(job, partial(self._in_the_dsl_file, asked), self._failed)

    def _in_the_dsl_file(self, asked: _Asked, desk: DeskPart) -> None:
        if self._desk.dsl_jobs is None:
            self.busy_changed.emit(False)
            return
        job = partial(subject_copy.in_the_dsl_file, desk=desk, by=self._desk.operator)
        self._desk.dsl_jobs.read(job, partial(self._write, asked, desk), self._failed)

    def _write(self, asked: _Asked, desk: DeskPart, dsl: tuple[CopiedLine, ...]) -> None:
        copy = subject_copy.join(desk, dsl, at=self._desk.now())
        job = partial(_write_files, asked=asked, copy=copy)
        self._desk.jobs.read(job, partial(self._log, asked), self._failed)

    def _log(self, asked: _Asked, name: str) -> None:
        by, at = self._desk.operator, self._desk.now()
        job = partial(subject_copy.log, asked=asked.person, formats=subject_copy.FORMATS, by=by, at=at)
        self._desk.jobs.write(job, partial(self._done, name), self._failed)

    def _done(self, name: str, _nothing: object) -> None:
        self.busy_changed.emit(False)
        self.made.emit(
            f"Saved as {name}.pdf and {name}.json. Read it before you hand it over: notes may speak of others."
        )

    def _failed(self, error: RegisterError) -> None:
        self.busy_changed.emit(False)
        self._desk.explain(error)


def _write_files(session: Session, asked: _Asked, copy: SubjectCopy) -> str:
    """Write both files and return the name they share, which says nobody's name."""
    school = policy.read(session, calendar.london_date(copy.made_at)).school.name
    made = calendar.to_london(copy.made_at)
    name = f"copy-of-data-{made:%Y-%m-%d-%H%M}"
    paper = subject_sheet.as_pdf(copy, school, proof.of_today(session, at=copy.made_at), password=asked.password)
    write_whole(asked.folder / f"{name}.pdf", paper)
    write_whole(asked.folder / f"{name}.json", as_json(copy))
    return name
