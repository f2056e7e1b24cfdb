"""The journal only grows: gap-free, chained, and nobody's update, delete or replacement gets through."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_visit, create_worker
from tests.persistence.tampering import attempt
from visitor_register.domain.events import DidNotCome, FireListPrinted, Left, ReasonRecorded, Unknown
from visitor_register.domain.visits import ToldBy
from visitor_register.persistence import erasure, journal, verify
from visitor_register.persistence.tables import entry

PRINTED = FireListPrinted(locked=False, drill=True, count=3)


def test_numbers_have_no_gaps_and_each_entry_follows_the_one_before(world: World) -> None:
    create_visit(world, create_worker(world))
    with world.register.read() as session:
        lines = session.execute(select(entry).order_by(entry.c.clock)).all()
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.prev_hash for line in lines] == [journal.GENESIS, *(line.hash for line in lines[:-1])]


def test_the_clock_never_goes_back_when_the_computers_does(world: World) -> None:
    world.clock.move(days=-400)
    world.write((uuid4(), PRINTED), (uuid4(), PRINTED))
    with world.register.read() as session:
        clocks = session.execute(select(entry.c.clock).order_by(entry.c.seq)).scalars().all()
        assert verify.verify(session).sound
    assert clocks == sorted(set(clocks))


def test_a_moment_without_a_zone_is_refused(world: World) -> None:
    with pytest.raises(TypeError, match="time zone"), world.register.write() as session:
        journal.append(session, uuid4(), PRINTED, by=world.dsl, at=datetime(2026, 11, 24, 10))  # noqa: DTZ001


def test_what_only_the_dsl_may_read_cannot_be_written_in_the_desks_file(world: World) -> None:
    with pytest.raises(TypeError, match="DSL's file"):
        world.write((uuid4(), ReasonRecorded(purpose="CIN visit")))


def test_nothing_to_say_writes_nothing(world: World) -> None:
    with world.register.write() as session:
        before = journal.count(session)
        assert journal.append_all(session, [], by=world.dsl, at=NOW) == 0
        assert journal.count(session) == before


def test_a_block_that_fails_leaves_nothing_behind(world: World) -> None:
    with world.register.read() as session:
        before = journal.head(session)

    def fail() -> None:
        with world.register.write() as session:
            journal.append(session, uuid4(), PRINTED, by=world.dsl, at=NOW)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with world.register.read() as session:
        assert journal.head(session) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 3",
        "UPDATE entry SET kind = 'Left' WHERE seq = 3",
        "UPDATE entry SET body = x'7b7d' WHERE seq = 3",
        "UPDATE entry SET body = NULL, salt = NULL WHERE seq = 3",
        "UPDATE entry SET body = NULL, salt = NULL, erased_by = 'nobody/1/1' WHERE seq = 3",
        "UPDATE entry SET erased_by = 'x' WHERE seq = 3",
        "UPDATE entry SET seq = 900 WHERE seq = 3",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 3",
        "INSERT OR REPLACE INTO entry SELECT desk, epoch, seq, at, clock, actor, subject, 'Left', version, body, salt,"
        " commitment, erased_by, prev_hash, hash FROM entry WHERE seq = 3",
        "INSERT INTO entry SELECT * FROM entry WHERE seq = 3",
    ],
)
def test_an_entry_is_neither_changed_nor_deleted_nor_replaced(world: World, statement: str) -> None:
    with attempt(world.register.desk, guards=True) as session:
        with pytest.raises(IntegrityError):
            session.execute(text(statement))
        session.rollback()
        assert verify.verify(session).sound


def _keys(session: Session, *numbers: int) -> list[str]:
    return [f"{session.info['desk']}/1/{number}" for number in numbers]


@pytest.mark.parametrize("also", ["kind = 'Left'", "at = 'x'", "hash = x'00'", "commitment = x'00'", "actor = 'x'"])
def test_an_erasure_changes_nothing_but_the_text(world: World, also: str) -> None:
    with attempt(world.register.desk, guards=True) as session:
        erasure.erase(session, _keys(session, 4), "retention rule", by=world.dsl, at=NOW)
        erased_by = session.execute(text("SELECT erased_by FROM entry WHERE seq = 4")).scalar_one()
        with pytest.raises(IntegrityError):
            session.execute(
                text(f"UPDATE entry SET body = NULL, salt = NULL, erased_by = :by, {also} WHERE seq = 3"),  # noqa: S608
                {"by": erased_by},
            )


def test_an_erasure_that_is_on_record_may_empty_an_entry_once(world: World) -> None:
    with world.register.write() as session:
        erasure.erase(session, _keys(session, 3, 4), "retention rule", by=world.dsl, at=NOW)
    with world.register.read() as session:
        found = verify.verify(session)
        assert (found.fault, found.erased) == (None, 2)
    with attempt(world.register.desk, guards=True) as session, pytest.raises(IntegrityError):
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE seq = 3"))


def test_what_a_newer_program_wrote_is_kept_and_read_as_that(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        journal.append(session, visit.id, Left(NOW, ToldBy.DESK), by=world.dsl, at=NOW)
        # As a newer program would have written it, were its version 2.
        newer = session.execute(select(entry).order_by(entry.c.seq.desc()).limit(1)).mappings().one()
        row = dict(newer) | {"seq": newer["seq"] + 1, "clock": newer["clock"] + 1, "prev_hash": newer["hash"]}
        for kind, version in (("Teleported", 1), ("Left", 2)):
            row |= {"kind": kind, "version": version}
            row["hash"] = journal.chain_hash(row)
            session.execute(entry.insert().values(row))
            row |= {"seq": row["seq"] + 1, "clock": row["clock"] + 1, "prev_hash": row["hash"]}
    with world.register.read() as session:
        events = [line.event for line in journal.entries_of(session, visit.id)]
        assert events[-2:] == [Unknown("Teleported", 1), Unknown("Left", 2)]
        assert verify.verify(session).sound


def test_history_is_paged_from_the_newest(world: World) -> None:
    for _ in range(5):
        world.write((uuid4(), DidNotCome()))
    with world.register.read() as session:
        first = journal.newest(session, limit=3)
        second = journal.newest(session, limit=3, before=first[-1][0])
        assert [line.seq for _, line in first + second] == list(
            range(journal.count(session), journal.count(session) - 6, -1)
        )


def test_the_moment_of_an_entry_is_the_one_given(world: World) -> None:
    subject = uuid4()
    moment = NOW + timedelta(microseconds=1)
    with world.register.write() as session:
        journal.append(session, subject, PRINTED, by=world.dsl, at=moment)
        assert journal.entries_of(session, subject)[0].at == moment
