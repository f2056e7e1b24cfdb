"""A start of the program that brings an older register up to date, and is killed at one step of it.

A step is every statement that changes anything, every commit, every folding-in of a log, and every opening for
writing, copying, renaming, removing and syncing of a file in the register's folder. It runs in a process forked from
a warm server.
"""

import os
import shutil
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tests.factories import PASSWORD
from visitor_register.persistence import upgrade
from visitor_register.persistence.database import Database
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register

KILLED = 9
OVERWRITING = "half written over"
_FILE_EVENTS = ("open", "os.remove", "os.rename", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Steps:
    """Counts the steps, and ends the process at one of them, at once and without any tidying up."""

    folder: str
    last: int | None
    names: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        """Here is one."""
        self.names.append(name)
        if len(self.names) == self.last:
            os._exit(KILLED)

    def watch(self) -> None:
        """Hook all of them, for the rest of this process."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        sys.addaudithook(self._audit)
        fsync, copyfile, checkpoint = os.fsync, shutil.copyfile, Database.checkpoint

        def syncing(handle: int) -> None:
            self.step("fsync")
            fsync(handle)

        def copying(source: Path, target: Path) -> object:
            content = Path(source).read_bytes()
            Path(target).write_bytes(content[: len(content) // 2])
            self.step("half a copy")
            return copyfile(source, target)

        def folding(database: Database, *, wait: bool = False) -> bool:
            self.step("before checkpoint")
            done = checkpoint(database, wait=wait)
            self.step("after checkpoint")
            return done

        os.fsync = syncing  # type: ignore[assignment]
        upgrade.shutil.copyfile = copying  # type: ignore[attr-defined]
        Database.checkpoint = folding  # type: ignore[method-assign]

    def write_over(self, new: Path, path: Path) -> None:
        """Put a file in the place of another as it must not be done."""
        content = new.read_bytes()
        path.write_bytes(content[: len(content) // 2])
        self.step(OVERWRITING)
        path.write_bytes(content)
        new.unlink()

    def _statement(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        # What only looks leaves nothing else behind than the step before it did.
        if not statement.startswith(("SELECT", "PRAGMA main.", "PRAGMA temp.")):
            self.step(" ".join(statement.split())[:40])

    def _commit(self, _connection: object) -> None:
        self.step("COMMIT")

    def _audit(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name not in _FILE_EVENTS or not str(arguments[0]).startswith(self.folder):
            return
        if name != "open" or int(arguments[2] or 0) & _WRITING:
            self.step(f"{name} {Path(str(arguments[0])).name}")


def upgrade_until_killed(folder: Path, last: int | None, weak: bool, pipe: Connection) -> None:
    """Open the register as its DSL, and say at the end, if there is one, which steps there were.

    `weak` is the control: the new file is written over the old one.
    """
    keyring = Keyring.load(folder / "keyring.json")
    keys = keyring.open(keyring.people()[0].id, PASSWORD)
    steps = Steps(str(folder), last)
    steps.watch()
    if weak:
        upgrade.replace = steps.write_over  # type: ignore[attr-defined]
    Register.open_with(folder, keyring, keys).close()
    pipe.send(steps.names)
