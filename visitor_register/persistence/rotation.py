"""A change of keys: both files are written anew under new keys, each as a copy that takes its place when it is whole.

The keyring holds the old and the new keys from before the first file to after the last, so that whatever stops the
program, every password opens both files as they are then. Source: the storage chapter of the architecture.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import replace as replace_in
from pathlib import Path
from typing import Any

from visitor_register.errors import RegisterDamagedError, RegisterError
from visitor_register.persistence import seal
from visitor_register.persistence.database import fitting, unlock
from visitor_register.persistence.driver import dbapi2
from visitor_register.persistence.register import Register
from visitor_register.persistence.slots import Keys
from visitor_register.persistence.small_files import replace, sync_names

Step = Callable[[str], None]
_OTHERS = ("-wal", "-shm", "-journal")


def begin(register: Register, keys: Keys) -> Keys:
    """Put new keys on the keyring beside those of now; returns them.

    Raises:
        RegisterError: a slot was not made by a holder of all keys.
        NotSavedError: the disk did not take the keyring; nothing was changed.
    """
    private, public = seal.new_pair()
    following = Keys(desk=secrets.token_bytes(32), dsl=secrets.token_bytes(32), seal=private)
    draft = register.keyring.draft()
    draft.begin_change(following, public, keys)
    draft.save()
    register.keyring.take(draft)
    if register.keys is not None:
        register.keys = replace_in(register.keys, next=following)
    return following


def rewrite(register: Register, keys: Keys, following: Keys, step: Step = lambda _: None) -> None:
    """Write each file that has its old key anew under the one that follows, and read it back.

    `step` is told what was just done; whatever it raises stops the change there.

    Raises:
        RegisterError: the disk is full, or a copy is not what the file is; that file was not touched.
    """
    if keys.dsl is None or following.dsl is None:
        raise TypeError("a change of keys needs all of them")
    for database, old, new in (
        (register.dsl_file(), keys.dsl, following.dsl),
        (register.desk, keys.desk, following.desk),
    ):
        with database.at_rest():
            try:
                if fitting(database.path, [old, new]) == old:
                    _rewrite(database.path, old, new, step)
            except (OSError, dbapi2.Error) as error:
                raise RegisterError(
                    "The keys could not be changed: the disk is full or cannot be written to. Make room, then "
                    "finish the change; nothing was lost."
                ) from error
            finally:
                # Whatever stopped it, the program goes on with the file that is there now.
                database.use_key(fitting(database.path, [old, new]))
        step(f"{database.path.stem} in use")


def end(register: Register, keys: Keys, following: Keys) -> None:
    """Forget the old keys; both files were read back with the new ones.

    Raises:
        NotSavedError: the disk did not take the keyring, which still holds both.
    """
    draft = register.keyring.draft()
    draft.end_change(following, keys)
    draft.save()
    register.keyring.take(draft)
    register.seal_private = following.seal
    register.keys = replace_in(following, pin=keys.pin, next=None)


def has_begun(register: Register, keys: Keys) -> bool:
    """Whether one of the files has its new key already: then a change of keys can only be finished."""
    if keys.next is None or keys.dsl is None or keys.next.dsl is None:
        return False
    pairs = (("desk", keys.desk, keys.next.desk), ("dsl", keys.dsl, keys.next.dsl))
    return any(fitting(register.folder / f"{name}.db", [old, new]) == new for name, old, new in pairs)


def give_up(register: Register) -> None:
    """Forget the keys that were to follow; both files still have the old ones.

    Raises:
        NotSavedError: the disk did not take the keyring, which still holds both.
    """
    draft = register.keyring.draft()
    draft.give_up_change()
    draft.save()
    register.keyring.take(draft)
    for database in (register.desk, register.dsl):
        if database is not None:
            _clear(_copy_of(database.path))


@dataclass(frozen=True, slots=True)
class _Content:
    """What two files are compared by: their shape, how many rows each table has, and where the journal ends."""

    version: int
    shape: tuple[tuple[str, str], ...]
    counts: tuple[int, ...]
    ending: tuple[Any, ...] | None


def _rewrite(path: Path, old: bytes, new: bytes, step: Step) -> None:
    copy = _copy_of(path)
    _clear(copy)
    try:
        shutil.copyfile(path, copy)
        step(f"{path.stem} copied")
        before = _read(path, old)
        _change_key(copy, old, new)
        step(f"{path.stem} rekeyed")
        _compare(before, _read(copy, new, whole=True))
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        step(f"{path.stem} compared")
        _clear(path, itself=False)
        # Or a power cut could leave the old log, of the old key, beside the new file.
        sync_names(path.parent)
        replace(copy, path)
        sync_names(path.parent)
        step(f"{path.stem} replaced")
        _compare(before, _read(path, new))
        step(f"{path.stem} read back")
    finally:
        _clear(copy)


def _change_key(path: Path, old: bytes, new: bytes) -> None:
    with contextlib.closing(_open(path, old)) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=wal")
        cursor.execute("PRAGMA synchronous=2")
        cursor.execute(f"PRAGMA rekey=\"x'{new.hex()}'\"")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise RegisterError("Another program holds the register's file. Try again in a moment; nothing was lost.")


def _read(path: Path, key: bytes, *, whole: bool = False) -> _Content:
    with contextlib.closing(_open(path, key)) as connection:
        cursor = connection.cursor()
        if whole and cursor.execute("PRAGMA cipher_integrity_check").fetchall():
            raise RegisterDamagedError("The copy under the new key is damaged. Try again; nothing was lost.")
        shape = cursor.execute("SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
        tables = cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return _Content(
            version=cursor.execute("PRAGMA user_version").fetchone()[0],
            shape=tuple(shape),
            counts=tuple(cursor.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables),  # noqa: S608 - the names are the file's own
            ending=cursor.execute("SELECT epoch, seq, hash FROM entry ORDER BY clock DESC LIMIT 1").fetchone(),
        )


def _compare(before: _Content, after: _Content) -> None:
    if before != after:
        raise RegisterDamagedError(
            "The file under the new key is not what it was under the old one. Try again; nothing was lost."
        )


def _open(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        unlock(connection.cursor(), key)
    except BaseException:
        connection.close()
        raise
    return connection


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.rekeyed")


def _clear(path: Path, *, itself: bool = True) -> None:
    for suffix in ("", *_OTHERS) if itself else _OTHERS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
