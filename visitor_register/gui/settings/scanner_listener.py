"""Hears every key while its box has the keyboard, before the filter that takes scans away, with the time of each."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitor_register.gui.settings.scanner_report import Keystroke

_SILENCE_MS = 400
_ENDS = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\n", Qt.Key.Key_Tab: "\t"}
_END_CHORDS = {Qt.Key.Key_M: "\r", Qt.Key.Key_J: "\n", Qt.Key.Key_I: "\t"}
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_KINDS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class ScannerListener(QObject):
    """Listens from `begin()` to `end()`.

    Signals:
        heard: What arrived until it was silent, a tuple of `Keystroke`.
    """

    heard = Signal(object)

    def __init__(
        self,
        box: QWidget,
        *,
        clock: Callable[[], float] | None = None,
        timer: QTimer | None = None,
    ) -> None:
        super().__init__(box)
        self._box = box
        self._clock, self._stamped = clock or time.perf_counter, clock is None
        self._strokes: list[Keystroke] = []
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)

    def begin(self) -> None:
        """Listen, before all that listened earlier: the filter installed last is asked first."""
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def end(self) -> None:
        """Stop; what was half heard is dropped."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._timer.stop()
        self._strokes = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own: True keeps the event from everybody else."""
        if event.type() not in _KINDS or not isinstance(event, QKeyEvent) or not self._box.hasFocus():
            return False
        text = self._text(event)
        if not text:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            at = event.timestamp() / 1000 if self._stamped and event.timestamp() else self._clock()
            self._strokes.append(Keystroke(text, at))
            self._timer.start(_SILENCE_MS)
        return True

    def _text(self, event: QKeyEvent) -> str:
        key = Qt.Key(event.key())
        if event.modifiers() & _CHORDS:
            # A scanner may send its ending as a chord; a person's chord is none of our business.
            return _END_CHORDS.get(key, "") if self._strokes else ""
        if key in _ENDS:
            # Nobody is caught in the box: Tab alone leaves it.
            return _ENDS[key] if self._strokes or key is not Qt.Key.Key_Tab else ""
        return event.text() if event.text().isprintable() else ""

    @Slot()
    def _tell(self) -> None:
        strokes, self._strokes = tuple(self._strokes), []
        self.heard.emit(strokes)
