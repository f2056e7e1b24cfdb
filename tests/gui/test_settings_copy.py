"""One person's data in Settings: found by name, saved as two files whose names say nobody's, and noted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tests.factories import CHEAP, World, create_visit, create_worker
from tests.gui.pictures import save
from tests.gui.settings_screen import shown
from visitor_register.domain.events import DataCopied
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.settings.copy_section import CopySection
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.persistence.tables import entry


class Copying:
    """The section, and the DSL who uses it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot, self.world = qtbot, world
        dsl = world.register.dsl_file()
        self.jobs = [JobRunner(file.read, file.write, pytest.fail) for file in (world.register, dsl)]
        self.desk = Desk(self.jobs[0], world.dsl, now=world.clock, dsl_jobs=self.jobs[1])
        presenter = SettingsPresenter(self.desk, ThisPc(world.register.folder), world.register, cost=CHEAP)
        self.view = shown(qtbot, presenter)
        self.view.open("copy")
        self.settles()
        section = self.view.current
        assert isinstance(section, CopySection)
        self.section = section

    def settles(self) -> None:
        self.qtbot.waitUntil(lambda: not any(jobs.pending for jobs in self.jobs))

    def finds(self, text: str) -> None:
        """Type a name and take the first that is found."""
        self.section.search.setFocus()
        QTest.keyClicks(self.section.search, text)
        self.qtbot.waitUntil(self.section.list.isVisible)
        self.section.list.setFocus()
        QTest.keyClick(self.section.list, Qt.Key.Key_Return)


@pytest.fixture
def copying(qtbot: QtBot, world: World, look: Theme) -> Iterator[Copying]:
    """The DSL before the section, with a worker who was here."""
    create_visit(world, create_worker(world))
    made = Copying(qtbot, world)
    yield made
    for jobs in made.jobs:
        jobs.close()


def test_a_copy_is_two_files_that_say_nobodys_name_and_it_is_noted(copying: Copying, tmp_path: Path) -> None:
    section, folder = copying.section, tmp_path / "out"
    folder.mkdir()
    section.ask = lambda _parent: folder
    QTest.keyClick(copying.view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "Find the person first" in section.who.error()
    copying.finds("hadd")
    QTest.keyClicks(section.password, "short")
    section.save_button.click()
    assert "at least 8" in section.password_field.error()
    section.password.clear()
    section.save_button.click()
    copying.qtbot.waitUntil(lambda: "Saved as" in section.result.text())
    paper, other = sorted(folder.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert "addad" not in paper.name + other.name
    assert json.loads(other.read_bytes())["name"] == "Leila Haddad"
    with pypdfium2.PdfDocument(paper) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Leila Haddad" in text
    assert "Arrived" in text
    with copying.world.register.read() as session:
        noted = session.execute(select(entry.c.actor).where(entry.c.kind == DataCopied.__name__)).scalars().all()
    assert noted == [copying.world.dsl.id]
    assert section.search.text() == ""


def test_it_looks_right(copying: Copying, look: Theme) -> None:
    save(copying.view, "settings-copy-empty")
    copying.finds("hadd")
    save(copying.view, "settings-copy")
    look.use(Scheme.DARK, 1.3)
    save(copying.view, "settings-copy-dark-130")
