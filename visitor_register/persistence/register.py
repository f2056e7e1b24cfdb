"""A whole register: one folder with the desk's file, the DSL's file, the keyring and the lock."""

import contextlib
import itertools
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from visitor_register import settings
from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.school import Account
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.persistence import (
    backup,
    ending,
    erasure,
    journal,
    restore_swap,
    rows,
    seal,
    second_place,
    upgrade,
)
from visitor_register.persistence.database import Database, Identity, fitting, head_path, note_head
from visitor_register.persistence.ending import Ending
from visitor_register.persistence.faults import plainly
from visitor_register.persistence.journal import Head
from visitor_register.persistence.keyring import Keyring, Keys, PasswordCost, new_recovery_code
from visitor_register.persistence.leaving import Leaving
from visitor_register.persistence.place import Lock, prepare
from visitor_register.persistence.tables import account


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added on the first start."""

    name: str
    role: Role
    password: str


def exists(folder: Path) -> bool:
    """Whether a register lies in this folder; a restore that was interrupted is finished first."""
    restore_swap.finish(folder)
    return (folder / "keyring.json").exists()


def create(folder: Path, people: list[NewPerson], *, at: datetime, cost: PasswordCost | None = None) -> str:
    """Make a register and return its recovery code, which is shown once and kept nowhere.

    Nothing stands under its name until everything is there: an interrupted start begins again.

    Raises:
        RegisterError: there is one already, a password is too short, or the folder cannot hold it.
    """
    prepare(folder)
    if exists(folder):
        raise RegisterError("There is a register in this folder already. Sign in to it, or choose another folder.")
    cost = cost or PasswordCost()
    private, public = seal.new_pair()
    desk_key, dsl_key = secrets.token_bytes(32), secrets.token_bytes(32)
    keys = Keys(desk=desk_key, dsl=dsl_key, seal=private)
    keyring = Keyring.create(folder / "keyring.json", seal_public=public)
    operators = [Operator(uuid4(), person.name.strip(), person.role) for person in people]
    for operator, person in zip(operators, people, strict=True):
        if not operator.name:
            raise RegisterError("Everybody needs a name. Write it as it should stand beside what they enter.")
        keyring.add(operator, person.password, keys, cost)
    code = new_recovery_code()
    keyring.add_recovery(code, keys, cost)
    lock = Lock(folder)
    lock.take()
    try:
        set_aside(folder)
        identity = Identity(keyring.desk, 1)
        for name, key in (("desk", desk_key), ("dsl", dsl_key)):
            path = folder / f"{name}.db"
            upgrade.create(path, key, identity)
            note_head(path, journal.Head(identity.desk, identity.epoch, 0, 0, journal.GENESIS))
        database = Database(folder / "desk.db", desk_key, identity)
        try:
            with database.write() as session:
                for operator in operators:
                    journal.append(
                        session, operator.id, OperatorAdded(operator.name, operator.role), by=operators[0], at=at
                    )
        finally:
            database.close()
        keyring.save()
    finally:
        lock.release()
    return code


def set_aside(folder: Path) -> None:
    """Rename register files that lie here without a keyring, so that a new register overwrites none.

    They are what an interrupted start left, or a whole register whose keyring was lost and may turn up.
    """
    for name in ("desk", "dsl"):
        path = folder / f"{name}.db"
        head_path(path).unlink(missing_ok=True)
        if path.exists():
            number = next(n for n in itertools.count(1) if not path.with_name(f"{name}.db.aside{n}").exists())
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    path.with_name(path.name + suffix).rename(path.with_name(f"{name}.db.aside{number}{suffix}"))


class Register:
    """An open register. The DSL's file is open only while somebody is signed in who may see it.

    `records_lost`: a file ends before the entry that was noted beside it, as after a restored copy.
    `leaving`: copies the DSL's file for the backups before it is closed; without it the file is closed at once.
    `ending_unknown`: the note beside a file cannot be read, so nobody can tell whether its last records are lost.
    """

    def __init__(self, folder: Path, keyring: Keyring, lock: Lock, desk: Database) -> None:
        self.folder = folder
        self.keyring = keyring
        self.desk = desk
        self.dsl: Database | None = None
        self.seal_private: bytes | None = None
        self.keys: Keys | None = None
        self.records_lost = False
        self.ending_unknown = False
        self.leaving: Leaving | None = None
        self._elsewhere: Mapping[str, Head] = {}
        self._lock = lock

    @classmethod
    def open(
        cls,
        folder: Path,
        operator: Operator,
        password: str,
        *,
        progress: Callable[[str], None] = lambda _: None,
    ) -> "Register":
        """Open a register for one person.

        Raises:
            WrongPasswordError, RegisterInUseError, RegisterDamagedError, NewerRegisterError: as they say.
        """
        keyring = Keyring.load(folder / "keyring.json")
        keys = keyring.open(operator.id, password)
        register = cls.open_with(folder, keyring, keys, progress=progress)
        try:
            register.let_nobody_back(operator)
        except BaseException:
            register.close()
            raise
        return register

    @classmethod
    def open_with(
        cls, folder: Path, keyring: Keyring, keys: Keys, *, progress: Callable[[str], None] = lambda _: None
    ) -> "Register":
        """Open a register with keys that were unwrapped already."""
        lock = Lock(folder)
        lock.take()
        register: Register | None = None
        try:
            desk_key = fitting(folder / "desk.db", keys.of_file("desk"))
            elsewhere = second_place.heads_soon(settings.load(folder).backup_folder, keyring.desk)
            desk, found = _open_file(folder / "desk.db", desk_key, keyring.desk, progress, elsewhere)
            register = cls(folder, keyring, lock, desk)
            register._elsewhere = elsewhere
            register._found(found)
            register.let_in(keys, progress)
        except BaseException:
            if register is not None:
                register.close()
            lock.release()
            raise
        return register

    def let_nobody_back(self, operator: Operator) -> None:
        """Check that the journal knows somebody as the keyring does: an old copy of it lets nobody back in.

        Raises:
            NotAllowedError: they were taken off the list, or have another role now, or another's name in the keyring.
        """
        with self.read() as session:
            known = rows.select_one(session, Account, account.c.id == operator.id)
        if known is None or known.removed or (known.name, known.role) != (operator.name, operator.role):
            raise NotAllowedError(f"{operator.name} can no longer sign in like this. Ask the DSL or the head.")

    def let_in(self, keys: Keys, progress: Callable[[str], None] = lambda _: None) -> None:
        """Open or close the DSL's file, as the keys of whoever signs in now allow."""
        self.shut_dsl()
        self.keys = keys
        if keys.dsl is None or keys.seal is None:
            return
        if self.leaving is not None:
            self.leaving.give_up()
        dsl_key = fitting(self.folder / "dsl.db", keys.of_file("dsl"))
        self.dsl, found = _open_file(self.folder / "dsl.db", dsl_key, self.keyring.desk, progress, self._elsewhere)
        self.seal_private = keys.seal
        self._found(found)

    def shut_dsl(self) -> None:
        """Close the DSL's file: nobody who may see it is signed in any more."""
        database, self.dsl = self.dsl, None
        self.seal_private = None
        if database is None:
            return
        if self.leaving is None:
            database.close()
        else:
            self.leaving.take(database)

    def read(self) -> AbstractContextManager[Session]:
        """A reading session on the desk's file."""
        return self.desk.read()

    def write(self) -> AbstractContextManager[Session]:
        """A writing session on the desk's file."""
        return self.desk.write()

    def dsl_file(self) -> Database:
        """The DSL's file.

        Raises:
            NotAllowedError: nobody who may see it is signed in.
        """
        if self.dsl is None:
            raise NotAllowedError("Only the DSL or the head can open this. Ask one of them to sign in.")
        return self.dsl

    def close(self) -> None:
        """Close both files and give the register back."""
        self.shut_dsl()
        if self.leaving is not None:
            self.leaving.wait()
        self.desk.close()
        self._lock.release()

    def _found(self, found: Ending) -> None:
        self.records_lost = self.records_lost or found.lost
        self.ending_unknown = self.ending_unknown or found.unknown


def _open_file(
    path: Path, key: bytes, desk: str, progress: Callable[[str], None], elsewhere: Mapping[str, Head]
) -> tuple[Database, Ending]:
    """Open one file, brought up to date; also says whether it lost records. Each file has its own epochs."""
    with plainly():
        upgrade.bring_up_to_date(path, key, Identity(desk, 1), progress, _back_up)
    found = ending.of_file(path, key, desk, [elsewhere.get(path.stem)])
    database = Database(path, key, Identity(desk, found.epoch))
    with plainly():
        erasure.settle(database)
    return database, found


def _back_up(old: Database) -> None:
    """A backup of a file as the older program left it. The DSL's is kept for the next backup, as it always is."""
    folder, now = old.path.parent, datetime.now(UTC)
    if old.path.stem == "dsl":
        backup.keep_dsl(folder, old, at=now)
    else:
        backup.make(folder, old, None, at=now)
