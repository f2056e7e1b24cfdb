"""Messages to the authority, and whom the ladder offers next."""

from datetime import date, timedelta
from uuid import uuid4

from tests.factories import NOW, World, create_chart, create_team, create_worker
from visitor_register.domain.calendar import WorkingCalendar
from visitor_register.domain.clocks import assess
from visitor_register.domain.contacts import AllocationKnown, Clock, ClockKind, EscalationStep, Owes, Rung
from visitor_register.domain.deadlines import DEFAULT_RULES
from visitor_register.domain.letters import LetterKind, LetterText, fill_in
from visitor_register.domain.policy import Letters
from visitor_register.files import bank_holidays
from visitor_register.services import directory, ladder, policy, writing

CALENDAR = WorkingCalendar(bank_holidays.england(range(2025, 2028)))


def test_a_chase_goes_to_the_worker_with_the_manager_copied_and_names_no_child_in_its_subject(world: World) -> None:
    create_team(world, email="marcus@harrow-lbc.example")
    worker = create_worker(world)
    clock = Clock(uuid4(), ClockKind.REPLY, Owes.AUTHORITY, worker, "C-0417", "{due} Who attends?", NOW, NOW)
    said = assess(clock, CALENDAR, DEFAULT_RULES, NOW)
    with world.register.read() as session:
        letter = writing.write(session, LetterKind.CHASE, worker, about=said, by=world.dsl, at=NOW)
    assert letter.to == letter.person.email
    assert letter.copied is not None
    assert letter.cc == letter.copied.email
    assert "C-0417" not in letter.subject
    assert "C-0417" in letter.text
    assert "On Tue 24/11/2026 10:24 we asked: {due} Who attends?" in letter.text, "what a person typed is no blank"
    assert "a reply was due by Thu 26/11/2026 10:24" in letter.text
    with world.register.write() as session:
        own = Letters((LetterText(LetterKind.CHASE, "Reminder {reference}", "Dear {name}, {unknown}"),))
        policy.change(session, own, by=world.dsl, at=NOW)
        letter = writing.write(session, LetterKind.CHASE, worker, about=said, by=world.dsl, at=NOW)
    assert (letter.subject, letter.text) == ("Reminder ", f"Dear {letter.person.name}, {{unknown}}")


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


def test_the_ladder_is_climbed_step_by_step_and_the_head_of_service_waits_five_working_days(world: World) -> None:
    worker = create_worker(world)
    with world.register.read() as session:
        rungs = ladder.places(session, worker)
    assert rungs[0].rung is Rung.WORKER
    assert rungs[-1].rung is Rung.HEAD_OF_SERVICE
    asked = NOW - timedelta(days=14)
    clock = Clock(
        uuid4(),
        ClockKind.FIRST_CONTACT,
        Owes.AUTHORITY,
        worker,
        "C-1",
        "",
        asked,
        asked,
        known=AllocationKnown.TOLD_BY_LA,
    )
    taken: list[EscalationStep] = []
    order: list[tuple[Rung, date]] = []
    said = assess(clock, CALENDAR, DEFAULT_RULES, NOW)
    while (step := ladder.next_step(rungs, taken, said, CALENDAR, NOW.date())) is not None:
        assert step.place.person is not None
        order.append((step.place.rung, step.offered_on))
        taken.append(EscalationStep(clock.id, len(taken), step.place.rung, step.place.person.id, NOW, None, ""))
    assert order[0] == (Rung.WORKER, date(2026, 11, 17))
    assert order[-1] == (Rung.HEAD_OF_SERVICE, date(2026, 11, 24))
    early = assess(clock, CALENDAR, DEFAULT_RULES, asked)
    first = ladder.next_step(rungs, [], early, CALENDAR, asked.date())
    assert first is not None
    assert not first.offered


def test_a_blank_is_filled_in_once() -> None:
    assert fill_in("{name} {due} {nothing}", {"name": "{due}", "due": "today"}) == "{due} today {nothing}"
