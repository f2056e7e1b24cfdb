"""In the search field the arrows and Enter belong to the list below it, while letters stay in the field."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from visitor_register.gui.widgets.search_field import SearchField


class SearchKeys(QObject):
    """Watches the search field.

    Signals:
        stepped: Down (1) or up (-1) was pressed.
        entered: Enter was pressed.
    """

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, field: SearchField) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take arrows up and down, and Enter."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return False
