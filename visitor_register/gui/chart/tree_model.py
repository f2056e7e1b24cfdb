"""The structure as rows that fold: the same cards as in the drawing, for the keyboard and for screen readers."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from visitor_register.gui.chart.drawing_state import NOTHING, Told
from visitor_register.gui.chart.drawing_words import CardWords
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.rows import Index

WORDS_ROLE = Qt.ItemDataRole.UserRole

DEEPEST = 12
"""Rows are indented so far: deeper they would leave the window, and views walk through levels one in another."""


class TreeModel(QAbstractItemModel):
    """A seat for each row; an index carries the seat's place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = NOTHING
        self._above: list[int | None] = []
        self._below: list[list[int]] = []
        self._row: list[int] = []
        self._tops: tuple[int, ...] = ()

    def tell(self, told: Told) -> None:
        """Show another structure."""
        self.beginResetModel()
        self._told, self._tops = told, told.tree.tops
        seats = told.tree.seats
        self._above, self._row = [seat.above for seat in seats], [0] * len(seats)
        self._below = [[] for _ in seats]
        for at in told.tree.read_order():
            above = self._above[at]
            if above is not None and seats[at].depth >= DEEPEST:
                above = self._above[at] = self._above[above]
            if above is not None:
                self._row[at] = len(self._below[above])
                self._below[above].append(at)
        for row, top in enumerate(self._tops):
            self._row[top] = row
        self.endResetModel()

    def index_of(self, seat: int) -> QModelIndex:
        """The row of a seat."""
        return self.createIndex(self._row[seat], 0, seat)

    def seat_of(self, index: Index) -> int | None:
        """The seat of a row."""
        return int(index.internalId()) if index.isValid() else None

    def words_of(self, seat: int) -> CardWords:
        """What stands in a row."""
        return self._told.words[seat]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own signature
        """The index of a row."""
        under = self._under(parent)
        return self.createIndex(row, column, under[row]) if 0 <= row < len(under) and not column else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's own signature
        """The manager's row."""
        above = self._above[int(index.internalId())] if index.isValid() else None
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many stand directly under a row."""
        return len(self._under(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One column: all is said in it."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a row."""
        if not index.isValid():
            return None
        words = self._told.words[int(index.internalId())]
        if role == WORDS_ROLE:
            return words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(words.spoken)
        return None

    def _under(self, parent: Index) -> list[int] | tuple[int, ...]:
        return self._below[int(parent.internalId())] if parent.isValid() else self._tops
