"""The one filter through which all keys of the program pass, so that a scanner never types into a form."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from visitor_register.scanning.wedge import Decision, Fate, Key, Wedge, WedgeSettings

_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_END_CHORDS = {Qt.Key.Key_J, Qt.Key.Key_M, Qt.Key.Key_I}
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
}
_FUNCTION_KEYS = 0x01000000
"""Qt numbers keys that type no character from here on."""


@dataclass(slots=True)
class _Stroke:
    """A key as it was pressed, to be pressed again; Qt's own event does not outlive its delivery."""

    receiver: QObject
    had_focus: bool
    press: QKeyEvent
    release: QKeyEvent | None = None


class WedgeFilter(QObject):
    """Holds printable keys back for a moment and sorts out what a scanner typed.

    Build one, then `install()`. Return, Enter and Tab wait with the printable keys, so that a code
    that begins with one presses no button; what types a control character and is no key at all
    waits too. Escape, arrows, F-keys and Ctrl or Alt with a key never wait, and are dropped only
    in the middle of a burst.

    Signals:
        scanned: What a scanner typed, without its ending; at most 512 printable characters.
        types_elsewhere: True when another program has the keys, False when we have them again.
    """

    scanned = Signal(str)
    types_elsewhere = Signal(bool)

    def __init__(
        self,
        settings: WedgeSettings | None = None,
        *,
        clock: Callable[[], float] | None = None,
        timer: QTimer | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Without a `clock` (seconds) keys are timed by the system's own stamps where it gives any."""
        super().__init__(parent)
        self._clock = clock or time.perf_counter
        self._stamped = clock is None
        self._wedge: Wedge[_Stroke] = Wedge(settings, clock=self._clock)
        self._held: dict[int, _Stroke] = {}
        self._taken: set[int] = set()
        self._retyped: list[QKeyEvent] = []
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def install(self) -> None:
        """Begin to watch the application."""
        application = _application()
        application.installEventFilter(self)
        application.applicationStateChanged.connect(self._application_changed)

    def remove(self) -> None:
        """Stop watching; what is held is typed."""
        application = _application()
        application.removeEventFilter(self)
        application.applicationStateChanged.disconnect(self._application_changed)
        self._replay(self._wedge.flush())
        self._timer.stop()

    def use(self, settings: WedgeSettings) -> None:
        """Change the numbers, from the next key on."""
        self._wedge.settings = settings

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: True keeps the event from `watched`."""
        # Every event of the program passes here, thousands while a page is made: hardly any is a key.
        if not isinstance(event, (QKeyEvent, QMouseEvent, QInputMethodEvent)):
            return False
        kind = event.type()
        if isinstance(event, QKeyEvent):
            if any(event is retyped for retyped in self._retyped):
                return False
            if kind == QEvent.Type.KeyPress:
                return self._pressed(watched, event)
            if kind == QEvent.Type.KeyRelease:
                return self._released(event)
            if kind == QEvent.Type.ShortcutOverride:
                return self._overridden(event)
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod):
            # What was typed before belongs where the focus was before.
            self._replay(self._wedge.flush())
        return False

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        key = _key(event)
        if event.isAutoRepeat():
            key = Key.END_CHORD if key is Key.END else Key.OTHER
        self._taken.discard(event.key())
        stroke = _Stroke(watched, watched is QApplication.focusWidget(), _copy(event))
        decision = self._wedge.press(key, event.text(), stroke, pressed=self._stamp(event))
        if decision.fate is Fate.HELD:
            self._held[event.key()] = stroke
        elif decision.fate is Fate.TAKEN:
            self._taken.add(event.key())
        self._obey(decision)
        return decision.fate is not Fate.PASSED

    def _released(self, event: QKeyEvent) -> bool:
        stroke = self._held.get(event.key())
        if stroke is not None:
            stroke.release = _copy(event)
            return True
        if event.key() in self._taken:
            if not event.isAutoRepeat():
                self._taken.discard(event.key())
            return True
        return False

    def _overridden(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            return False
        if event.isAutoRepeat() or not self._wedge.swallows(_key(event), pressed=self._stamp(event)):
            self._replay(self._wedge.flush())
            return False
        # Accepted means: no shortcut, send it as a key. Then it is held or taken.
        event.accept()
        return True

    def _stamp(self, event: QKeyEvent) -> float | None:
        return event.timestamp() / 1000 if self._stamped and event.timestamp() else None

    @Slot()
    def _tick(self) -> None:
        self._obey(self._wedge.tick())

    @Slot(Qt.ApplicationState)
    def _application_changed(self, state: Qt.ApplicationState) -> None:
        active = state == Qt.ApplicationState.ApplicationActive
        if not active:
            self._replay(self._wedge.flush())
        self.types_elsewhere.emit(not active)

    def _obey(self, decision: Decision[_Stroke]) -> None:
        self._replay(decision.replay)
        due = self._wedge.due
        if due is None:
            self._timer.stop()
        else:
            self._timer.start(max(1, math.ceil((due - self._clock()) * 1000)))
        if decision.scan is not None:
            self._taken |= {key for key, stroke in self._held.items() if stroke.release is None}
            self._held.clear()
            self.scanned.emit(decision.scan)

    def _replay(self, strokes: tuple[_Stroke, ...]) -> None:
        for stroke in strokes:
            self._held = {key: held for key, held in self._held.items() if held is not stroke}
            target = _target(stroke)
            if target is None:
                continue
            self._retype(target, stroke.press)
            if stroke.release is not None and Shiboken.isValid(target):
                self._retype(target, stroke.release)

    def _retype(self, target: QObject, event: QKeyEvent) -> None:
        # The event itself is remembered, not a flag: a key may open a dialog, whose keys pass here before this returns.
        self._retyped.append(event)
        try:
            QApplication.sendEvent(target, event)
        finally:
            self._retyped.pop()


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("The wedge filter needs a QApplication.")
    return application


def _key(event: QKeyEvent) -> Key:
    key, text = event.key(), event.text()
    if event.modifiers() & _CHORDS:
        only_control = event.modifiers() & _CHORDS == Qt.KeyboardModifier.ControlModifier
        return Key.END_CHORD if only_control and key in _END_CHORDS else Key.OTHER
    if key in _ENDS:
        return Key.END
    if text and text.isprintable():
        return Key.SIGN
    return Key.NOISE if key < _FUNCTION_KEYS or key == Qt.Key.Key_unknown else Key.OTHER


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _target(stroke: _Stroke) -> QObject | None:
    """Where to type a held key: what has the focus now, since an earlier one may have moved it."""
    if not Shiboken.isValid(stroke.receiver):
        return QGuiApplication.focusObject()
    if isinstance(stroke.receiver, QWindow):
        return QGuiApplication.focusWindow() or stroke.receiver
    return QApplication.focusWidget() or stroke.receiver if stroke.had_focus else stroke.receiver
