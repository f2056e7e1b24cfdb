"""Keeping and erasing in Settings: what is due is looked at, confirmed with the password, and gone; a hold keeps it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, NOW, PASSWORD, World, create_booking, create_leaver, create_visit, create_worker
from tests.gui.pictures import save
from tests.gui.settings_screen import shown
from tests.gui.walkers import text_fits, unnamed_controls
from visitor_register.domain.events import FireListPrinted, Left, ReasonRecorded
from visitor_register.domain.people import Operator, Role
from visitor_register.domain.policy import SchoolName
from visitor_register.domain.retention import Kind
from visitor_register.domain.school import REGISTER
from visitor_register.domain.visits import ToldBy
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.settings.keeping_section import KeepingSection
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.persistence import erasure, journal, second_place
from visitor_register.services import policy

SEVEN_YEARS_ON = datetime(2033, 9, 1, 9, 0, tzinfo=NOW.tzinfo)


class Keeping:
    """The section, and whoever uses it."""

    def __init__(self, qtbot: QtBot, world: World, operator: Operator, *, dsl: bool = True) -> None:
        self.qtbot, self.world = qtbot, world
        files = [world.register, world.register.dsl_file()]
        self.jobs = [JobRunner(file.read, file.write, pytest.fail) for file in files]
        self.desk = Desk(self.jobs[0], operator, now=world.clock, dsl_jobs=self.jobs[1] if dsl else None)
        self.said: list[str] = []
        self.desk.said.connect(self._hear)
        self.pc = ThisPc(world.register.folder)
        self.view = shown(qtbot, SettingsPresenter(self.desk, self.pc, world.register, cost=CHEAP))
        self.view.open("keeping")
        self.settles()
        section = self.view.current
        assert isinstance(section, KeepingSection)
        self.section = section

    def _hear(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def settles(self) -> None:
        self.qtbot.waitUntil(lambda: not any(jobs.pending for jobs in self.jobs))

    def presses(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        self.settles()

    def types(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)

    def looks_at(self, key: object) -> None:
        rows = self.section.due.list
        self.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.action_point(key))
        QApplication.processEvents()

    def finds(self, text: str) -> None:
        """Type a name and take the first that is found."""
        holds = self.section.holds
        self.types(holds.search, text)
        self.settles()
        holds.found.setFocus()
        QTest.keyClick(holds.found, Qt.Key.Key_Return)

    def says(self) -> str:
        note = self.section.due.state
        return f"{note.title.text()} {note.text.text()}"


@pytest.fixture
def old(world: World) -> World:
    """A register of 2026 that is looked at seven years later."""
    for number, name in enumerate(("Leila Haddad", "Tom Okafor", "Ann Able")):
        person = create_worker(world, name, badge=f"H{number}0")
        visit = create_visit(world, person, booking=create_booking(world, person)).id
        world.write((visit, Left(NOW, ToldBy.DESK)))
        with world.register.dsl_file().write() as session:
            journal.append(session, visit, ReasonRecorded(child_reference="C-17"), by=world.dsl, at=NOW)
    create_booking(world, person)
    create_leaver(world, "Ian Haddow")
    world.write((REGISTER, FireListPrinted(False, True, 3)))
    with world.register.write() as session:
        policy.change(session, SchoolName("Elmbrook Academy"), by=world.dsl, at=NOW)
    return world


@pytest.fixture
def keeping(qtbot: QtBot, old: World, look: Theme) -> Iterator[Keeping]:
    """The DSL seven years on."""
    old.clock.at = SEVEN_YEARS_ON
    yield from _closing(Keeping(qtbot, old, old.dsl), look)


@pytest.fixture
def young(qtbot: QtBot, old: World, look: Theme) -> Iterator[Keeping]:
    """The DSL on the day itself."""
    yield from _closing(Keeping(qtbot, old, old.dsl), look)


def _closing(made: Keeping, look: Theme) -> Iterator[Keeping]:
    yield made
    for jobs in made.jobs:
        jobs.close()
    look.use(Scheme.LIGHT)


def test_nothing_due_says_what_comes_next(young: Keeping) -> None:
    assert "Nothing is due." in young.says()
    assert "The next:" in young.says()
    assert not young.section.due.erase.isVisible()
    save(young.view, "settings-keeping-empty")


def test_what_is_due_is_looked_at_left_out_and_erased_with_the_password(keeping: Keeping, tmp_path: Path) -> None:
    section, due = keeping.section, keeping.section.due
    (place := tmp_path / "second").mkdir()
    keeping.pc.save(keeping.pc.machine.__class__(backup_folder=str(place)))
    assert "Due now: 6 visits and bookings" in keeping.says()
    save(keeping.view, "settings-keeping-due")
    keeping.looks_at(Kind.VISITS)
    assert len(due.list.rows) == 6
    first = due.list.rows[0].key
    keeping.looks_at(first)
    save(keeping.view, "settings-keeping-records")
    assert due.erase.text().startswith("Erase 5 of ")
    keeping.presses(due.erase)
    assert "cannot be brought back" in due.field.error()
    keeping.types(due.password, "not it at all")
    keeping.presses(due.erase)
    keeping.qtbot.waitUntil(lambda: "password" in due.field.error())
    save(keeping.view, "settings-keeping-refused")
    keeping.types(due.password, PASSWORD)
    keeping.presses(due.erase)
    keeping.qtbot.waitUntil(section.result.isVisible)
    keeping.settles()
    assert section.result.text() == "Erased: 5 visits and bookings."
    assert due.password.text() == ""
    assert "1 visit or booking" in keeping.says()
    listed = erasure.read_list(keeping.world.register.folder / erasure.LIST)
    assert {one.file for one in listed} == {"desk", "dsl"}
    register = keeping.world.register
    keeping.qtbot.waitUntil(lambda: bool(second_place.erased(place, register.keyring.desk)))
    save(keeping.view, "settings-keeping-erased")


def test_a_hold_keeps_what_is_due_until_it_ends(keeping: Keeping) -> None:
    holds = keeping.section.holds
    keeping.presses(holds.hold)
    assert "Choose a person" in holds.who.error()
    keeping.finds("Okafor")
    keeping.presses(holds.hold)
    assert "Say why" in holds.why.error()
    keeping.types(holds.reason, "a claim by the family")
    keeping.presses(holds.hold)
    keeping.qtbot.waitUntil(lambda: len(holds.list.rows) == 1)
    keeping.types(holds.child, "C-17")
    keeping.types(holds.reason, "inquiry")
    keeping.presses(holds.hold)
    keeping.qtbot.waitUntil(lambda: len(holds.list.rows) == 2)
    keeping.settles()
    assert "A hold keeps" in keeping.says()
    keeping.section.area.ensureWidgetVisible(holds.list)
    save(keeping.view, "settings-keeping-holds")
    child = next(row.key for row in holds.list.rows if row.key.child)
    keeping.qtbot.mouseClick(holds.list.viewport(), Qt.MouseButton.LeftButton, pos=holds.list.action_point(child))
    keeping.types(holds.question.reason, "over")
    keeping.presses(holds.question.yes)
    keeping.qtbot.waitUntil(lambda: len(holds.list.rows) == 1)


def test_one_person_is_erased_now(young: Keeping) -> None:
    holds = young.section.holds
    young.finds("Ian Haddow")
    young.types(holds.reason, "asked for by Ian")
    young.types(holds.password, PASSWORD)
    young.presses(holds.erase)
    young.qtbot.waitUntil(lambda: "Leave the name out" in holds.why.error())
    young.types(holds.reason, "by letter of 3 May")
    young.presses(holds.erase)
    young.qtbot.waitUntil(lambda: "All about this person was erased." in young.section.result.text())
    young.settles()
    assert holds.password.text() == holds.search.text() == ""


def test_the_periods_are_changed_within_reason(young: Keeping) -> None:
    section = young.section
    line = section.controls["chart_months"]
    assert isinstance(line, QLineEdit)
    young.types(line, "0")
    QTest.keyClick(young.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "from 1 to 120" in section.fields["chart_months"].error()
    young.types(line, "36")
    QTest.keyClick(young.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    young.qtbot.waitUntil(lambda: "Keeping and erasing: periods saved." in young.said)
    with young.world.register.read() as session:
        assert policy.read(session, NOW.date()).retention.chart_months == 36
    section.area.ensureWidgetVisible(section.periods)
    save(young.view, "settings-keeping-periods")


def test_the_auditor_reads_and_changes_nothing(qtbot: QtBot, old: World, look: Theme) -> None:
    old.clock.at = SEVEN_YEARS_ON
    auditor = Operator(old.reception.id, "Ada Auditor", Role.AUDITOR)
    made = Keeping(qtbot, old, auditor, dsl=False)
    section = made.section
    assert "Due now" in made.says()
    for control in (section.due.erase, section.due.password, section.holds.hold, section.save_button):
        assert not control.isVisible()
    assert section.only.isVisible()
    made.looks_at(Kind.VISITS)
    assert {row.action for row in section.due.list.rows} == {""}
    save(made.view, "settings-keeping-auditor")
    for jobs in made.jobs:
        jobs.close()


def test_it_fits_every_size_and_every_control_has_a_name(keeping: Keeping, look: Theme) -> None:
    keeping.looks_at(Kind.VISITS)
    assert unnamed_controls(keeping.view) == []
    assert text_fits(keeping.view) == []
    look.use(Scheme.DARK)
    save(keeping.view, "settings-keeping-dark")
    keeping.view.resize(840, 500)
    keeping.view.set_layout_class(LayoutClass.COMPACT)
    save(keeping.view, "settings-keeping-small")
    assert text_fits(keeping.view) == []
    look.use(Scheme.LIGHT, 1.5)
    keeping.view.resize(1182, 646)
    save(keeping.view, "settings-keeping-150")
    assert text_fits(keeping.view) == []
    keeping.section.area.ensureWidgetVisible(keeping.section.holds.erase)
    save(keeping.view, "settings-keeping-150-below")
