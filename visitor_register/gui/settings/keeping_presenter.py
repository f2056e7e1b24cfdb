"""Keeping and erasing: reads both files for what is due, erases what was agreed to, and puts holds on and off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.people import SEES_CHILDREN
from visitor_register.domain.retention import Kept, Sorted
from visitor_register.errors import AnswerMissingError, RegisterError, WrongPasswordError
from visitor_register.gui.desk import Desk
from visitor_register.gui.settings.keeping_words import counted
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.widgets.who_field import find_guests
from visitor_register.persistence import second_place
from visitor_register.persistence.register import Register
from visitor_register.services import retention, retention_dsl, retention_due, retention_holds
from visitor_register.services.retention import Done, Keys
from visitor_register.services.retention_dsl import DslPart
from visitor_register.services.retention_due import READS, DeskPart
from visitor_register.services.retention_holds import HoldLine

_NOT_CLEAN = " The file could not be cleaned yet: make room on the disk, then start the program again."


@dataclass(frozen=True, slots=True)
class Shown:
    """What the section shows. `dsl` is None for who may not open the DSL's file: they only read."""

    desk: DeskPart
    dsl: DslPart | None
    found: Sorted
    holds: tuple[HoldLine, ...]


class KeepingPresenter(QObject):
    """Two files, the desk's first; what a crash between them left is finished at the next listing.

    Signals:
        listed: A `Shown`.
        people: What was asked for, and the people found by it.
        refused: Which field ("password" or "reason"), and the sentence for it.
        done: What was done, in words.
        busy_changed: Whether something is being written.
    """

    listed = Signal(object)
    people = Signal(object)
    refused = Signal(str, str)
    done = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, pc: ThisPc, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._pc, self._register = desk, pc, register
        self._shown: Shown | None = None
        self._reading = self._writing = False

    def leads(self) -> bool:
        """Whether this role erases and holds."""
        return self._desk.operator.role in SEES_CHILDREN and self._desk.dsl_jobs is not None

    @Slot()
    def load(self) -> None:
        """Read what is due now, in both files."""
        if self._reading or self._writing or self._desk.operator.role not in READS:
            return
        self._reading = True
        job = partial(_desk_part, by=self._desk.operator, at=self._desk.now())
        self._desk.jobs.read(job, self._desk_read, self._not_read)

    @Slot(str)
    def search(self, text: str) -> None:
        """Find people after two letters."""
        if len(text.strip()) < 2:
            self.people.emit((text, []))
        else:
            self._desk.jobs.read(partial(find_guests, text=text), self.people.emit)

    def erase(self, chosen: Collection[Kept], password: str) -> None:
        """Erase these records; the password is of whoever is at the desk."""
        shown = self._shown
        if shown is None or shown.dsl is None:
            return
        keys = frozenset(one.key for one in chosen)
        job = partial(
            retention.erase, chosen=keys, dsl=shown.dsl, keyring=self._register.keyring, own_password=password
        )
        self._write(job, partial(self._erase_in_dsl, keys, shown))

    def erase_person(self, who: UUID, reason: str, password: str) -> None:
        """Erase all about one person now."""
        shown = self._shown
        if shown is None or shown.dsl is None:
            return
        job = partial(
            retention.erase_person,
            who=who,
            reason=reason,
            dsl=shown.dsl,
            keyring=self._register.keyring,
            own_password=password,
        )
        self._write(job, partial(self._erase_in_dsl, frozenset(), shown))

    def hold(self, about: UUID, reason: str) -> None:
        """Keep everything about a person, visit or booking."""
        self._write(partial(retention_holds.hold, about=about, reason=reason), partial(self._over, "The hold is on."))

    def hold_child(self, reference: str, reason: str) -> None:
        """Keep everything that carries a child reference."""
        job = partial(retention_holds.child_hold, reference=reference, reason=reason)
        self._write_dsl(job, partial(self._over, "The hold is on."))

    def end_hold(self, one: HoldLine, reason: str) -> None:
        """Let the periods count again."""
        over = partial(self._over, "The hold has ended.")
        if one.child:
            self._write_dsl(partial(retention_holds.end_child_hold, hold=one.id, reason=reason), over)
        else:
            self._write(partial(retention_holds.end_hold, about=one.id, reason=reason), over)

    def _desk_read(self, read: tuple[DeskPart, tuple[HoldLine, ...], dict[UUID, str]]) -> None:
        desk, holds, who = read
        if self._desk.dsl_jobs is None:
            self._show(desk, holds, None)
            return
        job = partial(_dsl_part, desk=desk, who=who, by=self._desk.operator)
        self._desk.dsl_jobs.read(job, partial(self._dsl_read, desk, holds), self._not_read)

    def _dsl_read(
        self, desk: DeskPart, holds: tuple[HoldLine, ...], read: tuple[DslPart, tuple[HoldLine, ...]]
    ) -> None:
        dsl, of_children = read
        self._show(desk, (*holds, *of_children), dsl)
        job = partial(retention.unfinished, desk=desk, dsl=dsl, by=self._desk.operator)
        self._desk.jobs.read(job, partial(self._finish, dsl))

    def _finish(self, dsl: DslPart, rest: Done) -> None:
        """What a crash left between the two files is erased without being asked again: it was agreed to."""
        # Between its two files an erasure that is on looks as if it had been interrupted.
        if (rest.subjects or rest.people) and not self._writing:
            job = partial(retention.finish, done=rest, dsl=dsl)
            self._write_dsl(job, partial(self._tidy, "The rest of an erasure that was interrupted was erased."))

    def _show(self, desk: DeskPart, holds: tuple[HoldLine, ...], dsl: DslPart | None) -> None:
        self._reading = False
        self._shown = Shown(desk, dsl, retention.look(desk, dsl, self._desk.now()), holds)
        self.listed.emit(self._shown)

    def _erase_in_dsl(self, keys: Keys, shown: Shown, done: Done) -> None:
        if shown.dsl is None:
            return
        job = partial(retention.erase_in_dsl, chosen=keys, done=done, desk=shown.desk, dsl=shown.dsl)
        self._write_dsl(job, partial(self._erased, done))

    def _erased(self, done: Done, of_dsl: tuple[Kept, ...]) -> None:
        said = counted((*done.erased, *of_dsl))
        words = "All about this person was erased." if done.people else f"Erased: {said}."
        if not said and not done.people:
            words = "Nothing was erased: it is not due any more, or a hold keeps it."
        self._tidy(f"{words} {done.stays}".strip(), None)

    def _tidy(self, words: str, _value: object) -> None:
        """Complete the list of what was erased, one file after the other: both write to it."""
        if self._desk.dsl_jobs is not None:
            job = partial(retention.tidy, register=self._register, at=self._desk.now())
            self._desk.dsl_jobs.read(job, partial(self._tidy_desk, words), self._failed)
        else:
            self._be_busy(False)

    def _tidy_desk(self, words: str, complete: bool) -> None:
        place = self._pc.machine.backup_folder
        job = partial(_complete, register=self._register, place=Path(place) if place else None, at=self._desk.now())
        more = "" if complete else _NOT_CLEAN
        self._desk.jobs.read(job, partial(self._listed_up, f"{words}{more}"), self._failed)

    def _listed_up(self, words: str, complete: bool) -> None:
        more = "" if complete or words.endswith(_NOT_CLEAN) else _NOT_CLEAN
        self._desk.erased.emit()
        self._over(f"{words}{more}", None)

    def _over(self, words: str, _value: object) -> None:
        self._be_busy(False)
        self.done.emit(words)
        self._desk.done(words)
        self.load()

    def _be_busy(self, busy: bool) -> None:
        self._writing = busy
        self.busy_changed.emit(busy)

    def _write(self, job: Any, done: Any) -> None:
        self._be_busy(True)
        self._desk.jobs.write(partial(job, by=self._desk.operator, at=self._desk.now()), done, self._failed)

    def _write_dsl(self, job: Any, done: Any) -> None:
        if self._desk.dsl_jobs is None:
            self._be_busy(False)
            return
        self._be_busy(True)
        self._desk.dsl_jobs.write(partial(job, by=self._desk.operator, at=self._desk.now()), done, self._failed)

    def _failed(self, error: RegisterError) -> None:
        self._be_busy(False)
        if isinstance(error, WrongPasswordError):
            self.refused.emit("password", str(error))
        elif isinstance(error, AnswerMissingError) or "reason" in str(error):
            self.refused.emit("reason", str(error))
        else:
            self._desk.explain(error)

    def _not_read(self, error: RegisterError) -> None:
        self._reading = False
        self._desk.explain(error)


def _desk_part(session: Session, **said: Any) -> tuple[DeskPart, tuple[HoldLine, ...], dict[UUID, str]]:
    desk = retention_due.at_the_desk(session, **said)
    return desk, retention_holds.holds(session, by=said["by"]), retention_holds.operators(session)


def _dsl_part(
    session: Session, *, desk: DeskPart, who: dict[UUID, str], by: Any
) -> tuple[DslPart, tuple[HoldLine, ...]]:
    return retention_dsl.of_the_dsl(session, desk.rules, by=by), retention_holds.child_holds(session, who, by=by)


def _complete(session: Session, *, register: Register, place: Path | None, at: datetime) -> bool:
    complete = retention.tidy(session, register, at=at)
    if place is not None:
        second_place.take_erased(place, register.folder, register.keyring.desk)
    return complete
