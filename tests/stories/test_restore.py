"""The register's file is damaged overnight: the backup is restored with the code from the safe, and nobody is missing.

Through the real window from the first sign-in to the banner that says what to write again from paper.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, Clock, World, create_register, create_visit, create_worker
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.program import Program
from visitor_register.gui.settings.backups_section import BackupsSection
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.unlock.restore_presenter import Step
from visitor_register.gui.unlock.restore_view import RestoreView
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence import backup, verify
from visitor_register.services import today

NEW = "four other plain words"


class School:
    """One PC that is switched on and off, and whoever sits at it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot, self.world = qtbot, world
        self.crashes: list[BaseException] = []
        self.program = self.switches_on()

    def switches_on(self) -> Program:
        self.program = Program(self.world.register.folder, self.crashes.append, now=self.world.clock, cost=CHEAP)
        self.program.start()
        return self.program

    def switches_off(self) -> None:
        self.program.close()
        self.program.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not self.crashes

    @property
    def shown(self) -> QWidget:
        return self.program.window.currentWidget()

    def presses(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def tries(self, who: Operator, password: str) -> SignInView:
        view = self.shown
        assert isinstance(view, SignInView)
        assert self.program.sign_in is not None
        self.program.sign_in.choose(who)
        view.password.edit.setText(password)
        QTest.keyClick(view.password.edit, Qt.Key.Key_Return)
        return view

    def signs_in(self, who: Operator, password: str) -> None:
        self.tries(who, password)
        self.qtbot.waitUntil(lambda: self.program.session is not None)
        self.settles()

    def settles(self) -> None:
        session = self.program.session
        assert session is not None
        jobs = (session.jobs, session.desk.dsl_jobs)
        self.qtbot.waitUntil(lambda: all(runner is None or runner.pending == 0 for runner in jobs))

    def backs_up(self) -> None:
        """Settings, Backups, Back up now."""
        session = self.program.session
        assert session is not None
        session.window.show_screen("settings")
        view = session.window.screen_named("settings")
        assert isinstance(view, SettingsView)
        view.open("backups")
        section = view.current
        assert isinstance(section, BackupsSection)
        self.qtbot.waitUntil(lambda: not section.backups.busy())
        with self.qtbot.waitSignal(section.backups.made):
            self.presses(section.save_button)

    def reaches(self, step: Step) -> RestoreView:
        restoring = self.program.restoring
        assert restoring is not None
        page = self.shown
        assert isinstance(page, RestoreView)
        self.qtbot.waitUntil(lambda: restoring.step is step and page.next.isEnabled())
        return page


@pytest.fixture
def school(qtbot: QtBot, nothing_left_behind: None, look: object, tmp_path: Path, clock: Clock) -> Iterator[School]:
    world = create_register(tmp_path / "register", clock)
    world.register.close()
    made = School(qtbot, world)
    yield made
    made.switches_off()


def _damage(folder: Path) -> None:
    """Flip a byte in every page but the first: as after a disk that dies."""
    data = bytearray((folder / "desk.db").read_bytes())
    for place in range(4096, len(data), 4096):
        data[place + 100] ^= 0x10
    (folder / "desk.db").write_bytes(data)


def test_a_damaged_register_comes_back_with_the_code_from_the_safe(school: School) -> None:
    world, clock = school.world, school.world.clock
    school.signs_in(world.dsl, PASSWORD)
    session = school.program.session
    assert session is not None
    world.register = session.register
    names = ["Amara Thistle", "Tom Okafor"]
    for number, name in enumerate(names):
        create_visit(world, create_worker(world, name, badge=f"H{number}0"))
    clock.move(minutes=5)
    school.backs_up()
    clock.move(minutes=5)
    create_visit(world, create_worker(world, "Late Comer", badge="H90"))
    # No story makes a backup at its end: what came last is on paper only.
    made = backup.listed(world.register.folder)[0]
    school.switches_off()

    _damage(world.register.folder)
    clock.move(minutes=5)
    school.switches_on()
    view = school.tries(world.dsl, PASSWORD)
    school.qtbot.waitUntil(lambda: "Restore the last backup" in view.card.trouble.accessibleName())
    school.presses(view.card.restore_now)
    page = school.shown
    assert isinstance(page, RestoreView)
    school.qtbot.waitUntil(lambda: bool(page.choose.list.rows))
    assert page.choose.current() == made.path
    school.presses(page.next)
    school.reaches(Step.OPEN)
    page.open.who.setCurrentIndex(page.open.who.count() - 1)
    page.open.secret.edit.setText(world.recovery_code)
    QTest.keyClick(page.open.secret.edit, Qt.Key.Key_Return)
    school.reaches(Step.CHECKED)
    for line in (page.checked.password.edit, page.checked.again.edit):
        line.setText(NEW)
    school.presses(page.next)
    school.reaches(Step.DONE)
    school.presses(page.next)

    school.signs_in(world.dsl, NEW)
    session = school.program.session
    assert session is not None
    banner = [notice.words for notice in session.window.notices.notices]
    assert any("as it was on Tue 24/11/2026 10:29. Add from paper who came and left" in words for words in banner)
    with session.register.read() as reading:
        here = today.board(reading, at=clock()).on_site
        assert sorted(one.person.name for one in here) == sorted(names)
        assert verify.verify(reading).sound
    with session.register.dsl_file().read() as reading:
        assert verify.verify(reading).sound
    assert not session.register.records_lost
    assert session.desk.operator.role is Role.DSL
