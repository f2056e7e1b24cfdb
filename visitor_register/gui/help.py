"""F1: the guide over whatever is in use, and back to that again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from visitor_register.gui.desk import Desk
from visitor_register.gui.fire_list.presenter import FireListPresenter
from visitor_register.gui.fire_list.view import FireListView
from visitor_register.gui.guide.pages import SCREENS
from visitor_register.gui.guide.presenter import GuidePresenter
from visitor_register.gui.guide.view import GuideView
from visitor_register.gui.main_window import MainWindow


class Help(QObject):
    """Opens the guide at the page of the screen in use. While locked it stays away: it would cover the password."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        fire_list: FireListView,
        fire_presenter: FireListPresenter,
        locked: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._fire_list, self._fire, self._locked = window, fire_list, fire_presenter, locked
        self.pages = GuidePresenter(self)
        self.guide = GuideView(self.pages)
        window.add_cover(self.guide)
        self.guide.closed.connect(self._close)
        desk.help_wanted.connect(self.open_page)
        shortcut = QShortcut(QKeySequence("F1"), window)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open_here)

    @Slot(str)
    def open_page(self, page: str) -> None:
        """Show one page."""
        if not self._locked():
            self.guide.open_page(page)
            self._window.cover_with(self.guide)

    @Slot()
    def open_here(self) -> None:
        """Show the page of what is in use, or of the part of a screen that has one of its own."""
        shown = self._window.current
        part = getattr(self._window.screen_named(shown), "part_in_use", "")
        here = f"{shown}/{part}" if f"{shown}/{part}" in SCREENS else shown
        self.open_page("fire_list" if self._window.covered_by is self._fire_list else here)

    @Slot()
    def open_trials(self) -> None:
        """Show what can be tried in the practice register."""
        self.open_page("trials")

    @Slot()
    def _close(self) -> None:
        if self._fire.is_open:
            self._window.cover_with(self._fire_list)
        else:
            self._window.uncover()
