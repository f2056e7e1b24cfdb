"""Backups in Settings: how they stand, one made now, a second place, the termly try, and going back to one."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, PASSWORD, World, create_visit, create_worker
from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office, reception
from tests.gui.walkers import text_fits, unnamed_controls
from visitor_register import settings
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import NotAllowedError, WrongPasswordError
from visitor_register.gui.caretaker import LOST, Caretaker
from visitor_register.gui.program import Program
from visitor_register.gui.settings.backups_section import BackupsSection
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.unlock.restore_presenter import Step
from visitor_register.gui.unlock.restore_view import RestoreView
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence import backup
from visitor_register.persistence.keyring import Keyring
from visitor_register.persistence.register import Register
from visitor_register.services import restoring

__all__ = ["office", "reception"]

PRINTED = FireListPrinted(False, False, 0)


def _section(office: Office) -> BackupsSection:
    section = office.opens("backups")
    assert isinstance(section, BackupsSection)
    return section


def _caretaker(office: Office) -> Caretaker:
    (found,) = office.view.findChildren(Caretaker)
    return found


def _backs_up(office: Office) -> None:
    """Ctrl+S, and the sentence that follows."""
    before = len(office.ear.said)
    QTest.keyClick(office.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.qtbot.waitUntil(lambda: len(office.ear.said) > before)
    office.settles()


@pytest.fixture
def keeper(office: Office) -> Iterator[Office]:
    """The DSL's Settings, whose backups end with the test."""
    yield office
    _caretaker(office).close(last_backup=False)


def test_without_a_backup_the_page_says_so_and_makes_one(keeper: Office) -> None:
    section = _section(keeper)
    assert "There is no backup yet" in section.state.accessibleName()
    assert "None is chosen" in section.second.text()
    assert "No backup was ever tried" in section.drilled.text()
    save(keeper.view, "settings-backups-empty")
    _backs_up(keeper)
    assert keeper.ear.said[-1].text.startswith("The backup is made. It was opened again")
    assert "The newest backup is of Tue 24/11/2026 10:24" in section.state.accessibleName()
    (row,) = section.list.rows
    assert (row.title, row.note, row.action) == ("Tue 24/11/2026 10:24", "checked", "Restore")
    assert row.second.startswith("This PC · ")


def test_a_second_place_is_chosen_copied_to_and_left_again(keeper: Office, tmp_path: Path) -> None:
    section = _section(keeper)
    section.ask = lambda _: str(tmp_path / "gone")
    keeper.presses(section.choose)
    keeper.qtbot.waitUntil(lambda: "cannot be reached" in section.folder_trouble.accessibleName())
    section.ask = lambda _: str(keeper.register.folder)
    keeper.presses(section.choose)
    keeper.qtbot.waitUntil(lambda: "own folder" in section.folder_trouble.accessibleName())
    save(keeper.view, "settings-backups-place-refused")
    assert settings.load(keeper.register.folder).backup_folder == ""
    (tmp_path / "share").mkdir()
    section.ask = lambda _: str(tmp_path / "share")
    keeper.presses(section.choose)
    keeper.qtbot.waitUntil(lambda: settings.load(keeper.register.folder).backup_folder == str(tmp_path / "share"))
    assert section.folder_trouble.isHidden()
    keeper.qtbot.waitUntil(lambda: not section.backups.busy())
    keeper.presses(section.no_second)
    assert settings.load(keeper.register.folder).backup_folder == ""


def test_the_termly_try_asks_for_the_own_password_and_says_what_came_of_it(keeper: Office) -> None:
    section = _section(keeper)
    keeper.presses(section.drill)
    assert "There is no backup yet" in section.drill_field.error()
    _backs_up(keeper)
    keeper.presses(section.drill)
    assert "own password" in section.drill_field.error()
    section.drill_own.setText("not my password")
    keeper.presses(section.drill)
    keeper.qtbot.waitUntil(lambda: "not your password" in section.drill_field.error())
    keeper.qtbot.waitUntil(lambda: not section.backups.busy())
    section.drill_own.setText(PASSWORD)
    keeper.presses(section.drill)
    keeper.qtbot.waitUntil(lambda: "can be relied on" in section.result.accessibleName())
    assert section.drill_own.text() == ""
    keeper.qtbot.waitUntil(lambda: "Last tried on Tue 24/11/2026" in section.drilled.text())
    section.area.verticalScrollBar().setValue(10_000)
    save(keeper.view, "settings-backups-tried")


def test_a_backup_that_is_spoilt_is_said_by_the_try(keeper: Office) -> None:
    section = _section(keeper)
    _backs_up(keeper)
    made = backup.listed(keeper.register.folder)[0].path
    data = bytearray((made / "desk.db").read_bytes())
    data[5000] ^= 1
    (made / "desk.db").write_bytes(data)
    section.drill_own.setText(PASSWORD)
    keeper.presses(section.drill)
    keeper.qtbot.waitUntil(lambda: "cannot be relied on" in section.result.accessibleName())


def test_what_going_back_would_lose_is_said_before_the_password(keeper: Office) -> None:
    section = _section(keeper)
    _backs_up(keeper)
    keeper.world.clock.move(minutes=7)
    create_visit(keeper.world, create_worker(keeper.world))
    keeper.presses_row(section.list, 0)
    keeper.qtbot.waitUntil(lambda: "1 arrival" in section.box.lost.text())
    assert "has to be added from paper" in section.box.lost.text()
    QApplication.processEvents()
    assert section.box.geometry().bottom() < section.second.y()
    save(keeper.view, "settings-backups-restore")
    keeper.presses(section.box.restore)
    assert "own password" in section.box.field.error()
    section.box.own.setText("not my password")
    keeper.presses(section.box.restore)
    keeper.qtbot.waitUntil(lambda: "not your password" in section.box.field.error())
    keeper.presses(section.box.leave)
    assert section.box.isHidden()
    assert section.box.own.text() == ""


def test_nothing_written_since_is_said_as_well(keeper: Office) -> None:
    section = _section(keeper)
    _backs_up(keeper)
    keeper.presses_row(section.list, 0)
    keeper.qtbot.waitUntil(lambda: "Nothing was written since" in section.box.lost.text())


def test_trouble_stands_at_the_top(keeper: Office, monkeypatch: pytest.MonkeyPatch, look: Theme) -> None:
    section = _section(keeper)
    _backs_up(keeper)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
        _backs_up(keeper)
    assert "nearly full" in section.state.accessibleName()
    save(keeper.view, "settings-backups-trouble")
    look.use(Scheme.DARK, 1.5)
    keeper.view.resize(1024 - 60, 640 - 78)
    assert text_fits(keeper.view) == []
    assert unnamed_controls(keeper.view) == []
    save(keeper.view, "settings-backups-trouble-dark-150")


def test_the_office_reads_and_changes_nothing(keeper: Office) -> None:
    _section(keeper)
    _backs_up(keeper)
    keeper.desk.hand_over(Operator(keeper.world.reception.id, "Priya Anand", Role.OFFICE), None)
    keeper.settles()
    section = _section(keeper)
    assert section.list.rows[0].action == ""
    for hidden in (section.choose, section.drill, section.drill_field, section.box):
        assert not hidden.isVisible()
    section.backups.choose_folder("anywhere")
    assert "Only the DSL or the head" in keeper.ear.said[-1].text


def test_only_the_dsl_and_the_head_restore_and_with_their_own_password(world: World) -> None:
    ring = Keyring.load(world.register.folder / "keyring.json")
    for role in set(Role) - {Role.DSL, Role.HEAD}:
        with pytest.raises(NotAllowedError):
            restoring.agree(ring, PASSWORD, by=Operator(world.dsl.id, "X", role))
        with pytest.raises(NotAllowedError):
            restoring.keep_elsewhere(Operator(world.dsl.id, "X", role))
    with pytest.raises(WrongPasswordError):
        restoring.agree(ring, "not my password", by=world.dsl)
    restoring.agree(ring, PASSWORD, by=world.dsl)


def test_from_the_open_desk_to_the_restored_register(
    qtbot: QtBot, nothing_left_behind: None, world: World, look: Theme
) -> None:
    create_worker(world)
    made = backup.make(world.register.folder, world.register.desk, world.register.dsl, at=world.clock())
    # Another hour: of one hour only the newest backup stays.
    world.clock.move(hours=1)
    world.write((uuid4(), PRINTED))
    crashes: list[BaseException] = []
    program = Program(world.register.folder, crashes.append, now=world.clock, cost=CHEAP)
    qtbot.addWidget(program.window)
    program.wedge.install()
    program.open_for(world.register, world.dsl)
    program.window.show()
    session = program.session
    assert session is not None
    session.caretaker.restore_wanted.emit()
    view = session.window.screen_named("settings")
    assert isinstance(view, SettingsView)
    section = view.current
    assert isinstance(section, BackupsSection)
    qtbot.waitUntil(lambda: any(row.title.endswith("10:24") for row in section.list.rows))
    number = next(row.key for row in section.list.rows if row.title.endswith("10:24"))
    section.list.activated_row.emit(number)
    qtbot.waitUntil(lambda: "written since" in section.box.lost.text())
    qtbot.waitUntil(lambda: not section.backups.busy())
    section.box.own.setText(PASSWORD)
    qtbot.mouseClick(section.box.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.restoring is not None and program.restoring.step is Step.DONE)
    page = program.window.currentWidget()
    assert isinstance(page, RestoreView)
    assert program.session is None
    assert made.path.exists()
    assert (world.register.folder / "before-restore-1").is_dir()
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert isinstance(program.window.currentWidget(), SignInView)
    program.close()
    assert not crashes


@pytest.mark.parametrize("leads", [True, False], ids=["the DSL", "reception"])
def test_the_red_line_leads_to_the_backups_or_to_whoever_may_restore(
    qtbot: QtBot, nothing_left_behind: None, world: World, look: Theme, leads: bool
) -> None:
    world.register.close()
    who = world.dsl if leads else world.reception
    register = Register.open(world.register.folder, who, PASSWORD)
    register.records_lost = True
    crashes: list[BaseException] = []
    program = Program(register.folder, crashes.append, now=world.clock, cost=CHEAP)
    qtbot.addWidget(program.window)
    program.wedge.install()
    program.open_for(register, who)
    program.window.show()
    session = program.session
    assert session is not None
    (red,) = [one for one in session.window.notices.notices if one.words == LOST]
    assert red.action == "Restore"
    session.window.notices.acted.emit(red.key)
    if leads:
        view = session.window.screen_named("settings")
        assert isinstance(view, SettingsView)
        assert view.current.key == "backups"
    else:
        assert session.window.current == "today"
        assert any("Only the DSL or the head restores" in one.words for one in session.window.notices.notices)
    program.close()
    assert not crashes
