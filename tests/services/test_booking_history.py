"""What happened to a booking: nothing is left out, in the order it was written, and nothing of it is the DSL's."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker, look
from visitor_register.domain.bookings import Invitation, NotSeenWhy, Place
from visitor_register.domain.events import ArrivalCorrected, NotSeen, OperatorAdded, ReasonRecorded
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.bookings import history_words
from visitor_register.persistence.tables import person
from visitor_register.services import arrivals, booking_history, bookings, not_seen, passes, sealed
from visitor_register.services.bookings import BookingForm


@pytest.fixture
def clerk(world: World) -> Operator:
    """Somebody of the office."""
    made = Operator(uuid4(), "Priya Anand", Role.OFFICE)
    world.write((made.id, OperatorAdded(made.name, made.role)))
    return made


def told(world: World, booking: UUID) -> list[str]:
    """Every entry in words, with its details."""
    with world.register.read() as session:
        history = booking_history.of_booking(session, booking)
    return ["; ".join((one.title, *one.lines)) for one in history_words.tell(history, world.clock())]


def change(world: World, booking: UUID, form: BookingForm, by: Operator) -> None:
    world.clock.move(minutes=1)
    with world.register.write() as session:
        bookings.change(session, booking, form, by=by, at=world.clock())


def test_every_change_of_a_booking_is_told_in_words(world: World, clerk: Operator) -> None:
    leila, ngozi = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2")
    starts = NOW + timedelta(days=8)
    form = BookingForm((leila,), starts, starts + timedelta(hours=1), "Mr Bello", "Hall", notified_at=NOW)
    with world.register.write() as session:
        booking = bookings.book(session, form, by=clerk, at=NOW)
    change(
        world,
        booking,
        moved := replace(form, starts_at=starts + timedelta(days=2), ends_at=starts + timedelta(days=2, hours=1)),
        clerk,
    )
    change(world, booking, other := replace(moved, here_to_see="Mrs Shah", visitors=(leila, ngozi)), clerk)
    change(world, booking, swapped := replace(other, visitors=(ngozi,), room="", ends_at=None), clerk)
    change(world, booking, swapped, clerk)
    change(world, booking, updated := replace(swapped, invitation=Invitation("u@x", 2), note_to_desk="Ring 201"), clerk)
    with world.register.write() as session:
        sealed.seal_reason(
            session,
            booking,
            ReasonRecorded("cin_visit", "", "C-0417"),
            world.register.keyring.seal_public,
            by=clerk,
            at=NOW,
        )
        bookings.cancel(session, booking, by_school=False, why="ill", by=clerk, at=NOW)
    change(world, booking, replace(updated, place=Place.ONLINE), clerk)
    with world.register.write() as session:
        bookings.did_not_come(session, booking, by=world.reception, at=NOW)
    assert told(world, booking) == [
        "Booked for Wed 2 Dec 10:24; Visitors: Leila Haddad; Until: 11:24; Here to see: Mr Bello; Room: Hall; "
        "How we heard: E-mail, Tue 24/11/2026",
        "Moved from Wed 2 Dec 10:24 to Fri 4 Dec 10:24",
        "Visitors: + Ngozi Eze; Here to see: Mrs Shah (before: Mr Bello)",
        "Visitors: no longer Leila Haddad; Until: nothing (before: 11:24); Room: nothing (before: Hall)",
        "Saved again, nothing changed",
        "Update of the invitation; Note to the desk: Ring 201 (before: nothing)",
        "Sealed words for the DSL written",
        "Cancelled by the authority: ill",
        "Stands again; Where: Online (before: School)",
        "Nobody came",
    ]
    with world.register.read() as session:
        history = booking_history.of_booking(session, booking)
    assert "C-0417" not in repr(history)
    assert "cin_visit" not in repr(history)
    first, *_, last = history_words.tell(history, world.clock())
    assert first.written == "Tue 24 Nov 10:24 by Priya Anand (office)"
    assert last.as_text() == "Nobody came (Tue 24 Nov 10:24 by Joan Mensah (reception))"


def test_its_passes_and_its_visitors_coming_and_going_belong_to_it(world: World) -> None:
    leila, ngozi = create_worker(world), create_worker(world, "Ngozi Eze", badge="H2")
    booking = create_booking(world, leila, ngozi)
    elsewhere = create_booking(world, leila, minutes=400)
    with world.register.write() as session:
        made = passes.for_booking(session, booking, leila, by=world.dsl, at=world.clock())
        passes.withdraw(session, made.id, "lost", by=world.dsl, at=world.clock())
    here = create_visit(world, leila, booking=booking)
    wrong = create_visit(world, ngozi, booking=booking)
    world.clock.move(minutes=30)
    with world.register.write() as session:
        arrivals.not_this_person(session, wrong.id, "somebody else", by=world.reception, at=world.clock())
        fixed = ArrivalCorrected(here.arrived_seq, "misread", at=world.clock() - timedelta(minutes=35))
        arrivals.correct(session, here.id, fixed, by=world.reception, at=world.clock())
        arrivals.sign_out(session, here.id, by=world.reception, at=world.clock())
    assert told(world, booking)[1:] == [
        "Pass made for Leila Haddad, for Tue 24/11/2026",
        "Pass of Leila Haddad counts no more: lost",
        "Arrived 10:24: Leila Haddad",
        "Arrived 10:24: Ngozi Eze",
        "Arrival of Ngozi Eze taken back: somebody else",
        "Arrival corrected: Leila Haddad, 10:19; Why: misread",
        "Left 10:54: Leila Haddad",
    ]
    assert len(told(world, elsewhere)) == 1
    assert told(world, uuid4()) == []


def test_whose_name_was_erased_and_who_left_the_school_are_told_as_that(world: World) -> None:
    stranger = Operator(uuid4(), "Gone", Role.OFFICE)
    with world.register.write() as session:
        booking = bookings.book(session, BookingForm((create_and_erase(world),), NOW), by=stranger, at=NOW)
    (only,) = told(world, booking)
    assert only == "Booked for Tue 24 Nov 10:24; Visitors: erased; How we heard: E-mail"
    with look(world) as session:
        history = booking_history.of_booking(session, booking)
    assert history_words.tell(history, NOW)[0].written.endswith("by somebody no longer on the list")


def create_and_erase(world: World) -> UUID:
    """Somebody whose name is not in the register any more."""
    who = create_worker(world)
    with world.register.write() as session:
        session.execute(person.delete().where(person.c.id == who))
    return who


def test_that_a_child_was_not_seen_is_no_part_of_it(world: World) -> None:
    booking = create_booking(world, create_worker(world), minutes=-5)
    with world.register.read() as session:
        line = bookings.get(session, booking)
    assert line is not None
    with world.register.dsl_file().write() as session:
        not_seen.record(session, line.booking, NotSeen(NotSeenWhy.ABSENT, "at the dentist"), by=world.dsl, at=NOW)
    assert len(told(world, booking)) == 1
