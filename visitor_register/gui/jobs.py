"""Work in the background: one reader, one writer, and their answers back on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.errors import RegisterError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
SessionFactory = Callable[[], "AbstractContextManager[Session]"]
Failed = Callable[[RegisterError], None]
Crash = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a job came to, on its way to the GUI thread."""

    value: Any
    error: Exception | None
    done: Callable[[Any], None] | None
    failed: Failed | None
    wrote: bool


class JobRunner(QObject):
    """Runs what screens ask of the register, in the order they asked, reads beside writes.

    Signals:
        changed: Something was written. Visible screens read again.
        failed: A job could not be done, and nobody else was told: the `RegisterError`, for the notice bar.
    """

    changed = Signal()
    failed = Signal(object)
    _answered = Signal(object)

    def __init__(
        self, read_session: SessionFactory, write_session: SessionFactory, crash: Crash, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read_session, self._write_session, self._crash = read_session, write_session, crash
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._pending = 0
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def closed(self) -> bool:
        """Whether the desk is being closed: what reads beside it ends too."""
        return self._closed

    @property
    def pending(self) -> int:
        """How many jobs have not yet answered."""
        return self._pending

    def read(
        self, job: Callable[[Session], T], done: Callable[[T], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Run a job that only looks, and hand its value to `done`."""
        self._submit(self._reader, partial(self._run, self._read_session, job, done, failed, False))

    def write(
        self, job: Callable[[Session], T], done: Callable[[T], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Run a job that writes. `done` is called after the register was saved, then `changed` follows."""
        self._submit(self._writer, partial(self._run, self._write_session, job, done, failed, True))

    def close(self) -> None:
        """Finish what is being written, drop what nobody will read, and stop. Later jobs are ignored."""
        self._closed = True
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _submit(self, executor: ThreadPoolExecutor, work: Callable[[], None]) -> None:
        if self._closed:
            return
        self._pending += 1
        executor.submit(work)

    def _run(
        self,
        open_session: SessionFactory,
        job: Callable[[Session], Any],
        done: Callable[[Any], None] | None,
        failed: Failed | None,
        wrote: bool,
    ) -> None:
        value, error = None, None
        try:
            with open_session() as session:
                value = job(session)
        except Exception as caught:  # noqa: BLE001 - the border of the thread: all of it is handed on
            error = caught
        if shiboken6.isValid(self):
            self._answered.emit(_Answer(value, error, done, failed, wrote))

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._pending -= 1
        if self._closed:
            return
        if isinstance(answer.error, RegisterError):
            if answer.failed is not None:
                _call(answer.failed, answer.error)
            else:
                self.failed.emit(answer.error)
        elif answer.error is not None:
            self._crash(answer.error)
        else:
            try:
                if answer.done is not None:
                    _call(answer.done, answer.value)
            finally:
                if answer.wrote:
                    self.changed.emit()


def _call(receiver: Callable[[Any], None], value: Any) -> None:
    """Call a receiver, unless the object it belongs to is gone by now."""
    method = receiver
    while isinstance(method, partial):
        method = method.func
    owner = getattr(method, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    receiver(value)
