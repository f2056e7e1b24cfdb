"""The DSL's list: what comes onto it, who may read it, and that looking at a line takes it off."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival, Call, NewVisitor, Told
from visitor_register.domain.assurance import Compared, Expiry, IdShown, NumberSource, Outcome
from visitor_register.domain.events import ArrivalCorrected, ReasonRecorded
from visitor_register.domain.people import SEES_CHILDREN, Operator, PersonKind, Role
from visitor_register.domain.verification import TELLS_DSL, Verdict
from visitor_register.domain.visits import CameAbout, Visit
from visitor_register.errors import AnswerMissingError, NotAllowedError, RegisterError
from visitor_register.persistence import journal, verify
from visitor_register.services import arrivals, directory, review, sealed
from visitor_register.services.review import ReviewLine, Why

CANARY = "canary-circumstance-4711"
CALL = Call("020 7946 0112", "Marcus Adeyemi", NumberSource.CHART, "chart", "Priya", "hers", Outcome.CONFIRMED, NOW)
SEEN: dict[str, Any] = {"shown": IdShown.HARROW_BADGE, "expiry": Expiry.IN_DATE, "compared": Compared.YES}


def _arrive(world: World, verdict: Verdict, **said: Any) -> Visit:
    visitor = None if "person" in said else NewVisitor(PersonKind.COUNCIL, "Pat Example")
    arrival = replace(Arrival(visitor=visitor, verdict=verdict, **SEEN), **said)
    with world.register.write() as session:
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())


def _waiting(world: World) -> list[ReviewLine]:
    with world.register.read() as session:
        lines = review.waiting(session, by=world.dsl)
        assert review.count(session, by=world.dsl) == len(lines)
    return lines


def _why(world: World) -> list[tuple[Why, ...]]:
    return [line.why for line in _waiting(world)]


def _look_at(world: World, visit: UUID, note: str = "") -> Visit:
    with world.register.write() as session:
        return review.review(session, visit, note, by=world.dsl, at=world.clock())


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.ALREADY_HERE])
def test_the_rows_that_tell_the_dsl_are_on_the_list_and_the_others_are_not(world: World, verdict: Verdict) -> None:
    _arrive(world, verdict)
    expected = {Why.VERDICT} if verdict in TELLS_DSL else {Why.NOT_BOOKED} if verdict is Verdict.NOT_BOOKED else set()
    assert [set(why) for why in _why(world)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("compared", "because"), [(Compared.NOT_NOW, "she was in a hurry"), (Compared.NO_PHOTO, ""), (Compared.YES, "")]
)
def test_what_was_not_checked_is_on_the_list_whatever_the_reason(
    world: World, compared: Compared, because: str
) -> None:
    _arrive(world, Verdict.KNOWN, compared=compared, because=because)
    assert _why(world) == ([] if compared is Compared.YES else [(Why.NOT_CHECKED,)])


def test_a_plumber_whom_nobody_asked_for_a_photo_is_not_on_the_list(world: World) -> None:
    _arrive(world, Verdict.OTHER_VISITOR, shown=None, expiry=None, compared=None)
    assert _waiting(world) == []


def test_an_unbooked_visit_says_how_it_came_about(world: World) -> None:
    worker = create_worker(world)
    _arrive(world, Verdict.NOT_BOOKED, person=worker, came_about=CameAbout.URGENT, told=Told("Mrs Shah", True, NOW))
    (line,) = _waiting(world)
    assert line.visit.came_about is CameAbout.URGENT
    assert line.told_at == NOW
    assert line.person is not None
    assert (line.person.name, line.recorded_by) == ("Leila Haddad", "Joan Mensah")


def test_declined_and_undone_arrivals_are_on_the_list(world: World) -> None:
    visit = create_visit(world, create_worker(world))
    with world.register.write() as session:
        arrivals.not_this_person(session, visit.id, "somebody else", by=world.reception, at=NOW)
        arrival = Arrival(visitor=NewVisitor(PersonKind.COUNCIL, "Pat Example"), verdict=Verdict.PLEASE_WAIT)
        arrivals.decline(session, arrival, contacted="MASH", reason="refuses", by=world.dsl, at=NOW)
    assert sorted(_why(world)) == [(Why.DECLINED, Why.VERDICT), (Why.UNDONE,)]


def test_a_new_code_is_on_the_list_with_its_visit_until_somebody_confirms_it(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    visit = _arrive(world, Verdict.KNOWN, person=worker, booking=booking, code="X-204-7731", bind_code=True)
    world.clock.move(hours=3)
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    _arrive(world, Verdict.KNOWN, person=worker, code="X-204-7731")
    (line,) = _waiting(world)
    assert (line.visit.id, line.why, line.codes) == (visit.id, (Why.NEW_CODE,), ("X-204-7731",))
    with world.register.write() as session:
        directory.confirm_code(session, worker, "X-204-7731", by=world.dsl, at=world.clock())
    assert _waiting(world) == []


def test_looking_at_a_new_code_is_enough_to_take_it_off(world: World) -> None:
    worker = create_worker(world)
    visit = _arrive(world, Verdict.KNOWN, person=worker, code="X-204-7731", bind_code=True)
    _look_at(world, visit.id)
    assert _waiting(world) == []


def test_the_newest_stands_first_with_its_call_backs(world: World) -> None:
    first = _arrive(world, Verdict.NOT_ON_CHART, calls=(CALL,))
    world.clock.move(minutes=20)
    second = _arrive(world, Verdict.POLICE)
    assert [line.visit.id for line in _waiting(world)] == [second.id, first.id]
    (call,) = _waiting(world)[1].calls
    assert (call.whom, call.number, call.source) == ("Marcus Adeyemi", "020 7946 0112", NumberSource.CHART)


def test_a_long_list_is_read_in_part_and_counted_whole(world: World) -> None:
    for _ in range(3):
        _arrive(world, Verdict.POLICE)
    with world.register.read() as session:
        assert len(review.waiting(session, by=world.dsl, limit=2)) == 2
        assert review.count(session, by=world.dsl) == 3


def test_looking_at_a_line_takes_it_off_and_says_who_and_when(world: World) -> None:
    visit = _arrive(world, Verdict.NOT_ON_CHART)
    world.clock.move(minutes=5)
    stands = _look_at(world, visit.id, " rang her team manager ")
    assert (stands.reviewed_at, stands.reviewed_by) == (world.clock(), world.dsl.id)
    assert _waiting(world) == []
    with world.register.read() as session:
        before = journal.count(session)
        assert verify.verify(session).sound
    assert _look_at(world, visit.id, "again") == stands
    with world.register.read() as session:
        assert journal.count(session) == before, "twice is once"


def test_what_turns_out_afterwards_puts_a_visit_back_on_the_list(world: World) -> None:
    undone, refused, corrected, moved = (_arrive(world, Verdict.NOT_ON_CHART) for _ in range(4))
    for visit in (undone, refused, corrected, moved):
        _look_at(world, visit.id)
    other = ArrivalCorrected(corrected.arrived_seq, "her sister", person=create_worker(world, badge="H2"))
    with world.register.write() as session:
        by, at = world.reception, world.clock()
        arrivals.not_this_person(session, undone.id, "somebody else", by=by, at=at)
        arrivals.record_call(session, refused.id, replace(CALL, outcome=Outcome.NOT_CONFIRMED), by=by, at=at)
        arrivals.correct(session, corrected.id, other, by=by, at=at)
        arrivals.correct(session, moved.id, ArrivalCorrected(moved.arrived_seq, "hall", place="Hall"), by=by, at=at)
    assert {line.visit.id for line in _waiting(world)} == {undone.id, refused.id, corrected.id}
    assert {Why.REFUSED, Why.UNDONE} <= {why for line in _waiting(world) for why in line.why}


def test_only_the_dsl_and_the_head_read_the_list_and_look_at_it(world: World, people: dict[Role, Operator]) -> None:
    visit = _arrive(world, Verdict.POLICE)
    for role, operator in people.items():
        if role in SEES_CHILDREN:
            continue
        with world.register.read() as session, pytest.raises(NotAllowedError, match="Only the DSL or the head"):
            review.waiting(session, by=operator)
        with world.register.read() as session, pytest.raises(NotAllowedError):
            review.count(session, by=operator)
        with pytest.raises(NotAllowedError), world.register.write() as session:
            review.review(session, visit.id, "", by=operator, at=NOW)
        with pytest.raises(NotAllowedError), world.register.dsl_file().write() as session:
            review.record_circumstance(session, visit.id, "s47", "", by=operator, at=NOW)
    with world.register.write() as session:
        assert len(review.waiting(session, by=people[Role.HEAD])) == 1
        review.review(session, visit.id, "", by=people[Role.HEAD], at=NOW)
    assert _waiting(world) == []


def test_the_circumstance_stands_in_the_dsls_file_only_and_keeps_what_was_there(world: World) -> None:
    visit = _arrive(world, Verdict.NOT_BOOKED)
    with world.register.dsl_file().write() as session:
        before = ReasonRecorded(purpose="s47", child_reference="child 17")
        sealed.record_reason(session, visit.id, before, by=world.dsl, at=NOW)
        review.record_circumstance(session, visit.id, "other", f" {CANARY} ", by=world.dsl, at=NOW)
        entries = journal.count(session)
        review.record_circumstance(session, visit.id, "other", CANARY, by=world.dsl, at=NOW)
        assert journal.count(session) == entries, "the same again is nothing new"
        reason = sealed.reason_of(session, visit.id, by=world.dsl)
    assert reason is not None
    assert (reason.purpose, reason.child_reference) == ("s47", "child 17")
    assert (reason.exceptional, reason.detail) == ("other", CANARY)
    with world.register.read() as session:
        bodies = [row.body for rows in journal.walk(session) for row in rows]
    assert bodies
    assert not any(CANARY.encode() in body for body in bodies)


def test_what_must_not_be_kept_or_says_nothing_is_refused(world: World) -> None:
    visit = _arrive(world, Verdict.NOT_BOOKED)
    with world.register.dsl_file().write() as session:
        with pytest.raises(AnswerMissingError, match="Say what the circumstance is"):
            review.record_circumstance(session, visit.id, "other", " ", by=world.dsl, at=NOW)
        with pytest.raises(RegisterError, match="certificate"):
            review.record_circumstance(session, visit.id, "s47", "001234567890", by=world.dsl, at=NOW)
    with world.register.write() as session:
        with pytest.raises(RegisterError, match="certificate"):
            review.review(session, visit.id, "001234567890", by=world.dsl, at=NOW)
        with pytest.raises(RegisterError, match="not in the register any more"):
            review.review(session, UUID(int=5), "", by=world.dsl, at=NOW)
