"""Under the form of a booking: what happened to it, for everybody, and that a child was not seen, for the DSL alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.factories import World, create_booking, create_worker
from tests.gui import pictures
from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.events import NotSeen, OperatorAdded, ReasonRecorded
from visitor_register.domain.people import Operator, Role
from visitor_register.gui import theme
from visitor_register.gui.bookings.form import BookingForm
from visitor_register.gui.bookings.form_presenter import FormPresenter
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.metrics import PANEL_WIDTH
from visitor_register.gui.theme import Theme
from visitor_register.services import bookings, not_seen, passes, sealed

TOOTH = "at the dentist"


class Reader(QObject):
    """A booking open in its form, and what a person does there."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        super().__init__()
        self.world, self.desk, self._qtbot = world, desk, qtbot
        self.said: list[str] = []
        desk.said.connect(self.hear)
        self.presenter = FormPresenter(desk, world.register.keyring.seal_public)
        self.presenter.setParent(self)
        self.form = BookingForm(self.presenter)
        qtbot.addWidget(self.form)
        look = theme.current()
        self.form.resize(look.px(PANEL_WIDTH), look.px(800))
        self.form.show()
        self.history, self.unseen = self.form.history, self.form.not_seen

    def hear(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def opens(self, booking: UUID) -> None:
        with self.world.register.read() as session:
            line = bookings.get(session, booking)
        assert line is not None
        self.presenter.open(line)
        self.settle()

    def settle(self) -> None:
        runners = [jobs for jobs in (self.desk.jobs, self.desk.dsl_jobs) if jobs is not None]
        self._qtbot.waitUntil(lambda: all(jobs.pending == 0 for jobs in runners))
        QApplication.processEvents()

    def press(self, widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(widget, key)
        self.settle()

    def types(self, widget: QWidget, text: str) -> None:
        widget.setFocus()
        QTest.keyClicks(widget, text)

    def shown(self) -> str:
        """Every word that can be seen or read out."""
        parts = [part for part in self.form.findChildren(QWidget) if part.isVisible()]
        words = [part.text() for part in parts if isinstance(part, QLabel)]
        return " ".join([*words, *(f"{part.accessibleName()} {part.accessibleDescription()}" for part in parts)])


Open = Callable[[Operator], Reader]


@pytest.fixture
def sit_down(world: World, qtbot: QtBot) -> Iterator[Open]:
    """Sign somebody in; the DSL's file is open for those who may see it."""
    crashes: list[BaseException] = []
    with ExitStack() as closing:

        def sit(operator: Operator) -> Reader:
            jobs = JobRunner(world.register.read, world.register.write, crashes.append)
            closing.callback(jobs.close)
            dsl_jobs = None
            if operator.role in (Role.DSL, Role.HEAD):
                dsl = world.register.dsl_file()
                dsl_jobs = JobRunner(dsl.read, dsl.write, crashes.append)
                closing.callback(dsl_jobs.close)
            return Reader(world, Desk(jobs, operator, now=world.clock, dsl_jobs=dsl_jobs), qtbot)

        yield sit
    assert crashes == []


def person(world: World, role: Role) -> Operator:
    """Somebody of that role, who may use the program."""
    made = Operator(uuid4(), "Priya Anand", role)
    world.write((made.id, OperatorAdded(made.name, made.role)))
    return made


def test_the_changes_open_with_a_key_and_can_be_copied(world: World, sit_down: Open, every_look: Theme) -> None:
    leila = create_worker(world)
    booking = create_booking(world, leila)
    reader = sit_down(person(world, Role.OFFICE))
    assert reader.history.isHidden()
    reader.opens(booking)
    assert reader.history.fold.text() == "Changes (1)"
    assert not reader.history.entries.isVisible()
    reader.press(reader.history.fold)
    assert reader.history.entries.isVisible()
    cancel = bookings.cancel
    by, at = reader.desk.operator, world.clock()
    reader.desk.jobs.write(lambda session: passes.for_booking(session, booking, leila, by=by, at=at))
    reader.settle()
    reader.desk.jobs.write(lambda session: cancel(session, booking, by_school=False, why="ill", by=by, at=at))
    reader.settle()
    reader.settle()
    assert reader.history.fold.text() == "Changes (3)"
    reader.press(reader.history.copy)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[1:] == [
        "Pass made for Leila Haddad, for Tue 24/11/2026 (Tue 24 Nov 10:24 by Priya Anand (office))",
        "Cancelled by the authority: ill (Tue 24 Nov 10:24 by Priya Anand (office))",
    ]
    for line in copied:
        assert line in reader.shown()
    reader.form.resize(reader.form.width(), every_look.px(480))
    reader.press(reader.history.fold, Qt.Key.Key_Tab)
    assert reader.history.entries.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(reader.history.entries, key)
    _, second, last = reader.history.entries.entries
    assert last.marked
    assert last.visibleRegion().boundingRect() == last.rect(), "scrolled to"
    assert reader.history.entries.accessibleDescription() == copied[2]
    QTest.keyClick(reader.history.entries, Qt.Key.Key_Up)
    assert second.marked
    pictures.save(reader.form, f"bookings_history_keys-{every_look.scheme}-{every_look.factor}")
    QTest.keyClick(reader.history.entries, Qt.Key.Key_Tab)
    assert not second.marked
    assert reader.history.copy.hasFocus()
    reader.form.resize(reader.form.width(), every_look.px(1500))
    pictures.save(reader.form, f"bookings_history-{every_look.scheme}-{every_look.factor}")
    for label in reader.history.entries.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    reader.presenter.begin()
    assert reader.history.isHidden()
    assert "ill" not in [one.title for one in reader.history.entries.told]


def test_the_dsl_writes_down_and_corrects_that_a_child_was_not_seen(
    world: World, sit_down: Open, every_look: Theme
) -> None:
    booking = create_booking(world, create_worker(world))
    reader = sit_down(world.dsl)
    reader.opens(booking)
    assert reader.unseen.isHidden(), "it has not begun"
    world.clock.move(minutes=10)
    reader.opens(booking)
    box = reader.unseen
    reader.press(box.fold)
    reader.press(box.keep)
    assert box.note.error() == "Choose first why the child was not seen."
    reader.press(box.why.rows[2])
    reader.press(box.keep)
    assert box.note.error() == "Say in a few words why the child was not seen."
    reader.types(box.note.control, "asleep")
    pictures.save(reader.form, f"bookings_not_seen-asking-{every_look.scheme}-{every_look.factor}")
    assert box.keep.visibleRegion().boundingRect() == box.keep.rect(), "scrolled to"
    reader.presenter.begin()
    reader.settle()
    assert reader.said[-1].startswith("What you began to write is not saved.")
    assert box.isHidden()
    reader.opens(booking)
    assert (box.why.value(), box.note.control.property("text")) == (NotSeenWhy.OTHER, "asleep")
    reader.press(box.keep)
    reader.settle()
    assert box.written.as_text() == "Not seen, for another reason: asleep (Tue 24 Nov 10:34 by Nadia Shah (DSL))"
    assert not box.box.isVisible()
    assert box.fold.text() == "Correct it"
    reader.press(box.fold)
    reader.press(box.why.rows[3])
    reader.types(box.note.control, "another child")
    reader.press(box.keep)
    reader.settle()
    assert box.written.as_text().splitlines()[1].startswith("Taken back, the child was seen: another child (")
    reader.press(box.fold)
    pictures.save(reader.form, f"bookings_not_seen-corrected-{every_look.scheme}-{every_look.factor}")
    reader.press(box.fold)
    assert reader.history.fold.text() == "Changes (1)"
    reader.press(box.fold)
    reader.types(box.note.control, "half a word")
    reader.desk.hand_over(person(world, Role.OFFICE), None)
    reader.presenter.forget()
    reader.settle()
    assert box.isHidden()
    assert box.written.as_text() == ""
    assert box.note.control.property("text") == ""
    assert "began" not in reader.said[-1]


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OFFICE, Role.AUDITOR])
def test_nobody_else_sees_that_there_is_anything(world: World, sit_down: Open, role: Role) -> None:
    booking = create_booking(world, create_worker(world), minutes=-5)
    with world.register.read() as session:
        line = bookings.get(session, booking)
    assert line is not None
    with world.register.dsl_file().write() as session:
        said = NotSeen(NotSeenWhy.ABSENT, TOOTH)
        not_seen.record(session, line.booking, said, by=world.dsl, at=world.clock())
        sealed.record_reason(session, booking, ReasonRecorded("cin_visit"), by=world.dsl, at=world.clock())
    reader = sit_down(person(world, role))
    reader.opens(booking)
    reader.press(reader.history.fold)
    assert reader.unseen.isHidden()
    reader.form.not_seen._presenter.write(NotSeenWhy.ABSENT, "x")
    reader.settle()
    words = reader.shown().casefold()
    assert TOOTH not in words
    assert "not seen" not in words
    assert reader.unseen.written.as_text() == ""
    with world.register.dsl_file().read() as session:
        assert len(not_seen.of_booking(session, booking, by=world.dsl)) == 1
