"""Terms for the protocol report: one small enough to count by hand, and any number of random ones."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from visitor_register.domain.calendar import at_london
from visitor_register.domain.contacts import AllocationKnown, ClockKind, ContactKind, Direction, Owes, Rung
from visitor_register.domain.events import Escalated, ReasonRecorded
from visitor_register.domain.report import BookingFact, Ending, Facts, OwedFact, Span, Standing, StepFact, VisitFact
from visitor_register.domain.visits import CameAbout
from visitor_register.services import bookings, clocks, contacts, sealed
from visitor_register.services.bookings import BookingForm
from visitor_register.services.contacts import ContactForm

SPAN = Span(date(2026, 11, 2), date(2026, 12, 18), "Autumn 2026, second half")


def london(text: str) -> datetime:
    """A moment by London's clock."""
    said = datetime.fromisoformat(text)
    return at_london(said.date(), said.time())


def fill_a_term(world: World) -> None:
    """A term of ten deadlines, three visits and three bookings; its figures stand in the tests.

    Of the council: two replies on time (6 and 48 hours), one late (72), one overdue, one allocation met, one without
    a day. Of the school: one request met, one late, one urgent one overdue. One step up the ladder, still open.
    """
    leila = create_worker(world)
    omar = create_worker(world, "Omar Pritchard", badge="H300001", team="Early Help Team 1")
    dsl = world.dsl

    with world.register.dsl_file().write() as session:
        for who, sent, answered in (
            (leila, "2026-11-03T10:00", "2026-11-03T16:00"),
            (leila, "2026-11-06T16:00", "2026-11-10T16:00"),
            (omar, "2026-11-09T10:00", "2026-11-12T10:00"),
            (omar, "2026-11-16T10:00", ""),
        ):
            asked = ContactForm(ContactKind.EMAIL, Direction.SENT, who, london(sent), "Who?", "C-0417", asks_reply=True)
            identity = contacts.log(session, asked, by=dsl, at=NOW)
            if answered:
                _stop(world, session, identity, london(answered))
            else:
                up = Escalated(Rung.MANAGER, who, london("2026-11-19T09:00"), None, "no reply")
                clocks.escalate(session, identity, up, by=dsl, at=NOW)
        told = AllocationKnown.TOLD_BY_LA
        met = contacts.allocate(session, leila, "C-0417", on=date(2026, 11, 2), known=told, by=dsl, at=NOW)
        _stop(world, session, met, london("2026-11-09T23:30"))
        contacts.allocate(session, omar, "C-2", on=None, known=AllocationKnown.UNKNOWN, by=dsl, at=NOW)
        contacts.allocate(session, omar, "C-3", on=date(2026, 11, 1), known=told, by=dsl, at=NOW)
        for asked_at, answered, urgent in (
            ("2026-11-04T10:00", "2026-11-05T10:00", False),
            ("2026-11-04T10:00", "2026-11-05T10:01", False),
            ("2026-11-21T10:00", "", True),
        ):
            identity = contacts.ask(session, direction=Direction.RECEIVED, person=leila, asked_at=london(asked_at),
                                    topic="Attendance", urgent=urgent, by=dsl, at=NOW)  # fmt: skip
            if answered:
                _stop(world, session, identity, london(answered))
    booked = create_booking(world, leila)
    short = _book(world, omar, "2026-12-02T10:00", "2026-11-26T09:00")
    _book(world, omar, "2026-12-18T23:30", "")
    _book(world, omar, "2026-12-19T00:00", "")
    tobias = create_worker(world, "Tobias Whitlock", badge="H200001")
    for who, booking in ((leila, booked), (omar, short), (tobias, None)):
        create_visit(world, who, booking=booking)
    with world.register.dsl_file().write() as session:
        sealed.record_reason(session, short, ReasonRecorded(exceptional="s47"), by=dsl, at=NOW)


def _stop(world: World, session: Session, identity: UUID, done_at: datetime) -> None:
    found = clocks.of(session, identity, by=world.dsl)
    assert found is not None
    with world.register.read() as desk:
        (line,) = clocks.judge(desk, [found], at=done_at)
    clocks.stop(session, line.assessed, done_at=done_at, person=found.person, by=world.dsl, at=NOW)


def _book(world: World, who: UUID, starts: str, told: str) -> UUID:
    form = BookingForm((who,), london(starts), notified_at=london(told) if told else None)
    with world.register.write() as session:
        return bookings.book(session, form, by=world.dsl, at=world.clock())


def random_facts(seed: int, span: Span = SPAN, *, things: int = 60, teams: int = 4) -> Facts:
    """A term in which anything may have happened."""
    chance = random.Random(seed)
    named = [f"Team {number}" for number in range(chance.randint(1, teams))]
    days = (span.last - span.first).days

    def day() -> date:
        return span.first + timedelta(days=chance.choice([0, days, chance.randint(0, days)]))

    def some() -> range:
        return range(chance.randint(0, things))

    def yes() -> bool:
        return chance.random() < 0.6

    def owed() -> OwedFact:
        owes = chance.choice(list(Owes))
        kinds = [ClockKind.REPLY, ClockKind.REPLY, ClockKind.REQUEST]
        kind = chance.choice([*kinds, ClockKind.FIRST_CONTACT] if owes is Owes.AUTHORITY else kinds)
        standing = chance.choice(list(Standing))
        hours = None
        if kind is ClockKind.REPLY and standing in (Standing.ON_TIME, Standing.LATE) and yes():
            hours = chance.uniform(0, 48) if standing is Standing.ON_TIME else chance.uniform(48.1, 120)
        return OwedFact(kind, owes, chance.choice(named), day(), standing, kind is ClockKind.REQUEST and yes(), hours)

    def booking() -> BookingFact:
        short = chance.choice([False, False, True, None])
        return BookingFact(UUID(int=chance.getrandbits(128)), day(), chance.choice(named), short,
                           chance.choice(["", "s47", "cover"]) if short else "")  # fmt: skip

    def visit() -> VisitFact:
        booked = yes()
        return VisitFact(UUID(int=chance.getrandbits(128)), day(), chance.choice(named), booked, yes(), yes(), yes(),
                         None if booked else chance.choice([None, *CameAbout]),
                         "" if booked else chance.choice(["", "missing"]))  # fmt: skip

    ages, age = [], chance.randint(0, 60)
    for number in range(days + 1):
        age = chance.randint(0, 5) if chance.random() < 0.03 else age + 1
        ages.append((span.first + timedelta(days=number), age))
    return Facts(
        span,
        datetime.combine(span.last, time(12), UTC),
        tuple(owed() for _ in some()),
        tuple(booking() for _ in some()),
        tuple(visit() for _ in some()),
        tuple(StepFact(day(), chance.choice(list(Rung)), chance.choice(list(Ending))) for _ in range(things // 8)),
        tuple(ages),
    )
