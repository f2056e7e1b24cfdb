"""Hides a screen when nobody is at the desk; whoever comes back uncovers it with any key or the mouse."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from visitor_register.gui.main_window import MainWindow
from visitor_register.gui.widgets.empty_state import EmptyState

TITLE = "Nobody at the desk"
WORDS = "Hidden while nobody is at the desk. Press any key or move the mouse."

_NO_KEYS_YET = {Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
"""They begin a chord, which may be the one that locks."""

_PASSED_ON = {
    (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
}
"""The fire list, and the lock."""


class BlankPage(QFrame):
    """Stands in the place of a screen and keeps the first key or click from it.

    It has the keyboard. What a scanner types never comes here: the scanner's filter has taken it before.

    Signals:
        woken: Somebody is there.
    """

    woken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(WORDS)
        self.words = EmptyState("eye-off", TITLE, WORDS)
        column = QVBoxLayout(self)
        column.addWidget(self.words)

    def event(self, event: QEvent) -> bool:
        """Take every key, those that would be shortcuts and Tab included."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            if (event.key(), event.modifiers()) in _PASSED_ON:
                return super().event(event)
            event.accept()
            if event.type() is QEvent.Type.KeyPress and event.key() not in _NO_KEYS_YET:
                self.woken.emit()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep it; its release belongs to it."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Somebody is there."""
        event.accept()
        self.woken.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Somebody is there."""
        event.accept()
        self.woken.emit()


class Blanking(QObject):
    """Covers and uncovers the page area of the window. Rail and top bar stay, with the fire list."""

    def __init__(self, window: MainWindow, today_is_private: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._today_is_private = window, today_is_private
        self.page = BlankPage()
        self._keyboard: QWidget | None = None
        window.add_blank(self.page)
        self.page.woken.connect(self.uncover)

    @Slot()
    def cover(self) -> None:
        """Hide the screen. Today stays, as long as only names and times stand on it; so do the fire list and guide."""
        window = self._window
        if window.is_blank or window.covered_by is not None:
            return
        if window.current == "today" and not self._today_is_private():
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._keyboard = QApplication.focusWidget()
        window.blank()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def uncover(self) -> None:
        """Show the screen as it was, the keyboard where it was."""
        if not self._window.is_blank:
            return
        self._window.unblank()
        if self._window.covered_by is not None:
            return
        self._window.uncover()
        before, self._keyboard = self._keyboard, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
