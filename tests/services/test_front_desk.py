"""What the desk is told about a scan or a name: every row of the ladder, and whom to ring for it."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from tests.factories import (
    AUTHORITY,
    NOW,
    World,
    create_booking,
    create_chart,
    create_team,
    create_visit,
    create_worker,
)
from visitor_register.domain import codes
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown, NumberSource
from visitor_register.domain.events import (
    ChartAccepted,
    LetterFiled,
    NumberPublished,
    PersonLeftChart,
    PersonListed,
    PersonRecorded,
    PostListed,
    PostRemoved,
    SamePersonFound,
    SamePersonWithdrawn,
)
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import VisitorNotice
from visitor_register.domain.verification import Listing, Supervision, Verdict, Way
from visitor_register.persistence import journal
from visitor_register.services import arrivals, assurance, directory, front_desk, passes, policy
from visitor_register.services.front_desk import Finding


def _scan(world: World, code: str) -> Finding:
    with world.register.read() as session:
        return front_desk.look_up(session, code, at=world.clock())


def _choose(world: World, person: UUID | None, way: Way | None = None, code: str = "") -> Finding:
    with world.register.read() as session:
        return front_desk.look_at(session, person, at=world.clock(), way=way, code=code)


def _record(world: World, kind: PersonKind, name: str = "Petra Novak", organisation: str = "") -> UUID:
    person = uuid4()
    world.write((person, PersonRecorded(kind, name, organisation=organisation)))
    return person


def _leave(world: World, person: UUID) -> UUID:
    """A newer chart without this person and their post."""
    newer = uuid4()
    world.clock.move(minutes=1)
    with world.register.read() as session:
        posts = directory.posts_of(session, person)
    accepted = ChartAccepted(
        AUTHORITY, ("CIN",), "n.csv", "1" * 64, "csv", date(2026, 11, 20), date(2026, 11, 21), "x", 1, 1
    )
    world.write((newer, accepted), (person, PersonLeftChart(newer)), *((post.id, PostRemoved(newer)) for post in posts))
    return newer


# ---- the rows


def test_known_and_booked_is_green_with_everything_the_card_says(world: World) -> None:
    worker = create_worker(world)
    other = create_worker(world, "Tom Okafor", badge="H20")
    booking = create_booking(world, worker, other)
    create_visit(world, other, booking=booking)
    found = _scan(world, "H194359")
    assert found.verdict is Verdict.KNOWN
    assert (found.person and found.person.id, found.listing, found.code_read) == (worker, Listing.CURRENT, True)
    assert found.booking is not None
    assert (found.booking.id, found.booking_others, found.booking_here) == (booking, 1, 1)
    assert (found.title, found.manager and found.manager.name) == ("Social Worker", "Marcus Adeyemi")
    assert found.call_to == ()
    assert [duty.name for duty in found.duty] == ["Mrs Shah", "Mr Bello"]
    assert (found.proposal.here_to_see, found.proposal.place) == ("Mrs Shah", "Meeting room 2")
    assert (found.proposal.basis, found.proposal.supervision) == (Basis.PHOTO_BADGE, Supervision.UNESCORTED)


def test_known_and_not_booked_is_amber(world: World) -> None:
    create_worker(world)
    found = _scan(world, "H194359")
    assert (found.verdict, found.booking, found.proposal.supervision) == (
        Verdict.NOT_BOOKED,
        None,
        Supervision.ESCORTED,
    )


def test_already_here_wins_over_every_other_row_and_keeps_the_booking(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    visit = create_visit(world, worker, booking=booking)
    world.clock.move(minutes=1)
    for way in (None, *Way):
        found = _choose(world, worker, way)
        assert found.verdict is Verdict.ALREADY_HERE
        assert found.open_visit == visit
        assert found.booking is not None
        assert found.booking.id == booking
    assert _scan(world, "H194359").since_arrival == 60


def test_somebody_who_never_signed_out_yesterday_is_not_here_today(world: World) -> None:
    worker = create_worker(world)
    visit = create_visit(world, worker)
    world.clock.move(days=1)
    found = _scan(world, "H194359")
    assert (found.verdict, found.open_visit) == (Verdict.NOT_BOOKED, visit)


@pytest.mark.parametrize(
    ("way", "verdict"),
    [
        (Way.WAIT, Verdict.PLEASE_WAIT),
        (Way.POLICE, Verdict.POLICE),
        (Way.COUNCIL_BADGE, Verdict.NOT_ON_CHART),
        (Way.OTHER_SERVICE, Verdict.OTHER_SERVICE),
        (Way.NO_BADGE, Verdict.NOT_CONFIRMED),
        (Way.CANNOT_VOUCH, Verdict.NOT_CONFIRMED),
        (Way.OTHER_VISITOR, Verdict.OTHER_VISITOR),
        (None, Verdict.NEW_CODE),
    ],
)
def test_a_code_nobody_holds_leads_where_the_desk_says(world: World, way: Way | None, verdict: Verdict) -> None:
    found = _choose(world, None, way, code="X9999")
    assert (found.verdict, found.person, found.code_read) == (verdict, None, False)


@pytest.mark.parametrize(
    ("way", "verdict"),
    [
        (Way.WAIT, Verdict.PLEASE_WAIT),
        (Way.POLICE, Verdict.POLICE),
        (Way.NO_BADGE, Verdict.NO_BADGE),
        (Way.CANNOT_VOUCH, Verdict.NOT_CONFIRMED),
        (None, Verdict.KNOWN),
    ],
)
def test_booked_shows_on_every_row(world: World, way: Way | None, verdict: Verdict) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    found = _choose(world, worker, way)
    assert found.verdict is verdict
    assert found.booking is not None
    assert found.booking.id == booking


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (PersonKind.COUNCIL, Verdict.NOT_ON_CHART),
        (PersonKind.OTHER_SERVICE, Verdict.OTHER_SERVICE),
        (PersonKind.POLICE, Verdict.POLICE),
        (PersonKind.OTHER, Verdict.OTHER_VISITOR),
    ],
)
def test_somebody_written_down_before_is_judged_by_what_they_are(
    world: World, kind: PersonKind, verdict: Verdict
) -> None:
    assert _choose(world, _record(world, kind)).verdict is verdict


def test_a_withdrawn_code_is_a_check_and_booked_is_not_lost(world: World) -> None:
    worker = create_worker(world)
    create_booking(world, worker)
    with world.register.write() as session:
        directory.withdraw_code(session, worker, "H194359", "reported lost", by=world.reception, at=NOW)
    found = _scan(world, "H194359")
    assert (found.verdict, found.booking is not None) == (Verdict.BADGE_WITHDRAWN, True)
    assert [target.number for target in found.call_to] == ["020 7946 0112", "020 8901 2690"]
    assert _choose(world, worker).verdict is Verdict.KNOWN


def test_who_left_the_chart_is_vouched_for_by_the_present_manager_of_the_last_team(world: World) -> None:
    worker = create_worker(world)
    create_worker(world, "Tom Okafor", badge="H20")
    newer = _leave(world, worker)
    found = _scan(world, "H194359")
    assert (found.verdict, found.listing) == (Verdict.LEFT_THE_CHART, Listing.OLDER)
    assert found.left_chart is not None
    assert found.left_chart.id == newer
    assert found.manager is not None
    assert found.manager.name == "Marcus Adeyemi"
    assert found.call_to[0].source is NumberSource.CHART
    assert found.call_to[0].source_text == "chart of Fri 20/11/2026"


def test_when_the_team_is_gone_the_next_level_up_vouches(world: World) -> None:
    worker = create_worker(world)
    _leave(world, worker)
    newer = uuid4()
    world.write((world.teams["CIN Team 3"], PostRemoved(newer)))
    create_team(world, "CIN Team 4", "Grace Obi")
    found = _scan(world, "H194359")
    assert found.manager is not None
    assert found.manager.name == "Ines Whitcombe"
    # She has no number on the chart: the council's front door is rung.
    assert [target.whom for target in found.call_to] == ["MASH Golden Number"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("https://evil.example/x", "a link"), ("", "Nothing was read"), ("5012345678900", "barcode of a product")],
)
def test_what_is_no_badge_is_a_new_code_with_a_word_of_explanation(world: World, code: str, words: str) -> None:
    found = _scan(world, code)
    assert found.verdict is Verdict.NEW_CODE
    assert words in found.not_a_badge
    assert not found.code_read


# ---- codes


def test_a_new_code_is_provisional_until_a_call_back_confirms_it(world: World) -> None:
    worker = create_worker(world)
    arrival = Arrival(
        person=worker,
        code="Z777-1",
        bind_code=True,
        verdict=Verdict.NOT_BOOKED,
        shown=IdShown.HARROW_BADGE,
        expiry=Expiry.IN_DATE,
        compared=Compared.YES,
    )
    assert not _choose(world, worker, code="Z777-1").code_read
    with world.register.write() as session:
        visit = arrivals.sign_in(session, arrival, by=world.reception, at=NOW)
        assert not visit.code_read
    found = _scan(world, "Z777-1")
    assert (found.person and found.person.id, found.provisional_code, found.inexact_code) == (worker, True, False)
    assert _scan(world, "z777-1").inexact_code
    with world.register.write() as session:
        directory.confirm_code(session, worker, "Z777-1", by=world.dsl, at=NOW)
    assert not _scan(world, "Z777-1").provisional_code


def test_choosing_the_holder_of_a_scanned_code_by_name_keeps_what_the_scan_said(world: World) -> None:
    worker = create_worker(world)
    with world.register.write() as session:
        directory.bind_code(session, worker, "Z777-1", by=world.reception, at=NOW)
    found = _choose(world, worker, code="z777-1")
    assert (found.code_read, found.provisional_code, found.inexact_code) == (True, True, True)
    other = create_worker(world, "Tom Okafor", badge="H20")
    found = _choose(world, other, code="Z777-1")
    assert (found.code_read, found.provisional_code) == (False, False)


def test_a_code_that_two_people_hold_is_nobodys(world: World) -> None:
    for name, badge in (("Leila Haddad", "H1"), ("Tom Okafor", "H2")):
        worker = create_worker(world, name, badge=badge)
        with world.register.write() as session:
            directory.bind_code(session, worker, "SHARED1", by=world.reception, at=NOW)
    assert _scan(world, "SHARED1").verdict is Verdict.NEW_CODE


# ---- whom to ring


@pytest.mark.parametrize(
    ("at", "body", "number"),
    [
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "MASH Golden Number", "020 8901 2690"),
        (datetime(2026, 11, 24, 16, 59, tzinfo=UTC), "MASH Golden Number", "020 8901 2690"),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
        (datetime(2026, 7, 7, 8, 0, tzinfo=UTC), "MASH Golden Number", "020 8901 2690"),
        (datetime(2026, 7, 7, 16, 0, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
        (datetime(2026, 11, 21, 11, 0, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
        (datetime(2026, 12, 25, 11, 0, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
        (datetime(2026, 5, 4, 11, 0, tzinfo=UTC), "Emergency Duty Team", "020 8424 0999"),
    ],
)
def test_the_front_door_is_rung_in_its_hours_and_the_duty_team_at_all_others(
    world: World, at: datetime, body: str, number: str
) -> None:
    world.clock.at = at
    (target,) = _choose(world, None, Way.COUNCIL_BADGE).call_to
    assert (target.whom, target.number, target.source) == (body, number, NumberSource.PUBLISHED)
    assert target.unconfirmed
    assert "please confirm" in target.source_text


def test_a_number_somebody_here_looked_up_says_where_and_when(world: World) -> None:
    with world.register.write() as session:
        mash = next(number for number in assurance.numbers(session) if number.body == assurance.MASH)
        said = NumberPublished(assurance.MASH, "020 8901 2690", "", "harrow.gov.uk", date(2026, 11, 20))
        assurance.publish_number(session, said, by=world.dsl, at=NOW, of=mash.id)
    (target,) = _choose(world, None, Way.COUNCIL_BADGE).call_to
    assert not target.unconfirmed
    assert target.source_text == "published list (harrow.gov.uk), found Fri 20/11/2026"


def test_another_service_is_rung_on_its_own_published_number(world: World) -> None:
    guardian = _record(world, PersonKind.OTHER_SERVICE, organisation="Cafcass North London")
    said = NumberPublished("CAFCASS", "0300 456 4000", "", "cafcass.gov.uk", date(2026, 11, 20))
    with world.register.write() as session:
        assurance.publish_number(session, said, by=world.dsl, at=NOW, of=None)
    targets = _choose(world, guardian).call_to
    assert [target.whom for target in targets] == ["CAFCASS", "MASH Golden Number"]


def test_a_word_within_a_word_is_another_body(world: World) -> None:
    said = NumberPublished("Brent", "020 8937 1234", "", "brent.gov.uk", date(2026, 11, 20))
    with world.register.write() as session:
        assurance.publish_number(session, said, by=world.dsl, at=NOW, of=None)
        assert assurance.number_for(session, "Brentwood Council") is None
        assert assurance.number_for(session, "Brent Council") is not None
        assert assurance.number_for(session, "") is None


def test_a_letter_on_file_is_proposed_until_its_review_date(world: World) -> None:
    guardian = _record(world, PersonKind.OTHER_SERVICE, organisation="Brent Council")
    filed = LetterFiled("Brent", "Head of HR", date(2026, 1, 5), "all", date(2026, 11, 24), "folder")
    with world.register.write() as session:
        letter = assurance.file_letter(session, filed, by=world.dsl, at=NOW)
    assert _choose(world, guardian).proposal.basis is Basis.EMPLOYER_LETTER
    world.clock.move(days=1)
    assert _choose(world, guardian).proposal.basis is Basis.NOT_EVIDENCED
    world.clock.move(days=-1)
    with world.register.write() as session:
        assurance.replace_letter(session, letter, by=world.dsl, at=NOW)
    assert _choose(world, guardian).proposal.basis is Basis.NOT_EVIDENCED


def test_the_climb_goes_over_vacant_posts_and_says_so(world: World) -> None:
    create_chart(world)
    create_team(world, "CIN Team 3", manager="")
    create_worker(world)
    found = _choose(world, _scan(world, "H194359").person.id, Way.NO_BADGE)  # type: ignore[union-attr]
    assert found.manager is not None
    assert (found.manager.name, found.manager.vacant) == ("Ines Whitcombe", ("Team Manager, CIN Team 3",))


def test_nobody_vouches_for_themselves(world: World) -> None:
    worker = create_worker(world)
    team = world.teams["CIN Team 3"]
    acting = PostListed(
        world.chart, AUTHORITY, "TM", "Team Manager", "CIN Team 3", "CIN", "", "4", world.head_of_service, (worker,)
    )
    world.write((team, acting))
    found = _choose(world, worker, Way.NO_BADGE)
    assert found.manager is not None
    assert found.manager.name == "Ines Whitcombe"
    head = found.manager
    with world.register.read() as session:
        (chief,) = directory.search(session, head.name)
    alone = _choose(world, chief.id, Way.NO_BADGE)
    assert alone.manager is None
    assert [target.whom for target in alone.call_to] == ["MASH Golden Number"]


def test_a_job_share_is_rung_where_there_is_a_number(world: World) -> None:
    worker = create_worker(world)
    first, second = uuid4(), uuid4()
    shared = PostListed(
        world.chart,
        AUTHORITY,
        "TM",
        "Team Manager",
        "CIN Team 3",
        "CIN",
        "",
        "4",
        world.head_of_service,
        (first, second),
    )
    world.write(
        (first, PersonListed(world.chart, "Ann Able")),
        (second, PersonListed(world.chart, "Bea Best", mobile="07700 900456")),
        (world.teams["CIN Team 3"], shared),
    )
    found = _choose(world, worker, Way.NO_BADGE)
    assert found.call_to[0].whom == "Bea Best, Team Manager"
    assert found.call_to[0].number == "07700 900456"


def test_a_ring_of_managers_ends(world: World) -> None:
    worker = create_worker(world)
    team, other = world.teams["CIN Team 3"], uuid4()
    for place, above in ((team, other), (other, team)):
        world.write((place, PostListed(world.chart, AUTHORITY, "R", "Ring", "CIN Team 3", "CIN", reports_to=above)))
    assert _choose(world, worker, Way.NO_BADGE).manager is None


# ---- one human being


def test_two_records_of_one_human_being_are_read_as_one(world: World) -> None:
    by_hand = _record(world, PersonKind.COUNCIL, "Leila Hadad")
    with world.register.write() as session:
        directory.bind_code(session, by_hand, "Z777-1", by=world.reception, at=NOW)
    worker = create_worker(world)
    booking = create_booking(world, worker)
    assert _scan(world, "Z777-1").verdict is Verdict.NOT_ON_CHART
    same = uuid4()
    world.write((same, SamePersonFound(by_hand, worker)))
    found = _scan(world, "Z777-1")
    assert (found.verdict, found.person and found.person.id) == (Verdict.KNOWN, worker)
    assert found.booking is not None
    create_visit(world, worker, booking=booking)
    assert _choose(world, by_hand).verdict is Verdict.ALREADY_HERE
    world.write((same, SamePersonWithdrawn("two people")))
    assert _choose(world, by_hand).verdict is Verdict.NOT_ON_CHART


def test_joins_reach_through_a_third_record(world: World) -> None:
    one, two, three = (_record(world, PersonKind.OTHER, name) for name in ("A One", "B Two", "C Three"))
    world.write((uuid4(), SamePersonFound(one, two)), (uuid4(), SamePersonFound(three, two)))
    with world.register.read() as session:
        assert directory.aliases(session, one) == {one, two, three}
        assert directory.joined(session) == dict.fromkeys((one, two, three), frozenset({one, two, three}))


# ---- the rest of the card


def test_moving_team_is_one_line_and_no_check(world: World) -> None:
    worker = create_worker(world)
    visit = create_visit(world, worker)
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    assert _scan(world, "H194359").moved_to == ""
    world.clock.move(days=7)
    create_team(world, "CIN Team 4", "Grace Obi")
    listed = PersonListed(world.chart, "Leila Haddad", team="CIN Team 4", staff_number="H194359")
    world.write((worker, listed))
    found = _scan(world, "H194359")
    assert (found.verdict, found.moved_to) == (Verdict.NOT_BOOKED, "CIN Team 4")


def test_the_notice_is_due_until_it_was_read_and_again_when_it_changes(world: World) -> None:
    worker = create_worker(world)
    assert _scan(world, "H194359").notice_due
    arrival = Arrival(person=worker, verdict=Verdict.OTHER_VISITOR, notice_version=1)
    with world.register.write() as session:
        visit = arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    for _ in range(21):
        world.clock.move(minutes=10)
        with world.register.write() as session:
            visit = arrivals.sign_in(
                session, Arrival(person=worker, verdict=Verdict.OTHER_VISITOR), by=world.reception, at=world.clock()
            )
            arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    assert not _scan(world, "H194359").notice_due
    with world.register.write() as session:
        policy.change(session, VisitorNotice(version=2, text="New"), by=world.dsl, at=NOW)
    assert _scan(world, "H194359").notice_due


def test_a_declined_visit_is_no_visit_and_does_not_use_the_booking(world: World) -> None:
    worker = create_worker(world)
    create_booking(world, worker)
    with world.register.write() as session:
        arrivals.decline(
            session,
            Arrival(person=worker, verdict=Verdict.PLEASE_WAIT),
            contacted="MASH",
            reason="photo of somebody else",
            by=world.dsl,
            at=NOW,
        )
    found = _scan(world, "H194359")
    assert (found.verdict, found.last_visit_at) == (Verdict.KNOWN, None)


def test_a_look_takes_few_questions_of_the_file(world: World) -> None:
    from sqlalchemy import event

    worker = create_worker(world)
    create_booking(world, worker)
    create_visit(world, worker)
    asked: list[str] = []
    event.listen(
        world.register.desk._engine, "before_cursor_execute", lambda *arguments: asked.append(str(arguments[2]))
    )
    _scan(world, "H194359")
    assert len(asked) <= 25


def test_a_visitor_who_gave_a_name_is_found_again(world: World) -> None:
    arrival = Arrival(visitor=NewVisitor(PersonKind.OTHER, " Petra  Novak "), verdict=Verdict.OTHER_VISITOR)
    with world.register.write() as session:
        visit = arrivals.sign_in(session, arrival, by=world.reception, at=NOW)
        assert directory.get(session, visit.person) is not None
        assert journal.entries_of(session, visit.person)
    assert _choose(world, visit.person).verdict is Verdict.ALREADY_HERE


def _pass_of(world: World, booking: UUID, person: UUID) -> str:
    with world.register.write() as session:
        return passes.for_booking(session, booking, person, by=world.reception, at=world.clock()).code


def test_a_pass_leads_to_its_visitor_and_is_nobodys_badge(world: World) -> None:
    worker = create_worker(world)
    code = _pass_of(world, create_booking(world, worker), worker)
    found = _scan(world, code.lower())
    assert (found.verdict, found.person and found.person.id) == (Verdict.KNOWN, worker)
    assert (found.pass_code, found.pass_words, found.code, found.code_read) == (code, "", "", False)


def test_a_pass_is_scanned_to_leave(world: World) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    code = _pass_of(world, booking, worker)
    visit = create_visit(world, worker, booking=booking)
    world.clock.move(minutes=30)
    found = _scan(world, code)
    assert (found.verdict, found.open_visit and found.open_visit.id) == (Verdict.ALREADY_HERE, visit.id)


def test_a_pass_of_another_day_or_of_nobody_says_so(world: World) -> None:
    worker = create_worker(world)
    code = _pass_of(world, create_booking(world, worker, minutes=24 * 60), worker)
    found = _scan(world, code)
    assert (found.verdict, found.pass_words) == (
        Verdict.NOT_BOOKED,
        "This pass is for Wed 25/11/2026, tomorrow.",
    )
    other = codes.new_pass_code(lambda signs: signs[7])
    found = _scan(world, other)
    assert (found.verdict, found.not_a_badge) == (Verdict.NEW_CODE, "This pass was not made here.")
