"""Messages to the authority, whom the ladder offers next, and what is written down of both."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import AUTHORITY, NOW, World, create_chart, create_team, create_worker
from visitor_register.domain.calendar import WorkingCalendar
from visitor_register.domain.clocks import assess
from visitor_register.domain.contacts import AllocationKnown, Clock, ClockKind, EscalationStep, Owes, Rung
from visitor_register.domain.deadlines import DEFAULT_RULES
from visitor_register.domain.events import PersonListed
from visitor_register.domain.letters import LetterKind, LetterText, fill_body, fill_in, stands_in
from visitor_register.domain.policy import Letters
from visitor_register.errors import NotAllowedError, RegisterError
from visitor_register.files import bank_holidays
from visitor_register.persistence import journal
from visitor_register.services import clocks, contacts, directory, ladder, letter_words, letters_sent, policy, writing
from visitor_register.services.letters_sent import Sent

CALENDAR = WorkingCalendar(bank_holidays.england(range(2025, 2028)))


def reply_clock(worker: UUID, about: str = "Who attends?") -> Clock:
    return Clock(uuid4(), ClockKind.REPLY, Owes.AUTHORITY, worker, "C-0417", about, NOW, NOW)


def allocation(worker: UUID) -> Clock:
    asked, told = NOW - timedelta(days=14), AllocationKnown.TOLD_BY_LA
    return Clock(uuid4(), ClockKind.FIRST_CONTACT, Owes.AUTHORITY, worker, "C-1", "", asked, asked, known=told)


def test_a_chase_goes_to_the_worker_with_the_manager_copied_and_names_no_child_in_its_subject(world: World) -> None:
    create_team(world, email="marcus@harrow-lbc.example")
    worker = create_worker(world)
    said = assess(reply_clock(worker, "{due} Who attends?"), CALENDAR, DEFAULT_RULES, NOW)
    late = NOW + timedelta(days=3)
    with world.register.read() as session:
        letter = writing.write(session, LetterKind.CHASE, worker, about=said, by=world.dsl, at=late)
        early = writing.write(session, LetterKind.CHASE, worker, about=said, by=world.dsl, at=NOW)
        with pytest.raises(NotAllowedError):
            writing.write(session, LetterKind.CHASE, worker, by=world.reception, at=NOW)
        with pytest.raises(RegisterError, match="not in the register any more"):
            writing.write(session, LetterKind.CHASE, uuid4(), by=world.dsl, at=NOW)
    assert (letter.to, letter.cc) == ("h194359@harrow-lbc.example", "marcus@harrow-lbc.example")
    assert [one.person.name for one in letter.above] == ["Marcus Adeyemi", "Ines Whitcombe"]
    assert letter.subject == "Outstanding: a reply (Elmbrook Primary School)"
    assert "C-0417" in letter.text
    assert "On Tue 24/11/2026 10:24 we asked: {due} Who attends?" in letter.text, "what a person typed is no blank"
    assert "Under the Harrow protocol a reply was due by Thu 26/11/2026 10:24." in letter.text
    assert "a reply is due by" in early.text
    with world.register.write() as session:
        own = Letters((LetterText(LetterKind.CHASE, "Reminder {reference}", "Dear {name}, {unknown}"),))
        policy.change(session, own, by=world.dsl, at=NOW)
        letter = writing.write(session, LetterKind.CHASE, worker, about=said, by=world.dsl, at=NOW)
    assert (letter.subject, letter.text) == ("Reminder ", f"Dear {letter.person.name}, {{unknown}}")


def test_a_vacant_manager_is_passed_for_the_next_level_up_and_the_letter_says_so(world: World) -> None:
    create_team(world, manager="")
    worker = create_worker(world)
    with world.register.read() as session:
        head = next(one for one in directory.search(session, "Ines"))
    listed = PersonListed(world.chart, head.name, organisation=AUTHORITY, job_title=head.job_title, email="i@h.example")
    world.write((head.id, listed))
    with world.register.read() as session:
        letter = writing.write(session, LetterKind.FRESH, worker, by=world.dsl, at=NOW)
        assert writing.head_of_service(session).id == head.id
    assert letter.cc == "i@h.example"
    assert letter.warnings == ("Vacant: Team Manager, CIN Team 3. Ines Whitcombe is copied in instead.",)
    assert "Child reference" not in letter.text, "a line that says nothing is left out"


def test_without_addresses_or_managers_it_says_so(world: World) -> None:
    create_chart(world, issued_on=date(2026, 6, 1))
    with world.register.read() as session:
        (lonely,) = (one.id for one in directory.search(session, "Ines"))
        letter = writing.write(session, LetterKind.FRESH, lonely, by=world.dsl, at=NOW)
    assert letter.warnings[:2] == (
        "No e-mail address of Ines Whitcombe is known.",
        "No manager with an e-mail address is on the chart, so nobody is copied in.",
    )
    assert letter.warnings[-1].startswith("Our copy of the chart is ")
    world.write((lonely, PersonListed(world.chart, "Ines Whitcombe", email="i@h.example, all@h.example\nBcc: x@y.z")))
    with world.register.read() as session:
        letter = writing.write(session, LetterKind.CHART, lonely, by=world.dsl, at=NOW)
    assert letter.to == ""
    assert letter.warnings[0] == (
        "“i@h.example, all@h.example Bcc: x@y.z” is no e-mail address. Ask Ines Whitcombe for the right one."
    )
    assert "of Mon 01/06/2026. Please send us the present one" in letter.text


def test_the_ladder_is_climbed_step_by_step_and_the_head_of_service_waits_five_working_days(world: World) -> None:
    worker = create_worker(world)
    with world.register.read() as session:
        rungs = ladder.places(session, worker)
    assert rungs[0].rung is Rung.WORKER
    assert rungs[-1].rung is Rung.HEAD_OF_SERVICE
    clock = allocation(worker)
    assert clock.started_at is not None
    taken: list[EscalationStep] = []
    order: list[tuple[Rung, date]] = []
    said = assess(clock, CALENDAR, DEFAULT_RULES, NOW)
    while (step := ladder.next_step(rungs, taken, said, CALENDAR, NOW.date())) is not None:
        assert step.place.person is not None
        order.append((step.place.rung, step.offered_on))
        taken.append(EscalationStep(clock.id, len(taken), step.place.rung, step.place.person.id, NOW, None, ""))
    assert order[0] == (Rung.WORKER, date(2026, 11, 17))
    assert order[-1] == (Rung.HEAD_OF_SERVICE, date(2026, 11, 24))
    early = assess(clock, CALENDAR, DEFAULT_RULES, clock.started_at)
    first = ladder.next_step(rungs, [], early, CALENDAR, clock.started_at.date())
    assert first is not None
    assert not first.offered
    asked = assess(reply_clock(worker), CALENDAR, DEFAULT_RULES, NOW)
    for about, chased in ((said, True), (asked, False)):
        second = ladder.next_step(rungs, [], about, CALENDAR, NOW.date(), chased=chased)
        assert second is not None
        assert second.place.rung is Rung.MANAGER, "the worker was asked already"


def test_a_letter_is_written_down_once_with_its_clock_and_its_step_and_told_in_order(world: World) -> None:
    worker = create_worker(world)
    with world.register.read() as session:
        (manager,) = (one.id for one in directory.search(session, "Marcus"))
    asks = Sent(uuid4(), worker, "Who attends?", "C-0417", manager_copied=True, asks_reply=True)
    chase = Sent(uuid4(), worker, "Asked again", "C-0417")
    step = Sent(uuid4(), manager, "No answer", "C-0417", escalates=asks.id, rung=Rung.MANAGER)
    other = Sent(uuid4(), worker, "About another child", "C-9")
    file = world.register.dsl_file()
    for number, sent in enumerate((asks, other, chase, step)):
        with file.write() as session:
            at = NOW + timedelta(hours=number)
            assert letters_sent.record(session, sent, by=world.dsl, at=at)
        with file.write() as session:
            before = journal.count(session)
            assert not letters_sent.record(session, sent, by=world.dsl, at=at)
            assert journal.count(session) == before, "the same letter is opened twice, and written down once"
    with file.read() as session:
        trail = letters_sent.trail(session, asks.id, by=world.dsl)
        with pytest.raises(RegisterError, match="not in the register any more"):
            letters_sent.trail(session, uuid4(), by=world.dsl)
    assert [one.contact for one in trail.escalation.steps] == [step.id]
    assert trail.people == {worker, manager}
    names = {worker: "Leila Haddad"}
    assert letter_words.chronology(trail.clock, trail.contacts, trail.escalation.steps, names) == (
        "Tue 24/11/2026 10:24: we asked Leila Haddad.",
        "Tue 24/11/2026 12:24: we e-mailed Leila Haddad.",
        "Tue 24/11/2026 13:24: we wrote to a person we no longer hold, manager.",
    )


def test_a_step_of_what_is_done_leaves_no_contact_behind(world: World) -> None:
    worker = create_worker(world)
    asks = Sent(uuid4(), worker, "Who attends?", asks_reply=True)
    file = world.register.dsl_file()
    with file.write() as session:
        letters_sent.record(session, asks, by=world.dsl, at=NOW)
        clocks.withdraw(session, asks.id, "A mistake", by=world.dsl, at=NOW)
    late = Sent(uuid4(), worker, "No answer", escalates=asks.id, rung=Rung.MANAGER)
    with pytest.raises(RegisterError, match="done already"), file.write() as session:
        letters_sent.record(session, late, by=world.dsl, at=NOW)
    with file.read() as session:
        assert len(contacts.newest(session, by=world.dsl).contacts) == 1


def test_a_blank_is_filled_in_once() -> None:
    assert fill_in("{name} {due} {nothing}", {"name": "{due}", "due": "today"}) == "{due} today {nothing}"
    assert fill_body("A\n\nRef: {reference}\n{due} {about}\nB", {"about": "x"}) == "A\n\n x\nB"


def test_a_child_reference_in_a_subject_is_found_as_a_word_of_its_own() -> None:
    assert stands_in("C-0417", "About c-0417: a question")
    assert not stands_in("C-0417", "About C-04177")
    assert not stands_in(" ", "A subject")
