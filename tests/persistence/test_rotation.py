"""A change of keys: stopped after any step, each password opens both files and nothing is lost; then it is ended."""

import base64
import copy
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
import sqlcipher3

from tests.factories import (
    CHEAP,
    NOW,
    PASSWORD,
    Clock,
    World,
    create_booking,
    create_register,
    create_visit,
    create_worker,
)
from visitor_register.domain.events import AccessChanged, PersonRecorded, ReasonRecorded
from visitor_register.domain.people import SEES_CHILDREN, AccessChange, Operator, PersonKind, Role
from visitor_register.domain.school import REGISTER
from visitor_register.errors import NotAllowedError, RegisterError, WrongPasswordError
from visitor_register.persistence import database, driver, journal, rotation, seal, slots
from visitor_register.persistence.database import Database, Identity, fitting
from visitor_register.persistence.gate import Gate
from visitor_register.persistence.keyring import Keyring, Keys
from visitor_register.persistence.register import Register
from visitor_register.services import key_change, people, sealed

STEPS = [
    "begun",
    *[
        f"{name} {done}"
        for name in ("dsl", "desk")
        for done in ("copied", "rekeyed", "compared", "replaced", "read back", "in use")
    ],
    "written down",
    "ended",
]


class StoppedError(Exception):
    """The program ends here."""


@pytest.fixture
def full(tmp_path: Path, clock: Clock) -> Iterator[World]:
    """A register with somebody signed in, and something only the DSL may read."""
    world = create_register(tmp_path / "register", clock)
    worker = create_worker(world)
    create_visit(world, worker, booking=create_booking(world, worker))
    with world.register.dsl_file().write() as session:
        journal.append(session, uuid4(), ReasonRecorded("CIN visit", "urgent", "17"), by=world.dsl, at=NOW)
    yield world
    world.register.close()


def settle_boxes(world: World) -> None:
    with world.register.write() as session:
        sealed.mark_received(session, sealed.boxes(session), by=world.dsl, at=NOW)


def change(world: World, step: rotation.Step = lambda _: None) -> None:
    key_change.change(world.register, own_password=PASSWORD, by=world.dsl, at=NOW, step=step)


def content(register: Register) -> tuple[list[object], ...]:
    """All hashes of both journals, without what says that the keys were changed."""
    found = []
    for file in (register.desk, register.dsl_file()):
        with file.read() as session:
            rows = [row for chunk in journal.walk(session) for row in chunk]
            found.append([row.hash for row in rows if row.kind != "AccessChanged"])
    return tuple(found)


def rotated(register: Register) -> int:
    """How often it is written down that the keys were changed."""
    with register.read() as session:
        said = [entry.event for entry in journal.entries_of(session, REGISTER)]
    return said.count(AccessChanged(AccessChange.ROTATED))


def test_both_files_have_new_keys_and_every_password_stays(full: World) -> None:
    folder, ring = full.register.folder, full.register.keyring
    old, public, before = ring.open(full.dsl.id, PASSWORD), ring.seal_public, content(full.register)
    seen: list[str] = []
    change(full, seen.append)
    assert seen == STEPS
    new = ring.open(full.dsl.id, PASSWORD)
    assert {old.desk, old.dsl, old.seal}.isdisjoint({new.desk, new.dsl, new.seal})
    assert ring.seal_public != public
    assert full.register.seal_private == new.seal
    assert content(full.register) == before
    assert rotated(full.register) == 1
    assert ring.recover(full.recovery_code) == new
    assert ring.open(full.reception.id, PASSWORD) == Keys(new.desk, None, None)
    assert not ring.changing
    full.register.close()
    for name, was, now in (("desk", old.desk, new.desk), ("dsl", old.dsl, new.dsl)):
        assert was is not None
        assert now is not None
        assert fitting(folder / f"{name}.db", [was, now]) == now
    assert not [path.name for path in folder.iterdir() if "rekeyed" in path.name or "-wal" in path.name]
    full.register = Register.open(folder, full.dsl, PASSWORD)
    assert content(full.register) == before
    assert not full.register.records_lost


def test_stopped_after_any_step_all_passwords_open_everything_and_the_next_start_ends_it(
    full: World, tmp_path: Path
) -> None:
    """What the disk holds after each step is kept, as if the program had been killed there."""
    before = content(full.register)

    def keep(done: str) -> None:
        shutil.copytree(full.register.folder, tmp_path / done, ignore=shutil.ignore_patterns("*.lock*"))

    change(full, keep)
    full.register.close()
    for done in STEPS:
        folder = tmp_path / done
        with_reception = Register.open(folder, full.reception, PASSWORD)
        with with_reception.read() as session:
            assert [
                row.hash for chunk in journal.walk(session) for row in chunk if row.kind != "AccessChanged"
            ] == before[0]
        with_reception.close()
        recovered = Keyring.load(folder / "keyring.json").recover(full.recovery_code)
        assert recovered == Keyring.load(folder / "keyring.json").open(full.dsl.id, PASSWORD)

        again = Register.open(folder, full.dsl, PASSWORD)
        assert content(again) == before
        assert not again.records_lost
        key_change.settle(again, again.keyring.open(full.dsl.id, PASSWORD), by=full.dsl, at=NOW)
        assert not again.keyring.changing
        assert content(again) == before
        finished = STEPS.index(done) >= STEPS.index("dsl replaced")
        assert rotated(again) == finished
        again.close()
        assert not [path.name for path in folder.iterdir() if "rekeyed" in path.name]
        Register.open(folder, full.reception, PASSWORD).close()
    full.register = Register.open(full.register.folder, full.dsl, PASSWORD)


def test_a_fault_at_any_step_leaves_the_open_register_usable_and_the_change_can_be_made_again(full: World) -> None:
    for at in STEPS:
        before = content(full.register)

        def stop(done: str, at: str = at) -> None:
            if done == at:
                raise StoppedError

        with pytest.raises(StoppedError):
            change(full, stop)
        assert content(full.register) == before
        full.write((uuid4(), PersonRecorded(PersonKind.OTHER, at)))
        after = content(full.register)
        change(full)
        assert content(full.register) == after
        assert not full.register.keyring.changing


def test_what_was_sealed_while_a_change_lay_unfinished_still_reaches_the_dsl(full: World) -> None:
    def stop(done: str) -> None:
        if done == "dsl replaced":
            raise StoppedError

    with pytest.raises(StoppedError):
        change(full, stop)
    folder = full.register.folder
    booking = create_booking(full, create_worker(full, "Ann Able", badge="H30"))
    full.register.close()
    full.register = Register.open(folder, full.reception, PASSWORD)
    secret = ReasonRecorded(purpose="CP plan visit", child_reference="child 17")
    with full.register.write() as session:
        sealed.seal_reason(session, booking, secret, full.register.keyring.seal_public, by=full.dsl, at=NOW)
    full.register.close()
    full.register = Register.open(folder, full.dsl, PASSWORD)
    with pytest.raises(RegisterError, match="Notes from the office"):
        change(full)
    key_change.settle(full.register, full.register.keyring.open(full.dsl.id, PASSWORD), by=full.dsl, at=NOW)
    with full.register.dsl_file().read() as session:
        found = sealed.reason_of(session, booking, by=full.dsl)
    assert found is not None
    assert found.child_reference == "child 17"
    assert not full.register.keyring.changing


def test_who_was_removed_opens_nothing_after_the_change_not_even_with_an_old_keyring(full: World) -> None:
    leaver = Operator(uuid4(), "Grace Bello", Role.HEAD)
    with full.register.write() as session:
        people.add(
            session,
            full.register.keyring,
            leaver,
            password=PASSWORD,
            own_password=PASSWORD,
            by=full.dsl,
            at=NOW,
            cost=CHEAP,
        )
    path = full.register.folder / "keyring.json"
    stolen = full.register.keyring.draft().open(leaver.id, PASSWORD)
    with full.register.write() as session:
        people.remove(session, full.register.keyring, leaver.id, reason="", own_password=PASSWORD, by=full.dsl, at=NOW)
    assert b"Grace" not in path.read_bytes()
    change(full)
    for name, key in (("desk", stolen.desk), ("dsl", stolen.dsl)):
        assert key is not None
        with (
            pytest.raises(RegisterError, match="belongs to other keys"),
            Database(full.register.folder / f"{name}.db", key, Identity("x", 1)).read() as session,
        ):
            journal.count(session)
    booking = create_booking(full, create_worker(full, "Ann Able", badge="H30"))
    with full.register.write() as session:
        sealed.seal_reason(
            session, booking, ReasonRecorded("x"), full.register.keyring.seal_public, by=full.dsl, at=NOW
        )
        ((_, _, box),) = sealed.boxes(session)
    assert stolen.seal is not None
    with pytest.raises(RegisterError):
        seal.open_box(stolen.seal, box, booking.bytes)
    settle_boxes(full)


def test_the_change_needs_the_own_password_and_the_role(full: World) -> None:
    with pytest.raises(WrongPasswordError):
        key_change.change(full.register, own_password="x" * 9, by=full.dsl, at=NOW)
    for role in set(Role) - SEES_CHILDREN:
        with pytest.raises(NotAllowedError):
            key_change.change(full.register, own_password=PASSWORD, by=Operator(uuid4(), "x", role), at=NOW)
    assert not full.register.keyring.changing


def test_a_leavers_slot_put_back_from_an_old_keyring_gets_no_new_key(full: World) -> None:
    """It was signed once, so only the list of people tells; and whoever took part in a change could open both files."""
    ring = full.register.keyring
    before = [copy.deepcopy(slot) for slot in ring._content["slots"]]
    with full.register.write() as session:
        people.remove(
            session, ring, full.reception.id, reason="left", own_password=PASSWORD, by=full.dsl, at=full.clock()
        )
    ring._content["slots"] += [slot for slot in before if slot["id"] == str(full.reception.id)]
    assert ring.not_made_here(ring.open(full.dsl.id, PASSWORD)) == []
    with pytest.raises(RegisterError, match="Joan Mensah stands on the keyring and is not on the list"):
        change(full)
    assert not ring.changing
    with full.register.write() as session:
        people.remove(session, ring, full.reception.id, reason="", own_password=PASSWORD, by=full.dsl, at=full.clock())
    change(full)


def test_a_change_that_lies_unfinished_makes_nobody_a_stranger(full: World) -> None:
    following = rotation.begin(full.register, full.register.keyring.open(full.dsl.id, PASSWORD))
    assert full.register.keys is not None
    assert full.register.keys.next == following
    assert full.register.keyring.not_made_here(full.register.keys) == []


def test_a_slot_put_there_meanwhile_is_not_signed(full: World) -> None:
    """Somebody who can write the folder puts a slot of her own on the keyring while a change lies unfinished."""
    ring = full.register.keyring
    keys = ring.open(full.dsl.id, PASSWORD)
    following = rotation.begin(full.register, keys)
    own = Keys(keys.desk, bytes(32), bytes(32))
    ring._content["slots"].append(slots.make(str(uuid4()), "Mallory", "dsl", PASSWORD, own, CHEAP, sees=True))
    rotation.rewrite(full.register, keys, following)
    rotation.end(full.register, keys, following)
    assert ring.not_made_here(following) == ["Mallory"]
    with pytest.raises(RegisterError, match="Mallory stands on the keyring and is not on the list"):
        change(full)


def test_a_copy_that_is_not_the_same_never_takes_the_place(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rotation._change_key

    def lose_one(path: Path, old: bytes, new: bytes) -> None:
        connection = rotation._open(path, old)
        connection.execute("DELETE FROM person WHERE rowid = (SELECT min(rowid) FROM person)")
        connection.close()
        real(path, old, new)

    before = content(full.register)
    monkeypatch.setattr(rotation, "_change_key", lose_one)
    with pytest.raises(RegisterError, match="not what it was"):
        change(full)
    monkeypatch.undo()
    assert content(full.register) == before
    change(full)


def test_a_full_disk_while_copying_says_so_and_loses_nothing(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(full.register)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(RegisterError, match="Make room, then finish the change"):
        change(full)
    monkeypatch.undo()
    assert content(full.register) == before
    change(full)
    assert content(full.register) == before


def test_whoever_reads_meanwhile_waits_and_then_reads_the_new_file(full: World) -> None:
    counted: list[int] = []

    def read() -> None:
        with full.register.read() as session:
            counted.append(journal.count(session))

    reader = threading.Thread(target=read)

    def begin_reading(done: str) -> None:
        if done == "desk copied":
            reader.start()

    with full.register.read() as session:
        entries = journal.count(session)
    change(full, begin_reading)
    reader.join()
    assert counted in ([entries], [entries + 1])


def test_the_file_is_not_replaced_while_somebody_is_inside() -> None:
    gate, inside, done = Gate(), threading.Event(), threading.Event()

    def stay() -> None:
        with gate.inside():
            inside.set()
            done.wait()

    thread = threading.Thread(target=stay)
    thread.start()
    inside.wait()
    with pytest.raises(RegisterError, match="being read just now"), gate.alone(wait=0.01):
        pass
    done.set()
    thread.join()
    with gate.inside(), gate.alone(wait=0), gate.inside():
        pass


# ---- the driver


def test_a_driver_that_does_not_encrypt_opens_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "dbapi2", sqlite3.dbapi2)
    with pytest.raises(RegisterError, match="encrypts it cannot be loaded"):
        Database(tmp_path / "desk.db", bytes(32), Identity("x", 1))
    assert list(tmp_path.iterdir()) == []


def test_every_connection_sees_that_its_driver_encrypts(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "dbapi2", SimpleNamespace(**vars(sqlite3.dbapi2)))
    full.register.desk._engine.dispose()
    with pytest.raises(RegisterError, match="encrypts it cannot be loaded"), full.register.read() as session:
        journal.count(session)
    monkeypatch.undo()


def test_a_driver_that_is_missing_is_refused_with_a_sentence(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['sqlcipher3'] = None\n"
        "from pathlib import Path\n"
        "from visitor_register.errors import RegisterError\n"
        "from visitor_register.persistence.database import Database, Identity\n"
        "try: Database(Path(sys.argv[1]) / 'desk.db', bytes(32), Identity('x', 1))\n"
        "except RegisterError as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("The register stays closed: the part of the program that encrypts it")
    assert list(tmp_path.iterdir()) == []


def test_the_driver_here_encrypts(full: World) -> None:
    full.register.desk.checkpoint(wait=True)
    raw = (full.register.folder / "desk.db").read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert sqlcipher3.dbapi2 is driver.dbapi2
    key = full.register.keyring.open(full.dsl.id, PASSWORD).desk
    assert key not in raw
    assert base64.b64encode(key) not in (full.register.folder / "keyring.json").read_bytes()
