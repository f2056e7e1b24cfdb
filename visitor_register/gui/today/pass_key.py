"""Print pass on Today: by F12, by the card of somebody who is here, and by the small button of their row."""

from uuid import UUID

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from visitor_register.gui.prints.pass_desk import PassDesk
from visitor_register.gui.today.scene import Scene
from visitor_register.gui.today.view import TodayView
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.services.today import Board


class PassKey(QObject):
    """Finds out whose pass is meant: the card's, else the row's where the keyboard is, else who came in last."""

    def __init__(self, view: TodayView, passes: PassDesk) -> None:
        super().__init__(view)
        self._view, self._passes = view, passes
        self._on_card: UUID | None = None
        self._last_in: UUID | None = None
        shortcut = QShortcut(QKeySequence("F12"), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._print)
        view.presenter.scene.connect(self._see)
        view.presenter.board.connect(self._see_board)
        view.card.acted.connect(self._act)
        for lists in (view.idle, view.compact_lists, view.work.lists):
            lists.pass_wanted.connect(self._print_row)

    @Slot()
    def _print(self) -> None:
        here = QApplication.focusWidget()
        row = here.current_key() if isinstance(here, ListPanel) and self._view.isAncestorOf(here) else None
        of_row = row[1] if row is not None and row[0] == "here" else None
        visit = self._on_card or of_row or self._last_in
        if visit is not None:
            self._passes.print_visit(visit)
        else:
            self._view.presenter.desk.tell("Nobody is signed in, so there is no pass to print.")

    @Slot(object)
    def _print_row(self, key: tuple[str, UUID]) -> None:
        self._passes.print_visit(key[1])

    @Slot(str)
    def _act(self, action: str) -> None:
        if action == "print_pass" and self._on_card is not None:
            self._passes.print_visit(self._on_card)

    @Slot(object)
    def _see(self, scene: Scene) -> None:
        finding = scene.finding
        self._on_card = finding.open_visit.id if finding is not None and finding.open_visit is not None else None

    @Slot(object)
    def _see_board(self, board: Board) -> None:
        newest = max(board.on_site, key=lambda here: here.visit.arrived_at, default=None)
        self._last_in = newest.visit.id if newest is not None else None
