"""Looks after the register's health while the desk is open: every minute, and when a backup was made."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain.health import Facts, findings
from visitor_register.files import disk_state
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
        self.facts: Facts | None = None
        desk.operator_changed.connect(self.refresh)

    def start(self) -> None:
        """Take the first look, at what takes long too."""
        job = partial(_first, register=self._register, now=self._desk.now())
        self._desk.jobs.read(job, self._began)

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

    def _began(self, answer: tuple[clock_watch.ClockNote | None, bool | None]) -> None:
        note, self._encrypted = answer
        self._clock.keep(note)
        self.refresh()

    def _show(self, facts: Facts) -> None:
        self.facts = facts
        self.looked.emit(findings(facts))


def _first(session: Session, *, register: Register, now: datetime) -> tuple[clock_watch.ClockNote | None, bool | None]:
    return clock_watch.behind(session, now), disk_state.is_encrypted(register.folder)


def _strangers(register: Register) -> tuple[str, ...]:
    """Whose slots nobody made who may; only who holds all keys can tell."""
    keys = register.keys
    if keys is None or keys.seal is None:
        return ()
    return tuple(register.keyring.not_made_here(keys))
