"""Whatever is changed behind the program's back is named, and nothing else is."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, Table, Uuid, select, text
from sqlalchemy.orm import Session

from tests.factories import NOW, Clock, World, create_register
from tests.persistence.tampering import attempt, fill
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.folds import DSL_ONLY, FOLD_OF, MAKES
from visitor_register.persistence import anchor, erasure, journal
from visitor_register.persistence.database import Database
from visitor_register.persistence.tables import TABLE_OF, entry, projected
from visitor_register.persistence.types import UtcDateTime, Word
from visitor_register.persistence.verify import Broken, Erasure, find, verify
from visitor_register.persistence.verify_guards import GUARDS


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A register with something in every table; every attempt on it is undone."""
    made = create_register(tmp_path_factory.mktemp("verify") / "register", Clock())
    fill(made)
    yield made
    made.register.close()


def _file_of(world: World, table: str) -> Database:
    of_the_dsl = {TABLE_OF[kind].name for event in DSL_ONLY for kind in MAKES[FOLD_OF[event]]}
    return world.register.dsl_file() if table in of_the_dsl else world.register.desk


def test_a_register_nobody_touched_is_sound(full: World) -> None:
    for database in (full.register.desk, full.register.dsl_file()):
        with database.read() as session:
            found = verify(session)
            assert (found.fault, found.erased, found.entries) == (None, 0, journal.count(session))
    assert found.sound


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE entry SET body = x'7b7d' WHERE seq = 7", "line 1/7: its text was changed"),
        ("UPDATE entry SET body = 'text' WHERE seq = 7", "line 7: it cannot be read"),
        ("UPDATE entry SET salt = x'00' WHERE seq = 7", "line 1/7: its text was changed"),
        ("UPDATE entry SET salt = NULL WHERE seq = 7", "line 1/7: its text was changed"),
        ("UPDATE entry SET body = NULL WHERE seq = 7", "line 1/7: its text is gone, and nobody erased it"),
        ("UPDATE entry SET erased_by = 'x/1/1' WHERE seq = 7", "line 1/7: it is marked as erased"),
        ("UPDATE entry SET body = NULL, salt = NULL, erased_by = 'x/1/1' WHERE seq = 7", "an erasure that never was"),
        ("UPDATE entry SET commitment = x'00' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET kind = 'Left' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET version = 2 WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET at = '2020-01-01T00:00:00.000000' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET clock = clock + 1 WHERE seq = (SELECT max(seq) FROM entry)", "its header was changed"),
        ("UPDATE entry SET actor = lower(hex(randomblob(16))) WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET subject = lower(hex(randomblob(16))) WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET subject = 'nobody' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET subject = upper(subject) WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET desk = 'another' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET epoch = 2 WHERE seq = 7", "line 2/7: its header was changed"),
        ("UPDATE entry SET hash = x'00' WHERE seq = 7", "line 1/7: its header was changed"),
        ("UPDATE entry SET prev_hash = x'00' WHERE seq = 7", "line 1/7: it does not follow the line before it"),
        ("DELETE FROM entry WHERE seq = 1", "line 1/2: line 1 is missing"),
        ("DELETE FROM entry WHERE seq = 7", "line 1/8: line 7 is missing"),
        ("UPDATE entry SET seq = CASE seq WHEN 7 THEN -8 WHEN 8 THEN -7 END WHERE seq IN (7, 8)", "line 1/-8"),
        (
            "UPDATE entry SET clock = (SELECT sum(e.clock) FROM entry e WHERE e.seq IN (7, 8)) - clock"
            " WHERE seq IN (7, 8)",
            "line 1/8: line 7 is missing",
        ),
        (
            "INSERT INTO entry SELECT 'copy', epoch, seq, at, clock, actor, subject, kind, version, body, salt,"
            " commitment, erased_by, prev_hash, hash FROM entry WHERE seq = 7",
            "line 1/7",
        ),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(full: World, statement: str, said: str) -> None:
    with attempt(full.register.desk) as session:
        session.execute(text(statement))
        fault = verify(session).fault
    assert fault is not None
    assert said in fault
    with full.register.read() as session:
        assert verify(session).sound


def test_the_first_of_two_faults_is_the_one_that_is_named(full: World) -> None:
    with attempt(full.register.desk) as session:
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE seq IN (5, 9)"))
        session.execute(text("DELETE FROM entry WHERE seq = 12"))
        assert verify(session).fault == "line 1/5: its text was changed"


def test_an_entry_with_the_clock_of_another_is_not_passed_over_between_two_chunks(full: World) -> None:
    with attempt(full.register.desk) as session:
        forged = (
            "INSERT INTO entry SELECT 'zz', epoch, seq + 1, at, clock, actor, subject, kind, version, body, salt,"
            " commitment, erased_by, prev_hash, hash FROM entry WHERE seq = 7"
        )
        session.execute(text(forged))
        assert sum(len(chunk) for chunk in journal.walk(session, chunk=7)) == journal.count(session)


def _key(session: Session, number: int) -> str:
    return f"{session.info['desk']}/1/{number}"


def test_an_erasure_does_not_cover_what_it_does_not_list(full: World) -> None:
    with attempt(full.register.desk) as session:
        erasure.erase(session, [_key(session, 7)], "retention rule", by=full.dsl, at=NOW)
        assert verify(session).fault == "the file's guard against changing lines was taken off"
        session.execute(
            text(
                "UPDATE entry SET body = NULL, salt = NULL, erased_by = (SELECT erased_by FROM entry WHERE seq = 7)"
                " WHERE seq = 8"
            )
        )
        fault = verify(session).fault
    assert fault == "line 1/8: its text is gone, and the erasure it names does not list it"


def test_a_file_whose_guard_was_taken_off_is_not_sound(full: World) -> None:
    with attempt(full.register.desk) as session:
        assert verify(session).fault == "the file's guard against changing lines was taken off"


def another(column: Column[object], value: object) -> object:
    """A value as it would be stored, and another than the one that is."""
    kind = column.type
    if isinstance(kind, Word):
        return next(word.value for word in kind.words if word.value != value)
    if isinstance(kind, UtcDateTime):
        return "2020-01-01T00:00:00.000000"
    if isinstance(kind, Date):
        return "2020-01-01"
    if isinstance(kind, Boolean):
        return 0 if value else 1
    if isinstance(kind, Integer):
        return 4_711 if value is None else int(str(value)) + 1
    return uuid4().hex if isinstance(kind, Uuid) else f"{value or ''}x"


def _change(session: Session, table: Table, column: Column[object]) -> None:
    row, value = session.execute(
        text(f"SELECT rowid, {column.name} FROM {table.name} ORDER BY rowid LIMIT 1")  # noqa: S608
    ).one()
    session.execute(
        text(f"UPDATE {table.name} SET {column.name} = :value WHERE rowid = :row"),  # noqa: S608
        {"value": another(column, value), "row": row},
    )


@pytest.mark.parametrize("name", sorted(projected.tables))
def test_one_changed_cell_of_any_table_is_named(full: World, name: str) -> None:
    table, database = projected.tables[name], _file_of(full, name)
    for column in table.columns:
        with attempt(database, guards=True) as session:
            _change(session, table, column)
            fault = verify(session).fault
        assert fault is not None, f"{name}.{column.name}"
        assert fault.startswith(f"table {name}: a row "), f"{name}.{column.name}"


@pytest.mark.parametrize("name", sorted(projected.tables))
def test_a_missing_and_an_extra_row_of_any_table_are_named(full: World, name: str) -> None:
    table, database = projected.tables[name], _file_of(full, name)
    subject = table.info["subject"]
    with attempt(database, guards=True) as session:
        session.execute(text(f"DELETE FROM {name} WHERE rowid = (SELECT min(rowid) FROM {name})"))  # noqa: S608
        assert str(verify(session).fault).startswith(f"table {name}: a row is missing (subject ")
    with attempt(database, guards=True) as session:
        row = dict(session.execute(select(table).limit(1)).mappings().one())
        session.execute(table.insert().values(row | {subject: uuid4()}))
        assert str(verify(session).fault).startswith(f"table {name}: a row differs from the lines (subject ")


@pytest.mark.parametrize(
    "cell",
    [
        "state = 'flown'",
        "arrived_at = 'yesterday'",
        "person = 'nobody'",
        "how_many = 'three'",
        # Read as what they were, and found by no query.
        "person = upper(person)",
        "needs_assistance = 2",
        "arrived_at = replace(arrived_at, '.000000', '')",
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_no_crash(full: World, cell: str) -> None:
    with attempt(full.register.desk, guards=True) as session:
        session.execute(text(f"UPDATE visit SET {cell}"))  # noqa: S608
        assert str(verify(session).fault).startswith("table visit: a row ")


def test_a_journal_that_was_emptied_leaves_tables_that_say_so(full: World) -> None:
    with attempt(full.register.desk, guards=True) as session:
        session.execute(text("DROP TRIGGER entry_stays"))
        session.execute(text("DELETE FROM entry"))
        session.execute(text(GUARDS["entry_stays"]))
        assert str(verify(session).fault).startswith("table person: a row differs from the lines")


@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM visit; END",
        "CREATE VIEW person_seen AS SELECT * FROM person",
        "CREATE TRIGGER entry_stays BEFORE DELETE ON entry WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END",
    ],
)
def test_what_was_planted_in_a_file_is_named(full: World, planted: str) -> None:
    with attempt(full.register.desk, guards=True) as session:
        if "entry_stays" in planted:
            session.execute(text("DROP TRIGGER entry_stays"))
        session.execute(text(planted))
        fault = str(verify(session).fault)
    assert "guard" in fault or "which this program never made" in fault


def test_a_broken_entry_is_named_by_when_and_by_whom(full: World) -> None:
    with attempt(full.register.desk) as session:
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE seq = 7"))
        written = session.execute(select(entry.c.kind).where(entry.c.seq == 7)).scalar_one()
        assert verify(session).broken == Broken(7, NOW, full.dsl.id, written)


def test_it_says_how_far_it_has_come(full: World) -> None:
    told: list[int] = []
    with full.register.read() as session:
        verify(session, progress=told.append)
    assert told == sorted(told)
    assert (told[0] > 0, told[-1]) == (True, 100)


def test_what_was_erased_is_told_with_who_and_when(full: World) -> None:
    with attempt(full.register.desk) as session:
        erasure.erase(session, [_key(session, 7), _key(session, 8)], "retention rule", by=full.dsl, at=NOW)
        for guard in GUARDS.values():
            session.execute(text(guard))
        found = verify(session)
    assert (found.fault, found.erased) == (None, 2)
    assert found.erasures == (Erasure(NOW, full.dsl.id, 2),)


def test_twelve_words_find_their_moment_until_it_is_cut_off(full: World) -> None:
    with attempt(full.register.desk, guards=True) as session:
        ending = journal.head(session)
        prefix = anchor.prefix_of(anchor.words_of(ending.hash))
        moment = find(session, prefix)
        assert moment is not None
        assert (moment.at, moment.number, moment.entries) == (NOW, ending.seq, ending.seq)
        journal.append(session, uuid4(), FireListPrinted(False, False, 0), by=full.dsl, at=NOW)
        moment = find(session, prefix)
        assert moment is not None
        assert (moment.number, moment.entries) == (ending.seq, ending.seq + 1)
        session.execute(text("DROP TRIGGER entry_stays"))
        session.execute(text("DELETE FROM entry WHERE seq >= :seq"), {"seq": ending.seq})
        session.execute(text(GUARDS["entry_stays"]))
        assert find(session, prefix) is None


def test_verify_stays_sound_over_epochs(world: World) -> None:
    for epoch in (2, 3):
        with world.register.write() as session:
            session.info["epoch"] = epoch
            for _ in range(3):
                journal.append(session, uuid4(), FireListPrinted(False, False, 0), by=world.dsl, at=NOW)
    with world.register.read() as session:
        assert verify(session).sound
        keys = session.execute(select(entry.c.epoch, entry.c.seq).order_by(entry.c.clock)).all()
    assert [key.seq for key in keys] == list(range(1, len(keys) + 1))
    assert keys[-1].epoch == 3
