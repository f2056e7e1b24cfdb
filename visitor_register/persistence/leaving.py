"""The DSL's file once nobody who may see it is signed in: copied beside the desk for the backups, and closed."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from visitor_register.errors import RegisterError
from visitor_register.persistence import backup
from visitor_register.persistence.database import Database

_LOG = logging.getLogger(__name__)

PATIENCE = 0.2
"""Seconds that a DSL who signs in waits at most for the file to be closed; it can be opened a second time."""

BUG = "The backup could not be made. The log says why."


class _GivenUpError(RegisterError):
    """A DSL signed in again: the next backup copies the file while it is open."""


class Leaving:
    """Copies the file in a thread of its own and closes it, so that whoever takes over does not wait.

    The connection and its key live in that thread alone, until the copy is proved or given up. Nobody else reaches
    the file meanwhile, and the register stays locked. A program that is killed leaves the copy before as it was.

    Attributes:
        trouble: Why the last copy could not be made; empty when it could.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder, self._now = folder, now
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None
        self.trouble = ""

    def take(self, dsl: Database) -> None:
        """Copy the file and close it. Returns at once; the file is this object's from now on."""
        self._given_up = threading.Event()
        work = partial(self._copy, dsl, self._now(), self._given_up, self._thread)
        # No daemon: a program that ends lets it finish.
        self._thread = threading.Thread(target=work, name="DSL's file")
        self._thread.start()

    def give_up(self) -> None:
        """A DSL signs in: the file is closed after the few milliseconds that the step in hand takes."""
        self._given_up.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def wait(self) -> None:
        """Until the file is closed."""
        # Several threads may wait: what one of them read is not taken from the others.
        thread = self._thread
        if thread is not None:
            thread.join()

    def _copy(self, dsl: Database, at: datetime, given_up: threading.Event, before: threading.Thread | None) -> None:
        self.trouble = ""
        try:
            if before is not None:
                before.join()
            backup.keep_dsl(self._folder, dsl, at=at, rest=partial(_rest, given_up))
        except _GivenUpError:
            pass
        except RegisterError as error:
            self.trouble = str(error)
        except Exception:  # noqa: BLE001 - the border of the thread: nobody above it would hear
            # A bug: the desk goes on, and the log says where.
            _LOG.exception("the DSL's file could not be copied")
            self.trouble = BUG
        finally:
            dsl.close()


def _rest(given_up: threading.Event) -> None:
    """Let others have their turn."""
    if given_up.wait(0.002):
        raise _GivenUpError
