"""The practice register: invented people in a folder that the caller removes, made through the real services."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.chart import ChartReading
from visitor_register.domain.chart_guard import Guard
from visitor_register.domain.events import LetterFiled, NumberPublished, ReasonRecorded
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import (
    CalendarSpan,
    DaySlot,
    DslOnDuty,
    Duty,
    SchoolCalendar,
    SchoolName,
    SchoolTimes,
    Staff,
    StaffContact,
    VisitorNotice,
)
from visitor_register.files.charts import read_chart
from visitor_register.persistence import register as registers
from visitor_register.persistence.keyring import Keyring, PasswordCost
from visitor_register.persistence.register import NewPerson, Register
from visitor_register.resources_path import resource
from visitor_register.services import (
    assurance,
    chart_import,
    directory,
    policy,
    practice_contacts,
    practice_day,
    practice_people,
    practice_trials,
    sealed,
)
from visitor_register.services.chart_import import ChartMeta
from visitor_register.services.chart_plan import NOTHING_DECIDED
from visitor_register.services.practice_trials import Trial

PASSWORD = "practice"  # noqa: S105 - said to everybody who practises
AUTHORITY = "London Borough of Harrow"
SCHOOL = "Elmbrook Primary School (practice)"

PEOPLE = (
    NewPerson("Nadia Shah", Role.DSL, PASSWORD),
    NewPerson("Joan Mensah", Role.RECEPTION, PASSWORD),
    NewPerson("Priya Kaur", Role.OFFICE, PASSWORD),
    NewPerson("Helen Okafor", Role.HEAD, PASSWORD),
)

FIRST_CHART, SECOND_CHART = ("structure-chart.csv", 45), ("structure-chart-2.csv", 12)
"""The files of the sample charts, and how many days before today each was issued."""

_LESSON_TIMES = SchoolTimes(
    (
        DaySlot("Lesson 1", time(9), time(10, 30)),
        DaySlot("Break", time(10, 30), time(10, 50), lesson=False),
        DaySlot("Lesson 2", time(10, 50), time(12, 10)),
        DaySlot("Lunch", time(12, 10), time(13, 10), lesson=False),
        DaySlot("Lesson 3", time(13, 10), time(15, 15)),
    )
)


@dataclass(frozen=True, slots=True)
class PracticeRegister:
    """A practice register that is ready and closed. `badges` is the folder with the pictures of the badges."""

    folder: Path
    badges: Path
    operators: tuple[Operator, ...]
    recovery_code: str
    trials: tuple[Trial, ...]
    password: str = PASSWORD

    def somebody(self, role: Role) -> Operator:
        """Who has this role; there is one of each but the auditor."""
        return next(operator for operator in self.operators if operator.role is role)

    def open(self, role: Role = Role.RECEPTION) -> Register:
        """Open it for somebody, as signing in does."""
        return Register.open(self.folder, self.somebody(role), self.password)

    @property
    def page(self) -> str:
        """What to try, as a page for the guide."""
        return practice_trials.as_page(self.trials)


def build(folder: Path, *, now: datetime, cost: PasswordCost | None = None) -> PracticeRegister:
    """Make a practice register for one moment in an empty folder. Nothing is written anywhere else.

    Raises:
        RegisterError: the folder cannot hold a register, or has one already.
    """
    code = registers.create(folder, list(PEOPLE), at=now - timedelta(days=60), cost=cost)
    keyring = Keyring.load(folder / "keyring.json")
    operators = tuple(keyring.people())
    dsl, reception, office, _ = operators
    desk = practice_day.Desk(now, reception=reception, office=office, dsl=dsl)
    register = Register.open(folder, reception, PASSWORD)
    try:
        with register.write() as session:
            _write_settings(session, dsl, now)
        _import_charts(register, by=office, now=now)
        with register.write() as session:
            cast = practice_people.choose(session)
            others = practice_day.write_past(session, cast, desk)
            booked = practice_day.write_bookings(session, cast, others, desk)
            why = ReasonRecorded(purpose="pep", child_reference="P-014", detail="invented, for practice")
            sealed.seal_reason(session, booked[cast.due.id], why, keyring.seal_public, by=office, at=now)
            practice_day.write_today(session, cast, booked, desk)
            people = {one: directory.get(session, one) for one in (others.council, others.newcomer)}
    finally:
        register.close()
    _fill_dsl_file(folder, dsl, cast, now)
    known = {one: somebody for one, somebody in people.items() if somebody is not None}
    tried = practice_trials.trials(cast, others, known, folder / "badges")
    return PracticeRegister(folder, folder / "badges", operators, code, tried)


def _fill_dsl_file(folder: Path, dsl: Operator, cast: practice_people.Cast, now: datetime) -> None:
    register = Register.open(folder, dsl, PASSWORD)
    try:
        practice_contacts.fill(register, cast, by=dsl, now=now)
    finally:
        register.close()


def _write_settings(session: Session, dsl: Operator, now: datetime) -> None:
    """What the school sets on its first days."""
    at, today = now - timedelta(days=60), calendar.london_date(now)
    assurance.ship_numbers(session, by=dsl, at=at)
    duty = DslOnDuty(
        (Duty("Mrs Shah", "DSL", "ext 201"), Duty("Mr Bello", "deputy DSL", "ext 203"), Duty("Mrs Okafor", "head", ""))
    )
    staff = Staff(
        ("Mrs Shah", "Mr Bello", "Ms Kaur", "Mrs Okafor"),
        ("Meeting room 1", "Meeting room 2", "Library"),
        (
            StaffContact("Mrs Shah", "DSL", "201"),
            StaffContact("Mr Bello", "deputy DSL", "203"),
            StaffContact("Ms Kaur", "SENCo", "210"),
        ),
    )
    for value in (SchoolName(SCHOOL), duty, staff, VisitorNotice(), _school_calendar(today), _LESSON_TIMES):
        policy.change(session, value, by=dsl, at=at)
    found = today - timedelta(days=30)
    mash = assurance.number_for(session, assurance.MASH)
    confirmed = NumberPublished(
        assurance.MASH, "020 7946 0001", "Mon-Fri 09:00-17:00", "invented, for practice", found_on=found
    )
    duty_team = NumberPublished(practice_day.OTHER_COUNCIL, "020 7946 0555", "", "invented, for practice", found)
    assurance.publish_number(session, confirmed, by=dsl, at=at, of=mash.id if mash else None)
    assurance.publish_number(session, duty_team, by=dsl, at=at, of=None)
    letter = LetterFiled(
        authority=practice_day.OTHER_COUNCIL,
        signatory_role="Assistant Director",
        dated=today - timedelta(days=100),
        groups="all staff of children's social care",
        review_on=today + timedelta(days=265),
        filed_where="DSL office, blue folder",
    )
    assurance.file_letter(session, letter, by=dsl, at=at)


def _school_calendar(today: date) -> SchoolCalendar:
    """A term around today, whenever that is, with a training day on the Monday after next."""
    inset = today + timedelta(days=14 - today.weekday())
    return SchoolCalendar(
        (
            CalendarSpan(today - timedelta(days=50), today + timedelta(days=50), SchoolDay.SCHOOL, "Practice term"),
            CalendarSpan(inset, inset, SchoolDay.STAFF_ONLY, "INSET"),
        )
    )


def _import_charts(register: Register, *, by: Operator, now: datetime) -> None:
    """Import the sample charts as a person does, one after the other: whoever is not on the second one has left."""
    for name, days in (FIRST_CHART, SECOND_CHART):
        reading, at = _read(name), now - timedelta(days=days)
        day = calendar.london_date(at)
        meta = ChartMeta(
            authority=next((row.organisation for row in reading.people if row.organisation), AUTHORITY),
            file_name=name,
            sha256=hashlib.sha256(resource("sample", name).read_bytes()).hexdigest(),
            issued_on=day - timedelta(days=1),
            received_on=day,
            from_whom="Business support, children's services",
        )
        # The two belong together: whatever a person would be asked about them is so.
        decided = replace(NOTHING_DECIDED, confirmed=frozenset(Guard))
        with register.write() as session:
            chart_import.accept(session, reading, decided, meta, by=by, at=at)


@cache
def _read(name: str) -> ChartReading:
    return read_chart([resource("sample", name)])
