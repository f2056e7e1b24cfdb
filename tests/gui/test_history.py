"""The History screen: find a visit, read its story, correct it, put somebody back, take the list along."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World, create_visit, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.arrivals import Call, Told
from visitor_register.domain.assurance import NumberSource, Outcome
from visitor_register.domain.events import EntryDeclined, PersonRecorded, Unknown
from visitor_register.domain.people import PersonKind, Role
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Visit, VisitState
from visitor_register.files import exports
from visitor_register.gui import theme
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.history.presenter import HistoryPresenter
from visitor_register.gui.history.telling import tell
from visitor_register.gui.history.view import HistoryView
from visitor_register.gui.metrics import layout_class
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.persistence import journal
from visitor_register.services import arrivals, front_desk
from visitor_register.services.history import Happening

SIZES = [(1366, 698), (1280, 650), (911, 442)]
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Said(QObject):
    """The notice bar's ear."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.texts: list[str] = []
        desk.said.connect(self.hear)
        desk.jobs.failed.connect(desk.explain)

    def hear(self, notice: Notice) -> None:
        self.texts.append(notice.text)


class Screen:
    """The screen, and what a person does at it."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot, path: Path) -> None:
        self.world, self.desk, self.qtbot, self.path = world, desk, qtbot, path
        self.suggested = ""
        self.said = Said(desk)
        self.presenter = HistoryPresenter(desk)
        self.view = HistoryView(self.presenter, choose_path=self.choose)
        qtbot.addWidget(self.view)
        self.panel = self.view.panel

    def choose(self, _parent: QWidget, suggested: str) -> Path:
        self.suggested = suggested
        return self.path

    def show(self, width: int = 1366, height: int = 698) -> None:
        """As it stands in a window of this size, rail and top bar taken off."""
        look = theme.current()
        size = layout_class(width, height, look.factor)
        self.view.set_layout_class(size)
        self.view.resize(width - look.px(60 if size.narrow_rail else 184), height - look.px(52))
        self.view.show()
        self.presenter.refresh()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view.window().focusWidget() or self.view, key, modifier)
        self.settle()

    def types(self, field: QWidget, text: str) -> None:
        field.setFocus()
        QTest.keySequence(field, "Ctrl+A")
        QTest.keyClicks(field, text)
        self.settle()

    def chooses(self, chooser: Chooser, words: str) -> None:
        chooser.setFocus()
        QTest.keyClicks(chooser, words)
        chooser.activated.emit(chooser.currentIndex())
        self.settle()

    def names(self) -> list[str]:
        return [row.cells[1].text for row in self.view.table.rows]

    def opens(self, name: str) -> None:
        """Go to the row with the arrows, and in with Enter."""
        self.view.table.setFocus()
        keys = [row.key for row in self.view.table.rows]
        here, there = self.view.table.current_key(), self.names().index(name)
        step = there - (keys.index(here) if here in keys else -1)
        for _ in range(abs(step)):
            self.press(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
        assert self.view.table.current_key() == keys[there]
        self.press(Qt.Key.Key_Return)

    def titles(self) -> list[str]:
        return [told.title for told in self.panel.timeline.told]

    def visit(self, identity: UUID) -> Visit:
        with self.world.register.read() as session:
            found = front_desk.visit_of(session, identity)
        assert found is not None
        return found


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    with desk_of(world, world.reception) as made:
        yield made


@pytest.fixture
def screen(world: World, desk: Desk, qtbot: QtBot, tmp_path: Path) -> Screen:
    return Screen(world, desk, qtbot, tmp_path / "list.csv")


def fill(world: World) -> dict[str, UUID]:
    """Visits of every outcome, one with a call-back, on two days."""
    made: dict[str, UUID] = {}
    for number, (key, name, team) in enumerate(
        (
            ("open", "Owen Pritchard", "Early Help Team 1"),
            ("later", "Zoë Núñez", "CIN Team 2"),
            ("unknown", "Oluwaseun Adebayo-Fitzgerald", "Virtual School for Looked After Children"),
        )
    ):
        made[key] = create_visit(world, create_worker(world, name, badge=f"H{number}", team=team)).id
    world.clock.move(days=1)
    now = world.clock()
    with world.register.write() as session:
        arrivals.fill_in_leaving(session, made["later"], now - timedelta(hours=21), by=world.reception, at=now)
        arrivals.leaving_unknown(session, made["unknown"], by=world.reception, at=now)
    made["here"] = create_visit(world, create_worker(world)).id
    made["left"] = create_visit(world, create_worker(world, "=cmd|' /C calc'!A0", badge="H8")).id
    made["undone"] = create_visit(world, create_worker(world, "Ian Haddow", badge="H9")).id
    world.clock.move(minutes=30)
    now = world.clock()
    call = Call(
        "020 7946 0112",
        "Marcus Adeyemi, Team Manager",
        NumberSource.CHART,
        "chart of Mon 02/11/2026",
        "Marcus Adeyemi",
        "works in the team, was sent today",
        Outcome.CONFIRMED,
        now,
    )
    with world.register.write() as session:
        arrivals.record_call(session, made["here"], call, by=world.reception, at=now)
        arrivals.record_told(session, made["here"], Told("Mrs Shah", True, now), by=world.reception, at=now)
        arrivals.sign_out(session, made["left"], by=world.reception, at=now)
        arrivals.not_this_person(session, made["undone"], "her sister", by=world.reception, at=now)
        somebody, declined = uuid4(), uuid4()
        journal.append(session, somebody, PersonRecorded(PersonKind.OTHER, "A. Caller", "Acme"), by=world.dsl, at=now)
        said = EntryDeclined(somebody, None, now, Verdict.PLEASE_WAIT, "MASH", "not who they said they were")
        journal.append(session, declined, said, by=world.dsl, at=now)
    return made


def test_the_filter_finds_by_name_team_day_and_outcome(screen: Screen) -> None:
    fill(screen.world)
    screen.show()
    assert len(screen.names()) == 7
    assert screen.view.count.text() == "7 visits"
    screen.press(Qt.Key.Key_F, CTRL)
    assert screen.view.name.hasFocus()
    screen.types(screen.view.name, "nunez")
    assert screen.names() == ["Zoë Núñez"]
    screen.types(screen.view.name, "x")
    assert screen.view.empty.isVisible()
    screen.view.name.clear()
    screen.types(screen.view.team, "early")
    assert screen.names() == ["Owen Pritchard"]
    screen.view.team.clear()
    screen.types(screen.view.end, "24/11/2026")
    screen.press(Qt.Key.Key_Return)
    assert set(screen.names()) == {"Owen Pritchard", "Zoë Núñez", "Oluwaseun Adebayo-Fitzgerald"}
    screen.chooses(screen.view.outcome, "No")
    assert screen.names() == ["Owen Pritchard"]
    screen.chooses(screen.view.outcome, "Any")
    screen.chooses(screen.view.mark, "Filled")
    screen.types(screen.view.start, "25/11/2026")
    screen.press(Qt.Key.Key_Return)
    assert screen.view.filters["end"].error() == "This is before the first day."
    screen.types(screen.view.start, "31/31")
    screen.press(Qt.Key.Key_Return)
    assert screen.view.filters["start"].error()


def test_a_visit_tells_its_whole_story(screen: Screen) -> None:
    fill(screen.world)
    screen.show()
    screen.opens("Leila Haddad")
    assert screen.panel.title.text() == "Leila Haddad"
    assert screen.titles() == [
        "Arrived Wed 25/11/2026 10:24",
        "Rang Marcus Adeyemi, Team Manager: confirmed",
        "Mrs Shah was told",
    ]
    call = screen.panel.timeline.told[1]
    assert call.lines[0] == "020 7946 0112, number from the chart: chart of Mon 02/11/2026"
    assert call.written == "Written Wed 25/11/2026 10:54 by Joan Mensah"
    screen.opens("Zoë Núñez")
    assert screen.panel.timeline.told[-1].mark == "Filled in later"
    screen.opens("Ian Haddow")
    assert screen.panel.timeline.told[0].mark == "Taken back later"


def test_a_wrong_arrival_is_corrected_and_both_times_stay(screen: Screen) -> None:
    visit = create_visit(screen.world, create_worker(screen.world))
    screen.world.clock.move(minutes=10)
    screen.show()
    screen.opens("Leila Haddad")
    screen.press(Qt.Key.Key_F2)
    assert screen.panel.correction.clock.hasFocus()
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.correction.fields["reason"].error()
    screen.types(screen.panel.correction.reason, "looked at the wrong clock")
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.correction.fields["reason"].error() == "Nothing is different yet."
    screen.types(screen.panel.correction.clock, "10:40")
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.correction.fields["clock"].error()
    screen.types(screen.panel.correction.clock, "10:04")
    screen.types(screen.panel.correction.host, "Ms Kaur")
    screen.chooses(screen.panel.correction.shown, "NHS")
    screen.press(Qt.Key.Key_S, CTRL)
    stands = screen.visit(visit.id)
    assert (stands.arrived_at, stands.here_to_see) == (visit.arrived_at - timedelta(minutes=20), "Ms Kaur")
    told = screen.panel.timeline.told[-1]
    assert told.title == "Corrected"
    assert told.lines == (
        "Arrived: Tue 24/11/2026 10:04 (before: Tue 24/11/2026 10:24)",
        "Here to see: Ms Kaur (before: Mrs Shah)",
        "ID: NHS badge, in date, face compared: yes, they match "
        "(before: Harrow photo badge, in date, face compared: yes, they match)",
        "Why: looked at the wrong clock",
    )
    assert screen.view.table.rows[0].cells[0].second == "10:04, corrected"
    assert screen.said.texts == ["Corrected. Both versions stay on record."]


def test_certificate_numbers_are_refused_in_a_correction(screen: Screen) -> None:
    create_visit(screen.world, create_worker(screen.world))
    screen.show()
    screen.opens("Leila Haddad")
    screen.press(Qt.Key.Key_F2)
    screen.types(screen.panel.correction.which, "001234 567890")
    screen.press(Qt.Key.Key_S, CTRL)
    assert "certificate" in screen.panel.correction.fields["which"].error()


def test_somebody_logged_out_by_mistake_is_put_back(screen: Screen) -> None:
    visit = create_visit(screen.world, create_worker(screen.world))
    with screen.world.register.write() as session:
        arrivals.sign_out(session, visit.id, by=screen.world.reception, at=screen.world.clock())
    screen.show()
    screen.opens("Leila Haddad")
    screen.press(Qt.Key.Key_F6)
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.back.fields["reason"].error()
    screen.types(screen.panel.back.reason, "still in the hall")
    QTest.keyClick(screen.view, Qt.Key.Key_S, CTRL)
    screen.press(Qt.Key.Key_S, CTRL)
    assert len(screen.titles()) == 3
    assert screen.visit(visit.id).state is VisitState.ON_SITE
    assert screen.titles()[-1] == "Put back on site"
    assert screen.panel.timeline.told[1].mark == "Taken back later"
    assert screen.view.table.rows[0].cells[4].pill is not None


def test_a_form_of_one_visit_never_writes_to_another(screen: Screen) -> None:
    worker = create_worker(screen.world)
    for _ in range(2):
        visit = create_visit(screen.world, worker)
        screen.world.clock.move(minutes=5)
        with screen.world.register.write() as session:
            arrivals.sign_out(session, visit.id, by=screen.world.reception, at=screen.world.clock())
    screen.show()
    screen.opens("Leila Haddad")
    screen.press(Qt.Key.Key_F2)
    screen.view.table.setFocus()
    screen.press(Qt.Key.Key_Down)
    assert screen.panel.timeline.isVisible()
    assert screen.panel.correction.isHidden()


def test_a_leaving_is_filled_in_or_said_to_be_unknown(screen: Screen) -> None:
    made = fill(screen.world)
    screen.show()
    screen.opens("Owen Pritchard")
    assert screen.panel.pill.text() == "No sign-out"
    screen.press(Qt.Key.Key_F7)
    screen.panel.leaving.do_not_know.click()
    screen.settle()
    assert screen.visit(made["open"]).state is VisitState.LEAVING_UNKNOWN
    screen.press(Qt.Key.Key_F7)
    screen.types(screen.panel.leaving.clock, "9:00")
    screen.press(Qt.Key.Key_S, CTRL)
    assert screen.panel.leaving.fields["clock"].error() == "Write a time between the arrival and now."
    screen.types(screen.panel.leaving.clock, "12:15")
    screen.press(Qt.Key.Key_S, CTRL)
    stands = screen.visit(made["open"])
    assert stands.state is VisitState.LEFT
    assert screen.panel.marks.text() == "Filled in later"


def test_esc_leaves_the_form_then_the_panel(screen: Screen) -> None:
    create_visit(screen.world, create_worker(screen.world))
    screen.show(911, 442)
    assert screen.panel.isHidden()
    screen.opens("Leila Haddad")
    screen.press(Qt.Key.Key_F2)
    screen.press(Qt.Key.Key_Escape)
    assert screen.panel.timeline.isVisible()
    screen.press(Qt.Key.Key_Escape)
    assert screen.panel.isHidden()
    assert screen.view.table.hasFocus()


def test_the_auditor_reads_and_writes_nothing(screen: Screen) -> None:
    create_visit(screen.world, create_worker(screen.world))
    screen.desk.hand_over(replace(screen.world.reception, role=Role.AUDITOR), None)
    screen.show()
    screen.opens("Leila Haddad")
    assert [key for key, button in screen.panel.buttons.items() if button.isVisible()] == []
    assert len(screen.titles()) == 1


def test_the_list_is_exported_as_it_is_filtered(screen: Screen) -> None:
    fill(screen.world)
    screen.show()
    screen.types(screen.view.start, "25/11/2026")
    screen.press(Qt.Key.Key_Return)
    screen.press(Qt.Key.Key_E, CTRL)
    assert screen.suggested == "visits_2026-11-25.csv"
    assert screen.said.texts == ["4 visits written to list.csv."]
    with screen.path.open(encoding="utf-8-sig", newline="") as file:
        lines = [[exports.unquoted(cell) for cell in row] for row in csv.reader(file)]
    assert [line[3] for line in lines[1:]] == screen.names()
    assert "'=cmd" in screen.path.read_text("utf-8-sig")
    assert not {"Purpose", "Child reference", "Note"} & set(lines[0])


def test_an_export_that_cannot_be_written_says_so(screen: Screen, tmp_path: Path) -> None:
    screen.path = tmp_path / "gone" / "list.csv"
    screen.show()
    screen.press(Qt.Key.Key_E, CTRL)
    assert "could not be written" in screen.said.texts[-1]


def test_long_lists_come_page_by_page(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visitor_register.services.history.PAGE", 4)
    monkeypatch.setattr(
        HistoryPresenter.more.__globals__["history"].page, "__kwdefaults__", {"after": None, "limit": 4}
    )
    fill(screen.world)
    screen.show(911, 442)
    assert len(screen.names()) == 4
    assert screen.view.count.text() == "The newest 4 visits; scroll for more"
    bar = screen.view.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    screen.settle()
    assert len(screen.names()) == 7
    assert screen.view.count.text() == "7 visits"
    screen.presenter.refresh()
    screen.settle()
    assert len(screen.names()) == 7


def test_what_cannot_be_read_is_shown_as_that() -> None:
    at = NOW
    assert tell(Happening(3, at, "Joan", None)).title == "Erased"
    assert tell(Happening(3, at, "", Unknown("Teleported", 2))).title == "Written by a newer version"
    assert "no longer on the list" in tell(Happening(3, at, "", None)).written


@pytest.mark.parametrize("factor", [1.0, 1.3])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_fits_and_has_a_name(screen: Screen, look: Theme, width: int, height: int, factor: float) -> None:
    fill(screen.world)
    look.use(Scheme.LIGHT, factor)
    try:
        screen.show(width, height)
        _check(screen.view)
        screen.opens("Leila Haddad")
        _check(screen.view)
        for key in (Qt.Key.Key_F2, Qt.Key.Key_F7):
            screen.press(key)
            screen.press(Qt.Key.Key_S, CTRL)
            _check(screen.view)
            screen.press(Qt.Key.Key_Escape)
        assert len(walkers.primary_buttons(screen.view)) <= 1
        assert walkers.rich_text_labels(screen.view) == []
    finally:
        look.use(Scheme.LIGHT)


def _check(view: QWidget) -> None:
    assert walkers.text_fits(view) == []
    assert walkers.unnamed_controls(view) == []


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_pictures_of_history(screen: Screen, look: Theme, scheme: Scheme) -> None:
    fill(screen.world)
    look.use(scheme)
    try:
        for width, height in SIZES:
            screen.show(width, height)
            screen.opens("Leila Haddad")
            pictures.save(screen.view, f"history-{scheme.value}-{width}")
            screen.press(Qt.Key.Key_F2)
            pictures.save(screen.view, f"history-correct-{scheme.value}-{width}")
            screen.press(Qt.Key.Key_Escape)
    finally:
        look.use(Scheme.LIGHT)
