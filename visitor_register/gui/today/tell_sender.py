"""Sends messages beside the desk: neither a slow mail server nor a silent one keeps a sign-in waiting."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from visitor_register.domain.people import Operator
from visitor_register.errors import MailNotSentError
from visitor_register.files import mail_send
from visitor_register.files.mail_send import Account
from visitor_register.services.telling import Outgoing

AT_ONCE = 4
"""Messages on their way at the same time: one that hangs does not hold up the next visitor's."""
_CUT_SHORT = "The program ended before the message was on its way."


@dataclass(frozen=True, slots=True)
class Sending:
    """One message about a visit, and who was at the desk."""

    visit: UUID
    outgoing: Outgoing
    by: Operator


class MailSender(QObject):
    """Has no thread until the first message is sent.

    Attributes:
        seconds: How long each answer of the mail server is waited for.

    Signals:
        sent: A `Sending`, and the exception it ended with or None.
    """

    sent = Signal(object, object)
    _ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.seconds = mail_send.SECONDS
        self._executor: ThreadPoolExecutor | None = None
        self._results: deque[tuple[Sending, BaseException | None]] = deque()
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def send(self, sending: Sending, account: Account) -> None:
        """Send it as soon as may be."""
        if self._executor is None:
            self._executor = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="mail")
        work: Callable[[], None] = partial(
            mail_send.send, account, sending.outgoing.message, seconds=self.seconds
        )  # fmt: skip
        self._executor.submit(work).add_done_callback(partial(self._keep, sending))

    def close(self) -> None:
        """Stop. What is on its way is waited for, at most for its time limit; all of it is told by `sent`."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
        self._deliver()

    def _keep(self, sending: Sending, done: Future[None]) -> None:
        """In the thread, or where it was cancelled."""
        error = MailNotSentError(_CUT_SHORT) if done.cancelled() else done.exception()
        self._results.append((sending, error))
        if shiboken6.isValid(self):
            self._ended.emit()

    @Slot()
    def _deliver(self) -> None:
        while self._results:
            self.sent.emit(*self._results.popleft())
