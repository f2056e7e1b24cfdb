"""Erasing for good: bodies leave the journal, the file and its write-ahead log, and a list remembers which they were.

The list, `erased.jsonl` beside the register, names entries and nothing else: an older backup that is put back still
holds what was erased since, and has it erased again. It is derived from the journal and written last, so what it
lacks is what a crash left to do.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from visitor_register.domain.events import Erased
from visitor_register.domain.people import Operator
from visitor_register.domain.school import REGISTER
from visitor_register.persistence import codec, journal, local_traces, projections
from visitor_register.persistence.database import Database
from visitor_register.persistence.small_files import write_atomically
from visitor_register.persistence.tables import account, entry

log = logging.getLogger(__name__)

LIST = "erased.jsonl"
AGAIN = "erased before; the backup that was put back still held it"
_ENTRY = re.compile(r"[^/]*/[0-9]{1,18}/[0-9]{1,18}", re.ASCII)
_CHUNK = 500
"""SQLite takes a limited number of bound values in one statement."""


@dataclass(frozen=True, slots=True)
class Gone:
    """One emptied entry: in which file, its key (`desk/epoch/number`), and its hash, hex, which is of that one only."""

    file: str
    entry: str
    hash: str


class Files(Protocol):
    """What of a register is needed; `Register` is one."""

    folder: Path
    desk: Database
    dsl: Database | None


def erase(session: Session, keys: Iterable[str], reason: str, *, by: Operator, at: datetime) -> int:
    """Empty entries (`desk/epoch/number`) and fold their subjects again; returns how many there were to empty.

    It must run inside a writing transaction; when that is over, `Database.write` writes the file anew, and
    `complete_list` follows.
    What says that something was erased is never erased itself.
    """
    found = [row for row in _rows(session, keys) if row.body is not None and row.kind != Erased.__name__]
    if not found:
        return 0
    names = tuple(journal.key(row) for row in found)
    number = journal.append(session, REGISTER, Erased(names, reason), by=by, at=at)
    erased_by = f"{session.info['desk']}/{session.info['epoch']}/{number}"
    for row in found:
        here = (entry.c.desk == row.desk, entry.c.epoch == row.epoch, entry.c.seq == row.seq)
        session.execute(update(entry).where(*here).values(body=None, salt=None, erased_by=erased_by))
    projections.refold(session, dict.fromkeys(row.subject for row in found))
    session.info["erased"] = True
    return len(found)


def keys_of(session: Session, subjects: Iterable[UUID]) -> list[str]:
    """The entries about these subjects that still say something, without the log of erasures."""
    waiting = list(dict.fromkeys(subjects))
    keys: list[str] = []
    for start in range(0, len(waiting), _CHUNK):
        found = session.execute(
            select(entry.c.desk, entry.c.epoch, entry.c.seq).where(
                entry.c.subject.in_(waiting[start : start + _CHUNK]),
                entry.c.body.is_not(None),
                entry.c.kind != Erased.__name__,
            )
        )
        keys += [journal.key(row) for row in found]
    return keys


def settle(database: Database) -> bool:
    """Finish what erasing began, when a file is opened: the file is written anew and the list completed.

    It does nothing where nothing is left to do, and returns whether that is so now. A page that was split long ago may
    keep the old bytes of what moved to another: that is why the whole file is written anew.
    """
    folder = database.path.parent
    with database.read() as session:
        missing = _missing(session, folder)
    if not missing:
        return True
    if not database.swept:
        database.swept = database.write_anew()
    with database.read() as session:
        return complete_list(session, folder)


def complete_list(session: Session, folder: Path) -> bool:
    """Add to the list what was erased in this file; returns whether it is complete.

    Not before the file was written anew: what the list lacks is what a start has to finish.
    """
    missing = _missing(session, folder)
    if missing and not session.info["swept"]:
        log.warning("the file could not be written anew after an erasure; it is tried again at the next start")
        return False
    return not missing or write_list(folder / LIST, [*read_list(folder / LIST), *missing])


def read_list(path: Path) -> list[Gone]:
    """Read a list of what was erased; one that is not there is empty, a torn line is left out."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    found: dict[Gone, None] = {}
    for line in lines:
        try:
            gone = msgspec.json.decode(line, type=Gone)
            if not _ENTRY.fullmatch(gone.entry):
                raise ValueError("not the key of an entry")
            found[gone] = None
        except (ValueError, RecursionError):
            # Derived from the journal at the next erasure; the lines before it still count.
            log.warning("a line of the list of erasures cannot be read")
    return list(found)


def write_list(path: Path, gone: Iterable[Gone]) -> bool:
    """Write a list of what was erased, whole or not at all; returns whether it could be."""
    lines = dict.fromkeys(json.dumps({"file": one.file, "entry": one.entry, "hash": one.hash}) for one in gone)
    try:
        write_atomically(path, "".join(f"{line}\n" for line in lines).encode())
    except OSError:
        log.warning("the list of erasures could not be written")
        return False
    return True


def take_along(folder: Path, place: Path) -> bool:
    """Bring the list in another place, that of the second backups, up to date; returns whether it could be."""
    here, there = read_list(folder / LIST), read_list(place / LIST)
    return set(here) <= set(there) or write_list(place / LIST, [*there, *here])


def apply_again(register: Files, erased: Iterable[Gone], by: Operator, at: datetime) -> int:
    """Erase in a restored register what was erased before it was restored; returns how many entries it still held.

    Both files should be open. An entry that has the number of an erased one but is another stays. What was begun
    and not finished by then may name somebody whom no entry named yet: all of it goes, if anything was erased since.
    """
    gone = list(erased)
    since = not set(gone) <= set(read_list(register.folder / LIST))
    done = 0
    for database in (register.desk, register.dsl):
        if database is None:
            continue
        hashes = {one.entry: one.hash for one in gone if one.file == database.path.stem}
        with database.write() as session:
            # The list has no signature: by hand, somebody could have it lock everybody out.
            kept = set(session.execute(select(account.c.id).where(account.c.removed.is_(False))).scalars())
            rows = [row for row in _rows(session, hashes) if row.hash.hex() == hashes[journal.key(row)]]
            rows = [row for row in rows if row.subject not in kept]
            before = local_traces.names_of(session, (row.subject for row in rows))
            done += erase(session, [journal.key(row) for row in rows], AGAIN, by=by, at=at)
            still = local_traces.names_of(session, before)
            local_traces.forget(session, {one: name for one, name in before.items() if one not in still})
            if since:
                local_traces.forget_begun(session)
                session.info["erased"] = True
    write_list(register.folder / LIST, [*read_list(register.folder / LIST), *gone])
    return done


def _rows(session: Session, keys: Iterable[str]) -> Iterator[Row[Any]]:
    """The entries with these keys, as stored, in their order."""
    wanted: dict[int, set[str]] = {}
    for key in keys:
        wanted.setdefault(int(key.rsplit("/", 1)[1]), set()).add(key)
    numbers = sorted(wanted)
    for start in range(0, len(numbers), _CHUNK):
        stored = session.execute(
            select(entry)
            .where(entry.c.desk == session.info["desk"], entry.c.seq.in_(numbers[start : start + _CHUNK]))
            .order_by(entry.c.clock)
        ).all()
        yield from (row for row in stored if journal.key(row) in wanted[row.seq])


def _missing(session: Session, folder: Path) -> list[Gone]:
    """What the journal says was erased and the list does not."""
    file = session.info["file"]
    listed = {one.entry for one in read_list(folder / LIST) if one.file == file}
    said: list[str] = []
    for row in session.execute(select(entry).where(entry.c.kind == Erased.__name__).order_by(entry.c.clock)):
        event = codec.decode(row.kind, row.version, row.body)
        said += event.entries if isinstance(event, Erased) else ()
    new = [key for key in said if key not in listed]
    return [Gone(file, journal.key(row), row.hash.hex()) for row in _rows(session, new)]
