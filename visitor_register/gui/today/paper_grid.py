"""Fields side by side in reading order, in as many columns as there is room for."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from visitor_register.gui import metrics, theme
from visitor_register.gui.widgets.fields import Field

_COLUMN = 300
"""The least width of a field with its label."""
_MOST_COLUMNS = 3


class FieldGrid(QWidget):
    """A form that lays itself out again when it gets wider or a field is hidden. Hidden fields leave no gap."""

    def __init__(self, fields: Iterable[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "scrolled")
        self._fields = tuple(fields)
        self._off: set[Field] = set()
        self._laid: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 4, 0)
        self._grid.setHorizontalSpacing(metrics.PAGE_MARGIN)
        self._grid.setVerticalSpacing(metrics.FIELD_GAP)
        self.arrange()

    def ask(self, field: Field, wanted: bool) -> None:
        """Ask for this field, or leave it out."""
        if wanted == (field in self._off):
            self._off ^= {field}
            field.setVisible(wanted)
            self.arrange()

    def arrange(self) -> None:
        """Lay out what is asked; the last field has the rest of its row."""
        columns = max(1, min(_MOST_COLUMNS, self.width() // theme.current().px(_COLUMN)))
        shown = [field for field in self._fields if field not in self._off]
        if self._laid == (columns, *shown):
            return
        self._laid = (columns, *shown)
        for field in self._fields:
            self._grid.removeWidget(field)
        for number, field in enumerate(shown):
            row, column = divmod(number, columns)
            rest = columns - column if field is shown[-1] else 1
            self._grid.addWidget(field, row, column, 1, rest, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        last = -(-len(shown) // columns)
        for row in range(len(self._fields) + 1):
            self._grid.setRowStretch(row, 1 if row == last else 0)

    def minimumSizeHint(self) -> QSize:
        """One column: a wider layout must not keep the form from getting narrow."""
        return QSize(theme.current().px(_COLUMN), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.arrange()
