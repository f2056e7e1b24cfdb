"""Backups in Settings: what there is, a second place, the termly try, and going back to one of them."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import backup_words
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import NotAllowedError, RegisterError, WrongPasswordError
from visitor_register.gui.beside import Beside
from visitor_register.gui.caretaker import Caretaker
from visitor_register.gui.desk import Desk
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.persistence import second_place
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Drill, Opening
from visitor_register.persistence.second_place import State
from visitor_register.services import restoring
from visitor_register.services.restoring import Found, Since


class BackupsPresenter(QObject):
    """Stands between the section and what makes the backups. The services say who may.

    Signals:
        changed: What there is, how the second place stands, or whether something is being done.
        progressed: What is being done, in words.
        made: Somebody asked for a backup, and it was made or not: a sentence.
        tried: The try of a backup is over: a sentence, its twelve words, and whether it can be relied on.
        lost: What would be lost by going back to the chosen backup, a sentence.
        refused: Which field ("drill", "restore" or "folder"), and the sentence for it; empty takes it back.
    """

    changed = Signal()
    progressed = Signal(str)
    made = Signal(str)
    tried = Signal(str, str, bool)
    lost = Signal(str)
    refused = Signal(str, str)

    def __init__(
        self, desk: Desk, pc: ThisPc, register: Register, caretaker: Caretaker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._pc, self._register, self._caretaker = desk, pc, register, caretaker
        self._backups = caretaker.backups
        self._asked = False
        self._chosen: Found | None = None
        self._place = Beside("chosen place", self)
        self._place.finished.connect(self._judge_folder)
        self._backups.changed.connect(self._follow)
        self._backups.progressed.connect(self.progressed)
        self._backups.drilled.connect(self._show_drill)
        caretaker.health.looked.connect(self.changed)

    def leads(self) -> bool:
        """Whether this role chooses the second place, tries backups and restores them."""
        return self._desk.operator.role in SEES_CHILDREN

    def now(self) -> datetime:
        """The desk's clock."""
        return self._desk.now()

    def found(self) -> list[Found]:
        """The backups of both places, the newest first."""
        return restoring.together(self._backups.listed, self._backups.elsewhere)

    def busy(self) -> bool:
        """Whether a backup is being made, or tried."""
        return self._backups.busy

    def trouble(self) -> str:
        """Why the last backup could not be made; empty when it could."""
        return self._backups.trouble

    def second(self) -> State:
        """How the second place stands; its folder is what is set now."""
        return replace(self._backups.second, folder=self._pc.machine.backup_folder)

    def drill_held(self) -> tuple[datetime | None, bool]:
        """When a backup was last tried, and whether it could be relied on."""
        facts = self._caretaker.health.facts
        return (None, True) if facts is None else (facts.drill_at, facts.drill_sound)

    @Slot()
    def load(self) -> None:
        """Look at both places, and at the health, again."""
        self._backups.refresh()
        self._caretaker.health.refresh()
        self.changed.emit()

    @Slot()
    def look_again(self) -> None:
        """Something was written: perhaps that a backup was tried."""
        self._caretaker.health.refresh()

    @Slot()
    def make_now(self) -> None:
        """Make a backup, whether anything is new or not. Anybody who sees the page may."""
        if not self.busy():
            self._asked = True
            self._backups.run_now()
            self.changed.emit()

    def choose_folder(self, folder: str) -> None:
        """Keep copies there from now on, if backups may lie there; an empty one is no second place."""
        try:
            restoring.keep_elsewhere(self._desk.operator)
        except NotAllowedError as error:
            self._desk.explain(error)
            return
        self.refused.emit("folder", "")
        if not folder:
            self._keep_folder("")
        else:
            # It may be on a network that never answers: nobody waits for it.
            self._place.run(folder, partial(second_place.why_refused, Path(folder), self._register.folder))

    def drill(self, password: str) -> None:
        """Try the newest backup with the password of whoever is at the desk."""
        if self.busy():
            return
        newest = next(iter(self._backups.listed or self._backups.elsewhere), None)
        if newest is None:
            self.refused.emit("drill", "There is no backup yet. Make one first.")
        elif not password:
            self.refused.emit("drill", "Type your own password.")
        else:
            self.refused.emit("drill", "")
            self._backups.drill(newest.path, Opening(name=self._desk.operator.name, password=password))

    def choose(self, found: Found) -> None:
        """Somebody thinks of going back to this one: count what would be lost."""
        self._chosen = found
        self._desk.jobs.read(partial(_since, self._register, found.backup), partial(self._show_lost, found))

    def restore(self, password: str) -> None:
        """Go back to the chosen one. The register is closed for it, if this is the password."""
        if self._chosen is None or self.busy():
            return
        if not password:
            self.refused.emit("restore", "Type your own password.")
            return
        self.refused.emit("restore", "")
        job = partial(_agree, self._register, self._desk.operator, password)
        self._desk.jobs.read(job, partial(self._agreed, self._chosen, password), self._not_agreed)

    def forget(self) -> None:
        """Nobody thinks of going back any more."""
        self._chosen = None

    def _agreed(self, chosen: Found, password: str, _nothing: object) -> None:
        opening = Opening(name=self._desk.operator.name, password=password)
        self._caretaker.restore_agreed.emit(chosen.backup.path, opening)

    def _not_agreed(self, error: RegisterError) -> None:
        if isinstance(error, WrongPasswordError):
            self.refused.emit("restore", "That is not your password. Type it again.")
        else:
            self._desk.explain(error)

    def _show_lost(self, found: Found, since: Since) -> None:
        if found is self._chosen:
            self.lost.emit(
                backup_words.lost(
                    since.lines, since.arrivals, since.departures, since.bookings, since.first, since.last
                )
            )

    @Slot(str, object)
    def _judge_folder(self, folder: str, result: object) -> None:
        if isinstance(result, str):
            self.refused.emit("folder", result)
        elif isinstance(result, Exception):
            self.refused.emit("folder", second_place.FAILED)
        else:
            self._keep_folder(folder)

    def _keep_folder(self, folder: str) -> None:
        try:
            self._pc.save(replace(self._pc.machine, backup_folder=folder))
        except RegisterError as error:
            self._desk.explain(error)
            return
        self._desk.tell("Backups are copied there from now on." if folder else "There is no second place any more.")
        self._backups.refresh()
        if folder:
            self.make_now()
        self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        if self._asked and not self.busy():
            self._asked = False
            self.made.emit(self.trouble() or "The backup is made. It was opened again, and every line in it proved.")
        self.changed.emit()

    @Slot(object)
    def _show_drill(self, done: Drill | RegisterError) -> None:
        if isinstance(done, WrongPasswordError):
            self.refused.emit("drill", "That is not your password of the time the backup was made. Type that one.")
        elif isinstance(done, RegisterError):
            self.tried.emit(str(done), "", False)
        elif done.fault:
            self.tried.emit(f"This backup cannot be relied on. {done.fault}", "", False)
        else:
            lines = backup_words.counted(done.entries, "line")
            seconds = backup_words.counted(max(1, round(done.seconds)), "second")
            made = backup_words.moment(done.made_at)
            words = f"The backup of {made} can be relied on: {lines}, all proved, in {seconds}. That is noted."
            self.tried.emit(words, done.proofs.get("desk", ""), True)


def _since(register: Register, made: Backup, session: Session) -> Since:
    if register.dsl is None:
        return restoring.since(session, made)
    with register.dsl.read() as dsl:
        return restoring.since(session, made, dsl=dsl)


def _agree(register: Register, by: Operator, password: str, _session: Session) -> None:
    restoring.agree(register.keyring, password, by=by)
