"""One piece of work at a time beside the window, for as long as no register is open and no JobRunner exists."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.errors import RegisterError


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the work came to, on its way to the GUI thread."""

    value: Any
    error: Exception | None
    done: Callable[[Any], None]
    failed: Callable[[RegisterError], None]


class Background(QObject):
    """Runs work in the order it was given; answers arrive on the GUI thread. Stretching a password takes its time."""

    _answered = Signal(object)

    def __init__(self, crash: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._crash = crash
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="unlock")
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[RegisterError], None]
    ) -> None:
        """Do `work` in the background, then call one of the two with what came of it."""
        if not self._closed:
            self._executor.submit(self._run, work, done, failed)

    def close(self) -> None:
        """Finish what is being done and stop; no answer arrives after this."""
        self._closed = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[RegisterError], None]
    ) -> None:
        value, error = None, None
        try:
            value = work()
        except Exception as caught:  # noqa: BLE001 - the border of the thread: all of it is handed on
            error = caught
        if shiboken6.isValid(self):
            self._answered.emit(_Answer(value, error, done, failed))

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        if self._closed:
            return
        if isinstance(answer.error, RegisterError):
            answer.failed(answer.error)
        elif answer.error is not None:
            self._crash(answer.error)
        else:
            answer.done(answer.value)
