"""Backups: through the engine, proved, never half; the DSL's file carried along; thinned; the second place."""

import json
import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.factories import PASSWORD, World, create_visit, create_worker
from tests.persistence.tampering import fill
from visitor_register import settings
from visitor_register.domain.events import FireListPrinted, ReasonRecorded
from visitor_register.errors import RegisterDamagedError, RegisterError
from visitor_register.persistence import (
    anchor,
    backup,
    backup_folder,
    copying,
    ending,
    journal,
    restore,
    second_place,
)
from visitor_register.persistence.backup_folder import Backup
from visitor_register.persistence.database import Database, noted_head
from visitor_register.persistence.journal import Head
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Opening
from visitor_register.persistence.tables import PROJECTIONS
from visitor_register.persistence.verify import verify
from visitor_register.services import key_change
from visitor_register.settings import Machine


def _make(world: World) -> Backup:
    return backup.make(
        world.register.folder, world.register.desk, world.register.dsl, at=world.clock(), rest=lambda: None
    )


def _keep_dsl(world: World) -> None:
    backup.keep_dsl(world.register.folder, world.register.dsl_file(), at=world.clock(), rest=lambda: None)


def _log_for_dsl(world: World) -> None:
    said = ReasonRecorded("CIN visit", "urgent", "17", "x")
    with world.register.dsl_file().write() as session:
        journal.append(session, uuid4(), said, by=world.dsl, at=world.clock())


def _reopen(world: World, *, as_reception: bool = False) -> None:
    world.register.close()
    who = world.reception if as_reception else world.dsl
    world.register = Register.open(world.register.folder, who, PASSWORD)


def test_a_backup_is_a_whole_register_of_one_moment(world: World, tmp_path: Path) -> None:
    fill(world)
    made = _make(world)
    assert made.path.name == f"2026-11-24_10-24-00_{made.manifest.files['desk'].seq:07}"
    names = {path.name for path in made.path.iterdir()}
    assert names == {"desk.db", "dsl.db", "keyring.json", "desk.head.json", "dsl.head.json", "manifest.json"}
    assert made.manifest.made_at == world.clock()
    assert not made.manifest.dsl_is_older
    backup_folder.check_whole(made.path)

    with world.register.read() as session:
        assert journal.count(session) == made.manifest.files["desk"].entries
        head = ending.newest(session)
    copy = tmp_path / "copy"
    shutil.copytree(made.path, copy)
    opened = Register.open(copy, world.dsl, PASSWORD)
    for database in (opened.desk, opened.dsl_file()):
        with database.read() as session:
            assert verify(session).sound
    with opened.read() as session:
        assert ending.newest(session) == head == noted_head(made.path / "desk.db")
    assert not opened.records_lost
    opened.close()


def test_the_endings_of_both_files_stand_in_it_as_words(world: World) -> None:
    fill(world)
    made = _make(world)
    said = json.loads((made.path / backup_folder.MANIFEST).read_text())["files"]
    for name, database in (("desk", world.register.desk), ("dsl", world.register.dsl_file())):
        with database.read() as session:
            words = anchor.words_of(journal.head(session).hash)
        assert said[name]["words"] == made.manifest.proofs[name] == words
    drilled = restore.drill(made.path, Opening(name="Nadia Shah", password=PASSWORD), at=world.clock())
    assert drilled.proofs == made.manifest.proofs


def test_keys_that_change_while_it_is_made_are_the_keys_it_is_opened_with(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was copied under the old key, and the keyring that would be copied next has only the new one."""
    real, changes = copying.copy_proved, 2

    def copy(source: Database, target: Path, rest: copying.Rest) -> tuple[Head, int]:
        nonlocal changes
        copied = real(source, target, rest)
        if source is world.register.desk and changes:
            changes -= 1
            key_change.change(world.register, own_password=PASSWORD, by=world.dsl, at=world.clock())
        return copied

    monkeypatch.setattr(copying, "copy_proved", copy)
    made = _make(world)
    assert changes == 0
    opening = Opening(name="Nadia Shah", password=PASSWORD)
    assert restore.drill(made.path, opening, at=world.clock()).sound
    changes = 9
    with pytest.raises(RegisterError, match="while the keys of the register change"):
        _make(world)
    changes = 0
    world.clock.move(hours=1)
    assert restore.drill(_make(world).path, opening, at=world.clock()).sound
    assert len(backup.listed(world.register.folder)) == 2


def test_what_is_written_while_it_is_made_is_saved_at_once_and_is_in_the_next(world: World) -> None:
    fill(world)
    with world.register.read() as session:
        before = journal.count(session)
    wrote: list[int] = []

    def meanwhile() -> None:
        if not wrote:
            wrote.append(1)
            world.write((uuid4(), FireListPrinted(False, False, 0)))

    made = backup.make(world.register.folder, world.register.desk, None, at=world.clock(), rest=meanwhile)
    assert wrote
    assert made.manifest.files["desk"].entries == before
    world.clock.move(minutes=15)
    assert backup.is_due(world.register.folder, world.register.desk, None)
    assert _make(world).manifest.files["desk"].entries == before + 1


def test_nothing_new_means_none_is_due(world: World) -> None:
    folder, desk = world.register.folder, world.register.desk
    assert backup.is_due(folder, desk, world.register.dsl)
    _make(world)
    assert not backup.is_due(folder, desk, world.register.dsl)
    world.register.keyring.set_pin(world.dsl.id, PASSWORD, "184027")
    world.register.keyring.save()
    assert backup.is_due(folder, desk, world.register.dsl)
    _log_for_dsl(world)
    world.clock.move(minutes=1)
    assert backup.is_due(folder, desk, world.register.dsl)
    _make(world)
    assert not backup.is_due(folder, desk, world.register.dsl)


def test_without_the_dsl_their_newest_copy_is_carried_along_and_its_age_is_said(world: World) -> None:
    _log_for_dsl(world)
    _keep_dsl(world)
    kept_at = world.clock()
    _reopen(world, as_reception=True)
    world.clock.move(hours=1)
    made = _make(world)
    assert made.dsl_made_at == kept_at
    assert not made.manifest.dsl_is_older

    _reopen(world)
    _log_for_dsl(world)
    _reopen(world, as_reception=True)
    world.clock.move(hours=1)
    made = _make(world)
    assert made.dsl_made_at == kept_at
    assert made.manifest.dsl_is_older
    assert len(list((backup.place_in(world.register.folder) / "dsl").iterdir())) == 2


def test_before_the_dsl_was_ever_signed_in_there_is_none_to_carry(world: World) -> None:
    _log_for_dsl(world)
    _reopen(world, as_reception=True)
    made = _make(world)
    assert made.dsl_made_at is None
    assert made.manifest.dsl_is_older
    assert not (made.path / "dsl.db").exists()


def test_a_copy_under_other_keys_is_not_carried_along(world: World) -> None:
    _log_for_dsl(world)
    _keep_dsl(world)
    note = backup.place_in(world.register.folder) / "dsl" / "newest.json"
    said = json.loads(note.read_bytes())
    note.write_text(json.dumps(said | {"seal_public": "AAAA"}))
    _reopen(world, as_reception=True)
    assert _make(world).dsl_made_at is None


@pytest.mark.parametrize("fault", ["copy", "walk", "fill", "rename"])
def test_an_interrupted_backup_is_none(world: World, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    fill(world)
    first = _make(world)
    world.write((uuid4(), FireListPrinted(False, False, 0)))
    world.clock.move(minutes=15)

    def fail(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    target = {
        "copy": (copying, "copy_proved"),
        "walk": (copying, "_walk"),
        "fill": (backup_folder, "write_manifest"),
        "rename": (backup, "replace"),
    }[fault]
    with monkeypatch.context() as patched:
        patched.setattr(*target, fail)
        with pytest.raises(RegisterError, match="No backup could be made"):
            _make(world)
    assert [found.path for found in backup.listed(world.register.folder)] == [first.path]
    assert _make(world).path != first.path
    assert not list(backup.place_in(world.register.folder).glob(".*"))
    world.write((uuid4(), FireListPrinted(False, False, 0)))


def test_what_a_killed_copy_of_the_dsls_file_left_is_in_nobodys_way(world: World) -> None:
    _keep_dsl(world)
    left = backup.place_in(world.register.folder) / "dsl" / f"{backup_folder.HALF}killed"
    left.mkdir()
    (left / "dsl.db").write_bytes(b"half")
    _log_for_dsl(world)
    _keep_dsl(world)
    assert not left.exists()
    assert _make(world).dsl_made_at == world.clock()


def test_a_full_disk_is_left_room_for_the_desk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    with pytest.raises(RegisterError, match="nearly full"):
        _make(world)


def test_a_register_that_was_changed_is_not_taken_for_a_backup(world: World) -> None:
    fill(world)
    with world.register.write() as session:
        session.execute(text("DROP TRIGGER entry_unchanged"))
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE seq = 5"))
    with pytest.raises(RegisterDamagedError, match="thrown away"):
        _make(world)
    assert backup.listed(world.register.folder) == []


def test_a_flipped_byte_is_found_and_a_folder_that_is_none_is_not_listed(world: World) -> None:
    made = _make(world)
    (made.path.parent / "holiday pictures").mkdir()
    assert [found.path for found in backup.listed(world.register.folder)] == [made.path]
    file = made.path / "desk.db"
    content = bytearray(file.read_bytes())
    content[5_000] ^= 1
    file.write_bytes(content)
    with pytest.raises(RegisterDamagedError, match="not as it was made"):
        backup_folder.check_whole(made.path)


def test_older_ones_are_thinned(world: World) -> None:
    for _ in range(4):
        world.write((uuid4(), FireListPrinted(False, False, 0)))
        _make(world)
        world.clock.move(minutes=15)
    found = backup.listed(world.register.folder)
    assert [made.made_at.minute for made in found] == [9, 54]


# ---- the second place


@pytest.fixture
def second(world: World, tmp_path: Path) -> Path:
    """A second place that is chosen in the settings of this PC."""
    folder = tmp_path / "other disk"
    folder.mkdir()
    settings.save(world.register.folder, Machine(backup_folder=str(folder)))
    return folder


def _note(world: World, second: Path) -> None:
    with world.register.read() as session:
        head = ending.newest(session)
    assert head is not None
    second_place.note({"desk": head}, second, world.register.folder, world.register.keyring.desk)


def test_a_backup_is_copied_read_back_and_thinned_there(world: World, second: Path) -> None:
    made = _make(world)
    desk = world.register.keyring.desk
    for _ in range(2):
        second_place.take(made.path, second, world.register.folder, desk)
    (there,) = second_place.backups(second, desk)
    assert there.path.name == made.path.name
    assert there.manifest == made.manifest
    backup_folder.check_whole(there.path)


def test_a_copy_that_arrives_spoilt_is_none(world: World, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _make(world)

    def spoil(source: Path, target: Path) -> None:
        copytree(source, target)
        os.truncate(target / "desk.db", 4_096)

    copytree = shutil.copytree
    monkeypatch.setattr(shutil, "copytree", spoil)
    desk = world.register.keyring.desk
    with pytest.raises(RegisterError):
        second_place.take(made.path, second, world.register.folder, desk)
    assert second_place.backups(second, desk) == []


def test_a_place_that_is_not_there_is_said_and_not_made(world: World, second: Path) -> None:
    made = _make(world)
    second.rmdir()
    with pytest.raises(RegisterError, match="cannot be reached"):
        second_place.take(made.path, second, world.register.folder, world.register.keyring.desk)
    assert not second.exists()
    _reopen(world)
    assert not world.register.records_lost


def test_a_place_inside_the_register_is_refused(world: World) -> None:
    inside = world.register.folder / "second"
    inside.mkdir()
    assert "own folder" in (second_place.why_refused(inside, world.register.folder) or "")


def test_a_pc_that_went_back_in_time_is_noticed_by_the_note_at_the_second_place(
    world: World, second: Path, tmp_path: Path
) -> None:
    create_visit(world, create_worker(world))
    _note(world, second)
    _reopen(world)
    assert not world.register.records_lost
    assert world.register.desk.identity.epoch == 1
    world.register.close()
    shutil.copytree(world.register.folder, tmp_path / "image")

    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    world.write((uuid4(), FireListPrinted(False, False, 0)))
    _note(world, second)
    world.register.close()
    shutil.rmtree(world.register.folder)
    shutil.copytree(tmp_path / "image", world.register.folder)

    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    assert world.register.records_lost
    assert world.register.desk.identity.epoch == 2
    # Until something is written in the new epoch, every start says so.
    _reopen(world)
    assert world.register.records_lost
    world.write((uuid4(), FireListPrinted(False, False, 0)))
    _reopen(world)
    assert not world.register.records_lost
    assert world.register.desk.identity.epoch == 2
    _note(world, second)
    _reopen(world)
    assert (world.register.records_lost, world.register.desk.identity.epoch) == (False, 2)
    with world.register.read() as session:
        assert verify(session).sound


def test_without_a_second_place_yesterdays_image_looks_like_yesterday(world: World, tmp_path: Path) -> None:
    # A positive control: it is the note at the second place that knows better.
    world.register.close()
    shutil.copytree(world.register.folder, tmp_path / "image")
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    world.write((uuid4(), FireListPrinted(False, False, 0)))
    world.register.close()
    shutil.rmtree(world.register.folder)
    shutil.copytree(tmp_path / "image", world.register.folder)
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    assert not world.register.records_lost


def test_a_share_that_does_not_answer_is_not_waited_for(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()
    monkeypatch.setattr(second_place, "heads", lambda *_: answer.wait() and {})
    try:
        assert second_place.heads_soon("//server/share", world.register.keyring.desk, patience=0.01) == {}
    finally:
        answer.set()
        for thread in threading.enumerate():
            if thread.name == "second place":
                thread.join()


def test_the_note_of_another_pc_means_nothing_here(world: World, second: Path) -> None:
    _note(world, second)
    place = second_place.place_of(second, world.register.keyring.desk)
    assert second_place.heads(second, world.register.keyring.desk)
    other = "f" * 32
    place.rename(second_place.place_of(second, other))
    assert second_place.heads(second, other) == {}


def test_names_sort_by_age(world: World) -> None:
    names = []
    for _ in range(3):
        world.write((uuid4(), FireListPrinted(False, False, 0)))
        names.append(_make(world).path.name)
        world.clock.at += timedelta(days=30)
    assert names == sorted(names)


def test_before_a_newer_program_changes_the_file_a_backup_is_made_which_can_still_be_restored(
    world: World,
) -> None:
    fill(world)
    folder = world.register.folder
    for database in (world.register.desk, world.register.dsl_file()):
        with database.engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version={PROJECTIONS - 1}")
            connection.exec_driver_sql("DROP TABLE " + ("visit" if database is world.register.desk else "contact"))
    world.register.close()
    assert backup.listed(folder) == []
    world.register = Register.open(folder, world.dsl, PASSWORD)
    (made,) = backup.listed(folder)
    assert (backup.place_in(folder) / "dsl" / "newest.json").exists()
    world.register.close()
    opening = Opening(name="Nadia Shah", password=PASSWORD)
    restore.restore(made.path, folder, opening, at=world.clock())
    world.register = Register.open(folder, world.dsl, PASSWORD)
    with world.register.read() as session:
        assert verify(session).sound
