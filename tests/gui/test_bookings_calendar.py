"""The drawn week and day of the Bookings screen: what stands where, in words, and by mouse and keyboard."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World, create_visit, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from tests.gui.test_bookings import Office
from visitor_register.domain import calendar
from visitor_register.domain.bookings import Place
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import CalendarSpan, HolidayEdits, NamedDay, SchoolCalendar
from visitor_register.gui.bookings import calendar_layout as layout
from visitor_register.gui.bookings.calendar_card import CalendarCard
from visitor_register.gui.bookings.calendar_days import without_pupils
from visitor_register.gui.bookings.calendar_layout import Grid, Span
from visitor_register.gui.bookings.calendar_words import CardKind
from visitor_register.gui.bookings.presenter import Way
from visitor_register.gui.desk import Desk
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
    with desk_of(world, clerk) as made:
        yield made


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


def crowded(world: World) -> dict[str, UUID]:
    """A week in which everything happens."""
    who = people(
        world,
        "Leila Haddad",
        "Oluwaseun Adebayo-Fitzgerald",
        "Owen Pritchard",
        "Maria Lindqvist",
        "Bethan Rhys",
        "Yusuf Demir",
        "Samira Noor",
    )
    one, long, owen, maria, bethan, yusuf, samira = who.values()
    day = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
    book(world, day[0], "09:00", "10:00", one, long, host="Mrs Shah", room="Meeting room 2")
    gone = book(world, day[0], "11:00", "12:30", owen, host="Ms Kaur", heard=2)
    with world.register.write() as session:
        bookings.did_not_come(session, gone, by=world.dsl, at=world.clock())
    here = book(world, day[1], "10:30", "12:00", one, long, host="Mrs Shah", room="Meeting room 2", heard=3)
    create_visit(world, one, booking=here)
    came = book(world, day[1], "09:00", "10:00", samira, host="Mr Bello")
    create_visit(world, samira, booking=came)
    book(world, day[1], "11:00", "12:00", owen, host="Mrs Shah", room="Meeting room 1")
    book(world, day[1], "14:00", "14:20", yusuf, host="Mr Bello")
    book(world, day[2], "09:00", "10:00", maria, host="", place=Place.ONLINE)
    off = book(world, day[2], "11:00", "12:00", bethan, host="Ms Kaur")
    with world.register.write() as session:
        bookings.cancel(session, off, by_school=False, why="ill", by=world.dsl, at=world.clock())
    for number, person in enumerate((one, long, owen, maria, bethan)):
        minute = number * 10
        book(world, day[3], f"10:{minute:02}", "11:30", person, host=("Mrs Shah", "Mr Bello")[number % 2])
    moved = book(world, day[4], "13:00", "14:00", yusuf)
    move(world, moved, day[3], "15:00")
    book(world, day[5], "10:00", "11:00", samira, host="Ms Kaur", heard=1)
    spans = (CalendarSpan(day[4], day[4], SchoolDay.CLOSED, "Boiler repair"),)
    with world.register.write() as session:
        policy.change(session, SchoolCalendar(spans), by=world.dsl, at=world.clock())
    return who


def card(office: Office, name: str, kind: CardKind = CardKind.BOOKED) -> CalendarCard:
    (found,) = [one for one in office.view.calendar.cards.values() if (one.words.kind, one.words.name) == (kind, name)]
    return found


def standing(office: Office) -> str:
    focused = office.view.window().focusWidget()
    assert isinstance(focused, CalendarCard), focused
    return focused.words.name


def spoken(office: Office) -> dict[str, str]:
    return {one.words.name: one.accessibleName() for one in office.view.calendar.cards.values()}


def test_the_week_of_the_design_in_words(office: Office) -> None:
    as_designed(office.world)
    office.presenter.go_to(NEXT)
    office.settle()
    words = office.view.calendar.words
    assert [(column.title, column.second, column.shaded) for column in words.columns] == [
        ("Mon 30 Nov", "2 visits", ""),
        ("Tue 1 Dec", "2 visits", ""),
        ("Wed 2 Dec", "1 visit", ""),
        ("Thu 3 Dec", "no visits", ""),
        ("Fri 4 Dec", "2 visits", "Staff only day"),
    ]
    assert office.view.title.text() == "30 Nov to 4 Dec 2026"
    assert spoken(office)["Review Service"] == (
        "Review Service, Mon 30 Nov, 11:00 to 12:30, here to see Mrs Shah, CIN Team 3, notice: Short notice"
    )
    assert card(office, "Leila Haddad").words.others == "+1"
    moved = card(office, "Yusuf Demir", CardKind.MOVED)
    assert (moved.words.struck, moved.words.said) == (True, ("moved",))
    assert moved.accessibleName() == "Yusuf Demir, Wed 2 Dec, 14:30, moved to Fri 4 Dec, 14:30 to 15:25"
    moved.click()
    office.settle()
    assert office.form.title.text() == "Visit on Fri 04/12/2026"
    assert card(office, "Yusuf Demir").open
    rects = [one.geometry() for one in office.view.calendar.cards.values()]
    assert not [one for number, one in enumerate(rects) if any(one.intersects(other) for other in rects[:number])]


def test_what_became_of_a_visit_and_what_clashes_is_said_in_words(office: Office) -> None:
    crowded(office.world)
    office.presenter.refresh()
    office.settle()
    said = [column.shaded for column in office.view.calendar.words.columns]
    assert said == ["", "", "", "", "Closed: Boiler repair", "Saturday"]
    assert office.view.title.text() == "23 to 28 Nov 2026"
    tuesday = office.view.calendar.words.columns[1]
    assert tuesday.today
    here = next(one for one in tuesday.cards if one.name == "Leila Haddad")
    assert [mark.text for mark in here.marks] == ["1 of 2 here", "Clash", "Short notice"]
    assert here.spoken.endswith("1 of 2 here\nnotice: Short notice\nClash: Mrs Shah also at 11:00")
    all_said = {word for column in office.view.calendar.words.columns for one in column.cards for word in one.said}
    assert all_said == {"did not come", "cancelled", "online", "moved"}
    assert tuesday.cards[0].marks[0].text == "Came"
    more = next(one for one in office.view.calendar.cards.values() if one.words.kind is CardKind.MORE)
    assert more.accessibleName().startswith(f"{more.words.name}, Enter shows the day, 10:10 Oluwaseun")
    more.setFocus()
    office.press(Qt.Key.Key_Return)
    assert (office.presenter.way, office.view.title.text()) == (Way.DAY, "Thu 26 Nov 2026")
    assert [column.title for column in office.view.calendar.words.columns] == ["Mr Bello", "Mrs Shah"]
    assert all(key[0] is not CardKind.MORE for key in office.view.calendar.cards), "a day is as wide as it needs"
    assert office.view.calendar.horizontalScrollBar().maximum() > 0
    office.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    office.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert office.view.this_week.text() == "Today"
    assert office.view.title.text() == "Tue 24 Nov 2026"


def test_every_card_is_reached_with_the_keyboard(office: Office) -> None:
    as_designed(office.world)
    office.presenter.go_to(NEXT)
    office.settle()
    office.view.setFocus()
    assert standing(office) == "Owen Pritchard"
    walked = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_End):
        office.press(key)
        walked.append(standing(office))
    assert walked == [
        "Review Service",
        "Maria Lindqvist",
        "Leila Haddad",
        "Samira Noor",
        "Yusuf Demir",
        "Yusuf Demir",
    ]
    assert len([one for one in office.view.calendar.cards.values() if one.focusPolicy() & Qt.FocusPolicy.TabFocus]) == 1
    office.press(Qt.Key.Key_Home)
    office.press(Qt.Key.Key_Return)
    assert office.form.title.text() == "Visit on Mon 30/11/2026"
    office.press(Qt.Key.Key_Escape)
    assert standing(office) == "Owen Pritchard"
    office.press(Qt.Key.Key_Insert)
    assert (office.form.day.text(), office.form.start.text()) == ("Mon 30/11/2026", "10:00")
    office.press(Qt.Key.Key_Escape)
    assert standing(office) == "Owen Pritchard"
    office.press(Qt.Key.Key_Tab)
    assert not isinstance(office.view.window().focusWidget(), CalendarCard)
    assert walkers.unnamed_controls(office.view) == []
    office.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert office.view.table.isVisible()
    office.press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert [column.title for column in office.view.calendar.words.columns] == ["Mr Bello", "Mrs Shah"]
    with office.world.register.write() as session:
        line = next(line for line in bookings.on_day(session, NEXT) if line.booking.here_to_see == "Mr Bello")
        bookings.cancel(session, line.booking.id, by_school=True, why="", by=office.world.dsl, at=office.world.clock())
    office.presenter.refresh()
    office.settle()
    assert card(office, "Owen Pritchard").words.said == ("cancelled",)


def test_a_click_on_a_free_time_begins_a_booking_there_and_it_is_drawn(office: Office) -> None:
    create_worker(office.world)
    calendar_view = office.view.calendar
    assert calendar_view.empty.isVisible()
    office.view.setFocus()
    assert calendar_view.hasFocus()
    grid = calendar_view.canvas.grid
    where = QPoint(grid.edges[3] + 20, grid.y(14 * 60 + 20))
    QTest.mouseMove(calendar_view.canvas, where)
    QTest.mouseClick(calendar_view.canvas, Qt.MouseButton.LeftButton, pos=where)
    office.settle()
    assert (office.form.day.text(), office.form.start.text()) == ("Thu 26/11/2026", "14:15")
    drawn = card(office, "New booking", CardKind.WRITING)
    assert drawn.accessibleName() == "New booking, not saved yet, Thu 26 Nov, 14:15"
    assert calendar_view.empty.isHidden()
    office.who("haddad")
    office.fills("start", "17:30")
    assert calendar_view.canvas.grid.shown == range(8, 19)
    where = QPoint(grid.edges[1] + 20, calendar_view.canvas.grid.y(9 * 60))
    QTest.mouseClick(calendar_view.canvas, Qt.MouseButton.LeftButton, pos=where)
    office.settle()
    assert (office.form.day.text(), office.form.start.text()) == ("Tue 24/11/2026", "09:00")
    assert [one.name for one in office.form.who.guests()] == ["Leila Haddad"], "the new time is for who stands there"
    undo = office.said.notices[-1]
    assert (undo.text, undo.action) == ("The booking you are writing has another time now.", "Put it back")
    assert undo.run is not None
    undo.run()
    office.settle()
    assert (office.form.day.text(), office.form.start.text()) == ("Thu 26/11/2026", "17:30")
    QTest.mouseClick(calendar_view.canvas, Qt.MouseButton.LeftButton, pos=where)
    office.settle()
    office.chooses(office.form.told, "E-mail")
    office.saves()
    assert list(spoken(office)) == ["Leila Haddad"]
    card(office, "Leila Haddad").click()
    office.settle()
    assert len(calendar_view.cards) == 1
    office.fills("start", "11:00")
    changed = card(office, "Leila Haddad", CardKind.WRITING)
    assert changed.words.said == ("not saved",)
    office.press(Qt.Key.Key_Escape)
    assert len(calendar_view.cards) == 1
    office.presenter.look(Way.DAY)
    office.settle()
    where = QPoint(20, calendar_view.canvas.grid.y(13 * 60))
    QTest.mouseClick(calendar_view.canvas, Qt.MouseButton.LeftButton, pos=where)
    office.settle()
    assert [column.title for column in calendar_view.words.columns] == ["Nobody named"]
    office.fills("host", "Ms Kaur")
    assert [column.title for column in calendar_view.words.columns] == ["Ms Kaur", "Nobody named"]


def test_days_without_pupils_have_their_word_and_others_none(world: World) -> None:
    spans = (
        CalendarSpan(date(2026, 12, 1), date(2027, 2, 12), SchoolDay.SCHOOL, "Winter"),
        CalendarSpan(date(2026, 12, 21), date(2026, 12, 31), SchoolDay.CLOSED, "Christmas holiday"),
        CalendarSpan(date(2026, 12, 18), date(2026, 12, 18), SchoolDay.STAFF_ONLY, "INSET"),
        CalendarSpan(date(2026, 12, 17), date(2026, 12, 17), SchoolDay.STAFF_ONLY),
    )
    with world.register.write() as session:
        policy.change(session, SchoolCalendar(spans), by=world.dsl, at=world.clock())
        policy.change(session, HolidayEdits(added=(NamedDay(date(2026, 12, 16), "Jubilee"),)), by=world.dsl, at=NOW)
    days = [date(2026, 12, 15) + timedelta(days=number) for number in range(14)]
    with world.register.read() as session:
        words = without_pupils(session, [date(2150, 1, 1), *days])
    assert {day.day: word for day, word in words.items()} == {
        16: "Bank holiday: Jubilee",
        17: "Staff only day",
        18: "Staff only day: INSET",
        19: "Saturday",
        20: "Sunday",
        **dict.fromkeys((21, 22, 23, 24, 26, 27), "Closed: Christmas holiday"),
        25: "Bank holiday: Christmas Day",
        28: "Bank holiday: Boxing Day (substitute day)",
    }


@given(
    st.lists(st.builds(lambda start, long: Span(start, start + long), st.integers(0, 600), st.integers(5, 300))),
    st.integers(2, 5),
)
def test_cards_never_lie_on_each_other_and_none_is_lost(spans: list[Span], most: int) -> None:
    arranged = layout.arrange(spans, most)
    grid = Grid((0, 240), range(24), 60.0)
    shown = [(span, place) for span, place in zip(spans, arranged.places, strict=True) if place is not None]
    shown += [(more.span, more.place) for more in arranged.more]
    boxes = [QRect(*grid.box(0, span, place, 4)) for span, place in shown]
    assert not [box for number, box in enumerate(boxes) if any(box.intersects(other) for other in boxes[:number])]
    assert all(box.left() >= 4 and box.right() < 236 and box.width() > 0 for box in boxes)
    behind = sorted(member for more in arranged.more for member in more.members)
    assert behind == [number for number, place in enumerate(arranged.places) if place is None]
    assert all(grid.minute(grid.y(span.start)) == span.start for span in spans)


def test_a_picture_of_the_week_of_the_design(office: Office) -> None:
    as_designed(office.world)
    office.presenter.go_to(NEXT)
    office.settle()
    office.fills_in("lei", "30/11/2026", "14:00")
    office.fills("host", "Mrs Shah")
    pictures.save(office.view, "bookings-week-designed")


@pytest.mark.parametrize(("scheme", "factor"), [(Scheme.LIGHT, 1.0), (Scheme.DARK, 1.3)])
def test_a_crowded_week_fits_everywhere(office: Office, look: Theme, scheme: Scheme, factor: float) -> None:
    pictures.save(office.view, "bookings-week-empty")
    crowded(office.world)
    look.use(scheme, factor)
    try:
        for width, height in ((1366, 698), (911, 442)):
            for way in (Way.DAY, Way.WEEK):
                office.presenter.look(way)
                office.show(width, height)
                pictures.save(office.view, f"bookings-{way}-{scheme.value}-{width}")
                assert walkers.text_fits(office.view) == []
                assert walkers.unnamed_controls(office.view) == []
                assert walkers.rich_text_labels(office.view) == []
    finally:
        look.use(Scheme.LIGHT)
