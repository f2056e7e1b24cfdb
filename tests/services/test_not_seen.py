"""The child was not seen: the DSL and the head write and read it, in the DSL's file; nobody else comes near it."""

from uuid import uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_worker
from visitor_register.domain.bookings import Booking, NotSeenWhy
from visitor_register.domain.events import NotSeen
from visitor_register.domain.folds.dsl import Unseen
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.errors import AnswerMissingError, NotAllowedError, RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import unseen
from visitor_register.services import bookings, not_seen

ABSENT = NotSeen(NotSeenWhy.ABSENT, " at the dentist ")


@pytest.fixture
def begun(world: World) -> Booking:
    """A booking whose time has come."""
    identity = create_booking(world, create_worker(world), minutes=0)
    with world.register.read() as session:
        line = bookings.get(session, identity)
    assert line is not None
    return line.booking


def test_it_is_written_corrected_and_taken_back_and_every_word_stays(world: World, begun: Booking) -> None:
    def stands() -> Unseen | None:
        return rows.select_one(session, Unseen, unseen.c.about == begun.id)

    refused = NotSeen(NotSeenWhy.REFUSED, "misheard")
    seen = NotSeen(NotSeenWhy.SEEN, "it was another child")
    with world.register.dsl_file().write() as session:
        not_seen.record(session, begun, ABSENT, by=world.dsl, at=NOW)
        assert stands() == Unseen(begun.id, NotSeenWhy.ABSENT, "at the dentist")
        not_seen.record(session, begun, refused, by=world.dsl, at=NOW)
        assert stands() == Unseen(begun.id, NotSeenWhy.REFUSED, "misheard")
        not_seen.record(session, begun, seen, by=world.dsl, at=NOW)
        assert stands() is None
        said = not_seen.of_booking(session, begun.id, by=world.dsl)
        assert not_seen.of_booking(session, uuid4(), by=world.dsl) == ()
    assert [one.event for one in said] == [NotSeen(NotSeenWhy.ABSENT, "at the dentist"), refused, seen]
    assert {(one.at, one.by) for one in said} == {(NOW, world.dsl.id)}


def test_what_is_missing_is_asked_for_and_nothing_is_written(world: World, begun: Booking) -> None:
    with world.register.dsl_file().write() as session:
        with pytest.raises(AnswerMissingError, match="why the child was not seen"):
            not_seen.record(session, begun, NotSeen(NotSeenWhy.OTHER, " "), by=world.dsl, at=NOW)
        with pytest.raises(RegisterError, match="nothing to take back"):
            not_seen.record(session, begun, NotSeen(NotSeenWhy.SEEN, "x"), by=world.dsl, at=NOW)
        with pytest.raises(RegisterError, match="not begun"):
            not_seen.record(session, begun, ABSENT, by=world.dsl, at=NOW.replace(hour=9))
        assert journal.count(session) == 0
        not_seen.record(session, begun, ABSENT, by=world.dsl, at=NOW)
        with pytest.raises(AnswerMissingError, match="why this is corrected"):
            not_seen.record(session, begun, NotSeen(NotSeenWhy.REFUSED), by=world.dsl, at=NOW)
        assert journal.count(session) == 1


def test_only_who_sees_children_writes_or_reads_it(world: World, begun: Booking, people: dict[Role, Operator]) -> None:
    for role, operator in people.items():
        with world.register.dsl_file().write() as session:
            if role in SEES_CHILDREN:
                not_seen.record(session, begun, NotSeen(NotSeenWhy.OTHER, "asleep"), by=operator, at=NOW)
                assert not_seen.of_booking(session, begun.id, by=operator)
                continue
            before = journal.count(session)
            with pytest.raises(NotAllowedError):
                not_seen.record(session, begun, ABSENT, by=operator, at=NOW)
            with pytest.raises(NotAllowedError):
                not_seen.of_booking(session, begun.id, by=operator)
            assert journal.count(session) == before


def test_it_cannot_be_written_in_the_desks_file(world: World, begun: Booking) -> None:
    with pytest.raises(TypeError, match="DSL's file"), world.register.write() as session:
        not_seen.record(session, begun, ABSENT, by=world.dsl, at=NOW)
