"""Every clause has a check of what the register does for it, and no check passes when its service does nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import ModuleType
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, PASSWORD, World, create_booking, create_team, create_visit, create_worker
from tests.sample_charts import AUTHORITY
from tests.services.chart_office import FIRST, SECOND, Office
from visitor_register.domain import clauses, mails
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown
from visitor_register.domain.calendar import at_london
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Courtesy, Direction, Owes, Rung, Shared
from visitor_register.domain.events import (
    CourtesyNoted,
    Discussed,
    InformationShared,
    Left,
    PersonListed,
    ReasonRecorded,
)
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.people import PersonKind
from visitor_register.domain.report import Facts, Span
from visitor_register.domain.retention import Sorted
from visitor_register.domain.verification import Supervision, Verdict, Way
from visitor_register.domain.visits import CameAbout, ToldBy, VisitState
from visitor_register.errors import RegisterError
from visitor_register.files import mail_eml
from visitor_register.persistence import journal, rows
from visitor_register.resources_path import resource
from visitor_register.services import (
    arrivals,
    bookings,
    chart_age,
    chart_ask,
    chart_import,
    clocks,
    contacts,
    directory,
    front_desk,
    ladder,
    letters_sent,
    notice,
    protocol_report,
    retention,
    retention_dsl,
    retention_due,
    said_at_desk,
    sealed,
    subject_copy,
    timeline,
    working_days,
    writing,
)
from visitor_register.services.bookings import BookingForm
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_lines import Kind
from visitor_register.services.clocks import ClockLine
from visitor_register.services.contacts import ContactForm
from visitor_register.services.letters_sent import Sent
from visitor_register.services.notice import Foresight, Notice
from visitor_register.services.retention import Done
from visitor_register.services.subject_copy_told import as_json

CHILD = "C-0417"
MANAGER = "marcus@harrow-lbc.example"

T = TypeVar("T")


# ---- short ways to read and write


def london(text: str) -> datetime:
    """A moment by London's clock."""
    said = datetime.fromisoformat(text)
    return at_london(said.date(), said.time())


def in_dsl_file(world: World, job: Callable[[Session], T]) -> T:
    with world.register.dsl_file().write() as session:
        return job(session)


def at_desk(world: World, job: Callable[[Session], T]) -> T:
    with world.register.write() as session:
        return job(session)


def line(world: World, at: datetime) -> ClockLine:
    """The one deadline there is, as it stands then."""
    found = in_dsl_file(world, lambda s: clocks.owed(s, by=world.dsl, at=at))
    lines = at_desk(world, lambda s: clocks.judge(s, found, at=at))
    assert len(lines) == 1
    return lines[0]


def is_refused(job: Callable[[], object]) -> bool:
    """Whether it says in a sentence why it does not do that."""
    try:
        job()
    except RegisterError as error:
        return bool(str(error))
    return False


def asked(world: World, worker: UUID, sent: str, *, forwarded: bool = False) -> None:
    """An e-mail of ours that asks for a reply."""
    email, to = ContactKind.EMAIL, Direction.SENT
    form = ContactForm(email, to, worker, london(sent), "Who attends?", CHILD, asks_reply=True, forwarded=forwarded)
    in_dsl_file(world, lambda s: contacts.log(s, form, by=world.dsl, at=world.clock()))


def answered(world: World, person: UUID, at: str, *, automatic: bool = False) -> None:
    """A message of theirs that answers the one deadline there is."""
    form = ContactForm(ContactKind.EMAIL, Direction.RECEIVED, person, london(at), "I do", CHILD, automatic=automatic)
    owed = line(world, london(at)).assessed
    in_dsl_file(world, lambda s: contacts.log(s, form, answers=owed, by=world.dsl, at=world.clock()))


def arrival(worker: UUID, **said: object) -> Arrival:
    """Somebody with a Harrow badge in date, face and photo compared."""
    shown = {"shown": IdShown.HARROW_BADGE, "expiry": Expiry.IN_DATE, "compared": Compared.YES}
    more = {"basis": Basis.PHOTO_BADGE, "supervision": Supervision.UNESCORTED, "here_to_see": "Mrs Shah"}
    return Arrival(person=worker, **{**shown, **more, **said})  # type: ignore[arg-type]


def told(world: World, asked_for: timeline.Asked) -> list[str]:
    """What stands in a timeline, by the kinds of what was written."""
    named = in_dsl_file(world, lambda s: timeline.begin(s, asked_for, by=world.dsl))
    desk = at_desk(world, lambda s: timeline.at_the_desk(s, asked_for, named, by=world.dsl))
    found = in_dsl_file(world, lambda s: timeline.in_the_dsl_file(s, asked_for, desk, by=world.dsl))
    return [type(one.event).__name__ for one in found.happenings]


# ---- what the register does for each clause


def p1(world: World) -> None:
    alone, together = uuid4(), uuid4()
    without_school = Discussed(True, "", "a place in January")
    with_school = Discussed(True, "Mrs Shah", "")
    by, at = world.dsl, world.clock()
    in_dsl_file(world, lambda s: contacts.discuss(s, alone, without_school, by=by, at=at))
    in_dsl_file(world, lambda s: contacts.discuss(s, together, with_school, by=by, at=at))
    found = in_dsl_file(world, lambda s: contacts.to_follow_up(s, by=by))
    assert [(one.about, one.commitments) for one in found] == [(alone, "a place in January")]
    assert is_refused(lambda: in_dsl_file(world, lambda s: contacts.follow_up(s, alone, " ", by=by, at=at)))
    in_dsl_file(world, lambda s: contacts.follow_up(s, alone, "rang the worker", by=by, at=at))
    assert in_dsl_file(world, lambda s: contacts.to_follow_up(s, by=by)) == []


def p2(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    world.clock.at = london("2026-12-01T10:00")
    at, nobody_knows = world.clock(), AllocationKnown.UNKNOWN
    first = in_dsl_file(world, lambda s: contacts.allocate(s, worker, CHILD, on=None, known=nobody_knows, by=by, at=at))
    assert line(world, at).assessed.state is State.NOT_ASSESSABLE, "never late"
    known, on = AllocationKnown.TOLD_BY_LA, date(2026, 11, 20)
    in_dsl_file(
        world, lambda s: contacts.allocate(s, worker, CHILD, on=on, known=known, correcting=first, by=by, at=at)
    )
    owed = line(world, london("2026-11-27T23:59")).assessed
    assert (owed.due_on, owed.state, owed.clock.known) == (date(2026, 11, 27), State.DUE_SOON, known)
    assert line(world, at).assessed.state is State.OVERDUE
    answered(world, worker, "2026-11-27T23:59")
    done = line(world, at).assessed
    assert (done.state, done.due_on, done.clock.stopped_by) == (State.MET, date(2026, 11, 27), worker)


def p3(world: World) -> None:
    office = Office(world)
    reading = office.reads(FIRST)
    previewed = at_desk(world, lambda s: chart_import.preview(s, reading, authority=AUTHORITY))
    assert len(previewed.lines) >= 135
    version = office.accepts(reading, issued=date(2026, 10, 5))
    age = at_desk(world, lambda s: chart_age.read(s, world.clock()))
    assert age is not None
    assert (age.chart.id, age.days, age.old, age.very_old) == (version, 50, True, False)
    assert (age.chart.from_whom, age.chart.accepted_by) == ("business support", world.dsl.id)
    wanted = at_desk(world, lambda s: chart_ask.compose(s, operator="N. Shah", at=world.clock()))
    assert wanted is not None
    assert "Mon 05/10/2026" in wanted.text
    newer = at_desk(world, lambda s: chart_import.preview(s, office.reads(SECOND), authority=AUTHORITY))
    assert {Kind.JOINED, Kind.LEFT, Kind.MOVED, Kind.MANAGER} <= {change.kind for change in newer.lines}


def p4(world: World) -> None:
    create_team(world, email=MANAGER)
    create_team(world, "MASH", manager="")
    by, at = world.dsl, world.clock()
    worker, other = create_worker(world), create_worker(world, "Tom Okafor", badge="H20", team="MASH")
    letter = at_desk(world, lambda s: writing.write(s, LetterKind.FRESH, worker, child_reference=CHILD, by=by, at=at))
    assert letter is not None
    assert (letter.to, letter.cc) == ("h194359@harrow-lbc.example", MANAGER)
    nobody = at_desk(world, lambda s: writing.write(s, LetterKind.FRESH, other, by=by, at=at))
    assert nobody.cc == ""
    assert any("nobody is copied in" in words for words in nobody.warnings)
    (head,) = at_desk(world, lambda s: directory.search(s, "Ines"))
    world.write((head.id, PersonListed(world.chart, head.name, organisation=AUTHORITY, email="ines@h.example")))
    above = at_desk(world, lambda s: writing.write(s, LetterKind.FRESH, other, by=by, at=at))
    assert above.cc == "ines@h.example"
    assert above.warnings == ("Vacant: Team Manager, MASH. Ines Whitcombe is copied in instead.",)
    sent = Sent(uuid4(), worker, "About Friday", CHILD, manager_copied=True)
    in_dsl_file(world, lambda s: letters_sent.record(s, sent, by=by, at=at))
    (logged,) = in_dsl_file(world, lambda s: contacts.newest(s, by=by)).contacts or [None]
    assert logged is not None
    assert (logged.person, logged.at, logged.manager_copied) == (worker, at, True)
    assert logged.child_reference == CHILD


def p5(world: World) -> None:
    create_team(world, email=MANAGER)
    worker = create_worker(world)
    world.clock.at = london("2026-11-25T10:00")
    asked(world, worker, "2026-11-20T16:00")
    owed = line(world, london("2026-11-24T15:00")).assessed
    assert (owed.due_at, owed.state) == (london("2026-11-24T16:00"), State.DUE_SOON)
    assert "Sun 22" in owed.also, "both readings are shown"
    answered(world, worker, "2026-11-20T16:01", automatic=True)
    assert line(world, world.clock()).assessed.state is State.OVERDUE, "a machine's answer stops nothing"
    manager = at_desk(world, lambda s: ladder.places(s, worker))[1].person
    assert manager is not None
    answered(world, manager.id, "2026-11-24T16:00")
    done = line(world, world.clock()).assessed
    assert (done.state, done.clock.stopped_by) == (State.MET, manager.id), "exactly then is in time"


def p6(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    asked(world, worker, "2026-11-17T10:00")
    owed = line(world, NOW).assessed
    rungs = at_desk(world, lambda s: ladder.places(s, worker))
    calendar = at_desk(world, lambda s: working_days.read(s, NOW.date())).calendar
    first = ladder.next_step(rungs, (), owed, calendar, NOW.date())
    assert first is not None
    assert first.place.person is not None
    assert (first.place.rung, first.offered) == (Rung.MANAGER, True)
    top = ladder.offer(rungs[-1], owed, calendar, NOW.date())
    assert top is not None
    assert (top.place.rung, top.offered_on, top.offered) == (Rung.HEAD_OF_SERVICE, date(2026, 11, 26), False)
    step = Sent(uuid4(), first.place.person.id, "No answer", CHILD, escalates=owed.clock.id, rung=Rung.MANAGER)
    in_dsl_file(world, lambda s: letters_sent.record(s, step, by=by, at=NOW))
    in_dsl_file(world, lambda s: clocks.end_escalation(s, owed.clock.id, "Answered by telephone", by=by, at=NOW))
    taken = in_dsl_file(world, lambda s: clocks.escalation_of(s, owed.clock.id, by=by))
    assert [(one.rung, one.reason) for one in taken.steps] == [(Rung.MANAGER, "No answer")]
    assert taken.ended is not None
    assert taken.ended.outcome == "Answered by telephone"
    assert {"ContactLogged", "Escalated"} <= set(told(world, timeline.Asked(clock=owed.clock.id)))


def p7(world: World) -> None:
    worker = create_worker(world)
    ours = CourtesyNoted(worker, NOW, False, "We hung up.", manager_first=True)
    theirs = CourtesyNoted(worker, NOW, True, "Raised her voice.", manager_first=False)
    in_dsl_file(world, lambda s: contacts.note_courtesy(s, ours, by=world.dsl, at=NOW))
    in_dsl_file(world, lambda s: contacts.note_courtesy(s, theirs, by=world.dsl, at=NOW))
    assert is_refused(
        lambda: in_dsl_file(world, lambda s: contacts.note_courtesy(s, ours, by=world.reception, at=NOW))
    ), "restricted"
    found = in_dsl_file(world, lambda s: rows.select_all(s, Courtesy))
    assert {(one.by_authority, one.note, one.manager_first) for one in found} == {
        (False, "We hung up.", True),
        (True, "Raised her voice.", False),
    }
    assert "CourtesyNoted" not in told(world, timeline.Asked(person=worker))


def copied(world: World, worker: UUID) -> tuple[set[str], str]:
    """A copy of what is held about somebody: the kinds of what was written, and all of it as text."""
    desk = at_desk(world, lambda s: subject_copy.at_the_desk(s, worker, by=world.dsl))
    dsl = in_dsl_file(world, lambda s: subject_copy.in_the_dsl_file(s, desk, by=world.dsl))
    at_desk(world, lambda s: subject_copy.log(s, worker, subject_copy.FORMATS, by=world.dsl, at=NOW))
    copy = subject_copy.join(desk, dsl, at=NOW)
    return {type(one.said).__name__ for one in copy.lines}, as_json(copy).decode()


def erase_what_is_due(world: World, at: datetime) -> set[UUID]:
    """Erase all that was kept long enough, in both files; returns what the DSL's file still says something about."""
    by, ring = world.dsl, world.register.keyring
    desk = at_desk(world, lambda s: retention_due.at_the_desk(s, by=by, at=at))
    dsl = in_dsl_file(world, lambda s: retention_dsl.of_the_dsl(s, desk.rules, by=by))
    due = [one.key for one in retention.look(desk, dsl, at).due]
    job = partial(retention.erase, chosen=due, dsl=dsl, keyring=ring, own_password=PASSWORD, by=by, at=at)
    done = at_desk(world, job)
    in_dsl_file(world, lambda s: retention.erase_in_dsl(s, due, done, desk, dsl, by=by, at=at))
    return {*in_dsl_file(world, lambda s: retention_dsl.of_the_dsl(s, desk.rules, by=by)).about}


def p8_copy_and_erasing(world: World, worker: UUID) -> None:
    """Whoever asks gets a copy without the child's reference; what was kept long enough goes for good."""
    visit = create_visit(world, worker).id
    world.write((visit, Left(NOW, ToldBy.DESK)))
    reason = ReasonRecorded("cin_visit", child_reference=CHILD)
    in_dsl_file(world, lambda s: journal.append(s, visit, reason, by=world.dsl, at=NOW))
    kinds, text = copied(world, worker)
    assert {"PersonListed", "Arrived", "ContactLogged", "ReasonRecorded"} <= kinds
    assert CHILD not in text
    assert "DataCopied" in copied(world, worker)[0], "that it was made is written down"
    for_reception = (
        lambda: at_desk(world, lambda s: subject_copy.at_the_desk(s, worker, by=world.reception)),
        lambda: at_desk(world, lambda s: retention_due.at_the_desk(s, by=world.reception, at=NOW)),
    )
    assert [is_refused(job) for job in for_reception] == [True] * 2
    assert visit in erase_what_is_due(world, london("2033-08-31T10:00")), "not a day too early"
    assert visit not in erase_what_is_due(world, london("2033-09-01T10:00"))
    assert {"Arrived", "ReasonRecorded"}.isdisjoint(copied(world, worker)[0])


def p8(world: World) -> None:
    worker = create_worker(world)
    asked(world, worker, "2026-11-20T16:00")
    (logged,) = in_dsl_file(world, lambda s: contacts.newest(s, by=world.dsl)).contacts
    assert logged.written_by == world.dsl.id, "who wrote it"
    seen_by_reception = (
        lambda: in_dsl_file(world, lambda s: contacts.newest(s, by=world.reception)),
        lambda: in_dsl_file(world, lambda s: clocks.owed(s, by=world.reception, at=NOW)),
        lambda: at_desk(world, lambda s: writing.write(s, LetterKind.FRESH, worker, by=world.reception, at=NOW)),
        lambda: in_dsl_file(world, lambda s: timeline.begin(s, timeline.Asked(person=worker), by=world.reception)),
    )
    assert [is_refused(job) for job in seen_by_reception] == [True] * 4
    p8_copy_and_erasing(world, worker)
    world.register.shut_dsl()
    assert is_refused(lambda: world.register.dsl_file()), "the file itself is shut"


def p9(world: World) -> None:
    worker = create_worker(world)
    asked(world, worker, "2026-11-20T16:00", forwarded=True)
    logged = in_dsl_file(world, lambda s: contacts.newest(s, by=world.dsl)).contacts
    assert [one.forwarded for one in logged] == [True], "the forward is pointed out"
    head = b"From: Leila Haddad <h194359@harrow-lbc.example>\nTo: dsl@elmbrook.example\n"
    chain = mail_eml.parse(head + b"Subject: FW: Friday\n\n----- Forwarded message -----\nOld words\n")
    fresh = mail_eml.parse(head + b"Subject: Friday\n\nI shall come.\n")
    assert (chain.forwarded, fresh.forwarded) == (True, False)
    letter = at_desk(world, lambda s: writing.write(s, LetterKind.FRESH, worker, by=world.dsl, at=NOW))
    assert letter is not None
    assert "Who attends?" not in letter.text, "no older message hangs under a new one"
    assert "forward" not in {kind.value for kind in LetterKind}


def p10(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    world.clock.at = at = london("2026-12-30T10:00")
    asked_at = london("2026-12-24T10:00")
    for urgent, due in ((False, london("2026-12-29T10:00")), (True, london("2026-12-25T10:00"))):
        with world.register.dsl_file().write() as session:
            contacts.ask(session, direction=Direction.RECEIVED, person=worker, asked_at=asked_at, topic="Attendance",
                         urgent=urgent, by=by, at=at)  # fmt: skip
        owed = line(world, at).assessed
        assert (owed.due_at, owed.state, owed.clock.owes) == (due, State.OVERDUE, Owes.SCHOOL)
        with world.register.dsl_file().write() as session:
            clocks.stop(session, owed, done_at=due, person=None, by=by, at=at)
        assert line(world, at).assessed.state is State.MET
        with world.register.dsl_file().write() as session:
            clocks.reopen(session, owed.clock.id, "Sent to somebody else", by=by, at=at)
            clocks.withdraw(session, owed.clock.id, "Asked of another school", by=by, at=at)


def p11(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    form = BookingForm((worker,), london("2026-12-02T10:00"), notified_at=london("2026-11-26T09:00"))
    foreseen = at_desk(world, lambda s: notice.foresee(s, form)).notice
    assert (foreseen.short, foreseen.working_days) == (True, 4)
    assert "short notice" in foreseen.title
    booked = at_desk(world, lambda s: bookings.book(s, form, by=by, at=world.clock()))
    assert booked is not None, "short notice never blocks"
    reason = ReasonRecorded("strategy_discussion", exceptional="s47", child_reference=CHILD)
    in_dsl_file(world, lambda s: sealed.record_reason(s, booked, reason, by=by, at=world.clock()))
    span = Span(date(2026, 12, 1), date(2026, 12, 18))
    owed = in_dsl_file(world, lambda s: protocol_report.owed_in(s, span, by=by))
    facts = at_desk(world, lambda s: protocol_report.seen_in(s, span, owed, at=world.clock()))
    facts = in_dsl_file(world, lambda s: protocol_report.with_reasons(s, facts, by=by))
    assert [(one.id, one.short, one.reason) for one in facts.bookings] == [(booked, True, "s47")]


def p12(world: World) -> None:
    worker, other = create_worker(world), create_worker(world, "Tom Okafor", badge="H20")
    booking = create_booking(world, worker)
    kept = at_desk(world, lambda s: bookings.get(s, booking)) if booking is not None else None
    assert kept is not None
    assert (kept.booking.booked_by, kept.booking.booked_at) == (world.dsl.id, world.clock())
    found = at_desk(world, lambda s: front_desk.look_up(s, "H194359", at=world.clock()))
    assert found is not None
    assert found.booking is not None
    assert (found.booking.id, found.verdict) == (booking, Verdict.KNOWN)
    walks_in = at_desk(world, lambda s: front_desk.look_up(s, "H20", at=world.clock()))
    assert (walks_in.booking, walks_in.verdict) == (None, Verdict.NOT_BOOKED)
    comes = arrival(other, verdict=walks_in.verdict, came_about=CameAbout.URGENT)
    visit = at_desk(world, lambda s: arrivals.sign_in(s, comes, by=world.reception, at=world.clock()))
    assert visit is not None
    assert (visit.state, visit.booking, visit.came_about) == (VisitState.ON_SITE, None, CameAbout.URGENT)
    job = partial(arrivals.decline, contacted="Marcus Adeyemi", reason="asked to", by=world.reception, at=world.clock())
    assert is_refused(lambda: at_desk(world, lambda s: job(s, arrival(worker)))), "reception keeps nobody out"


def p13(world: World) -> None:
    worker = create_worker(world)
    found = at_desk(world, lambda s: front_desk.look_up(s, "H194359", at=world.clock()))
    assert found is not None
    assert found.proposal.basis is Basis.PHOTO_BADGE
    elsewhere = NewVisitor(PersonKind.OTHER_SERVICE, "Gareth Pym", "Brent")
    way = at_desk(world, lambda s: front_desk.look_at(s, None, at=world.clock(), way=Way.OTHER_SERVICE))
    assert way.proposal.basis is not Basis.PHOTO_BADGE, "accepted under the protocol only with a Harrow photo badge"
    visit = at_desk(world, lambda s: arrivals.sign_in(s, arrival(worker), by=world.reception, at=world.clock()))
    assert visit is not None
    assert (visit.id_shown, visit.expiry, visit.compared) == (IdShown.HARROW_BADGE, Expiry.IN_DATE, Compared.YES)
    assert (visit.basis, visit.recorded_by, visit.recorded_at) == (Basis.PHOTO_BADGE, world.reception.id, NOW)
    number = Arrival(visitor=elsewhere, basis=Basis.EMPLOYER_PHONE, basis_note="001234567890")
    assert is_refused(
        lambda: at_desk(world, lambda s: arrivals.sign_in(s, number, by=world.reception, at=world.clock()))
    ), "never a certificate number"


def kcsie(world: World) -> None:
    worker, by = create_worker(world), world.dsl
    shared = InformationShared(worker, NOW, True, "attendance", "", CHILD)
    withheld = InformationShared(worker, NOW, False, "the new address", "risk to the mother", CHILD)
    unsaid = InformationShared(worker, NOW, False, "the new address", " ", CHILD)
    in_dsl_file(world, lambda s: contacts.share(s, shared, by=by, at=NOW))
    in_dsl_file(world, lambda s: contacts.share(s, withheld, by=by, at=NOW))
    assert is_refused(lambda: in_dsl_file(world, lambda s: contacts.share(s, unsaid, by=by, at=NOW)))
    found = in_dsl_file(world, lambda s: rows.select_all(s, Shared))
    assert {(one.shared, one.person, one.why) for one in found} == {
        (True, worker, ""),
        (False, worker, "risk to the mother"),
    }
    assert told(world, timeline.Asked(child_reference=CHILD)).count("InformationShared") == 2


# ---- each of them


def test_p1_education_discussed_without_the_school_is_followed_up(world: World) -> None:
    p1(world)


def test_p2_first_contact_is_due_five_working_days_after_the_allocation(world: World) -> None:
    p2(world)


def test_p3_a_chart_is_kept_with_where_it_is_from_grows_old_and_is_asked_for(world: World) -> None:
    p3(world)


def test_p4_managers_are_copied_in_from_the_chart_of_the_day(world: World) -> None:
    p4(world)


def test_p5_the_reply_of_worker_or_manager_stops_the_clock_and_a_machines_does_not(world: World) -> None:
    p5(world)


def test_p6_the_ladder_leads_to_the_head_of_service(world: World) -> None:
    p6(world)


def test_p7_notes_on_courtesy_go_both_ways_and_are_restricted(world: World) -> None:
    p7(world)


def test_p8_reception_sees_nothing_of_the_dsls_file_and_what_is_held_is_copied_out_and_erased(world: World) -> None:
    p8(world)


def test_p9_messages_start_fresh_and_a_forwarded_chain_is_pointed_out(world: World) -> None:
    p9(world)


def test_p10_requests_are_due_within_a_working_day_and_urgent_ones_within_24_hours(world: World) -> None:
    p10(world)


def test_p11_short_notice_is_counted_marked_and_reported_and_never_blocks(world: World) -> None:
    p11(world)


def test_p12_a_booking_is_found_and_who_comes_without_one_is_let_in(world: World) -> None:
    p12(world)


def test_p13_identity_is_compared_by_a_person_and_only_a_harrow_badge_counts_under_the_protocol(world: World) -> None:
    p13(world)


def test_kcsie_what_is_shared_or_withheld_is_kept_and_withholding_needs_a_reason(world: World) -> None:
    kcsie(world)


# ---- each rests on a service


@dataclass(frozen=True, slots=True)
class Rest:
    """A function that a clause rests on; `nothing` is what one that does nothing would return."""

    clause: str
    module: ModuleType
    function: str
    nothing: object = None

    @property
    def name(self) -> str:
        return f"{self.clause}-{self.module.__name__.rpartition('.')[2]}.{self.function}"


CHECKS: Mapping[str, Callable[[World], None]] = {
    **{f"P{number}": check for number, check in enumerate((p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13), 1)},
    "KCSIE": kcsie,
}
NOTHING_TO_SEE = ImportPreview(None, 0, 0, 0, 0, (), (), (), (), (), (), (), partial=False)
NOTHING_SAID = Foresight(Notice(None))
NOTHING_HAPPENED = Facts(Span(date(2026, 12, 1), date(2026, 12, 18)), NOW)
RESTS = (
    Rest("P1", contacts, "discuss"),
    Rest("P1", contacts, "to_follow_up", []),
    Rest("P1", contacts, "follow_up"),
    Rest("P2", contacts, "allocate"),
    Rest("P2", clocks, "judge", []),
    Rest("P2", clocks, "stop"),
    Rest("P3", chart_import, "accept"),
    Rest("P3", chart_import, "preview", NOTHING_TO_SEE),
    Rest("P3", chart_age, "read"),
    Rest("P3", chart_ask, "compose"),
    Rest("P4", writing, "write"),
    Rest("P4", letters_sent, "record"),
    Rest("P5", contacts, "log"),
    Rest("P5", clocks, "stop"),
    Rest("P6", ladder, "next_step"),
    Rest("P6", ladder, "offer"),
    Rest("P6", letters_sent, "record"),
    Rest("P6", clocks, "escalate"),
    Rest("P6", clocks, "end_escalation"),
    Rest("P6", timeline, "in_the_dsl_file", timeline.DslPart((), {})),
    Rest("P7", contacts, "note_courtesy"),
    Rest("P7", contacts, "require"),
    Rest("P8", contacts, "require"),
    Rest("P8", clocks, "require"),
    Rest("P8", writing, "require"),
    Rest("P8", timeline, "require"),
    Rest("P8", subject_copy, "require"),
    Rest("P8", subject_copy, "at_the_desk", subject_copy.DeskPart("", frozenset(), frozenset(), (), {})),
    Rest("P8", subject_copy, "in_the_dsl_file", ()),
    Rest("P8", subject_copy, "log"),
    Rest("P8", retention_due, "require"),
    Rest("P8", retention, "look", Sorted()),
    Rest("P8", retention, "erase", Done()),
    Rest("P8", retention, "erase_in_dsl", ()),
    Rest("P9", contacts, "log"),
    Rest("P9", mails, "is_forward", False),
    Rest("P9", writing, "write"),
    Rest("P10", contacts, "ask"),
    Rest("P10", clocks, "stop"),
    Rest("P11", notice, "foresee", NOTHING_SAID),
    Rest("P11", bookings, "book"),
    Rest("P11", sealed, "record_reason"),
    Rest("P11", protocol_report, "with_reasons", NOTHING_HAPPENED),
    Rest("P12", bookings, "book"),
    Rest("P12", front_desk, "look_up"),
    Rest("P12", arrivals, "sign_in"),
    Rest("P12", arrivals, "require"),
    Rest("P13", front_desk, "look_up"),
    Rest("P13", front_desk, "propose_basis"),
    Rest("P13", arrivals, "sign_in"),
    Rest("P13", said_at_desk, "refuse_certificate_number"),
    Rest("KCSIE", contacts, "share"),
    Rest("KCSIE", timeline, "in_the_dsl_file", timeline.DslPart((), {})),
)


def test_every_clause_of_the_table_has_a_check_and_rests_on_a_service() -> None:
    named = [clause.name for clause in clauses.CLAUSES]
    assert named == [*(f"P{number}" for number in range(1, 14)), "KCSIE"]
    assert list(CHECKS) == named
    assert list(dict.fromkeys(rest.clause for rest in RESTS)) == named


@pytest.mark.parametrize("rest", RESTS, ids=lambda rest: rest.name)
def test_no_check_passes_when_its_service_does_nothing(
    world: World, rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def does_nothing(*_: object, **__: object) -> object:
        return rest.nothing

    monkeypatch.setattr(rest.module, rest.function, does_nothing)
    with pytest.raises(AssertionError):
        CHECKS[rest.clause](world)


# ---- the table in the guide


def test_the_table_of_the_guide_is_what_is_generated() -> None:
    page = resource("help/protocol.md").read_text("utf-8")
    on_page = [row for row in page.splitlines() if row.startswith("|")]
    assert on_page == clauses.as_table().splitlines()
    assert clauses.as_table() in page, "one table, in one piece"
    assert all(resource(f"help/{page.value}.md").is_file() for page in clauses.Page)
    used = {place.page for clause in clauses.CLAUSES for place in clause.where}
    assert used == set(clauses.Page)
