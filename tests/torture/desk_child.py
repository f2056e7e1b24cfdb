"""The desk as a child process that is killed: signs visitors in, and prints a tick only after the register took it.

It runs in a process forked from a warm server, so that a kill costs milliseconds and not a start of Python.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import event

from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import Operator, PersonKind
from visitor_register.persistence import journal
from visitor_register.persistence.database import Database
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.services import arrivals

POINTS = ("before begin", "after begin", "before commit", "after commit", "after head", "after tick")
"""Where the child can be told to stand still; a tick is the ACK line, the moment a person sees it."""

NOW = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """What a child is to do: stand still at `point` of its `visit`-th sign-in, or just go on until it is killed.

    `weak` is the control: it shows the tick before the register took the entry.
    """

    folder: Path
    keys: Keys
    operator: Operator
    point: str | None
    visit: int
    weak: bool = False


class _Pauses:
    """Stands still at the chosen moment, says so to the parent, and waits for the kill."""

    def __init__(self, task: Task, pipe: Connection) -> None:
        self._task, self._pipe = task, pipe
        self.visit = 0

    def at(self, point: str) -> None:
        """Stand still here, if this is the moment."""
        if (point, self.visit) == (self._task.point, self._task.visit):
            self._pipe.send("still")
            self._pipe.recv()


def sign_in_until_killed(task: Task, pipe: Connection) -> None:
    """Open the register and sign in one visitor after the other; every tick is sent as the visit's id."""
    register = Register.open_with(task.folder, Keyring.load(task.folder / "keyring.json"), task.keys)
    pauses = _Pauses(task, pipe)
    _pause_inside(register.desk, pauses)
    pipe.send("ready")
    while True:
        pauses.visit += 1
        pauses.at("before begin")
        arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, f"Visitor {pauses.visit}"))
        _sign_in(register, arrival, task, pipe)
        if not task.weak:
            pipe.send(arrival.visit)
        pauses.at("after tick")


def _sign_in(register: Register, arrival: Arrival, task: Task, pipe: Connection) -> None:
    with register.write() as session:
        arrivals.sign_in(session, arrival, by=task.operator, at=NOW)
        if task.weak:
            pipe.send(arrival.visit)


def _pause_inside(desk: Database, pauses: _Pauses) -> None:
    remember = desk._remember

    def remembering(ending: journal.Head) -> None:
        pauses.at("after commit")
        remember(ending)
        pauses.at("after head")

    desk._remember = remembering  # type: ignore[method-assign]
    event.listen(desk.engine, "commit", lambda _connection: pauses.at("before commit"))

    def begun(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            pauses.at("after begin")

    event.listen(desk._engine, "after_cursor_execute", begun)
