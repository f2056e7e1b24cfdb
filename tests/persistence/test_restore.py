"""A backup is restored whole or not at all, on a clean machine too, and nothing that lies there is lost."""

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from tests.factories import CHEAP, PASSWORD, Clock, World, create_register, create_visit, create_worker
from tests.persistence.tampering import fill
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.events import AccessChanged, FireListPrinted, Restored
from visitor_register.domain.people import AccessChange, PersonKind, Role
from visitor_register.errors import (
    FileRefusedError,
    NotAllowedError,
    RegisterDamagedError,
    RegisterError,
    RegisterInUseError,
    WrongPasswordError,
)
from visitor_register.persistence import (
    backup,
    backup_folder,
    erasure,
    journal,
    put_aside,
    restore,
    restore_swap,
    small_files,
)
from visitor_register.persistence import register as registers
from visitor_register.persistence.backup_folder import Manifest
from visitor_register.persistence.database import Database, Identity
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Elsewhere, Opening, Outcome
from visitor_register.persistence.tables import entry
from visitor_register.persistence.tables import person as person_table
from visitor_register.persistence.verify import verify
from visitor_register.services import arrivals, drafts, people

NEW = "another plain password"
PRINTED = FireListPrinted(False, False, 0)


class Stopped(BaseException):
    """The power went, as far as the program can tell."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register with something in every table, backed up, and written to afterwards."""
    world = create_register(tmp_path_factory.mktemp("prepared") / "register", Clock())
    fill(world)
    register = world.register
    backup.make(register.folder, register.desk, register.dsl, at=world.clock(), rest=lambda: None)
    world.write((uuid4(), PRINTED))
    register.close()
    return register.folder


@pytest.fixture
def made(world: World, prepared: Path) -> Path:
    """The backup in a register like `prepared`, which is closed."""
    folder = world.register.folder
    world.register.close()
    shutil.rmtree(folder)
    shutil.copytree(prepared, folder, ignore=shutil.ignore_patterns("*.lock*"))
    return backup.listed(folder)[0].path


def _password(world: World) -> Opening:
    return Opening(name="Nadia Shah", password=PASSWORD)


def _restore(world: World, made: Path, folder: Path | None = None, **also: object) -> Outcome:
    named: dict[str, object] = {"at": world.clock(), "cost": CHEAP, **also}
    opening = named.pop("opening", _password(world))
    return restore.restore(made, folder or world.register.folder, opening, **named)  # type: ignore[arg-type]


def _open(folder: Path, password: str = PASSWORD) -> Register:
    (dsl,) = [one for one in Keyring.load(folder / "keyring.json").people() if one.role is Role.DSL]
    return Register.open(folder, dsl, password)


def _hashes(register: Register) -> list[bytes]:
    with register.read() as session:
        return list(session.execute(select(entry.c.hash).order_by(entry.c.clock)).scalars())


def _sound(register: Register) -> bool:
    results = []
    for database in (register.desk, register.dsl_file()):
        with database.read() as session:
            results.append(verify(session).sound)
    return all(results)


def test_a_backup_takes_the_place_of_the_register_which_is_put_aside(world: World, made: Path) -> None:
    before = (world.register.folder / "desk.db").read_bytes()
    outcome = _restore(world, made)
    manifest = backup_folder.manifest_of(made)
    assert outcome.entries == sum(copied.entries for copied in manifest.files.values())
    assert outcome.aside is not None
    assert (outcome.aside / "desk.db").read_bytes() == before

    register = _open(world.register.folder)
    assert _sound(register)
    assert not register.records_lost
    hashes = _hashes(register)
    assert hashes[manifest.files["desk"].seq - 1].hex() == manifest.files["desk"].hash
    for database in (register.desk, register.dsl_file()):
        with database.read() as session:
            ((_, last),) = journal.newest(session, limit=1)
            assert last.event == Restored(manifest.made_at, outcome.entries)
            assert session.execute(select(entry.c.epoch).order_by(entry.c.clock.desc()).limit(1)).scalar_one() == 2
    register.close()
    # What was put aside is a whole register too.
    aside = _open(outcome.aside)
    assert _sound(aside)
    aside.close()


def test_a_clean_machine_needs_the_backup_and_the_recovery_code_only(world: World, made: Path, tmp_path: Path) -> None:
    carried, clean = tmp_path / "stick" / "backup", tmp_path / "clean"
    shutil.copytree(made, carried)
    shutil.rmtree(world.register.folder)
    opening = Opening(recovery_code=world.recovery_code, new_password=NEW)
    outcome = _restore(world, carried, clean, opening=opening)
    assert (outcome.aside, outcome.by.name) == (None, "Nadia Shah")
    with pytest.raises(WrongPasswordError):
        _open(clean)
    register = _open(clean, NEW)
    assert _sound(register)
    assert register.dsl is not None
    assert outcome.head.hash in _hashes(register)
    register.close()
    backup_folder.check_whole(carried)


def test_a_second_restore_has_an_epoch_of_its_own(world: World, made: Path) -> None:
    epochs = []
    for _ in range(2):
        _restore(world, made)
        register = _open(world.register.folder)
        epochs.append(register.desk.identity.epoch)
        register.close()
    assert epochs == [2, 3]
    assert {path.name for path in world.register.folder.glob("before-*")} == {"before-restore-1", "before-restore-2"}


def test_what_was_put_aside_goes_after_a_month_and_never_without_a_backup(world: World, made: Path) -> None:
    folder = world.register.folder
    outcome = _restore(world, made)
    assert outcome.aside is not None
    assert outcome.aside_until == date(2026, 12, 24)
    restore_swap.stage(folder).joinpath("desk.db").write_bytes(b"what an interrupted restore left")
    world.register = _open(folder)

    def back_up() -> None:
        register = world.register
        backup.make(folder, register.desk, register.dsl, at=world.clock(), rest=lambda: None)

    back_up()
    assert not (folder / restore_swap.STAGE).exists()
    whole = _open(outcome.aside)
    assert _sound(whole)
    whole.close()
    world.clock.move(days=29)
    back_up()
    assert (outcome.aside / "desk.db").exists()
    world.clock.move(days=1)
    (outcome.aside / put_aside.NOTE).write_text("[]")
    back_up()
    assert (outcome.aside / "desk.db").exists(), "a note that cannot be read begins another month"
    (folder / "before-restore-x").mkdir()
    world.clock.move(days=30)
    back_up()
    assert [path.name for path in folder.glob("before-*")] == ["before-restore-x"]


def test_who_comes_back_with_an_older_backup_is_named_and_noted(world: World, made: Path) -> None:
    folder = world.register.folder
    world.register = _open(folder)
    by, at, ring = world.dsl, world.clock(), world.register.keyring
    with world.register.write() as session:
        people.remove(session, ring, world.reception.id, reason="", own_password=PASSWORD, by=by, at=at)
    world.register.close()
    outcome = _restore(world, made)
    assert outcome.returned == (world.reception,)
    world.register = _open(folder)
    with world.register.read() as session:
        noted = [one.event for one in journal.entries_of(session, world.reception.id)]
    assert AccessChanged(AccessChange.CAME_BACK) in noted
    world.register.close()
    assert _restore(world, made).returned == ()
    (folder / "keyring.json").write_text("{")
    assert _restore(world, made).returned == ()


def test_a_begun_arrival_of_somebody_erased_later_does_not_come_back(world: World) -> None:
    """When the backup was made nobody had written down yet whose arrival it was."""
    folder, at = world.register.folder, world.clock()
    with world.register.write() as session:
        begun = Arrival(visitor=NewVisitor(PersonKind.OTHER, "Quilla Canary"))
        drafts.keep(session, begun, "Quilla Canary", at=at)
    register = world.register
    made = backup.make(folder, register.desk, register.dsl, at=at, rest=lambda: None).path
    with register.write() as session:
        arrivals.sign_in(session, begun, by=world.reception, at=at)
        person = session.execute(select(person_table.c.id).where(person_table.c.name == "Quilla Canary")).scalar_one()
        erasure.erase(session, erasure.keys_of(session, [person]), "asked for", by=world.dsl, at=at)
    assert erasure.settle(register.desk)
    register.close()
    _restore(world, made)
    world.register = _open(folder)
    with world.register.read() as session:
        assert drafts.waiting(session) == []


@pytest.mark.parametrize(
    ("opening", "error", "words"),
    [
        (Opening(name="Nadia Shah", password="wrong password"), WrongPasswordError, "not right"),
        (Opening(name="Joan Mensah", password=PASSWORD), NotAllowedError, "DSL or the head"),
        (Opening(name="Nobody", password=PASSWORD), RegisterError, "are: Nadia Shah"),
        (Opening(recovery_code="AAAAA", new_password=NEW), WrongPasswordError, "recovery code"),
        (Opening(recovery_code="AAAAA", new_password="short"), RegisterError, "at least 8"),
        (Opening(name="Nadia Shah"), WrongPasswordError, "Give the password"),
    ],
)
def test_who_cannot_open_it_changes_nothing(
    world: World, made: Path, opening: Opening, error: type[Exception], words: str
) -> None:
    before = _files(world.register.folder)
    with pytest.raises(error, match=words):
        _restore(world, made, opening=opening)
    assert _files(world.register.folder) == before


def test_who_was_taken_off_the_list_since_does_not_restore(world: World, made: Path) -> None:
    path = world.register.folder / "keyring.json"
    ring = Keyring.load(path)
    ring.drop(world.dsl.id)
    ring.save()
    with pytest.raises(NotAllowedError, match="Nadia Shah can no longer restore"):
        _restore(world, made)
    outcome = _restore(world, made, opening=Opening(recovery_code=world.recovery_code, new_password=NEW))
    assert outcome.by == world.dsl


@pytest.mark.parametrize("planted", ["a link", "a folder"])
def test_what_is_no_file_in_a_backup_is_not_followed(world: World, made: Path, tmp_path: Path, planted: str) -> None:
    if planted == "a link":
        (made / "erased.jsonl").symlink_to(tmp_path / "endless")
    else:
        (made / "more").mkdir()
    with pytest.raises(RegisterDamagedError, match="something in it is no file"):
        _restore(world, made)


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"aside": "../taken", "files": []}', '{"aside": 7, "files": ["x"]}'])
def test_a_mark_made_by_hand_moves_nothing(world: World, made: Path, mark: str) -> None:
    folder = world.register.folder
    (folder / restore_swap.MARK).write_text(mark, encoding="utf-8")
    assert registers.exists(folder)
    assert not (folder / restore_swap.MARK).exists()
    assert not (folder.parent / "taken").exists()
    _open(folder).close()


def test_an_open_register_is_not_replaced(world: World, made: Path) -> None:
    register = _open(world.register.folder)
    with pytest.raises(RegisterInUseError):
        _restore(world, made)
    register.close()


# ---- what cannot be relied on


def _rewrite(world: World, made: Path, *statements: str) -> None:
    """Change a backup's file with its own key, manifest and all: somebody stole that key."""
    keys = Keyring.load(made / "keyring.json").recover(world.recovery_code)
    database = Database(made / "desk.db", keys.desk, Identity("", 1))
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    database.close()
    for rest in (*made.glob("*-wal"), *made.glob("*-shm")):
        rest.unlink()
    old = backup_folder.manifest_of(made)
    backup_folder.write_manifest(
        made, Manifest(old.made_at, old.program, old.files, old.dsl_is_older, backup_folder.digests(made))
    )


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "CREATE TRIGGER extra AFTER INSERT ON entry BEGIN DELETE FROM draft; END",
            "holds? more than|does more than hold records .trigger “extra”",
        ),
        ("CREATE VIEW extra AS SELECT * FROM entry", "view “extra”"),
        ("CREATE VIRTUAL TABLE extra USING fts5(a)", "table “extra”"),
        ("CREATE TABLE extra (a DEFAULT (randomblob(9)))", "table “extra”"),
        ("CREATE INDEX extra ON entry (abs(seq))", "index “extra”"),
        ("DROP TRIGGER entry_stays", "trigger “entry_stays”"),
        ("ALTER TABLE visit ADD COLUMN extra", "table “visit”"),
    ],
)
def test_a_file_that_declares_more_than_ours_is_refused(world: World, made: Path, statement: str, words: str) -> None:
    _rewrite(world, made, statement)
    before = _files(world.register.folder)
    with pytest.raises(FileRefusedError, match=words):
        _restore(world, made)
    assert _files(world.register.folder) == before


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (("UPDATE visit SET place = 'elsewhere'",), "table visit: a row differs"),
        (("DELETE FROM visit",), "table visit: a row is missing"),
    ],
)
def test_a_backup_whose_tables_were_changed_is_refused(
    world: World, made: Path, statements: tuple[str, ...], words: str
) -> None:
    _rewrite(world, made, *statements)
    with pytest.raises(RegisterDamagedError, match=words):
        _restore(world, made)


def test_a_backup_whose_newest_lines_are_gone_is_refused(world: World, made: Path) -> None:
    keys = Keyring.load(made / "keyring.json").recover(world.recovery_code)
    guard = (
        "CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END"
    )
    assert keys.desk
    _rewrite(
        world, made, "DROP TRIGGER entry_stays", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)", guard
    )
    with pytest.raises(RegisterDamagedError, match="does not end where it says"):
        _restore(world, made)


@pytest.mark.parametrize("name", ["desk.db", "dsl.db", "keyring.json", "desk.head.json", "manifest.json"])
def test_a_byte_that_differs_anywhere_is_refused(world: World, made: Path, name: str) -> None:
    content = bytearray((made / name).read_bytes())
    content[len(content) // 2] ^= 1
    (made / name).write_bytes(content)
    before = _files(world.register.folder)
    with pytest.raises(RegisterError):
        _restore(world, made)
    assert _files(world.register.folder) == before


def test_a_folder_that_is_no_backup_is_said(world: World, made: Path, tmp_path: Path) -> None:
    with pytest.raises(RegisterDamagedError, match="not a backup"):
        restore.people(tmp_path)
    with pytest.raises(RegisterDamagedError, match="not a backup"):
        _restore(world, tmp_path / "nowhere" if (tmp_path / "nowhere").mkdir() is None else tmp_path)


def test_without_a_copy_of_the_dsls_file_an_empty_one_is_made(world: World, made: Path) -> None:
    old = backup_folder.manifest_of(made)
    for name in ("dsl.db", "dsl.head.json"):
        (made / name).unlink()
    backup_folder.write_manifest(
        made, Manifest(old.made_at, old.program, {"desk": old.files["desk"]}, True, backup_folder.digests(made))
    )
    assert _restore(world, made).dsl_made_at is None
    register = _open(world.register.folder)
    assert _sound(register)
    register.close()


# ---- erasures


def test_what_was_erased_since_is_erased_again_from_every_list(world: World, tmp_path: Path) -> None:
    visits = [create_visit(world, create_worker(world, f"Canary{n} Person", badge=f"H{n}")) for n in range(3)]
    done = backup.make(world.register.folder, world.register.desk, world.register.dsl, at=world.clock())
    gone = []
    for visit in visits:
        with world.register.write() as session:
            keys = erasure.keys_of(session, [visit.id])
            erasure.erase(session, keys, "retention rule", by=world.dsl, at=world.clock())
        gone.append(keys)
    erasure.settle(world.register.desk)
    world.register.close()
    listed = erasure.read_list(world.register.folder / erasure.LIST)
    here, there = listed[: len(listed) // 2], listed[len(listed) // 2 :]
    erasure.write_list(world.register.folder / erasure.LIST, here)
    outcome = _restore(world, done.path, elsewhere=Elsewhere(erased=there))
    assert outcome.erased_again == len(listed) == sum(len(keys) for keys in gone)
    register = _open(world.register.folder)
    with register.read() as session:
        found = verify(session)
        assert (found.fault, found.erased) == (None, len(listed))
    assert set(erasure.read_list(world.register.folder / erasure.LIST)) >= set(listed)
    register.close()


# ---- interrupted


def _files(folder: Path) -> dict[str, bytes]:
    names = ("desk.db", "dsl.db", "keyring.json", "desk.head.json", "dsl.head.json")
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


def _stopping(count: list[int], step: int, then: Callable[..., object]) -> Callable[..., object]:
    """The function, stopped before or after its work when its turn comes."""

    def wrapped(*arguments: object, **named: object) -> object:
        for work in (None, partial(then, *arguments, **named)):
            result = work() if work else None
            count[0] += 1
            if count[0] == step:
                raise Stopped
        return result

    return wrapped


def _stop(monkeypatch: pytest.MonkeyPatch, points: list[tuple[object, str]], step: int) -> list[int]:
    count = [0]
    for place, name in points:
        monkeypatch.setattr(place, name, _stopping(count, step, getattr(place, name)))
    return count


MOVING: list[tuple[object, str]] = [(restore_swap, name) for name in ("write_atomically", "replace", "sync_names")]
ALL_STEPS = [*MOVING, (shutil, "copytree"), (restore, "verify"), (journal, "append"), (small_files, "replace")]


def test_the_move_stopped_at_any_step_leaves_the_old_files_or_the_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, step, ends = ("desk.db", "dsl.db", "keyring.json", "desk.head.json"), 0, set()
    while True:
        step += 1
        folder = tmp_path / f"step{step}"
        folder.mkdir()
        for name in (*names, "desk.db-wal", "erased.jsonl"):
            (folder / name).write_text(f"old {name}")
        staged = restore_swap.stage(folder)
        for name in names:
            (staged / name).write_text(f"new {name}")
        with monkeypatch.context() as patched:
            count = _stop(patched, MOVING, step)
            try:
                restore_swap.put_in_place(folder)
            except Stopped:
                pass
            else:
                break
        restore_swap.finish(folder)
        which = (folder / "desk.db").read_text()[:3]
        ends.add(which)
        assert [(folder / name).read_text() for name in names] == [f"{which} {name}" for name in names]
        assert (folder / "desk.db-wal").exists() == (folder / "erased.jsonl").exists() == (which == "old")
        if which == "new":
            aside = folder / "before-restore-1"
            assert {path.name for path in aside.iterdir()} == {*names, "desk.db-wal", "erased.jsonl"}
    assert ends == {"old", "new"}
    assert count[0] > 20


def _stopped_at(world: World, made: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> bool:
    """Stop a restore at a step, look at what is there, and restore after all; returns whether it got that far."""
    folder = world.register.folder
    with monkeypatch.context() as patched:
        _stop(patched, ALL_STEPS, step)
        try:
            _restore(world, made)
        except Stopped:
            reached = True
        else:
            reached = False
    assert registers.exists(folder)
    register = _open(folder)
    assert _sound(register)
    with register.read() as session:
        is_new = isinstance(journal.newest(session, limit=1)[0][1].event, Restored)
    assert register.desk.identity.epoch == (2 if is_new else 1)
    assert not register.records_lost
    register.close()
    if not is_new:
        _restore(world, made)
    assert not (folder / restore_swap.MARK).exists()
    assert not (folder / restore_swap.STAGE).exists()
    return reached


@pytest.mark.parametrize("step", [4, 17, 30])
def test_a_restore_that_is_stopped_leaves_the_old_register_or_the_new_one(
    world: World, made: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    assert _stopped_at(world, made, monkeypatch, step)


@pytest.mark.torture
def test_a_restore_stopped_at_every_step_there_is(
    world: World, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(world.register.folder, tmp_path / "kept")
    step = 1
    while _stopped_at(world, made, monkeypatch, step):
        step += 1
        shutil.rmtree(world.register.folder)
        shutil.copytree(tmp_path / "kept", world.register.folder)
    print(f"\nrestore stopped: {step - 1} steps, 0 registers lost")  # noqa: T201
    assert step > 40


def test_a_start_in_the_middle_of_another_programs_restore_leaves_it_alone(world: World, made: Path) -> None:
    folder = world.register.folder
    lock = registers.Lock(folder)
    lock.take()
    (folder / restore_swap.MARK).write_text("{}")
    assert registers.exists(folder)
    (folder / restore_swap.MARK).unlink()
    lock.release()


# ---- the drill


def test_a_drill_proves_a_backup_and_touches_nothing(world: World, made: Path) -> None:
    before = _files(world.register.folder), sorted(path.name for path in world.register.folder.iterdir())
    said: list[str] = []
    done = restore.drill(made, Opening(recovery_code=world.recovery_code), at=world.clock(), progress=said.append)
    manifest = backup_folder.manifest_of(made)
    assert (done.sound, done.fault, done.made_at) == (True, "", manifest.made_at)
    assert done.entries == sum(copied.entries for copied in manifest.files.values())
    assert said[0] == "Copying the backup"
    assert before == (_files(world.register.folder), sorted(path.name for path in world.register.folder.iterdir()))


def test_a_drill_with_a_spoilt_backup_says_so(world: World, made: Path) -> None:
    (made / "dsl.db").write_bytes(b"")
    done = restore.drill(made, _password(world), at=world.clock())
    assert not done.sound
    assert "not as it was made" in done.fault


def test_a_drill_that_cannot_be_opened_is_no_result(world: World, made: Path) -> None:
    with pytest.raises(WrongPasswordError):
        restore.drill(made, Opening(name="Nadia Shah", password="wrong password"), at=world.clock())


def test_the_people_who_can_restore_are_named(world: World, made: Path) -> None:
    found: list[UUID] = [one.id for one in restore.people(made)]
    assert found == [world.dsl.id]
