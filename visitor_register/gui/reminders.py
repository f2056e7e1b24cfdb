"""Reminds the DSL of deadlines, in the window and from the system tray: numbers only, never a name."""

from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from visitor_register.domain import reminders
from visitor_register.domain.reminders import Said
from visitor_register.gui import icons
from visitor_register.gui.desk import Desk, Notice
from visitor_register.gui.today.dsl_home_presenter import DslHomePresenter
from visitor_register.services.dsl_home import Home

MINUTE_MS = 60_000


class Reminders(QObject):
    """Looks each minute, while a DSL or the head is signed in and the desk is not locked.

    What was said to somebody is known until the program ends, by the deadlines' own numbers: who takes the desk back
    after reception is not told again.

    Signals:
        contacts_wanted: Go to Contacts.
    """

    contacts_wanted = Signal()

    def __init__(
        self, desk: Desk, home: DslHomePresenter, is_locked: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._home, self._is_locked = desk, home, is_locked
        self._said: defaultdict[UUID, set[Said]] = defaultdict(set)
        self._tray: QSystemTrayIcon | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(home.refresh)
        home.counted.connect(self._look)
        desk.operator_changed.connect(self._leave_tray)

    def start(self) -> None:
        """Begin to look."""
        self._minute.start()
        self._home.refresh()

    def close(self) -> None:
        """The desk is closed."""
        self._minute.stop()
        self._leave_tray()

    @Slot(object)
    def _look(self, home: Home | None) -> None:
        if home is None or self._is_locked():
            return
        said = self._said[self._desk.operator.id]
        found = reminders.remind(home.standing, said, home.calendar, self._desk.now())
        if found.words:
            said |= found.said
            self._desk.said.emit(Notice("reminder", found.words, "Open Contacts", self.contacts_wanted.emit))
            self._show_in_tray(found.words)

    def _show_in_tray(self, words: str) -> None:
        """Say it where somebody sees it who works in another program, where the system has such a place."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.icon("door-open", size=48), self)
            self._tray.setToolTip("Visitor Register")
            self._tray.messageClicked.connect(self.contacts_wanted)
        self._tray.show()
        self._tray.showMessage("Visitor Register", f"{words} Open Contacts.")

    @Slot()
    def _leave_tray(self) -> None:
        if self._tray is not None:
            self._tray.hide()
