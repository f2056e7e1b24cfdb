"""Looks after the register's health while the desk is open: every minute, and when a backup was made."""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from visitor_register.domain.health import Facts, findings
from visitor_register.files import disk_state
from visitor_register.gui.beside import Beside
from visitor_register.gui.desk import Desk
from visitor_register.persistence.register import Register
from visitor_register.persistence.second_place import State
from visitor_register.services import clock_watch, health
from visitor_register.services.clock_watch import ClockWatch, Look

Backups = Callable[[], tuple[State, str]]
"""How the second place stood when it was last used, and why the last backup could not be made."""


class HealthWatch(QObject):
    """Knows how the register stands.

    Attributes:
        facts: What was seen last; None before the first look.

    Signals:
        looked: The `Finding`s of another look.
    """

    looked = Signal(object)

    def __init__(
        self,
        desk: Desk,
        register: Register,
        backups: Backups,
        *,
        steady: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._register, self._backups, self._steady = desk, register, backups, steady
        self._clock = ClockWatch(Look(desk.now(), steady()))
        self._encrypted: bool | None = None
        # The system may take seconds to tell: whoever scans meanwhile must not wait behind it.
        self._disk = Beside("disk", self)
        self._disk.finished.connect(self._told)
        self.facts: Facts | None = None
        desk.operator_changed.connect(self.refresh)

    def start(self) -> None:
        """Take the first look, at what takes long too."""
        self._desk.jobs.read(partial(clock_watch.behind, now=self._desk.now()), self._began)
        self._disk.run("encryption", partial(disk_state.is_encrypted, self._register.folder))

    def close(self) -> None:
        """Wait for nothing that was asked of the system."""
        self._disk.close(0)

    @Slot()
    def tick(self) -> None:
        """Another minute has gone by."""
        self._clock.look(Look(self._desk.now(), self._steady()))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look at all that answers at once."""
        second, trouble = self._backups()
        register = self._register
        job = partial(
            health.gather,
            folder=register.folder,
            at=self._desk.now(),
            records_lost=register.records_lost,
            ending_unknown=register.ending_unknown,
            encrypted=self._encrypted,
            second=second,
            backup_trouble=trouble,
            clock=tuple(clock_watch.say(note) for note in self._clock.notes),
            strangers=_strangers(register),
        )
        self._desk.jobs.read(job, self._show)

    def _began(self, note: clock_watch.ClockNote | None) -> None:
        self._clock.keep(note)
        self.refresh()

    @Slot(str, object)
    def _told(self, _kind: str, answer: object) -> None:
        self._encrypted = answer if isinstance(answer, bool) else None
        self.refresh()

    def _show(self, facts: Facts) -> None:
        self.facts = facts
        self.looked.emit(findings(facts))


def _strangers(register: Register) -> tuple[str, ...]:
    """Whose slots nobody made who may; only who holds all keys can tell."""
    keys = register.keys
    if keys is None or keys.seal is None:
        return ()
    return tuple(register.keyring.not_made_here(keys))
