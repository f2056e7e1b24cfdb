"""Work in a thread that nobody waits for: a network share may never answer, and the program must end all the same."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

_LOG = logging.getLogger(__name__)


class Beside(QObject):
    """Runs one piece of work at a time. What is asked for meanwhile waits, and of each kind only the last.

    Signals:
        finished: The kind, and what the work returned or raised, on the GUI thread.
    """

    finished = Signal(str, object)
    _ended = Signal(str, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._thread: threading.Thread | None = None
        self._waiting: dict[str, Callable[[], Any]] = {}
        self._closed = False
        self._ended.connect(self._take_next, Qt.ConnectionType.QueuedConnection)

    def run(self, kind: str, work: Callable[[], Any]) -> None:
        """Do this as soon as the thread is free; what waited of the same kind is dropped."""
        if self._closed:
            return
        self._waiting[kind] = work
        if self._thread is None:
            self._begin()

    def close(self, patience: float, last: Callable[[], Any] | None = None) -> None:
        """Begin nothing more but the `last` piece of work, and give each so many seconds."""
        self._closed = True
        self._waiting.clear()
        if self._thread is not None:
            self._thread.join(patience)
        if last is not None and (self._thread is None or not self._thread.is_alive()):
            self._waiting["last"] = last
            self._begin().join(patience)

    def _begin(self) -> threading.Thread:
        kind = next(iter(self._waiting))
        work = self._waiting.pop(kind)
        self._thread = threading.Thread(target=self._work, args=(kind, work), daemon=True, name=self._name)
        self._thread.start()
        return self._thread

    def _work(self, kind: str, work: Callable[[], Any]) -> None:
        result: object
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the border of the thread: all of it is handed on
            _LOG.info("work in another place failed", exc_info=True)
            result = error
        if shiboken6.isValid(self):
            self._ended.emit(kind, result)

    @Slot(str, object)
    def _take_next(self, kind: str, result: object) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._closed:
            return
        if self._waiting:
            self._begin()
        self.finished.emit(kind, result)
