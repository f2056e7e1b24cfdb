"""The drawn week and day of the Bookings screen: what stands where, in words, and by mouse and keyboard."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import World, create_worker
from tests.gui import pictures
from tests.gui.test_bookings import Office
from visitor_register.domain import calendar
from visitor_register.domain.bookings import Place
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import CalendarSpan, SchoolCalendar
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.services import bookings, policy
from visitor_register.services.bookings import BookingForm

NEXT = date(2026, 11, 30)


@pytest.fixture
def operator(world: World) -> Operator:
    return world.dsl


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    clerk = Operator(uuid4(), "Priya Anand", Role.OFFICE)
    world.write((clerk.id, OperatorAdded(clerk.name, clerk.role)))
    crashes: list[BaseException] = []
    jobs = JobRunner(world.register.read, world.register.write, crashes.append)
    yield Desk(jobs, clerk, now=world.clock)
    jobs.close()
    assert crashes == []


@pytest.fixture
def office(world: World, desk: Desk, qtbot: QtBot) -> Office:
    return Office(world, desk, qtbot)


def book(
    world: World,
    day: date,
    start: str,
    end: str,
    *visitors: UUID,
    host: str = "Mrs Shah",
    room: str = "",
    place: Place = Place.SCHOOL,
    heard: int = 20,
) -> UUID:
    starts, ends = (calendar.at_london(day, time.fromisoformat(clock)) for clock in (start, end))
    heard_at = starts - timedelta(days=heard)
    form = BookingForm(visitors, starts, ends, host, room, notified_at=heard_at, place=place)
    with world.register.write() as session:
        return bookings.book(session, form, by=world.dsl, at=world.clock())


def people(world: World, *names: str) -> dict[str, UUID]:
    return {name: create_worker(world, name, badge=f"H{number}") for number, name in enumerate(names)}


def move(world: World, booking: UUID, day: date, start: str) -> None:
    with world.register.write() as session:
        line = bookings.get(session, booking)
        assert line is not None
        old = line.booking
        starts = calendar.at_london(day, time.fromisoformat(start))
        form = BookingForm(
            tuple(person.id for person in line.visitors),
            starts,
            starts + timedelta(minutes=55),
            old.here_to_see,
            old.room,
            notified_at=old.notified_at,
        )
        bookings.change(session, booking, form, by=world.dsl, at=world.clock())


def as_designed(world: World) -> dict[str, UUID]:
    """The week of the design."""
    who = people(
        world,
        "Owen Pritchard",
        "Review Service",
        "Maria Lindqvist",
        "Bethan Rhys",
        "Leila Haddad",
        "Yusuf Demir",
        "Samira Noor",
        "Ngozi Eze",
    )
    day = [NEXT + timedelta(days=number) for number in range(7)]
    book(world, day[0], "09:00", "09:55", who["Owen Pritchard"], host="Mr Bello")
    book(world, day[0], "11:00", "12:30", who["Review Service"], heard=2)
    book(world, day[1], "09:30", "10:25", who["Maria Lindqvist"], host="Ms Kaur")
    book(world, day[1], "13:00", "14:00", who["Bethan Rhys"], host="Mr Bello")
    book(world, day[2], "10:00", "10:55", who["Leila Haddad"], who["Ngozi Eze"])
    moved = book(world, day[2], "14:30", "15:25", who["Yusuf Demir"])
    book(world, day[4], "09:00", "09:55", who["Samira Noor"], host="Ms Kaur")
    move(world, moved, day[4], "14:30")
    spans = (
        CalendarSpan(date(2026, 9, 1), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn term"),
        CalendarSpan(day[4], day[4], SchoolDay.STAFF_ONLY),
    )
    with world.register.write() as session:
        policy.change(session, SchoolCalendar(spans), by=world.dsl, at=world.clock())
    return who


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_pictures_of_the_week(office: Office, look: Theme, scheme: Scheme) -> None:
    as_designed(office.world)
    look.use(scheme)
    try:
        office.show(1366, 698)
        office.presenter.go_to(NEXT)
        office.settle()
        office.fills_in("lei", "30/11/2026", "14:00")
        office.fills("host", "Mrs Shah")
        pictures.save(office.view, f"week-{scheme.value}-1366")
    finally:
        look.use(Scheme.LIGHT)
