"""A whole register: made, opened, interrupted while it is made, put back from yesterday, brought up to date."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from tests.factories import CHEAP, NOW, PASSWORD, Clock, World, create_register, create_visit, create_worker
from tests.persistence.tampering import fill
from visitor_register.domain.events import FireListPrinted, ReasonRecorded
from visitor_register.domain.people import Role
from visitor_register.domain.policy import SchoolName
from visitor_register.errors import (
    NewerRegisterError,
    RegisterDamagedError,
    RegisterError,
    RegisterInUseError,
    WrongPasswordError,
)
from visitor_register.persistence import database as databases
from visitor_register.persistence import journal, projections, upgrade
from visitor_register.persistence import register as registers
from visitor_register.persistence.database import head_path
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import NewPerson, Register
from visitor_register.persistence.tables import PROJECTIONS, draft, entry
from visitor_register.persistence.verify import verify
from visitor_register.services import policy

PEOPLE = [NewPerson("Nadia Shah", Role.DSL, PASSWORD), NewPerson("Joan Mensah", Role.RECEPTION, PASSWORD)]
PRINTED = FireListPrinted(locked=False, drill=True, count=3)


class Stopped(BaseException):
    """The power went, as far as the program can tell."""


@pytest.fixture
def folder(world: World) -> Path:
    """The folder of a register with a visit in it, closed."""
    create_visit(world, create_worker(world))
    world.register.close()
    return world.register.folder


def _open(world: World, who: str = "dsl") -> Register:
    return Register.open(world.register.folder, world.dsl if who == "dsl" else world.reception, PASSWORD)


def _entries(register: Register) -> list[tuple[int, int]]:
    with register.read() as session:
        return [
            (row.epoch, row.seq) for row in session.execute(select(entry.c.epoch, entry.c.seq).order_by(entry.c.clock))
        ]


def _sound(register: Register) -> bool:
    files = [register.desk] + ([register.dsl] if register.dsl else [])
    for database in files:
        with database.read() as session:
            if not verify(session).sound:
                return False
    return True


def test_a_new_register_opens_for_each_of_its_people(tmp_path: Path) -> None:
    assert not registers.exists(tmp_path)
    registers.create(tmp_path, PEOPLE, at=NOW, cost=CHEAP)
    assert registers.exists(tmp_path)
    for who in Keyring.load(tmp_path / "keyring.json").people():
        register = Register.open(tmp_path, who, PASSWORD)
        assert (register.dsl is not None) == (who.role is Role.DSL)
        assert not register.records_lost
        assert _sound(register)
        register.close()


def test_a_new_folder_is_closed_to_the_other_users_of_the_computer(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    registers.create(folder, PEOPLE, at=NOW, cost=CHEAP)
    # On Windows the rights are the installer's.
    assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert (folder / "keyring.json").stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_register_is_not_made_over_another(folder: Path) -> None:
    with pytest.raises(RegisterError, match="already"):
        registers.create(folder, PEOPLE, at=NOW, cost=CHEAP)


@pytest.mark.parametrize("people", [[NewPerson(" ", Role.DSL, PASSWORD)], [NewPerson("N", Role.DSL, "short")]])
def test_a_register_that_cannot_be_made_leaves_no_register(tmp_path: Path, people: list[NewPerson]) -> None:
    with pytest.raises(RegisterError):
        registers.create(tmp_path, people, at=NOW, cost=CHEAP)
    assert not registers.exists(tmp_path)


@pytest.mark.parametrize("step", range(8))
def test_making_a_register_can_be_stopped_at_any_step_and_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    steps: list[str] = []

    def stop(name: str, then: Callable[..., object]) -> Callable[..., object]:
        def wrapped(*arguments: object, **named: object) -> object:
            steps.append(name)
            if len(steps) == step + 1:
                raise Stopped
            result = then(*arguments, **named)
            steps.append(name)
            if len(steps) == step + 1:
                raise Stopped
            return result

        return wrapped

    with monkeypatch.context() as patched:
        patched.setattr(upgrade, "create", stop("create", upgrade.create))
        patched.setattr(journal, "append", stop("append", journal.append))
        patched.setattr(Keyring, "save", stop("save", Keyring.save))
        with pytest.raises(Stopped):
            registers.create(tmp_path, PEOPLE, at=NOW, cost=CHEAP)
    assert not registers.exists(tmp_path)
    registers.create(tmp_path, PEOPLE, at=NOW, cost=CHEAP)
    register = Register.open(tmp_path, Keyring.load(tmp_path / "keyring.json").people()[0], PASSWORD)
    assert len(_entries(register)) == len(PEOPLE)
    assert not register.records_lost
    assert _sound(register)
    register.close()


def test_files_whose_keyring_was_lost_are_set_aside_and_not_overwritten(world: World, folder: Path) -> None:
    before = (folder / "desk.db").read_bytes()
    keyring = (folder / "keyring.json").read_bytes()
    (folder / "keyring.json").unlink()
    registers.create(folder, PEOPLE, at=NOW, cost=CHEAP)
    assert (folder / "desk.db.aside1").read_bytes() == before

    found = folder.parent / "found"
    found.mkdir()
    for name in ("desk", "dsl"):
        shutil.copy(folder / f"{name}.db.aside1", found / f"{name}.db")
    (found / "keyring.json").write_bytes(keyring)
    register = Register.open(found, world.dsl, PASSWORD)
    assert _sound(register)
    register.close()


def test_a_wrong_password_opens_nothing_and_leaves_the_register_free(world: World, folder: Path) -> None:
    with pytest.raises(WrongPasswordError):
        Register.open(folder, world.dsl, "not the password")
    _open(world).close()


def test_a_register_is_open_once(world: World) -> None:
    with pytest.raises(RegisterInUseError, match="open already, for"):
        _open(world)
    world.register.close()
    _open(world).close()


def test_the_dsls_file_closes_when_reception_takes_over(world: World) -> None:
    register, keyring = world.register, world.register.keyring
    assert register.dsl is not None
    register.let_in(keyring.open(world.reception.id, PASSWORD))
    assert (register.dsl, register.seal_private) == (None, None)
    register.let_in(keyring.open(world.dsl.id, PASSWORD))
    assert register.dsl is not None
    assert register.seal_private is not None


@pytest.mark.parametrize("name", ["desk", "dsl"])
@pytest.mark.parametrize("damage", ["missing", "empty", "noise"])
def test_a_file_that_is_gone_or_no_register_is_said_and_the_lock_given_back(
    world: World, folder: Path, name: str, damage: str
) -> None:
    path = folder / f"{name}.db"
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else bytes(range(256)) * 64)
    with pytest.raises(RegisterDamagedError, match="Restore the last backup"):
        _open(world)
    path.write_bytes(whole)
    register = _open(world)
    assert _sound(register)
    register.close()


# ---- the head beside the file


def test_the_head_beside_a_file_names_its_last_entry(world: World) -> None:
    world.write((uuid4(), PRINTED))
    noted = json.loads(head_path(world.register.desk.path).read_bytes())
    with world.register.read() as session:
        ending = journal.head(session)
    assert (noted["epoch"], noted["seq"], noted["hash"]) == (ending.epoch, ending.seq, ending.hash.hex())


@pytest.mark.parametrize("file", ["desk", "dsl"])
def test_a_file_put_back_from_yesterday_has_lost_records(world: World, folder: Path, file: str) -> None:
    path = folder / f"{file}.db"
    yesterday = path.read_bytes()
    register = _open(world)
    written = register.desk if file == "desk" else register.dsl_file()
    event = PRINTED if file == "desk" else ReasonRecorded("x")
    for _ in range(3):
        with written.write() as session:
            journal.append(session, uuid4(), event, by=world.dsl, at=NOW)
    register.close()
    path.write_bytes(yesterday)

    # Until something is written, every start says so.
    for _ in range(2):
        register = _open(world)
        assert register.records_lost
        epoch = (register.desk if file == "desk" else register.dsl_file()).identity.epoch
        assert epoch == 2
        register.close()
    register = _open(world)
    written = register.desk if file == "desk" else register.dsl_file()
    with written.write() as session:
        journal.append(session, uuid4(), event, by=world.dsl, at=NOW)
    register.close()

    register = _open(world)
    assert not register.records_lost
    assert (register.desk if file == "desk" else register.dsl_file()).identity.epoch == 2
    assert _sound(register)
    register.close()


def test_records_lost_twice_begin_two_epochs_and_settings_keep_their_order(world: World, folder: Path) -> None:
    for wanted in (2, 3):
        copy = (folder / "desk.db").read_bytes()
        register = _open(world)
        with register.write() as session:
            policy.change(session, SchoolName("Lost"), by=world.dsl, at=NOW)
        register.close()
        (folder / "desk.db").write_bytes(copy)
        register = _open(world)
        assert (register.records_lost, register.desk.identity.epoch) == (True, wanted)
        with register.write() as session:
            policy.change(session, SchoolName(f"Epoch {wanted}"), by=world.dsl, at=NOW)
        register.close()
    register = _open(world)
    keys = _entries(register)
    assert [seq for _, seq in keys] == list(range(1, len(keys) + 1))
    assert [epoch for epoch, _ in keys] == [1] * (len(keys) - 2) + [2, 3]
    assert _sound(register)
    with register.read() as session:
        assert policy.read(session, NOW.date()).school.name == "Epoch 3"
    register.close()


def test_a_journal_ahead_of_its_note_is_sound(world: World, folder: Path) -> None:
    note = head_path(folder / "desk.db")
    before = note.read_bytes()
    register = _open(world)
    with register.write() as session:
        journal.append(session, uuid4(), PRINTED, by=world.dsl, at=NOW)
    register.close()
    note.write_bytes(before)
    register = _open(world)
    assert (register.records_lost, register.desk.identity.epoch) == (False, 1)
    register.close()


def test_another_journal_with_a_later_clock_has_lost_the_noted_records(world: World, folder: Path) -> None:
    copy = (folder / "desk.db").read_bytes()
    notes: list[bytes] = []
    for moment in (NOW, NOW.replace(year=2027)):
        (folder / "desk.db").write_bytes(copy)
        head_path(folder / "desk.db").unlink()
        register = _open(world)
        with register.write() as session:
            journal.append(session, uuid4(), PRINTED, by=world.dsl, at=moment)
        register.close()
        notes.append(head_path(folder / "desk.db").read_bytes())
    head_path(folder / "desk.db").write_bytes(notes[0])
    register = _open(world)
    assert register.records_lost
    register.close()


@pytest.mark.parametrize("note", [None, "", "{", "[]", "{}", '{"epoch": 1}', '{"epoch": "x", "seq": 1, "hash": "zz"}'])
def test_a_note_that_cannot_be_read_may_hide_a_loss_and_is_told_until_the_next_entry(
    world: World, folder: Path, note: str | None
) -> None:
    path = head_path(folder / "desk.db")
    path.unlink()
    if note is not None:
        path.write_text(note, encoding="utf-8")
    for _ in range(2):
        register = _open(world)
        assert (register.records_lost, register.ending_unknown, register.desk.identity.epoch) == (False, True, 2)
        register.close()
    register = _open(world)
    with register.write() as session:
        journal.append(session, uuid4(), PRINTED, by=world.dsl, at=NOW)
    register.close()
    register = _open(world)
    assert (register.records_lost, register.ending_unknown, register.desk.identity.epoch) == (False, False, 2)
    assert _sound(register)
    register.close()


@pytest.mark.parametrize(
    ("said", "lost", "unknown"),
    [
        ({"epoch": 2**61, "seq": 0}, False, False),
        ({"epoch": 2**61}, True, False),
        ({"epoch": 2**63}, False, True),
        ({"epoch": 1.5}, False, True),
        ({"seq": -1}, False, True),
        ({"desk": 7}, False, True),
    ],
)
def test_a_note_made_by_hand_uses_up_no_numbers_and_stops_nobody(
    world: World, folder: Path, said: dict[str, object], lost: bool, unknown: bool
) -> None:
    path = head_path(folder / "desk.db")
    note = json.loads(path.read_bytes()) | said
    del note["check"]
    path.write_text(json.dumps(note), encoding="utf-8")
    register = _open(world)
    assert (register.records_lost, register.ending_unknown) == (lost, unknown)
    assert register.desk.identity.epoch == 1 + (lost or unknown)
    with register.write() as session:
        journal.append(session, uuid4(), PRINTED, by=world.dsl, at=NOW)
    register.close()
    register = _open(world)
    assert (register.records_lost, register.ending_unknown) == (False, False)
    register.close()


def test_a_new_file_without_entries_has_a_note_and_one_of_an_older_program_needs_none(tmp_path: Path) -> None:
    registers.create(tmp_path, PEOPLE, at=NOW, cost=CHEAP)
    assert json.loads(head_path(tmp_path / "dsl.db").read_bytes())["seq"] == 0
    who = Keyring.load(tmp_path / "keyring.json").people()[0]
    for _ in range(2):
        register = Register.open(tmp_path, who, PASSWORD)
        assert (register.records_lost, register.ending_unknown) == (False, False)
        register.close()
        head_path(tmp_path / "dsl.db").unlink(missing_ok=True)


# ---- migrations


def test_migrations_and_models_agree(world: World) -> None:
    assert upgrade.check_models(world.register.desk) == []
    assert upgrade.check_models(world.register.dsl_file()) == []


def _set(world: World, *, tables: int | None = None, revision: str | None = None) -> Register:
    register = _open(world)
    with register.write() as session:
        if tables is not None:
            session.execute(text(f"PRAGMA user_version={tables}"))
        if revision is not None:
            session.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    return register


@pytest.mark.parametrize(
    ("tables", "revision", "words"),
    [
        (PROJECTIONS + 1, None, rf"tables {PROJECTIONS + 1}; this program knows \d+, tables {PROJECTIONS}"),
        (None, "9999", r"its file has 9999, tables \d+; this program knows \d+"),
    ],
)
def test_a_newer_file_is_refused_with_both_numbers_and_not_touched(
    world: World, folder: Path, tables: int | None, revision: str | None, words: str
) -> None:
    _set(world, tables=tables, revision=revision).close()
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(NewerRegisterError, match=words):
        _open(world)
    assert (folder / "desk.db").read_bytes() == before


def test_an_older_files_tables_are_folded_again_and_the_rest_is_kept(world: World) -> None:
    fill(world)
    register = world.register
    with register.write() as session:
        session.execute(draft.insert().values(id=uuid4(), started_at=NOW, label="x", body=b"{}"))
        session.execute(text("DROP TABLE visit"))
        session.execute(text("PRAGMA user_version=0"))
    register.close()
    said: list[str] = []
    register = Register.open(register.folder, world.dsl, PASSWORD, progress=said.append)
    assert said == ["Bringing the register up to date"]
    assert _sound(register)
    with register.read() as session:
        assert session.execute(select(draft.c.started_at)).scalar_one() == NOW
        assert session.execute(text("PRAGMA user_version")).scalar_one() == PROJECTIONS
    register.close()
    assert sorted(path.name for path in register.folder.iterdir() if ".upgrade" in path.name) == []


@pytest.mark.parametrize("step", ["rebuild", "replace"])
def test_an_upgrade_that_is_stopped_leaves_the_old_file(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _set(world, tables=0).close()
    before = (folder / "desk.db").read_bytes()

    def stop(*_arguments: object, **_named: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(projections if step == "rebuild" else upgrade, step, stop)
        with pytest.raises(Stopped):
            _open(world)
    assert (folder / "desk.db").read_bytes() == before
    register = _open(world)
    assert _sound(register)
    register.close()


def test_an_upgrade_takes_what_still_lies_in_the_log(world: World, folder: Path) -> None:
    # As after a kill: the log holds entries that the file does not.
    killed = folder.parent / "killed"
    register = _set(world, tables=0)
    with register.write() as session:
        journal.append(session, uuid4(), PRINTED, by=world.dsl, at=NOW)
    keys = _entries(register)
    assert not register.desk.log_is_empty()
    shutil.copytree(folder, killed, ignore=shutil.ignore_patterns("*.lock*"))
    register.close()
    register = Register.open(killed, world.dsl, PASSWORD)
    assert _entries(register) == keys
    assert _sound(register)
    register.close()


def test_an_upgrade_does_not_start_while_the_log_cannot_be_folded_in(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(world, tables=0).close()
    with monkeypatch.context() as patched:
        patched.setattr(databases.Database, "log_is_empty", lambda _self: False)
        with pytest.raises(RegisterError, match="disk is full, or another program holds the file"):
            _open(world)
    register = _open(world)
    assert _sound(register)
    register.close()


def test_a_moment_without_a_zone_is_refused_by_the_column(world: World) -> None:
    with pytest.raises(Exception, match="time zone"), world.register.write() as session:
        session.execute(
            draft.insert().values(id=uuid4(), started_at=datetime(2026, 1, 1), label="", body=b"")  # noqa: DTZ001
        )


def test_a_percent_sign_in_the_folders_name_does_no_harm(tmp_path: Path, clock: Clock) -> None:
    made = create_register(tmp_path / "100%(x)s", clock)
    made.register.close()
