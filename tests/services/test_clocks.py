"""What is owed: the worked answers from allocation, e-mail and request to the frozen result."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_worker
from visitor_register.domain.calendar import Days, to_london
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import AllocationKnown, ClockKind, ContactKind, Direction, Owes, Rung
from visitor_register.domain.events import Escalated
from visitor_register.domain.policy import Clocks, HolidayEdits, NamedDay
from visitor_register.errors import RegisterError
from visitor_register.persistence import projections, verify
from visitor_register.services import clocks, contacts, policy
from visitor_register.services.contacts import ContactForm

LONG_AFTER = datetime(2027, 6, 1, tzinfo=UTC)


def _london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=to_london(NOW).tzinfo).astimezone(UTC)


class Office:
    """The DSL at work, in both files."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worker = create_worker(world)
        self.at = NOW

    def dsl(self, job: Callable[[Session], object]) -> object:
        with self.world.register.dsl_file().write() as session:
            return job(session)

    def allocated(self, on: date | None, known: AllocationKnown = AllocationKnown.TOLD_BY_LA) -> None:
        self.dsl(
            lambda s: contacts.allocate(s, self.worker, "C-0417", on=on, known=known, by=self.world.dsl, at=self.at)
        )

    def said(
        self,
        at: datetime,
        direction: Direction = Direction.SENT,
        *,
        asks: bool = False,
        automatic: bool = False,
        answers: Assessed | None = None,
        person: UUID | None = None,
    ) -> None:
        form = ContactForm(
            ContactKind.EMAIL,
            direction,
            person or self.worker,
            at,
            "Who attends?",
            "C-0417",
            asks_reply=asks,
            automatic=automatic,
        )
        self.dsl(lambda s: contacts.log(s, form, answers=answers, by=self.world.dsl, at=max(at, self.at)))

    def asked(self, at: datetime, *, urgent: bool = False) -> None:
        self.dsl(
            lambda s: contacts.ask(
                s,
                direction=Direction.RECEIVED,
                person=self.worker,
                asked_at=at,
                topic="Attendance",
                urgent=urgent,
                by=self.world.dsl,
                at=at,
            )
        )

    def lines(self, at: datetime | None = None) -> list[clocks.ClockLine]:
        with self.world.register.dsl_file().read() as session:
            found = clocks.owed(session, by=self.world.dsl, at=at or self.at)
        with self.world.register.read() as session:
            return clocks.judge(session, found, at=at or self.at)

    def only(self, at: datetime | None = None) -> Assessed:
        (line,) = self.lines(at)
        return line.assessed

    def change(self, value: object, applies_from: date | None = None) -> None:
        with self.world.register.write() as session:
            policy.change(session, value, by=self.world.dsl, at=self.at, applies_from=applies_from)


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 12, 22), date(2026, 12, 31)),
        (date(2027, 3, 24), date(2027, 4, 2)),
    ],
)
def test_first_contact_after_an_allocation(office: Office, on: date, due: date) -> None:
    office.at = LONG_AFTER
    office.allocated(on)
    said = office.only()
    assert (said.clock.kind, said.clock.owes) == (ClockKind.FIRST_CONTACT, Owes.AUTHORITY)
    assert (said.due_on, said.state) == (due, State.OVERDUE)
    end = datetime(due.year, due.month, due.day, 22, 30, tzinfo=UTC)
    assert office.only(end).state is State.DUE_SOON
    assert office.only(end + timedelta(hours=2)).state is State.OVERDUE


@pytest.mark.parametrize(
    ("sent", "due", "also"),
    [
        ("2026-11-20T16:00", "2026-11-24T16:00", "Sun 22 Nov 2026 16:00"),
        ("2026-12-23T10:00", "2026-12-29T10:00", "Fri 25 Dec 2026 10:00"),
        ("2026-11-21T13:00", "2026-11-25T09:00", "Mon 23 Nov 2026 13:00"),
    ],
)
def test_a_reply_and_who_stops_it(office: Office, sent: str, due: str, also: str) -> None:
    office.said(_london(sent), asks=True)
    said = office.only(_london(due))
    assert (said.due_at, said.state, also in said.also) == (_london(due), State.DUE_SOON, True)
    office.said(_london(due), Direction.RECEIVED, automatic=True, answers=said)
    assert office.only(_london(due)).clock.is_open, "a machine's acknowledgement is no answer"
    office.said(_london(due), Direction.RECEIVED, answers=said, person=create_worker(office.world, "Mo Manager"))
    met = office.only(_london(due))
    assert (met.state, met.due_at, met.steps) == (State.MET, said.due_at, said.steps), "exactly then is in time"


def test_a_request_and_an_urgent_one(office: Office) -> None:
    asked = _london("2026-12-24T10:00")
    office.asked(asked)
    office.asked(asked, urgent=True)
    urgent, plain = (line.assessed for line in office.lines(asked))
    assert (urgent.due_at, plain.due_at) == (_london("2026-12-25T10:00"), _london("2026-12-29T10:00"))
    assert {urgent.clock.owes, plain.clock.owes} == {Owes.SCHOOL}


def test_an_unknown_day_is_not_assessable_and_never_late(office: Office) -> None:
    office.allocated(None, AllocationKnown.UNKNOWN)
    said = office.only(LONG_AFTER)
    assert (said.state, said.due) == (State.NOT_ASSESSABLE, None)
    with office.world.register.dsl_file().write() as session:
        contacts.allocate(
            session,
            office.worker,
            "C-0417",
            on=date(2026, 11, 20),
            known=AllocationKnown.INFERRED,
            correcting=said.clock.id,
            by=office.world.dsl,
            at=NOW,
        )
    assert office.only(NOW).due_on == date(2026, 11, 27)


def test_a_result_is_frozen_when_it_stops(office: Office) -> None:
    office.allocated(date(2026, 11, 20))
    office.dsl(lambda s: clocks.stop(s, office.only(), done_at=NOW, person=office.worker, by=office.world.dsl, at=NOW))
    before = office.only()
    office.change(HolidayEdits((NamedDay(date(2026, 11, 23), "Jubilee"),)))
    office.change(Clocks(contact_counts=Days.CALENDAR))
    with office.world.register.dsl_file().write() as session:
        projections.rebuild(session)
    assert office.only() == before
    assert (before.state, before.due_on) == (State.MET, date(2026, 11, 27))


def test_a_rule_changed_from_a_date_changes_only_later_ones(office: Office) -> None:
    office.change(Clocks(contact_counts=Days.CALENDAR), applies_from=date(2026, 11, 21))
    office.allocated(date(2026, 11, 20))
    office.allocated(date(2026, 11, 21))
    assert {line.assessed.due_on for line in office.lines()} == {date(2026, 11, 27), date(2026, 11, 26)}


def test_a_person_pauses_and_a_holiday_does_not(office: Office) -> None:
    office.said(_london("2026-11-20T16:00"), asks=True)
    identity, dsl = office.only().clock.id, office.world.dsl
    office.dsl(lambda s: clocks.pause(s, identity, "agreed with the manager", by=dsl, at=NOW))
    paused = office.only(LONG_AFTER)
    assert (paused.state, paused.due) == (State.PAUSED, None)
    assert paused.steps[-1] == "Paused Tue 24 Nov 2026 10:24: agreed with the manager."
    with pytest.raises(RegisterError, match="paused already"):
        office.dsl(lambda s: clocks.pause(s, identity, "again", by=dsl, at=NOW))
    office.dsl(lambda s: clocks.resume(s, identity, by=dsl, at=NOW + timedelta(days=6)))
    went_on = office.only(LONG_AFTER)
    assert went_on.due_at == _london("2026-11-30T16:00"), "Wed, Thu, Fri and Mon: four working days later"
    assert "4 working days more" in went_on.steps[-1]


def test_open_again_withdrawn_and_escalated(office: Office) -> None:
    office.allocated(date(2026, 11, 10))
    said, dsl = office.only(), office.world.dsl
    step = Escalated(Rung.MANAGER, office.worker, NOW, None, "no contact for nine working days")
    office.dsl(lambda s: clocks.escalate(s, said.clock.id, step, by=dsl, at=NOW))
    office.dsl(lambda s: clocks.end_escalation(s, said.clock.id, "the manager rang", by=dsl, at=NOW))
    with office.world.register.dsl_file().read() as session:
        found = clocks.escalation_of(session, said.clock.id, by=dsl)
    assert ([one.rung for one in found.steps], found.ended and found.ended.outcome) == (
        [Rung.MANAGER],
        "the manager rang",
    )
    office.dsl(lambda s: clocks.stop(s, said, done_at=NOW, person=None, by=dsl, at=NOW))
    assert office.only().state is State.LATE
    with pytest.raises(RegisterError, match="done already"):
        office.dsl(lambda s: clocks.stop(s, said, done_at=NOW, person=None, by=dsl, at=NOW))
    office.dsl(lambda s: clocks.reopen(s, said.clock.id, "that was about another child", by=dsl, at=NOW))
    assert office.only().state is State.OVERDUE
    office.dsl(lambda s: clocks.withdraw(s, said.clock.id, "written twice", by=dsl, at=NOW))
    assert office.lines() == []
    office.dsl(lambda s: clocks.reopen(s, said.clock.id, "it was owed after all", by=dsl, at=NOW))
    assert office.only().state is State.OVERDUE
    with office.world.register.dsl_file().read() as session:
        assert verify.verify(session).sound


def test_none_of_it_stands_in_the_desks_file(office: Office) -> None:
    form = ContactForm(ContactKind.CALL, Direction.SENT, office.worker, NOW, "x")
    with pytest.raises(TypeError, match="DSL's file"), office.world.register.write() as session:
        contacts.log(session, form, by=office.world.dsl, at=NOW)


def test_what_makes_no_sense_is_refused_in_a_sentence(office: Office) -> None:
    for job, sentence in (
        (lambda: office.said(NOW + timedelta(hours=1)), None),
        (lambda: office.allocated(None), "choose that nobody knows"),
        (lambda: office.allocated(date(2026, 12, 1)), "has not come yet"),
    ):
        if sentence is None:
            job()
            continue
        with pytest.raises(RegisterError, match=sentence):
            job()
    with pytest.raises(RegisterError, match="what it was about"):
        office.dsl(
            lambda s: contacts.log(
                s,
                ContactForm(ContactKind.CALL, Direction.SENT, office.worker, NOW, "  "),
                by=office.world.dsl,
                at=NOW,
            )
        )


def test_contacts_come_newest_first_and_page_on(office: Office) -> None:
    for hours in range(5):
        office.said(NOW - timedelta(hours=hours))
    with office.world.register.dsl_file().read() as session:
        page = contacts.newest(session, child_reference="C-0417", limit=3, by=office.world.dsl)
        assert ([one.at for one in page.contacts], page.more) == ([NOW - timedelta(hours=n) for n in range(3)], True)
        rest = contacts.newest(session, person=office.worker, before=page.contacts[-1].at, by=office.world.dsl)
        assert (len(rest.contacts), rest.more) == (2, False)
