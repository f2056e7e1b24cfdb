"""What the pages before the desk share: one thing tried at a time, and how its faults are said."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal

from visitor_register.errors import RegisterError
from visitor_register.gui.unlock.background import Background
from visitor_register.gui.wording import PASSWORD_TOO_SHORT, PASSWORDS_DIFFER
from visitor_register.persistence.keyring import MIN_PASSWORD


def password_faults(password: str, again: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a new password: "password" or "again", and what to write."""
    if len(password) < MIN_PASSWORD:
        yield "password", PASSWORD_TOO_SHORT
    if password != again:
        yield "again", PASSWORDS_DIFFER


class Attempts(QObject):
    """Tries one thing at a time beside the window; until it is over, nothing else is begun.

    Signals:
        refused: Name of a field and what to write there; ("", "") takes all back.
        told: Something that is no field's fault; empty takes it back.
        busy_changed: Whether something is being done, and in words what.
    """

    refused = Signal(str, str)
    told = Signal(str)
    busy_changed = Signal(bool, str)

    def __init__(self, crash: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = Background(crash, self)
        self._busy = False

    def _begin(self, words: str) -> None:
        self._busy = True
        self._take_back()
        self.busy_changed.emit(True, words)

    def _end(self) -> None:
        self._busy = False
        self.busy_changed.emit(False, "")

    def _explain(self, error: RegisterError) -> None:
        self._end()
        self.told.emit(str(error))

    def _take_back(self) -> None:
        self.refused.emit("", "")
        self.told.emit("")
