"""A spoilt byte, a cut or emptied file, a log that is gone: the same content, a sentence, or the banner. Nothing else.

Each try damages a copy of a register that was stopped while its newest 24 commits stood in the write-ahead
logs only, opens it as the program does, and reads all of it: every entry, every table, the proof, the names.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import NOW, Clock, create_register
from tests.torture import damage
from tests.torture.damage import GOOD, Class, Whole
from tests.torture.report import tell
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.people import PersonKind
from visitor_register.services import drafts

SEED = 20_261_125
PAGE = 4_096

Damage = Callable[[Path, random.Random], str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """A register with an unfolded log beside each file; only copies of it are damaged."""
    place = tmp_path_factory.mktemp("flips")
    world = create_register(place / "register", Clock())
    try:
        return damage.make(world, place)
    finally:
        world.register.close()


def _flip(name: str) -> Damage:
    def flip(folder: Path, chance: random.Random) -> str:
        path = folder / name
        at, change = chance.randrange(path.stat().st_size), chance.randint(1, 255)
        damage.flip(path, at, change)
        return f"{name} byte {at} ^ {change}"

    return flip


def _cut(name: str) -> Damage:
    def cut(folder: Path, chance: random.Random) -> str:
        path = folder / name
        length = chance.randrange(path.stat().st_size)
        damage.cut(path, length)
        return f"{name} cut to {length}"

    return cut


def _zero(name: str) -> Damage:
    def zero(folder: Path, chance: random.Random) -> str:
        path = folder / name
        page = chance.randrange(path.stat().st_size // PAGE)
        damage.zero_page(path, page)
        return f"{name} page {page} emptied"

    return zero


def _gone(name: str) -> Damage:
    def gone(folder: Path, _chance: random.Random) -> str:
        (folder / name).unlink()
        return f"{name} gone"

    return gone


def _all(*damages: Damage) -> Damage:
    def each(folder: Path, chance: random.Random) -> str:
        return "; ".join(one(folder, chance) for one in damages)

    return each


def _swapped(folder: Path, _chance: random.Random) -> str:
    """The log of the other file lies beside this one."""
    other = (folder / "dsl.db-wal").read_bytes()
    (folder / "desk.db-wal").write_bytes(other)
    return "desk.db-wal is the DSL's"


CASES: dict[str, tuple[Damage, int]] = {
    "one byte of desk.db": (_flip("desk.db"), 500),
    "one byte of desk.db-wal": (_flip("desk.db-wal"), 500),
    "one byte of dsl.db": (_flip("dsl.db"), 100),
    "one byte of dsl.db-wal": (_flip("dsl.db-wal"), 100),
    "one byte of keyring.json": (_flip("keyring.json"), 200),
    "one byte of desk.head.json": (_flip("desk.head.json"), 200),
    "one byte of desk.head.json and one of the log": (_all(_flip("desk.head.json"), _flip("desk.db-wal")), 100),
    "desk.head.json cut, log gone": (_all(_cut("desk.head.json"), _gone("desk.db-wal")), 20),
    "desk.head.json gone, log gone": (_all(_gone("desk.head.json"), _gone("desk.db-wal")), 1),
    "log gone": (_gone("desk.db-wal"), 1),
    "the DSL's log gone": (_gone("dsl.db-wal"), 1),
    "log of another file": (_swapped, 1),
    "desk.db cut": (_cut("desk.db"), 50),
    "desk.db-wal cut": (_cut("desk.db-wal"), 50),
    "keyring.json cut": (_cut("keyring.json"), 20),
    "a page of desk.db emptied": (_zero("desk.db"), 60),
    "a page of dsl.db emptied": (_zero("dsl.db"), 30),
    "a page of desk.db-wal emptied": (_zero("desk.db-wal"), 30),
}
"""What is done to the register, and how often in the long run."""


def _tries(whole: Whole, place: Path, name: str, times: int) -> list[Class]:
    chance = random.Random(f"{SEED} {name}")
    spoil, _ = CASES[name]
    classes: list[Class] = []
    failed: list[str] = []
    for _ in range(times):
        folder = damage.fresh(whole, place / "damaged")
        done = spoil(folder, chance)
        found, words = damage.outcome(whole, folder)
        classes.append(found)
        if found not in GOOD:
            failed.append(f"{done}: {found} {words}")
    tell(f"damage, {name}", times, len(failed), SEED, damage.counted(classes))
    assert failed == []
    return classes


def test_damage_ends_as_the_same_content_a_sentence_or_the_banner(whole: Whole, tmp_path: Path) -> None:
    often = {"one byte of desk.db": 3, "one byte of desk.db-wal": 3, "one byte of keyring.json": 2}
    for name in CASES:
        _tries(whole, tmp_path, name, often.get(name, 1))


def test_an_undamaged_copy_is_the_same(whole: Whole, tmp_path: Path) -> None:
    assert damage.outcome(whole, damage.fresh(whole, tmp_path / "copy")) == (Class.SAME, "")


def test_a_log_that_is_gone_is_told_and_not_silent(whole: Whole, tmp_path: Path) -> None:
    folder = damage.fresh(whole, tmp_path / "copy")
    (folder / "desk.db-wal").unlink()
    assert damage.outcome(whole, folder) == (Class.TOLD, "")
    # The control: without the note beside it, and with one that says less, the same loss would be silent.
    folder = damage.fresh(whole, tmp_path / "copy")
    (folder / "desk.db-wal").unlink()
    (folder / "desk.head.json").write_text('{"desk": "", "epoch": 1, "seq": 0, "clock": 0, "hash": ""}')
    assert damage.outcome(whole, folder) == (Class.SILENT_LOSS, "")


def test_what_no_note_stands_for_is_not_left_in_the_log(tmp_path: Path) -> None:
    world = create_register(tmp_path / "register", Clock())
    with world.register.write() as session:
        drafts.keep(session, Arrival(visitor=NewVisitor(PersonKind.OTHER, "Leila Haddad")), "Leila Haddad", at=NOW)
    assert world.register.desk.log_is_empty()
    world.register.close()


def test_another_key_is_refused_with_a_sentence(whole: Whole, tmp_path: Path) -> None:
    folder = damage.fresh(whole, tmp_path / "copy")
    (folder / "desk.db").write_bytes((folder / "dsl.db").read_bytes())
    (folder / "desk.db-wal").unlink()
    found, words = damage.outcome(whole, folder)
    assert (found, "belongs to other keys" in words) == (Class.REFUSED, True)


@pytest.mark.torture
@pytest.mark.parametrize("name", CASES)
def test_damage_of_every_kind_many_times(whole: Whole, tmp_path: Path, name: str) -> None:
    _tries(whole, tmp_path, name, CASES[name][1])
