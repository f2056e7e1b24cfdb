"""Writing to the authority from Contacts: To and Cc of the chart, opened or copied, logged once, and escalated."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import AUTHORITY, NOW, World, create_team, create_worker
from tests.gui import pictures
from visitor_register.domain.contacts import AllocationKnown, Rung
from visitor_register.domain.events import PersonListed
from visitor_register.domain.letters import LetterKind
from visitor_register.gui import metrics, theme
from visitor_register.gui.contacts.write_panel import WritePanel
from visitor_register.gui.contacts.write_presenter import FILE_NAME, WritePresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.mail_program import MailProgram
from visitor_register.gui.theme import Scheme
from visitor_register.services import clocks, contacts, directory
from visitor_register.services.clocks import ClockLine

MARCUS = "marcus@harrow-lbc.example"


class Writing:
    """The panel beside an empty screen, a mail program that only remembers, and what stands in the register."""

    def __init__(self, world: World, qtbot: QtBot, folder: Path) -> None:
        self.world, self._qtbot, self.opened, self.takes = world, qtbot, list[QUrl](), True
        self.file = folder / FILE_NAME
        crash = pytest.fail
        dsl = world.register.dsl_file()
        self.jobs = JobRunner(world.register.read, world.register.write, lambda error: crash(str(error)))
        self.dsl_jobs = JobRunner(dsl.read, dsl.write, lambda error: crash(str(error)))
        self.desk = Desk(self.jobs, world.dsl, now=world.clock, dsl_jobs=self.dsl_jobs)
        self.said: list[str] = []
        self.desk.said.connect(lambda notice: self.said.append(notice.text))
        self.presenter = WritePresenter(self.desk, MailProgram(self.file))
        self.presenter.mail.open_link = self._open
        self.panel = WritePanel(self.presenter)
        self.letter, self.ladder = self.panel.letter, self.panel.ladder
        qtbot.addWidget(self.panel)
        self.panel.setFixedWidth(metrics.PANEL_WIDTH)
        self.panel.resize(metrics.PANEL_WIDTH, 660)
        self.panel.show()

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url)
        return self.takes

    def settle(self) -> None:
        """Wait until nothing is read or written any more."""
        for _ in range(3):
            self._qtbot.waitUntil(lambda: not self.jobs.pending and not self.dsl_jobs.pending)
            QApplication.processEvents()

    def begin(self, kind: LetterKind, line: ClockLine | None = None) -> None:
        self.presenter.begin(kind, line)
        self.settle()

    def press(self, *names: str) -> None:
        """Press buttons of the panel one after the other, without waiting between."""
        for name in names:
            {"open": self.panel.open, "log": self.letter.log}[name].click()
        self.settle()

    def lines(self) -> list[ClockLine]:
        with self.world.register.dsl_file().read() as session:
            found = clocks.owed(session, by=self.world.dsl, at=self.world.clock())
        with self.world.register.read() as session:
            return clocks.judge(session, found, at=self.world.clock())

    def logged(self) -> list[str]:
        with self.world.register.dsl_file().read() as session:
            return [one.summary for one in contacts.newest(session, by=self.world.dsl).contacts]

    def errors(self) -> dict[str, str]:
        return {name: field.error() for name, field in self.letter.fields.items() if field.error()}

    def close(self) -> None:
        self.jobs.close()
        self.dsl_jobs.close()


@pytest.fixture
def worker(world: World) -> UUID:
    create_team(world, email=MARCUS)
    return create_worker(world)


@pytest.fixture
def writing(world: World, worker: UUID, qtbot: QtBot, tmp_path: Path) -> Iterator[Writing]:
    made = Writing(world, qtbot, tmp_path)
    yield made
    made.close()


def test_a_fresh_letter_is_opened_and_logged_in_one_step_once(writing: Writing) -> None:
    letter = writing.letter
    writing.begin(LetterKind.FRESH)
    assert not writing.panel.open.isVisibleTo(writing.panel)
    pictures.save(writing.panel, "contacts-write-fresh")
    letter.search.setText("Leila")
    writing.settle()
    letter.search.returnPressed.emit()
    writing.settle()
    assert (letter.who.text(), letter.to.text(), letter.cc.text()) == (
        "Leila Haddad", "h194359@harrow-lbc.example", MARCUS,
    )  # fmt: skip
    assert letter.copied.currentText() == "Marcus Adeyemi, Team Manager, CIN Team 3"
    letter.reference.setText("C-0417")
    letter.reference.editingFinished.emit()
    writing.settle()
    assert "Child reference: C-0417" in letter.text.toPlainText()
    letter.subject.setText("About c-0417")
    letter.cc.setText("marcus")
    writing.press("open")
    assert writing.errors() == {
        "cc": "“marcus” is no e-mail address.",
        "subject": "Take the child reference out of the subject: everybody can read that.",
        "summary": "Write in a few words what it is about.",
        "asks": "Choose one: with Yes a deadline for the answer starts.",
    }
    assert (writing.opened, writing.logged()) == ([], [])
    letter.subject.setText("A question\r\nBcc: all@x.example")
    letter.cc.setText(f"{MARCUS}; second@harrow-lbc.example")
    letter.summary.setText("Who attends?")
    letter.asks.set_value(True)
    writing.press("open", "open", "open")
    assert len(writing.opened) == 1, "a double press opens one message"
    link = urlsplit(writing.opened[0].toEncoded().data().decode())
    said = parse_qs(link.query)
    assert (link.path, said["cc"]) == ("h194359@harrow-lbc.example", [f"{MARCUS},second@harrow-lbc.example"])
    assert set(said) == {"cc", "subject", "body"}
    assert "\n" not in said["subject"][0]
    assert writing.logged() == ["Who attends?"]
    (line,) = writing.lines()
    assert (line.clock.person, line.clock.child_reference) == (letter_person(writing), "C-0417")
    assert writing.panel.logged.title.text() == "Logged Tue 24/11/2026 10:24"
    pictures.save(writing.panel, "contacts-write-logged")
    writing.press("open")
    assert (len(writing.opened), writing.logged()) == (2, ["Who attends?"])
    writing.panel.leave.click()
    assert letter.text.toPlainText() == ""


def letter_person(writing: Writing) -> UUID:
    with writing.world.register.read() as session:
        return directory.search(session, "Leila")[0].id


def test_what_is_too_long_for_a_link_opens_as_a_draft_that_does_not_stay(writing: Writing, worker: UUID) -> None:
    writing.presenter.write_to(worker, "C-0417")
    writing.settle()
    letter = writing.letter
    letter.text.setPlainText("A fact.\n" * 400)
    letter.summary.setText("Facts")
    letter.asks.set_value(False)
    letter.search.setText("Marcus")
    writing.settle()
    letter.search.returnPressed.emit()
    writing.settle()
    assert "A fact." in letter.text.toPlainText(), "what a person wrote stays"
    assert letter.warnings.text.text().startswith("You changed the text: check whom it addresses.")
    writing.takes = False
    writing.press("open")
    assert writing.logged() == []
    assert writing.said[-1].startswith("No mail program opened, so nothing is logged.")
    letter.copy_buttons["Cc"].click()
    assert QGuiApplication.clipboard().text() == letter.cc.text()
    writing.takes = True
    writing.press("open")
    assert writing.opened[-1].toLocalFile() == str(writing.file)
    made = message_from_bytes(writing.file.read_bytes(), policy=default)
    assert (made["To"], made["X-Unsent"]) == (MARCUS, "1")
    assert writing.logged() == ["Facts"]
    assert writing.lines() == [], "it asks for no answer, so no deadline starts"
    writing.panel.leave.click()
    assert not writing.file.exists()
    writing.desk.hand_over(writing.world.reception, None)
    writing.begin(LetterKind.FRESH)
    assert not letter.isVisibleTo(writing.panel), "reception writes no letter"


def test_a_deadline_is_taken_up_the_ladder_with_the_chronology_and_ended(writing: Writing, worker: UUID) -> None:
    world, ladder = writing.world, writing.ladder
    with world.register.read() as session:
        head = directory.search(session, "Ines")[0]
    listed = PersonListed(world.chart, head.name, organisation=AUTHORITY, job_title=head.job_title, email="i@h.example")
    world.write((head.id, listed))
    with world.register.dsl_file().write() as session:
        contacts.allocate(
            session,
            worker,
            "C-0417",
            on=(NOW - timedelta(days=12)).date(),
            known=AllocationKnown.TOLD_BY_LA,
            by=world.dsl,
            at=NOW,
        )
    (line,) = writing.lines()
    writing.begin(LetterKind.ESCALATE, line)
    ladder.buttons[Rung.WORKER].click()
    writing.settle()
    assert "You were allocated on Thu 12/11/2026, and we have no record" in writing.letter.text.toPlainText()
    assert "first contact with the school was due by the end of Thu 19/11/2026." in writing.letter.text.toPlainText()
    pictures.save(writing.panel, "contacts-write-chase")
    writing.press("log")
    assert writing.logged() == ["Asked again for first contact with the school"]
    world.clock.move(minutes=30)
    writing.begin(LetterKind.ESCALATE, line)
    assert ladder.state.title.text() == "Next: Marcus Adeyemi, manager"
    assert ladder.speak.text.text() == "Marcus Adeyemi: 020 7946 0112, from the chart."
    pictures.save(writing.panel, "contacts-escalate")
    ladder.buttons[Rung.HEAD_OF_SERVICE].click()
    assert ladder.early.title.text() == (
        "The Head of Service is offered from Thu 26/11/2026, 5 working days after it was due."
    )
    assert not writing.letter.isVisibleTo(writing.panel)
    pictures.save(writing.panel, "contacts-escalate-early")
    ladder.buttons[Rung.MANAGER].click()
    writing.settle()
    text = writing.letter.text.toPlainText()
    assert (writing.letter.to.text(), writing.letter.cc.text()) == (MARCUS, "h194359@harrow-lbc.example")
    assert "Leila Haddad was allocated on Thu 12/11/2026" in text
    assert (
        "Thu 12/11/2026: the child was allocated to Leila Haddad.\n"
        "Tue 24/11/2026 10:24: we e-mailed Leila Haddad, manager copied.\n" in text
    )
    pictures.save(writing.panel, "contacts-write-escalate")
    writing.press("log", "log")
    writing.begin(LetterKind.ESCALATE, line)
    assert set(ladder.buttons) == {Rung.HEAD_OF_SERVICE}
    ladder.buttons[Rung.HEAD_OF_SERVICE].click()
    ladder.buttons[Rung.HEAD_OF_SERVICE].click()
    writing.settle()
    assert writing.letter.to.text() == "i@h.example", "earlier is the DSL's decision"
    assert "we wrote to Marcus Adeyemi, manager." in writing.letter.text.toPlainText()
    writing.begin(LetterKind.ESCALATE, line)
    ladder.end.click()
    writing.settle()
    assert ladder.outcome.error() == "Write how it ended, in a few words."
    theme.current().use(Scheme.DARK)
    pictures.save(writing.panel, "contacts-escalate-dark")
    ladder.words.setText("The manager answered on the telephone.")
    ladder.end.click()
    writing.settle()
    assert ladder.state.title.text() == "Ended Tue 24/11/2026 10:54"
    assert not ladder.end.isVisibleTo(writing.panel)
    with world.register.dsl_file().read() as session:
        escalation = clocks.escalation_of(session, line.clock.id, by=world.dsl)
    assert [step.rung for step in escalation.steps] == [Rung.MANAGER]
    assert len(writing.logged()) == 2


def test_whoever_sent_the_chart_is_asked_for_a_newer_one(writing: Writing) -> None:
    writing.begin(LetterKind.FRESH)
    writing.letter.chart.click()
    writing.settle()
    assert writing.panel.title.text() == "Ask for a new chart"
    assert writing.letter.who.text() == "Ines Whitcombe"
    assert "of Mon 02/11/2026. Please send us" in writing.letter.text.toPlainText()
    assert "No e-mail address of Ines Whitcombe is known." in writing.letter.warnings.text.text()
    pictures.save(writing.panel, "contacts-write-warnings")
    writing.press("open")
    assert writing.errors() == {"to": "Write the e-mail address it goes to."}
