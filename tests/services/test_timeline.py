"""One timeline from both files: the order things happened in, what was written later, what was corrected, and whose."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from tests.factories import AUTHORITY, NOW, World, create_booking, create_visit, create_worker
from tests.golden import samples
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import (
    Allocated,
    ArrivalCorrected,
    Arrived,
    Booked,
    ChartAccepted,
    ChildHeld,
    ChildHoldEnded,
    ClockStopped,
    ContactLogged,
    CourtesyNoted,
    Discussed,
    Entry,
    Escalated,
    InformationShared,
    PersonLeftChart,
    PersonListed,
    PostListed,
    ReasonRecorded,
    SamePersonFound,
)
from visitor_register.domain.folds import DSL_ONLY
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.staff_hidden import StaffHidden
from visitor_register.services import arrivals, clocks, contacts, sealed, timeline, timeline_dsl
from visitor_register.services.contacts import ContactForm
from visitor_register.services.timeline import Asked, Timeline
from visitor_register.services.timeline_chart import ChangeKind, ChartChange

CHILD = "C-0417"


class Story:
    """What happened around one worker and one child, and the timelines of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.worker = create_worker(world)

    def dsl(self, job: Callable[[Session], UUID | None]) -> UUID:
        with self.world.register.dsl_file().write() as session:
            made = job(session)
        return made or UUID(int=0)

    def allocated(self, on: date, *, correcting: UUID | None = None) -> UUID:
        known, at, by = AllocationKnown.TOLD_BY_LA, self.world.clock(), self.world.dsl
        return self.dsl(
            lambda s: contacts.allocate(s, self.worker, CHILD, on=on, known=known, correcting=correcting, by=by, at=at)
        )

    def said(self, at: datetime, summary: str, *, answers: UUID | None = None, child: str = CHILD) -> UUID:
        form = ContactForm(ContactKind.CALL, Direction.RECEIVED, self.worker, at, summary, child)
        owed = self._assessed(answers) if answers else None
        return self.dsl(lambda s: contacts.log(s, form, answers=owed, by=self.world.dsl, at=self.world.clock()))

    def booked_for(self, about: UUID, child: str, purpose: str = "cin_visit") -> None:
        said = ReasonRecorded(purpose, child_reference=child)
        self.dsl(lambda s: sealed.record_reason(s, about, said, by=self.world.dsl, at=self.world.clock()))

    def _assessed(self, identity: UUID) -> clocks.Assessed:
        by = self.world.dsl
        with self.world.register.dsl_file().read() as session:
            found = clocks.of(session, identity, by=by)
        assert found is not None
        with self.world.register.read() as session:
            return clocks.judge(session, [found], at=self.world.clock())[0].assessed

    def timeline(self, asked: Asked, by: Operator | None = None) -> Timeline:
        who = by or self.world.dsl
        with self.world.register.dsl_file().read() as session:
            named = timeline.begin(session, asked, by=who)
        with self.world.register.read() as session:
            desk = timeline.at_the_desk(session, asked, named, by=who)
        with self.world.register.dsl_file().read() as session:
            dsl = timeline.in_the_dsl_file(session, asked, desk, by=who)
        with self.world.register.read() as session:
            return timeline.join(session, asked, desk, dsl, by=who, at=self.world.clock())


@pytest.fixture
def story(world: World) -> Story:
    return Story(world)


def _events(found: Timeline) -> list[object]:
    return [one.event for one in found.happenings if not isinstance(one.event, ChartChange)]


def _kinds(found: Timeline) -> list[type]:
    return [type(event) for event in _events(found)]


def test_a_worker_in_the_order_in_which_things_happened(story: Story) -> None:
    world = story.world
    booking = create_booking(world, story.worker)
    story.booked_for(booking, CHILD)
    visit = create_visit(world, story.worker, booking=booking)
    world.clock.move(days=1)
    owed = story.allocated(date(2026, 11, 20))
    chased = story.said(NOW - timedelta(hours=4), "Nobody rang yet")
    call = story.said(NOW - timedelta(hours=3), "Rang about Friday", answers=owed)
    story.said(NOW - timedelta(hours=3), "Of another child", child="C-9999")
    by, at, manager = world.dsl, world.clock(), uuid4()
    withheld = InformationShared(story.worker, at, False, "Address", "Mother asked", CHILD)
    story.dsl(lambda s: contacts.share(s, withheld, by=by, at=at))
    story.dsl(lambda s: contacts.discuss(s, visit.id, Discussed(True, "", "A tutor"), by=by, at=at))
    second = story.allocated(date(2026, 11, 25))
    step = Escalated(Rung.MANAGER, manager, at, None, "No answer")
    story.dsl(lambda s: clocks.escalate(s, second, step, by=by, at=at))

    found = story.timeline(Asked(person=story.worker))

    assert _kinds(found) == [
        Booked,
        Allocated,
        ContactLogged,
        ContactLogged,
        ClockStopped,
        ContactLogged,
        Arrived,
        Discussed,
        Allocated,
        InformationShared,
        Escalated,
    ]
    assert [one.at for one in found.happenings] == sorted(one.at for one in found.happenings)
    late = [type(one.event) for one in found.happenings if one.late]
    assert late == [ChartChange, Booked, Allocated, *[ContactLogged] * 2, ClockStopped, ContactLogged, Discussed]
    assert {one.entry.actor for one in found.happenings} == {world.dsl.id, world.reception.id}
    assert [one.reason.child_reference for one in found.happenings if one.reason] == [CHILD, CHILD]
    assert found.names[story.worker] == "Leila Haddad"
    assert {"Nadia Shah", "Joan Mensah", "Mrs Shah", "Mr Bello", "Ms Kaur"} <= set(found.staff)
    assert found.happenings[0].event == _joined(found)

    # The manager sees the step that went to him, and nothing else of what is owed.
    assert _kinds(story.timeline(Asked(person=manager))) == [Escalated]
    # A deadline: what was asked, and what answered it; nothing of the other.
    matter = story.timeline(Asked(clock=owed))
    assert (_kinds(matter), matter.matter is not None) == (
        [Allocated, ContactLogged, ContactLogged, ClockStopped],
        True,
    )
    assert [one.entry.subject for one in matter.happenings] == [owed, chased, call, owed]


def _joined(found: Timeline) -> ChartChange:
    (joined,) = [one.event for one in found.happenings if isinstance(one.event, ChartChange)]
    assert (joined.kind, joined.after.team, joined.after.job_title) == (
        ChangeKind.JOINED,
        "CIN Team 3",
        "Social Worker",
    )
    assert joined.after.managers is not None
    assert [found.names[one] for one in joined.after.managers] == ["Marcus Adeyemi"]
    return joined


def test_a_child_has_the_bookings_and_visits_that_were_about_it_and_no_others(story: Story) -> None:
    world = story.world
    colleague = create_worker(world, "Owen Pritchard", badge="H170001")
    mine, other = create_booking(world, story.worker), create_booking(world, colleague, minutes=60)
    story.booked_for(mine, "C-9999")
    story.booked_for(mine, CHILD)
    story.booked_for(other, "C-9999", purpose="lado")
    visit = create_visit(world, story.worker, booking=mine)
    walked_in = create_visit(world, colleague)
    story.booked_for(walked_in.id, CHILD)
    story.said(NOW, "About another child", child="C-9999")
    answer = story.said(NOW, "An answer without a reference", answers=story.allocated(date(2026, 11, 20)), child="")

    found = story.timeline(Asked(child_reference=CHILD))

    assert {one.entry.subject for one in found.happenings} >= {mine, visit.id, walked_in.id, answer}
    assert other not in {one.entry.subject for one in found.happenings}
    assert _kinds(found).count(ContactLogged) == 1
    # Said again, why it was booked is a correction; said once it stands with the booking.
    corrected = [one for one in found.happenings if isinstance(one.event, ReasonRecorded)]
    assert [(one.entry.subject, one.correction) for one in corrected] == [(mine, True)]
    assert story.timeline(Asked(child_reference="C-0000")).happenings == ()
    # A meeting with the LADO is the head's alone.
    head = Operator(uuid4(), "Ada Head", Role.HEAD)
    for who, purpose in ((world.dsl, ""), (head, "lado")):
        told = story.timeline(Asked(child_reference="C-9999"), who)
        assert [one.reason.purpose for one in told.happenings if one.reason] == [purpose]


def test_corrections_are_shown_as_such_and_both_stay(story: Story) -> None:
    world = story.world
    visit = create_visit(world, story.worker)
    owed = story.allocated(date(2026, 11, 20))
    world.clock.move(hours=2)
    story.allocated(date(2026, 11, 18), correcting=owed)
    with world.register.write() as session:
        fix = ArrivalCorrected(0, "The clock was wrong", at=NOW - timedelta(minutes=20))
        arrivals.correct(session, visit.id, fix, by=world.dsl, at=world.clock())
    answer = story.said(NOW, "Introduced herself", answers=owed)
    story.dsl(lambda s: clocks.reopen(s, owed, "It was another child", by=world.dsl, at=world.clock()))

    told = story.timeline(Asked(person=story.worker)).happenings
    said = [(type(one.event).__name__, one.correction, one.corrected) for one in told][1:]

    assert said == [
        ("Allocated", True, False),
        ("Allocated", False, True),
        ("ArrivalCorrected", True, False),
        ("Arrived", False, True),
        ("ContactLogged", False, False),
        ("ClockStopped", False, True),
        ("ClockReopened", True, False),
    ]
    assert answer in {one.entry.subject for one in told}


def test_what_the_charts_changed_for_all_records_of_one_person(story: Story) -> None:
    world = story.world
    joined_later = create_worker(world, "Leila Haddad-Stone", badge="H555555", team="CIN Team 5")
    world.clock.move(days=20)
    newer, again = uuid4(), uuid4()
    accepted = ChartAccepted(
        AUTHORITY, ("CIN",), "n.csv", "1" * 64, "csv", date(2026, 12, 7), date(2026, 12, 8), "post", 1, 1
    )
    with world.register.read() as session:
        place = timeline.directory.posts_of(session, story.worker)[0]
    above = world.teams["CIN Team 5"]
    moved = PersonListed(newer, "Leila Haddad", organisation=AUTHORITY, job_title="Senior", team="CIN Team 5")
    post = PostListed(newer, AUTHORITY, place.ref, "Senior", "CIN Team 5", reports_to=above, holders=(story.worker,))
    world.write((newer, accepted), (story.worker, moved), (place.id, post), (joined_later, PersonLeftChart(newer)))
    world.write((again, SamePersonFound(story.worker, joined_later)))
    create_visit(world, joined_later)

    found = story.timeline(Asked(person=story.worker))
    changes = [one for one in found.happenings if isinstance(one.event, ChartChange) and one.event.chart is not None]

    assert [one.event.kind for one in changes if isinstance(one.event, ChartChange)].count(ChangeKind.JOINED) == 2
    then = [(one.event.kind, one.event.person) for one in changes[2:] if isinstance(one.event, ChartChange)]
    assert set(then) == {
        (ChangeKind.MOVED, story.worker),
        (ChangeKind.RETITLED, story.worker),
        (ChangeKind.MANAGER, story.worker),
        (ChangeKind.LEFT, joined_later),
    }
    assert {one.at for one in changes[2:]} == {datetime(2026, 12, 7, tzinfo=UTC)}
    assert all(one.day_only and one.late for one in changes)
    assert Arrived in _kinds(found), "a visit under the other record is theirs too"


def test_whatever_the_dsl_writes_stands_in_it_except_notes_on_courtesy_and_holds() -> None:
    aside = (CourtesyNoted, ChildHeld, ChildHoldEnded)
    for event in samples.ALL:
        if type(event) in DSL_ONLY:
            told = list(timeline_dsl.of_subject([Entry(1, NOW, uuid4(), uuid4(), event)], {}))
            assert [one.event for one in told] == ([] if isinstance(event, aside) else [event])


def test_no_name_of_the_staff_is_left_and_no_other_is_taken() -> None:
    hidden = StaffHidden(["Nadia Shah", "Mrs Shah", "Mr T Bello", "Ms O'Young"], kept=["Leila Shah", "Anna Nadia"])
    for text in ("Nadia Shah", "nadia shah", "MRS SHAH", "Mrs. Shah", "Mr Bello", "N. Shah", "Shah", "Nadia"):
        assert hidden.out_of(f"Rang {text}.") == "Rang a member of staff.", text
    assert hidden.out_of("Nadia rang Leila Shah about Mr Bello's form") == (
        "A member of staff rang Leila Shah about a member of staff's form"
    )
    assert hidden.out_of("Anna Nadia, a shahtoosh, Nadiah") == "Anna Nadia, a shahtoosh, Nadiah"
    assert StaffHidden([]).out_of("Mrs Shah") == "Mrs Shah"
