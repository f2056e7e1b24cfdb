"""The questions asked at every scan and every refresh go by an index, however long the register has been kept."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.factories import Clock, World, create_booking, create_leaver, create_register, create_visit, create_worker
from tests.services.report_terms import SPAN, fill_a_term
from tests.services.stored_contacts import OPEN, Steps, read_all_that_is_owed, store
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import ContactKind, Direction, Rung
from visitor_register.domain.events import Discussed
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.report import Facts, VisitFact
from visitor_register.persistence import backup
from visitor_register.services import (
    arrivals,
    booking_history,
    booking_repeat,
    bookings,
    clock_watch,
    clocks,
    contacts,
    dsl_home,
    front_desk,
    letters_sent,
    passes,
    protocol_report,
    restoring,
    timeline,
    today,
    writing,
)
from visitor_register.services.booking_repeat import Repeat
from visitor_register.services.contacts import ContactForm
from visitor_register.services.letters_sent import Sent
from visitor_register.services.timeline import Asked

# Read whole on purpose: settings, charts, letters, numbers, drafts and joined records are a handful.
SMALL = {"setting", "chart_version", "letter", "published_number", "draft", "same_person"}
# The last team of somebody who left the chart: a few hundred posts, only for that verdict.
SCANNED_FOR_LEAVERS = {"post"}


def _scans(session: Session, asked: list[tuple[str, object]]) -> dict[str, str]:
    """What SQLite would read from end to end, with the question that makes it."""
    found: dict[str, str] = {}
    for statement, values in asked:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        for line in plan:
            table = re.match(r"SCAN (\w+)(?! USING (COVERING )?INDEX)", line.detail)
            if table:
                found[table.group(1)] = statement
            elif line.detail.endswith("ix_visit_state_arrived_at (state=?)"):
                found["every visit in a state"] = statement
    return found


@contextmanager
def _noting(world: World, *, dsl: bool = False) -> Iterator[list[tuple[str, object]]]:
    """Every question that is asked meanwhile of the desk's file, or the DSL's."""
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    engine = (world.register.dsl_file() if dsl else world.register.desk)._engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def _asked_by(world: World) -> list[tuple[str, object]]:
    with _noting(world) as asked, world.register.read() as session:
        for code in ("H194359", "H170001", "X9999"):
            front_desk.look_up(session, code, at=world.clock())
        today.board(session, at=world.clock())
    return asked


def test_a_look_and_the_lists_go_by_an_index(world: World) -> None:
    worker = create_worker(world)
    create_leaver(world)
    create_booking(world, worker)
    visit = create_visit(world, worker)
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    asked = _asked_by(world)
    assert len(asked) > 20
    with world.register.read() as session:
        assert set(_scans(session, [("SELECT * FROM visit WHERE note = ?", ("x",))])) == {"visit"}
        by_state = "SELECT * FROM visit WHERE state IN ('left', 'on_site')"
        assert set(_scans(session, [(by_state, ())])) == {"every visit in a state"}
        scanned = _scans(session, asked)
    assert set(scanned) <= SMALL | SCANNED_FOR_LEAVERS, scanned


def test_whether_somebody_is_expected_does_not_depend_on_how_often_they_came(world: World) -> None:
    worker = create_worker(world)
    create_booking(world, worker, minutes=-24 * 60)
    visit = create_visit(world, worker)
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    with _noting(world) as asked, world.register.read() as session:
        front_desk.look_up(session, "H194359", at=world.clock())
        plans = [
            line.detail
            for statement, values in list(asked)
            for line in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert any("ix_booking_starts_at" in plan for plan in plans)
    assert any("ix_booking_moved_from" in plan for plan in plans)
    assert any("ix_visit_person_notice_version (person=? AND notice_version=?)" in plan for plan in plans)
    assert not [plan for plan in plans if "ix_booking_visitor_person" in plan]


def test_a_week_of_bookings_goes_by_an_index(world: World) -> None:
    worker = create_worker(world)
    moved = create_booking(world, worker)
    form = bookings.BookingForm((worker,), world.clock() + timedelta(days=2))
    with world.register.write() as session:
        bookings.change(session, moved, form, by=world.dsl, at=world.clock())
    week = world.clock() - timedelta(days=1), world.clock() + timedelta(days=6)
    with _noting(world) as asked, world.register.read() as session:
        assert bookings.between(session, *week)
        assert [line.booking.id for line in bookings.moved_away(session, *week)] == [moved]
        scanned = _scans(session, list(asked))
    assert len(asked) >= 6
    assert set(scanned) <= SMALL, scanned


def test_the_history_of_a_booking_goes_by_an_index(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    create_visit(world, worker, booking=booking)
    with world.register.write() as session:
        passes.for_booking(session, booking, worker, by=world.dsl, at=world.clock())
    with _noting(world) as asked, world.register.read() as session:
        told = booking_history.of_booking(session, booking)
        scanned = _scans(session, list(asked))
    assert len(told.happenings) == 3
    assert any("FROM entry" in statement for statement, _ in asked)
    assert scanned == {}


def test_the_later_visits_of_a_series_go_by_an_index(world: World) -> None:
    form = bookings.BookingForm((create_worker(world),), world.clock() + timedelta(days=1))
    with world.register.write() as session:
        made, _ = booking_repeat.book_all(session, form, Repeat(1, times=3), by=world.dsl, at=world.clock())
    with _noting(world) as asked, world.register.read() as session:
        assert len(booking_repeat.carry(session, made[0], form)) == 2
        scanned = _scans(session, list(asked))
    assert set(scanned) <= SMALL, scanned


def test_a_timeline_goes_by_an_index_in_both_files(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    create_visit(world, worker, booking=create_booking(world, worker))
    for asked in (Asked(person=worker), Asked(child_reference="C-1"), Asked(clock=worker)):
        with _noting(world, dsl=True) as of_dsl, world.register.dsl_file().read() as dsl_session:
            named = timeline.begin(dsl_session, asked, by=by) or frozenset({worker})
            with _noting(world) as of_desk, world.register.read() as session:
                desk = timeline.at_the_desk(session, asked, named, by=by)
                dsl = timeline.in_the_dsl_file(dsl_session, asked, desk, by=by)
                timeline.join(session, asked, desk, dsl, by=by, at=world.clock())
                scanned = _scans(session, list(of_desk))
            scanned |= _scans(dsl_session, list(of_dsl))
        assert len(of_dsl) >= 3
        assert set(scanned) <= SMALL | {"account"}, scanned


def test_a_letter_and_what_passed_about_a_deadline_go_by_an_index(world: World) -> None:
    worker, by, at = create_worker(world), world.dsl, world.clock()
    asks = Sent(uuid4(), worker, "Who attends?", "C-1", asks_reply=True)
    step = Sent(uuid4(), worker, "No answer", "C-1", escalates=asks.id, rung=Rung.MANAGER)
    with world.register.dsl_file().write() as dsl_session:
        for sent in (asks, step):
            letters_sent.record(dsl_session, sent, by=by, at=at)
        with _noting(world, dsl=True) as of_dsl:
            assert not letters_sent.record(dsl_session, step, by=by, at=at)
            letters_sent.trail(dsl_session, asks.id, by=by)
        assert not _scans(dsl_session, of_dsl)
    with _noting(world) as of_desk, world.register.read() as session:
        writing.write(session, LetterKind.FRESH, worker, by=by, at=at)
        scanned = _scans(session, list(of_desk))
    # The services of the posts in use say how old the chart is.
    assert set(scanned) <= SMALL | {"post"}, scanned


def test_what_is_owed_grows_with_what_is_open_and_not_with_what_is_stored(world: World) -> None:
    worker, dsl = create_worker(world), world.register.dsl_file()
    with dsl.write() as session:
        for number in range(30):
            asked = world.clock() - timedelta(days=400 + number)
            form = ContactForm(ContactKind.CALL, Direction.SENT, worker, asked, "x", asks_reply=True)
            identity = contacts.log(session, form, by=world.dsl, at=asked)
            if number:
                one = clocks.of(session, identity, by=world.dsl)
                assert one is not None
                said = Assessed(one, State.RUNNING)
                clocks.stop(session, said, done_at=asked, person=None, by=world.dsl, at=asked)
    with _noting(world, dsl=True) as asked_for, dsl.read() as session:
        found = clocks.owed(session, by=world.dsl, at=world.clock())
        assert [one.is_open for one in found] == [True]
        assert len(clocks.asked_with(session, found, by=world.dsl)) == 1
        assert clocks.escalation_of(session, found[0].id, by=world.dsl).steps == ()
        assert contacts.to_follow_up(session, by=world.dsl) == []
        plans = [
            line.detail
            for statement, values in list(asked_for)
            for line in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    assert not [plan for plan in plans if plan.startswith("SCAN")]
    assert any("ix_clock_is_open (is_open=?)" in plan for plan in plans)
    assert any("ix_clock_stopped_at (stopped_at>?)" in plan for plan in plans)


def test_what_is_owed_is_read_in_as_many_steps_with_ten_times_as_much_stored(tmp_path: Path, clock: Clock) -> None:
    owed, whole = [], []
    for count in (300, 3_000):
        world = create_register(tmp_path / str(count), clock)
        store(world, [create_worker(world)], count)
        assert len(read_all_that_is_owed(world, Steps())) == OPEN
        of_owed, of_all = Steps(), Steps()
        read_all_that_is_owed(world, of_owed)
        with world.register.dsl_file().read() as session, of_all.counted(session):
            session.execute(text("SELECT count(*) FROM contact WHERE summary = 'x'"))
        world.register.close()
        owed.append(of_owed.taken)
        whole.append(of_all.taken)
    assert owed[0] == owed[1]
    assert whole[1] > 9 * whole[0], "the control: what reads every row is seen to"


def test_the_dsls_home_reads_what_waits_and_not_what_is_stored(world: World) -> None:
    worker, dsl, by, at = create_worker(world), world.register.dsl_file(), world.dsl, world.clock()
    visit = create_visit(world, worker)
    with dsl.write() as session:
        form = ContactForm(ContactKind.CALL, Direction.SENT, worker, at, "x", asks_reply=True)
        for about in (contacts.log(session, form, by=by, at=at), visit.id):
            contacts.discuss(session, about, Discussed(True, "", ""), by=by, at=at)
    with _noting(world, dsl=True) as asked, dsl.read() as session:
        noted = dsl_home.noted(session, by=by, at=at)
        assert _scans(session, list(asked)) == {}
    with _noting(world) as asked, world.register.read() as session:
        home = dsl_home.count(session, noted, to_review=0, at=at)
        scanned = _scans(session, list(asked))
    assert [one.name for one in home.follow_ups] == ["Leila Haddad", "Leila Haddad"]
    # Of the posts, a few hundred, the parts of the chart that are in use.
    assert set(scanned) <= SMALL | {"post"}, scanned


def test_the_protocol_report_reads_by_time_in_both_files(world: World) -> None:
    fill_a_term(world)
    dsl = world.register.dsl_file()
    with _noting(world, dsl=True) as asked, dsl.read() as session:
        owed = protocol_report.owed_in(session, SPAN, by=world.dsl)
        visited = VisitFact(uuid4(), SPAN.first, "", False, False, False, False)
        protocol_report.with_reasons(session, Facts(SPAN, world.clock(), visits=(visited,)), by=world.dsl)
        assert len(asked) >= 5
        assert _scans(session, list(asked)) == {}
    with _noting(world) as asked, world.register.read() as session:
        facts = protocol_report.seen_in(session, SPAN, owed, at=world.clock())
        scanned = _scans(session, list(asked))
    assert facts.visits
    assert facts.bookings
    # Of the posts, a few hundred, the parts of the chart that are in use.
    assert set(scanned) <= SMALL | {"post"}, scanned


def test_whether_the_clock_is_behind_is_asked_of_one_line(world: World) -> None:
    with _noting(world) as asked, world.register.read() as session:
        assert clock_watch.behind(session, world.clock()) is None
        ((statement, values),) = asked
        (plan,) = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    # Along the index from its end, and no further than the first.
    assert plan.detail == "SCAN entry USING INDEX ix_entry_clock"
    assert "LIMIT" in statement


def test_what_was_written_since_a_backup_is_counted_along_an_index(world: World) -> None:
    made = backup.make(world.register.folder, world.register.desk, world.register.dsl, at=world.clock())
    create_visit(world, create_worker(world))
    with _noting(world) as asked, world.register.read() as session:
        assert restoring.since(session, made).arrivals == 1
        ((statement, values),) = asked
        plan = [line.detail for line in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert plan[0].startswith("SEARCH entry USING INDEX ix_entry_clock"), plan
