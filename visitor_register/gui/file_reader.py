"""Reads files from outside beside the desk: neither a slow file nor a hanging one keeps a scan waiting."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from visitor_register.errors import RegisterError

A_WORD_AFTER_MS = 400


class FileReader(QObject):
    """Runs one piece of work at a time that touches neither the register nor a widget.

    Each piece has a thread of its own, which ends with it, so the next file need not wait for one that hangs.
    A piece that was cancelled may still run to its own time limit; nobody hears of it.

    Signals:
        slow: It takes longer than a moment; words that say so.
        done: What the work returned.
        refused: The `RegisterError` it ended with.
    """

    slow = Signal(str)
    done = Signal(object)
    refused = Signal(object)
    _ended = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: set[Future[None]] = set()
        self._number = 0
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(A_WORD_AFTER_MS)
        self._timer.timeout.connect(self._say_slow)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    def run(self, work: Callable[[], object]) -> None:
        """Do this; what was asked for before is forgotten."""
        self._number += 1
        self._busy = True
        self._timer.start()
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="file")
        piece = executor.submit(self._work, self._number, work)
        executor.shutdown(wait=False)
        self._pieces.add(piece)
        piece.add_done_callback(self._pieces.discard)

    def cancel(self) -> None:
        """Forget what was asked for."""
        self._number += 1
        self._busy = False
        self._timer.stop()

    def close(self) -> None:
        """Stop; waits for a file that is being read, at most for its time limit."""
        self.cancel()
        wait(tuple(self._pieces))

    def _work(self, number: int, work: Callable[[], object]) -> None:
        result: object
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the border of the thread: all of it is handed on
            result = error
        if shiboken6.isValid(self):
            self._ended.emit(number, result)

    @Slot()
    def _say_slow(self) -> None:
        self.slow.emit("Reading the file ...")

    @Slot(int, object)
    def _deliver(self, number: int, result: object) -> None:
        if number != self._number:
            return
        self.cancel()
        if isinstance(result, RegisterError):
            self.refused.emit(result)
        elif isinstance(result, Exception):
            # A bug: it goes where every other one goes.
            raise result
        else:
            self.done.emit(result)
