"""Restoring in the window: a register that nobody can open, a clean PC, every refusal, and nothing touched by it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import CHEAP, NOW, PASSWORD, Clock, create_register, create_worker
from tests.gui.pictures import save
from tests.gui.walkers import primary_buttons, rich_text_labels, text_fits, unnamed_controls
from visitor_register import settings
from visitor_register.domain.backup_words import Where
from visitor_register.domain.events import FireListPrinted
from visitor_register.domain.people import Role
from visitor_register.gui import theme
from visitor_register.gui.program import Program
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.unlock.first_start_view import FirstStartView
from visitor_register.gui.unlock.restore_presenter import NONE_THERE, Step
from visitor_register.gui.unlock.restore_view import RestoreView
from visitor_register.gui.unlock.sign_in_view import SignInView
from visitor_register.persistence import backup
from visitor_register.persistence.keyring import Keyring, new_recovery_code
from visitor_register.persistence.register import Register
from visitor_register.services import people, restoring
from visitor_register.settings import Machine

NEW = "four other plain words"
PRINTED = FireListPrinted(False, False, 0)


class Kept:
    """A register's folder with a backup in it, and what opens that."""

    def __init__(self, folder: Path, code: str, made: Path) -> None:
        self.folder, self.code, self.made = folder, code, made


class Away:
    """The program before anybody is signed in, and somebody who wants a backup back."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.crashes, self.clock = qtbot, list[BaseException](), Clock()
        self.program = Program(folder, self.crashes.append, now=self.clock, cost=CHEAP)
        qtbot.addWidget(self.program.window)
        self.program.start()

    @property
    def shown(self) -> QWidget:
        return self.program.window.currentWidget()

    @property
    def page(self) -> RestoreView:
        assert isinstance(self.shown, RestoreView)
        return self.shown

    def presses(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def begins(self) -> RestoreView:
        assert isinstance(self.shown, SignInView)
        self.presses(self.shown.card.restore)
        self.finds()
        return self.page

    def finds(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.page.choose.list.rows))

    def reaches(self, step: Step) -> None:
        restoring = self.program.restoring
        assert restoring is not None
        self.qtbot.waitUntil(lambda: restoring.step is step and self.page.next.isEnabled())

    def chooses(self) -> None:
        """The newest one, by Enter."""
        QTest.keyClick(self.page.choose.list, Qt.Key.Key_Return)
        self.reaches(Step.OPEN)

    def types(self, secret: str, *, code: bool = False) -> None:
        """What opens it, and Enter."""
        page = self.page.open
        if code:
            page.who.setCurrentIndex(page.who.count() - 1)
        page.secret.edit.setText(secret)
        QTest.keyClick(page.secret.edit, Qt.Key.Key_Return)

    def is_refused(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.page.open.fields["secret"].error())

    def is_told(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.page.trouble.accessibleName())

    def signs_in(self, password: str) -> None:
        """The DSL, on the sign-in page that follows."""
        assert isinstance(self.shown, SignInView)
        sign_in = self.program.sign_in
        assert sign_in is not None
        (dsl,) = [one for one in sign_in._people if one.role is Role.DSL]
        sign_in.choose(dsl)
        sign_in.sign_in(password)
        self.qtbot.waitUntil(lambda: self.program.session is not None)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Backed up, and written to afterwards; closed."""
    world = create_register(tmp_path_factory.mktemp("prepared") / "register", Clock())
    create_worker(world)
    register = world.register
    made = backup.make(register.folder, register.desk, register.dsl, at=world.clock(), rest=lambda: None)
    for _ in range(3):
        world.write((uuid4(), PRINTED))
    register.close()
    return Kept(register.folder, world.recovery_code, made.path)


@pytest.fixture
def kept(prepared: Kept, tmp_path: Path) -> Kept:
    folder = tmp_path / "register"
    shutil.copytree(prepared.folder, folder, ignore=shutil.ignore_patterns("*.lock*"))
    return Kept(folder, prepared.code, folder / prepared.made.relative_to(prepared.folder))


@pytest.fixture
def starts(qtbot: QtBot, nothing_left_behind: None, look: Theme) -> Iterator[Callable[[Path], Away]]:
    """Starts the program over a folder."""
    made: list[Away] = []

    def start(folder: Path) -> Away:
        made.append(Away(qtbot, folder))
        return made[-1]

    yield start
    for away in made:
        away.program.close()
        assert not away.crashes
    look.use(Scheme.LIGHT)


def _spoil(folder: Path) -> bytes:
    data = bytearray((folder / "desk.db").read_bytes())
    for place in range(4096, len(data), 4096):
        data[place + 7] ^= 0xFF
    (folder / "desk.db").write_bytes(data)
    return bytes(data)


def _spoil_backup(made: Path) -> None:
    data = bytearray((made / "desk.db").read_bytes())
    data[5000] ^= 1
    (made / "desk.db").write_bytes(data)


def test_a_damaged_register_is_told_and_one_button_leads_to_the_backup(
    starts: Callable[[Path], Away], kept: Kept
) -> None:
    spoilt = _spoil(kept.folder)
    away = starts(kept.folder)
    view = away.shown
    assert isinstance(view, SignInView)
    assert view.card.restore_now.isHidden()
    assert away.program.sign_in is not None
    away.program.sign_in.choose(away.program.sign_in._people[0])
    away.program.sign_in.sign_in(PASSWORD)
    away.qtbot.waitUntil(lambda: "Restore the last backup" in view.card.trouble.accessibleName())
    assert not view.card.restore_now.isHidden()
    save(away.program.window, "restore-sign-in-damaged")
    away.presses(view.card.restore_now)
    away.finds()
    save(away.program.window, "restore-1-choose")
    away.chooses()
    save(away.program.window, "restore-2-password")
    away.types(kept.code, code=True)
    away.reaches(Step.CHECKED)
    facts = away.page.checked.facts.accessibleName()
    assert "all proved" in facts
    assert "3 lines written since" in facts
    assert "Nadia Shah and Joan Mensah" in facts
    assert "put aside" in facts
    save(away.program.window, "restore-3-checked-code")
    page = away.page.checked
    for line in (page.password.edit, page.again.edit):
        line.setText(NEW)
    assert (kept.folder / "desk.db").read_bytes() == spoilt, "nothing is touched before"
    QTest.keyClick(page.again.edit, Qt.Key.Key_Return)
    away.reaches(Step.DONE)
    save(away.program.window, "restore-4-done")
    assert (kept.folder / "before-restore-1" / "desk.db").read_bytes() == spoilt


def test_a_clean_pc_takes_a_backup_from_a_folder(starts: Callable[[Path], Away], kept: Kept, tmp_path: Path) -> None:
    away = starts(tmp_path / "clean")
    assert isinstance(away.shown, FirstStartView)
    away.presses(away.shown.school.restore)
    page = away.page
    assert not page.next.isVisible()
    save(away.program.window, "restore-1-none-here")
    page.ask = lambda _: tmp_path
    away.presses(page.choose.other)
    away.is_told(NONE_THERE)
    page.ask = lambda _: kept.made
    away.presses(page.choose.other)
    away.finds()
    away.chooses()
    away.types(kept.code, code=True)
    away.reaches(Step.CHECKED)
    assert "does not exist yet" in page.checked.facts.accessibleName()
    page.checked.password.edit.setText("short")
    away.presses(page.next)
    assert "at least 8" in page.checked.fields["password"].error()
    page.checked.password.edit.setText(NEW)
    away.presses(page.next)
    assert "not the same" in page.checked.fields["again"].error()
    page.checked.again.edit.setText(NEW)
    away.presses(page.next)
    away.reaches(Step.DONE)
    away.presses(page.next)
    away.signs_in(NEW)


def test_what_opens_nothing_is_refused_where_it_stands_and_nothing_is_touched(
    starts: Callable[[Path], Away], kept: Kept
) -> None:
    before = (kept.folder / "desk.db").read_bytes()
    away = starts(kept.folder)
    away.begins()
    away.chooses()
    away.types("")
    away.is_refused("Type the password")
    away.types("not the password")
    away.is_refused("does not open this backup")
    save(away.program.window, "restore-2-refused")
    away.types("ABC", code=True)
    away.is_refused("character")
    away.types(new_recovery_code(), code=True)
    away.is_refused("look for an older paper")
    away.presses(away.page.back)
    away.reaches(Step.CHOOSE)
    assert away.page.open.secret.text() == ""
    away.presses(away.page.back)
    assert isinstance(away.shown, SignInView)
    assert (kept.folder / "desk.db").read_bytes() == before
    assert not list(kept.folder.glob("before-restore*"))


def test_a_spoilt_backup_is_refused_and_the_list_stands_there_again(starts: Callable[[Path], Away], kept: Kept) -> None:
    _spoil_backup(kept.made)
    away = starts(kept.folder)
    away.begins()
    away.chooses()
    away.types(PASSWORD)
    away.is_told("Use another one. Nothing was changed.")
    away.reaches(Step.CHOOSE)
    save(away.program.window, "restore-1-refused")


def test_keys_that_cannot_be_read_lead_to_the_backups_at_once(starts: Callable[[Path], Away], kept: Kept) -> None:
    (kept.folder / "keyring.json").write_bytes(b"{")
    away = starts(kept.folder)
    away.finds()
    assert "keys cannot be read" in away.page.trouble.accessibleName()
    assert not away.page.back.isVisible()
    away.chooses()
    away.types(PASSWORD)
    away.reaches(Step.CHECKED)
    away.presses(away.page.next)
    away.reaches(Step.DONE)
    assert len(Keyring.load(kept.folder / "keyring.json").people()) == 2


def test_both_places_are_looked_at_and_a_copy_stands_in_the_list_once(
    starts: Callable[[Path], Away], kept: Kept, tmp_path: Path
) -> None:
    shared = tmp_path / "share" / "visitor-register-0a1b2c3d"
    shared.mkdir(parents=True)
    shutil.copytree(kept.made, shared / kept.made.name)
    settings.save(kept.folder, Machine(backup_folder=str(tmp_path / "share")))
    away = starts(kept.folder)
    away.begins()
    away.qtbot.waitUntil(lambda: "This PC and second place" in away.page.choose.list.rows[0].second)
    assert len(away.page.choose.list.rows) == 1
    (here,), (there,) = restoring.beside(kept.folder), restoring.at_second_place(kept.folder)
    for first, second in ((here, there), (there, here)):
        assert [one.where for one in restoring.merged([first], [second])] == [Where.BOTH]


def test_who_was_taken_off_the_list_since_is_named(starts: Callable[[Path], Away], kept: Kept) -> None:
    dsl, reception = Keyring.load(kept.folder / "keyring.json").people()
    register = Register.open(kept.folder, dsl, PASSWORD)
    with register.write() as session:
        people.remove(session, register.keyring, reception.id, reason="left", own_password=PASSWORD, by=dsl, at=NOW)
    register.close()
    away = starts(kept.folder)
    away.begins()
    away.chooses()
    away.types(PASSWORD)
    away.reaches(Step.CHECKED)
    assert "Its words" in away.page.checked.facts.accessibleName()
    assert away.page.checked.password.isHidden(), "a password is known: nobody needs a new one"
    away.presses(away.page.next)
    away.reaches(Step.DONE)
    assert "count again: Joan Mensah" in away.page.done.returned.accessibleName()
    assert away.page.done.returned.isVisible()
    save(away.program.window, "restore-4-returned")


def test_every_page_fits_and_has_names(starts: Callable[[Path], Away], kept: Kept, every_look: Theme) -> None:
    scheme, factor = every_look.scheme, every_look.factor
    # The largest type in the lowest window.
    size = (1366, 698) if factor == 1.0 else (911, 442)
    away = starts(kept.folder)
    # The program shows things as this PC is set.
    every_look.use(scheme, factor)
    away.program.window.setMinimumSize(0, 0)
    away.program.window.resize(*size)
    away.begins()

    def fits(name: str) -> None:
        QApplication.processEvents()
        look = theme.current()
        assert text_fits(away.page) == []
        assert unnamed_controls(away.page) == []
        assert rich_text_labels(away.page) == []
        assert len(primary_buttons(away.page)) == 1
        save(away.program.window, f"restore-{name}-{size[0]}-{look.scheme.value}-{round(look.factor * 100)}")

    fits("1")
    away.chooses()
    fits("2")
    away.types("wrong", code=True)
    away.is_refused("character")
    fits("2-refused")
    away.types(kept.code, code=True)
    away.reaches(Step.CHECKED)
    fits("3")
    for line in (away.page.checked.password.edit, away.page.checked.again.edit):
        line.setText(NEW)
    away.presses(away.page.next)
    away.reaches(Step.DONE)
    fits("4")
