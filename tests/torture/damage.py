"""A register as a disk can leave it, opened by the program: what came of that, in one of a few classes."""

import enum
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import PASSWORD, World, create_visit, create_worker
from tests.persistence.tampering import fill
from visitor_register.domain.events import PersonRecorded, ReasonRecorded
from visitor_register.domain.people import Operator, PersonKind
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.persistence.database import Database
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import entry, kept, projected
from visitor_register.persistence.verify import verify
from visitor_register.services import arrivals

IN_THE_LOG = 12
"""Visits, each an arrival and a leaving, that are in the write-ahead log and not yet in the file."""

Rows = dict[str, Counter[Any]]
"""What the tables of one file hold, by table."""


class Class(enum.StrEnum):
    """What may come of damage, and what must not."""

    SAME = "same content"
    NAMED = "refused: verify names the entry or table"
    REFUSED = "refused with a sentence"
    TOLD = "tail lost and the banner shown"
    TOLD_SAME = "same content, and the banner says that nobody can tell"
    SILENT_LOSS = "SILENT LOSS"
    WRONG = "SILENT WRONG DATA"
    CRASH = "CRASH"


GOOD = (Class.SAME, Class.REFUSED, Class.TOLD, Class.TOLD_SAME, Class.NAMED)


@dataclass(frozen=True, slots=True)
class Whole:
    """A register that stopped without a checkpoint: its folder, and what is in it."""

    folder: Path
    operator: Operator
    entries: dict[str, tuple[Any, ...]]
    tables: dict[str, Rows]
    names: tuple[str, ...]
    seal_public: bytes


def make(world: World, place: Path) -> Whole:
    """Fill a register, and copy it while its newest commits stand in the write-ahead logs only."""
    fill(world)
    # Texts of many pages: a page that only carries on a text is read by no search.
    world.write(*((world.chart, PersonRecorded(PersonKind.OTHER, "long " * 4_000)) for _ in range(3)))
    register = world.register
    assert register.dsl is not None
    for database in (register.desk, register.dsl):
        assert database.checkpoint(wait=True)
    worker = create_worker(world, "Grace Nwosu", badge="H111111")
    for _ in range(IN_THE_LOG):
        visit = create_visit(world, worker)
        with register.write() as session:
            arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
        with register.dsl.write() as session:
            journal.append(
                session, worker, ReasonRecorded("CIN visit", "urgent", "17", "x"), by=world.dsl, at=world.clock()
            )
    assert not register.desk.log_is_empty()
    assert not register.dsl.log_is_empty()
    copied = place / "whole"
    shutil.copytree(register.folder, copied, ignore=shutil.ignore_patterns("*.lock*", "*-shm"))
    files = {"desk": register.desk, "dsl": register.dsl}
    return Whole(
        copied,
        world.dsl,
        {name: _entries(database) for name, database in files.items()},
        {name: _tables(database) for name, database in files.items()},
        tuple(person.name for person in register.keyring.people()),
        register.keyring.seal_public,
    )


def outcome(whole: Whole, folder: Path) -> tuple[Class, str]:
    """Open a damaged register as the program does, read all of it, and say what came of it; with the words, if any."""
    try:
        keyring = Keyring.load(folder / "keyring.json")
        names = tuple(person.name for person in keyring.people())
        register = Register.open(folder, whole.operator, PASSWORD)
    except RegisterError as error:
        return Class.REFUSED, str(error)
    except Exception as error:  # noqa: BLE001 - any other is what this looks for
        return Class.CRASH, repr(error)
    try:
        if (names, keyring.seal_public) != (whole.names, whole.seal_public):
            return Class.WRONG, "keyring"
        return _read(whole, register)
    except RegisterError as error:
        return Class.REFUSED, str(error)
    except Exception as error:  # noqa: BLE001
        return Class.CRASH, repr(error)
    finally:
        register.close()


def _read(whole: Whole, register: Register) -> tuple[Class, str]:
    lost = False
    assert register.dsl is not None
    for name, database in (("desk", register.desk), ("dsl", register.dsl)):
        with database.read() as session:
            fault = verify(session).fault
        if fault is not None:
            return Class.NAMED, fault
        found, wanted = _entries(database), whole.entries[name]
        if found != wanted[: len(found)]:
            return Class.WRONG, f"entries of {name}"
        if len(found) < len(wanted):
            lost = True
        elif _tables(database) != whole.tables[name]:
            return Class.WRONG, f"tables of {name}"
    told = register.records_lost or register.ending_unknown
    if lost:
        return (Class.TOLD if told else Class.SILENT_LOSS), ""
    if register.records_lost:
        return Class.WRONG, "said to be lost, and nothing was"
    return (Class.TOLD_SAME if told else Class.SAME), ""


def _entries(database: Database) -> tuple[Any, ...]:
    with database.read() as session:
        return tuple(tuple(row) for row in session.execute(select(entry).order_by(entry.c.clock)))


def _tables(database: Database) -> Rows:
    with database.read() as session:
        local = [table for table in kept.sorted_tables if table is not entry]
        return {table.name: _bag(session, table) for table in [*projected.sorted_tables, *local]}


def _bag(session: Session, table: Any) -> Counter[Any]:
    return Counter(tuple(row) for row in session.execute(select(table)))


def fresh(whole: Whole, folder: Path) -> Path:
    """Another copy to be damaged, in the place of the one before."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(whole.folder, folder)
    return folder


def flip(path: Path, at: int, change: int) -> None:
    """Change one byte."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ change]))


def zero_page(path: Path, page: int, size: int = 4_096) -> None:
    """Empty a page, as a disk gives back a block it never wrote."""
    with path.open("r+b") as file:
        file.seek(page * size)
        file.write(bytes(min(size, path.stat().st_size - page * size)))


def cut(path: Path, length: int) -> None:
    """End a file early."""
    with path.open("r+b") as file:
        file.truncate(length)


def counted(classes: Sequence[Class]) -> str:
    """What came of the tries, in words, commonest first."""
    return ", ".join(f"{number} {name}" for name, number in Counter(classes).most_common())
