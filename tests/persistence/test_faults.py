"""When the disk or another program does not take it: NOT SAVED, nothing half written, and the next try succeeds."""

import contextlib
import errno
import logging
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from tests.factories import NOW, World, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Compared
from visitor_register.domain.events import FireListPrinted, PersonRecorded
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.errors import NotSavedError, RegisterDamagedError, RegisterError
from visitor_register.persistence import database as databases
from visitor_register.persistence import journal, small_files, verify
from visitor_register.persistence.database import Database
from visitor_register.services import arrivals, drafts

HOLDER = """
import sys, sqlcipher3
connection = sqlcipher3.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA key=\\"x'{sys.stdin.readline().strip()}'\\"")
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
connection.close()
"""


def _count(world: World) -> int:
    with world.register.read() as session:
        return journal.count(session)


@pytest.fixture
def parked(world: World) -> Arrival:
    """Somebody whose arrival was interrupted: it must outlive every fault."""
    arrival = Arrival(person=create_worker(world), verdict=Verdict.OTHER_VISITOR)
    with world.register.write() as session:
        drafts.keep(session, arrival, "Leila Haddad", at=NOW)
    return arrival


def _sign_in(world: World, arrival: Arrival, *, big: bool) -> None:
    long = [(uuid4(), PersonRecorded(PersonKind.OTHER, "x" * 4_000)) for _ in range(200 if big else 0)]
    with world.register.write() as session:
        journal.append_all(session, long, by=world.reception, at=NOW)
        arrivals.sign_in(session, replace(arrival, compared=Compared.YES), by=world.reception, at=NOW)


def _refused(world: World, words: str, *, big: bool = False) -> None:
    """Try to sign somebody in: it must be refused in these words, with nothing written and the draft kept."""
    with world.register.read() as session:
        before, waiting = journal.head(session), drafts.waiting(session)
    with pytest.raises(NotSavedError) as caught:
        _sign_in(world, waiting[0].arrival, big=big)
    assert str(caught.value).startswith("NOT SAVED - use the paper sheet. ")
    assert words in str(caught.value)
    with world.register.read() as session:
        assert journal.head(session) == before
        assert drafts.waiting(session) == waiting
        assert verify.verify(session).sound


def _takes_it_again(world: World) -> None:
    before = _count(world)
    world.write((uuid4(), FireListPrinted(locked=False, drill=True, count=0)))
    assert _count(world) == before + 1


@pytest.mark.parametrize("more_pages", [0, 3, 40])
def test_a_full_disk_is_said_and_nothing_is_half_written(world: World, parked: Arrival, more_pages: int) -> None:
    with world.register.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()

    def quota(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + more_pages}")  # type: ignore[attr-defined]

    world.register.desk.close()
    event.listen(world.register.desk._engine, "connect", quota)
    _refused(world, "The disk is full: make room", big=True)
    event.remove(world.register.desk._engine, "connect", quota)
    world.register.desk.close()
    _takes_it_again(world)


def test_a_file_that_cannot_be_written_to_is_said(world: World, parked: Arrival) -> None:
    def read_only(connection: object, _record: object) -> None:
        connection.execute("PRAGMA query_only=1")  # type: ignore[attr-defined]

    world.register.desk.close()
    event.listen(world.register.desk._engine, "connect", read_only)
    _refused(world, "The register's folder cannot be written to")
    event.remove(world.register.desk._engine, "connect", read_only)
    world.register.desk.close()
    _takes_it_again(world)


@pytest.mark.parametrize(
    ("moment", "error", "words"),
    [
        ("before_cursor_execute", "disk I/O error", "The disk did not take it"),
        ("before_cursor_execute", "unable to open database file", "folder cannot be written to"),
        ("commit", "disk I/O error", "The disk did not take it"),
        ("commit", "database or disk is full", "The disk is full"),
    ],
)
def test_an_error_of_the_disk_at_any_moment_is_said(
    world: World, parked: Arrival, moment: str, error: str, words: str
) -> None:
    from sqlalchemy.exc import OperationalError
    from sqlcipher3 import dbapi2

    failing = True

    def fail(*_arguments: object) -> None:
        statement = str(_arguments[2]) if len(_arguments) > 2 else "INSERT INTO entry"
        if failing and statement.startswith("INSERT INTO entry"):
            raise OperationalError(None, None, dbapi2.OperationalError(error))

    event.listen(world.register.desk._engine, moment, fail)
    if moment == "commit":
        # Reading commits too: only writing is to fail here.
        with world.register.write() as session:
            before = journal.head(session)
            failing = False
        failing = True
        with pytest.raises(NotSavedError, match=words):
            create_visit(world, parked.person or uuid4())
        failing = False
        with world.register.read() as session:
            assert journal.head(session) == before
            assert len(drafts.waiting(session)) == 1
    else:
        _refused(world, words)
        failing = False
    _takes_it_again(world)


def test_a_file_that_another_program_holds_is_said_and_taken_later(world: World, parked: Arrival) -> None:
    desk = world.register.desk
    impatient = Database(desk.path, desk._key, desk.identity, busy_ms=30)
    world.register.desk = impatient
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(desk.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        holder.stdin.write(desk._key.hex() + "\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\n"
        _refused(world, "Another program holds the register's file")
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.wait(20) == 0
    _takes_it_again(world)
    desk.close()


def test_reading_goes_on_while_somebody_writes(world: World) -> None:
    with world.register.write() as writing:
        journal.append(writing, uuid4(), FireListPrinted(False, False, 0), by=world.dsl, at=NOW)
        with world.register.read() as reading:
            assert journal.count(reading) == journal.count(writing) - 1


def test_a_mistake_of_the_program_is_not_taken_for_the_disks(world: World) -> None:
    with pytest.raises(IntegrityError), world.register.write() as session:
        session.execute(text("INSERT INTO entry (desk, epoch, seq) VALUES ('x', 1, 1)"))
    _takes_it_again(world)


def test_what_was_bound_never_stands_in_an_error(world: World) -> None:
    with pytest.raises(IntegrityError) as caught, world.register.write() as session:
        session.execute(
            text("INSERT INTO entry (desk, epoch, seq, kind) VALUES ('x', 1, 1, :kind)"), {"kind": "Leila Haddad"}
        )
    assert "Leila" not in str(caught.value)


def test_a_head_note_that_cannot_be_written_does_not_undo_the_entry(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(path: Path, content: bytes, *, lasting: bool) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(databases, "write_atomically", refuse)
    with caplog.at_level(logging.WARNING):
        _takes_it_again(world)
    assert "the head note could not be written" in caplog.text


def test_replacing_a_file_is_tried_again_while_a_virus_scanner_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("new", encoding="utf-8")
    old.write_text("old", encoding="utf-8")
    tries: list[str] = []
    whole = Path.replace

    def held(self: Path, target: Path) -> Path:
        tries.append("try")
        if len(tries) < 3:
            raise PermissionError("sharing violation")
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", held)
    waited: list[float] = []
    small_files.replace(new, old, pause=waited.append)
    assert old.read_text(encoding="utf-8") == "new"
    assert len(waited) == 2


def test_a_small_file_that_could_not_be_replaced_is_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keyring.json"
    small_files.write_atomically(path, b"old")

    def refuse(new: Path, old: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(small_files, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        small_files.write_atomically(path, b"new")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("cache_size", -32_000),
    ],
)
def test_every_pragma_is_read_back(world: World, pragma: str, value: object) -> None:
    for opened in (world.register.read, world.register.write):
        with opened() as session:
            assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_a_pragma_that_does_not_hold_refuses_the_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(databases._PRAGMAS, "synchronous", 7)
    desk = world.register.desk
    strict = Database(desk.path, desk._key, desk.identity)
    with pytest.raises(RegisterDamagedError, match="synchronous"), strict.read() as session:
        journal.count(session)


def test_a_file_with_a_flipped_page_is_called_damaged(world: World) -> None:
    create_worker(world)
    desk = world.register.desk
    desk.close()
    content = bytearray(desk.path.read_bytes())
    content[4096 * 2 + 100 : 4096 * 2 + 200] = bytes(100)
    content[4096 * 3 + 100 : 4096 * 3 + 200] = bytes(100)
    content[4096 + 100 : 4096 + 200] = bytes(100)
    desk.path.write_bytes(content)
    with pytest.raises(RegisterError, match=r"damaged|cannot be read"), world.register.read() as session:
        verify.verify(session)


def test_another_key_opens_nothing_and_changes_nothing(world: World) -> None:
    desk = world.register.desk
    desk.close()
    before = desk.path.read_bytes()
    stranger = Database(desk.path, bytes(32), desk.identity)
    with pytest.raises(RegisterDamagedError, match="other keys"), stranger.read() as session:
        journal.count(session)
    assert desk.path.read_bytes() == before


def test_an_idle_checkpoint_leaves_nothing_in_the_log(world: World) -> None:
    create_worker(world)
    assert not world.register.desk.log_is_empty()
    assert world.register.desk.checkpoint()
    assert world.register.desk.log_is_empty()


def test_a_checkpoint_gives_way_to_somebody_reading_and_is_made_up_for(world: World) -> None:
    desk = world.register.desk
    with world.register.read() as session:
        before = journal.count(session)
        world.write((uuid4(), FireListPrinted(False, False, 0)))
        assert not desk.checkpoint()
        assert journal.count(session) == before
        with desk.write() as writing:
            assert writing.execute(text("PRAGMA busy_timeout")).scalar_one() == databases.BUSY_MS
    assert desk.checkpoint()
    assert desk.log_is_empty()


def test_reader_and_writer_threads_share_the_file(world: World) -> None:
    worker = create_worker(world)
    faults: list[BaseException] = []
    counts: list[int] = []

    def look() -> None:
        try:
            for _ in range(20):
                with world.register.read() as session:
                    counts.append(journal.count(session))
        except BaseException as error:  # noqa: BLE001
            faults.append(error)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(10):
        create_visit(world, worker)
        world.write((uuid4(), FireListPrinted(False, False, 0)))
    for reader in readers:
        reader.join()
    assert faults == []
    assert counts


def test_a_small_file_is_on_the_disk_under_its_name_before_anybody_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keyring.json"
    synced: list[tuple[Path, bytes]] = []
    monkeypatch.setattr(small_files, "sync_names", lambda folder: synced.append((folder, path.read_bytes())))
    small_files.write_atomically(path, b"a leaver's slot is gone")
    assert synced == [(tmp_path, b"a leaver's slot is gone")]
    small_files.write_atomically(path, b"may be the old one", lasting=False)
    assert len(synced) == 1


@pytest.mark.parametrize(("number", "raised"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_network_drive_that_cannot_sync_names_is_no_fault_and_a_dying_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raised: bool
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(small_files.os, "fsync", refuse)
    with pytest.raises(OSError, match="no") if raised else contextlib.nullcontext():
        small_files.sync_names(tmp_path)
