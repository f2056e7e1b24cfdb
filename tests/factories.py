"""Registers and people for tests: made through the services and the journal, as the program makes them."""

import atexit
import functools
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import Arrival
from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown
from visitor_register.domain.events import ChartAccepted, PersonLeftChart, PersonListed, PostListed, PostRemoved
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import DslOnDuty, Duty, SchoolName, Staff
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import Visit
from visitor_register.persistence import journal
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring, PasswordCost
from visitor_register.persistence.register import NewPerson, Register
from visitor_register.services import arrivals, assurance, bookings, directory, policy
from visitor_register.services.bookings import BookingForm

PASSWORD = "three plain words"
CHEAP = PasswordCost(memory_kib=256, passes=1)
NOW = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
"""Tuesday 24 November 2026, 10:24 in London: a school day, no clock change near."""

AUTHORITY = "London Borough of Harrow"


@dataclass
class Clock:
    """The time, which stands still until a test moves it."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        """Let time pass: `clock.move(minutes=3)`."""
        self.at += timedelta(**span)


@dataclass
class World:
    """An open register with two people who may sign in, and short ways to fill it."""

    register: Register
    reception: Operator
    dsl: Operator
    clock: Clock
    recovery_code: str
    chart: UUID = field(default_factory=uuid4)
    teams: dict[str, UUID] = field(default_factory=dict)
    head_of_service: UUID | None = None

    def write(self, *said: tuple[UUID, object], by: Operator | None = None) -> None:
        """Append events as the DSL, or as somebody else."""
        with self.register.write() as session:
            journal.append_all(session, said, by=by or self.dsl, at=self.clock())


def create_register(folder: Path, clock: Clock, *, sign_in: Role = Role.DSL) -> World:
    """A new register with a DSL and a receptionist, open for one of them, with settings but no chart."""
    template = _template(clock())
    shutil.copytree(template.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock*"))
    dsl, reception = Keyring.load(folder / "keyring.json").people()
    register = Register.open(folder, dsl if sign_in is Role.DSL else reception, PASSWORD)
    return World(register, reception, dsl, clock, template.recovery_code)


@dataclass(frozen=True, slots=True)
class _Template:
    """A register made once and copied for each test: a fifth of the time of making one."""

    folder: Path
    recovery_code: str


@functools.cache
def _template(at: datetime) -> _Template:
    place = tempfile.mkdtemp(prefix="register-template")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    folder = Path(place) / "register"
    people = [NewPerson("Nadia Shah", Role.DSL, PASSWORD), NewPerson("Joan Mensah", Role.RECEPTION, PASSWORD)]
    code = registers.create(folder, people, at=at, cost=CHEAP)
    dsl = Keyring.load(folder / "keyring.json").people()[0]
    register = Register.open(folder, dsl, PASSWORD)
    with register.write() as session:
        assurance.ship_numbers(session, by=dsl, at=at)
        policy.change(session, SchoolName("Elmbrook Primary School"), by=dsl, at=at)
        duty = (Duty("Mrs Shah", "DSL", "ext 201"), Duty("Mr Bello", "deputy DSL", "ext 203"))
        policy.change(session, DslOnDuty(duty), by=dsl, at=at)
        staff = Staff(("Mrs Shah", "Mr Bello", "Ms Kaur"), ("Meeting room 1", "Meeting room 2"))
        policy.change(session, staff, by=dsl, at=at)
    register.close()
    return _Template(folder, code)


def create_chart(world: World, *, issued_on: date = date(2026, 11, 2)) -> UUID:
    """Accept an empty chart with a Head of Service and their post; `create_worker` fills it."""
    hos, hos_post = uuid4(), uuid4()
    accepted = ChartAccepted(
        authority=AUTHORITY,
        services=("Children's Services",),
        file_name="clean.csv",
        sha256="0" * 64,
        format="csv",
        issued_on=issued_on,
        received_on=issued_on + timedelta(days=1),
        from_whom="Harrow business support",
        people=1,
        posts=1,
    )
    world.write(
        (world.chart, accepted),
        (hos, PersonListed(world.chart, "Ines Whitcombe", organisation=AUTHORITY, job_title="Head of Service")),
        (
            hos_post,
            PostListed(
                world.chart, AUTHORITY, "CS1", "Head of Service", "Directorate", "CIN", level="2", holders=(hos,)
            ),
        ),
    )
    world.head_of_service = hos_post
    return world.chart


def create_team(world: World, name: str = "CIN Team 3", manager: str = "Marcus Adeyemi", *, email: str = "") -> UUID:
    """A team with its manager; returns the manager's post. An empty manager's name makes the post vacant."""
    if world.head_of_service is None:
        create_chart(world)
    person, place = uuid4(), uuid4()
    listed = PersonListed(
        world.chart,
        manager,
        organisation=AUTHORITY,
        job_title="Team Manager",
        team=name,
        email=email,
        phone="020 7946 0112",
    )
    post = PostListed(
        world.chart,
        AUTHORITY,
        f"TM-{name}",
        f"Team Manager, {name}",
        name,
        "CIN",
        level="4",
        reports_to=world.head_of_service,
        holders=(person,) if manager else (),
    )
    world.write(*([(person, listed)] if manager else []), (place, post))
    world.teams[name] = place
    return place


def create_worker(
    world: World, name: str = "Leila Haddad", *, badge: str = "H194359", team: str = "CIN Team 3", known_as: str = ""
) -> UUID:
    """Somebody on the current chart whose badge shows their staff number."""
    if team not in world.teams:
        create_team(world, team)
    person, place = uuid4(), uuid4()
    world.write(
        (
            person,
            PersonListed(
                world.chart,
                name,
                known_as=known_as,
                organisation=AUTHORITY,
                job_title="Social Worker",
                team=team,
                service="CIN",
                staff_number=badge,
                email=f"{badge.lower()}@harrow-lbc.example",
                phone="020 7946 0148",
            ),
        ),
        (
            place,
            PostListed(
                world.chart,
                AUTHORITY,
                f"SW-{badge}",
                "Social Worker",
                team,
                "CIN",
                level="5",
                reports_to=world.teams[team],
                holders=(person,),
            ),
        ),
    )
    return person


def create_booking(world: World, *visitors: UUID, minutes: int = 6, here_to_see: str = "Mrs Shah") -> UUID:
    """A booking that starts so many minutes from now and lasts an hour."""
    starts = world.clock() + timedelta(minutes=minutes)
    form = BookingForm(
        visitors=visitors,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        here_to_see=here_to_see,
        room="Meeting room 2",
        notified_at=world.clock() - timedelta(days=10),
    )
    with world.register.write() as session:
        return bookings.book(session, form, by=world.dsl, at=world.clock())


def create_visit(world: World, person: UUID, *, here_to_see: str = "Mrs Shah", booking: UUID | None = None) -> Visit:
    """Somebody signed in now, badge in date, face compared."""
    arrival = Arrival(
        person=person,
        booking=booking,
        verdict=Verdict.KNOWN,
        shown=IdShown.HARROW_BADGE,
        expiry=Expiry.IN_DATE,
        compared=Compared.YES,
        basis=Basis.PHOTO_BADGE,
        supervision=Supervision.UNESCORTED,
        lanyard="GREEN",
        here_to_see=here_to_see,
        place="Meeting room 2",
    )
    with world.register.write() as session:
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())


def look(world: World) -> Session:
    """A reading session for a quick look; close it, or use it in a `with`."""
    return Session(world.register.desk.engine, info={"desk": "", "epoch": 1, "file": "desk"})


def create_leaver(world: World, name: str = "Ian Haddow", *, badge: str = "H170001", team: str = "CIN Team 3") -> UUID:
    """Somebody who stood on an older chart and does not stand on the current one."""
    person = create_worker(world, name, badge=badge, team=team)
    create_worker(world, "A. Colleague", badge=f"{badge}9", team=team)
    newer = uuid4()
    accepted = ChartAccepted(
        authority=AUTHORITY,
        services=("Children's Services",),
        file_name="newer.csv",
        sha256="1" * 64,
        format="csv",
        issued_on=date(2026, 11, 9),
        received_on=date(2026, 11, 10),
        from_whom="Harrow business support",
        people=1,
        posts=1,
    )
    with world.register.read() as session:
        places = directory.posts_of(session, person)
    world.write(
        (newer, accepted), (person, PersonLeftChart(newer)), *((place.id, PostRemoved(newer)) for place in places)
    )
    return person
