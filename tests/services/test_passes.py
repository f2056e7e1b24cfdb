"""Passes: one for each visitor and day, printed again rather than twice, and honest about when they count."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import World, create_booking, create_visit, create_worker
from visitor_register.domain import codes
from visitor_register.domain.bookings import Pass
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.services import arrivals, bookings, passes
from visitor_register.services.bookings import BookingForm


def of_booking(world: World, booking: UUID, person: UUID) -> Pass:
    """The pass sent ahead, or printed again."""
    with world.register.write() as session:
        return passes.for_booking(session, booking, person, by=world.reception, at=world.clock())


def of_visit(world: World, visit: UUID) -> Pass:
    """The pass printed at the desk."""
    with world.register.write() as session:
        return passes.for_visit(session, visit, by=world.reception, at=world.clock())


def scan(world: World, code: str) -> str:
    """What is said of a pass."""
    with world.register.read() as session:
        found = passes.read(session, code, at=world.clock())
    assert found is not None
    return found.words


def leave(world: World, visit: UUID) -> None:
    with world.register.write() as session:
        arrivals.sign_out(session, visit, by=world.reception, at=world.clock())


def test_each_visitor_has_a_pass_and_the_same_one_again(world: World) -> None:
    leila, ngozi = create_worker(world, "Leila Haddad"), create_worker(world, "Ngozi Eze", badge="H2")
    booking = create_booking(world, leila, ngozi)
    first, second = of_booking(world, booking, leila), of_booking(world, booking, ngozi)
    assert codes.is_sound(first.code)
    assert first.code != second.code
    assert of_booking(world, booking, leila) == first
    assert (first.person, first.booking, first.visit) == (leila, booking, None)
    assert scan(world, first.code) == ""


def test_the_pass_of_a_booking_is_printed_again_at_the_desk(world: World) -> None:
    leila = create_worker(world)
    booking = create_booking(world, leila)
    ahead = of_booking(world, booking, leila)
    visit = create_visit(world, leila, booking=booking)
    assert of_visit(world, visit.id) == ahead
    unbooked = create_visit(world, create_worker(world, "Ngozi Eze", badge="H2"))
    made = of_visit(world, unbooked.id)
    assert (made.visit, of_visit(world, unbooked.id)) == (unbooked.id, made)


def test_a_pass_of_another_day_a_cancelled_visit_or_one_that_is_over_says_so(world: World) -> None:
    leila = create_worker(world)
    tomorrow = create_booking(world, leila, minutes=24 * 60)
    assert scan(world, of_booking(world, tomorrow, leila).code) == "This pass is for Wed 25/11/2026, tomorrow."
    booking = create_booking(world, leila)
    made = of_booking(world, booking, leila)
    visit = create_visit(world, leila, booking=booking)
    assert scan(world, made.code) == ""
    world.clock.move(minutes=56)
    leave(world, visit.id)
    assert scan(world, made.code) == "This pass was used today: left at 11:20."
    create_visit(world, leila, booking=booking)
    assert scan(world, made.code) == ""
    with world.register.write() as session:
        bookings.cancel(session, tomorrow, by_school=False, why="", by=world.dsl, at=world.clock())
        with pytest.raises(RegisterError, match="cancelled"):
            passes.for_booking(session, tomorrow, leila, by=world.reception, at=world.clock())


def test_a_moved_visit_gets_a_new_pass_and_the_old_one_counts_no_more(world: World) -> None:
    leila = create_worker(world)
    booking = create_booking(world, leila)
    before = of_booking(world, booking, leila)
    form = BookingForm((leila,), world.clock() + timedelta(days=1))
    with world.register.write() as session:
        bookings.change(session, booking, form, by=world.dsl, at=world.clock())
    after = of_booking(world, booking, leila)
    assert after.code != before.code
    assert scan(world, before.code).startswith("This pass counts no more")
    assert scan(world, after.code) == "This pass is for Wed 25/11/2026, tomorrow."


def test_a_lost_pass_is_withdrawn_with_a_reason_and_nobody_gone_gets_one(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    made = of_visit(world, visit.id)
    with world.register.write() as session:
        with pytest.raises(AnswerMissingError):
            passes.withdraw(session, made.id, " ", by=world.reception, at=world.clock())
        passes.withdraw(session, made.id, "lost in the car park", by=world.reception, at=world.clock())
    assert scan(world, made.code).startswith("This pass counts no more")
    assert of_visit(world, visit.id).code != made.code
    leave(world, visit.id)
    with pytest.raises(RegisterError, match="has left"):
        of_visit(world, visit.id)


def test_a_pass_printed_for_somebody_else_says_so_and_that_of_a_booking_still_counts(world: World) -> None:
    leila, ngozi = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2")
    booking = create_booking(world, ngozi)
    wrong, booked = create_visit(world, leila), create_visit(world, ngozi, booking=booking)
    made = [of_visit(world, wrong.id), of_booking(world, booking, ngozi)]
    with world.register.write() as session:
        for visit in (wrong, booked):
            arrivals.not_this_person(session, visit.id, "not her", by=world.reception, at=world.clock())
    assert [scan(world, one.code) for one in made] == ["This pass was printed for an arrival that was taken back.", ""]


def test_a_code_that_nobody_was_given_is_nobodys(world: World) -> None:
    with world.register.read() as session:
        assert passes.read(session, codes.new_pass_code(lambda _: "7"), at=world.clock()) is None
