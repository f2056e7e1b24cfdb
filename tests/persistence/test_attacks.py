"""A journal changed by somebody who has its key: flagged by verify, by the note beside it, or by words on paper."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import CHEAP, NOW, PASSWORD, Clock, World, create_register, create_visit, create_worker
from tests.golden.registers import RELEASED
from tests.persistence.attacks import chain_anew, change_one, without_guards
from tests.persistence.tampering import attempt, fill
from visitor_register.domain.events import FireListPrinted
from visitor_register.persistence import anchor, backup, erasure, journal, projections, restore
from visitor_register.persistence.database import head_path
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.persistence.restore import Opening
from visitor_register.persistence.verify import find, verify
from visitor_register.persistence.verify_tables import UNFOLDABLE
from visitor_register.services.fire_list import SUBJECT

SEED = 20_261_124


def make_target(folder: Path) -> World:
    """A register with something in every table, some of it erased."""
    made = create_register(folder, Clock())
    fill(made)
    with made.register.write() as session:
        desk = session.info["desk"]
        erasure.erase(session, [f"{desk}/1/{number}" for number in (9, 12)], "retention rule", by=made.dsl, at=NOW)
    return made


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Every attempt on it is undone."""
    made = make_target(tmp_path_factory.mktemp("attacks") / "register")
    yield made
    made.register.close()


def unnoticed(world: World, chance: random.Random, tries: int) -> list[str]:
    """Random single changes to the journals of both files; those that verify did not flag."""
    passed = []
    for number in range(tries):
        database = world.register.dsl_file() if number % 5 == 4 else world.register.desk
        with attempt(database, guards=True) as session:
            what = without_guards(session, lambda session: change_one(session, chance))
            if verify(session).sound:
                passed.append(str(what))
    return passed


def test_one_random_change_to_the_journal_is_flagged(target: World) -> None:
    assert unnoticed(target, random.Random(SEED), 40) == []
    with target.register.read() as session:
        assert verify(session).sound


def _words(session: Session) -> bytes:
    return anchor.prefix_of(anchor.words_of(journal.head(session).hash))


@pytest.mark.parametrize("number", [1, 2, 5, 20])
def test_cutting_off_the_newest_is_flagged_by_the_words(target: World, number: int) -> None:
    def cut(session: Session) -> None:
        session.execute(text("DELETE FROM entry WHERE seq > (SELECT max(seq) FROM entry) - :n"), {"n": number})
        projections.rebuild(session)

    with attempt(target.register.desk, guards=True) as session:
        prefix = _words(session)
        without_guards(session, cut)
        # An erasure that was cut off is missed by what it emptied.
        assert find(session, prefix) is None


def _rewrite(session: Session) -> None:
    session.execute(text("UPDATE entry SET body = replace(body, 'Shah', 'Shaw') WHERE kind = 'Booked'"))
    session.execute(text("UPDATE entry SET body = CAST(body AS BLOB) WHERE body IS NOT NULL"))
    first = session.execute(text("SELECT min(seq) FROM entry WHERE kind = 'Booked'")).scalar_one()
    chain_anew(session, first)


def test_a_chain_made_anew_with_a_stolen_key_is_flagged_by_the_words_alone(target: World) -> None:
    with attempt(target.register.desk, guards=True) as session:
        prefix = _words(session)
        without_guards(session, _rewrite)
        assert verify(session).fault is None, "the attack is as good as it can be"
        assert find(session, prefix) is None


def test_a_chain_made_anew_over_what_no_program_of_ours_writes_is_said_and_no_crash(target: World) -> None:
    def forge(session: Session) -> None:
        seq = session.execute(text("SELECT max(seq) FROM entry WHERE kind = 'FireListPrinted'")).scalar_one()
        session.execute(text("UPDATE entry SET body = x'7b7d', kind = 'Arrived' WHERE seq = :seq"), {"seq": seq})
        chain_anew(session, seq, tables=False)

    with attempt(target.register.desk, guards=True) as session:
        without_guards(session, forge)
        assert verify(session).fault == UNFOLDABLE


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET salt = NULL WHERE seq = 5",
        "UPDATE entry SET salt = zeroblob(32) WHERE seq = 5",
        "INSERT INTO entry SELECT 'copy', epoch, seq, at, clock, actor, subject, kind, version, body, salt,"
        " commitment, erased_by, prev_hash, hash FROM entry WHERE seq = 5",
        "UPDATE entry SET erased_by = NULL WHERE body IS NULL",
        "UPDATE entry SET body = x'7b7d', salt = zeroblob(32), erased_by = NULL WHERE body IS NULL",
    ],
)
def test_a_salt_dropped_a_number_doubled_an_erasure_undone(target: World, change: str) -> None:
    with attempt(target.register.desk, guards=True) as session:
        without_guards(session, lambda session: session.execute(text(change)))
        assert verify(session).fault is not None


def _put_back(world: World, during: Callable[[], object], *, note: bool) -> bool:
    """Put the desk's file of before back, with or without the note beside it; whether the next start notices."""
    world.register.close()
    path = world.register.desk.path
    before = {one: one.read_bytes() for one in (path, head_path(path))}
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    during()
    with world.register.read() as session:
        prefix = _words(session)
    world.register.close()
    path.write_bytes(before[path])
    if note:
        head_path(path).write_bytes(before[head_path(path)])
    world.register = Register.open(world.register.folder, world.dsl, PASSWORD)
    with world.register.read() as session:
        assert find(session, prefix) is None, "paper tells in any case"
        assert verify(session).sound
    return world.register.records_lost


@pytest.mark.parametrize("note", [False, True])
def test_yesterdays_file_is_flagged_by_the_note_and_with_the_note_by_the_words(world: World, note: bool) -> None:
    noticed = _put_back(world, lambda: create_visit(world, create_worker(world)), note=note)
    assert noticed is not note


def clean(folder: Path, kind: str, chance: random.Random) -> list[str]:
    """Make a register as the program makes it, of one kind, and say what verify has against it."""
    backups = folder / "kept"
    if kind == "upgraded":
        shutil.copytree(chance.choice(list(RELEASED.values())), folder, dirs_exist_ok=True)
        dsl = next(one for one in Keyring.load(folder / "keyring.json").people() if one.role.value == "dsl")
        register = Register.open(folder, dsl, PASSWORD)
    else:
        made = create_register(folder, Clock())
        dsl, register = made.dsl, made.register
        fill(made)
    _print_lists(register, dsl, chance)
    if kind == "restored":
        kept = backup.make(folder, register.desk, register.dsl, at=NOW)
        _print_lists(register, dsl, chance)
        register.close()
        shutil.copytree(kept.path, backups)
        restore.restore(backups, folder, Opening(dsl.name, PASSWORD), at=NOW, cost=CHEAP)
        register = Register.open(folder, dsl, PASSWORD)
        _print_lists(register, dsl, chance)
    if kind == "erased":
        for database in (register.desk, register.dsl_file()):
            with database.write() as session:
                keys = [f"{session.info['desk']}/1/{chance.randint(1, journal.count(session))}" for _ in range(5)]
                erasure.erase(session, keys, "retention rule", by=dsl, at=NOW)
    faults = []
    for database in (register.desk, register.dsl_file()):
        with database.read() as session:
            prefix = _words(session) if journal.count(session) else b""
            fault = verify(session).fault
            if prefix and find(session, prefix) is None:
                fault = fault or "its own words are not found"
            faults += [f"{kind}: {fault}"] if fault else []
    register.close()
    return faults


def _print_lists(register: Register, by: object, chance: random.Random) -> None:
    for _ in range(chance.randint(0, 6)):
        with register.write() as session:
            journal.append(session, SUBJECT, FireListPrinted(False, chance.random() < 0.5, 0), by=by, at=NOW)  # type: ignore[arg-type]


KINDS = ("fresh", "upgraded", "erased", "restored")


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_register_raises_no_alarm(tmp_path: Path, kind: str) -> None:
    assert clean(tmp_path / "register", kind, random.Random(SEED)) == []
