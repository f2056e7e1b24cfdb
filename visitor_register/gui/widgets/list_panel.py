"""A list with rows of fixed height; Enter, or the button in the row, does what the row says."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.rows import ROW_ROLE, Index, Row, RowDelegate


class RowModel(QAbstractListModel):
    """Frozen rows for a view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself, and its facts in words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.as_words()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.as_words())
        return None


class ListPanel(QListView):
    """Rows to look at and act on.

    Signals:
        activated_row: The key of a row whose action was asked for, by Enter or its button.
        also_asked: The key of a row whose small second button was pressed.
        selected: The key of the row the keyboard or mouse stands on.
    """

    activated_row = Signal(object)
    also_asked = Signal(object)
    selected = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        empty: str = "",
        row_height: int = 56,
        solid_action: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._empty, self._quiet = empty, False
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, high=row_height, solid_action=solid_action)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown."""
        return self._rows.rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows. The row that was chosen stays chosen, if it is still there. No signal."""
        if tuple(rows) == self._rows.rows:
            return
        before, place = self.current_key(), self.verticalScrollBar().value()
        self._quiet = True
        self._rows.set_rows(rows)
        # One height for all is what makes a long list quick.
        self.setUniformItemSizes(not any(row.heading for row in rows))
        self._choose(before)
        if self.hasFocus():
            self._stand_somewhere()
        self._quiet = False
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def current_key(self) -> Any:
        """The key of the chosen row, or None."""
        row = self._row(self.currentIndex())
        return row.key if row is not None and not row.heading else None

    def choose(self, key: Any) -> None:
        """Stand on the row with this key."""
        self._choose(key)

    def action_point(self, key: Any) -> QPoint:
        """The middle of a row's button, for whoever points at it."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key and row.action:
                index = self._rows.index(number)
                chosen = self.selectionModel().isSelected(index)
                return self._delegate.action_rect(self.visualRect(index), row, chosen=chosen).center()
        return QPoint(-1, -1)

    def also_point(self, key: Any) -> QPoint:
        """The middle of a row's small second button."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key and row.also:
                return self._delegate.also_rect(self.visualRect(self._rows.index(number)), row).center()
        return QPoint(-1, -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for the row's action. Letters are left alone: they belong to the search field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            key = self.current_key()
            if key is not None and not event.isAutoRepeat():
                self.activated_row.emit(key)
            return
        if event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the painted button asks for the action; elsewhere it only chooses the row."""
        index = self.indexAt(event.position().toPoint())
        row = self._row(index)
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            chosen = self.selectionModel().isSelected(index)
            rect, pressed = self.visualRect(index), event.position().toPoint()
            for button, asked in (
                (self._delegate.action_rect(rect, row, chosen=chosen), self.activated_row),
                (self._delegate.also_rect(rect, row), self.also_asked),
            ):
                if button.contains(pressed):
                    self._choose(row.key)
                    asked.emit(row.key)
                    return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on a row without a button is the same as Enter; with a button it is two clicks."""
        row = self._row(self.indexAt(event.position().toPoint()))
        if row is not None and not row.action and not row.heading:
            self.activated_row.emit(row.key)
            return
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands on some row."""
        super().focusInEvent(event)
        self._stand_somewhere()

    def _stand_somewhere(self) -> None:
        if self.current_key() is None:
            first = next((row for row in self._rows.rows if not row.heading), None)
            if first is not None:
                self._choose(first.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty list says so in one muted line."""
        super().paintEvent(event)
        if not self._rows.rows and self._empty:
            painter, look = QPainter(self.viewport()), theme.current()
            where = self.viewport().rect().adjusted(look.px(16), 0, -look.px(16), 0)
            where.setHeight(look.px(56))
            paint.text(painter, where, self._empty, look.font("body"), look.color("muted"))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _row(self, index: Index) -> Row | None:
        found = index.data(ROW_ROLE) if index.isValid() else None
        return found if isinstance(found, Row) else None

    def _choose(self, key: Any) -> None:
        for number, row in enumerate(self._rows.rows):
            if key is not None and row.key == key and not row.heading:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(self._rows.index(number), flag)
                return
        self.selectionModel().clear()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, new: QModelIndex, _old: QModelIndex) -> None:
        row = self._row(new)
        if row is not None and not row.heading and not self._quiet:
            self.selected.emit(row.key)
