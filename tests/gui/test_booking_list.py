"""A list of visits on its page: looked at, put right with the keyboard alone, booked at once, refused, brought back."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_worker
from tests.gui import pictures, walkers
from tests.gui.test_bookings import Said, clerk, desk, dsl_desk, everything_written, operator
from tests.gui.test_bookings_invitation import Invited
from visitor_register.files import reader_child
from visitor_register.gui import theme
from visitor_register.gui.bookings.list_import_presenter import ListImportPresenter
from visitor_register.gui.bookings.list_import_view import ListImportPage
from visitor_register.gui.desk import Desk
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.services import bookings, sealed
from visitor_register.services.bookings import BookingLine

__all__ = ["clerk", "desk", "dsl_desk", "operator"]
HEAD = "Date,Start,Finish,Visitor,Email,Organisation,Host,Room,How told,Date notified,Child ref,Cost code"
MAIL = "h194359@harrow-lbc.example"
MIXED = (
    HEAD,
    f"01/12/2026,10:00,11:00,Leila Haddad,{MAIL},,Mrs Shah,Meeting room 1,E-mail,16/11/2026,ZZ-17,1",
    "26/11/2026,09:30,10:30,Tom Okafor,,Harrow,Mr Bello,,,,ZZ-18,2",
    "31/02/2026,14:00,,Tom Okafor,,Harrow,Mr Bello,,phone,,,3",
    f"24/11/2026,11:30,12:00,Leila Haddad,{MAIL},,Mrs Shah,Meeting room 2,phone,,,4",
    "03/12/2026,15:00,14:00,Priya Raman,priya@met.police.uk,,Ms Kaur,,phone,23/11/2026,,5",
    "25/11/2026,08:00,,Petra Novak,,Brightfix Boilers,Site manager,Plant room,phone,,,6",
)


class ListOffice:
    """The page, and what a person does at it."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot, folder: Path) -> None:
        self.world, self.desk, self.qtbot, self.folder = world, desk, qtbot, folder
        self.said = Said(desk)
        # The same reading without a process of its own: the sandbox has its own tests.
        self.presenter = ListImportPresenter(
            desk, world.register.keyring.seal_public, opener=reader_child.read_bookings
        )
        self.page = ListImportPage(self.presenter)
        self.closed = 0
        self.presenter.closed.connect(self._count)
        qtbot.addWidget(self.page)
        self.show(1366, 698)

    def _count(self) -> None:
        self.closed += 1

    def show(self, width: int, height: int) -> None:
        size, look = layout_class(width, height, theme.current().factor), theme.current()
        self.page.set_layout_class(size)
        self.page.resize(width - look.px(60 if size.narrow_rail else 184) - 32, height - look.px(52) - 70)
        self.page.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self._idle)
        QApplication.processEvents()

    def _idle(self) -> bool:
        dsl = self.desk.dsl_jobs
        return self.desk.jobs.pending == 0 and not self.presenter.reader.busy and (dsl is None or dsl.pending == 0)

    def opens(self, *lines: str) -> None:
        path = self.folder / "visits.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        self.presenter.open(path)
        self.settle()
        self.page.begin()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.page.window().focusWidget() or self.page, key, modifier)
        self.settle()

    def types(self, text: str) -> None:
        """Write over what stands where the keyboard is."""
        target = self.page.window().focusWidget()
        assert target is not None
        if not isinstance(target, Chooser):
            QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(target, text)
        if isinstance(target, Chooser):
            target.activated.emit(target.currentIndex())
        self.settle()

    def books(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def rows(self) -> list[tuple[str, ...]]:
        return [tuple(cell.as_words() for cell in row.cells) for row in self.page.table.rows]

    def pills(self) -> list[str]:
        return [row[4] for row in self.rows()]

    def lines(self) -> list[BookingLine]:
        with self.world.register.read() as session:
            return bookings.between(session, self.world.clock().replace(month=1), self.world.clock().replace(year=2027))


@pytest.fixture
def office(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> ListOffice:
    worker = create_worker(world)
    create_worker(world, "Tom Okafor", badge="H20", team="CIN Team 1")
    create_booking(world, worker, minutes=60)
    return ListOffice(world, desk, qtbot, tmp_path)


def test_a_mixed_list_is_put_right_with_the_keyboard_and_booked(office: ListOffice) -> None:
    page = office.page
    office.opens(*MIXED)
    assert page.title.text() == "6 visits in visits.csv"
    assert page.hint.text() == "1 ready · 1 to look at · 4 to put right"
    assert page.sentence.text() == "For the DSL, sealed and not shown here: Child ref. Not taken: Cost code."
    assert office.pills() == [
        "Ready",
        "To put right",
        "To put right",
        "Needs a look",
        "To put right",
        "To put right",
    ]
    assert office.rows()[0] == (
        "ticked, 2",
        "Tue 01/12/2026, 10:00 to 11:00",
        "Leila Haddad, CIN Team 3",
        "Mrs Shah, Meeting room 1",
        "Ready",
        "11 working days of notice",
    )
    assert (page.confirm.text(), page.left_out.text()) == ("Book 1 visit", "5 visits not ticked")
    assert page.table.hasFocus()
    assert page.row.note.title.text() == "Row 3: Is this Tom Okafor, Social Worker, CIN Team 1? Say who comes."
    pictures.save(page, "list-mixed")
    office.press(Qt.Key.Key_Return)
    assert page.row.who.hasFocus()
    assert page.row.who_field.label.text() == "Tom Okafor · Harrow (2 rows)"
    office.types("Tom")
    assert page.table.hasFocus(), "one answer for both rows"
    assert office.pills()[1] == "Short notice"
    assert page.row.note.title.text() == "Row 4: “31/02/2026” is no day: write it like 30/11/2026."
    office.press(Qt.Key.Key_Return)
    office.types("some day")
    office.press(Qt.Key.Key_Return)
    assert page.row.lines["day"].hasFocus(), "it did not help"  # type: ignore[index]
    office.types("2/12/2026")
    office.press(Qt.Key.Key_Return)
    assert page.row.note.title.text().startswith("Row 6: It ends before it starts")
    office.press(Qt.Key.Key_Return)
    office.press(Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    office.press(Qt.Key.Key_Up)
    assert page.row.note.title.text() == (
        "Row 5: Mrs Shah has another visit at 11:24. Meeting room 2 has another visit at 11:24. "
        "Leila Haddad is booked at 11:24 already."
    )
    office.press(Qt.Key.Key_Space)
    assert office.rows()[3][0].startswith("ticked")
    page.newcomers.setFocus()
    office.types("Some")
    assert office.rows()[5][2] == "Petra Novak, new visitor, somebody else"
    office.books()
    assert office.said.last == "Choose how we heard of the visits: the file does not say it."
    page.how.setFocus()
    office.types("Tele")
    assert page.confirm.text() == "Book 5 visits"
    office.books()
    assert (office.said.last, office.closed) == ("5 visits booked from visits.csv. 1 visit not booked.", 1)
    assert len(office.lines()) == 6
    assert sum(line.booking.has_sealed for line in office.lines()) == 2
    shown = " ".join(label.text() for label in page.findChildren(QLabel)) + str(office.rows())
    assert not [word for word in ("ZZ-17", "ZZ-18") if word in everything_written(office.world) + shown]
    rest = office.said.notices[-1].run
    assert rest is not None
    rest()
    office.settle()
    assert office.pills().count("Booked already") == 5
    office.press(Qt.Key.Key_Escape)
    office.opens(*MIXED[:2])
    assert page.sentence.text().startswith("All of them are booked already")
    assert page.confirm.isHidden()


def test_days_that_can_be_read_two_ways_are_asked_about(office: ListOffice) -> None:
    path = office.folder / "visits.xlsx"
    book = Workbook()
    for row in (
        ("Day", "From", "Visitor", "E-mail"),
        ("03/02/2027", "9", "Leila Haddad", MAIL),
        (datetime.fromisoformat("2027-02-04T14:30"), None, "Leila Haddad", MAIL),
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    office.presenter.open(path)
    office.settle()
    office.page.begin()
    assert office.pills() == ["To put right", "Ready"]
    assert office.rows()[1][1] == "Thu 04/02/2027, 14:30", "Excel's own moment"
    assert office.page.order.hasFocus()
    assert office.page.order_field.label.text() == "Which day is 03/02/2027?"
    pictures.save(office.page, "list-two-ways")
    office.types("Wed")
    assert office.page.order.currentText() == "Wed 3 Feb 2027 (day first)"
    assert office.rows()[0][:2] == ("ticked, 2", "Wed 03/02/2027, 09:00")


def test_what_is_no_list_says_so_and_an_empty_one_is_saved(office: ListOffice) -> None:
    page, path = office.page, office.folder / "mine.csv"
    office.presenter.begin()
    office.page.begin()
    assert page.empty.title.text() == "Book from a list"
    assert page.empty.main.hasFocus()
    pictures.save(page, "list-empty")
    page.ask_where = lambda _parent: path
    page.empty.second.click()
    assert office.said.last == "The empty list was saved. Fill it in, then choose it here."
    page.pick = lambda _parent: path
    page.empty.main.click()
    office.settle()
    assert page.empty.title.text() == "This list was not read"
    assert page.empty.sentence.text().startswith("The file has headings and no visits, so nothing was read")
    pictures.save(page, "list-refused")
    page.ask_where = lambda _parent: office.folder / "gone" / "mine.csv"
    page.empty.second.click()
    assert office.said.last.startswith("The list could not be written there")


def test_a_list_that_was_left_comes_back_but_not_for_somebody_else(office: ListOffice) -> None:
    office.opens(*MIXED)
    office.press(Qt.Key.Key_Escape)
    assert (office.said.last, office.closed) == ("Nothing of visits.csv was booked.", 1)
    back = office.said.notices[-1].run
    assert back is not None
    back()
    office.settle()
    assert len(office.pills()) == 6
    office.press(Qt.Key.Key_Escape)
    office.desk.hand_over(office.world.reception, None)
    back()
    office.settle()
    assert office.presenter._plan is None


def test_a_list_is_dropped_on_the_bookings_or_asked_for(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    create_worker(world)
    office = Invited(world, desk, qtbot, tmp_path)
    view, lists = office.view, office.presenter.list
    lists._opener = reader_child.read_bookings
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(MIXED[:2]), encoding="utf-8")
    office.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert view.list.empty.main.hasFocus()
    office.drops(path, path)
    assert office.said.last == "A list of visits is read by itself: drop it alone."
    office.drops(path)
    qtbot.waitUntil(lambda: not lists.reader.busy)
    office.settle()
    assert view.list.table.hasFocus()
    assert not view.form.isVisible()
    pictures.save(view, "list-in-bookings")
    office.confirms()
    assert office.said.last == "1 visit booked from visits.csv."
    assert view.title.text().startswith("30 Nov")
    assert not view.list.isVisible()


def test_the_dsls_own_file_takes_what_is_the_dsls(world: World, dsl_desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    create_worker(world)
    mine = ListOffice(world, dsl_desk, qtbot, tmp_path)
    mine.opens(*MIXED[:2])
    mine.books()
    (line,) = mine.lines()
    assert not line.booking.has_sealed
    with world.register.dsl_file().read() as session:
        reason = sealed.reason_of(session, line.booking.id, by=world.dsl)
    assert reason is not None
    assert reason.child_reference == "ZZ-17"


def test_nothing_is_cut_and_everything_has_a_name(office: ListOffice, every_look: Theme) -> None:
    office.opens(*MIXED)
    office.press(Qt.Key.Key_Down)
    name = f"{every_look.scheme.value}-{every_look.factor}"
    for width, height in ((1366, 698), (1024, 640), (911, 442)):
        office.show(width, height)
        office.page.table.setFocus()
        office.press(Qt.Key.Key_Return)
        assert walkers.text_fits(office.page) == []
        assert walkers.unnamed_controls(office.page) == []
        assert walkers.primary_buttons(office.page) == ["Book 1 visit"]
        pictures.save(office.page, f"list-{name}-{width}")
    assert walkers.rich_text_labels(office.page) == []
