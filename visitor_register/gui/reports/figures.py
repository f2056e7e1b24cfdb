"""A table of numbers as the report shows it: drawn in one piece, told to screen readers in words."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from visitor_register.domain.report import Row, Table
from visitor_register.gui import theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.plain_label import PlainLabel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Figures(QWidget):
    """Rows of numbers under their headings; the sum is the last row, in bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_are = ""
        self.columns: tuple[str, ...] = ()
        self.rows: list[tuple[Row, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows_are: str, columns: tuple[str, ...], rows: list[tuple[Row, bool]]) -> None:
        """Show these rows, each with whether it is a sum."""
        self.rows_are, self.columns, self.rows = rows_are, columns, rows
        said = [
            f"{row.name}: " + ", ".join(f"{cell.value} {name}" for cell, name in zip(row.cells, columns, strict=False))
            for row, _ in rows
        ]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(theme.current().px(360), self._row() * (len(self.rows) + 1) + theme.current().px(4))

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings, numbers and hairlines."""
        look, painter, high = theme.current(), QPainter(self), self._row()
        widths = self._widths()
        self._line(painter, 0, self.rows_are, self.columns, widths, "label", "muted")
        for number, (row, is_sum) in enumerate(self.rows, 1):
            painter.fillRect(0, number * high, self.width(), 1, look.color("border"))
            values = tuple(str(cell.value) for cell in row.cells[: len(self.columns)])
            self._line(painter, number, row.name, values, widths, "strong" if is_sum else "body", "text")
        painter.end()

    def _line(
        self, painter: QPainter, number: int, name: str, words: tuple[str, ...], widths: list[int], role: str, ink: str
    ) -> None:
        look, high = theme.current(), self._row()
        font, colour, y = look.font(role), look.color(ink), number * high
        paint.text(painter, QRect(0, y, self.width() - sum(widths) - look.px(8), high), name, font, colour)
        x = self.width()
        for said, wide in reversed(list(zip(words, widths, strict=True))):
            x -= wide
            paint.text(painter, QRect(x, y, wide, high), said, font, colour, _RIGHT)

    def _widths(self) -> list[int]:
        look = theme.current()
        room = QFontMetrics(look.font("label"))
        most = max(look.px(48), int(self.width() * 0.62) // max(1, len(self.columns)))
        return [min(most, room.horizontalAdvance(name) + look.px(20)) for name in self.columns]

    def _row(self) -> int:
        return QFontMetrics(theme.current().font("body")).height() + theme.current().px(12)


class TableCard(Card):
    """A table of the report with its title and the sentence that says what it counts."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(table.title, parent=parent)
        self.says = PlainLabel(table.says, t="cap", wrap=True)
        self.figures = Figures()
        self.figures.setAccessibleName(table.title)
        self.body.addWidget(self.says)
        self.body.addWidget(self.figures)
        self.body.addStretch(1)
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """Show other numbers."""
        self.set_title(table.title)
        self.says.setText(table.says if table.rows else f"{table.says} Nothing in these days.")
        columns = table.columns if len(table.columns) == 1 else (*table.columns, "All")
        self.figures.show_rows(table.rows_are, columns, [(row, row is table.total) for row in table.every_row])


class HeadlineCard(Card):
    """A large figure, what it counts, and a second line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.figure, self.what = PlainLabel(t="big"), PlainLabel(t="strong", wrap=True)
        self.more = PlainLabel(t="cap", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (self.figure, self.what, self.more):
            column.addWidget(label)
        column.addStretch(1)
        self.body.addLayout(column)
