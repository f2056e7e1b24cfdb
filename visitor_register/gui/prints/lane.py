"""One worker thread that only ever does the newest thing it was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

_LOG = logging.getLogger(__name__)


class Lane(QObject):
    """Runs work beside the desk. What is asked for while it is busy waits, and only the last of it.

    Signals:
        finished: What the work returned, on the GUI thread. Work returns what went wrong, it does not raise.
    """

    finished = Signal(object)
    _ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._busy = False
        self._closed = False
        self._next: Callable[[], Any] | None = None
        self._ended.connect(self._take_next, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], Any]) -> None:
        """Do this next; what waited is dropped, for this is newer."""
        if self._closed:
            return
        if self._busy:
            self._next = work
            return
        self._busy = True
        self._executor.submit(self._work, work)

    def close(self) -> None:
        """Let what runs end, drop what waits, and stop the thread."""
        self._closed = True
        self._next = None
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _work(self, work: Callable[[], Any]) -> None:
        result: object
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the border of the thread: all of it is handed on
            # A bug: the desk goes on, and the log says where.
            _LOG.exception("work beside the desk failed")
            result = error
        if shiboken6.isValid(self):
            self._ended.emit(result)

    @Slot(object)
    def _take_next(self, result: object) -> None:
        self._busy = False
        if self._closed:
            return
        waiting, self._next = self._next, None
        if waiting is not None:
            self.run(waiting)
        self.finished.emit(result)
