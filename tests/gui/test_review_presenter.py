"""The DSL's list at the desk: what is written in which file, and that nothing is lost when one of them fails."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.factories import World
from tests.gui import pictures, walkers
from visitor_register.domain.arrivals import Arrival, NewVisitor
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Verdict
from visitor_register.domain.visits import Visit
from visitor_register.errors import NotSavedError
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.today.review_panel import ReviewButton, ReviewPanel
from visitor_register.gui.today.review_presenter import Answers, ReviewPresenter, check
from visitor_register.persistence import journal
from visitor_register.services import arrivals, sealed

CANARY = "<b>Robin</b> & <img src=x>"


class Panel:
    """The panel with a DSL in front of it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot, self.world = qtbot, world
        self.crashes: list[BaseException] = []
        self.notices: list[Notice] = []
        register = world.register
        self.jobs = JobRunner(register.read, register.write, self.crashes.append)
        dsl = register.dsl_file()
        self.dsl_jobs = JobRunner(dsl.read, dsl.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock, dsl_jobs=self.dsl_jobs)
        self.desk.said.connect(self.notices.append)
        self.presenter = ReviewPresenter(self.desk)
        self.view = ReviewPanel(self.presenter)
        self.button = ReviewButton(self.presenter)
        for widget in (self.view, self.button):
            qtbot.addWidget(widget)

    def opens(self) -> None:
        with self.qtbot.waitActive(self.view):
            pictures.show(self.view, 392, 440)
        self.view.begin()
        self.settle()
        self.view.setFocus()
        QTest.keyClick(self.view.list, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0 and self.dsl_jobs.pending == 0)

    def says(self, exceptional: str, detail: str = "", note: str = "") -> None:
        self.view.detail.show_answers(Answers(exceptional, detail, note))
        QTest.keyClick(self.view.detail.note, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def entries(self) -> tuple[int, int]:
        """How many stand in the desk's file and in the DSL's."""
        with self.world.register.read() as session, self.world.register.dsl_file().read() as dsl_session:
            return journal.count(session), journal.count(dsl_session)

    def close(self) -> None:
        self.jobs.close()
        self.dsl_jobs.close()


@pytest.fixture
def panel(qtbot: QtBot, world: World) -> Iterator[Panel]:
    made = Panel(qtbot, world)
    yield made
    made.close()
    assert made.crashes == []


def arrived(world: World, name: str = "Pat Example") -> Visit:
    arrival = Arrival(visitor=NewVisitor(PersonKind.POLICE, name), verdict=Verdict.POLICE)
    with world.register.write() as session:
        return arrivals.sign_in(session, arrival, by=world.reception, at=world.clock())


def test_with_nothing_to_say_only_the_desks_file_is_written(panel: Panel) -> None:
    arrived(panel.world)
    panel.opens()
    desk, dsl = panel.entries()
    panel.says("")
    assert panel.entries() == (desk + 1, dsl)
    assert panel.view.list.rows == ()


def test_what_the_dsls_file_says_already_stands_in_the_fields(panel: Panel) -> None:
    visit = arrived(panel.world)
    with panel.world.register.dsl_file().write() as session:
        known = ReasonRecorded(exceptional="s47", detail="told by phone")
        sealed.record_reason(session, visit.id, known, by=panel.world.dsl, at=panel.world.clock())
    panel.opens()
    assert panel.view.detail.answers() == Answers("s47", "told by phone")
    before = panel.entries()
    panel.says("s47", "told by phone", "all is well")
    assert panel.entries() == (before[0] + 1, before[1]), "the same again is nothing new"


@pytest.mark.parametrize("service", ["record_circumstance", "review"])
def test_what_was_written_stays_when_saving_fails_and_is_saved_once_it_works(
    panel: Panel, monkeypatch: pytest.MonkeyPatch, service: str
) -> None:
    visit = arrived(panel.world)
    panel.opens()
    with monkeypatch.context() as broken:
        broken.setattr(f"visitor_register.services.review.{service}", _disk_full)
        panel.says("s47", "told by phone")
    assert [notice.kind for notice in panel.notices] == ["red"]
    assert panel.view.detail.answers() == Answers("s47", "told by phone")
    assert len(panel.view.list.rows) == 1
    panel.says("s47", "told by phone")
    assert not panel.view.list.rows
    with panel.world.register.dsl_file().read() as session:
        said = [entry.event for entry in journal.entries_of(session, visit.id)]
    assert said == [ReasonRecorded(exceptional="s47", detail="told by phone")]


def _disk_full(*_: object, **__: object) -> None:
    raise NotSavedError("NOT SAVED - use the paper sheet. The disk is full.")


def test_impatient_presses_are_one(panel: Panel) -> None:
    arrived(panel.world)
    panel.opens()
    desk, _ = panel.entries()
    for _ in range(3):
        QTest.keyClick(panel.view.detail.note, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    panel.settle()
    assert panel.entries()[0] == desk + 1


def test_a_change_while_somebody_writes_leaves_what_is_written(panel: Panel) -> None:
    arrived(panel.world)
    panel.opens()
    panel.view.detail.show_answers(Answers("cover", "", "half a sent"))
    arrived(panel.world, "Somebody else")
    panel.jobs.changed.emit()
    panel.settle()
    assert panel.view.detail.answers() == Answers("cover", "", "half a sent")
    assert panel.button.text() == "For the DSL (2)"


def test_without_the_dsls_file_a_line_does_not_open_and_a_sentence_says_why(panel: Panel) -> None:
    arrived(panel.world)
    panel.desk.dsl_jobs = None
    panel.opens()
    assert panel.view.list.isVisible()
    assert "The DSL's own file is not open" in panel.notices[-1].text


def test_reception_is_shown_nothing_and_nothing_is_read_for_them(panel: Panel) -> None:
    arrived(panel.world)
    panel.opens()
    panel.button.show()
    assert panel.button.isVisible()
    panel.desk.hand_over(panel.world.reception, None)
    assert (panel.jobs.pending, panel.view.list.rows) == (0, ())
    assert panel.view.detail.name.text() == ""
    panel.button.show()
    assert not panel.button.isVisible()


def test_an_answer_read_for_somebody_who_left_the_desk_is_dropped(panel: Panel) -> None:
    arrived(panel.world)
    panel.presenter.refresh()
    panel.desk.hand_over(panel.world.reception, None)
    panel.settle()
    assert panel.view.list.rows == ()
    assert panel.button.text() == "For the DSL"


def test_names_are_text(panel: Panel) -> None:
    arrived(panel.world, CANARY)
    panel.opens()
    assert panel.view.detail.name.text() == CANARY
    assert not walkers.rich_text_labels(panel.view)


def test_each_field_says_what_to_write_instead() -> None:
    assert check(Answers("s47")) == {}
    assert set(check(Answers("other", " ", "001234567890"))) == {"detail", "note"}
    assert "certificate" in check(Answers("s47", "001234567890"))["detail"]
