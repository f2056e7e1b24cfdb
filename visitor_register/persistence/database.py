"""One encrypted file with its journal: opened strictly, written in immediate transactions, never half."""

import contextlib
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from visitor_register.errors import NotSavedError, RegisterDamagedError, RegisterError
from visitor_register.persistence import driver, journal
from visitor_register.persistence.driver import dbapi2
from visitor_register.persistence.faults import BUGS, plainly, why_not_saved
from visitor_register.persistence.gate import Gate
from visitor_register.persistence.small_files import write_atomically

__all__ = ["Database", "Identity", "fitting", "head_path", "note_head", "noted_head", "plainly", "unlock"]

log = logging.getLogger(__name__)

BUSY_MS = 5_000
"""How long a write waits for another program, a virus scanner for instance, to let go of the file."""

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit has reached the disk when it returns
    "foreign_keys": 1,
    "recursive_triggers": 1,  # or INSERT OR REPLACE slips past the trigger that forbids deleting
    "trusted_schema": 0,
    "secure_delete": 1,
    "temp_store": 2,
    "cache_size": -32_000,  # KiB: a page that has to be read again has to be decrypted again
}

_MOST = 1 << 62
"""More than any number in a note; SQLite's own end a little above it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which desk writes here, and in which epoch: a new one begins after records were lost."""

    desk: str
    epoch: int


class Database:
    """An open register file. Give `key` as the 32 raw bytes; it never stands in a URL or a log.

    `swept`: after the last erasure here the file was written anew, so that no byte of it stays.

    Raises:
        RegisterDamagedError: the key does not open the file, or the file is no register.
    """

    def __init__(self, path: Path, key: bytes, identity: Identity, *, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self.identity = identity
        self.swept = False
        self._key = key
        self._busy_ms = busy_ms
        self._gate = Gate()
        driver.check_loaded()
        self._engine = create_engine(
            "sqlite://",
            module=dbapi2,
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            # What is bound to a statement is somebody's name: it never stands in an error or a log.
            hide_parameters=True,
        )
        event.listen(self._engine, "begin", _begin)
        self._reading = self._engine.execution_options(vr_begin="BEGIN")
        self._writing = self._engine.execution_options(vr_begin="BEGIN IMMEDIATE")

    @property
    def engine(self) -> Engine:
        """The engine whose transactions write; for migrations."""
        return self._writing

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the register.

        Raises:
            RegisterError: the file cannot be read just now.
        """
        with plainly(), self._session(self._reading) as session, session.begin():
            yield session

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are all on the disk when the block ends, or none of them is.

        Raises:
            NotSavedError: the disk is full, read-only, or another program holds the file.
        """
        with self._session(self._writing) as session:
            try:
                with session.begin():
                    yield session
                    ending = journal.head(session) if session.info.get("appended") else None
            except DBAPIError as error:
                # The connection may be in doubt after a failed write: the next try opens a new one.
                self._engine.dispose()
                if isinstance(error, BUGS):
                    raise
                raise NotSavedError(why_not_saved(error)) from error
        if ending is not None:
            self._remember(ending)
        else:
            # No note would show that a parked arrival, say, was lost with a spoilt log: it goes into the file at once.
            self.checkpoint()
        if session.info.get("erased"):
            self.swept = self.write_anew()

    def checkpoint(self, *, wait: bool = False) -> bool:
        """Fold the write-ahead log into the file: a flipped bit in an unfolded log loses commits silently.

        Returns whether all of it was folded in. It is no fault if not: somebody was reading, or the
        disk is full; the log stays, and the next call tries again. Unless told to `wait` it gives way
        at once, so that nobody at the desk waits for it.
        """
        if self.log_is_empty():
            return True
        faults = (DBAPIError, dbapi2.Error, RegisterError)
        with self._gate.inside(), contextlib.suppress(*faults), self._reading.connect() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={self._busy_ms if wait else 0}")
            try:
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={self._busy_ms}")
            return not busy
        return False

    def beside(self, path: Path) -> "Database":
        """Another file under the same key: a copy of this one."""
        return Database(path, self._key, self.identity)

    def write_anew(self) -> bool:
        """Write the whole file again, page by page, so that no page keeps what was deleted; returns whether it was.

        It needs room for the file once more, and waits for whoever reads.
        """
        faults = (DBAPIError, dbapi2.Error, RegisterError)
        with self._gate.inside(), contextlib.suppress(*faults), self._reading.connect() as connection:
            connection.connection.cursor().execute("VACUUM")
            return self.checkpoint(wait=True)
        return False

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded in first."""
        self.checkpoint(wait=True)
        self._engine.dispose()

    @contextlib.contextmanager
    def at_rest(self) -> Iterator[None]:
        """No connection is open while the block runs, so that another file can take this one's place.

        Raises:
            RegisterError: somebody reads or writes all the time, or the write-ahead log cannot be folded in.
        """
        with self._gate.alone():
            pool = self._engine.pool
            if not isinstance(pool, QueuePool) or pool.checkedout():
                raise RuntimeError("a session of this thread is still in use")
            self.close()
            if not self.log_is_empty():
                raise RegisterError(
                    "The disk is full, or another program holds the register's file. Make room and try again; "
                    "nothing was changed."
                )
            yield

    def use_key(self, key: bytes) -> None:
        """Open the file with this key from now on: it was written anew."""
        self._key = key

    def log_is_empty(self) -> bool:
        """Whether the file alone is the whole register, with nothing left in the write-ahead log beside it."""
        log_file = self.path.with_name(self.path.name + "-wal")
        return not log_file.exists() or log_file.stat().st_size == 0

    @contextlib.contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        info = {
            "desk": self.identity.desk,
            "epoch": self.identity.epoch,
            "file": self.path.stem,
            "swept": self.swept,
        }
        with self._gate.inside(), Session(engine, expire_on_commit=False, info=info) as session:
            yield session

    def _connect(self) -> Any:
        connection = dbapi2.connect(
            str(self.path), isolation_level=None, timeout=self._busy_ms / 1000, check_same_thread=False
        )
        cursor = connection.cursor()
        try:
            unlock(cursor, self._key)
        except RegisterError:
            connection.close()
            raise
        except dbapi2.DatabaseError as error:
            connection.close()
            if isinstance(error, dbapi2.OperationalError):
                raise
            raise RegisterDamagedError(
                "The register cannot be opened: the file is damaged or belongs to other keys. "
                "Restore the last backup; nothing in the file was changed."
            ) from error
        for name, value in _PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
            got = cursor.execute(f"PRAGMA {name}").fetchone()
            if got is None or str(got[0]) != str(value):
                connection.close()
                raise RegisterDamagedError(f"The register cannot be opened safely ({name} is {got}).")
        cursor.close()
        return connection

    def _remember(self, ending: journal.Head) -> None:
        try:
            note_head(self.path, ending)
        except OSError:
            # The entry is safe; only the note beside it is not. It is written again with the next one.
            log.warning("the head note could not be written")


def fitting(path: Path, keys: Sequence[bytes]) -> bytes:
    """Which of these keys opens a file: two while a change of keys is not finished; the last one if none does."""
    for key in keys[:-1]:
        connection = dbapi2.connect(str(path))
        try:
            unlock(connection.cursor(), key)
        except dbapi2.DatabaseError:
            continue
        else:
            return key
        finally:
            connection.close()
    return keys[-1]


def unlock(cursor: Any, key: bytes) -> None:
    """Give a fresh connection its key, and read something with it: only then is it known to be the right one."""
    driver.check(cursor)
    cursor.execute("PRAGMA cipher_log_level=NONE")
    cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()


def head_path(path: Path) -> Path:
    """Where the head of a register file is noted."""
    return path.with_name(f"{path.stem}.head.json")


def note_head(path: Path, ending: journal.Head) -> None:
    """Note beside a file where its journal ends, so that a file put back from yesterday is noticed."""
    said = asdict(ending) | {"hash": ending.hash.hex()}
    # An older note after a power cut says nothing wrong: its entry is still there. So one wait for the disk is saved.
    write_atomically(head_path(path), json.dumps({**said, "check": _digest(said)}).encode(), lasting=False)


def noted_head(path: Path) -> journal.Head | None:
    """The head noted beside a file; None when there is none, or it is not what was written.

    A spoilt note must not be taken for records that are lost, nor for none that are.
    """
    try:
        note = json.loads(head_path(path).read_bytes())
        said = {name: note[name] for name in ("desk", "epoch", "seq", "clock", "hash")}
        # Notes of older programs have no digest.
        if note.get("check", _digest(said)) != _digest(said):
            return None
        numbers = (said["epoch"], said["seq"], said["clock"])
        if not isinstance(said["desk"], str) or not all(isinstance(one, int) and 0 <= one < _MOST for one in numbers):
            return None
        return journal.Head(**said | {"hash": bytes.fromhex(said["hash"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("vr_begin", "BEGIN"))
