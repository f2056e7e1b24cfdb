"""A term at the whole window: allocated, silent, asked, chased, escalated twice and answered; then it is counted."""

from typing import Any
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QUrl

from tests.factories import create_team, create_worker
from tests.services.report_terms import SPAN, london
from tests.services.test_protocol_report import numbers, read
from tests.stories.desk import DeskPage
from visitor_register.domain.calendar import to_london
from visitor_register.domain.contacts import ClockKind, Rung
from visitor_register.domain.events import Allocated, ClockStopped, ContactLogged, Entry, Escalated
from visitor_register.domain.report import ALL
from visitor_register.domain.report_tables import report
from visitor_register.gui.contacts.log_form import LogForm
from visitor_register.gui.contacts.panel_words import Act
from visitor_register.gui.contacts.write_panel import WritePanel
from visitor_register.persistence import journal, verify
from visitor_register.services.clocks import ClockLine

MARCUS = "marcus@harrow-lbc.example"
LEILA = "h194359@harrow-lbc.example"
INES = "ines@harrow-lbc.example"


class Term:
    """The DSL at Contacts, with a mail program that only remembers whom it wrote to."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.written_to: list[str] = []
        desk.session.writing.mail.open_link = self._open
        self.at("2026-11-24T10:24")
        self.view: Any = desk.session.window.screen_named("contacts")
        (self.form,) = desk.program.window.findChildren(LogForm)
        (self.panel,) = desk.program.window.findChildren(WritePanel)

    def _open(self, url: QUrl) -> bool:
        self.written_to.append(unquote(url.path()))
        return True

    def at(self, moment: str) -> None:
        """Somebody comes back to the screen at this time in London."""
        self.desk.world.clock.at = london(moment)
        self.desk.press("Ctrl+1")
        self.desk.press("Ctrl+4")

    def logs(self, *keys: str, about: str, child: str = "", day: str = "", answers: ClockKind | None = None) -> str:
        """Log by keys what happened with Leila; what is said then."""
        desk, fields = self.desk, self.form.fields
        desk.press("Ctrl+N")
        for key in keys:
            desk.press(key)
        desk.types("leila")
        desk.press("Enter")
        desk.types(about)
        for line, text in ((fields.child, child), (fields.day, day)):
            if text:
                line.setFocus()
                desk.types(text)
        if answers is not None:
            owed = self._line(answers).clock.id
            offered = [one.identity for one in fields.answers.answers]
            desk.press(("Alt+8", "Alt+9")[offered.index(owed)])
        desk.press("Ctrl+S")
        return desk.says()

    def stands(self) -> dict[str, str]:
        """How each deadline of the list stands."""
        return {row.cells[1].text: row.cells[0].pill.text for row in self.view.table.rows}

    def _line(self, kind: ClockKind) -> ClockLine:
        lines = self.view.presenter._lines.values()
        found: ClockLine = next(line for line in lines if line.clock.kind is kind)
        return found

    def on(self, kind: ClockKind, key: str) -> None:
        """Choose a deadline and press a key of its panel."""
        self.view.table.choose(self._line(kind).clock.id)
        self.desk.settle()
        self.desk.press("Enter")
        self.desk.press(key)

    def writes(self, to: str = "") -> str:
        """Open the letter in the mail program; what the panel says then."""
        if to:
            self.panel.letter.to.setText(to)
        self.panel.open.click()
        self.desk.settle()
        return self.panel.logged.title.text()

    def steps_up(self, rung: Rung) -> None:
        """Press the button of a place of the ladder."""
        self.panel.ladder.buttons[rung].click()
        self.desk.settle()

    def entries(self) -> list[tuple[str, ...]]:
        """The DSL's journal: when each entry was written, in London, and what it says."""
        with self.desk.world.register.dsl_file().read() as session:
            assert verify.verify(session).sound
            found = journal.newest(session, limit=100)
        return [(to_london(entry.at).strftime("%d/%m %H:%M"), *_says(entry)) for _, entry in reversed(found)]


def _says(entry: Entry) -> tuple[str, ...]:
    match entry.event:
        case Allocated() as said:
            return "Allocated", f"{said.child_reference}, {said.on}, {said.known}"
        case ContactLogged() as said:
            asks = ", asks for a reply" if said.asks_reply else ""
            return "ContactLogged", f"{said.kind} {said.direction}, {said.child_reference}: {said.summary}{asks}"
        case Escalated() as said:
            return "Escalated", f"{said.rung}"
        case ClockStopped() as said:
            return "ClockStopped", f"due {said.due_on or said.due_at}, {'late' if said.late else 'in time'}"
    return type(entry.event).__name__, ""


def _allocated_and_silent(term: Term) -> None:
    said = term.logs("Alt+2", "Alt+1", about="Told by telephone", child="C-0417", day="24/11/2026")
    assert said == "Logged. First contact due by the end of Tue 1 Dec 2026."
    assert term.stands() == {"First contact after allocation": "Running"}
    term.at("2026-12-02T10:24")
    assert term.stands() == {"First contact after allocation": "Overdue"}


def _asked_by_email(term: Term) -> None:
    desk, letter = term.desk, term.panel.letter
    desk.press("Ctrl+E")
    desk.types("leila")
    desk.press("Enter")
    letter.reference.setFocus()
    desk.types("C-0417")
    for field, text in ((letter.subject, "A question"), (letter.summary, "Who attends the review?")):
        field.setFocus()
        field.selectAll()
        desk.types(text)
    letter.asks.set_value(True)
    assert term.writes() == "Logged Wed 02/12/2026 10:24"


def _chased_and_escalated(term: Term) -> None:
    why, ladder = term.view.panel, term.panel.ladder
    term.at("2026-12-07T09:00")
    term.on(ClockKind.REPLY, "Alt+C")
    assert term.writes() == "Logged Mon 07/12/2026 09:00"
    term.at("2026-12-08T09:00")
    term.on(ClockKind.REPLY, "Alt+E")
    assert ladder.state.title.text() == "Next: Marcus Adeyemi, manager"
    term.steps_up(Rung.MANAGER)
    assert term.writes() == "Logged Tue 08/12/2026 09:00"
    # The Head of Service is offered five working days after it was due on Friday 4 December, and no sooner.
    term.at("2026-12-10T09:00")
    term.on(ClockKind.REPLY, "Alt+E")
    assert not why.buttons[Act.ESCALATE].isVisible()
    assert "Ines Whitcombe" in why.next.text()
    term.at("2026-12-11T09:00")
    term.on(ClockKind.REPLY, "Alt+E")
    assert ladder.state.title.text() == "Next: Ines Whitcombe, Head of Service"
    term.steps_up(Rung.HEAD_OF_SERVICE)
    assert term.writes(to=INES) == "Logged Fri 11/12/2026 09:00"
    assert term.written_to == [LEILA, LEILA, MARCUS, INES]


def _answered(term: Term) -> None:
    term.at("2026-12-15T09:00")
    assert set(term.stands().values()) == {"Overdue"}
    term.logs("Alt+1", "Alt+2", "Alt+6", about="She attends", child="C-0417", answers=ClockKind.REPLY)
    term.logs("Alt+1", "Alt+1", "Alt+6", about="First talk", child="C-0417", answers=ClockKind.FIRST_CONTACT)
    assert set(term.stands().values()) == {"Done late"}


def test_a_term_of_silence_ends_with_the_head_of_service_and_is_counted(desk: DeskPage) -> None:
    create_team(desk.world, email=MARCUS)
    create_worker(desk.world)
    desk.become(desk.world.dsl)
    term = Term(desk)
    _allocated_and_silent(term)
    _asked_by_email(term)
    _chased_and_escalated(term)
    _answered(term)
    assert term.entries() == [
        ("24/11 10:24", "Allocated", "C-0417, 2026-11-24, told_by_la"),
        ("02/12 10:24", "ContactLogged", "email sent, C-0417: Who attends the review?, asks for a reply"),
        ("07/12 09:00", "ContactLogged", "email sent, C-0417: Asked again for a reply"),
        ("08/12 09:00", "ContactLogged", "email sent, C-0417: Escalated to the manager: a reply is outstanding"),
        ("08/12 09:00", "Escalated", "manager"),
        (
            "11/12 09:00",
            "ContactLogged",
            "email sent, C-0417: Escalated to the Head of Service: a reply is outstanding",
        ),
        ("11/12 09:00", "Escalated", "head_of_service"),
        ("15/12 09:00", "ContactLogged", "email received, C-0417: She attends"),
        ("15/12 09:00", "ClockStopped", "due 2026-12-04 10:24:00+00:00, late"),
        ("15/12 09:00", "ContactLogged", "call received, C-0417: First talk"),
        ("15/12 09:00", "ClockStopped", "due 2026-12-01, late"),
    ]
    desk.verifies()
    _is_counted(desk)


def _is_counted(desk: DeskPage) -> None:
    """On time, late, running, not assessable, all: worked out by hand from the list above."""
    made = report(read(desk.world, SPAN))
    assert numbers(made.tables["council_kinds"]) == {
        "First contact after allocation": [0, 1, 0, 0, 1],
        "Reply to a message": [0, 1, 0, 0, 1],
        "Information asked for": [0, 0, 0, 0, 0],
        "Urgent information (s47)": [0, 0, 0, 0, 0],
        ALL: [0, 2, 0, 0, 2],
    }
    assert numbers(made.tables["council_teams"]) == {"CIN Team 3": [0, 2, 0, 0, 2], ALL: [0, 2, 0, 0, 2]}
    # Wednesday 2 December from 10:24 is 13.6 hours; eight whole working days; Tuesday the 15th until 9:00.
    (replies,) = made.replies
    assert (replies.team, replies.replies) == ("CIN Team 3", 1)
    assert replies.middle == pytest.approx(13.6 + 8 * 24 + 9)
    # With an outcome, done since, still open, all.
    steps = numbers(made.tables["escalations"])
    assert (steps["Manager"], steps["Head of Service"], steps[ALL]) == ([0, 1, 0, 1], [0, 1, 0, 1], [0, 2, 0, 2])
