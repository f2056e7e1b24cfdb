"""A table of frozen rows that are sorted, filtered and paged elsewhere; heights are fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.cells import CELL_ROLE, Cell, CellDelegate
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.rows import Index


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its width at text size 100 %, 0 for what is left, and how rows can be sorted by it."""

    title: str
    width: int = 0
    sort: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: what the signals carry, and a cell for each column."""

    key: Any
    cells: tuple[Cell, ...]


class CellModel(QAbstractTableModel):
    """Frozen rows for a view."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[TableRow] = []

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[TableRow]) -> None:
        """Add the next page."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell itself, and its facts in words."""
        if not index.isValid():
            return None
        cell = self.rows[index.row()].cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.as_words()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.as_words())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns; rows have none."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None


class TablePanel(QTableView):
    """Rows to look at and act on.

    Signals:
        activated_row: The key of a row, by Enter or two clicks.
        ticked: The key of a row, by Space, or a click on its tick box.
        selected: The key of the row one stands on.
        sort_wanted: The `sort` of a column whose title was clicked.
        more_wanted: The end is in sight; give the next page to `add_rows`.
    """

    activated_row = Signal(object)
    ticked = Signal(object)
    selected = Signal(object)
    sort_wanted = Signal(str)
    more_wanted = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        row_height: int = 40,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = CellModel(columns, self)
        self._row_height, self._empty = row_height, empty
        self._more, self._quiet = False, False
        self.setModel(self._cells)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(column.sort for column in columns))
        header.sectionClicked.connect(self._sort)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._twice)
        self.clicked.connect(self._once)
        self._fit()

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows that are shown."""
        return tuple(self._cells.rows)

    def set_rows(self, rows: Sequence[TableRow], *, more: bool = False) -> None:
        """Show these rows; `more` says that there are further pages. The chosen row stays chosen. No signal."""
        before, place = self.current_key(), self.verticalScrollBar().value()
        self._more = more
        self._quiet = True
        self._cells.set_rows(rows)
        self._choose(before)
        if self.hasFocus() and self.current_key() is None and rows:
            self._choose(rows[0].key)
        self._quiet = False
        self.verticalScrollBar().setValue(place)
        self.viewport().update()

    def add_rows(self, rows: Sequence[TableRow], *, more: bool = False) -> None:
        """Add the next page."""
        self._more = more
        self._cells.add_rows(rows)

    def current_key(self) -> Any:
        """The key of the chosen row, or None."""
        index = self.currentIndex()
        return self._cells.rows[index.row()].key if index.isValid() else None

    def choose(self, key: Any) -> None:
        """Stand on the row with this key."""
        self._choose(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts and Space ticks. Letters are left alone: they belong to the search field."""
        key = self.current_key()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if key is not None and not event.isAutoRepeat():
                self.activated_row.emit(key)
        elif event.key() == Qt.Key.Key_Space:
            if key is not None and not event.isAutoRepeat():
                self.ticked.emit(key)
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An empty table says so in one muted line."""
        super().paintEvent(event)
        if not self._cells.rows and self._empty:
            painter, look = QPainter(self.viewport()), theme.current()
            where = self.viewport().rect().adjusted(look.px(12), 0, -look.px(12), 0)
            where.setHeight(look.px(56))
            paint.text(painter, where, self._empty, look.font("body"), look.color("muted"))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        look, header = theme.current(), self.horizontalHeader()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        header.setFixedHeight(look.px(38))
        for number, column in enumerate(self._cells.columns):
            stretch = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(number, stretch)
            if column.width:
                self.setColumnWidth(number, look.px(column.width))

    def _choose(self, key: Any) -> None:
        for number, row in enumerate(self._cells.rows):
            if key is not None and row.key == key:
                flag = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(self._cells.index(number, 0), flag.ClearAndSelect | flag.Rows)
                return
        self.selectionModel().clear()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, new: QModelIndex, _old: QModelIndex) -> None:
        if new.isValid() and not self._quiet:
            self.selected.emit(self._cells.rows[new.row()].key)

    @Slot(QModelIndex)
    def _twice(self, index: QModelIndex) -> None:
        self.activated_row.emit(self._cells.rows[index.row()].key)

    @Slot(QModelIndex)
    def _once(self, index: QModelIndex) -> None:
        row = self._cells.rows[index.row()]
        if row.cells[index.column()].ticked is not None:
            self.ticked.emit(row.key)

    @Slot(int)
    def _sort(self, section: int) -> None:
        if self._cells.columns[section].sort:
            self.sort_wanted.emit(self._cells.columns[section].sort)

    @Slot(int)
    def _scrolled(self, value: int) -> None:
        if self._more and value >= self.verticalScrollBar().maximum() - self.viewport().height():
            # Asked once for each page: the answer sets it again.
            self._more = False
            self.more_wanted.emit()
