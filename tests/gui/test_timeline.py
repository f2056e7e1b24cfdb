"""The timeline in Contacts: from both files, in words, on paper and as a list, and gone when somebody else comes."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import NOW, World, create_booking, create_visit, create_worker
from tests.golden import samples
from tests.gui import pictures
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    Booked,
    BookingCancelled,
    BookingChanged,
    ChildHeld,
    ChildHoldEnded,
    CourtesyNoted,
    DidNotCome,
    Entry,
    EntryDeclined,
    Escalated,
    InformationShared,
    LeavingUnknown,
    Left,
    PutBack,
    ReasonRecorded,
    Unknown,
)
from visitor_register.domain.folds import DSL_ONLY
from visitor_register.gui.contacts import timeline_words
from visitor_register.gui.contacts.timeline_panel import TimelinePanel
from visitor_register.gui.contacts.timeline_presenter import TimelinePresenter
from visitor_register.gui.desk import Desk
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.prints import timeline_sheet
from visitor_register.gui.prints.timeline_sheet import Heading
from visitor_register.gui.theme import Scheme, Theme
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.services import clocks, contacts, sealed
from visitor_register.services.clocks import ClockLine
from visitor_register.services.contacts import ContactForm
from visitor_register.services.timeline import Asked, Timeline
from visitor_register.services.timeline_entries import Happening

CHILD = "C-0417"
AT_THE_DESK = (
    Arrived,
    ArrivalCorrected,
    ArrivalUndone,
    Booked,
    BookingCancelled,
    BookingChanged,
    DidNotCome,
    EntryDeclined,
    LeavingUnknown,
    Left,
    PutBack,
)
SUMMARY = "=HYPERLINK(1) Mrs Shah rang, then nadia shah and Joan; <b>Leila Haddad</b> had not read it"
STAFF = ("Shah", "Nadia", "Joan", "Mensah", "Bello", "Kaur", "shah", "nadia")


class Screen:
    """The panel, with what a term left behind, and what a person does at it."""

    def __init__(self, world: World, qtbot: QtBot, folder: Path) -> None:
        self.world, self.qtbot, self.folder = world, qtbot, folder
        self.worker = create_worker(world)
        crash = _raise
        self.jobs = JobRunner(world.register.read, world.register.write, crash)
        dsl = world.register.dsl_file()
        self.dsl_jobs = JobRunner(dsl.read, dsl.write, crash)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock, dsl_jobs=self.dsl_jobs)
        self.said: list[str] = []
        self.suggested: list[str] = []
        self.desk.said.connect(lambda notice: self.said.append(notice.text))
        self.presenter = TimelinePresenter(self.desk, self.desk)
        self.panel = TimelinePanel(self.presenter, choose_path=self.choose)
        qtbot.addWidget(self.panel)
        self.panel.resize(420, 640)
        self.panel.show()

    def choose(self, _parent: QWidget, suggested: str) -> Path:
        self.suggested.append(suggested)
        return self.folder / suggested

    def a_term(self) -> ClockLine:
        """A booking, a visit, an allocation, a call written down a day later, an escalation, something withheld."""
        world, by = self.world, self.world.dsl
        booking = create_booking(world, self.worker)
        create_visit(world, self.worker, booking=booking)
        world.clock.move(days=1)
        at = world.clock()
        with world.register.dsl_file().write() as session:
            sealed.record_reason(session, booking, ReasonRecorded("cin_visit", "", CHILD), by=by, at=at)
            known = AllocationKnown.TOLD_BY_LA
            owed = contacts.allocate(session, self.worker, CHILD, on=date(2026, 11, 20), known=known, by=by, at=at)
            form = ContactForm(
                ContactKind.CALL, Direction.RECEIVED, self.worker, NOW - timedelta(hours=3), SUMMARY, CHILD
            )
            contacts.log(session, form, by=by, at=at)
            clocks.escalate(session, owed, Escalated(Rung.MANAGER, self.worker, at, None, "No answer"), by=by, at=at)
            contacts.share(
                session, InformationShared(self.worker, at, False, "Address", "Mother asked", CHILD), by=by, at=at
            )
            found = clocks.of(session, owed, by=by)
        assert found is not None
        with world.register.read() as session:
            return clocks.judge(session, [found], at=at)[0]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == self.dsl_jobs.pending == 0)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.jobs.pending == self.dsl_jobs.pending == 0)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.focusWidget() or self.panel, key, modifier)
        self.settle()

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.panel.chips.findChildren(KeyButton) if not chip.isHidden()]

    def titles(self) -> list[str]:
        return [line.title for line in self.panel.list.lines]

    def close(self) -> None:
        self.jobs.close()
        self.dsl_jobs.close()


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture
def screen(world: World, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    made = Screen(world, qtbot, tmp_path)
    yield made
    made.close()


def _pdf_text(path: Path, password: str | None = None) -> str:
    document = pypdfium2.PdfDocument(path, password=password)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_timeline_from_the_deadline_to_paper(screen: Screen, look: Theme) -> None:
    panel = screen.panel
    pictures.save(panel, "timeline-empty")
    screen.presenter.open_line(screen.a_term())
    screen.settle()
    assert panel.title.text() == "Timeline: Child C-0417"
    assert screen.chips() == ["This deadline", "Child C-0417", "Leila Haddad"]
    assert screen.titles() == [
        "Visit booked for Tue 24 Nov 2026 10:30, told by e-mail",
        "Child allocated to Leila Haddad",
        "Call from Leila Haddad",
        "Leila Haddad arrived",
        "Escalated to Leila Haddad",
        "Information withheld from Leila Haddad",
    ]
    call = panel.list.lines[2]
    assert (call.day, call.time, call.by) == ("Tue 24 Nov 2026", "07:24", "Nadia Shah")
    assert call.marks == ("Written later: Wed 25 Nov 2026",)
    assert panel.list.lines[3].child == CHILD
    pictures.save(panel, "timeline-child")
    panel.chips.findChildren(KeyButton)[2].click()
    screen.settle()
    assert panel.title.text() == "Timeline: Leila Haddad"
    assert screen.titles()[0] == "On the chart: Social Worker, CIN Team 3"
    look.use(Scheme.DARK, 1.3)
    pictures.save(panel, "timeline-worker-dark-large")
    look.use(Scheme.LIGHT)

    # Saved without anybody of the school, with a password: it opens with that only, and names nobody of the staff.
    panel.setFocus()
    screen.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    panel.form.without.setChecked(True)
    panel.form.password.setText("short")
    panel.form.again.setText("short")
    panel.as_pdf.click()
    assert "at least 8 letters" in panel.form.field.error()
    panel.form.password.setText("five long words")
    panel.as_pdf.click()
    assert panel.form.field.error() == "The two passwords differ. Type the same one twice."
    pictures.save(panel, "timeline-save-form")
    assert screen.suggested == []
    panel.form.again.setText("five long words")
    panel.as_pdf.click()
    screen.settle()
    (name,) = screen.suggested
    assert name == "timeline_2026-11-25.pdf"
    assert screen.said[-1] == f"Saved as {name}. Whoever has the file can read it: keep it safe."
    assert panel.form.password.text() == "", "a password stays in no window"
    saved = screen.folder / name
    for wrong in (None, "", "five long word"):
        with pytest.raises(pypdfium2.PdfiumError):
            _pdf_text(saved, wrong)
    assert b"/AESV3" in saved.read_bytes()
    text = " ".join(_pdf_text(saved, "five long words").split())
    assert not [staff for staff in STAFF if staff in text], text
    for said in (
        "Timeline: Leila Haddad",
        "Elmbrook Primary School",
        "page 1 of 1",
        "Printed Wed 25 Nov 2026 10:24 by a member of staff",
        "Here to see a member of staff",
        "A member of staff rang",
        "<b>Leila Haddad</b> had not read it",
        "Written later: Wed 25 Nov 2026",
        "Child C-0417",
    ):
        assert said in text.replace("=HYPERLINK(1) a", "=HYPERLINK(1) A"), said

    # With their names, and as a list that no spreadsheet takes for a formula.
    for without in (False, True):
        screen.press(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
        panel.form.without.setChecked(without)
        panel.as_list.click()
        screen.settle()
        with (screen.folder / "timeline_2026-11-25.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert [row[3] for row in rows[1:]] == screen.titles()
        content = "\n".join(cell for row in rows for cell in row)
        assert ("Mrs Shah rang, then nadia shah and Joan" in content) is not without
        assert bool([staff for staff in STAFF if staff in content]) is not without
        assert all(not cell.startswith("=") for row in rows for cell in row)

    # A worker or a child that nothing is owed about is found by typing.
    for typed, title in (("haddad", "Leila Haddad"), ("C-0000", "Child C-0000"), (CHILD, "Child C-0417")):
        screen.presenter.open_line(None)
        panel.setFocus()
        assert panel.search.hasFocus()
        QTest.keyClicks(panel.search, typed)
        screen.press(Qt.Key.Key_Return)
        assert panel.title.text() == f"Timeline: {title}"
        assert screen.chips()[-1] == f"Child {typed}"
        pictures.save(panel, f"timeline-found-{typed}")

    # Somebody else at the desk: nothing of it stays, and nothing comes after.
    screen.presenter.refresh()
    screen.desk.hand_over(screen.world.reception, None)
    screen.settle()
    assert (panel.list.lines, panel.title.text(), screen.chips(), panel.search.text()) == ((), "Timeline", [], "")
    screen.presenter.open_person(screen.worker)
    screen.settle()
    assert panel.list.lines == ()


def test_the_pages_of_a_long_one_are_numbered_and_name_whose_it_is(screen: Screen, tmp_path: Path) -> None:
    screen.presenter.open_line(screen.a_term())
    screen.settle()
    heading = Heading("Child C-0417", "Elmbrook Primary School", "Fri 20 Nov 2026 to Wed 25 Nov 2026", "Printed today")
    path = tmp_path / "long.pdf"
    path.write_bytes(timeline_sheet.as_pdf(heading, screen.panel.list.lines * 6))
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    if (wanted := pictures.folder()) is not None:
        wanted.mkdir(parents=True, exist_ok=True)
        document[0].render(scale=1.4).to_pil().save(wanted / "timeline-page.png")
    assert document.get_metadata_value("Title") == "Timeline"
    document.close()
    assert len(texts) > 2
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text
        assert "Timeline: Child C-0417" in text
    # On the screen the newest stand first in sight, and the earlier ones are a press away.
    panel = screen.panel
    shown = (
        replace(panel.shown, asked=Asked(child_reference="C-1"), lines=panel.list.lines * 50) if panel.shown else None
    )
    screen.presenter.shown.emit(shown)
    assert (len(panel.list.lines), panel.list.currentIndex().row(), panel.earlier.isVisible()) == (200, 199, True)
    panel.earlier.click()
    assert (len(panel.list.lines), panel.list.currentIndex().row(), panel.earlier.isVisible()) == (300, 100, False)
    assert "Nothing is written down yet." in timeline_sheet.pages(heading, ())[0].text


def test_every_entry_of_a_timeline_has_words() -> None:
    found = Timeline(Asked(child_reference=CHILD), (), {}, {}, "", ())
    # A note on courtesy is kept apart, and a legal hold is not about what happened.
    told_of = DSL_ONLY - {CourtesyNoted, ChildHeld, ChildHoldEnded}
    told = [event for event in samples.ALL if type(event) in told_of | set(AT_THE_DESK)]
    assert len(told) == len(told_of) + len(AT_THE_DESK)
    for event in (*told, Unknown("Later", 3), None):
        happening = Happening(NOW, Entry(1, NOW, UUID(int=1), UUID(int=2), event), event)
        (line,) = timeline_words.lines(replace(found, happenings=(happening,)))
        assert all((line.title, line.what, *line.details)), event
        assert line.by == "somebody no longer on the list"
