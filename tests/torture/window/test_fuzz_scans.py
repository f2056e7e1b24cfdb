"""Whatever a scanner types, badges made by somebody who means harm included, is a text to look up and nothing else."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.factories import create_worker
from tests.gui.keyboard import Heard, key_of
from tests.stories.desk import DeskPage
from tests.torture.report import tell
from visitor_register.scanning.wedge import LONGEST

SEED = 20_261_122
SLOWEST = 0.2
"""Seconds of its own work for which the window may stand still; what else the machine does is not counted."""

Stroke = tuple[Qt.Key, str, Qt.KeyboardModifier]
_NO = Qt.KeyboardModifier.NoModifier
_HELD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
)
_PLAIN = [*map(chr, range(0x20, 0x7F)), *"£éßłЖ中١\U0001f600"]
_ODD = [
    *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\ufeff", "\ufffe", "\U000e0041",
    "\ud800", "\udfff",
]  # fmt: skip
_KEYS = [Qt.Key(code) for code in range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)]
_KEYS += [
    Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Backtab, Qt.Key.Key_Menu,
    Qt.Key.Key_Insert, Qt.Key.Key_Print, Qt.Key.Key_Help, Qt.Key.Key_Paste, Qt.Key.Key_Open, Qt.Key.Key_HomePage,
    Qt.Key.Key_Favorites, Qt.Key.Key_LaunchMail, Qt.Key.Key_PowerOff, Qt.Key.Key_Sleep, Qt.Key.Key_WWW,
]  # fmt: skip
_LURES = (
    "https://evil.invalid/?q=1", "file:///etc/passwd", "WIFI:T:WPA;S:x;P:y;;", "BEGIN:VCARD\nN:x\nEND:VCARD",
    "<b>x</b><img src=file:///canary>", "'; DROP TABLE visit; --", "=cmd|' /C calc'!A0", "MATMSG:TO:x@y;;",
    "tel:999", "javascript:alert(1)", "../../desk.db", "%n%s%x",
)  # fmt: skip


@dataclass
class Watch(QObject):
    """Every shortcut that fires anywhere in the program, and every address that is opened."""

    fired: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """It is a QObject."""
        super().__init__()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own."""
        if event.type() == QEvent.Type.Shortcut:
            self.fired.append(f"{type(watched).__name__} {event}")
        return False


@pytest.fixture
def watch(desk: DeskPage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Watch the whole program while a test runs."""
    made = Watch()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: made.opened.append(url.toString()))
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(made)
    yield made
    application.removeEventFilter(made)


def burst(dice: random.Random) -> list[Stroke]:
    """What a bad badge makes a scanner type: a code, and in it whatever a scanner can be made to type."""
    start = [_typed(sign) for sign in dice.choices(_PLAIN[1:], k=4)]
    if dice.random() < 0.1:
        return start + [_typed(sign) for sign in dice.choice(_LURES)]
    found = [_odd(dice) for _ in range(dice.randint(0, 12))]
    if dice.random() < 0.002:
        found += [_typed(sign) for sign in dice.choices(_PLAIN, k=dice.randint(LONGEST, 2 * LONGEST))]
    dice.shuffle(found)
    return start + found


def _odd(dice: random.Random) -> Stroke:
    what = dice.random()
    if what < 0.45:
        return _typed(dice.choice(_PLAIN))
    if what < 0.7:
        return _typed(dice.choice(_ODD))
    if what < 0.85:
        letter = dice.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890,/")
        return Qt.Key(ord(letter)), "", dice.choice(_HELD)
    return dice.choice(_KEYS), "", dice.choice((_NO, *_HELD))


def _typed(sign: str) -> Stroke:
    return key_of(sign), sign, _NO


def _types(desk: DeskPage, strokes: list[Stroke]) -> None:
    for key, text, modifiers in strokes:
        desk.scanner.presses(key, text, modifiers)


def _state(desk: DeskPage) -> tuple[object, ...]:
    """What no scan may change."""
    window = desk.session.window
    return (
        window.current, window.covered_by, desk.session.locked, desk.view.search.text(), desk.entries(),
        sum(widget.isVisible() for widget in QApplication.topLevelWidgets()), QGuiApplication.clipboard().text(),
    )  # fmt: skip


def _fuzz(desk: DeskPage, watch: Watch, count: int) -> None:
    dice, heard, failures = random.Random(SEED), Heard(desk.program.wedge), list[str]()
    desk.view.search.setFocus()
    desk.settle()
    before, focus, slowest = _state(desk), desk.focused(), 0.0
    for number in range(count):
        strokes = burst(dice)
        started = time.thread_time()
        _types(desk, strokes)
        # Faster than any hand holds badges: the next comes before the answer to this one.
        desk.keys.wait(dice.choice((0.041, 0.1, 0.2, 0.7)))
        QApplication.processEvents()
        slowest = max(slowest, time.thread_time() - started)
        if number % 20 == 19:
            desk.settle()
        wrong = [*watch.fired, *watch.opened, *(scan for scan in heard.scans if len(scan) > LONGEST)]
        wrong += [scan for scan in heard.scans if not scan.isprintable()]
        if desk.focused() is not focus:
            wrong.append(f"the focus is in {desk.focused()}")
        if wrong:
            failures.append(f"{number}: {wrong[:3]} after {[(key.name, text, held) for key, text, held in strokes]}")
        for seen in (watch.fired, watch.opened, heard.scans):
            seen.clear()
        if len(failures) > 5:
            break
    desk.rest()
    desk.settle()
    tell("hostile scans", count, len(failures), SEED, f"slowest {1000 * slowest:.0f} ms of {1000 * SLOWEST:.0f}")
    assert failures == []
    assert _state(desk) == before
    assert desk.on_site() == []
    assert slowest < SLOWEST


def test_a_hundred_hostile_scans_do_nothing(desk: DeskPage, watch: Watch) -> None:
    _fuzz(desk, watch, 100)


@pytest.mark.torture
def test_ten_thousand_hostile_scans_do_nothing(desk: DeskPage, watch: Watch) -> None:
    _fuzz(desk, watch, 10_000)


def _flood(desk: DeskPage, watch: Watch, codes: int, digits: int) -> None:
    """One full code after the other, without a pause between them, and the window at work between the keys."""
    dice, heard = random.Random(SEED), Heard(desk.program.wedge)
    before, slowest, last, longest = _state(desk), 0.0, time.thread_time(), list[int]()
    for _ in range(codes):
        digit, target = dice.choice("0123456789"), QGuiApplication.focusWindow()
        key = key_of(digit)
        for number in range(digits):
            # A scanner that never lets its keys go: half the events.
            QTest.sendKeyEvent(QTest.KeyAction.Press, target, key, digit, _NO, 0)
            if number % 500 == 499:
                QApplication.processEvents()
                now = time.thread_time()
                slowest, last = max(slowest, now - last), now
        desk.scanner.presses(Qt.Key.Key_Return, "\r")
        desk.keys.wait(0.05)
        longest.append(max(len(scan) for scan in heard.scans))
        heard.scans.clear()
    desk.rest()
    desk.settle()
    failures = [*watch.fired, *watch.opened, *(str(one) for one in longest if one != min(LONGEST, digits))]
    details = f"{digits} digits each, slowest {1000 * slowest:.0f} ms of {1000 * SLOWEST:.0f}"
    tell("flood of codes", codes, len(failures), SEED, details)
    assert failures == []
    assert slowest < SLOWEST
    assert _state(desk) == before


def test_a_flood_of_two_long_codes_is_cut_and_the_window_stays_alive(desk: DeskPage, watch: Watch) -> None:
    _flood(desk, watch, 2, 2_000)


@pytest.mark.torture
def test_a_flood_of_two_hundred_full_codes_is_cut_and_the_window_stays_alive(desk: DeskPage, watch: Watch) -> None:
    _flood(desk, watch, 200, 7_089)


def test_fifty_badges_a_second_show_the_last_and_sign_nobody_in(desk: DeskPage, watch: Watch) -> None:
    create_worker(desk.world)
    before, slowest = desk.entries(), 0.0
    for number in range(100):
        started = time.thread_time()
        desk.scanner.sends("H194359" if number % 2 else f"X-{number}", "\r\r\n")
        desk.keys.wait(0.01)
        QApplication.processEvents()
        slowest = max(slowest, time.thread_time() - started)
    desk.settle()
    desk.shows("Check", "Known, not booked today", "Leila Haddad")
    tell("badges without a pause", 100, 0, None, f"slowest {1000 * slowest:.0f} ms of {1000 * SLOWEST:.0f}")
    assert (desk.entries(), desk.on_site(), watch.fired) == (before, [], [])
    assert slowest < SLOWEST
