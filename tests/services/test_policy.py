"""Settings: defaults until they are set, read as they apply on a day, the old value for its days."""

from datetime import UTC, date, datetime, time

import pytest

from tests.factories import NOW, World
from visitor_register.domain.calendar import Days, SchoolDay
from visitor_register.domain.letters import LetterKind, LetterText
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import (
    CalendarSpan,
    ChartAges,
    ChartFolder,
    Clocks,
    DaySlot,
    DslOnDuty,
    Duty,
    FireListPlaces,
    HolidayEdits,
    KnownPolicy,
    Lanyards,
    LanyardWord,
    Letters,
    MailSecurity,
    NamedDay,
    OpeningHours,
    Policy,
    SchoolCalendar,
    SchoolName,
    SchoolTimes,
    Sharing,
    Sounds,
    Staff,
    StaffContact,
    TellBy,
    Telling,
    VisitorNotice,
)
from visitor_register.domain.retention import Retention
from visitor_register.domain.verification import Supervision
from visitor_register.services import policy

TODAY = NOW.date()
VALUES: dict[str, object] = {
    "school": SchoolName("St Ștefan's"),
    "duty": DslOnDuty((Duty("Mrs Shah", "DSL", "201"),)),
    "lanyards": Lanyards((LanyardWord(Supervision.DSL, "PURPLE", "#123456"),)),
    "notice": VisitorNotice(3, "Read this"),
    "known": KnownPolicy(Supervision.ESCORTED, Supervision.STAFF_IN_ROOM),
    "hours": OpeningHours(time(8), time(18, 15)),
    "staff": Staff(("Ms Kaur",), ("Hall",), (StaffContact("Ms Kaur", "SENCo", "204", "kaur@school.example"),)),
    "calendar": SchoolCalendar((CalendarSpan(date(2026, 9, 1), date(2026, 10, 23), SchoolDay.SCHOOL, "Autumn 1"),)),
    "holidays": HolidayEdits((NamedDay(date(2026, 6, 26), "Jubilee"),), (date(2026, 8, 31),)),
    "clocks": Clocks(Days.SCHOOL, Days.CALENDAR, reply_elapsed=True, la_opens=time(8)),
    "times": SchoolTimes((DaySlot("Break", time(10, 30), time(10, 50), lesson=False),)),
    "letters": Letters((LetterText(LetterKind.CHASE, "Reminder", "Dear {name}"),)),
    "telling": Telling(TellBy.SEND, "mail.school.example", 465, MailSecurity.TLS, "desk@school.example", "desk"),
    "chart_ages": ChartAges(10, 20),
    "chart_folder": ChartFolder(r"S:\charts"),
    "fire_list": FireListPlaces(("/a", r"C:\b"), "Office printer"),
    "sharing": Sharing(under=5),
    "sounds": Sounds(on=False),
    "retention": Retention(visit_years=7, worker_months=6),
}


def _read(world: World, on: date = TODAY) -> Policy:
    with world.register.read() as session:
        return policy.read(session, on)


def _set(world: World, value: object, applies_from: date | None = None) -> None:
    with world.register.write() as session:
        policy.change(session, value, by=world.dsl, at=NOW, applies_from=applies_from)


def test_every_setting_is_there() -> None:
    assert set(VALUES) == set(Policy.__dataclass_fields__)


@pytest.mark.parametrize("name", VALUES)
def test_a_setting_reads_back_as_it_was_set(world: World, name: str) -> None:
    others = _read(world)
    _set(world, VALUES[name])
    assert getattr(_read(world), name) == VALUES[name]
    assert all(getattr(_read(world), other) == getattr(others, other) for other in VALUES if other != name)


def test_a_value_applies_from_its_day_and_the_old_one_before_it(world: World) -> None:
    _set(world, ChartAges(1, 2))
    _set(world, ChartAges(3, 4), applies_from=date(2026, 12, 1))
    assert _read(world, date(2026, 11, 30)).chart_ages == ChartAges(1, 2)
    assert _read(world, date(2026, 12, 1)).chart_ages == ChartAges(3, 4)


def test_of_two_values_for_one_day_the_one_said_last_counts(world: World) -> None:
    _set(world, SchoolName("first"), applies_from=TODAY)
    _set(world, SchoolName("second"), applies_from=TODAY)
    assert _read(world).school.name == "second"


def test_the_office_says_who_is_dsl_today_and_nothing_else(world: World, people: dict[Role, Operator]) -> None:
    at = datetime(2026, 11, 25, 8, tzinfo=UTC)
    with world.register.write() as session:
        policy.change(session, DslOnDuty((Duty("Mr Bello"),)), by=people[Role.OFFICE], at=at)
    assert [duty.name for duty in _read(world).duty.people] == ["Mr Bello"]
