"""Copies a register file while it is in use: through the engine, of one moment, proved before anybody relies on it."""

import hmac
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from visitor_register.errors import RegisterDamagedError, RegisterError
from visitor_register.persistence import ending, journal
from visitor_register.persistence.database import Database
from visitor_register.persistence.driver import dbapi2
from visitor_register.persistence.faults import plainly
from visitor_register.persistence.journal import Head
from visitor_register.persistence.tables import entry

PAGES, ENTRIES = 256, 250
"""How much is copied, or walked through, before others have their turn: a few milliseconds' work."""

_NOT_PROVED = "The backup was made, but is not what the register holds: it was thrown away. Verify the register."

_NOT_COPIED = "No backup could be made: the disk is full, or did not take it. The register is as it was."

Rest = Callable[[], None]


def rest() -> None:
    """Let others have their turn: whoever signs somebody in must not feel that a backup is being made."""
    time.sleep(0.002)


def copy_proved(source: Database, target: Path, rest: Rest = rest) -> tuple[Head, int]:
    """Copy a file under the same key, open the copy, and walk its chain; returns where it ends and its entries.

    The reading transaction sees one moment of the register: writers go on beside it and nothing begins again.

    Raises:
        RegisterDamagedError: the copy does not hold what the register holds.
        RegisterError: it could not be read or written.
    """
    copy = source.beside(target)
    try:
        with plainly():
            with source.read() as session, copy.engine.connect() as connection:
                head = ending.newest(session) or Head(
                    source.identity.desk, source.identity.epoch, 0, 0, journal.GENESIS
                )
                reading = session.connection().connection.driver_connection
                writing = connection.connection.driver_connection
                if reading is None or writing is None:
                    raise RegisterError("The register's file was closed while it was copied. Try again.")
                try:
                    reading.backup(writing, pages=PAGES, progress=lambda *_: rest())
                except dbapi2.Error as error:
                    raise RegisterError(_NOT_COPIED) from error
            with copy.read() as session:
                entries = _walk(session, head, rest)
    finally:
        copy.close()
    if not copy.log_is_empty():
        raise RegisterError("The backup could not be made: the disk is full. Make room; the register is as it was.")
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return head, entries


def _walk(session: Session, head: Head, rest: Rest) -> int:
    """Walk a copy's chain from the first entry to the head; returns how many entries there are."""
    previous, number = journal.GENESIS, 0
    statement = select(entry).order_by(entry.c.clock, entry.c.desk, entry.c.seq).execution_options(yield_per=ENTRIES)
    for rows in session.execute(statement).partitions():
        for row in rows:
            number += 1
            if not _follows(row, number, previous):
                raise RegisterDamagedError(_NOT_PROVED)
            previous = row.hash
        rest()
    if (number, previous) != (head.seq, head.hash):
        raise RegisterDamagedError(_NOT_PROVED)
    return number


def _follows(row: Row[tuple[object, ...]], number: int, previous: bytes) -> bool:
    chained: bool = row.seq == number and row.prev_hash == previous and journal.chain_hash(row._mapping) == row.hash
    if row.body is None:
        return chained
    return chained and hmac.compare_digest(hmac.digest(row.salt, row.body, "sha256"), row.commitment)
