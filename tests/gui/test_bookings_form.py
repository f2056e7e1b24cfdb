"""The booking form by itself: by keyboard alone, worked answers for notice, places, lessons, visits that come back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.bookings import BookingState, Place
from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, PersonKind, Role
from visitor_register.domain.policy import CalendarSpan, DaySlot, SchoolCalendar, SchoolTimes
from visitor_register.gui.bookings.form import BookingForm
from visitor_register.gui.bookings.form_presenter import FormPresenter
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.services import bookings, policy, sealed
from visitor_register.services.bookings import BookingLine

CTRL = Qt.KeyboardModifier.ControlModifier
DAY = (
    DaySlot("Period 1", time(9), time(10, 30)),
    DaySlot("Break", time(10, 30), time(10, 50), lesson=False),
    DaySlot("Period 2", time(10, 50), time(12, 15)),
    DaySlot("Lunch", time(12, 15), time(13, 15), lesson=False),
    DaySlot("Period 3", time(13, 15), time(15, 20)),
    DaySlot("After school", time(15, 20), time(16, 30), lesson=False),
)


class Clerk(QObject):
    """Somebody of the office at the form."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        super().__init__()
        self.world, self.desk, self.qtbot = world, desk, qtbot
        self.said: list[str] = []
        self.presenter = FormPresenter(desk, world.register.keyring.seal_public)
        self.presenter.setParent(self)
        self.form = BookingForm(self.presenter)
        desk.said.connect(self.hear)
        desk.jobs.failed.connect(desk.explain)
        qtbot.addWidget(self.form)
        self.form.resize(392, 620)
        self.form.show()
        self.presenter.begin()
        self.form.who.setFocus()
        self.settle()

    def hear(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.form.window().focusWidget() or self.form, key, held)
            self.settle()

    def types(self, *texts: str) -> None:
        """Each text into what has the keyboard, then Tab."""
        for text in texts:
            target = self.form.window().focusWidget()
            assert target is not None
            if isinstance(target, QLineEdit):
                target.selectAll()
            if isinstance(target, Chooser) and not target.isEditable():
                self.chooses(target, text)
            else:
                QTest.keyClicks(target, text)
            self.press(Qt.Key.Key_Tab)

    def chooses(self, chooser: Chooser, words: str) -> None:
        """With the arrow, as what one types letter by letter depends on the pace."""
        QTest.keyClick(chooser, Qt.Key.Key_Home)
        while not chooser.currentText().startswith(words):
            assert chooser.currentIndex() < chooser.count() - 1, words
            QTest.keyClick(chooser, Qt.Key.Key_Down)

    def fills(self, **texts: str) -> None:
        for name, text in texts.items():
            control = self.form.fields[name].control
            if isinstance(control, Chooser) and not control.isEditable():
                self.chooses(control, text)
            else:
                line = control.lineEdit() if isinstance(control, Chooser) else control
                assert isinstance(line, QLineEdit)
                line.setText(text)
        self.settle()

    def who(self, name: str) -> None:
        self.form.who.search.setFocus()
        QTest.keyClicks(self.form.who.search, name)
        self.press(Qt.Key.Key_Return)

    def saves(self) -> None:
        self.press(Qt.Key.Key_S, held=CTRL)

    def opens(self, booking: UUID) -> None:
        with self.world.register.read() as session:
            line = bookings.get(session, booking)
        assert line is not None
        self.presenter.open(line)
        self.settle()

    def lines(self) -> list[BookingLine]:
        with self.world.register.read() as session:
            return bookings.between(session, self.world.clock(), self.world.clock() + timedelta(days=400))

    def days(self) -> list[str]:
        return [f"{line.booking.starts_at:%d/%m %H:%M}" for line in self.lines()]


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    made = Operator(uuid4(), "Priya Anand", Role.OFFICE)
    world.write((made.id, OperatorAdded(made.name, made.role)))
    with desk_of(world, made) as desk:
        yield desk


@pytest.fixture
def clerk(world: World, desk: Desk, qtbot: QtBot) -> Clerk:
    create_worker(world)
    return Clerk(world, desk, qtbot)


def set_year(world: World, *more: CalendarSpan) -> None:
    term = CalendarSpan(date(2026, 11, 1), date(2026, 12, 18), SchoolDay.SCHOOL, "Autumn term")
    with world.register.write() as session:
        policy.change(session, SchoolTimes(DAY), by=world.dsl, at=world.clock())
        policy.change(session, SchoolCalendar((term, *more)), by=world.dsl, at=world.clock())


@pytest.mark.parametrize(
    ("day", "in_time", "late"), [("2/12/2026", "25/11/2026", "26/11/2026"), ("4/1/2027", "23/12/2026", "24/12/2026")]
)
def test_the_worked_answers_for_notice(clerk: Clerk, day: str, in_time: str, late: str) -> None:
    clerk.world.clock.at = datetime(2026, 12, 31, 9, tzinfo=UTC)
    clerk.fills(day=day, start="10:00", heard=in_time)
    assert clerk.form.notice.title.text().startswith("5 working days")
    assert clerk.form.sealed.reason.isHidden()
    clerk.fills(heard=late)
    assert clerk.form.notice.title.text().startswith("4 working days: short notice, reason needed")
    assert not clerk.form.sealed.reason.isHidden()
    assert clerk.form.each_day.isVisibleTo(clerk.form)


def test_the_whole_form_by_keyboard_alone(clerk: Clerk) -> None:
    set_year(clerk.world)
    QTest.keyClicks(clerk.form.who.search, "leila")
    clerk.press(Qt.Key.Key_Return)
    QTest.keyClicks(clerk.form.who.search, "PC Jane Ward")
    clerk.press(Qt.Key.Key_Return)
    clerk.types("Met Police", "Police")
    clerk.press(Qt.Key.Key_Return)
    QTest.keyClicks(clerk.form.who.search, "Sam Student")
    clerk.press(Qt.Key.Key_Return)
    clerk.types("", "Student")
    clerk.press(Qt.Key.Key_Return)
    QTest.keyClicks(clerk.form.who.search, "Pat Mistake")
    clerk.press(Qt.Key.Key_Return)
    clerk.types("", "Somebody")
    clerk.press(Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Backspace)
    assert [one.name for one in clerk.form.who.guests()] == ["Leila Haddad", "PC Jane Ward", "Sam Student"]
    clerk.press(Qt.Key.Key_Tab)
    clerk.types("8/12/2026", "10:15", "11:00")
    assert clerk.form.slots.words.text() == "25 min of lesson time. Outside lessons:"
    assert [button.text() for button in clerk.form.slots.buttons] == [
        "Break 10:30",
        "Lunch 12:15",
        "After school 15:20",
    ]
    clerk.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    assert (clerk.form.start.text(), clerk.form.end.text()) == ("12:15", "13:15")
    assert clerk.form.slots.words.text() == "No lesson time."
    clerk.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    clerk.types("Mrs Shah", "Meeting room 2", "E-mail", "24/11/2026")
    clerk.press(Qt.Key.Key_Space, Qt.Key.Key_Tab)
    assert clerk.form.why.text().startswith("Tue 24 Nov 2026: the day we heard")
    clerk.types("School", "Every week", "", "3")
    assert clerk.form.repeat.days.text() == "3 visits, on Tuesdays: 8, 15, 22 Dec 2026."
    clerk.types("CP plan", "C-0417", "ring ext 201")
    assert clerk.form.sealed.sensitivity.text() == "High sensitivity"
    clerk.saves()
    assert clerk.said == ["3 visits booked, the last on Tue 22 Dec 2026."]
    assert clerk.days() == ["08/12 12:15", "15/12 12:15", "22/12 12:15"]
    for line in clerk.lines():
        one = line.booking
        assert (one.here_to_see, one.room, one.note_to_desk, one.has_sealed) == (
            "Mrs Shah",
            "Meeting room 2",
            "ring ext 201",
            True,
        )
        assert [(person.kind, person.job_title) for person in line.visitors[1:]] == [
            (PersonKind.POLICE, ""),
            (PersonKind.COUNCIL, "Student"),
        ]
    with clerk.world.register.read() as session:
        assert len(sealed.boxes(session)) == 3
    assert clerk.form.who.guests() == ()


def test_who_is_not_at_school_is_not_expected_and_misses_no_lesson(clerk: Clerk) -> None:
    set_year(clerk.world)
    clerk.who("leila")
    clerk.fills(day="8/12/2026", start="14:45", end="16:00", told="E-mail")
    assert clerk.form.slots.words.text() == "35 min of lesson time. Outside lessons:"
    assert clerk.form.not_at_school.isHidden()
    clerk.fills(place="Online")
    assert clerk.form.slots.isHidden()
    assert clerk.form.not_at_school.text() == "Not at school: reception does not expect them."
    assert not clerk.form.not_at_school.isHidden()
    clerk.saves()
    (line,) = clerk.lines()
    assert line.booking.place is Place.ONLINE
    clerk.opens(line.booking.id)
    assert clerk.form.place.value() is Place.ONLINE
    clerk.fills(day="21/12/2026", place="School")
    assert clerk.form.slots.words.text() == "35 min of lesson time, if it is a school day. Outside lessons:"


def test_a_repeat_says_what_is_missing_and_what_is_left_out(clerk: Clerk) -> None:
    set_year(clerk.world, CalendarSpan(date(2026, 12, 19), date(2027, 1, 3), SchoolDay.CLOSED, "Christmas holiday"))
    create_booking(clerk.world, create_worker(clerk.world, "Owen Pritchard", badge="H2"), minutes=14 * 1440)
    clerk.who("leila")
    clerk.fills(day="1/12/2026", start="10:00", told="Tele", weeks="Every week", host="Mrs Shah")
    field = clerk.form.fields["until"]
    for until, times, wrong in (
        ("", "", "Write one of the two"),
        ("5/1", "3", "Write one of the two"),
        ("soon", "", "Write a day"),
        ("2/12/2026", "", "No second visit"),
    ):
        clerk.fills(until=until, times=times)
        clerk.saves()
        assert field.error().startswith(wrong)
    for times in ("1", "41", "x"):
        clerk.fills(until="", times=times)
        clerk.saves()
        assert clerk.form.fields["times"].error() == "Write a number from 2 to 40."
    assert len(clerk.lines()) == 1
    clerk.fills(until="5/1/2027", times="")
    assert clerk.form.repeat.days.text() == "4 visits, on Tuesdays: 1, 8, 15 Dec 2026; 5 Jan 2027."
    assert clerk.form.repeat.left_out.text() == (
        "Left out: Tue 22 Dec 2026, the school is closed (Christmas holiday).\n"
        "Left out: Tue 29 Dec 2026, the school is closed (Christmas holiday)."
    )
    assert (
        clerk.form.clashes.text.text()
        == "Tue 8 Dec 2026: Mrs Shah has another visit from 10:24 to 11:24: Owen Pritchard."
    )
    clerk.saves()
    assert clerk.said[-1].startswith("4 visits booked, the last on Tue 5 Jan 2027. 2 days were left out.")


def test_one_visit_of_a_series_is_moved_and_then_the_later_ones_too(clerk: Clerk) -> None:
    clerk.who("leila")
    clerk.fills(day="2/12/2026", start="14:30", told="E-mail", weeks="Every week", times="4")
    clerk.saves()
    first, second = (line.booking.id for line in clerk.lines()[:2])
    clerk.opens(second)
    assert clerk.form.hint.text() == "one of a series"
    assert not clerk.form.fields["weeks"].isVisibleTo(clerk.form)
    clerk.fills(day="10/12/2026", start="15:00")
    clerk.saves()
    assert clerk.form.series.later.text() == "This and the 2 later ones"
    assert len(clerk.said) == 1, "nothing is saved before somebody said which"
    clerk.press(Qt.Key.Key_Return)
    assert clerk.said[-1] == "Moved from Wed 9 Dec 14:30 to Thu 10 Dec 15:00."
    assert clerk.days() == ["02/12 14:30", "10/12 15:00", "16/12 14:30", "23/12 14:30"]
    clerk.opens(second)
    clerk.fills(day="12/12/2026", start="15:00")
    clerk.saves()
    assert clerk.form.series.remarks.text() == "Fri 25 Dec 2026: bank holiday: Christmas Day."
    clerk.press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert clerk.said[-1] == "Moved from Thu 10 Dec 15:00 to Sat 12 Dec 15:00. The 2 later ones too."
    assert clerk.days() == ["02/12 14:30", "12/12 15:00", "18/12 15:00", "25/12 15:00"]
    clerk.opens(second)
    clerk.form.existing.cancel.click()
    assert clerk.form.existing.confirm.text() == "Cancel this visit only"
    clerk.press(Qt.Key.Key_2, held=Qt.KeyboardModifier.AltModifier)
    clerk.form.existing.why.setFocus()
    clerk.types("trip")
    clerk.form.existing.confirm_later.click()
    clerk.settle()
    assert clerk.said[-1] == "Cancelled by the school, with all later ones."
    states = [(line.booking.state, line.booking.cancelled_why) for line in clerk.lines()]
    assert states == [(BookingState.PLANNED, ""), *[(BookingState.CANCELLED_BY_SCHOOL, "trip")] * 3]
    clerk.opens(first)
    clerk.fills(room="Hall")
    clerk.saves()
    assert clerk.said[-1] == "Booking changed.", "with no later visit there is nothing to ask"


def test_with_the_mouse_only_the_cross_takes_a_name_off(clerk: Clerk) -> None:
    clerk.who("leila")
    box = clerk.form.who.coming
    (chip,) = box.chips
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().center())
    assert chip.hasFocus()
    assert len(clerk.form.who.guests()) == 1
    clerk.press(Qt.Key.Key_Tab)
    assert clerk.form.who.search.hasFocus()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.rect().adjusted(0, 0, -14, 0).bottomRight())
    assert clerk.form.who.guests() == ()
    assert box.chips == ()


@pytest.mark.parametrize(("height", "factor"), [(620, 1.0), (300, 1.3)])
def test_the_fullest_form_fits(clerk: Clerk, look: Theme, height: int, factor: float) -> None:
    set_year(clerk.world, CalendarSpan(date(2026, 12, 19), date(2027, 1, 3), SchoolDay.CLOSED, "Christmas holiday"))
    create_booking(clerk.world, create_worker(clerk.world, "Owen Pritchard", badge="H2"), minutes=14 * 1440)
    look.use(Scheme.DARK if factor > 1 else Scheme.LIGHT, factor)
    try:
        clerk.form.resize(look.px(392), height)
        clerk.who("leila")
        clerk.who("Oluwaseun Adebayo-Fitzgerald of the Virtual School")
        clerk.types("", "Interpreter")
        clerk.press(Qt.Key.Key_Return)
        clerk.fills(day="1/12/2026", start="10:15", end="11:30", told="E-mail", host="Mrs Shah", place="Home")
        assert walkers.text_fits(clerk.form) == []
        clerk.fills(place="School", weeks="Every week", times="6", heard="25/11/2026")
        clerk.form.each_day.click()
        clerk.settle()
        assert walkers.text_fits(clerk.form) == []
        assert walkers.unnamed_controls(clerk.form) == []
        for above in (clerk.form.who.search, clerk.form.each_day):
            clerk.form.reveal(above)
            clerk.settle()
            hidden = clerk.form.notice.title.visibleRegion().isEmpty()
            assert clerk.form.live.isVisible() == hidden, "what notice was given is always in sight"
            pictures.save(clerk.form, f"booking-form-{height}-{factor}-{'above' if hidden else 'notice'}")
        assert walkers.text_fits(clerk.form) == []
        clerk.fills(heard="24/11/2026")
        clerk.saves()
        clerk.opens(clerk.lines()[0].booking.id)
        clerk.form.existing.cancel.click()
        clerk.settle()
        assert walkers.text_fits(clerk.form) == []
        clerk.saves()
        assert clerk.form.series.isVisible()
        assert walkers.text_fits(clerk.form) == []
        pictures.save(clerk.form, f"booking-form-series-{height}-{factor}")
    finally:
        look.use(Scheme.LIGHT)
