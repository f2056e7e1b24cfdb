"""Choosing one of many: a field to type into and a list that gets shorter, in the page and never over it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain.names import fold
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField

_MOST = 200
_MORE = "more"


class PickPanel(QWidget):
    """Type to search, arrows and Enter to choose, Esc to go back.

    Signals:
        picked: The key of the row that was chosen.
        left: Nobody was chosen.
    """

    picked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._folded: list[str] = []
        self.title = PlainLabel(t="strong", wrap=True)
        self.search = SearchField("Name, job or team", name="Search whom to choose", kind="search")
        self.list = ListPanel("Whom to choose", empty="Nobody of that name is in the file.", row_height=48)
        self.back = KeyButton("Back", icon="x", key="Esc")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.list.setMinimumHeight(48)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._first)
        self.list.activated_row.connect(self._pick)
        self.back.clicked.connect(self.left)

    def offer(self, title: str, rows: Sequence[Row], likely: Sequence[Any] = ()) -> None:
        """Offer these, the likely ones first."""
        order = {key: at for at, key in enumerate(likely)}
        self.title.setText(title)
        self._rows = tuple(sorted(rows, key=lambda row: order.get(row.key, len(order))))
        self._folded = [fold(f"{row.title} {row.second}") for row in self._rows]
        self.search.clear()
        self._filter("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_low(self, low: bool) -> None:
        """Leave the list what height there is."""
        self.title.setVisible(not low)
        self.back.setText("" if low else "Back")
        self.back.set_name("Back")
        self.back.set_key("" if low else "Esc")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list, Esc back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = fold(text).split()
        hits = [row for row, said in zip(self._rows, self._folded, strict=True) if all(word in said for word in wanted)]
        more = [Row(_MORE, f"{len(hits) - _MOST:,} more: type more letters", heading=True)] if hits[_MOST:] else []
        self.list.set_rows((*hits[:_MOST], *more))
        if hits:
            self.list.choose(hits[0].key)

    @Slot()
    def _first(self) -> None:
        key = self.list.current_key()
        if key is not None:
            self._pick(key)

    @Slot(object)
    def _pick(self, key: object) -> None:
        self.picked.emit(key)
