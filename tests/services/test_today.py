"""The lists of the desk: who is due, here, late, gone, and about whom nobody wrote when they left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.bookings import Booking, BookingState, Place
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import VisitState
from visitor_register.services import arrivals, bookings, drafts, front_desk, today
from visitor_register.services.bookings import BookingForm
from visitor_register.services.today import Board


def _board(world: World) -> Board:
    with world.register.read() as session:
        return today.board(session, at=world.clock())


def test_a_day_moves_somebody_through_every_list(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker, minutes=90)
    assert [d.person.id for d in _board(world).later] == [worker]
    world.clock.move(minutes=45)
    assert [d.person.id for d in _board(world).due_now] == [worker]
    visit = create_visit(world, worker, booking=booking)
    board = _board(world)
    assert (board.due_now, board.later) == ((), ())
    assert [(h.person.id, h.ends_at) for h in board.on_site] == [(worker, NOW + timedelta(minutes=150))]
    assert board.should_have_left == ()
    world.clock.move(minutes=106)
    assert [h.visit.id for h in _board(world).should_have_left] == [visit.id]
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    board = _board(world)
    assert (board.on_site, board.should_have_left) == ((), ())
    assert [h.visit.id for h in board.left] == [h.visit.id for h in board.just_left] == [visit.id]
    world.clock.move(minutes=16)
    assert _board(world).just_left == ()
    world.clock.move(days=1)
    assert _board(world).left == ()


@pytest.mark.parametrize(
    ("arrived", "before", "after"),
    [
        # Winter: London is UTC.
        (NOW, datetime(2026, 11, 24, 23, 59, tzinfo=UTC), datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        # Summer: midnight in London is 23:00 UTC.
        (
            datetime(2026, 7, 7, 9, tzinfo=UTC),
            datetime(2026, 7, 7, 22, 59, tzinfo=UTC),
            datetime(2026, 7, 7, 23, 0, tzinfo=UTC),
        ),
        # The clocks go back on Sunday 25 October 2026: that day has 25 hours and ends at midnight UTC.
        (
            datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
            datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
            datetime(2026, 10, 26, 0, 0, tzinfo=UTC),
        ),
        # They go forward on Sunday 29 March 2026: it begins at midnight UTC and ends at 23:00 UTC.
        (
            datetime(2026, 3, 29, 0, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
            datetime(2026, 3, 29, 23, 0, tzinfo=UTC),
        ),
    ],
)
def test_after_midnight_in_london_an_open_visit_is_no_sign_out_recorded(
    world: World, arrived: datetime, before: datetime, after: datetime
) -> None:
    worker = create_worker(world)
    world.clock.at = arrived
    visit = create_visit(world, worker)
    world.clock.at = before
    board = _board(world)
    assert ([h.visit.id for h in board.on_site], board.no_sign_out) == ([visit.id], ())
    world.clock.at = after
    board = _board(world)
    assert (board.on_site, [h.visit.id for h in board.no_sign_out]) == ((), [visit.id])
    assert board.no_sign_out[0].visit.left_at is None
    assert board.no_sign_out[0].visit.state is VisitState.ON_SITE


def test_what_is_filled_in_or_unknown_leaves_the_list(world: World) -> None:
    first, second = (create_visit(world, create_worker(world, f"Ann {n}", badge=f"H10{n}")) for n in range(2))
    world.clock.move(days=1)
    with world.register.write() as session:
        left = NOW + timedelta(hours=1)
        arrivals.fill_in_leaving(session, first.id, left, by=world.reception, at=world.clock())
        arrivals.leaving_unknown(session, second.id, by=world.reception, at=world.clock())
    assert _board(world).no_sign_out == ()


def test_an_arrival_taken_back_is_listed_apart(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=NOW)
    board = _board(world)
    assert (board.on_site, [h.visit.id for h in board.undone]) == ((), [visit.id])


def test_drafts_survive_closing_and_opening_again(world: World) -> None:
    from tests.factories import PASSWORD
    from visitor_register.persistence.register import Register

    first = Arrival(person=create_worker(world), verdict=Verdict.NEW_CODE, code="Z1", note="Ștefan")
    with world.register.write() as session:
        drafts.keep(session, first, "Z1", at=NOW)
        drafts.keep(session, Arrival(), "nobody", at=NOW + timedelta(minutes=1))
        drafts.keep(session, first, "Leila Haddad", at=NOW + timedelta(minutes=9))
    world.register.close()
    world.register = Register.open(world.register.folder, world.reception, PASSWORD)
    waiting = _board(world).drafts
    assert [(draft.label, draft.started_at) for draft in waiting] == [
        ("Leila Haddad", NOW),
        ("nobody", NOW + timedelta(minutes=1)),
    ]
    assert waiting[0].arrival == first
    with world.register.write() as session:
        drafts.drop(session, first.visit)
        drafts.drop(session, uuid4())
    assert [draft.label for draft in _board(world).drafts] == ["nobody"]


def test_a_draft_that_cannot_be_read_does_not_close_the_desk(world: World, caplog: pytest.LogCaptureFixture) -> None:
    from visitor_register.persistence.tables import draft

    with world.register.write() as session:
        session.execute(draft.insert().values(id=uuid4(), started_at=NOW, label="Leila", body=b'{"how_many":"x"}'))
        drafts.keep(session, Arrival(), "Tom", at=NOW)
    assert [kept.label for kept in _board(world).drafts] == ["Tom"]
    assert "Leila" not in caplog.text


def test_somebodys_newest_visits_come_first(world: World) -> None:
    worker = create_worker(world)
    for _ in range(3):
        visit = create_visit(world, worker)
        world.clock.move(days=1)
    with world.register.read() as session:
        assert today.recent_visits(session, {worker}, limit=2)[0].id == visit.id
        assert len(today.recent_visits(session, {worker}, limit=2)) == 2


def test_two_of_one_booking_come_one_after_the_other(world: World) -> None:
    first, second = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2222")
    booking = create_booking(world, first, second)
    with world.register.read() as session:
        before = front_desk.look_up(session, "H194359", at=NOW)
    assert before.booking is not None
    assert (before.verdict, before.booking.id) == (Verdict.KNOWN, booking)
    visit = create_visit(world, first, booking=booking)
    assert [(d.person.id, d.here, d.others) for d in _board(world).due_now] == [(second, 1, 1)]
    with world.register.write() as session:
        found = front_desk.look_up(session, "H2222", at=NOW)
        assert found.booking is not None
        assert (found.booking.id, found.booking_here, found.booking_left) == (booking, 1, 0)
        arrivals.sign_out(session, visit.id, by=world.reception, at=NOW)
        assert front_desk.look_up(session, "H2222", at=NOW).booking_left == 1
        arrivals.not_this_person(session, visit.id, "nobody left", by=world.reception, at=NOW)
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=NOW)
        assert front_desk.look_up(session, "H2222", at=NOW).booking_here == 0
    assert {d.person.id for d in _board(world).due_now} == {first, second}


def _otherwise(world: World) -> tuple[Verdict, Booking | None]:
    with world.register.read() as session:
        found = front_desk.look_up(session, "H194359", at=world.clock())
    assert found.booking is None
    return found.verdict, found.otherwise


def test_a_booking_of_another_day_is_known_of_and_can_be_taken(world: World) -> None:
    worker = create_worker(world)
    tomorrow, yesterday = create_booking(world, worker, minutes=25 * 60), create_booking(world, worker, minutes=-1440)
    create_booking(world, worker, minutes=3 * 1440)
    verdict, otherwise = _otherwise(world)
    assert otherwise is not None
    assert (verdict, otherwise.id) == (Verdict.NOT_BOOKED, yesterday), "the nearest of yesterday and tomorrow"
    with world.register.read() as session:
        taken = front_desk.look_at(session, worker, code="H194359", at=NOW, taken=tomorrow)
        assert taken.booking is not None
        assert (taken.verdict, taken.booking.id, taken.proposal.here_to_see) == (Verdict.KNOWN, tomorrow, "Mrs Shah")
        assert taken.otherwise is None
    create_visit(world, worker, booking=tomorrow)
    world.clock.move(days=1)
    assert _board(world).later == (), "it was used a day early"


def test_a_visit_of_today_that_was_moved_or_cancelled_is_known_of(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker, minutes=60)
    create_booking(world, worker, minutes=1440)
    form = BookingForm((worker,), NOW + timedelta(days=9), here_to_see="Mrs Shah")
    with world.register.write() as session:
        bookings.change(session, booking, form, by=world.dsl, at=NOW)
    otherwise = _otherwise(world)[1]
    assert otherwise is not None
    assert (otherwise.id, otherwise.starts_at) == (booking, form.starts_at)
    with world.register.write() as session:
        bookings.change(session, booking, replace(form, starts_at=NOW), by=world.dsl, at=NOW)
        bookings.cancel(session, booking, by_school=True, why="", by=world.dsl, at=NOW)
    verdict, otherwise = _otherwise(world)
    assert otherwise is not None
    assert (verdict, otherwise.id, otherwise.state) == (Verdict.NOT_BOOKED, booking, BookingState.CANCELLED_BY_SCHOOL)
    with world.register.read() as session:
        taken = front_desk.look_at(session, worker, code="H194359", at=NOW, taken=booking)
        assert taken.booking is None, "what was cancelled brings nobody"
    with world.register.write() as session:
        bookings.change(session, booking, replace(form, starts_at=NOW, place=Place.HOME), by=world.dsl, at=NOW)
    otherwise = _otherwise(world)[1]
    assert otherwise is not None
    assert otherwise.id != booking, "what is not at school is not for reception"
