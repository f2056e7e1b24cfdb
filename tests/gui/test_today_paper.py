"""Add from paper: typed by keyboard, saved with the times of the sheet, and never lost."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_visit, create_worker, look
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.errors import NotSavedError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.prints.paper_sheet import FIELDS
from visitor_register.gui.theme import Theme
from visitor_register.gui.today.paper_form import PaperForm
from visitor_register.gui.today.paper_form_presenter import PAPER_FIELDS, PaperFormPresenter
from visitor_register.gui.today.typed_times import read_clock
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.persistence import rows
from visitor_register.services import directory

CANARY = "<b>Robin</b> & <img src=x>"


class Paper:
    """The form, and somebody who copies the sheet into it."""

    def __init__(self, qtbot: QtBot, world: World, desk: Desk) -> None:
        self.qtbot, self.world, self.desk = qtbot, world, desk
        self.form = PaperForm(PaperFormPresenter(desk))
        qtbot.addWidget(self.form)
        self.saved: list[Visit] = []
        self.notices: list[Notice] = []
        self.closed = 0
        self.form.saved.connect(self.saved.append)
        self.form.closed.connect(self.count_closed)
        desk.said.connect(self.notices.append)
        with qtbot.waitActive(self.form):
            pictures.show(self.form, 1150, 345)
        self.form.begin()
        self.settle()

    def count_closed(self) -> None:
        self.closed += 1

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)

    def types(self, name: str, text: str) -> None:
        control = self.form.fields[name].control
        control.setFocus()
        if isinstance(control, QLineEdit):
            control.selectAll()
        QTest.keyClicks(keyboard(), text)
        self.settle()

    def chooses(self, name: str, value: object) -> None:
        """Steps through the answers by arrow, as the keyboard does."""
        control = self.form.fields[name].control
        assert isinstance(control, Chooser)
        control.setFocus()
        for _ in range(control.count()):
            QTest.keyClick(control, Qt.Key.Key_Down)
            if control.value() == value:
                return
        raise AssertionError(f"{value} is not offered")

    def picks(self, letters: str) -> None:
        self.types("name", letters)
        QTest.keyClick(self.form.name, Qt.Key.Key_Down)
        QTest.keyClick(self.form.name, Qt.Key.Key_Return)

    def writes_plumber(self) -> None:
        self.types("name", "Pat Ferry")
        self.chooses("kind", PersonKind.OTHER)
        self.types("arrived", "0905")

    def saves(self, key: Qt.Key = Qt.Key.Key_S) -> None:
        QTest.keyClick(keyboard(), key, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def errors(self) -> dict[str, str]:
        return {name: field.error() for name, field in self.form.fields.items() if field.error()}


def keyboard() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with desk_of(world, world.reception) as made:
        yield made


@pytest.fixture
def paper(qtbot: QtBot, world: World, desk: Desk) -> Paper:
    return Paper(qtbot, world, desk)


def test_a_plumber_is_added_with_the_times_of_the_sheet(paper: Paper) -> None:
    paper.writes_plumber()
    paper.types("organisation", "Ferry & Sons")
    paper.types("here_to_see", "the caretaker")
    paper.types("place", "Boiler room")
    paper.types("left", "10.10")
    paper.types("written_by", "Joan")
    paper.types("note", "bay 4")
    paper.form.fields["assistance"].control.setFocus()
    QTest.keyClick(keyboard(), Qt.Key.Key_Space)
    paper.saves()
    (visit,) = paper.saved
    assert visit.from_paper
    assert visit.arrived_at == datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    assert visit.recorded_at == paper.world.clock()
    assert (visit.left_at, visit.left_told_by) == (datetime(2026, 11, 24, 10, 10, tzinfo=UTC), ToldBy.LATER)
    assert (visit.verdict, visit.basis) == (Verdict.OTHER_VISITOR, Basis.NOT_REQUIRED)
    assert (visit.here_to_see, visit.place, visit.needs_assistance) == ("the caretaker", "Boiler room", True)
    assert visit.note == "Written on the sheet by Joan. bay 4"
    assert (visit.id_shown, visit.compared) == (None, None), "what was not asked is not answered"
    with look(paper.world) as session:
        person = directory.get(session, visit.person)
    assert person is not None
    assert (person.name, person.organisation, person.kind) == ("Pat Ferry", "Ferry & Sons", PersonKind.OTHER)
    assert [notice.kind for notice in paper.notices] == ["done"]
    assert not paper.form.has_content()
    assert paper.closed == 1


def test_a_booked_worker_is_found_by_two_letters_and_keeps_the_booking(qtbot: QtBot, world: World, desk: Desk) -> None:
    worker = create_worker(world)
    booking = create_booking(world, worker)
    paper = Paper(qtbot, world, desk)
    paper.types("name", "ha")
    assert [row.title for row in paper.form.name.list.rows] == ["Leila Haddad"]
    QTest.keyClick(paper.form.name, Qt.Key.Key_Down)
    QTest.keyClick(paper.form.name, Qt.Key.Key_Return)
    assert paper.form.fields["organisation"].control.text() == "CIN Team 3, London Borough of Harrow"  # type: ignore[attr-defined]
    paper.types("arrived", "10:20")
    paper.chooses("shown", IdShown.HARROW_BADGE)
    paper.chooses("expiry", Expiry.IN_DATE)
    paper.chooses("compared", Compared.YES)
    paper.saves()
    (visit,) = paper.saved
    assert (visit.person, visit.booking, visit.verdict) == (worker, booking, Verdict.KNOWN)
    assert (visit.state, visit.basis, visit.expiry) == (VisitState.ON_SITE, Basis.PHOTO_BADGE, Expiry.IN_DATE)


def test_the_list_of_names_is_closed_by_esc_before_the_form_and_a_click_chooses(
    qtbot: QtBot, world: World, desk: Desk
) -> None:
    worker = create_worker(world)
    paper = Paper(qtbot, world, desk)
    paper.types("name", "lei")
    assert paper.form.name.found.isVisible()
    QTest.keyClick(paper.form.name, Qt.Key.Key_Escape)
    assert not paper.form.name.found.isVisible()
    assert paper.closed == 0
    paper.types("name", "leil")
    view = paper.form.name.list
    point = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert paper.form.typed().person == worker
    QTest.keyClick(keyboard(), Qt.Key.Key_Escape)
    assert paper.closed == 1


def test_changing_a_chosen_name_means_somebody_else(qtbot: QtBot, world: World, desk: Desk) -> None:
    create_worker(world)
    paper = Paper(qtbot, world, desk)
    paper.picks("had")
    paper.types("name", "Leila Hart")
    typed = paper.form.typed()
    assert (typed.person, typed.kind, typed.organisation) == (None, None, "")
    assert paper.form.fields["kind"].control.isEnabled()


def test_the_fields_are_those_of_the_sheet_in_its_order(paper: Paper) -> None:
    labels = [field.label.text() for field in paper.form.fields.values()]
    assert labels == list(PAPER_FIELDS.values())
    words = iter(label.casefold() for label in labels)
    for title, _, _ in FIELDS:
        assert any(all(word in label for word in title.casefold().split()) for label in words), title
    order = []
    paper.form.name.setFocus()
    while keyboard() is not paper.form.save_button:
        order.append(keyboard())
        QTest.keyClick(keyboard(), Qt.Key.Key_Tab)
    assert order == [field.control for field in paper.form.fields.values() if field.isVisible()]


def test_an_empty_line_says_in_sentences_what_is_missing(paper: Paper) -> None:
    paper.saves()
    assert set(paper.errors()) == {"name", "kind", "arrived"}
    assert paper.form.name.hasFocus()
    assert not paper.notices
    paper.types("name", "Gareth Pym")
    paper.chooses("kind", PersonKind.OTHER_SERVICE)
    paper.types("arrived", "25:00")
    paper.saves()
    assert set(paper.errors()) == {"arrived", "shown", "compared"}
    assert paper.form.name.text() == "Gareth Pym"


@pytest.mark.parametrize(
    ("day", "arrived", "left", "wrong"),
    [
        ("24/11/2026", "10:25", "", "arrived"),
        ("25/11/2026", "09:00", "", "day"),
        ("tomorrow", "09:00", "", "day"),
        ("24/11/2026", "09:00", "08:59", "left"),
        ("24/11/2026", "09:00", "10:25", "left"),
        ("24/11/2026", "09:00", "late", "left"),
    ],
)
def test_times_that_cannot_be_are_refused_under_their_field(
    paper: Paper, day: str, arrived: str, left: str, wrong: str
) -> None:
    paper.writes_plumber()
    for name, text in (("day", day), ("arrived", arrived), ("left", left)):
        paper.types(name, text)
    paper.saves()
    assert list(paper.errors()) == [wrong]
    assert not paper.saved


def test_not_compared_asks_why_and_a_certificate_number_is_refused(paper: Paper) -> None:
    paper.types("name", "Gareth Pym")
    paper.chooses("kind", PersonKind.OTHER_SERVICE)
    paper.types("arrived", "9:05")
    paper.chooses("shown", IdShown.OTHER_PHOTO)
    paper.chooses("compared", Compared.NOT_NOW)
    paper.saves()
    assert set(paper.errors()) == {"which", "because"}
    paper.types("which", "passport")
    paper.types("because", "not on the sheet")
    paper.types("note", "DBS 001234567890")
    paper.saves()
    assert list(paper.errors()) == ["note"]
    paper.types("note", " ")
    paper.saves()
    (visit,) = paper.saved
    assert (visit.verdict, visit.id_which, visit.not_compared_because) == (
        Verdict.OTHER_SERVICE,
        "passport",
        "not on the sheet",
    )


def test_no_id_and_nobody_to_vouch_is_not_confirmed_and_still_on_the_list(paper: Paper) -> None:
    paper.types("name", "Gareth Pym")
    paper.chooses("kind", PersonKind.COUNCIL)
    paper.types("arrived", "9:05")
    paper.chooses("shown", IdShown.NONE)
    paper.chooses("compared", Compared.NO_PHOTO)
    paper.saves()
    (visit,) = paper.saved
    assert (visit.verdict, visit.basis) == (Verdict.NOT_CONFIRMED, Basis.NOT_EVIDENCED)


def test_another_line_keeps_the_date_and_the_writer_only(paper: Paper) -> None:
    paper.writes_plumber()
    paper.types("here_to_see", "Mrs Shah")
    paper.types("day", "23/11/2026")
    paper.types("written_by", "Joan")
    first = paper.form.typed().visit
    paper.saves(Qt.Key.Key_Return)
    typed = paper.form.typed()
    assert (typed.day, typed.written_by, typed.here_to_see, typed.name) == ("23/11/2026", "Joan", "", "")
    assert typed.visit != first
    assert paper.form.name.hasFocus()
    assert (len(paper.saved), paper.closed) == (1, 0)
    assert not paper.form.has_content()


def test_esc_keeps_what_was_typed_and_discard_does_not(paper: Paper) -> None:
    assert not paper.form.has_content()
    paper.types("place", "Hall")
    QTest.keyClick(keyboard(), Qt.Key.Key_Escape)
    assert paper.closed == 1
    assert paper.form.has_content()
    paper.form.discard_button.setFocus()
    QTest.keyClick(keyboard(), Qt.Key.Key_Return)
    assert not paper.form.has_content()


def test_not_saved_keeps_the_form_and_can_be_tried_again(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    paper.writes_plumber()
    with monkeypatch.context() as broken:
        broken.setattr("visitor_register.services.arrivals.sign_in", _disk_full)
        paper.saves()
    assert [notice.kind for notice in paper.notices] == ["red"]
    assert paper.form.has_content()
    paper.saves()
    assert len(paper.saved) == 1


def _disk_full(*_: object, **__: object) -> None:
    raise NotSavedError("NOT SAVED - use the paper sheet. The disk is full.")


def test_somebody_signed_in_now_is_not_signed_out_by_a_line_of_paper(qtbot: QtBot, world: World, desk: Desk) -> None:
    now = create_visit(world, create_worker(world))
    world.clock.move(hours=1)
    paper = Paper(qtbot, world, desk)
    paper.picks("had")
    paper.types("arrived", "10:30")
    paper.types("left", "11:00")
    paper.chooses("shown", IdShown.HARROW_BADGE)
    paper.chooses("compared", Compared.YES)
    paper.saves()
    assert "is signed in here since 10:24" in paper.notices[0].text
    assert paper.form.has_content()
    with look(world) as session:
        (visit,) = rows.select_all(session, Visit)
    assert visit == now


def test_names_are_text(qtbot: QtBot, world: World, desk: Desk) -> None:
    create_worker(world, CANARY)
    paper = Paper(qtbot, world, desk)
    paper.types("name", "rob")
    assert paper.form.name.list.rows[0].title == CANARY
    assert not walkers.rich_text_labels(paper.form)


def test_it_looks_right_everywhere(qtbot: QtBot, world: World, desk: Desk, every_look: Theme) -> None:
    for number, name in enumerate(("Leila Haddad", "Lena Hadley-Worthington", "Malik Hader", "Uma Shadwell")):
        create_worker(world, name, badge=f"H19435{number}")
    paper = Paper(qtbot, world, desk)
    word = f"{'dark' if every_look.dark else 'light'}-{every_look.factor}"
    for width, height in ((1150, 345), (850, 300)):
        pictures.show(paper.form, width, height)
        pictures.save(paper.form, f"paper-empty-{width}-{word}")
        assert not walkers.text_fits(paper.form)
        assert not walkers.unnamed_controls(paper.form)
        assert walkers.primary_buttons(paper.form) == ["Save"]
    pictures.show(paper.form, 1150, 345)
    paper.types("name", "had")
    pictures.save(paper.form, f"paper-names-{word}")
    paper.picks("leil")
    paper.chooses("shown", IdShown.OTHER_PHOTO)
    paper.chooses("compared", Compared.NOT_NOW)
    paper.types("arrived", "9")
    paper.saves()
    QApplication.processEvents()
    pictures.save(paper.form, f"paper-wrong-{word}")
    assert not walkers.text_fits(paper.form)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9:05", "09:05"),
        ("0905", "09:05"),
        ("905", "09:05"),
        ("09.05", "09:05"),
        ("24:00", ""),
        ("9", ""),
        ("9:60", ""),
    ],
)
def test_times_are_read_as_people_write_them(text: str, said: str) -> None:
    found = read_clock(text)
    assert (f"{found:%H:%M}" if found else "") == said
