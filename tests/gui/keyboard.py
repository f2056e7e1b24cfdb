"""A person and a scanner at one keyboard, with the clock in the test's hand. Page objects for every screen's tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from visitor_register.gui.wedge_filter import WedgeFilter
from visitor_register.scanning.wedge import WedgeSettings

_KEYS = {
    "\r": Qt.Key.Key_Return,
    "\n": Qt.Key.Key_Enter,
    "\t": Qt.Key.Key_Tab,
}


class StillTimer(QTimer):
    """A timer that goes off when the test's clock says so, and never by itself."""

    def __init__(self, clock: "Clock") -> None:
        super().__init__()
        self._clock = clock
        self.due: float | None = None
        clock.timers.append(self)

    def start(self, milliseconds: int = 0) -> None:  # type: ignore[override]
        self.due = self._clock.now + milliseconds / 1000

    def stop(self) -> None:
        self.due = None

    def go_off(self) -> None:
        self.due = None
        self.timeout.emit()


class Clock:
    """Seconds that pass only when told to; timers go off on the way, in order."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[StillTimer] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            due = [timer for timer in self.timers if timer.due is not None and timer.due <= end]
            if not due:
                break
            first = min(due, key=lambda timer: timer.due or 0.0)
            self.now = max(self.now, first.due or 0.0)
            first.go_off()
        self.now = end


class Keyboard:
    """Presses keys as the system does: to the active window, through every filter and shortcut."""

    def __init__(self, clock: Clock, *, between: float) -> None:
        """`between` is the time from one key to the next, in seconds."""
        self.clock = clock
        self.between = between

    def presses(
        self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and release one key; the clock moves on by `between`."""
        self.strikes(key, text, modifiers)
        self.clock.wait(self.between)

    def strikes(
        self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press and release one key; the clock stands still."""
        window = QGuiApplication.focusWindow()
        assert window is not None, "no window is active: show it and wait for that first"
        for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
            target = QGuiApplication.focusWindow() or window
            QTest.sendKeyEvent(action, target, key, text, modifiers, 0)

    def character(self, sign: str) -> None:
        """Press the key of one character, with Shift where it needs it; the clock moves on."""
        shift = Qt.KeyboardModifier.ShiftModifier if sign.isupper() else Qt.KeyboardModifier.NoModifier
        self.presses(key_of(sign), sign, shift)


class Person(Keyboard):
    """Types as people do: some five to ten keys a second."""

    def __init__(self, clock: Clock, *, between: float = 0.12) -> None:
        super().__init__(clock, between=between)

    def types(self, text: str) -> None:
        """Type a text; when this returns, it has arrived."""
        for sign in text:
            self.character(sign)
        self.clock.wait(0.1)


class Scanner(Keyboard):
    """Types as USB scanners do: a key every few milliseconds, and an ending."""

    def __init__(self, clock: Clock, *, between: float = 0.002) -> None:
        super().__init__(clock, between=between)

    def sends(self, code: str, end: str = "\r\n") -> None:
        """Scan a code; when this returns, it has been told. `end` is what the scanner is set to type after it."""
        for sign in code + end:
            self.character(sign)
        self.clock.wait(0.1)


@contextmanager
def wedge(clock: Clock, settings: WedgeSettings | None = None) -> Iterator[WedgeFilter]:
    """The application's filter, on the test's clock, for as long as the block lasts."""
    sieve = WedgeFilter(settings, clock=clock, timer=StillTimer(clock))
    sieve.install()
    try:
        yield sieve
    finally:
        sieve.remove()


class Heard(QObject):
    """What the filter's signals said."""

    def __init__(self, sieve: WedgeFilter, also: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self.scans: list[str] = []
        self.elsewhere: list[bool] = []
        self._also = also
        sieve.scanned.connect(self._scanned)
        sieve.types_elsewhere.connect(self.elsewhere.append)

    def _scanned(self, text: str) -> None:
        self.scans.append(text)
        if self._also is not None:
            self._also(text)


def key_of(sign: str) -> Qt.Key:
    """The key that types a character; none at all (0) for a control character that no key types."""
    if sign in _KEYS:
        return _KEYS[sign]
    upper = sign.upper()
    if len(upper) == 1 and 0x20 <= ord(upper) <= 0xFF and ord(upper) != 0x7F and upper.isprintable():
        return Qt.Key(ord(upper))
    return Qt.Key.Key_unknown if sign.isprintable() else Qt.Key(0)
