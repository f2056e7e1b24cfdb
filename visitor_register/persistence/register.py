"""A whole register: one folder with the desk's file, the DSL's file, the keyring and the lock."""

import json
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.persistence import journal, seal, upgrade
from visitor_register.persistence.database import Database, Identity, head_path, write_atomically
from visitor_register.persistence.keyring import Keyring, Keys, PasswordCost, new_recovery_code
from visitor_register.persistence.place import Lock, prepare


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added on the first start."""

    name: str
    role: Role
    password: str


def exists(folder: Path) -> bool:
    """Whether a register lies in this folder."""
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
        identity = Identity(keyring.desk, 1)
        for name, key in (("desk", desk_key), ("dsl", dsl_key)):
            upgrade.create(folder / f"{name}.db", key, identity)
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


class Register:
    """An open register. `operator` is who signed in; the DSL's file is open only for those who may see it."""

    def __init__(self, folder: Path, keyring: Keyring, lock: Lock, desk: Database) -> None:
        self.folder = folder
        self.keyring = keyring
        self.desk = desk
        self.dsl: Database | None = None
        self.seal_private: bytes | None = None
        self.records_lost = False
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
        return cls.open_with(folder, keyring, keys, progress=progress)

    @classmethod
    def open_with(
        cls, folder: Path, keyring: Keyring, keys: Keys, *, progress: Callable[[str], None] = lambda _: None
    ) -> "Register":
        """Open a register with keys that were unwrapped already."""
        lock = Lock(folder)
        lock.take()
        try:
            path = folder / "desk.db"
            lost, epoch = _behind_its_head(path, keys.desk, keyring.desk)
            identity = Identity(keyring.desk, epoch)
            upgrade.bring_up_to_date(path, keys.desk, identity, progress)
            register = cls(folder, keyring, lock, Database(path, keys.desk, identity))
            register.records_lost = lost
            register.let_in(keys, progress)
        except BaseException:
            lock.release()
            raise
        return register

    def let_in(self, keys: Keys, progress: Callable[[str], None] = lambda _: None) -> None:
        """Open or close the DSL's file, as the keys of whoever signs in now allow."""
        self.shut_dsl()
        if keys.dsl is None or keys.seal is None:
            return
        path = self.folder / "dsl.db"
        upgrade.bring_up_to_date(path, keys.dsl, self.desk.identity, progress)
        self.dsl = Database(path, keys.dsl, self.desk.identity)
        self.seal_private = keys.seal

    def shut_dsl(self) -> None:
        """Close the DSL's file: nobody who may see it is signed in any more."""
        if self.dsl is not None:
            self.dsl.close()
        self.dsl = None
        self.seal_private = None

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
        self.desk.close()
        self._lock.release()


def _behind_its_head(path: Path, key: bytes, desk: str) -> tuple[bool, int]:
    """Whether the journal ends before the noted head, and the epoch to write in.

    A file put back from yesterday, or a torn disk, loses the newest records: what is written from
    now on gets a new epoch, so that the same number never means two things.
    """
    try:
        noted = json.loads(head_path(path).read_bytes())
    except (OSError, ValueError):
        noted = None
    database = Database(path, key, Identity(desk, 1))
    try:
        with database.engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT epoch, seq, clock FROM entry ORDER BY clock DESC LIMIT 1").first()
    finally:
        database.close()
    epoch = 1 if row is None else int(row[0])
    if noted is None or noted["clock"] <= (0 if row is None else row[2]):
        return False, epoch if noted is None else max(epoch, int(noted["epoch"]))
    epoch = max(epoch, int(noted["epoch"])) + 1
    # From here on the head is what there is; the loss itself is in the banner and in the new epoch.
    clock = 0 if row is None else row[2]
    write_atomically(
        head_path(path), json.dumps({"desk": desk, "epoch": epoch, "seq": 0, "clock": clock, "hash": ""}).encode()
    )
    return True, epoch
