"""Looks now and then whether a newer chart has arrived in the school's folder for charts, and offers it."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.people import IMPORTS_CHARTS
from visitor_register.errors import RegisterError
from visitor_register.gui.desk import Desk
from visitor_register.services import chart_folder, policy
from visitor_register.services.chart_folder import Arrived, Known

Look = Callable[[Path, Known], Arrived | None]
EVERY_MS = 60_000
"""Looked at again and again: notices of changes do not come from shares, and need sockets that outlive a window."""


class FolderWatch(QObject):
    """Only for those who may import, and never in the way: a share that hangs keeps nothing else waiting.

    Signals:
        offered: An `Arrived` that nobody has looked at here; None when there is none any more.
        failed: A `RegisterError`: the folder cannot be read. Said once until it can be read again.
    """

    offered = Signal(object)
    failed = Signal(object)
    _ended = Signal(int, object)

    def __init__(self, desk: Desk, *, look: Look = chart_folder.newest, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._look = desk, look
        self._number, self._busy, self._stale, self._said = 0, False, False, False
        self._regular = QTimer(self, interval=EVERY_MS)
        self._regular.timeout.connect(self._tick)
        # A share that hangs may answer much later, from its own thread.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        desk.operator_changed.connect(self._handed_over)

    def start(self) -> None:
        """Look now and from now on."""
        self._regular.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Look now; never for whoever imports no charts. What a look that is under way finds counts no more."""
        if self._busy:
            self._stale = True
        elif self._desk.operator.role in IMPORTS_CHARTS:
            self._busy = True
            self._desk.jobs.read(partial(_wanted, at=self._desk.now()), self._begin, self._not_read)

    def put_aside(self, found: Arrived) -> None:
        """Offer this one no more."""
        job = partial(chart_folder.put_aside, found=found, by=self._desk.operator)
        self._desk.jobs.write(job, self._put_aside, self._desk.explain)

    def close(self) -> None:
        """Stop; an answer that is still to come is not waited for."""
        self._number += 1
        self._regular.stop()

    @Slot()
    def _tick(self) -> None:
        if not self._busy:
            self.look()

    def _begin(self, wanted: tuple[str, Known]) -> None:
        folder, known = wanted
        if not folder:
            self._busy = False
            self.offered.emit(None)
            return
        self._number += 1
        # A thread of its own that the program's end does not wait for: a dead share answers after minutes.
        work = partial(self._work, self._number, Path(folder), known)
        threading.Thread(target=work, name="chart-folder", daemon=True).start()

    def _work(self, number: int, folder: Path, known: Known) -> None:
        result: object
        try:
            result = self._look(folder, known)
        except Exception as error:  # noqa: BLE001 - the border of the thread: all of it is handed on
            result = error
        if shiboken6.isValid(self):
            self._ended.emit(number, result)

    @Slot(int, object)
    def _deliver(self, number: int, result: object) -> None:
        if number != self._number:
            return
        self._busy = False
        if self._stale:
            self._stale = False
            self.look()
        elif isinstance(result, RegisterError):
            if not self._said:
                self.failed.emit(result)
            self._said = True
        elif isinstance(result, Exception):
            # A bug: it goes where every other one goes.
            raise result
        else:
            self._said = False
            self.offered.emit(result)

    def _not_read(self, error: RegisterError) -> None:
        self._busy = False
        self._desk.explain(error)

    def _put_aside(self, _nothing: None) -> None:
        self.look()

    @Slot(object)
    def _handed_over(self, _operator: object) -> None:
        self.offered.emit(None)
        self.look()


def _wanted(session: Session, *, at: datetime) -> tuple[str, Known]:
    folder = policy.read(session, calendar.london_date(at)).chart_folder.path
    return folder, chart_folder.known(session)
