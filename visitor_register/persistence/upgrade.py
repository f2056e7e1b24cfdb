"""Brings a register file to this program's shape: on a copy, which takes its place only when it is whole."""

import functools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session

from visitor_register.errors import NewerRegisterError, RegisterDamagedError, RegisterError
from visitor_register.persistence import projections
from visitor_register.persistence.database import Database, Identity
from visitor_register.persistence.small_files import replace, sync_names
from visitor_register.persistence.tables import PROJECTIONS, kept, projected

MIGRATIONS = Path(__file__).parent / "migrations"


def create(path: Path, key: bytes, identity: Identity) -> None:
    """Make a new, empty register file; it appears under its name only when it is whole."""
    _migrate_copy(path, key, identity, from_existing=False)


def bring_up_to_date(
    path: Path,
    key: bytes,
    identity: Identity,
    progress: Callable[[str], None],
    back_up: Callable[[Database], None] = lambda _: None,
) -> None:
    """Migrate an older file and fold its tables again where their shape changed; before that, have it backed up.

    Raises:
        NewerRegisterError: a newer program wrote it; nothing is touched.
        RegisterDamagedError: the file is missing or empty.
    """
    if not path.exists():
        raise RegisterDamagedError("A file of the register is missing. Restore the last backup.")
    database = Database(path, key, identity)
    try:
        with database.engine.connect() as connection:
            stored = MigrationContext.configure(connection).get_current_revision()
            tables = connection.execute(text("PRAGMA user_version")).scalar_one()
    finally:
        database.close()
    ours = newest_revision()
    if stored is None:
        raise RegisterDamagedError("A file of the register is empty. Restore the last backup; nothing was changed.")
    if stored > ours or tables > PROJECTIONS:
        raise NewerRegisterError(
            f"This register was written by a newer version of the program (its file has {stored}, tables {tables}; "
            f"this program knows {ours}, tables {PROJECTIONS}). Install the newer version; nothing was changed."
        )
    if (stored, tables) != (ours, PROJECTIONS):
        if not database.log_is_empty():
            raise RegisterError(
                "The register cannot be brought up to date: the disk is full, or another program holds the file. "
                "Make room and try again; nothing was changed."
            )
        progress("Bringing the register up to date")
        try:
            back_up(database)
        finally:
            database.close()
        _migrate_copy(path, key, identity, from_existing=True)


@functools.cache
def newest_revision() -> str:
    """The newest step this program knows: all are read for it, once, as no start of the program changes them."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def _migrate_copy(path: Path, key: bytes, identity: Identity, *, from_existing: bool) -> None:
    copy = path.with_name(f"{path.name}.upgrade")
    for suffix in ("", "-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    if from_existing:
        # The file is closed and its write-ahead log folded in, so the file alone is the whole register.
        shutil.copyfile(path, copy)
    database = Database(copy, key, identity)
    try:
        with database.engine.begin() as connection:
            config = Config()
            # A percent sign in a folder's name would be taken for a variable.
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            projected.drop_all(connection)
            projected.create_all(connection)
            with Session(connection, info={}) as session:
                projections.rebuild(session)
                session.flush()
            connection.exec_driver_sql(f"PRAGMA user_version={PROJECTIONS}")
    finally:
        database.close()
    if not database.log_is_empty():
        raise RegisterError("The register's file could not be made: the disk is full. Make room and try again.")
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    # Or a power cut could leave the old log beside the new file, and it would be folded into it.
    sync_names(path.parent)
    replace(copy, path)
    sync_names(path.parent)


def check_models(database: Database) -> list[object]:
    """Differences between the migrated tables and `tables.kept`; empty when they agree."""
    from alembic.autogenerate import compare_metadata

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": _not_projected, "compare_type": False},
        )
        return list(compare_metadata(context, kept))


def _not_projected(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    return not (kind == "table" and name in projected.tables)
