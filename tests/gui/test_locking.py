"""Being left alone: what is noticed, when, and what the computer tells of its own sleep and lock."""

import ctypes
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.keyboard import Clock, StillTimer
from tests.gui.pictures import save, show
from tests.gui.walkers import text_fits
from visitor_register.gui.blanking import BlankPage
from visitor_register.gui.idle import Idle
from visitor_register.gui.session_lock import ASLEEP, JUMPED, WITH_COMPUTER, GapWatch, SessionLock
from visitor_register.gui.session_lock_linux import LinuxSession
from visitor_register.gui.session_lock_windows import Messages, WindowsSession
from visitor_register.gui.theme import Theme
from visitor_register.gui.unlock.late_enter import LateEnter


class Alone:
    """A window that is watched, and what was noticed."""

    def __init__(self, qtbot: QtBot) -> None:
        self.clock = Clock()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.idle = Idle(quiet=StillTimer(self.clock), alone=StillTimer(self.clock))
        self.noticed: list[str] = []
        self.idle.gone_quiet.connect(lambda: self.noticed.append("quiet"))
        self.idle.left_alone.connect(lambda: self.noticed.append("alone"))
        self.idle.moved.connect(lambda: self.noticed.append("moved"))
        self.idle.start()

    def press(self) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(self.window, event)

    def mouse_at(self, x: float) -> None:
        where, none = QPointF(x, 5), Qt.MouseButton.NoButton
        kind, no_keys = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QMouseEvent(kind, where, where, none, none, no_keys))


@pytest.fixture
def alone(qtbot: QtBot) -> Iterator[Alone]:
    made = Alone(qtbot)
    yield made
    made.idle.stop()


def test_a_minute_is_quiet_and_four_are_alone(alone: Alone) -> None:
    alone.clock.wait(59)
    assert alone.noticed == []
    alone.clock.wait(1)
    assert alone.noticed == ["quiet"]
    alone.clock.wait(179)
    assert alone.noticed == ["quiet"]
    alone.clock.wait(1)
    assert alone.noticed == ["quiet", "alone"]


def test_every_key_and_every_move_begins_the_time_anew(alone: Alone) -> None:
    alone.mouse_at(1)
    for x in range(2, 8):
        alone.clock.wait(50)
        alone.press()
        alone.clock.wait(50)
        alone.mouse_at(x)
    assert alone.noticed == ["moved"] * 6
    alone.clock.wait(240)
    assert alone.noticed[6:] == ["quiet", "alone"]


def test_a_page_that_changes_under_a_resting_mouse_is_nobody(alone: Alone) -> None:
    alone.mouse_at(4)
    alone.clock.wait(60)
    alone.mouse_at(4)
    alone.clock.wait(180)
    assert alone.noticed == ["quiet", "alone"]


def test_nothing_is_noticed_after_the_end(alone: Alone) -> None:
    alone.idle.stop()
    alone.press()
    alone.clock.wait(1000)
    assert alone.noticed == []


@pytest.mark.parametrize("size", [(1206, 640), (864, 560)], ids=str)
def test_the_blank_page_fits_and_says_what_to_do(qtbot: QtBot, every_look: Theme, size: tuple[int, int]) -> None:
    page = BlankPage()
    qtbot.addWidget(page)
    show(page, *size)
    assert "Press any key or move the mouse." in page.accessibleName()
    assert text_fits(page) == []
    save(page, f"blank-{size[0]}-{'dark' if every_look.dark else 'light'}-{round(every_look.factor * 100)}")


# ---- the computer slept


class Clocks:
    """Two clocks, each in the test's hand, and a timer that does nothing by itself."""

    def __init__(self) -> None:
        self.wall, self.steady = 1_000_000.0, 50.0
        self.watch = GapWatch(wall=lambda: self.wall, steady=lambda: self.steady, timer=StillTimer(Clock()))
        self.jumps = 0
        self.watch.jumped.connect(self._jumped)
        self.watch.start()

    def _jumped(self) -> None:
        self.jumps += 1

    def look_after(self, wall: float, steady: float) -> int:
        """How many jumps one look finds."""
        before, self.wall, self.steady = self.jumps, self.wall + wall, self.steady + steady
        self.watch.look()
        return self.jumps - before


@pytest.mark.parametrize(
    ("wall", "steady", "found"),
    [
        (5, 5, 0),
        (64, 64, 0),
        (66, 5, 1),
        (66, 66, 1),
        (5, 66, 1),
        (8 * 3600, 5, 1),
        (-50, 5, 0),
        (-3600, 5, 1),
    ],
)
def test_more_than_a_minute_missing_or_too_much_is_a_jump(wall: float, steady: float, found: int) -> None:
    clocks = Clocks()
    assert clocks.look_after(5, 5) == 0
    assert clocks.look_after(wall, steady) == found
    assert clocks.look_after(5, 5) == 0, "it is told once"
    clocks.watch.stop()


def test_what_the_system_tells_and_what_the_clocks_tell_is_said_in_words(qtbot: QtBot) -> None:
    clocks = Clocks()
    session = SessionLock(gap=clocks.watch)
    said: list[str] = []
    session.away.connect(said.append)
    session.slept()
    session.locked()
    clocks.look_after(3600, 5)
    assert said == [ASLEEP, WITH_COMPUTER, JUMPED]


def test_it_starts_and_stops_whatever_this_system_has(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    session = SessionLock(gap=Clocks().watch, parent=window)
    session.start(window)
    session.stop()
    session.stop()


# ---- Windows


def _told(messages: Messages, message: int, about: int, kind: bytes = b"windows_generic_MSG") -> tuple[bool, int]:
    made = wintypes.MSG()
    made.message, made.wParam = message, about
    return messages.nativeEventFilter(kind, ctypes.addressof(made))


@pytest.mark.parametrize(
    ("message", "about", "said"),
    [
        (0x02B1, 0x7, ["locked"]),
        (0x02B1, 0x2, ["locked"]),
        (0x02B1, 0x4, ["locked"]),
        (0x02B1, 0x6, ["locked"]),
        (0x02B1, 0x8, []),
        (0x02B1, 0x1, []),
        (0x0218, 0x4, ["slept"]),
        (0x0218, 0x12, ["slept"]),
        (0x0218, 0x7, ["slept"]),
        (0x0218, 0xA, []),
        (0x0100, 0x7, []),
    ],
)
def test_messages_of_windows(message: int, about: int, said: list[str]) -> None:
    heard: list[str] = []
    messages = Messages(lambda: heard.append("slept"), lambda: heard.append("locked"))
    assert _told(messages, message, about) == (False, 0), "it is kept from nobody"
    assert heard == said


def test_messages_of_another_kind_are_not_read() -> None:
    heard: list[str] = []
    messages = Messages(lambda: heard.append("slept"), lambda: heard.append("locked"))
    assert _told(messages, 0x02B1, 0x7, b"xcb_generic_event_t") == (False, 0)
    assert heard == []


def test_the_filter_of_windows_comes_and_goes(qapp: QApplication) -> None:
    session = WindowsSession(lambda: None, lambda: None)
    session.start(0)
    session.stop()


# ---- Linux


class Bus:
    """A message bus that remembers what was asked of it."""

    def __init__(self, connected: bool) -> None:
        self.connected = connected
        self.asked: list[tuple[Any, ...]] = []

    def isConnected(self) -> bool:
        return self.connected

    def connect(self, *what: Any) -> bool:
        self.asked.append(what)
        return True


class Buses:
    """Both buses of a Linux desktop."""

    def __init__(self, *, system: bool, own: bool) -> None:
        self.system, self.own = Bus(system), Bus(own)

    def systemBus(self) -> Bus:
        return self.system

    def sessionBus(self) -> Bus:
        return self.own


def test_sleep_and_lock_are_asked_for_by_their_slots() -> None:
    buses, heard = Buses(system=True, own=True), []
    session = LinuxSession(lambda: heard.append("slept"), lambda: heard.append("locked"), buses=buses)
    session.start()
    signals = [(what[2].rsplit(".", 1)[1], what[3]) for what in buses.system.asked + buses.own.asked]
    assert signals == [
        ("Manager", "PrepareForSleep"),
        ("Session", "Lock"),
        ("ScreenSaver", "ActiveChanged"),
        ("ScreenSaver", "ActiveChanged"),
    ]
    for *_, receiver, slot in buses.system.asked + buses.own.asked:
        assert receiver.metaObject().indexOfSlot(slot[1:]) >= 0, slot
    session.prepare_for_sleep(True)
    session.prepare_for_sleep(False)
    session.session_locked()
    session.screen_saver(False)
    session.screen_saver(True)
    assert heard == ["slept", "locked", "locked"]


@pytest.mark.parametrize("buses", [None, Buses(system=False, own=False)], ids=["no library", "no bus"])
def test_without_a_bus_nothing_is_said(buses: Buses | None) -> None:
    parent = QObject()
    session = LinuxSession(_never, _never, buses=buses, parent=parent)
    session.start()
    if buses is not None:
        assert buses.system.asked == buses.own.asked == []
    session.stop()


def _never() -> None:
    raise AssertionError


# ---- Enter after the sixth digit


def test_an_enter_just_after_unlocking_presses_nothing(qtbot: QtBot) -> None:
    clock = Clock()
    late, seen = LateEnter(timer=StillTimer(clock)), Keys()
    late.expect()
    late.expect()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Enter):
        QApplication.sendEvent(seen, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    assert seen.pressed == [Qt.Key.Key_A]
    clock.wait(1)
    QApplication.sendEvent(seen, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert seen.pressed == [Qt.Key.Key_A, Qt.Key.Key_Return]


class Keys(QObject):
    """Remembers the keys it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[int] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            self.pressed.append(event.key())
        return True
