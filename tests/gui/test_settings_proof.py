"""Proof in Settings: words of today, a check beside the desk's work, and what was found in plain words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from tests.factories import CHEAP, NOW, World, create_visit, create_worker
from tests.gui.pictures import save
from tests.gui.settings_screen import shown
from visitor_register.domain.people import Operator, Role
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.settings.machine import ThisPc
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.proof_section import ProofSection
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.notes import Note
from visitor_register.persistence import erasure, journal
from visitor_register.services import proof


class Proving:
    """The section, and somebody who uses it."""

    def __init__(self, qtbot: QtBot, world: World, operator: Operator) -> None:
        self.qtbot, self.world = qtbot, world
        self.jobs = JobRunner(world.register.read, world.register.write, pytest.fail)
        self.desk = Desk(self.jobs, operator, now=world.clock)
        presenter = SettingsPresenter(self.desk, ThisPc(world.register.folder), world.register, cost=CHEAP)
        self.view = shown(qtbot, presenter)
        self.view.open("proof")
        self.settles()
        section = self.view.current
        assert isinstance(section, ProofSection)
        self.section = section

    def settles(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0)

    def checks(self, words: str = "") -> list[str]:
        """Type words, press the button, and read what is found."""
        self.section.typed.setText(words)
        QTest.mouseClick(self.section.save_button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: not self.section.proofs.busy)
        return self.found()

    def found(self) -> list[str]:
        notes = [self.section.results.itemAt(at).widget() for at in range(self.section.results.count())]
        return [f"{note.title.text()} {note.text.text()}".strip() for note in notes if isinstance(note, Note)]

    def close(self) -> None:
        self.section.proofs.close()
        self.jobs.close()


@pytest.fixture
def proving(qtbot: QtBot, look: Theme, world: World) -> Iterator[Proving]:
    create_visit(world, create_worker(world))
    made = Proving(qtbot, world, world.dsl)
    yield made
    made.close()


def test_a_register_nobody_changed_and_the_words_of_a_sheet(proving: Proving) -> None:
    words = proving.section.today.text()
    with proving.world.register.read() as session:
        told = proof.of_today(session, at=NOW)
    assert told is not None
    assert words == told.words
    desk, dsl, paper = proving.checks(told.foot)
    assert desk.startswith("The desk file: nobody changed anything. ")
    assert dsl == "The DSL's file: nothing is written in it yet."
    assert paper.startswith("The register holds everything up to Tue 24 Nov 2026 10:24, line ")
    save(proving.view, "settings-proof-sound")


def test_words_that_are_not_held_a_slip_and_a_changed_line(proving: Proving, look: Theme) -> None:
    other = "abandon amount liar amount expire adjust cage candy arch gather drum buyer"
    assert proving.checks(other)[-1].startswith("The register does NOT hold the moment these words stand for")
    assert proving.checks(other.replace("gather", "gathr")) == []
    assert proving.section.typed.hasFocus()
    with proving.world.register.write() as session:
        session.execute(text("DROP TRIGGER entry_unchanged"))
        session.execute(text("UPDATE entry SET body = x'7b7d' WHERE kind = 'Arrived'"))
    desk, *_ = proving.checks(other)
    assert "was CHANGED. The first line that is not as it was written says Tue 24 Nov 2026 10:24, by Joan Me" in desk
    assert "a sign-in" in desk
    save(proving.view, "settings-proof-changed")
    look.use(Scheme.DARK, 1.3)
    proving.view.resize(1024, 560)
    proving.checks(other)
    bottom = proving.section.results.itemAt(2).widget()
    proving.qtbot.waitUntil(lambda: not bottom.visibleRegion().isEmpty())
    save(proving.view, "settings-proof-dark-130")


def test_an_erasure_leaves_it_sound_and_says_who(proving: Proving) -> None:
    with proving.world.register.write() as session:
        last = journal.head(session)
        erasure.erase(session, [f"{last.desk}/1/{last.seq}"], "retention rule", by=proving.world.dsl, at=NOW)
    desk, _ = proving.checks()
    assert "nobody changed anything" in desk
    assert "Ok, erased by Nadia Shah on Tue 24 Nov 2026 10:24: 1 line." in desk


def test_the_next_person_finds_nothing_of_it(proving: Proving) -> None:
    assert proving.checks("abandon") == []
    proving.checks()
    head = Operator(proving.world.dsl.id, "Helen Brandt", Role.HEAD)
    proving.desk.hand_over(head, None)
    proving.settles()
    assert proving.found() == []
    assert proving.section.typed.text() == ""


def test_a_desk_that_closes_does_not_wait_for_the_end(proving: Proving) -> None:
    proving.section.save()
    proving.section.proofs.close()
    assert proving.found() == []


def test_the_auditor_is_told_that_one_file_was_not_read(qtbot: QtBot, look: Theme, world: World) -> None:
    world.register.shut_dsl()
    proving = Proving(qtbot, world, Operator(world.dsl.id, "Dr Osei", Role.AUDITOR))
    assert proving.checks()[-1].startswith("The DSL's file was not read")
    proving.close()


def test_reception_does_not_see_it(qtbot: QtBot, look: Theme, world: World) -> None:
    jobs = JobRunner(world.register.read, world.register.write, pytest.fail)
    desk = Desk(jobs, world.reception, now=world.clock)
    assert "proof" not in SettingsPresenter(desk, ThisPc(world.register.folder), world.register).sections()
    jobs.close()
