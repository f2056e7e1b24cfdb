"""Lets a file's users pass, or one thread be alone with it: to put another file in its place nobody may be inside."""

import contextlib
import threading
from collections.abc import Iterator

from visitor_register.errors import RegisterError

WAIT_S = 20.0
"""How long to wait for whoever reads; a report of six years takes less."""
_BUSY = "The register is being read just now. Try again in a minute; nothing was changed."


class Gate:
    """Many may be inside at once, or one thread alone. A thread that is inside may go in again."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: dict[int, int] = {}
        self._alone: int | None = None

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Use the file; waits while another thread is alone with it."""
        me = threading.get_ident()
        with self._changed:
            if me not in self._inside:
                self._changed.wait_for(lambda: self._alone in (None, me))
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            yield
        finally:
            with self._changed:
                self._inside[me] -= 1
                if not self._inside[me]:
                    del self._inside[me]
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self, *, wait: float = WAIT_S) -> Iterator[None]:
        """Be alone with the file; whoever comes meanwhile waits.

        Raises:
            RegisterError: somebody is still inside after `wait` seconds.
        """
        me = threading.get_ident()
        with self._changed:
            if not self._changed.wait_for(lambda: self._alone is None, wait):
                raise RegisterError(_BUSY)
            self._alone = me
            if not self._changed.wait_for(lambda: self._inside.keys() <= {me}, wait):
                self._alone = None
                self._changed.notify_all()
                raise RegisterError(_BUSY)
        try:
            yield
        finally:
            with self._changed:
                self._alone = None
                self._changed.notify_all()
