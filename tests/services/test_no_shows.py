"""Who was booked and never came: asked about when it is over, for a week, and settled by a person only."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.bookings import Place
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.services import arrivals, bookings, today
from visitor_register.services.bookings import BookingForm


def _asked(world: World) -> list[UUID]:
    with world.register.read() as session:
        return [one.booking.id for one in today.board(session, at=world.clock()).nobody_came]


def _move_to(world: World, hour: int, minute: int = 0) -> None:
    world.clock.at = world.clock().replace(hour=hour, minute=minute)


def test_it_is_asked_half_an_hour_after_the_end_or_when_the_school_closes_and_for_a_week(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker, minutes=6)
    evening = create_booking(world, worker, minutes=6 * 60 - 24)
    world.clock.move(minutes=6 + 60 + 29)
    assert _asked(world) == [], "who is that late may still come"
    world.clock.move(minutes=1)
    assert _asked(world) == [booking]
    _move_to(world, 16, 29)
    assert _asked(world) == [booking], "the last one of the day has begun, and is not over"
    _move_to(world, 16, 30)
    assert _asked(world) == [booking, evening]
    world.clock.move(days=7)
    assert _asked(world) == [booking, evening]
    world.clock.move(days=1)
    assert _asked(world) == []
    with world.register.read() as session:
        assert len(journal.entries_of(session, booking)) == 1, "nothing is closed by the program"


def test_before_it_begins_nobody_is_missed_however_late_the_school_is_open(world: World) -> None:
    worker = create_worker(world)
    _move_to(world, 17)
    create_booking(world, worker, minutes=60)
    assert _asked(world) == []


def test_what_is_settled_is_not_asked(world: World) -> None:
    worker, other = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2222")
    cancelled, said, online, came, partly = (create_booking(world, worker, other) for _ in range(5))
    visit = create_visit(world, worker, booking=came)
    arrivals_of_partly = create_visit(world, other, booking=partly)
    with world.register.write() as session:
        form = BookingForm((worker,), NOW + timedelta(minutes=6), place=Place.ONLINE)
        bookings.change(session, online, form, by=world.dsl, at=NOW)
        bookings.cancel(session, cancelled, by_school=False, why="", by=world.dsl, at=NOW)
        for _ in range(2):
            bookings.did_not_come(session, said, by=world.reception, at=NOW)
        assert len(journal.entries_of(session, said)) == 2, "said twice, written once"
        for done in (cancelled, came):
            with pytest.raises(RegisterError, match="booking"):
                bookings.did_not_come(session, done, by=world.reception, at=NOW)
    world.clock.move(hours=3)
    assert _asked(world) == []
    with world.register.write() as session:
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=world.clock())
    assert _asked(world) == [came], "an arrival that was taken back gives the booking back"
    with world.register.read() as session:
        (asked,) = today.board(session, at=world.clock()).nobody_came
        assert [somebody.name for somebody in asked.visitors] == ["Leila Haddad", "Ngozi Eze"]
    assert arrivals_of_partly.booking == partly
