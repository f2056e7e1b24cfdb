"""The DSL's home in its panel: what is shown, where it leads, what is written, and that it is forgotten."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.factories import World, create_worker
from tests.gui import pictures, walkers
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction
from visitor_register.domain.events import Discussed
from visitor_register.gui import reminders
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.jobs import JobRunner
from visitor_register.gui.reminders import Reminders
from visitor_register.gui.today.dsl_home import DslHome, FollowUpPage
from visitor_register.gui.today.dsl_home_presenter import DslHomePresenter
from visitor_register.gui.today.review_panel import ReviewPanel
from visitor_register.gui.today.review_presenter import ReviewPresenter
from visitor_register.services import contacts
from visitor_register.services.contacts import ContactForm

CANARY = "canary-4711"


class Tray(QObject):
    """A system tray that remembers what it was told to show."""

    messageClicked = Signal()
    messages: ClassVar[list[str]] = []
    shown = False

    def __init__(self, _icon: object, parent: QObject) -> None:
        super().__init__(parent)

    @staticmethod
    def isSystemTrayAvailable() -> bool:
        return True

    def setToolTip(self, _words: str) -> None:
        pass

    def show(self) -> None:
        Tray.shown = True

    def hide(self) -> None:
        Tray.shown = False

    def showMessage(self, _title: str, words: str) -> None:
        self.messages.append(words)


class Home:
    """The panel with the home in it, and a DSL in front of it."""

    def __init__(self, qtbot: QtBot, world: World) -> None:
        self.qtbot, self.world = qtbot, world
        self.crashes: list[BaseException] = []
        self.notices: list[Notice] = []
        self.led: list[str] = []
        self.locked = False
        register, dsl = world.register, world.register.dsl_file()
        self.jobs = JobRunner(register.read, register.write, self.crashes.append)
        self.dsl_jobs = JobRunner(dsl.read, dsl.write, self.crashes.append)
        self.desk = Desk(self.jobs, world.dsl, now=world.clock, dsl_jobs=self.dsl_jobs)
        self.desk.said.connect(self.notices.append)
        self.presenter = DslHomePresenter(self.desk)
        self.presenter.wanted.connect(self.led.append)
        self.panel = ReviewPanel(ReviewPresenter(self.desk))
        self.strip, self.page = DslHome(self.presenter), FollowUpPage(self.presenter)
        self.panel.offer_home(self.strip, self.page)
        self.reminders = Reminders(self.desk, self.presenter, lambda: self.locked)
        qtbot.addWidget(self.panel)

    def opens(self, high: int = 560) -> None:
        with self.qtbot.waitActive(self.panel):
            pictures.show(self.panel, 392, high)
        self.panel.begin()
        self.looks()

    def looks(self) -> None:
        self.presenter.refresh()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.jobs.pending == 0 and self.dsl_jobs.pending == 0)

    def words(self) -> list[str]:
        return [button.text() for button in self.strip.buttons.values() if button.isVisible()]

    def said(self) -> list[str]:
        return [notice.text for notice in self.notices if notice.kind == "reminder"]


@pytest.fixture
def home(qtbot: QtBot, world: World) -> Iterator[Home]:
    made = Home(qtbot, world)
    yield made
    made.reminders.close()
    made.jobs.close()
    made.dsl_jobs.close()
    assert made.crashes == []


def fill(world: World) -> UUID:
    worker, by, at = create_worker(world), world.dsl, world.clock()
    with world.register.dsl_file().write() as session:
        for day in (date(2026, 11, 16), date(2026, 11, 17)):
            contacts.allocate(session, worker, CANARY, on=day, known=AllocationKnown.TOLD_BY_LA, by=by, at=at)
        form = ContactForm(ContactKind.CALL, Direction.SENT, worker, at, f"A place, {CANARY}", CANARY)
        rang = contacts.log(session, form, by=by, at=at)
        contacts.discuss(session, rang, Discussed(True, "", "a place at another school"), by=by, at=at)
    return rang


def test_noughts_are_quiet_and_every_number_leads_somewhere(home: Home) -> None:
    home.opens()
    assert home.words() == ["No chart yet"]
    assert home.strip.quiet.isVisible()
    fill(home.world)
    home.looks()
    assert home.words() == ["Overdue 1", "Due today 1", "Chart 22 days old", "To follow up 1"]
    assert not home.strip.quiet.isVisible()
    for key in ("overdue", "today", "chart", "letters"):
        home.strip.buttons[key].click()
    assert home.led == ["contacts", "contacts", "chart", "letters"]
    assert not walkers.rich_text_labels(home.panel)


def test_a_discussion_is_followed_up_by_keys_alone(home: Home) -> None:
    fill(home.world)
    home.opens()
    home.strip.buttons["follow_ups"].setFocus()
    QTest.keyClick(home.strip.buttons["follow_ups"], Qt.Key.Key_Space)
    assert home.page.list.hasFocus()
    assert not home.strip.isVisible(), "the page has the room"
    assert "Promised: a place at another school" in home.page.told.text()
    QTest.keyClick(home.page.list, Qt.Key.Key_Return)
    assert home.page.note.hasFocus()
    QTest.keyClick(home.page.note, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    home.settle()
    assert home.page.field.error() == "Write in a few words how it was followed up."
    QTest.keyClicks(home.page.note, "Rang the family")
    QTest.keyClick(home.page.note, Qt.Key.Key_Return)
    home.settle()
    home.settle()
    assert home.page.list.rows == ()
    assert (home.page.note.text(), home.page.told.text(), home.page.field.error()) == ("", "", "")
    with home.world.register.dsl_file().read() as session:
        assert contacts.to_follow_up(session, by=home.world.dsl) == []
    QTest.keyClick(home.page.list, Qt.Key.Key_Escape)
    assert home.panel.list.hasFocus()
    assert home.strip.isVisible()


def test_nothing_of_it_is_left_for_the_next_person(home: Home) -> None:
    fill(home.world)
    home.opens()
    home.strip.buttons["follow_ups"].click()
    home.page.note.setText(CANARY)
    home.presenter.refresh()
    home.desk.hand_over(home.world.reception, None)
    home.settle()
    home.looks()
    left = [label.text() for label in home.panel.findChildren(QLabel)] + [home.page.note.text(), *home.words()]
    assert not [text for text in left if CANARY in text or "Promised" in text]
    assert [button.text() for button in home.strip.buttons.values() if button.text()] == []
    assert home.page.list.rows == ()
    assert home.said() == ["1 deadline is overdue, 1 is due soon."]


def test_reminders_are_said_once_to_whoever_is_signed_in_and_lead_to_contacts(home: Home) -> None:
    fill(home.world)
    home.locked = True
    home.looks()
    assert home.said() == [], "a locked desk says nothing"
    home.locked = False
    home.looks()
    home.looks()
    assert home.said() == ["1 deadline is overdue, 1 is due soon."]
    with home.qtbot.waitSignal(home.reminders.contacts_wanted):
        run = home.notices[-1].run
        assert run is not None
        run()
    home.world.clock.move(days=1)
    home.looks()
    assert home.said()[1:] == ["2 deadlines are overdue."]
    home.desk.hand_over(home.world.reception, None)
    home.world.clock.move(days=5)
    home.looks()
    assert len(home.said()) == 2


def test_the_tray_says_it_without_a_name_and_is_empty_for_the_next_person(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "QSystemTrayIcon", Tray)
    monkeypatch.setattr(Tray, "messages", [])
    fill(home.world)
    home.looks()
    assert (Tray.shown, Tray.messages) == (True, ["1 deadline is overdue, 1 is due soon. Open Contacts."])
    home.desk.hand_over(home.world.reception, None)
    assert not Tray.shown
