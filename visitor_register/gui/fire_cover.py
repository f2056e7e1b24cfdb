"""F9: the fire list over whatever is shown, also over the lock, and back to that again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from visitor_register.gui.fire_list.presenter import FireListPresenter
from visitor_register.gui.fire_list.view import FireListView
from visitor_register.gui.locking import Locking
from visitor_register.gui.main_window import MainWindow


class FireCover(QObject):
    """Lays the fire list over the window. `keep` keeps what is being typed at the desk."""

    def __init__(
        self,
        window: MainWindow,
        view: FireListView,
        presenter: FireListPresenter,
        locking: Locking,
        keep: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._view, self._presenter, self._locking = window, view, presenter, locking
        self._keep = keep
        window.top.fire_list_pressed.connect(self.open)
        locking.page.fire_list_wanted.connect(self.open)
        locking.locked.connect(self._show_lock)
        view.closed.connect(self._close)

    def listen_on(self, page: QWidget) -> None:
        """Let F9 open it from a page that has no such button.

        The top bar and the lock have F9 already; a second one in sight of the same page would be ambiguous.
        """
        shortcut = QShortcut(QKeySequence("F9"), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.open)

    @Slot()
    def open(self) -> None:
        """The list is there at once, also while locked or in the middle of an arrival; then F9 prints it."""
        if self._window.covered_by is self._view:
            self._presenter.open_or_print()
            return
        self._keep()
        self._presenter.use_locked(self._locking.is_locked)
        self._presenter.open()
        self._window.cover_with(self._view)

    @Slot()
    def _show_lock(self) -> None:
        """The lock covers all but the list: somebody may stand outside with it, and it names visitors only."""
        if self._window.covered_by is self._view:
            self._presenter.use_locked(True)
        else:
            self._window.cover_with(self._locking.page)

    @Slot()
    def _close(self) -> None:
        if self._locking.is_asking:
            self._window.cover_with(self._locking.page)
        else:
            self._window.uncover()
