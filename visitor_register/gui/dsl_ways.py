"""Leads from what waits for the DSL to the screen it stands on."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot

from visitor_register.gui.desk import Desk
from visitor_register.gui.main_window import MainWindow
from visitor_register.gui.reminders import Reminders
from visitor_register.gui.settings.view import SettingsView
from visitor_register.gui.today.dsl_home_presenter import DslHomePresenter


class DslWays(QObject):
    """Joins the DSL's home and the reminders to the window."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        home: DslHomePresenter,
        is_locked: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self.reminders = Reminders(desk, home, is_locked, parent=self)
        home.wanted.connect(self._lead)
        self.reminders.contacts_wanted.connect(self._raise_contacts)

    @Slot(str)
    def _lead(self, place: str) -> None:
        """Go to a screen, or to the letters of assurance in Settings."""
        if place != "letters":
            self._window.show_screen(place)
            return
        self._window.show_screen("settings")
        settings = self._window.screen_named("settings")
        if isinstance(settings, SettingsView):
            settings.open(place)

    @Slot()
    def _raise_contacts(self) -> None:
        """Bring the window to the front, with Contacts on it for those who see that."""
        top = self._window.window()
        top.setWindowState(top.windowState() & ~Qt.WindowState.WindowMinimized)
        top.raise_()
        top.activateWindow()
        self._window.show_screen("contacts")
