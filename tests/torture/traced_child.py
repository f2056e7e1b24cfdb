"""The desk in a child process whose system calls are watched, and its notes of what a person was shown.

What it notes goes to a file beside the register by `writev`, which the register itself never calls: a note counts
as no call of the register's, and stands in a recording where it was made.
"""

import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from tests.factories import CHEAP, NOW
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.events import ChildHeld
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.errors import NotSavedError, RegisterError
from visitor_register.persistence import journal
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.services import arrivals


@dataclass(frozen=True, slots=True)
class Work:
    """What a child is to do, and how.

    `synchronous` below 2, `early` and names that are not `names_synced` are the weak ones that must be caught.
    """

    folder: Path
    notes: Path
    keys: Keys
    operator: Operator
    name: str
    visits: int = 1
    synchronous: int = 2
    early: bool = False
    names_synced: bool = True
    chart: ChartReading | None = None


class Desk:
    """An open register, and the notes of what its person was shown."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._notes = os.open(work.notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.register = self.opened()

    def opened(self) -> Register:
        """The register, opened anew."""
        keyring = Keyring.load(self.work.folder / "keyring.json")
        return Register.open_with(self.work.folder, keyring, self.work.keys)

    def note(self, kind: str, words: object) -> None:
        """Put down what was shown, in one call and one line."""
        os.writev(self._notes, [f"{kind}\t{words}\n".replace("\n", "\\n").removesuffix("\\n").encode() + b"\n"])

    def signs_in(self) -> None:
        """Sign in one visitor, and note the tick."""
        arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, "Visitor"))
        with self.register.write() as session:
            arrivals.sign_in(session, arrival, by=self.work.operator, at=NOW)
            if self.work.early:
                self.note("visit", arrival.visit)
        if not self.work.early:
            self.note("visit", arrival.visit)

    def tries(self, what: str, act: Callable[[], object]) -> bool:
        """Do something that the disk may refuse, and note what a person is told; whether it was taken."""
        try:
            act()
        except RegisterError as refused:
            self.note("refused", f"{what}: {refused}")
            if isinstance(refused, NotSavedError):
                self.note("still open", self._open_files())
            return False
        except Exception:  # noqa: BLE001 - every other error is a bug, and the parent says so
            self.note("bug", f"{what}: {traceback.format_exc()}")
            return False
        return True

    def holds(self) -> None:
        """Write into the DSL's file."""
        subject = uuid4()
        with self.register.dsl_file().write() as session:
            journal.append(session, subject, ChildHeld("CIN-1", "a complaint"), by=self.work.operator, at=NOW)
        self.note("hold", subject)

    def lets_in(self) -> None:
        """Give somebody a password."""
        keyring, somebody = self.register.keyring, Operator(uuid4(), f"Person {uuid4().hex}", Role.RECEPTION)
        keyring.add(somebody, "three plain words", self.work.keys, CHEAP)
        keyring.save()
        self.note("person", somebody.id)

    def _open_files(self) -> int:
        """How many handles on the desk's file there are."""
        links = (handle.readlink() for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink())
        return sum(link.name.startswith("desk.db") for link in links)
