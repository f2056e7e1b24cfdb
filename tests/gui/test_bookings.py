"""The Bookings screen: book, change, cancel, short notice, clashes, and what only the DSL reads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import Clock, World, create_booking, create_visit, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain import calendar
from visitor_register.domain.bookings import BookingState
from visitor_register.domain.events import OperatorAdded
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotSavedError
from visitor_register.gui import theme
from visitor_register.gui.bookings.presenter import BookingsPresenter
from visitor_register.gui.bookings.view import BookingsView
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.persistence import codec
from visitor_register.persistence.tables import entry
from visitor_register.services import bookings, sealed
from visitor_register.services.bookings import BookingLine
from visitor_register.settings import Machine

SIZES = [(1366, 698), (1280, 650), (911, 442)]


class Said(QObject):
    """The notice bar's ear."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.notices: list[Notice] = []
        desk.said.connect(self.hear)
        desk.jobs.failed.connect(desk.explain)

    def hear(self, notice: Notice) -> None:
        self.notices.append(notice)

    @property
    def last(self) -> str:
        return self.notices[-1].text if self.notices else ""


class Office:
    """The screen, and what a person does at it."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        self.world, self.desk, self.qtbot = world, desk, qtbot
        self.said = Said(desk)
        self.presenter = BookingsPresenter(desk, world.register.keyring.seal_public)
        self.view = BookingsView(self.presenter)
        qtbot.addWidget(self.view)
        self.form = self.view.form
        self.show(1366, 698)

    def show(self, width: int, height: int) -> None:
        """As it stands in a window of this size, rail and top bar taken off."""
        size = layout_class(width, height, theme.current().factor)
        look = theme.current()
        self.view.set_layout_class(size)
        self.view.resize(width - look.px(60 if size.narrow_rail else 184), height - look.px(52))
        self.view.show()
        self.presenter.refresh()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self._idle())
        QApplication.processEvents()

    def _idle(self) -> bool:
        return self.desk.jobs.pending == 0 and (self.desk.dsl_jobs is None or self.desk.dsl_jobs.pending == 0)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = self.view.window().focusWidget() or self.view
        QTest.keyClick(target, key, modifier)
        self.settle()

    def types(self, text: str) -> None:
        """Type to whatever has the keyboard."""
        target = self.view.window().focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        self.settle()

    def fills(self, name: str, text: str) -> None:
        field = self.form.fields[name].control
        line = field.lineEdit() if isinstance(field, Chooser) else field
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        self.settle()

    def chooses(self, chooser: Chooser, words: str) -> None:
        """With the keyboard: type the beginning of an answer."""
        chooser.setFocus()
        QTest.keyClicks(chooser, words)
        chooser.activated.emit(chooser.currentIndex())
        self.settle()

    def new(self) -> None:
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    def who(self, name: str) -> None:
        self.form.who.search.setFocus()
        self.types(name)
        self.press(Qt.Key.Key_Return)

    def saves(self) -> None:
        self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def fills_in(self, name: str, day: str, start: str = "10:00") -> None:
        self.new()
        self.who(name)
        self.fills("day", day)
        self.fills("start", start)
        self.chooses(self.form.told, "E-mail")

    def week(self) -> list[tuple[str, ...]]:
        return [tuple(cell.as_words() for cell in row.cells) for row in self.view.table.rows]

    def lines(self) -> list[BookingLine]:
        start = self.world.clock() - timedelta(days=30)
        with self.world.register.read() as session:
            return bookings.between(session, start, start + timedelta(days=90))


@pytest.fixture
def operator(world: World) -> Operator:
    return world.dsl


@pytest.fixture
def clerk(world: World) -> Operator:
    """Somebody of the office."""
    made = Operator(uuid4(), "Priya Anand", Role.OFFICE)
    world.write((made.id, OperatorAdded(made.name, made.role)))
    return made


@pytest.fixture
def desk(world: World, qtbot: QtBot, clerk: Operator) -> Iterator[Desk]:
    """The office's desk: the DSL's file is shut."""
    with desk_of(world, clerk) as made:
        yield made


@pytest.fixture
def dsl_desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    """The DSL's desk."""
    with desk_of(world, world.dsl, dsl=True) as made:
        yield made


@pytest.fixture
def office(world: World, desk: Desk, qtbot: QtBot) -> Office:
    return Office(world, desk, qtbot)


def everything_written(world: World) -> str:
    """Every readable body in the desk's file."""
    with world.register.read() as session:
        return " ".join(str(codec.entry_from(row).event) for row in session.execute(entry.select()))


def test_a_worker_is_booked_with_ten_days_notice(office: Office) -> None:
    create_worker(office.world)
    office.fills_in("le", "8/12/2026")
    assert office.form.notice.title.text() == "10 working days of notice"
    assert office.form.sealed.reason.isHidden()
    office.fills("end", "11:00")
    office.fills("host", "Mrs Shah")
    office.fills("room", "Meeting room 2")
    office.saves()
    assert office.said.last == "Booking saved."
    assert office.week() == [
        (
            "Tue 8 Dec, 10:00 to 11:00",
            "Leila Haddad, CIN Team 3",
            "Mrs Shah, Meeting room 2",
            "E-mail, Tue 24/11/2026",
            "10 working days",
            "Planned",
        )
    ]
    assert office.view.title.text() == "7 to 11 Dec 2026"
    assert office.form.who.guests() == ()


def test_from_ctrl_n_to_ctrl_s_without_touching_the_mouse(office: Office) -> None:
    create_worker(office.world)
    office.new()
    office.types("haddad")
    office.press(Qt.Key.Key_Return)
    for text in ("", "2/12/2026", "10:00", "11:00", "Mrs Shah", "Meeting room 2", "Telephone", "25/11"):
        if text and isinstance(line := office.view.window().focusWidget(), QLineEdit):
            line.selectAll()
        office.types(text)
        office.press(Qt.Key.Key_Tab)
    assert office.form.notice.title.text() == "Say when we heard", "tomorrow has not come yet"
    office.saves()
    assert office.form.fields["heard"].error() == "That day has not come yet."
    assert office.form.heard.hasFocus(), "the keyboard is where something is to be written"
    office.form.heard.selectAll()
    office.types("today")
    office.saves()
    (line,) = office.lines()
    assert (line.booking.room, line.booking.told.value) == ("Meeting room 2", "phone")


def test_short_notice_asks_for_a_reason_and_never_blocks(office: Office) -> None:
    create_worker(office.world)
    office.fills_in("haddad", "30/11")
    assert office.form.notice.title.text() == "4 working days: short notice, reason needed"
    assert "Counted: Wed 25, Thu 26, Fri 27, Mon 30 Nov." in office.form.notice.text.text()
    assert not office.form.sealed.reason.isHidden()
    office.form.each_day.click()
    assert "Sat 28 Nov 2026: Saturday, does not count" in office.form.why.text()
    office.saves()
    (line,) = office.lines()
    assert not line.booking.has_sealed
    assert office.said.last == "Booking saved. The reason for the short notice is still missing."
    assert office.week()[0][4] == "Short notice"


def test_the_office_writes_for_the_dsl_and_cannot_read_it_back(office: Office) -> None:
    create_worker(office.world)
    office.fills_in("haddad", "30/11")
    office.chooses(office.form.sealed.reason.control, "Cover")  # type: ignore[arg-type]
    office.chooses(office.form.sealed.purpose.control, "CIN")  # type: ignore[arg-type]
    office.form.sealed.child.setFocus()
    office.types("C-0417")
    office.saves()
    (line,) = office.lines()
    assert line.booking.has_sealed
    written = everything_written(office.world)
    assert "C-0417" not in written
    assert "cin_visit" not in written
    office.press(Qt.Key.Key_Down)
    office.presenter.open(line.booking.id)
    office.settle()
    assert office.form.sealed.secrets().child_reference == ""
    assert office.form.sealed.secrets().purpose == ""
    assert office.form.sealed.sensitivity.isHidden(), "how sensitive it is would tell what it is"
    assert "replace all of it" in office.form.sealed.caption.label.text()
    with office.world.register.read() as session:
        waiting = sealed.boxes(session)
    dsl, private = office.world.register.dsl_file(), office.world.register.seal_private
    assert private is not None
    with dsl.write() as session:
        sealed.receive_boxes(session, waiting, private, by=office.world.dsl, at=office.world.clock())
    with dsl.read() as session:
        reason = sealed.reason_of(session, line.booking.id, by=office.world.dsl)
    assert reason is not None
    assert (reason.purpose, reason.exceptional, reason.child_reference) == ("cin_visit", "cover", "C-0417")


def test_the_dsl_reads_and_changes_what_is_sealed(world: World, dsl_desk: Desk, qtbot: QtBot) -> None:
    booking = create_booking(world, create_worker(world))
    office = Office(world, dsl_desk, qtbot)
    office.presenter.open(booking)
    office.settle()
    assert office.form.sealed.caption.label.text() == "Only the DSL and the head can see this."
    office.chooses(office.form.sealed.purpose.control, "Core")  # type: ignore[arg-type]
    office.form.sealed.child.setFocus()
    office.types("C-0981")
    office.saves()
    office.presenter.open(booking)
    office.settle()
    assert office.form.sealed.secrets().purpose == "core_group"
    assert office.form.sealed.sensitivity.text() == "High sensitivity"
    assert office.form.sealed.child.text() == "C-0981"
    assert "C-0981" not in everything_written(world)
    assert "C-0981" not in office.form.title.text() + str(office.week())
    dsl_desk.hand_over(replace(world.reception, role=Role.OFFICE), None)
    office.settle()
    assert office.form.sealed.child.text() == ""
    assert not office.form.existing.isVisible()


def test_the_dsl_gives_the_purpose_of_every_visit_of_a_series(world: World, dsl_desk: Desk, qtbot: QtBot) -> None:
    create_worker(world)
    office = Office(world, dsl_desk, qtbot)
    office.fills_in("haddad", "8/12/2026")
    office.form.weeks.set_value(2)
    office.fills("times", "3")
    office.chooses(office.form.sealed.purpose.control, "Core")  # type: ignore[arg-type]
    office.saves()
    made = [line.booking.id for line in office.lines()]
    with world.register.dsl_file().read() as session:
        read = [sealed.reason_of(session, one, by=world.dsl) for one in made]
    assert [reason.purpose for reason in read if reason is not None] == ["core_group"] * 3
    assert office.said.last == "3 visits booked, the last on Tue 5 Jan 2027."


def test_a_lado_meeting_is_for_the_head_alone(world: World, dsl_desk: Desk, qtbot: QtBot) -> None:
    booking = create_booking(world, create_worker(world))
    said = sealed.ReasonRecorded(purpose="lado", detail="x")
    with world.register.dsl_file().write() as session:
        sealed.record_reason(session, booking, said, by=world.dsl, at=world.clock())
    office = Office(world, dsl_desk, qtbot)
    office.presenter.open(booking)
    office.settle()
    assert office.form.sealed.caption.label.text() == "The purpose of this visit is for the head only."
    assert office.form.sealed.secrets().purpose == ""
    office.form.sealed.child.setFocus()
    office.types("C-1")
    office.saves()
    with world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, booking, by=world.dsl)
    assert reason is not None
    assert (reason.purpose, reason.child_reference) == ("lado", "C-1")


def test_two_visitors_one_of_them_written_down(office: Office) -> None:
    create_worker(office.world)
    office.fills_in("haddad", "8/12/2026")
    office.form.who.search.setFocus()
    office.types("Ngozi Eze")
    office.press(Qt.Key.Key_Return)
    assert office.form.who.name.control.property("text") == "Ngozi Eze"
    office.form.who.add.click()
    assert office.form.who.kind.error()
    office.chooses(office.form.who.kind.control, "NHS")  # type: ignore[arg-type]
    office.form.who.organisation.setFocus()
    office.types("North Trust")
    office.form.who.add.click()
    office.saves()
    (line,) = office.lines()
    assert [person.name for person in line.visitors] == ["Leila Haddad", "Ngozi Eze"]
    assert office.week()[0][1] == "Leila Haddad, Ngozi Eze, CIN Team 3, North Trust"
    with office.world.register.read() as session:
        assert bookings.get(session, line.booking.id) is not None
    create_visit(office.world, line.visitors[0].id, booking=line.booking.id)
    office.presenter.refresh()
    office.settle()
    assert office.week()[0][5] == "1 of 2 here"


def test_among_namesakes_the_list_decides(office: Office) -> None:
    first, second = create_worker(office.world), create_worker(office.world, "Leila Hadad", badge="H2")
    office.new()
    office.form.who.search.setFocus()
    QTest.keyClicks(office.form.who.search, "leila")
    QTest.keyClick(office.form.who.search, Qt.Key.Key_Return)
    office.settle()
    assert office.form.who.guests() == ()
    assert office.form.who.found.hasFocus()
    office.press(Qt.Key.Key_Down)
    office.press(Qt.Key.Key_Return)
    (chosen,) = office.form.who.guests()
    assert chosen.visitor in (first, second)
    office.press(Qt.Key.Key_Backspace)
    assert len(office.form.who.guests()) == 1, "the first press only goes to the name"
    office.press(Qt.Key.Key_Backspace)
    assert office.form.who.guests() == ()


def test_a_booking_is_changed_with_the_keyboard(office: Office) -> None:
    booking = create_booking(office.world, create_worker(office.world))
    office.presenter.refresh()
    office.settle()
    office.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    office.view.table.setFocus()
    office.press(Qt.Key.Key_Down)
    office.press(Qt.Key.Key_Return)
    assert office.form.title.text() == "Visit on Tue 24/11/2026"
    office.fills("start", "14:30")
    office.fills("end", "14.00")
    office.saves()
    assert office.form.fields["end"].error() == "It ends before it starts."
    office.fills("end", "15.30")
    office.saves()
    (line,) = office.lines()
    assert (line.booking.id, line.booking.state) == (booking, BookingState.CHANGED)
    assert line.booking.notified_at == office.world.clock() - timedelta(days=10)
    assert office.week()[0][0] == "Tue 24 Nov, 14:30 to 15:30"


def test_it_is_cancelled_by_the_authority_with_why(office: Office) -> None:
    booking = create_booking(office.world, create_worker(office.world))
    office.presenter.refresh()
    office.settle()
    office.presenter.open(booking)
    office.settle()
    office.form.existing.cancel.click()
    office.form.existing.confirm.click()
    assert office.form.existing.why.error()
    office.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    office.form.existing.why.setFocus()
    office.types("worker off sick")
    office.form.existing.confirm.click()
    office.settle()
    (line,) = office.lines()
    assert (line.booking.state, line.booking.cancelled_why) == (BookingState.CANCELLED_BY_LA, "worker off sick")
    assert office.week()[0][5] == "Cancelled, by the authority"
    office.presenter.open(booking)
    office.settle()
    assert not office.form.existing.cancel.isVisible()


def test_nobody_came_is_said_by_a_person_afterwards(office: Office) -> None:
    booking = create_booking(office.world, create_worker(office.world))
    office.presenter.refresh()
    office.settle()
    office.presenter.open(booking)
    office.settle()
    office.form.existing.no_show.click()
    office.settle()
    assert "has not begun yet" in office.said.last
    office.world.clock.move(hours=2)
    office.form.existing.no_show.click()
    office.settle()
    assert office.lines()[0].booking.state is BookingState.DID_NOT_COME


def test_a_copy_is_a_new_booking_on_another_day(office: Office) -> None:
    booking = create_booking(office.world, create_worker(office.world))
    office.presenter.refresh()
    office.settle()
    office.presenter.open(booking)
    office.settle()
    office.form.existing.copy.click()
    office.fills("day", "8/12/2026")
    office.chooses(office.form.told, "Tele")
    office.saves()
    assert [line.booking.here_to_see for line in office.lines()] == ["Mrs Shah", "Mrs Shah"]
    assert len({line.booking.id for line in office.lines()}) == 2


def test_a_clash_is_shown_and_does_not_block(office: Office) -> None:
    create_booking(office.world, create_worker(office.world))
    create_worker(office.world, "Owen Pritchard", badge="H2")
    office.fills_in("owen", "today", "10:45")
    assert office.form.clashes.isHidden()
    office.fills("host", "Mrs Shah")
    assert office.form.clashes.text.text() == "Mrs Shah has another visit from 10:30 to 11:30: Leila Haddad."
    office.saves()
    assert len(office.lines()) == 2


def test_what_is_missing_is_said_beside_its_field(office: Office) -> None:
    office.new()
    office.fills("day", "31/11/2026")
    office.fills("heard", "30/11/2026")
    office.saves()
    wrong = {name for name, field in office.form.fields.items() if field.error()}
    assert wrong == {"who", "day", "start", "told", "heard"}
    assert office.lines() == []


def test_what_was_typed_is_put_aside_and_can_be_brought_back(office: Office) -> None:
    booking = create_booking(office.world, create_worker(office.world))
    office.presenter.refresh()
    office.settle()
    office.fills_in("haddad", "8/12/2026")
    office.presenter.open(booking)
    office.settle()
    notice = office.said.notices[-1]
    assert notice.action == "Bring it back"
    assert notice.run is not None
    notice.run()
    office.settle()
    assert office.form.day.text() == "8/12/2026"
    assert [one.name for one in office.form.who.guests()] == ["Leila Haddad"]


def test_save_pressed_twice_books_once(office: Office) -> None:
    create_worker(office.world)
    office.fills_in("haddad", "8/12/2026")
    for _ in range(2):
        QTest.keyClick(office.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    assert len(office.lines()) == 1


def test_a_disk_that_takes_nothing_leaves_the_form_as_it_was(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    create_worker(office.world)
    office.fills_in("haddad", "8/12/2026")

    def full(*_: object, **__: object) -> None:
        raise NotSavedError("NOT SAVED - use the paper sheet. The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(bookings, "book", full)
        office.saves()
    assert office.said.notices[-1].kind == "red"
    assert office.form.day.text() == "8/12/2026"
    office.saves()
    assert len(office.lines()) == 1


def test_weeks_go_by_with_the_keyboard(office: Office) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    assert office.view.title.text() == "23 to 27 Nov 2026"
    office.press(Qt.Key.Key_Right, alt)
    assert office.view.title.text() == "30 Nov to 4 Dec 2026"
    assert office.view.calendar.empty.text().startswith("No visits booked this week. Press Ctrl+N")
    office.press(Qt.Key.Key_L, alt)
    assert office.view.empty.isVisible()
    office.press(Qt.Key.Key_W, alt)
    office.press(Qt.Key.Key_Left, alt)
    office.press(Qt.Key.Key_Left, alt)
    assert office.view.title.text() == "16 to 20 Nov 2026"
    office.press(Qt.Key.Key_Home, alt)
    assert office.view.title.text() == "23 to 27 Nov 2026"


def test_on_a_small_screen_the_form_opens_over_the_list_and_esc_closes_it(office: Office) -> None:
    office.show(911, 442)
    office.press(Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert office.form.isHidden()
    office.new()
    assert office.form.isVisible()
    assert office.form.who.search.hasFocus()
    office.press(Qt.Key.Key_Escape)
    assert office.form.isHidden()
    assert office.view.new.hasFocus()
    create_booking(office.world, create_worker(office.world))
    office.show(911, 442)
    office.view.table.setFocus()
    office.press(Qt.Key.Key_Down)
    office.press(Qt.Key.Key_Return)
    assert office.form.isVisible()
    office.press(Qt.Key.Key_Escape)
    assert office.view.table.hasFocus()


def fill(world: World, clock: Clock) -> UUID:
    """A week with every state of a booking."""
    workers = [
        create_worker(world, name, badge=f"H{number}", team=team)
        for number, (name, team) in enumerate(
            (
                ("Leila Haddad", "Children and Families Team 3"),
                ("Oluwaseun Adebayo-Fitzgerald", "Virtual School for Looked After Children"),
                ("Owen Pritchard", "Early Help Team 1"),
                ("Maria Lindqvist", "CIN Team 2"),
            )
        )
    ]
    first = create_booking(world, *workers[:2])
    create_visit(world, workers[0], booking=first)
    second = create_booking(world, workers[2], minutes=3 * 1440, here_to_see="Ms Kaur")
    third = create_booking(world, workers[3], minutes=60)
    with world.register.write() as session:
        bookings.cancel(session, second, by_school=False, why="moved", by=world.dsl, at=clock())
        line = bookings.get(session, third)
        assert line is not None
        now = bookings.BookingForm((workers[3],), line.booking.starts_at, notified_at=clock())
        bookings.change(session, third, now, by=world.dsl, at=clock())
    return third


def test_passes_are_made_ahead_for_the_booking_as_it_is_saved(office: Office, tmp_path: Path) -> None:
    booking = create_booking(office.world, create_worker(office.world), minutes=6 * 1440)
    box = office.form.passes
    office.presenter.refresh()
    office.presenter.go_to(calendar.london_date(office.world.clock() + timedelta(days=6)))
    office.settle()
    office.presenter.open(booking)
    office.settle()
    assert not office.form.existing.passes.isVisible(), "nobody makes passes yet"
    passes = PassDesk(office.desk, tmp_path, machine=Machine, parent=office.desk)
    passes.printer_for = lambda name: None
    box.offer(office.desk, passes)
    office.presenter.open(booking)
    office.settle()
    office.form.existing.passes.setFocus()
    office.press(Qt.Key.Key_Space)
    asked: list[QWidget] = []

    def answer(asking: QWidget) -> str:
        asked.append(asking)
        return str(tmp_path / "sent") if len(asked) > 1 else ""

    (tmp_path / "sent").mkdir()
    box.ask_folder = answer
    for button in (box.save_pdf, box.save_pdf, box.save_picture):
        button.setFocus()
        office.press(Qt.Key.Key_Space)
    assert sorted(path.name for path in (tmp_path / "sent").iterdir()) == [
        "visitor-pass-2026-11-30-1.pdf",
        "visitor-pass-2026-11-30-1.png",
    ]
    assert office.said.last == "Saved: visitor-pass-2026-11-30-1.png in sent."
    box.print.setFocus()
    office.press(Qt.Key.Key_Space)
    assert office.said.last.startswith("No printer is set up on this PC. Visitor pass was saved as visitor-pass.pdf")
    office.fills("room", "Meeting room 1")
    box.save_pdf.setFocus()
    office.press(Qt.Key.Key_Space)
    assert (office.said.last, len(asked)) == ("The booking was changed. Save it first, then make the passes.", 3)
    with office.world.register.write() as session:
        bookings.cancel(session, booking, by_school=True, why="", by=office.world.dsl, at=office.world.clock())
    office.presenter.refresh()
    office.settle()
    office.presenter.open(booking)
    office.settle()
    assert not office.form.existing.passes.isVisible(), "a booking that is over has no pass"
    assert box.isHidden()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("factor", [1.0, 1.3])
def test_everything_fits_and_has_a_name(office: Office, look: Theme, width: int, height: int, factor: float) -> None:
    booking = fill(office.world, office.world.clock)
    folder = office.world.register.folder
    office.form.passes.offer(office.desk, PassDesk(office.desk, folder, machine=Machine, parent=office.desk))
    look.use(Scheme.LIGHT, factor)
    try:
        office.show(width, height)
        _check(office.view)
        office.presenter.open(booking)
        office.settle()
        office.form.existing.cancel.click()
        office.form.existing.passes.click()
        office.form.each_day.click()
        office.settle()
        widest = max(part.minimumSizeHint().width() for part in (office.form.existing, office.form.passes))
        assert widest <= office.form.content.geometry().width(), "the last button would be cut off"
        assert walkers.unnamed_controls(office.view) == []
        office.saves()
        office.presenter.open(booking)
        office.form.who.not_listed.click()
        office.settle()
        _check(office.view)
        assert walkers.rich_text_labels(office.view) == []
        assert len(walkers.primary_buttons(office.view)) <= 1
    finally:
        look.use(Scheme.LIGHT)


def _check(view: QWidget) -> None:
    assert walkers.text_fits(view) == []
    assert walkers.unnamed_controls(view) == []


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_pictures_of_bookings(office: Office, look: Theme, scheme: Scheme) -> None:
    fill(office.world, office.world.clock)
    look.use(scheme)
    try:
        for width, height in SIZES:
            office.show(width, height)
            office.fills_in("owen", "30/11/2026", "14:00")
            office.fills("host", "Mrs Shah")
            office.view.table.choose(office.view.table.rows[0].key)
            pictures.save(office.view, f"bookings-{scheme.value}-{width}")
    finally:
        look.use(Scheme.LIGHT)
