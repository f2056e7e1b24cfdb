"""Names in folders at a power cut, in short: what the model says of them, and what `test_power_folders` found lost."""

import random
import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.factories import NOW, Clock, World, create_register
from tests.torture.disk import Disk, Kind
from tests.torture.recording import Call, calls
from visitor_register.domain.events import ChildHeld
from visitor_register.persistence import backup, backup_folder, journal, restore_swap
from visitor_register.persistence.database import head_path


def _images(disk: Disk, tries: int = 60) -> set[frozenset[str]]:
    """The names that cuts may leave."""
    return {frozenset(disk.after_a_cut(Kind.NAMES, random.Random(seed))) for seed in range(tries)}


def test_what_lies_in_a_folder_goes_with_its_name(tmp_path: Path) -> None:
    disk, made, inner = Disk(tmp_path), str(tmp_path / "made"), str(tmp_path / "made" / "file")
    for call in (Call("mkdir", made), Call("open", inner), Call("fsync", inner), Call("fsync", made)):
        disk.takes(call)
    assert _images(disk) == {frozenset(), frozenset({"made", "made/file"})}
    disk.takes(Call("fsync", str(tmp_path)))
    assert _images(disk) == {frozenset({"made", "made/file"})}


def test_a_file_that_moves_is_lost_only_where_the_folder_it_left_alone_was_synced(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "old" / "file").touch()
    moved = Call("rename", str(tmp_path / "old" / "file"), to=str(tmp_path / "new" / "file"))
    before, after = frozenset({"old", "new", "old/file"}), frozenset({"old", "new", "new/file"})
    for synced, left in (
        ((), {before, after}),
        (("old",), {frozenset({"old", "new"}), after}),
        (("new",), {before | after, after}),
        (("new", "old"), {after}),
    ):
        disk = Disk(tmp_path)
        disk.takes(moved)
        for name in synced:
            disk.takes(Call("fsync", str(tmp_path / name)))
        assert _images(disk) == left, synced


def test_a_folder_deleted_name_by_name_is_read_back(tmp_path: Path) -> None:
    def hexed(text: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    place = tmp_path / "gone"
    trace = f'7 unlinkat(5<{hexed(str(place))}>, "{hexed("file")}", 0) = 0\n7 rmdir("{hexed(str(place))}") = 0'
    assert list(calls(trace, tmp_path)) == [Call("unlink", str(place / "file")), Call("rmdir", str(place))]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An open register."""
    return create_register(tmp_path / "register", Clock())


def _make(world: World, minutes: int = 0) -> backup_folder.Backup:
    register, at = world.register, NOW + timedelta(minutes=minutes)
    return backup.make(register.folder, register.desk, register.dsl, at=at, rest=lambda: None)


def test_the_folder_of_the_backups_is_synced_into_the_registers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(backup, "sync_names", synced.append)
    made = _make(world)
    assert {world.register.folder, made.path.parent, made.path.parent / "dsl"} <= set(synced)
    world.register.close()


def test_a_backup_that_goes_has_another_name_on_the_disk_before_a_file_of_it_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, steps = _make(world), list[str]()
    monkeypatch.setattr(backup_folder, "sync_names", lambda folder: steps.append("synced"))
    monkeypatch.setattr(shutil, "rmtree", lambda path, **_: steps.append(Path(path).name))
    _make(world, minutes=5)
    gone = f"{backup_folder.GONE}{first.path.name}"
    assert gone in steps
    assert steps[steps.index(gone) - 1] == "synced"
    monkeypatch.undo()
    world.register.close()


def test_a_late_note_of_the_dsls_file_does_not_make_its_copy_old(world: World) -> None:
    note = head_path(world.register.folder / "dsl.db")
    late = note.read_bytes()
    with world.register.dsl_file().write() as session:
        journal.append(session, uuid4(), ChildHeld("CIN-1", "a complaint"), by=world.dsl, at=NOW)
    note.write_bytes(late)
    assert not _make(world).manifest.dsl_is_older
    world.register.close()


def test_the_old_register_lies_aside_for_good_before_the_new_one_comes_and_the_mark_goes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("desk.db", "desk.db-wal", "keyring.json"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    place = restore_swap.stage(tmp_path)
    for name in ("desk.db", "keyring.json"):
        (place / name).write_text("new", encoding="utf-8")
    seen = list[tuple[str, str, bool]]()

    def synced(folder: Path) -> None:
        here = tmp_path / "desk.db"
        said = here.read_text(encoding="utf-8") if here.exists() else "none"
        seen.append((folder.name, said, (tmp_path / restore_swap.MARK).exists()))

    monkeypatch.setattr(restore_swap, "sync_names", synced)
    aside = restore_swap.put_in_place(tmp_path)
    assert aside is not None
    own = tmp_path.name
    assert seen == [
        (own, "old", False),
        (own, "old", True),
        (aside.name, "none", True),
        (own, "none", True),
        (own, "new", True),
        (restore_swap.STAGE, "new", True),
        (own, "new", False),
    ]
    assert {path.name for path in aside.iterdir()} == {"desk.db", "desk.db-wal", "keyring.json"}


def test_where_a_power_cut_left_both_names_what_lies_aside_is_not_written_over(tmp_path: Path) -> None:
    place = restore_swap.stage(tmp_path)
    aside = tmp_path / f"{restore_swap.ASIDE}-1"
    aside.mkdir()
    for folder, content in ((aside, "old"), (tmp_path, "new"), (place, "new")):
        (folder / "desk.db").write_text(content, encoding="utf-8")
    mark = f'{{"aside": "{aside.name}", "files": ["desk.db"]}}'
    (tmp_path / restore_swap.MARK).write_text(mark, encoding="utf-8")
    restore_swap.finish(tmp_path)
    assert (aside / "desk.db").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "desk.db").read_text(encoding="utf-8") == "new"
    assert not place.exists()
