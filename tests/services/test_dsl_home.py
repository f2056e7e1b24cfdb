"""What waits for the DSL, counted from both files, and when somebody is reminded of it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories import NOW, World, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.calendar import BankHolidays, WorkingCalendar
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import AllocationKnown, Clock, ClockKind, ContactKind, Direction, Owes
from visitor_register.domain.events import Discussed, LetterFiled
from visitor_register.domain.people import Operator, PersonKind
from visitor_register.domain.reminders import Reminder, remind
from visitor_register.domain.verification import Verdict
from visitor_register.errors import NotAllowedError
from visitor_register.services import arrivals, assurance, contacts, dsl_home, review
from visitor_register.services.contacts import ContactForm
from visitor_register.services.dsl_home import Home

CALENDAR = WorkingCalendar(BankHolidays({date(2026, 12, 25): "Christmas Day"}, range(2026, 2028)))


def counted(world: World, by: Operator | None = None) -> Home:
    with world.register.dsl_file().read() as dsl_session:
        noted = dsl_home.noted(dsl_session, by=by or world.dsl, at=world.clock())
    with world.register.read() as session:
        waiting = review.count(session, by=world.dsl)
        return dsl_home.count(session, noted, to_review=waiting, at=world.clock())


def test_an_empty_register_waits_for_nothing(world: World) -> None:
    home = counted(world)
    assert (home.overdue, home.due_today, home.to_review, home.letters, home.to_follow_up) == (0, 0, 0, 0, 0)
    assert home.chart is None


def test_each_number_is_counted_from_what_was_written(world: World) -> None:
    worker, by, at = create_worker(world), world.dsl, world.clock()
    visit = create_visit(world, worker)
    police = Arrival(visitor=NewVisitor(PersonKind.POLICE, "Pat Example"), verdict=Verdict.POLICE)
    with world.register.dsl_file().write() as session:
        # Due on Mon 23, on Tue 24 (today) and on Fri 27 November.
        for day in (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 20)):
            told = AllocationKnown.TOLD_BY_LA
            contacts.allocate(session, worker, "C-1", on=day, known=told, by=by, at=at)
        rang = contacts.log(
            session, ContactForm(ContactKind.CALL, Direction.SENT, worker, at, "A place", "C-2"), by=by, at=at
        )
        contacts.discuss(session, rang, Discussed(True, "", "another school"), by=by, at=at)
        contacts.discuss(session, visit.id, Discussed(True, "", ""), by=by, at=at + timedelta(minutes=1))
        contacts.discuss(session, uuid4(), Discussed(True, "", ""), by=by, at=at)
        contacts.discuss(session, uuid4(), Discussed(True, "Mrs Shah", ""), by=by, at=at)
    with world.register.write() as session:
        arrivals.sign_in(session, police, by=world.reception, at=at)
        for review_on in (date(2026, 11, 1), date(2026, 12, 24), date(2026, 12, 25)):
            letter = LetterFiled("Brent Council", "Director", date(2025, 11, 1), "all", review_on, "Office")
            assurance.file_letter(session, letter, by=by, at=at)
    home = counted(world)
    assert (home.overdue, home.due_today, home.to_review, home.letters, home.to_follow_up) == (1, 1, 1, 2, 3)
    assert home.chart is not None
    assert home.chart.days == 22
    listed = [(one.name, one.child_reference, one.summary, one.commitments) for one in home.follow_ups]
    assert sorted(listed[:2]) == [("Leila Haddad", "", "", ""), ("Leila Haddad", "C-2", "A place", "another school")]
    assert listed[2] == ("", "", "", ""), "what it was about is not known any more"


def test_nobody_else_is_told_any_of_it(world: World) -> None:
    with pytest.raises(NotAllowedError):
        counted(world, by=world.reception)


def standing(state: State, *, urgent: bool = False, owes: Owes = Owes.SCHOOL, identity: UUID | None = None) -> Assessed:
    clock = Clock(identity or uuid4(), ClockKind.REQUEST, owes, uuid4(), "canary", "canary", NOW, NOW, urgent=urgent)
    return Assessed(clock, state, due_at=NOW)


def test_each_deadline_is_told_once_when_it_is_due_soon_and_once_when_it_is_overdue() -> None:
    one, other = standing(State.OVERDUE), standing(State.DUE_SOON)
    first = remind([one, other, standing(State.RUNNING), standing(State.MET)], (), CALENDAR, NOW)
    assert first.words == "1 deadline is overdue, 1 is due soon."
    assert remind([one, other], first.said, CALENDAR, NOW) == Reminder()
    later = standing(State.OVERDUE, identity=other.clock.id)
    assert remind([one, later], first.said, CALENDAR, NOW).words == "2 deadlines are overdue."


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 24, 8, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 16, 31, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), False),
        # British Summer Time: 08:30 in London.
        (datetime(2026, 9, 24, 7, 30, tzinfo=UTC), True),
    ],
)
def test_only_in_the_schools_own_hours_but_an_urgent_request_at_any(now: datetime, told: bool) -> None:
    late = standing(State.OVERDUE)
    assert bool(remind([late], (), CALENDAR, now).words) is told
    urgent = remind([late, standing(State.DUE_SOON, urgent=True)], (), CALENDAR, now)
    assert urgent.words.startswith("An urgent request waits for the school's answer.")
    assert (len(urgent.said) == 2) is told, "what was not said now is said when the school opens"
    ours = standing(State.DUE_SOON, urgent=True, owes=Owes.AUTHORITY)
    assert bool(remind([ours], (), CALENDAR, now).words) is told
