"""Expected today: who, when, here to see, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.factories import World, create_worker
from tests.gui import pictures, walkers
from tests.gui.fixtures import desk_of
from visitor_register.domain.bookings import Told
from visitor_register.domain.people import PersonKind
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.theme import Theme
from visitor_register.gui.widgets.expected_today import ExpectedTodayPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.services import bookings
from visitor_register.services.bookings import BookingLine


class Reception(QObject):
    """The panel, and what somebody at the desk does with it."""

    def __init__(self, world: World, desk: Desk, qtbot: QtBot) -> None:
        super().__init__()
        self.world, self.desk, self.qtbot = world, desk, qtbot
        self.said: list[str] = []
        self.saved: list[UUID] = []
        self.panel = ExpectedTodayPanel(desk)
        self.panel.saved.connect(self.saved.append)
        desk.said.connect(self.hear)
        qtbot.addWidget(self.panel)
        self.panel.resize(400, 560)
        self.panel.show()
        self.panel.begin()
        self.settle()

    def hear(self, notice: Notice) -> None:
        self.said.append(notice.text)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.jobs.pending == 0)
        QApplication.processEvents()

    def types(self, text: str) -> None:
        target = self.panel.window().focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.window().focusWidget() or self.panel, key, modifier)
        self.settle()

    def lines(self) -> list[BookingLine]:
        with self.world.register.read() as session:
            return bookings.on_day(session, self.world.clock().date())


@pytest.fixture
def desk(world: World, qtbot: QtBot) -> Iterator[Desk]:
    with desk_of(world, world.reception) as made:
        yield made


@pytest.fixture
def reception(world: World, desk: Desk, qtbot: QtBot) -> Reception:
    return Reception(world, desk, qtbot)


def test_a_worker_is_expected_with_the_keyboard_alone(reception: Reception) -> None:
    worker = create_worker(reception.world)
    reception.types("had")
    reception.press(Qt.Key.Key_Return)
    reception.panel.when.setFocus()
    reception.types("1430")
    reception.panel.here_to_see.setFocus()
    reception.types("Mrs Shah")
    reception.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (line,) = reception.lines()
    assert [person.id for person in line.visitors] == [worker]
    assert line.booking.starts_at == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert (line.booking.here_to_see, line.booking.told, line.booking.room) == ("Mrs Shah", Told.DESK, "")
    assert reception.saved == [line.booking.id]
    assert reception.said == ["Expected today: Leila Haddad at 14:30."]
    assert reception.panel.who.guests() == ()


def test_a_name_typed_faster_than_the_answer_takes_nobody_else(reception: Reception) -> None:
    create_worker(reception.world)
    create_worker(reception.world, "Hadiya Noor", badge="H2")
    QTest.keyClicks(reception.panel.who.search, "hadiya")
    QTest.keyClick(reception.panel.who.search, Qt.Key.Key_Return)
    reception.settle()
    assert [one.name for one in reception.panel.who.guests()] == ["Hadiya Noor"]


def test_somebody_nobody_knows_is_written_down(reception: Reception) -> None:
    reception.types("Pat Moss")
    reception.panel.who.not_listed.click()
    kinds = reception.panel.who.kind.control
    kinds.setFocus()
    reception.types("Somebody")
    reception.panel.who.add.click()
    reception.panel.when.setFocus()
    reception.types("9")
    reception.press(Qt.Key.Key_Return)
    (line,) = reception.lines()
    assert [(person.name, person.kind) for person in line.visitors] == [("Pat Moss", PersonKind.OTHER)]


def test_what_is_missing_is_said_and_nothing_is_saved(reception: Reception) -> None:
    reception.panel.when.setFocus()
    reception.types("soon")
    reception.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert reception.panel.when.error() == "Write a time, like 14:30."
    assert reception.panel.who.field.error()
    assert reception.lines() == []


def test_it_asks_for_nothing_but_who_when_and_whom(reception: Reception, every_look: Theme) -> None:
    create_worker(reception.world)
    reception.panel.resize(every_look.px(400), every_look.px(560))
    reception.types("leila")
    assert walkers.text_fits(reception.panel) == []
    assert walkers.unnamed_controls(reception.panel) == []
    reception.panel.who.not_listed.click()
    reception.panel.who.add.click()
    reception.settle()
    assert walkers.text_fits(reception.panel) == []
    words = " ".join(label.text() for label in reception.panel.findChildren(PlainLabel)).casefold()
    assert "purpose" not in words
    assert "child" not in words
    pictures.save(reception.panel, f"expected-{every_look.scheme.value}-{every_look.factor}")
