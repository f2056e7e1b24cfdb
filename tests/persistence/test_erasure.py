"""What is erased is nowhere any more: not in a page of either file, in use or not, and not in what lies beside them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select

from tests.factories import CHEAP, NOW, PASSWORD, World, create_visit, create_worker
from visitor_register.domain.events import PersonListed, ReasonRecorded
from visitor_register.domain.school import REGISTER
from visitor_register.persistence import backup, erasure, journal, restore
from visitor_register.persistence.database import Database
from visitor_register.persistence.register import Register
from visitor_register.persistence.tables import entry
from visitor_register.persistence.verify import verify

PAGE, RESERVED, BLOCK = 4096, 80, 16
NAME, REFERENCE = "Canary Quillfeather", "CANARY-REF-7719"


def plain_pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of a file, decrypted: those in use and those that are free.

    Source: SQLCipher 4: 16 bytes of salt at the start, then AES-256-CBC; each page ends with IV and HMAC.
    """
    content = path.read_bytes()
    for start in range(0, len(content), PAGE):
        page = content[start + (0 if start else BLOCK) : start + PAGE]
        body, tail = page[:-RESERVED], page[-RESERVED:]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(tail[:BLOCK])).decryptor()
        yield decryptor.update(body) + decryptor.finalize()


def bytes_of(database: Database) -> bytes:
    """All that stands in a file, decrypted; its log is empty."""
    assert database.log_is_empty()
    return b"".join(plain_pages(database.path, database._key))


def said_of(world: World) -> tuple[UUID, UUID]:
    """Somebody with the canary's name, met once; and why, in the DSL's file."""
    person = create_worker(world, NAME, badge="H777")
    visit = create_visit(world, person, here_to_see="Mrs Canary").id
    with world.register.dsl_file().write() as session:
        journal.append(session, visit, ReasonRecorded(child_reference=REFERENCE), by=world.dsl, at=NOW)
    return person, visit


def erase(database: Database, world: World, *subjects: UUID) -> int:
    with database.write() as session:
        done = erasure.erase(session, erasure.keys_of(session, subjects), "asked for", by=world.dsl, at=NOW)
    assert erasure.settle(database)
    return done


def fill_pages(world: World) -> None:
    """Enough entries before and after for pages to be split and left behind."""
    with world.register.write() as session:
        for number in range(300):
            journal.append(
                session, uuid4(), PersonListed(world.chart, f"Somebody {number} {'x' * 60}"), by=world.dsl, at=NOW
            )


def test_what_was_erased_stands_on_no_page_of_either_file(world: World) -> None:
    person, visit = said_of(world)
    fill_pages(world)
    for file, canary in ((world.register.desk, NAME), (world.register.dsl_file(), REFERENCE)):
        file.checkpoint(wait=True)
        assert canary.encode() in bytes_of(file)
    assert erase(world.register.desk, world, person, visit) > 1
    assert erase(world.register.dsl_file(), world, visit) == 1
    for file in (world.register.desk, world.register.dsl_file()):
        held = bytes_of(file)
        assert b"Somebody" in held or b"Erased" in held
        for canary in (NAME, NAME.casefold(), "Mrs Canary", REFERENCE):
            assert canary.encode() not in held
        with file.read() as session:
            assert verify(session).sound
    for beside in world.register.folder.rglob("*"):
        if beside.is_file():
            assert b"anary" not in beside.read_bytes()


def test_the_log_of_erasures_is_never_erased(world: World) -> None:
    person, _ = said_of(world)
    erase(world.register.desk, world, person)
    with world.register.write() as session:
        last = journal.head(session)
        key = f"{last.desk}/{last.epoch}/{last.seq}"
        assert erasure.erase(session, [key], "x", by=world.dsl, at=NOW) == 0
        assert erasure.keys_of(session, [REGISTER]) == []
        assert journal.head(session) == last


def test_a_crash_after_an_erasure_is_made_good_at_the_next_start(world: World) -> None:
    """Between the commit and the rewriting the file keeps old bytes, and the list does not name them yet."""
    person, visit = said_of(world)
    register = world.register
    with register.write() as session:
        erasure.erase(session, erasure.keys_of(session, [person, visit]), "asked for", by=world.dsl, at=NOW)
        session.info["erased"] = False
    folder, again = register.folder, register.keyring
    register.close()
    assert erasure.read_list(folder / erasure.LIST) == []
    opened = Register.open(folder, world.dsl, PASSWORD)
    try:
        named = erasure.read_list(folder / erasure.LIST)
        assert {one.file for one in named} == {"desk"}
        assert all(one.entry.startswith(f"{again.desk}/1/") for one in named)
        assert NAME.encode() not in bytes_of(opened.desk)
    finally:
        opened.close()


def test_an_older_backup_put_back_has_it_erased_again(world: World, tmp_path: Path) -> None:
    person, visit = said_of(world)
    for file in (world.register.desk, world.register.dsl_file()):
        file.checkpoint(wait=True)
    older = tmp_path / "older"
    shutil.copytree(world.register.folder, older, ignore=shutil.ignore_patterns("*.lock*"))
    erase(world.register.desk, world, person, visit)
    erase(world.register.dsl_file(), world, visit)
    gone = erasure.read_list(world.register.folder / erasure.LIST)
    assert {one.file for one in gone} == {"desk", "dsl"}
    restored = Register.open(older, world.dsl, PASSWORD)
    try:
        assert erasure.apply_again(restored, gone, world.dsl, NOW) == len(gone)
        assert erasure.apply_again(restored, gone, world.dsl, NOW) == 0
        for database in (restored.desk, restored.dsl_file()):
            held = bytes_of(database)
            assert NAME.encode() not in held
            assert REFERENCE.encode() not in held
            with database.read() as session:
                assert verify(session).sound
        assert set(gone) <= set(erasure.read_list(older / erasure.LIST))
    finally:
        restored.close()


def test_another_entry_under_the_number_of_an_erased_one_stays(world: World) -> None:
    person, _ = said_of(world)
    with world.register.read() as session:
        key = erasure.keys_of(session, [person])[0]
    assert erasure.apply_again(world.register, [erasure.Gone("desk", key, "00" * 32)], world.dsl, NOW) == 0


def test_a_list_made_by_hand_locks_nobody_out_and_stops_no_restore(world: World) -> None:
    with world.register.read() as session:
        head = journal.head(session)
        found = session.execute(select(entry.c.seq, entry.c.hash)).all()
    forged = [erasure.Gone("desk", f"{head.desk}/1/{row.seq}", row.hash.hex()) for row in found]
    path = world.register.folder / erasure.LIST
    strange = [erasure.Gone("desk", key, "00") for key in ("", "x", "x/1", "x/1/-1", "x/1/²", f"x/1/{10**19}")]
    erasure.write_list(path, [*forged, *strange])
    assert erasure.read_list(path) == forged
    assert 0 < erasure.apply_again(world.register, erasure.read_list(path), world.dsl, NOW) < len(forged)
    world.register.close()
    for who in (world.dsl, world.reception):
        Register.open(world.register.folder, who, PASSWORD).close()


def test_a_torn_line_of_the_list_hides_no_other(world: World, tmp_path: Path) -> None:
    person, _ = said_of(world)
    erase(world.register.desk, world, person)
    path = world.register.folder / erasure.LIST
    whole = erasure.read_list(path)
    assert whole
    path.write_bytes(path.read_bytes()[:-9])
    assert erasure.read_list(path) == whole[:-1]
    assert erasure.settle(world.register.desk)
    assert erasure.read_list(path) == whole
    assert erasure.take_along(world.register.folder, tmp_path)
    assert erasure.read_list(tmp_path / erasure.LIST) == whole
    assert not erasure.take_along(world.register.folder, tmp_path / "not there")


def test_a_backup_made_after_holds_nothing_and_one_made_before_is_restored_without_it(
    world: World, tmp_path: Path
) -> None:
    person, visit = said_of(world)
    register, folder = world.register, world.register.folder
    keys = {"desk.db": register.desk._key, "dsl.db": register.dsl_file()._key}

    def holds_canary(place: Path) -> bool:
        raw = any(b"anary" in one.read_bytes() for one in place.rglob("*") if one.is_file())
        pages = [b"".join(plain_pages(place / name, key)) for name, key in keys.items()]
        return raw or any(canary.encode() in held for held in pages for canary in (NAME, REFERENCE))

    before = backup.make(folder, register.desk, register.dsl, at=NOW, rest=lambda: None).path
    assert holds_canary(before)
    erase(register.desk, world, person, visit)
    erase(register.dsl_file(), world, visit)
    world.clock.move(hours=1)
    after = backup.make(folder, register.desk, register.dsl, at=world.clock(), rest=lambda: None).path
    assert not holds_canary(after)
    register.close()
    opening = restore.Opening(name="Nadia Shah", password=PASSWORD)
    done = restore.restore(before, folder, opening, at=world.clock(), cost=CHEAP)
    assert done.erased_again > 0
    assert not holds_canary(folder)
    world.register = Register.open(folder, world.dsl, PASSWORD)
