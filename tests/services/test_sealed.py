"""What the office writes for the DSL reaches the DSL, once, and nobody on the way can read it."""

from uuid import uuid4

import pytest

from tests.factories import NOW, PASSWORD, World, create_booking, create_worker
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError
from visitor_register.persistence import journal, verify
from visitor_register.persistence.register import Register
from visitor_register.services import bookings, sealed

SECRET = ReasonRecorded(purpose="CP plan visit", child_reference="child 17", detail="agreed")


def _move(world: World) -> int:
    register = world.register
    assert register.seal_private is not None
    with register.read() as session:
        waiting = sealed.boxes(session)
    with register.dsl_file().write() as session:
        sealed.receive_boxes(session, waiting, register.seal_private, by=world.dsl, at=NOW)
    with register.write() as session:
        sealed.mark_received(session, waiting, by=world.dsl, at=NOW)
    return len(waiting)


def test_the_office_seals_and_the_dsl_reads(world: World, people: dict[Role, Operator]) -> None:
    booking = create_booking(world, create_worker(world))
    public = world.register.keyring.seal_public
    with world.register.write() as session:
        sealed.seal_reason(session, booking, ReasonRecorded("first"), public, by=people[Role.OFFICE], at=NOW)
        sealed.seal_reason(session, booking, SECRET, public, by=people[Role.OFFICE], at=NOW)
        assert len(sealed.boxes(session)) == 2
        (line,) = bookings.on_day(session, NOW.date())
        assert line.booking.has_sealed
    assert _move(world) == 2
    with world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, booking, by=world.dsl)
        assert reason is not None
        assert (reason.purpose, reason.child_reference, reason.about) == ("CP plan visit", "child 17", booking)
        with pytest.raises(NotAllowedError):
            sealed.reason_of(session, booking, by=people[Role.OFFICE])
    assert _move(world) == 0
    for database in (world.register.desk, world.register.dsl_file()):
        with database.read() as session:
            assert verify.verify(session).sound


def test_a_box_received_but_not_yet_marked_is_received_again_without_harm(world: World) -> None:
    booking = create_booking(world, create_worker(world))
    register = world.register
    assert register.seal_private is not None
    with register.write() as session:
        sealed.seal_reason(session, booking, SECRET, register.keyring.seal_public, by=world.dsl, at=NOW)
    with register.read() as session, register.dsl_file().write() as dsl_session:
        sealed.receive_boxes(dsl_session, sealed.boxes(session), register.seal_private, by=world.dsl, at=NOW)
    assert _move(world) == 1
    with register.dsl_file().read() as session:
        assert sealed.reason_of(session, booking, by=world.dsl) is not None
        assert journal.count(session) == 2


def test_only_who_sees_children_writes_a_reason(world: World, people: dict[Role, Operator]) -> None:
    about = uuid4()
    for role, operator in people.items():
        with world.register.dsl_file().write() as session:
            if role in (Role.DSL, Role.HEAD):
                sealed.record_reason(session, about, SECRET, by=operator, at=NOW)
            else:
                with pytest.raises(NotAllowedError):
                    sealed.record_reason(session, about, SECRET, by=operator, at=NOW)


def test_a_reason_cannot_be_written_in_the_desks_file(world: World) -> None:
    with pytest.raises(TypeError, match="DSL's file"), world.register.write() as session:
        sealed.record_reason(session, uuid4(), SECRET, by=world.dsl, at=NOW)


def test_nothing_of_it_is_readable_for_reception(world: World) -> None:
    booking = create_booking(world, create_worker(world))
    with world.register.write() as session:
        sealed.seal_reason(session, booking, SECRET, world.register.keyring.seal_public, by=world.dsl, at=NOW)
    world.register.close()
    world.register = Register.open(world.register.folder, world.reception, PASSWORD)
    with world.register.read() as session:
        everything = repr([line.event for _, line in journal.newest(session, limit=999)])
    assert "child 17" not in everything
    assert "CP plan" not in everything
