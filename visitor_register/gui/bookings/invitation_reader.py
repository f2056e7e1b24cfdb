"""Reads dropped invitations beside the desk: a file that hangs keeps no scan waiting."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.domain.invitations import InvitationRead
from visitor_register.errors import RegisterError
from visitor_register.files import sandbox

Opener = Callable[[Path], tuple[InvitationRead, ...]]


class InvitationReader(QObject):
    """Opens files one after the other in a thread of their own, which ends with them.

    Signals:
        done: The invitations, in the order of the files.
        refused: The `RegisterError` it ended with.
    """

    done = Signal(object)
    refused = Signal(object)
    _ended = Signal(int, object)

    def __init__(self, opener: Opener = sandbox.read_invitations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._number = 0
        self.busy = False
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, paths: Sequence[Path]) -> None:
        """Read these; what was asked for before is forgotten."""
        self._number += 1
        self.busy = True
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="invitation")
        executor.submit(self._work, self._number, tuple(paths))
        executor.shutdown(wait=False)

    def _work(self, number: int, paths: tuple[Path, ...]) -> None:
        result: object
        try:
            result = tuple(read for path in paths for read in self._opener(path))
        except Exception as error:  # noqa: BLE001 - the border of the thread: all of it is handed on
            result = error
        if shiboken6.isValid(self):
            self._ended.emit(number, result)

    @Slot(int, object)
    def _deliver(self, number: int, result: object) -> None:
        if number != self._number:
            return
        self.busy = False
        if isinstance(result, RegisterError):
            self.refused.emit(result)
        elif isinstance(result, Exception):
            # A bug: it goes where every other one goes.
            raise result
        else:
            self.done.emit(result)
