"""What is due is what the rules say and nothing else; a hold keeps it; what goes is gone from both files."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.factories import NOW, PASSWORD, World, create_booking, create_leaver, create_visit, create_worker
from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import (
    ArrivalCorrected,
    CourtesyNoted,
    Escalated,
    FireListPrinted,
    Left,
    LetterFiled,
    LetterReplaced,
    PersonLeftChart,
    PersonListed,
    PersonRecorded,
    ReasonRecorded,
)
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import SchoolName
from visitor_register.domain.report import Span
from visitor_register.domain.retention import Kept, Kind, Sorted, months_after, visit_goes_on, years_after
from visitor_register.domain.visits import ToldBy
from visitor_register.errors import AnswerMissingError, RegisterError, WrongPasswordError
from visitor_register.persistence import erasure, journal
from visitor_register.persistence.tables import draft, entry, projected
from visitor_register.persistence.verify import verify
from visitor_register.services import (
    arrivals,
    booking_history,
    bookings,
    chart_history,
    chart_view,
    clocks,
    contacts,
    drafts,
    history,
    policy,
    protocol_report,
    retention,
    retention_dsl,
    retention_due,
    retention_holds,
    review,
    timeline,
    today,
)
from visitor_register.services.chart_lists import EVERYBODY
from visitor_register.services.contacts import ContactForm
from visitor_register.services.retention import Done
from visitor_register.services.retention_dsl import DslPart
from visitor_register.services.retention_due import DeskPart
from visitor_register.services.timeline import Asked

YEARS_LATER = datetime(2033, 9, 1, 9, 0, tzinfo=NOW.tzinfo)
"""The first day on which a visit of 24 November 2026 may go."""
SEEDS = range(2)
"""Which random registers are made; hundreds were once."""


@dataclass
class Keeping:
    """Keeping and erasing, as the screen asks for it."""

    world: World

    def parts(self, at: datetime) -> tuple[DeskPart, DslPart]:
        with self.world.register.read() as session:
            desk = retention_due.at_the_desk(session, by=self.world.dsl, at=at)
        with self.world.register.dsl_file().read() as session:
            return desk, retention_dsl.of_the_dsl(session, desk.rules, by=self.world.dsl)

    def listed(self, at: datetime) -> Sorted:
        return retention.look(*self.parts(at), at)

    def due(self, at: datetime, kind: Kind | None = None) -> list[UUID]:
        return [one.subject for one in self.listed(at).due if kind in (None, one.kind)]

    def erase(self, at: datetime, *, only: Callable[[Kept], bool] = lambda _: True, dsl_too: bool = True) -> Done:
        desk, dsl = self.parts(at)
        chosen = {one.key for one in retention.look(desk, dsl, at).due if only(one)}
        by, ring = self.world.dsl, self.world.register.keyring
        with self.world.register.write() as session:
            done = retention.erase(session, chosen, dsl, keyring=ring, own_password=PASSWORD, by=by, at=at)
        if dsl_too:
            with self.world.register.dsl_file().write() as session:
                retention.erase_in_dsl(session, chosen, done, desk, dsl, by=by, at=at)
        return done

    def erase_person(self, who: UUID, reason: str = "by letter of 3 May") -> Done:
        desk, dsl = self.parts(NOW)
        by, ring = self.world.dsl, self.world.register.keyring
        with self.world.register.write() as session:
            done = retention.erase_person(session, who, reason, dsl, keyring=ring, own_password=PASSWORD, by=by, at=NOW)
        with self.world.register.dsl_file().write() as session:
            retention.erase_in_dsl(session, (), done, desk, dsl, by=by, at=NOW)
        return done

    def hold(self, about: UUID) -> None:
        with self.world.register.write() as session:
            retention_holds.hold(session, about, "a claim", by=self.world.dsl, at=NOW)

    def sound(self) -> None:
        """Both files are as they were written, and their tables as folded anew."""
        for database in (self.world.register.desk, self.world.register.dsl_file()):
            with database.read() as session:
                assert verify(session).fault is None


@pytest.fixture
def keeping(world: World) -> Keeping:
    return Keeping(world)


@pytest.fixture
def met(world: World) -> tuple[UUID, UUID, UUID]:
    """Somebody who was booked, came and left, and why in the DSL's file: person, booking, visit."""
    person = create_worker(world)
    booking = create_booking(world, person)
    visit = create_visit(world, person, booking=booking).id
    world.write((visit, Left(NOW, ToldBy.DESK)))
    for about in (booking, visit):
        say_in_dsl(world, about, ReasonRecorded(purpose="CIN visit", child_reference="C-17"))
    return person, booking, visit


def say_in_dsl(world: World, subject: UUID, event: object, at: datetime = NOW) -> None:
    with world.register.dsl_file().write() as session:
        journal.append(session, subject, event, by=world.dsl, at=at)


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        (date(2026, 8, 31), date(2032, 9, 1)),
        (date(2026, 9, 1), date(2033, 9, 1)),
        (date(2026, 12, 31), date(2033, 9, 1)),
        (date(2027, 1, 1), date(2033, 9, 1)),
    ],
)
def test_a_visit_is_kept_for_its_school_year_and_six_more(day: date, goes: date) -> None:
    assert visit_goes_on(day, 6) == goes


def test_a_period_ends_on_the_same_day_or_the_last_of_its_month() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 11, 24), 24) == date(2028, 11, 24)
    assert years_after(date(2028, 2, 29), 1) == date(2029, 2, 28)


def test_a_visit_goes_with_its_booking_and_why_on_the_day_and_not_before(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    _, booking, visit = met
    assert visit not in keeping.due(YEARS_LATER - timedelta(days=1))
    assert set(keeping.due(YEARS_LATER, Kind.VISITS)) == {visit, booking}
    done = keeping.erase(YEARS_LATER, only=lambda one: one.kind is Kind.VISITS)
    assert done.subjects == {visit, booking}
    with world.register.dsl_file().read() as session:
        assert erasure.keys_of(session, [booking, visit]) == []
    assert keeping.due(YEARS_LATER, Kind.VISITS) == []
    keeping.sound()


def test_a_booking_nobody_came_to_goes_after_a_year(world: World, keeping: Keeping) -> None:
    booking = create_booking(world, create_worker(world))
    assert keeping.due(NOW.replace(year=2027) - timedelta(days=1), Kind.BOOKINGS) == []
    assert keeping.due(NOW.replace(year=2027), Kind.BOOKINGS) == [booking]


def test_an_open_deadline_is_never_due_and_a_closed_one_is_after_six_years(world: World, keeping: Keeping) -> None:
    worker = create_worker(world)
    known = AllocationKnown.TOLD_BY_LA
    with world.register.dsl_file().write() as session:
        owed = contacts.allocate(session, worker, "C-1", on=NOW.date(), known=known, by=world.dsl, at=NOW)
        form = ContactForm(ContactKind.CALL, Direction.SENT, worker, NOW, "rang")
        said = contacts.log(session, form, by=world.dsl, at=NOW)
    due = keeping.due(YEARS_LATER, Kind.CONTACTS)
    assert (owed in due, said in due) == (False, True)
    assert said not in keeping.due(NOW.replace(year=2032) - timedelta(days=1))
    assert said in keeping.due(NOW.replace(year=2032))


def test_what_an_older_chart_said_goes_after_two_years_and_the_person_reads_the_same(
    world: World, keeping: Keeping
) -> None:
    person = create_worker(world, "Leila Haddad")
    world.clock.move(days=30)
    listed = PersonListed(world.chart, "Leila Haddad-Ames", team="CIN Team 3", staff_number="H194359")
    world.write((person, listed))
    then = world.clock()
    assert person not in keeping.due(months_on(then, 24) - timedelta(days=1), Kind.CHARTS)
    assert person in keeping.due(months_on(then, 24), Kind.CHARTS)
    before = tables(world)
    keeping.erase(months_on(then, 24), only=lambda one: one.kind is Kind.CHARTS)
    assert tables(world) == before
    with world.register.read() as session:
        assert sum(line.event is None for line in journal.entries_of(session, person)) == 1
    keeping.sound()


def months_on(at: datetime, count: int) -> datetime:
    day = months_after(at.date(), count)
    return at.replace(year=day.year, month=day.month, day=day.day)


def tables(world: World) -> dict[str, list[tuple[object, ...]]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for database in (world.register.desk, world.register.dsl_file()):
        with database.read() as session:
            for name, table in projected.tables.items():
                found.setdefault(name, []).extend(
                    sorted((tuple(row) for row in session.execute(select(table))), key=str)
                )
    return found


def test_a_leaver_nobody_met_goes_after_a_year_and_one_who_was_met_stays(world: World, keeping: Keeping) -> None:
    leaver = create_leaver(world, "Ian Haddow")
    met = create_leaver(world, "Ann Able", badge="H170055")
    create_visit(world, met)
    due = keeping.due(months_on(NOW, 12), Kind.PEOPLE)
    assert leaver in due
    assert met not in due
    assert leaver not in keeping.due(months_on(NOW, 12) - timedelta(days=1), Kind.PEOPLE)


def test_somebody_written_down_by_hand_goes_once_nothing_refers_to_them(world: World, keeping: Keeping) -> None:
    plumber, awaited = uuid4(), uuid4()
    for who in (plumber, awaited):
        world.write((who, PersonRecorded(PersonKind.OTHER, "Petra Novak")))
    with world.register.write() as session:
        drafts.keep(session, Arrival(visitor=awaited), "Petra Novak", at=NOW)
    assert keeping.due(NOW, Kind.PEOPLE) == []
    assert keeping.due(NOW + timedelta(days=1), Kind.PEOPLE) == [plumber]
    say_in_dsl(world, uuid4(), courtesy(plumber))
    assert keeping.due(NOW + timedelta(days=1), Kind.PEOPLE) == []


def courtesy(person: UUID) -> object:
    return CourtesyNoted(person, NOW, True, "kept waiting", False)


def test_replaced_letters_and_the_audit_go_after_six_years(world: World, keeping: Keeping) -> None:
    letter, printed = uuid4(), uuid4()
    filed = LetterFiled("Brent", "HR", date(2026, 1, 1), "all", date(2027, 1, 1), "folder")
    world.write((letter, filed), (letter, LetterReplaced()), (printed, FireListPrinted(False, True, 3)))
    with world.register.write() as session:
        policy.change(session, SchoolName("Elmbrook Academy"), by=world.dsl, at=NOW)
    later = NOW.replace(year=2032)
    assert keeping.due(later - timedelta(days=1)) == []
    assert keeping.due(later, Kind.LETTERS) == [letter]
    assert printed in keeping.due(later, Kind.AUDIT)
    keeping.erase(later)
    with world.register.read() as session:
        assert policy.read(session, later.date()).school.name == "Elmbrook Academy"
        assert "Elmbrook Primary" not in str([line.event for _, line in journal.newest(session, limit=200)])
    keeping.sound()


@pytest.mark.parametrize("held", [0, 1, 2])
def test_a_hold_keeps_the_person_the_booking_and_the_visit(
    keeping: Keeping, met: tuple[UUID, UUID, UUID], held: int
) -> None:
    keeping.hold(met[held])
    assert keeping.due(YEARS_LATER, Kind.VISITS) == []
    assert len(keeping.listed(YEARS_LATER).kept_by_holds) == 2
    with keeping.world.register.write() as session:
        retention_holds.end_hold(session, met[held], "settled", by=keeping.world.dsl, at=NOW)
    assert len(keeping.due(YEARS_LATER, Kind.VISITS)) == 2


def test_a_hold_on_a_child_keeps_contacts_visits_and_what_charts_said_of_the_people(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    person, _, visit = met
    other = create_visit(world, create_worker(world, "Tom Okafor", badge="H20")).id
    world.write((person, PersonListed(world.chart, "Leila Haddad-Ames")))
    with world.register.dsl_file().write() as session:
        form = ContactForm(ContactKind.CALL, Direction.SENT, person, NOW, "rang", child_reference="c 17")
        said = contacts.log(session, form, by=world.dsl, at=NOW)
        held = retention_holds.child_hold(session, "C-17 ", "inquiry", by=world.dsl, at=NOW)
        again = retention_holds.child_hold(session, "c17", "inquiry", by=world.dsl, at=NOW)
    due = keeping.due(YEARS_LATER)
    assert other in due
    assert not {visit, said, person}.intersection(due)
    with world.register.dsl_file().write() as session:
        for one in (held, again):
            retention_holds.end_child_hold(session, one, "over", by=world.dsl, at=NOW)
    assert {visit, said, person} <= set(keeping.due(YEARS_LATER))


def test_a_wrong_password_erases_nothing(world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]) -> None:
    desk, dsl = keeping.parts(YEARS_LATER)
    chosen = {one.key for one in retention.look(desk, dsl, YEARS_LATER).due}
    before = tables(world)
    with pytest.raises(WrongPasswordError), world.register.write() as session:
        retention.erase(
            session,
            chosen,
            dsl,
            keyring=world.register.keyring,
            own_password="not it at all",
            by=world.dsl,
            at=YEARS_LATER,
        )
    assert tables(world) == before


def test_what_a_crash_left_in_the_dsl_file_is_found_and_finished(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    _, booking, visit = met
    assert unfinished(keeping) == Done()
    keeping.erase(YEARS_LATER, only=lambda one: one.kind is Kind.VISITS, dsl_too=False)
    rest = unfinished(keeping)
    assert rest.subjects == {booking, visit}
    _, dsl = keeping.parts(YEARS_LATER)
    with world.register.dsl_file().write() as session:
        assert retention.finish(session, rest, dsl, by=world.dsl, at=YEARS_LATER) == 2
    assert unfinished(keeping) == Done()
    keeping.sound()


def unfinished(keeping: Keeping) -> Done:
    desk, dsl = keeping.parts(YEARS_LATER)
    with keeping.world.register.read() as session:
        return retention.unfinished(session, desk, dsl, by=keeping.world.dsl)


def test_one_person_is_erased_on_request_and_screens_still_open(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    person = met[0]
    leaver = create_leaver(world, "Quilla Feather", badge="H444")
    create_worker(world, "Tom Okafor", badge="H20")
    shared = create_booking(world, leaver, person)
    came = create_visit(world, leaver).id
    world.write((came, Left(NOW, ToldBy.DESK)))
    with world.register.dsl_file().write() as session:
        form = ContactForm(ContactKind.CALL, Direction.SENT, leaver, NOW, "rang Quilla")
        contacts.log(session, form, by=world.dsl, at=NOW)
    with world.register.write() as session:
        drafts.keep(session, Arrival(visitor=leaver), "Quilla Feather", at=NOW)
    done = keeping.erase_person(leaver)
    assert (done.subjects, done.stays) == ({came}, "")
    with world.register.read() as session:
        assert session.execute(select(draft)).all() == []
        written = b"".join(session.execute(select(entry.c.body).where(entry.c.body.is_not(None))).scalars())
        assert b"Quilla" not in written
        assert [line.subject for line in journal.entries_of(session, shared)] == [shared]
    with world.register.dsl_file().read() as session:
        written = b"".join(session.execute(select(entry.c.body).where(entry.c.body.is_not(None))).scalars())
        assert b"Quilla" not in written
    keeping.sound()
    assert "The chart" in keeping.erase_person(person).stays


@pytest.mark.parametrize("reason", ["asked for by Leila on 3 May", "HADDAD"])
def test_the_reason_of_an_erasure_names_nobody(keeping: Keeping, met: tuple[UUID, UUID, UUID], reason: str) -> None:
    with pytest.raises(RegisterError, match="Leave the name out"):
        keeping.erase_person(met[0], reason)
    with pytest.raises(AnswerMissingError):
        keeping.erase_person(met[0], " ")


def test_a_held_person_and_one_on_site_are_not_erased_on_request(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    here = create_worker(world, "Tom Okafor", badge="H20")
    create_visit(world, here)
    with pytest.raises(RegisterError, match="on site"):
        keeping.erase_person(here)
    keeping.hold(met[2])
    with pytest.raises(RegisterError, match="hold"):
        keeping.erase_person(met[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_erasing_what_is_due_changes_nothing_that_is_not(world: World, keeping: Keeping, seed: int) -> None:
    """Whatever was written when, the rest reads as before, tables are as folded anew, and both files are sound."""
    chance = random.Random(seed)
    people = [create_worker(world, f"Person {number}", badge=f"H{number:03}") for number in range(4)]
    people.append(create_leaver(world, "Ian Haddow"))
    for _ in range(16):
        _write_something(world, chance, people)
    at = world.clock() + timedelta(days=chance.choice((0, 400, 800, 2_500)))
    for _ in range(2):
        found = keeping.listed(at)
        chosen = {one.key for one in found.due if chance.random() < 0.8}
        gone = {one.subject for one in found.due if one.key in chosen and not one.entries}
        gone |= {also for one in found.due if one.key in chosen for also in one.also}
        settings = {key for one in found.due for key in one.entries}
        before, bodies = tables(world), _bodies(world)
        done = keeping.erase(at, only=lambda one, chosen=chosen: one.key in chosen)
        allowed = gone | done.subjects
        after = tables(world)
        for name, rows in before.items():
            lost = [row for row in rows if row not in after[name]]
            assert all(row[0] in allowed or name == "setting" for row in lost), name
            assert not [row for row in after[name] if row not in rows], name
        for key, (subject, body) in _bodies(world).items():
            if bodies.get(key, (subject, None))[1] != body and key in bodies:
                assert subject in allowed or key[1] in settings
        keeping.sound()


def _bodies(world: World) -> dict[tuple[str, str], tuple[UUID, bytes | None]]:
    found: dict[tuple[str, str], tuple[UUID, bytes | None]] = {}
    for database in (world.register.desk, world.register.dsl_file()):
        with database.read() as session:
            for row in session.execute(select(entry)):
                found[database.path.stem, f"{row.desk}/{row.epoch}/{row.seq}"] = (row.subject, row.body)
    return found


def _write_something(world: World, chance: random.Random, people: list[UUID]) -> None:
    """One thing on some later day: a visit, a booking, a contact, a chart's word, a hold, a setting."""
    world.clock.move(days=chance.choice((0, 1, 40, 200)), hours=1)
    at, by, person = world.clock(), world.dsl, chance.choice(people)
    dsl = world.register.dsl_file()
    match chance.randrange(9):
        case 0 | 1:
            booking = create_booking(world, person) if chance.random() < 0.5 else None
            visit = create_visit(world, person, booking=booking).id
            world.write((visit, Left(at, ToldBy.DESK)))
            say_in_dsl(world, visit, ReasonRecorded(child_reference=chance.choice(("C-1", "C-2"))), at)
        case 2:
            create_booking(world, *chance.sample(people, 2))
        case 3:
            with dsl.write() as session:
                form = ContactForm(ContactKind.CALL, Direction.SENT, person, at, "x", child_reference="C-1")
                contacts.log(session, form, by=by, at=at)
        case 4:
            with dsl.write() as session:
                known = AllocationKnown.TOLD_BY_LA
                contacts.allocate(session, person, "C-2", on=at.date(), known=known, by=by, at=at)
        case 5:
            world.write((person, PersonListed(world.chart, f"Named {chance.random()}")))
        case 6:
            world.write((person, PersonLeftChart(uuid4())))
        case 7:
            with world.register.write() as session:
                policy.change(session, SchoolName(f"School {chance.random()}"), by=by, at=at)
            world.write((uuid4(), FireListPrinted(False, False, 1)))
        case _:
            plumber = uuid4()
            world.write((plumber, PersonRecorded(PersonKind.OTHER, "Petra Novak")))
            with dsl.write() as session:
                retention_holds.child_hold(session, chance.choice(("C-2", "C-9")), "x", by=by, at=at)


def test_every_screen_opens_when_people_bookings_and_charts_were_erased(
    world: World, keeping: Keeping, met: tuple[UUID, UUID, UUID]
) -> None:
    person, booking, _ = met
    leaver = create_leaver(world, "Quilla Feather", badge="H444")
    shared = create_booking(world, leaver, person)
    corrected = create_visit(world, leaver).id
    with world.register.write() as session:
        said = ArrivalCorrected(journal.entries_of(session, corrected)[0].seq, "somebody else", person=person)
        arrivals.correct(session, corrected, said, by=world.dsl, at=NOW)
    with world.register.dsl_file().write() as session:
        form = ContactForm(ContactKind.CALL, Direction.SENT, person, NOW, "rang", asks_reply=True)
        owed = contacts.log(session, form, by=world.dsl, at=NOW)
        step = Escalated(Rung.MANAGER, leaver, NOW, None, "no answer")
        clocks.escalate(session, owed, step, by=world.dsl, at=NOW)
        clocks.withdraw(session, owed, "by mistake", by=world.dsl, at=NOW)
    keeping.erase_person(leaver)
    look_everywhere(world, person, corrected, shared)
    world.write((person, PersonListed(world.chart, "Leila Haddad-Ames")))
    keeping.erase(months_on(NOW, 30), only=lambda one: one.kind in (Kind.CHARTS, Kind.BOOKINGS))
    look_everywhere(world, person, corrected, booking)
    keeping.erase(YEARS_LATER)
    look_everywhere(world, person, corrected, booking)
    keeping.sound()


def look_everywhere(world: World, person: UUID, visit: UUID, booking: UUID) -> None:
    """Open what reads old records: nothing of it may stumble over what is gone."""
    at, by, year = NOW, world.dsl, Span(NOW.date() - timedelta(days=90), NOW.date())
    asked = Asked(person=person)
    with world.register.dsl_file().read() as session:
        named = timeline.begin(session, asked, by=by)
        owed = protocol_report.owed_in(session, year, by=by)
        clocks.owed(session, by=by, at=at)
        contacts.newest(session, by=by)
    with world.register.read() as session:
        assert history.page(session, history.Wanted(), at=at) is not None
        history.story(session, visit, at=at)
        bookings.between(session, at - timedelta(days=9), at + timedelta(days=9))
        booking_history.of_booking(session, booking)
        today.board(session, at=at)
        review.waiting(session, by=by)
        chart_view.card(session, person)
        chart_view.versions(session)
        chart_view.overview(session, EVERYBODY, at=at)
        chart_history.listed_on(session, at.date())
        chart_history.person_on(session, person, at.date())
        desk_part = timeline.at_the_desk(session, asked, named, by=by)
        facts = protocol_report.seen_in(session, year, owed, at=at)
    with world.register.dsl_file().read() as session:
        dsl_part = timeline.in_the_dsl_file(session, asked, desk_part, by=by)
        protocol_report.with_reasons(session, facts, by=by)
    with world.register.read() as session:
        assert timeline.join(session, asked, desk_part, dsl_part, by=by, at=at) is not None
