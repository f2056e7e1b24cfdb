"""The chip that says how many arrivals wait half-finished, and goes on with the oldest."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.domain import calendar
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.services.today import Board


class DraftsChip(KeyButton):
    """Shows itself only when something waits.

    Signals:
        resumed: The draft to go on with (a UUID).
    """

    resumed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", icon="pencil", kind="chip", parent=parent)
        self.setCheckable(False)
        self._first: UUID | None = None
        self._wanted = True
        self.clicked.connect(self._pressed)

    def show_board(self, board: Board) -> None:
        """Name the oldest draft."""
        first = board.drafts[0] if board.drafts else None
        self._first = first.id if first else None
        # A name that is dropped or erased is not kept behind a chip that nobody sees.
        self.setText("")
        if first is not None:
            words = f"{calendar.say_time(first.started_at)}: {first.label[:24]}"
            count = len(board.drafts)
            self.setText(f"Draft {words}" if count == 1 else f"{count} drafts, first {words}")
        self._show()

    def set_wanted(self, wanted: bool) -> None:
        """Whether there is a place for it now."""
        self._wanted = wanted
        self._show()

    def _show(self) -> None:
        self.setVisible(self._wanted and self._first is not None)

    @Slot()
    def _pressed(self) -> None:
        if self._first is not None:
            self.resumed.emit(self._first)
