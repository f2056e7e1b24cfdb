"""Signing in and out, and everything that is said about it afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival, Call, NewVisitor, Told
from visitor_register.domain.assurance import Compared, Expiry, IdentityCheck, IdShown, NumberSource, Outcome
from visitor_register.domain.events import ArrivalCorrected, SamePersonFound
from visitor_register.domain.people import CodeState, PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.errors import AnswerMissingError, RegisterError
from visitor_register.persistence import journal, verify
from visitor_register.services import arrivals, bookings, directory, drafts, front_desk, today

NUMBER = "0012 3456 7890"
PLUMBER = Arrival(
    visitor=NewVisitor(PersonKind.OTHER, "Petra Novak", "Flow Ltd"),
    verdict=Verdict.OTHER_VISITOR,
    here_to_see="Mr Bello",
)


def _call(outcome: Outcome = Outcome.CONFIRMED, answered_by: str = "Priya") -> Call:
    return Call(
        "020 7946 0112", "Marcus Adeyemi", NumberSource.CHART, "chart", answered_by, "works there", outcome, NOW
    )


def _known(person: UUID, **said: object) -> Arrival:
    arrival = Arrival(
        person=person,
        verdict=Verdict.NOT_BOOKED,
        shown=IdShown.HARROW_BADGE,
        expiry=Expiry.IN_DATE,
        compared=Compared.YES,
    )
    return replace(arrival, **said)  # type: ignore[arg-type]


def _sign_in(world: World, arrival: Arrival, *, arrived_at: datetime | None = None) -> Visit:
    with world.register.write() as session:
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock(), arrived_at=arrived_at)


def _do(world: World, verb: str, *said: object) -> Visit:
    with world.register.write() as session:
        done: Visit = getattr(arrivals, verb)(session, *said, by=world.reception, at=world.clock())
        return done


def _count(world: World) -> int:
    with world.register.read() as session:
        return journal.count(session)


def _codes(world: World, person: UUID) -> dict[str, CodeState]:
    with world.register.read() as session:
        return {code.code: code.state for code in directory.codes_of(session, person)}


# ---- in


def test_signing_in_twice_is_signing_in_once(world: World) -> None:
    worker = create_worker(world)
    first = create_visit(world, worker)
    assert create_visit(world, worker).id == first.id
    with world.register.read() as session:
        assert len(today.board(session, at=world.clock()).on_site) == 1
        assert verify.verify(session).sound


def test_saving_one_arrival_twice_is_saving_it_once_for_somebody_new_too(world: World) -> None:
    first = _sign_in(world, PLUMBER)
    before = _count(world)
    assert _sign_in(world, PLUMBER) == first
    assert _count(world) == before


def test_an_arrival_that_was_taken_back_is_begun_again_not_saved_again(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    _do(world, "not_this_person", visit.id, "somebody else")
    with pytest.raises(RegisterError, match="was taken back"):
        _sign_in(world, PLUMBER)
    assert _sign_in(world, replace(PLUMBER, visit=uuid4())).state is VisitState.ON_SITE


def test_two_workers_come_on_one_booking(world: World) -> None:
    first, second = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    booking = create_booking(world, first, second)
    create_visit(world, first, booking=booking)
    with world.register.read() as session:
        (line,) = bookings.on_day(session, NOW.date())
        assert (line.arrived, [p.name for p in line.missing]) == ({first}, ["Tom Okafor"])
        found = front_desk.look_up(session, "H20", at=NOW)
        assert (found.verdict, found.booking_others, found.booking_here) == (Verdict.KNOWN, 1, 1)
        due = today.board(session, at=NOW).due_now
        assert [(d.person.name, d.others, d.here) for d in due] == [("Tom Okafor", 1, 1)]
    create_visit(world, second, booking=booking)
    with world.register.read() as session:
        assert today.board(session, at=NOW).due_now == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"compared": None}, "compared face and photo"),
        ({"compared": Compared.NOT_NOW}, "why face and photo were not compared"),
        ({"compared": Compared.NOT_NOW, "because": "  "}, "why face and photo were not compared"),
        ({"shown": None}, "which ID was shown"),
        ({"shown": IdShown.OTHER_PHOTO}, "which photo ID"),
    ],
)
def test_what_only_a_person_can_say_is_asked_for(world: World, said: dict[str, object], words: str) -> None:
    worker = create_worker(world)
    before = _count(world)
    with pytest.raises(AnswerMissingError, match=words):
        _sign_in(world, _known(worker, **said))
    assert _count(world) == before


@pytest.mark.parametrize(
    "said",
    [
        {"compared": Compared.NOT_NOW, "because": "the fire bell rang"},
        {"compared": Compared.NO_PHOTO, "shown": IdShown.NONE},
        {"shown": IdShown.OTHER_PHOTO, "shown_which": "passport"},
        {"verdict": Verdict.POLICE, "shown": None, "compared": None},
        {"verdict": Verdict.NOT_CONFIRMED, "shown": IdShown.NONE, "compared": Compared.NO_PHOTO},
    ],
)
def test_nobody_is_refused_a_place_on_the_list(world: World, said: dict[str, object]) -> None:
    visit = _sign_in(world, _known(create_worker(world), **said))
    assert visit.state is VisitState.ON_SITE
    assert (visit.compared, visit.not_compared_because) == (
        said.get("compared", Compared.YES),
        said.get("because", ""),
    )


@pytest.mark.parametrize("name", ["", "   "])
def test_a_visitor_needs_a_name(world: World, name: str) -> None:
    for arrival in (Arrival(), replace(PLUMBER, visitor=NewVisitor(PersonKind.OTHER, name))):
        with pytest.raises(AnswerMissingError, match="name as they say it"):
            _sign_in(world, arrival)


@pytest.mark.parametrize("field", ["basis_note", "note", "because", "shown_which", "here_to_see", "place"])
def test_a_certificate_number_is_kept_nowhere(world: World, field: str) -> None:
    with pytest.raises(RegisterError, match="do not record certificate numbers"):
        _sign_in(world, replace(PLUMBER, **{field: f"DBS {NUMBER}"}))  # type: ignore[arg-type]
    with pytest.raises(RegisterError, match="do not record certificate numbers"):
        _sign_in(world, replace(PLUMBER, calls=(_call(answered_by=NUMBER),)))


def test_a_certificate_number_is_kept_in_nothing_said_later(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    identity = IdentityCheck(IdShown.OTHER_PHOTO, NUMBER)
    for verb, said in (
        ("record_call", (_call(answered_by=NUMBER),)),
        ("not_this_person", (NUMBER,)),
        ("correct", (ArrivalCorrected(1, "wrong ID", identity=identity),)),
        ("correct", (ArrivalCorrected(1, "wrong place", place=NUMBER),)),
    ):
        with pytest.raises(RegisterError, match="do not record certificate numbers"):
            _do(world, verb, visit.id, *said)


def test_signing_in_forgets_the_draft(world: World) -> None:
    with world.register.write() as session:
        drafts.keep(session, PLUMBER, "Petra Novak", at=NOW)
    _sign_in(world, PLUMBER)
    with world.register.read() as session:
        assert drafts.waiting(session) == []


def test_calls_and_who_was_told_are_part_of_the_visit(world: World) -> None:
    arrival = replace(PLUMBER, calls=(_call(Outcome.NOT_CONFIRMED),), told=Told("Mrs Shah", answered=True, at=NOW))
    visit = _sign_in(world, arrival)
    assert (visit.call_back_refused, visit.called_back, visit.dsl_told_at) == (True, False, NOW)
    assert _do(world, "record_call", visit.id, _call()).called_back
    with world.register.write() as session:
        later = NOW + timedelta(minutes=5)
        arrivals.record_told(session, visit.id, Told("Mr Bello", True, later), by=world.reception, at=later)
        assert front_desk.visit_of(session, visit.id).dsl_told_at == later  # type: ignore[union-attr]


# ---- codes


def test_a_code_is_bound_only_after_the_face_was_compared(world: World) -> None:
    worker = create_worker(world)
    said = _known(worker, code="Z777-1", bind_code=True, compared=Compared.NO_PHOTO)
    _sign_in(world, said)
    assert _codes(world, worker) == {}


def test_a_call_back_makes_a_provisional_code_firm_at_once_or_later(world: World) -> None:
    first, second = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    _sign_in(world, _known(first, code="Z777-1", bind_code=True, calls=(_call(),)))
    assert _codes(world, first) == {"Z777-1": CodeState.CONFIRMED}
    visit = _sign_in(world, _known(second, code="Z777-2", bind_code=True))
    assert _codes(world, second) == {"Z777-2": CodeState.PROVISIONAL}
    _do(world, "record_call", visit.id, _call(Outcome.NO_ANSWER))
    _do(world, "record_call", visit.id, _call(Outcome.NOT_CONFIRMED))
    assert _codes(world, second) == {"Z777-2": CodeState.PROVISIONAL}
    _do(world, "record_call", visit.id, _call())
    assert _codes(world, second) == {"Z777-2": CodeState.CONFIRMED}


def test_a_code_read_is_a_fact_only_when_it_led_to_this_person(world: World) -> None:
    worker, other = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    assert _sign_in(world, _known(worker, code="H194359")).code_read
    assert not _sign_in(world, _known(other, code="H194359")).code_read


def test_a_staff_number_of_the_chart_needs_no_binding(world: World) -> None:
    worker = create_worker(world)
    _sign_in(world, _known(worker, code="H194359", bind_code=True))
    assert _codes(world, worker) == {}


def test_not_this_person_takes_the_new_code_back_too(world: World) -> None:
    wrong, right = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    with world.register.write() as session:
        directory.bind_code(session, wrong, "OLD-1", by=world.reception, at=NOW - timedelta(days=3))
    visit = _sign_in(world, _known(wrong, code="Z777-1", bind_code=True))
    assert _do(world, "not_this_person", visit.id, "it was Tom").state is VisitState.UNDONE
    assert _codes(world, wrong) == {"OLD-1": CodeState.PROVISIONAL, "Z777-1": CodeState.WITHDRAWN}
    _sign_in(world, _known(right, code="Z777-1", bind_code=True))
    with world.register.read() as session:
        found = front_desk.look_up(session, "Z777-1", at=NOW)
    assert found.person is not None
    assert (found.person.id, found.verdict) == (right, Verdict.ALREADY_HERE)


# ---- out


def test_signing_out_twice_is_signing_out_once(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    world.clock.move(minutes=30)
    first = _do(world, "sign_out", visit.id)
    before = _count(world)
    world.clock.move(minutes=5)
    assert _do(world, "sign_out", visit.id) == first
    assert (first.left_at, first.left_told_by, _count(world)) == (NOW + timedelta(minutes=30), ToldBy.DESK, before)


def test_put_back_and_sign_out_again_keep_every_entry(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    _do(world, "sign_out", visit.id)
    back = _do(world, "put_back", visit.id, " still in the hall ")
    assert (back.state, back.state_reason, back.left_at) == (VisitState.ON_SITE, "still in the hall", None)
    world.clock.move(minutes=10)
    assert _do(world, "sign_out", visit.id).left_at == world.clock()
    with world.register.read() as session:
        kinds = [type(line.event).__name__ for line in journal.entries_of(session, visit.id)]
    assert kinds == ["Arrived", "Left", "PutBack", "Left"]


def test_not_this_person_takes_back_the_leaving_first_and_then_the_arrival(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    _do(world, "sign_out", visit.id)
    assert _do(world, "not_this_person", visit.id, "another plumber").state is VisitState.ON_SITE
    assert _do(world, "not_this_person", visit.id, "another plumber").state is VisitState.UNDONE
    before = _count(world)
    assert _do(world, "not_this_person", visit.id, "again").state is VisitState.UNDONE
    assert _count(world) == before


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_its_reason(world: World, reason: str) -> None:
    visit = _sign_in(world, PLUMBER)
    with pytest.raises(RegisterError, match="Say why"):
        _do(world, "not_this_person", visit.id, reason)
    with pytest.raises(RegisterError, match="Say why"):
        _do(world, "correct", visit.id, ArrivalCorrected(visit.arrived_seq, reason, place="Hall"))
    with pytest.raises(RegisterError, match="not logged as having left"):
        _do(world, "put_back", visit.id, reason)
    _do(world, "sign_out", visit.id)
    with pytest.raises(RegisterError, match="Say why"):
        _do(world, "put_back", visit.id, reason)


def test_a_correction_leaves_the_first_version_readable(world: World) -> None:
    visit, worker = _sign_in(world, PLUMBER), create_worker(world)
    earlier = NOW - timedelta(minutes=20)
    corrected = _do(
        world, "correct", visit.id, ArrivalCorrected(visit.arrived_seq, "wrong time", at=earlier, person=worker)
    )
    assert (corrected.arrived_at, corrected.person, corrected.corrected) == (earlier, worker, True)
    assert (corrected.recorded_at, corrected.here_to_see) == (NOW, "Mr Bello")
    with world.register.read() as session:
        first, second = journal.entries_of(session, visit.id)
    assert (first.event.at, second.event.reason) == (NOW, "wrong time")  # type: ignore[union-attr]


def test_a_correction_that_makes_no_sense_is_refused(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    with pytest.raises(RegisterError, match="before now"):
        _do(world, "correct", visit.id, ArrivalCorrected(1, "x", at=NOW + timedelta(minutes=1)))
    with pytest.raises(RegisterError, match="not in the register"):
        _do(world, "correct", visit.id, ArrivalCorrected(1, "x", person=uuid4()))
    world.clock.move(minutes=30)
    _do(world, "sign_out", visit.id)
    world.clock.move(minutes=30)
    with pytest.raises(RegisterError, match="before the leaving"):
        _do(world, "correct", visit.id, ArrivalCorrected(1, "x", at=NOW + timedelta(minutes=31)))


# ---- from paper, and filled in later


def test_an_arrival_from_paper_keeps_its_true_time_and_is_marked(world: World) -> None:
    arrived = NOW - timedelta(hours=2)
    visit = _sign_in(world, PLUMBER, arrived_at=arrived)
    assert (visit.arrived_at, visit.recorded_at, visit.from_paper) == (arrived, NOW, True)
    left = NOW - timedelta(hours=1)
    filled = _do(world, "fill_in_leaving", visit.id, left)
    assert (filled.left_at, filled.left_told_by, filled.left_recorded_at) == (left, ToldBy.LATER, NOW)


def test_a_time_on_paper_that_has_not_come_yet_is_refused(world: World) -> None:
    with pytest.raises(RegisterError, match="has not come yet"):
        _sign_in(world, PLUMBER, arrived_at=NOW + timedelta(seconds=1))


def test_a_paper_line_of_another_day_is_not_swallowed_by_todays_visit(world: World) -> None:
    worker = create_worker(world)
    here = create_visit(world, worker)
    yesterday = _sign_in(world, _known(worker), arrived_at=NOW - timedelta(days=1))
    assert yesterday.id != here.id
    earlier_today = _sign_in(world, _known(worker), arrived_at=NOW - timedelta(hours=1))
    assert earlier_today.id not in (here.id, yesterday.id)
    world.clock.move(hours=1)
    assert _sign_in(world, _known(worker), arrived_at=NOW + timedelta(minutes=30)).id == here.id
    assert _sign_in(world, _known(worker), arrived_at=NOW - timedelta(minutes=30)).id == earlier_today.id


def test_a_leaving_lies_between_the_arrival_and_now(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    world.clock.move(hours=1)
    for wrong in (NOW - timedelta(seconds=1), world.clock() + timedelta(seconds=1)):
        with pytest.raises(RegisterError, match="between the arrival and now"):
            _do(world, "fill_in_leaving", visit.id, wrong)
    assert _do(world, "fill_in_leaving", visit.id, NOW).left_at == NOW


def test_what_the_desk_saw_is_not_overwritten_afterwards(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    seen = _do(world, "sign_out", visit.id)
    world.clock.move(hours=1)
    for verb, said in (("fill_in_leaving", (world.clock(),)), ("leaving_unknown", ())):
        with pytest.raises(RegisterError, match="closed already"):
            _do(world, verb, visit.id, *said)
    with world.register.read() as session:
        assert front_desk.visit_of(session, visit.id) == seen


def test_nobody_knows_when_and_somebody_remembers_later(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    world.clock.move(days=1)
    unknown = _do(world, "leaving_unknown", visit.id)
    assert (unknown.state, unknown.left_at) == (VisitState.LEAVING_UNKNOWN, None)
    before = _count(world)
    assert _do(world, "leaving_unknown", visit.id) == unknown
    assert _count(world) == before
    left = NOW + timedelta(hours=1)
    assert _do(world, "fill_in_leaving", visit.id, left).left_at == left


def test_two_records_of_one_human_being_are_on_site_once(world: World) -> None:
    worker = create_worker(world)
    visit = _sign_in(world, PLUMBER)
    world.write((uuid4(), SamePersonFound(visit.person, worker)))
    assert _sign_in(world, _known(worker)).id == visit.id


def test_a_visit_that_is_not_there_is_said_plainly(world: World) -> None:
    for verb, said in (
        ("sign_out", ()),
        ("leaving_unknown", ()),
        ("fill_in_leaving", (NOW,)),
        ("not_this_person", ("x",)),
        ("put_back", ("x",)),
        ("record_call", (_call(),)),
        ("record_told", (Told("Mrs Shah", True, NOW),)),
    ):
        with pytest.raises(RegisterError, match="not in the register any more"):
            _do(world, verb, uuid4(), *said)


# ---- declined


def test_declining_is_recorded_with_whom_was_spoken_to_and_why(world: World) -> None:
    arrival = replace(PLUMBER, verdict=Verdict.PLEASE_WAIT, calls=(_call(Outcome.NOT_CONFIRMED),))
    with world.register.write() as session:
        drafts.keep(session, arrival, "Petra Novak", at=NOW)
        visit = arrivals.decline(session, arrival, contacted="MASH", reason="other photo", by=world.dsl, at=NOW)
        assert (visit.state, visit.state_reason) == (VisitState.DECLINED, "other photo (after contact with MASH)")
        assert drafts.waiting(session) == []
        before = journal.count(session)
        again = arrivals.decline(session, arrival, contacted="MASH", reason="other photo", by=world.dsl, at=NOW)
        assert (again, journal.count(session)) == (visit, before)
    with pytest.raises(RegisterError, match="taken back"):
        _sign_in(world, replace(arrival, verdict=Verdict.OTHER_VISITOR))


def test_declining_needs_contact_and_reason_and_nobody_who_is_in(world: World) -> None:
    visit = _sign_in(world, PLUMBER)
    for contacted, reason, words in (
        ("", "x", "whom you spoke to"),
        ("MASH", " ", "whom you spoke to"),
        ("MASH", NUMBER, "certificate numbers"),
        ("MASH", "x", "signed in already"),
    ):
        with pytest.raises(RegisterError, match=words), world.register.write() as session:
            arrivals.decline(session, PLUMBER, contacted=contacted, reason=reason, by=world.dsl, at=NOW)
    with world.register.read() as session:
        assert front_desk.visit_of(session, visit.id) == visit


def test_the_day_of_a_visit_is_londons(world: World) -> None:
    # 23:30 UTC in July is half past midnight in London: the next day.
    worker = create_worker(world)
    world.clock.at = datetime(2026, 7, 6, 22, 30, tzinfo=UTC)
    first = create_visit(world, worker)
    world.clock.at = datetime(2026, 7, 6, 22, 59, tzinfo=UTC)
    assert create_visit(world, worker).id == first.id
    world.clock.at = datetime(2026, 7, 6, 23, 0, tzinfo=UTC)
    assert create_visit(world, worker).id != first.id
