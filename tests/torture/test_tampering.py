"""A thousand changes to the journal, and one in every column of every table, are flagged; clean registers are not."""

import hmac
import random
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.persistence.attacks import change_one, without_guards
from tests.persistence.tampering import attempt
from tests.persistence.test_attacks import KINDS, SEED, clean, make_target, unnoticed
from tests.persistence.test_verify import another
from tests.torture.report import tell
from visitor_register.persistence import journal
from visitor_register.persistence.tables import projected
from visitor_register.persistence.verify import verify

pytestmark = pytest.mark.torture

CHANGES, CLEAN = 1_000, 200


def test_a_thousand_single_changes_to_the_journal_are_flagged(tmp_path: Path) -> None:
    world, chance = make_target(tmp_path / "register"), random.Random(SEED)
    passed, kinds = [], dict.fromkeys(("became", "deleted", "copied", "swapped", "order"), 0)
    for number in range(CHANGES):
        database = world.register.dsl_file() if number % 5 == 4 else world.register.desk
        with attempt(database, guards=True) as session:
            what = str(without_guards(session, lambda session: change_one(session, chance)))
            kinds[next(kind for kind in kinds if kind in what)] += 1
            if verify(session).sound:
                passed.append(what)
    world.register.close()
    tell("one change to the journal", CHANGES, len(passed), SEED, ", ".join(f"{n} {kind}" for kind, n in kinds.items()))
    assert passed == []


def test_a_check_without_hashes_would_let_them_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: numbers without gaps and tables that fit are not enough, so the harness can tell the difference."""
    monkeypatch.setattr(journal, "chain_hash", _believed)
    monkeypatch.setattr(hmac, "compare_digest", lambda *_: True)
    world, chance, tries = make_target(tmp_path / "register"), random.Random(SEED), 200
    passed = unnoticed(world, chance, tries)
    world.register.close()
    tell("control: the same without hashes", tries, len(passed), SEED)
    assert len(passed) >= 10, "the changes are no changes: the run is void"


def _believed(row: Mapping[str, object]) -> object:
    return row["hash"] if "hash" in row else secrets.token_bytes(32)


def test_one_changed_cell_in_every_column_of_every_table_is_flagged(tmp_path: Path) -> None:
    world, tries, passed = make_target(tmp_path / "register"), 0, []
    for name, table in sorted(projected.tables.items()):
        for database in (world.register.desk, world.register.dsl_file()):
            with database.read() as session:
                count = session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608
            for column in table.columns if count else ():
                tries += 1
                with attempt(database, guards=True) as session:
                    row, value = session.execute(
                        text(f"SELECT rowid, {column.name} FROM {name} ORDER BY random() LIMIT 1")  # noqa: S608
                    ).one()
                    session.execute(
                        text(f"UPDATE {name} SET {column.name} = :value WHERE rowid = :row"),  # noqa: S608
                        {"value": another(column, value), "row": row},
                    )
                    if verify(session).sound:
                        passed.append(f"{name}.{column.name}")
    world.register.close()
    tell("one changed cell of a table", tries, len(passed), None, f"{len(projected.tables)} tables")
    assert passed == []
    assert tries >= sum(len(table.columns) for table in projected.tables.values()), "a table was empty"


def test_two_hundred_clean_registers_raise_no_alarm(tmp_path: Path) -> None:
    chance, faults = random.Random(SEED), []
    for number in range(CLEAN):
        place = tmp_path / "register"
        faults += clean(place, KINDS[number % len(KINDS)], chance)
        shutil.rmtree(place)
    each = f"{CLEAN // len(KINDS)} each of {', '.join(KINDS)}"
    tell("alarms on clean registers", CLEAN, len(faults), SEED, each)
    assert faults == []
