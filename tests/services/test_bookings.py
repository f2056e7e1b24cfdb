"""Bookings: made, changed, cancelled, clashing, and used up by a visit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import BookingState, Place, Told
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.services import arrivals, booking_clashes, bookings, expected_visits, today
from visitor_register.services.bookings import BookingForm, BookingLine

FORM = BookingForm(
    visitors=(NewVisitor(PersonKind.COUNCIL, " Leila Haddad "),),
    starts_at=NOW + timedelta(hours=1),
    ends_at=NOW + timedelta(hours=2),
    here_to_see="Mrs Shah",
    room="Meeting room 1",
    note_to_desk="ring ext 201",
)


def _book(world: World, form: BookingForm = FORM) -> BookingLine:
    with world.register.write() as session:
        identity = bookings.book(session, form, by=world.dsl, at=world.clock())
    return _line(world, identity)


def _line(world: World, identity: object) -> BookingLine:
    with world.register.read() as session:
        return next(
            line
            for line in bookings.between(session, NOW - timedelta(days=9), NOW + timedelta(days=99))
            if line.booking.id == identity
        )


def test_a_booking_says_what_was_said(world: World) -> None:
    line = _book(world)
    assert [person.name for person in line.visitors] == ["Leila Haddad"]
    assert (line.booking.here_to_see, line.booking.room, line.booking.state) == (
        "Mrs Shah",
        "Meeting room 1",
        BookingState.PLANNED,
    )
    assert (line.booking.booked_at, line.booking.booked_by, line.booking.told) == (NOW, world.dsl.id, Told.EMAIL)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (replace(FORM, visitors=()), "Nobody is named"),
        (replace(FORM, visitors=(NewVisitor(PersonKind.OTHER, "  "),)), "Write the visitor's name"),
        (replace(FORM, ends_at=FORM.starts_at), "ends before it starts"),
        (replace(FORM, ends_at=FORM.starts_at - timedelta(minutes=1)), "ends before it starts"),
    ],
)
def test_a_booking_that_makes_no_sense_is_refused(world: World, form: BookingForm, words: str) -> None:
    with pytest.raises(RegisterError, match=words):
        _book(world, form)


def test_a_change_keeps_the_people_in_their_order_and_the_history(world: World) -> None:
    line = _book(world)
    second, first = create_worker(world, "Tom Okafor", badge="H20"), line.visitors[0].id
    changed = replace(FORM, visitors=(second, first, second), room="Hall", starts_at=NOW + timedelta(minutes=90))
    world.clock.move(minutes=5)
    with world.register.write() as session:
        bookings.change(session, line.booking.id, changed, by=world.dsl, at=world.clock())
        assert len(journal.entries_of(session, line.booking.id)) == 2
    now = _line(world, line.booking.id)
    assert [person.id for person in now.visitors] == [second, first]
    assert (now.booking.state, now.booking.room, now.booking.booked_at) == (BookingState.CHANGED, "Hall", NOW)


@pytest.mark.parametrize(
    ("by_school", "state"), [(True, BookingState.CANCELLED_BY_SCHOOL), (False, BookingState.CANCELLED_BY_LA)]
)
def test_a_cancelled_booking_expects_nobody_and_stays_readable(
    world: World, by_school: bool, state: BookingState
) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    with world.register.write() as session:
        assert expected_visits.on_this_day(session, {worker}, at=NOW) is not None
        bookings.cancel(session, booking, by_school=by_school, why="trip", by=world.dsl, at=NOW)
        assert expected_visits.on_this_day(session, {worker}, at=NOW) is None
    assert (_line(world, booking).booking.state, _line(world, booking).booking.cancelled_why) == (state, "trip")


def test_nobody_came_is_said_by_a_person(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    with world.register.write() as session:
        bookings.did_not_come(session, booking, by=world.reception, at=NOW)
        late = expected_visits.on_this_day(session, {worker}, at=NOW + timedelta(hours=3))
        assert late is not None, "who comes after all was booked all the same"
    assert _line(world, booking).booking.state is BookingState.DID_NOT_COME
    world.clock.move(hours=3)
    visit = create_visit(world, worker, booking=booking)
    assert _line(world, booking).booking.state is BookingState.PLANNED, "it has a visit now"
    with world.register.write() as session:
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=world.clock())
    assert _line(world, booking).booking.state is BookingState.DID_NOT_COME


def test_what_is_not_booked_is_neither_changed_nor_cancelled(world: World) -> None:
    nobody, by, at = uuid4(), world.dsl, NOW
    with world.register.write() as session:
        before = journal.count(session)
        with pytest.raises(RegisterError, match="not in the register"):
            bookings.change(session, nobody, FORM, by=by, at=at)
        with pytest.raises(RegisterError, match="not in the register"):
            bookings.cancel(session, nobody, by_school=True, why="", by=by, at=at)
        with pytest.raises(RegisterError, match="not in the register"):
            bookings.did_not_come(session, nobody, by=by, at=at)
        assert journal.count(session) == before


def test_of_two_bookings_on_one_day_the_nearest_unused_one_counts(world: World) -> None:
    worker = create_worker(world)
    early, late = create_booking(world, worker, minutes=-120), create_booking(world, worker, minutes=30)
    with world.register.read() as session:
        assert expected_visits.on_this_day(session, {worker}, at=NOW).booking.id == late  # type: ignore[union-attr]
    create_visit(world, worker, booking=late)
    with world.register.read() as session:
        assert expected_visits.on_this_day(session, {worker}, at=NOW).booking.id == early  # type: ignore[union-attr]
        assert expected_visits.on_this_day(session, {worker}, at=NOW + timedelta(days=1)) is None
        assert len(bookings.planned_visits(session, {worker})) == 2


def test_the_day_of_a_booking_is_londons(world: World) -> None:
    # Half past midnight in London in July is the evening before in UTC.
    form = replace(FORM, starts_at=datetime(2026, 7, 6, 23, 30, tzinfo=UTC), ends_at=None)
    with world.register.write() as session:
        bookings.book(session, form, by=world.dsl, at=NOW)
        assert bookings.on_day(session, datetime(2026, 7, 6, tzinfo=UTC).date()) == []
        assert len(bookings.on_day(session, datetime(2026, 7, 7, tzinfo=UTC).date())) == 1


def test_expected_today_says_who_when_and_whom_to_see_and_nothing_else(
    world: World, people: dict[Role, Operator]
) -> None:
    with world.register.write() as session:
        identity = bookings.expected_today(session, FORM, by=people[Role.RECEPTION], at=NOW)
    booked = _line(world, identity).booking
    assert (booked.here_to_see, booked.room, booked.note_to_desk, booked.ends_at) == ("Mrs Shah", "", "", None)
    assert (booked.told, booked.notified_at) == (Told.DESK, NOW)
    tomorrow = replace(FORM, starts_at=NOW + timedelta(days=1))
    with pytest.raises(RegisterError, match="for today only"), world.register.write() as session:
        bookings.expected_today(session, tomorrow, by=world.reception, at=NOW)


def test_clashes_are_told_and_never_block(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker, minutes=60)
    clash = replace(FORM, visitors=(worker,), room="meeting ROOM 2", here_to_see="MRS SHAH")
    with world.register.write() as session:
        assert booking_clashes.find(session, clash) == [
            "MRS SHAH has another visit from 11:24 to 12:24: Leila Haddad.",
            "meeting ROOM 2 is taken from 11:24 to 12:24: Leila Haddad.",
            "Leila Haddad is booked already from 11:24 to 12:24, to see Mrs Shah.",
        ]
        assert booking_clashes.find(session, clash, leaving_out=booking) == []
        after = replace(clash, starts_at=NOW + timedelta(hours=2), ends_at=None)
        assert booking_clashes.find(session, after) == []
        bookings.book(session, clash, by=world.dsl, at=NOW)
        bookings.cancel(session, booking, by_school=True, why="", by=world.dsl, at=NOW)
        assert booking_clashes.find(session, replace(clash, visitors=(uuid4(),), room="", here_to_see="")) == []


def test_reception_expects_only_who_comes_to_the_school(world: World) -> None:
    worker = create_worker(world)
    with world.register.write() as session:
        for place in (Place.ONLINE, Place.COUNCIL, Place.HOME):
            bookings.book(session, replace(FORM, visitors=(worker,), place=place), by=world.dsl, at=NOW)
        assert expected_visits.on_this_day(session, {worker}, at=NOW) is None
        board = today.board(session, at=NOW)
        assert (board.due_now, board.later) == ((), ())
        bookings.book(session, replace(FORM, visitors=(worker,)), by=world.dsl, at=NOW)
        assert expected_visits.on_this_day(session, {worker}, at=NOW) is not None
        assert len(today.board(session, at=NOW).due_now) == 1
