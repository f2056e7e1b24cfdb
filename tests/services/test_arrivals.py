"""Signing in and out."""

from tests.factories import World, create_booking, create_visit, create_worker
from visitor_register.domain.verification import Verdict
from visitor_register.persistence import verify
from visitor_register.services import front_desk, today


def test_a_booked_workers_badge_is_known(world: World) -> None:
    worker = create_worker(world)
    create_booking(world, worker)
    with world.register.read() as session:
        finding = front_desk.look_up(session, "H194359", at=world.clock())
    assert finding.verdict is Verdict.KNOWN
    assert finding.booking is not None
    assert finding.manager is not None
    assert finding.manager.name == "Marcus Adeyemi"


def test_signing_in_twice_is_signing_in_once(world: World) -> None:
    worker = create_worker(world)
    first = create_visit(world, worker)
    assert create_visit(world, worker).id == first.id
    with world.register.read() as session:
        assert len(today.board(session, at=world.clock()).on_site) == 1
        assert verify.verify(session).sound
