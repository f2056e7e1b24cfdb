"""Home time: who is still signed in, one question each, and no time that nobody said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_visit, create_worker, look
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.bookings import BookingState
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.errors import NotSavedError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.theme import Theme
from visitor_register.gui.today.home_time import HomeTime
from visitor_register.gui.today.home_time_presenter import HomeTimePresenter
from visitor_register.gui.today.home_time_row import HomeRow
from visitor_register.gui.today.no_show_rows import NoShowRow
from visitor_register.gui.today.paper_form_presenter import PaperLine
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.services import arrivals, bookings, front_desk

CANARY = "<b>Robin</b> & <img src=x>"


class Evening:
    """The page, and somebody who answers it."""

    def __init__(self, qtbot: QtBot, world: World, desk: Desk, *, earlier_only: bool = False) -> None:
        self.qtbot, self.world, self.desk = qtbot, world, desk
        self.page = HomeTime(HomeTimePresenter(desk))
        qtbot.addWidget(self.page)
        self.notices: list[Notice] = []
        self.finished = 0
        desk.said.connect(self.notices.append)
        self.page.finished.connect(self.count_finished)
        with qtbot.waitActive(self.page):
            pictures.show(self.page, 1150, 345)
        self.page.begin(earlier_only=earlier_only)
        self.settle()

    def count_finished(self) -> None:
        self.finished += 1

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)

    def row(self, name: str) -> HomeRow:
        (found,) = [row for row in self.page.rows.values() if row.name.text() == name]
        return found

    def booked(self, names: str) -> NoShowRow:
        (found,) = [row for row in self.page.no_shows.rows.values() if row.name.text() == names]
        return found

    def states(self) -> dict[str, BookingState]:
        with look(self.world) as session:
            start = self.world.clock() - timedelta(days=9)
            lines = bookings.between(session, start, start + timedelta(days=18))
        return {", ".join(one.name for one in line.visitors): line.booking.state for line in lines}

    def types(self, name: str, clock: str) -> None:
        row = self.row(name)
        row.clock.setFocus()
        row.clock.selectAll()
        QTest.keyClicks(row.clock, clock)
        QTest.keyClick(row.clock, Qt.Key.Key_Return)
        self.settle()

    def presses(self, button: KeyButton) -> None:
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        self.settle()

    def stands(self, visit: Visit) -> Visit:
        with look(self.world) as session:
            found = front_desk.visit_of(session, visit.id)
        assert found is not None
        return found


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with desk_of(world, world.reception) as made:
        yield made


def signed_in(world: World, *names: str) -> list[Visit]:
    return [
        create_visit(world, create_worker(world, name, badge=f"H1943{number:02}")) for number, name in enumerate(names)
    ]


def test_everybody_still_signed_in_is_asked_about_once(qtbot: QtBot, world: World, desk: Desk) -> None:
    signed_in(world, "Leila Haddad", "Owen Pritchard", "Femi Okoro")
    evening = Evening(qtbot, world, desk)
    assert evening.page.title.text() == "3 people still signed in"
    row = evening.row("Leila Haddad")
    assert row.second.text() == "arrived 10:24 · Mrs Shah"
    assert row.clock.text() == "", "no time is proposed"
    assert row.clock.hasFocus()


def test_a_time_somebody_knows_is_marked_as_filled_in_later(qtbot: QtBot, world: World, desk: Desk) -> None:
    visit, other = signed_in(world, "Leila Haddad", "Owen Pritchard")
    world.clock.move(hours=5)
    evening = Evening(qtbot, world, desk)
    evening.types("Leila Haddad", "1450")
    stands = evening.stands(visit)
    assert (stands.left_at, stands.left_told_by) == (datetime(2026, 11, 24, 14, 50, tzinfo=UTC), ToldBy.LATER)
    assert evening.row("Leila Haddad").answer.text() == "Left 14:50"
    assert evening.page.title.text() == "1 person still signed in"
    assert evening.row("Owen Pritchard").clock.hasFocus(), "the keyboard goes on to the next question"
    assert evening.stands(other).state is VisitState.ON_SITE


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write the time as hours and minutes, for example 09:05."),
        ("noon", "Write the time as hours and minutes, for example 09:05."),
        ("10:23", "Write a time between the arrival and now."),
        ("15:25", "Write a time between the arrival and now."),
    ],
)
def test_a_time_that_cannot_be_is_refused_under_the_field(
    qtbot: QtBot, world: World, desk: Desk, typed: str, sentence: str
) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    world.clock.move(hours=5)
    evening = Evening(qtbot, world, desk)
    height = evening.row("Leila Haddad").height()
    evening.types("Leila Haddad", typed)
    row = evening.row("Leila Haddad")
    assert row.wrong.text() == sentence
    assert row.clock.accessibleDescription() == sentence
    assert row.height() == height, "rows keep their height"
    assert row.clock.text() == typed
    assert not evening.notices
    assert evening.stands(visit).left_at is None
    evening.types("Leila Haddad", "15:00")
    assert (row.wrong.text(), row.answer.text()) == ("", "Left 15:00")


def test_left_just_now_signs_out_as_the_desk_sees_it(qtbot: QtBot, world: World, desk: Desk) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    world.clock.move(hours=5)
    evening = Evening(qtbot, world, desk)
    evening.presses(evening.row("Leila Haddad").now)
    stands = evening.stands(visit)
    assert (stands.left_at, stands.left_told_by) == (world.clock(), ToldBy.DESK)
    assert evening.page.title.text() == "Everybody has left"
    assert evening.page.done.hasFocus()


def test_still_here_writes_nothing(qtbot: QtBot, world: World, desk: Desk) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    evening = Evening(qtbot, world, desk)
    evening.presses(evening.row("Leila Haddad").here)
    assert evening.stands(visit) == visit
    assert evening.row("Leila Haddad").answer.text() == "Still here"
    assert evening.page.title.text() == "1 person still signed in"


def test_nobody_knows_leaves_the_time_open(qtbot: QtBot, world: World, desk: Desk) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    evening = Evening(qtbot, world, desk)
    evening.presses(evening.row("Leila Haddad").unknown)
    stands = evening.stands(visit)
    assert (stands.state, stands.left_at) == (VisitState.LEAVING_UNKNOWN, None)
    assert evening.row("Leila Haddad").answer.text() == "Time not known"


def test_the_next_start_asks_about_earlier_days_only(qtbot: QtBot, world: World, desk: Desk) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    world.clock.move(days=1)
    create_visit(world, create_worker(world, "Owen Pritchard", badge="H194398"))
    evening = Evening(qtbot, world, desk, earlier_only=True)
    assert [row.name.text() for row in evening.page.rows.values()] == ["Leila Haddad"]
    row = evening.row("Leila Haddad")
    assert row.second.text() == "arrived Tue 24 Nov 10:24 · no sign-out recorded · Mrs Shah"
    assert (row.here.isVisible(), row.now.isVisible(), row.day.isVisible()) == (False, False, True)
    assert (row.day.text(), row.clock.text()) == ("24/11/2026", "")
    evening.types("Leila Haddad", "11:30")
    assert evening.stands(visit).left_at == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
    assert row.answer.text() == "Left Tue 24 Nov 11:30"


def test_a_date_that_cannot_be_read_is_explained(qtbot: QtBot, world: World, desk: Desk) -> None:
    signed_in(world, "Leila Haddad")
    world.clock.move(days=1)
    evening = Evening(qtbot, world, desk)
    row = evening.row("Leila Haddad")
    row.day.setText("yesterday")
    evening.types("Leila Haddad", "11:30")
    assert row.wrong.text() == "Write the date as day/month/year, for example 24/11/2026."
    assert row.day.hasFocus()


def test_somebody_signed_out_elsewhere_is_not_asked_about_any_more(qtbot: QtBot, world: World, desk: Desk) -> None:
    visit, _ = signed_in(world, "Leila Haddad", "Owen Pritchard")
    evening = Evening(qtbot, world, desk)
    with world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=world.reception, at=world.clock())
    desk.jobs.changed.emit()
    evening.settle()
    assert evening.row("Leila Haddad").answer.text() == "No longer signed in"
    assert evening.page.title.text() == "1 person still signed in"


def test_not_saved_goes_to_the_notice_bar_and_the_question_stays(
    qtbot: QtBot, world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(world, "Leila Haddad")
    evening = Evening(qtbot, world, desk)
    with monkeypatch.context() as broken:
        broken.setattr("visitor_register.services.arrivals.fill_in_leaving", _disk_full)
        evening.types("Leila Haddad", "10:24")
    assert [notice.kind for notice in evening.notices] == ["red"]
    row = evening.row("Leila Haddad")
    assert (row.answer.text(), row.clock.text()) == ("", "10:24")
    evening.types("Leila Haddad", "10:24")
    assert row.answer.text() == "Left 10:24"


def _disk_full(*_: object, **__: object) -> None:
    raise NotSavedError("NOT SAVED - use the paper sheet. The disk is full.")


def test_esc_ends_it_and_the_next_round_asks_again(qtbot: QtBot, world: World, desk: Desk) -> None:
    signed_in(world, "Leila Haddad")
    evening = Evening(qtbot, world, desk)
    evening.presses(evening.row("Leila Haddad").here)
    QTest.keyClick(evening.page.done, Qt.Key.Key_Escape)
    assert evening.finished == 1
    evening.page.begin()
    evening.settle()
    assert evening.row("Leila Haddad").answer.text() == ""


def test_all_of_it_is_reached_by_tab(qtbot: QtBot, world: World, desk: Desk) -> None:
    signed_in(world, "Leila Haddad")
    create_booking(world, create_worker(world, "Ngozi Eze", badge="H2222"), minutes=-120)
    desk.hand_over(world.dsl, None)
    evening = Evening(qtbot, world, desk)
    row, booked = evening.row("Leila Haddad"), evening.booked("Ngozi Eze")
    order = []
    for _ in range(10):
        order.append(QApplication.focusWidget())
        QTest.keyClick(order[-1], Qt.Key.Key_Tab)
    assert order[:5] == [row.clock, row.save, row.now, row.here, row.unknown]
    assert order[5:] == [booked.did_not, booked.did, booked.tomorrow, booked.by_authority, booked.by_school]
    assert evening.page.done.hasFocus()


def test_after_the_visitors_it_asks_about_bookings_nobody_came_for(qtbot: QtBot, world: World, desk: Desk) -> None:
    (visit,) = signed_in(world, "Leila Haddad")
    people = [
        create_worker(world, name, badge=f"H22{n}") for n, name in enumerate(("Ngozi Eze", "Tom Okafor", "Al Bo"))
    ]
    create_booking(world, people[0], people[1], here_to_see="Mr Bello")
    create_booking(world, people[2], minutes=30)
    create_booking(world, visit.person, minutes=300)
    world.clock.move(hours=4)
    evening = Evening(qtbot, world, desk)
    assert evening.page.title.text() == "1 person still signed in"
    assert evening.page.hint.text() == "2 bookings to ask about"
    assert evening.row("Leila Haddad").clock.hasFocus()
    two, one = evening.booked("Ngozi Eze, Tom Okafor"), evening.booked("Al Bo")
    assert two.second.text() == "expected 10:30 · Mr Bello"
    assert not two.by_school.isVisible(), "cancelling is the office's"
    evening.presses(evening.row("Leila Haddad").now)
    assert two.did_not.hasFocus(), "the keyboard goes on to the bookings"
    assert evening.page.title.text() == "Nobody signed in for 2 bookings"
    evening.presses(two.did_not)
    assert (two.answer.text(), one.did_not.hasFocus()) == ("Did not come", True)
    evening.presses(one.tomorrow)
    assert (one.answer.text(), evening.page.done.hasFocus()) == ("Asked again tomorrow", True)
    assert list(evening.states().values()) == ["did_not_come", "planned", "planned"]
    assert evening.page.title.text() == "Everybody has left"
    evening.page.begin()
    evening.settle()
    assert list(evening.page.no_shows.rows) == [one.booking], "what nobody answered is asked again"
    assert evening.booked("Al Bo").did_not.hasFocus(), "nobody is signed in: the bookings come first"


def test_the_office_may_say_that_it_was_cancelled_and_who_came_is_added_from_paper(
    qtbot: QtBot, world: World, desk: Desk
) -> None:
    for number, name in enumerate(("Ngozi Eze", "Tom Okafor", "Al Bo")):
        create_booking(world, create_worker(world, name, badge=f"H22{number}"), minutes=number)
    world.clock.move(days=1)
    desk.hand_over(world.dsl, None)
    evening = Evening(qtbot, world, desk, earlier_only=True)
    sheets: list[PaperLine] = []
    evening.page.paper_wanted.connect(sheets.append)
    assert evening.booked("Tom Okafor").second.text() == "expected Tue 24 Nov 10:25 · Mrs Shah"
    evening.presses(evening.booked("Ngozi Eze").by_authority)
    evening.presses(evening.booked("Tom Okafor").by_school)
    states = evening.states()
    assert (states["Ngozi Eze"], states["Tom Okafor"]) == ("cancelled_by_la", "cancelled_by_school")
    assert evening.booked("Tom Okafor").answer.text() == "Cancelled by the school"
    row = evening.booked("Al Bo")
    evening.presses(row.did)
    (sheet,) = sheets
    assert (sheet.name, sheet.here_to_see, sheet.place, sheet.day, sheet.arrived) == (
        "Al Bo",
        "Mrs Shah",
        "Meeting room 2",
        "24/11/2026",
        "",
    )
    assert row.answer.text() == "", "only the sheet settles it"
    assert sheet.person is not None
    create_visit(world, sheet.person, booking=row.booking)
    desk.jobs.changed.emit()
    evening.settle()
    assert row.answer.text() == "Added from paper"


def test_nobody_is_said_not_to_have_come_who_came_meanwhile(qtbot: QtBot, world: World, desk: Desk) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    world.clock.move(hours=4)
    evening = Evening(qtbot, world, desk)
    row = evening.booked("Leila Haddad")
    create_visit(world, worker, booking=booking)
    evening.presses(row.did_not)
    assert [notice.text for notice in evening.notices] == ["Somebody came for this booking. Look at it in Bookings."]
    assert evening.states() == {"Leila Haddad": BookingState.PLANNED}
    desk.jobs.changed.emit()
    evening.settle()
    assert row.answer.text() == "Settled meanwhile"


def test_an_empty_school_says_so(qtbot: QtBot, world: World, desk: Desk) -> None:
    evening = Evening(qtbot, world, desk)
    assert evening.page.empty.isVisible()
    assert evening.page.empty.title.text() == "Everybody has left"
    QTest.keyClick(evening.page.done, Qt.Key.Key_Return)
    assert evening.finished == 1
    pictures.save(evening.page, "home-empty")


def test_names_are_text(qtbot: QtBot, world: World, desk: Desk) -> None:
    signed_in(world, CANARY)
    evening = Evening(qtbot, world, desk)
    assert evening.row(CANARY).isVisible()
    assert not walkers.rich_text_labels(evening.page)


def test_it_looks_right_everywhere(qtbot: QtBot, world: World, desk: Desk, every_look: Theme) -> None:
    signed_in(world, "Leila Haddad")
    world.clock.move(days=1)
    names = ("Owen Pritchard", "Maximiliana Featherstonehaugh-Cholmondeley", "Femi Okoro", "Ada Obi")
    for number, name in enumerate(names):
        create_visit(world, create_worker(world, name, badge=f"H1950{number:02}"))
    for number, name in enumerate(("Maximiliana Featherstonehaugh-Cholmondeley", "Ngozi Eze")):
        booked = create_worker(world, name, badge=f"H22{number}")
        create_booking(world, booked, create_worker(world, "Tom Okafor", badge=f"H33{number}"), minutes=-100)
    desk.hand_over(world.dsl, None)
    evening = Evening(qtbot, world, desk)
    assert evening.page.title.text() == "4 people still signed in"
    evening.types("Owen Pritchard", "99:99")
    evening.presses(evening.row("Femi Okoro").here)
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    for width, height in ((1150, 345), (850, 300)):
        pictures.show(evening.page, width, height)
        evening.page.page.verticalScrollBar().setValue(0)
        pictures.save(evening.page, f"home-{width}-{word}")
        evening.page.page.verticalScrollBar().setValue(9999)
        pictures.save(evening.page, f"home-{width}-{word}-booked")
        assert not walkers.text_fits(evening.page)
        assert not walkers.unnamed_controls(evening.page)
        assert walkers.primary_buttons(evening.page) == ["Done"]
