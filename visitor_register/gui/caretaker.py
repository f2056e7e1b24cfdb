"""Looks after the register while the desk is open: folds its log in, makes backups, and watches its health."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.gui.backups import Backups
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.health_watch import HealthWatch
from visitor_register.persistence.register import Register

CHECKPOINT_AFTER_MS = 2_000
LOST = "RECORDS LOST - the register ends before its last note. Use paper, and restore the last backup."
UNKNOWN = (
    "RECORDS MAY BE LOST - the note of where the register ends cannot be read. "
    "Compare the newest sign-ins with paper, and tell whoever runs this PC."
)


class Caretaker(QObject):
    """What nobody at the desk has to think of.

    Attributes:
        backups: Makes them, and knows how they stand.
        health: How the register stands on this PC.

    Signals:
        restore_wanted: Somebody pressed the button beside RECORDS LOST.
        restore_agreed: The DSL or the head typed their password: the path of the backup, and the `Opening`.
    """

    restore_wanted = Signal()
    restore_agreed = Signal(object, object)

    def __init__(
        self, desk: Desk, register: Register, second_folder: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._register = desk, register
        self.backups = Backups(desk, register, second_folder, self)
        self.health = HealthWatch(desk, register, self.backups.health, parent=self)
        self._checkpoint = QTimer(self)
        self._checkpoint.setSingleShot(True)
        self._checkpoint.setInterval(CHECKPOINT_AFTER_MS)
        self._checkpoint.timeout.connect(self._fold_log)
        desk.jobs.changed.connect(self._checkpoint.start)
        self.backups.changed.connect(self.health.refresh)
        self.backups.went_back.connect(self._say_lost)

    def start(self) -> None:
        """Begin, and say at once what is wrong with the records."""
        self.backups.start()
        self.health.start()
        if self._register.records_lost:
            self._say_lost()
        elif self._register.ending_unknown:
            self._desk.said.emit(Notice("red", UNKNOWN))

    def stop(self) -> None:
        """Nothing more is begun."""
        self._checkpoint.stop()

    def close(self, *, last_backup: bool = True) -> None:
        """Make the last backup; nothing is written any more."""
        self.health.close()
        self.backups.close(last=last_backup)

    @Slot()
    def _say_lost(self) -> None:
        self._desk.said.emit(Notice("red", LOST, "Restore", self.restore_wanted.emit))

    @Slot()
    def _fold_log(self) -> None:
        self._desk.jobs.read(partial(_fold, self._register))


def _fold(register: Register, _session: Session) -> None:
    register.desk.checkpoint()
