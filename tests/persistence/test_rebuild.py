"""Folding at each append, folding everything again, and what verify expects are one and the same."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from tests.factories import NOW, Clock, World, create_register
from tests.golden.samples import ALL
from tests.persistence.tampering import attempt, fill
from visitor_register.domain import events
from visitor_register.domain.bookings import Told
from visitor_register.domain.folds import DSL_ONLY, FOLD_OF
from visitor_register.domain.visits import ToldBy
from visitor_register.persistence import erasure, journal, projections
from visitor_register.persistence.tables import entry, projected
from visitor_register.persistence.verify import verify

SUBJECTS = [UUID(int=number) for number in range(100, 106)]
NUMBERS = st.integers(1, 12)

SAMPLES = {type(event): event for event in ALL if type(event) in FOLD_OF and type(event) not in DSL_ONLY}
WORDS = st.sampled_from(["", "lost", "wrong person", "Ștefan", "ஸ்ரீ"])
MOMENTS = st.integers(-500, 500).map(lambda minutes: NOW + timedelta(minutes=minutes))
PEOPLE = st.sampled_from(SUBJECTS)
EVENTS: st.SearchStrategy[object] = st.one_of(
    st.sampled_from(list(SAMPLES.values())),
    st.builds(events.Left, MOMENTS, st.sampled_from(ToldBy)),
    st.builds(events.PutBack, NUMBERS, WORDS),
    st.builds(events.ArrivalUndone, NUMBERS, WORDS),
    st.builds(events.CodeBound, st.sampled_from(["H1", "h1", "H2"]), st.booleans()),
    st.builds(events.CodeWithdrawn, st.sampled_from(["H1", "h1", "H2"]), WORDS),
    st.builds(
        events.BookingChanged,
        st.lists(PEOPLE, unique=True, max_size=3).map(tuple),
        MOMENTS,
        st.none() | MOMENTS,
        WORDS,
        WORDS,
        st.sampled_from(Told),
        st.none() | MOMENTS,
    ),
    st.builds(events.PostListed, PEOPLE, WORDS, WORDS, WORDS, holders=st.lists(PEOPLE, unique=True).map(tuple)),
)
SAID = st.lists(st.tuples(PEOPLE, EVENTS), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A register that stays as it is: every example is undone."""
    made = create_register(tmp_path_factory.mktemp("rebuild") / "register", Clock())
    yield made
    made.register.close()


def _everything(session: object) -> dict[str, list[tuple[object, ...]]]:
    """All tables as they are stored, in one order."""
    return {
        name: sorted(map(tuple, session.execute(text(f"SELECT * FROM {name}"))), key=repr)  # type: ignore[attr-defined]  # noqa: S608
        for name in projected.tables
    }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=SAID, together=st.booleans(), epochs=st.sets(NUMBERS, max_size=2), gone=st.sets(NUMBERS, max_size=3))
@example(
    said=[(SUBJECTS[0], SAMPLES[events.SealedForDsl]), (SUBJECTS[0], SAMPLES[events.Arrived])],
    together=False,
    epochs=set(),
    gone=set(),
)
def test_folding_at_each_append_is_folding_everything_again(
    empty: World, said: list[tuple[UUID, object]], together: bool, epochs: set[int], gone: set[int]
) -> None:
    with attempt(empty.register.desk, guards=True) as session:
        if together:
            journal.append_all(session, said, by=empty.dsl, at=NOW)
        else:
            for number, (subject, event) in enumerate(said, 1):
                session.info["epoch"] += number in epochs
                journal.append(session, subject, event, by=empty.dsl, at=NOW)
        written = session.execute(select(entry.c.epoch, entry.c.seq).order_by(entry.c.seq.desc()).limit(len(said)))
        keys = [(row.epoch, row.seq) for row in written]
        chosen = [keys[number - 1] for number in sorted(gone) if number <= len(keys)]
        names = [f"{session.info['desk']}/{epoch}/{seq}" for epoch, seq in chosen]
        emptied = erasure.erase(session, names, "retention rule", by=empty.dsl, at=NOW)
        found = verify(session)
        assert (found.fault, found.erased) == (None, emptied)
        live = _everything(session)
        projections.rebuild(session)
        assert _everything(session) == live


def test_rebuilding_repairs_tables_that_were_changed(empty: World) -> None:
    with attempt(empty.register.desk, guards=True) as session:
        journal.append_all(
            session,
            [(SUBJECTS[0], SAMPLES[events.Arrived]), (SUBJECTS[1], SAMPLES[events.Booked])],
            by=empty.dsl,
            at=NOW,
        )
        live = _everything(session)
        for name in projected.tables:
            session.execute(text(f"DELETE FROM {name}"))  # noqa: S608
        assert not verify(session).sound
        projections.rebuild(session)
        assert verify(session).sound
        assert _everything(session) == live


def test_every_table_of_a_full_register_is_the_same_after_a_rebuild(world: World) -> None:
    fill(world)
    for database in (world.register.desk, world.register.dsl_file()):
        with database.write() as session:
            live = _everything(session)
            projections.rebuild(session)
            assert _everything(session) == live
    assert live["reason"]


def test_a_subject_known_only_to_a_newer_program_has_no_rows_and_is_kept(empty: World) -> None:
    with attempt(empty.register.desk, guards=True) as session:
        newest = session.execute(select(entry).order_by(entry.c.seq.desc()).limit(1)).mappings().one()
        row = dict(newest) | {
            "seq": newest["seq"] + 1,
            "clock": newest["clock"] + 1,
            "prev_hash": newest["hash"],
            "subject": SUBJECTS[0],
            "kind": "Teleported",
        }
        row["hash"] = journal.chain_hash(row)
        session.execute(entry.insert().values(row))
        live = _everything(session)
        projections.refold(session, [SUBJECTS[0]])
        projections.rebuild(session)
        assert _everything(session) == live
        assert verify(session).sound
        assert journal.entries_of(session, SUBJECTS[0])[0].event == events.Unknown("Teleported", 1)
