"""The schedule of the backups: every quarter of an hour if anything is new, at the end, and whenever somebody asks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from visitor_register.domain.backup_times import EVERY
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.gui.beside import Beside
from visitor_register.gui.desk import Desk
from visitor_register.gui.prints.lane import Lane
from visitor_register.persistence import backup, ending, restore, second_place
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.database import Database, Identity
from visitor_register.persistence.journal import Head
from visitor_register.persistence.leaving import BUG, Leaving
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Drill, Opening
from visitor_register.persistence.second_place import State
from visitor_register.services import restoring

NOTE_AFTER_MS = 5_000
"""How long after something was saved its head is noted at the second place: many saves are one note."""

PATIENCE = 5.0
"""Seconds that the end of the program waits for the second place."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a try came to: the backup if one was due, and all that lie here."""

    listed: tuple[Backup, ...]
    made: Backup | None
    trouble: str = ""


class Backups(QObject):
    """Makes backups beside the desk, copies them to the second place, and knows how both stand.

    Attributes:
        listed: The backups in the register's folder, the newest first.
        elsewhere: Those at the second place, as last seen.
        second: How the second place stands.
        trouble: Why the last backup could not be made; empty when it could.
        busy: Whether one is being made, or a drill is on.

    Signals:
        changed: One of the above is another now.
        progressed: What is being done, in words.
        drilled: The `Drill`, or the `RegisterError` that kept it from being held.
        went_back: The second place knows of records that this register lost.
    """

    changed = Signal()
    progressed = Signal(str)
    drilled = Signal(object)
    went_back = Signal()

    def __init__(
        self, desk: Desk, register: Register, second_folder: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._register, self._second_folder = desk, register, second_folder
        self.listed: tuple[Backup, ...] = ()
        self.elsewhere: tuple[Backup, ...] = ()
        self.second = State()
        self._leaving = Leaving(register.folder, desk.now)
        self.trouble = ""
        self.busy = False
        self._drill_by: Operator | None = None
        self._lane, self._drills = Lane("backup", self), Lane("drill", self)
        self._lane.finished.connect(self._show_made)
        self._drills.finished.connect(self._show_drill)
        self._beside = Beside("second place", self)
        self._beside.finished.connect(self._show_second)
        self._timer = QTimer(self)
        self._timer.setInterval(int(EVERY.total_seconds() * 1_000))
        self._timer.timeout.connect(self.tick)
        self._note = QTimer(self)
        self._note.setSingleShot(True)
        self._note.setInterval(NOTE_AFTER_MS)
        self._note.timeout.connect(self._note_heads)

    # ---- what the lamp and the screens ask

    @property
    def newest_at(self) -> datetime | None:
        """When the newest backup in the register's folder was made."""
        return self.listed[0].made_at if self.listed else None

    def health(self) -> tuple[State, str]:
        """How the second place stands, and why the last backup could not be made."""
        return self.second, self.trouble or self._leaving.trouble

    # ---- what they can do

    def start(self) -> None:
        """Begin the schedule."""
        self._register.leaving = self._leaving
        self._desk.operator_changed.connect(self.tick)
        self._desk.operator_changed.connect(self._follow_dsl)
        self._desk.jobs.changed.connect(self._note_soon)
        self._timer.start()
        self._follow_dsl()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Make a backup if anything is new: the time has come, or somebody else signed in."""
        self._make(force=False)

    @Slot()
    def run_now(self) -> None:
        """Make one now, whether anything is new or not."""
        self._make(force=True)

    @Slot()
    def refresh(self) -> None:
        """Look at the second place again: it may have been connected, or another folder chosen."""
        if folder := self._second_folder():
            self._beside.run("list", partial(_look, Path(folder), self._register))
        else:
            self.second, self.elsewhere = State(), ()
            self.changed.emit()

    def drill(self, path: Path, opening: Opening) -> None:
        """Restore a backup into a folder of its own and prove it; `drilled` tells the result."""
        self.busy, self._drill_by = True, self._desk.operator
        self.changed.emit()
        self._drills.run(partial(_drill, path, opening, self._desk.now(), self.progressed.emit))

    def close(self, *, last: bool = True) -> None:
        """Make the last backup. The register must still be open, and nothing be written any more.

        Without it none is thinned either: one that is to be restored is still there.
        """
        for timer in (self._timer, self._note):
            timer.stop()
        for lane in (self._lane, self._drills):
            lane.close()
        self._leaving.wait()
        made = None
        if last:
            register = self._register
            made = _try(register.folder, register.desk, register.dsl, self._desk.now(), False, _nothing).made
        self._beside.close(PATIENCE, None if made is None else self._copying(made.path))
        self._register.leaving = None

    # ---- inside

    def _make(self, *, force: bool) -> None:
        self.busy = True
        register = self._register
        work = partial(
            _try, register.folder, register.desk, register.dsl, self._desk.now(), force, self.progressed.emit
        )
        self._lane.run(partial(_after, self._leaving, work))

    @Slot(object)
    def _show_made(self, done: object) -> None:
        self.busy = False
        if isinstance(done, _Made):
            self.listed, self.trouble = done.listed, done.trouble
            copying = None if done.made is None else self._copying(done.made.path)
            if copying is not None:
                self._beside.run("copy", copying)
                self.refresh()
        else:
            self.trouble = BUG
        self.changed.emit()

    def _copying(self, path: Path) -> Callable[[], None] | None:
        """Copying a backup to the second place; None where there is none."""
        folder, register = self._second_folder(), self._register
        if not folder:
            return None
        return partial(second_place.take, path, Path(folder), register.folder, register.keyring.desk)

    @Slot()
    def _follow_dsl(self) -> None:
        if self._desk.dsl_jobs is not None:
            self._desk.dsl_jobs.changed.connect(self._note_soon)

    @Slot()
    def _note_soon(self) -> None:
        if not self._note.isActive():
            self._note.start()

    @Slot()
    def _note_heads(self) -> None:
        if folder := self._second_folder():
            self._beside.run("note", partial(_note, Path(folder), self._register))

    @Slot(str, object)
    def _show_second(self, kind: str, result: object) -> None:
        folder = self._second_folder()
        if isinstance(result, Exception):
            words = str(result) if isinstance(result, RegisterError) else second_place.FAILED
            self.second = replace(self.second, folder=folder, trouble=words)
        elif isinstance(result, _Behind):
            self._begin_epoch(result)
        elif kind == "list" and isinstance(result, tuple):
            self.elsewhere = result
            newest = self.elsewhere[0].made_at if self.elsewhere else None
            self.second = State(folder, newest)
        self.changed.emit()

    def _begin_epoch(self, behind: "_Behind") -> None:
        """The share answered late: what was known there when the register opened would have shown the loss."""
        if self._register.records_lost:
            return
        self._register.records_lost = True
        database = self._register.desk if behind.file == "desk" else self._register.dsl
        if database is not None:
            epoch = max(database.identity.epoch, behind.epoch + 1)
            database.identity = Identity(database.identity.desk, epoch)
        self.went_back.emit()

    @Slot(object)
    def _show_drill(self, done: object) -> None:
        self.busy = False
        by = self._drill_by
        if isinstance(done, Drill) and by is not None and by.role in SEES_CHILDREN:
            self._desk.jobs.write(partial(restoring.drill_done, drill=done, by=by, at=self._desk.now()))
        self.drilled.emit(done if isinstance(done, Drill | RegisterError) else RegisterError(BUG))
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Behind:
    """The second place knows of a later ending of this file, in this epoch."""

    file: str
    epoch: int


def _try(
    folder: Path, desk: Database, dsl: Database | None, at: datetime, force: bool, progress: Callable[[str], None]
) -> _Made:
    try:
        made = None
        if force or backup.is_due(folder, desk, dsl):
            made = backup.make(folder, desk, dsl, at=at, progress=progress)
        return _Made(tuple(backup.listed(folder)), made)
    except RegisterError as error:
        return _Made(tuple(backup.listed(folder)), None, str(error))


def _after(leaving: Leaving, work: Callable[[], _Made]) -> _Made:
    """A backup made at a hand-over takes along what the DSL wrote until then."""
    leaving.wait()
    return work()


def _look(folder: Path, register: Register) -> tuple[Backup, ...]:
    if refused := second_place.why_refused(folder, register.folder):
        raise RegisterError(refused)
    return tuple(second_place.backups(folder, register.keyring.desk))


def _note(folder: Path, register: Register) -> _Behind | None:
    """Note where both files end, unless what is noted there shows that records were lost here."""
    theirs = second_place.heads(folder, register.keyring.desk)
    ours: dict[str, Head] = {}
    for name, database in (("desk", register.desk), ("dsl", register.dsl)):
        if database is None:
            continue
        with database.read() as session:
            if name in theirs and ending.is_behind(session, theirs[name]):
                return _Behind(name, theirs[name].epoch)
            head = ending.newest(session)
        if head is not None:
            ours[name] = head
    second_place.note(ours, folder, register.folder, register.keyring.desk)
    return None


def _drill(path: Path, opening: Opening, at: datetime, progress: Callable[[str], None]) -> Drill | RegisterError:
    try:
        return restore.drill(path, opening, at=at, progress=progress)
    except RegisterError as error:
        return error


def _nothing(*_: object) -> None:
    """At the end of the program there is nobody to give way to, and nothing to tell."""
