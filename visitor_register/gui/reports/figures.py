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
        # Tab goes from table to table: so the page scrolls for the keyboard too, and each is read out.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
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
        return QSize(theme.current().px(360), self._head() + self._row() * len(self.rows) + theme.current().px(4))

    def minimumSizeHint(self) -> QSize:
        """The same height; narrow, names give way."""
        return QSize(theme.current().px(260), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw headings, numbers and hairlines."""
        look, painter, high = theme.current(), QPainter(self), self._row()
        widths, top = self._widths(), self._head()
        painter.setFont(look.font("label"))
        painter.setPen(look.color("muted"))
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignBottom
        x = self.width() - sum(widths)
        gap = look.px(8)
        painter.drawText(QRect(0, 0, x - gap, top - gap), wrapped | Qt.AlignmentFlag.AlignLeft, self.rows_are)
        for name, wide in zip(self.columns, widths, strict=True):
            painter.drawText(QRect(x, 0, wide, top - gap), wrapped | Qt.AlignmentFlag.AlignRight, name)
            x += wide
        for number, (row, is_sum) in enumerate(self.rows):
            painter.fillRect(0, top + number * high, self.width(), 1, look.color("border"))
            self._line(painter, top + number * high, row, widths, "strong" if is_sum else "body")
        painter.end()

    def _line(self, painter: QPainter, y: int, row: Row, widths: list[int], role: str) -> None:
        look, high = theme.current(), self._row()
        font, colour, x = look.font(role), look.color("text"), self.width() - sum(widths)
        paint.text(painter, QRect(0, y, x - look.px(8), high), row.name, font, colour)
        for cell, wide in zip(row.cells, widths, strict=False):
            paint.text(painter, QRect(x, y, wide, high), str(cell.value), font, colour, _RIGHT)
            x += wide

    def _widths(self) -> list[int]:
        """As wide as the longest word of each heading, which breaks between words, and a large number."""
        look = theme.current()
        room = QFontMetrics(look.font("label"))
        return [
            max(look.px(52), *(room.horizontalAdvance(word) + look.px(16) for word in name.split()))
            for name in self.columns
        ]

    def _head(self) -> int:
        look = theme.current()
        room = QFontMetrics(look.font("label"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight
        tall = [
            room.boundingRect(QRect(0, 0, wide, 1000), flags, name).height()
            for name, wide in zip(self.columns, self._widths(), strict=True)
        ]
        return max([room.height(), *tall]) + look.px(12)

    def _row(self) -> int:
        return QFontMetrics(theme.current().font("body")).height() + theme.current().px(12)


class TableCard(Card):
    """A table of the report with its title and the sentence that says what it counts."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(table.title, parent=parent)
        self.title.setWordWrap(True)
        self.hint.hide()
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
        self.figures.show_rows(table.rows_are, table.headings, [(row, row is table.total) for row in table.every_row])


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
