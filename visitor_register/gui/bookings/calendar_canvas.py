"""What is painted round the cards of a day or a week: hour lines, shaded days, headings, and the present time."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visitor_register.gui import theme
from visitor_register.gui.bookings.calendar_layout import HOUR, QUARTER, Grid, Span, clock, gap
from visitor_register.gui.bookings.calendar_words import CalendarWords, ColumnWords
from visitor_register.gui.widgets import paint

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LINE = 20


class CalendarCanvas(QWidget):
    """The ground under the cards. A click on it points at a quarter of an hour.

    Signals:
        pointed: The number of a column and a minute of the day.
    """

    pointed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.grid = CalendarWords(), Grid((0, 1), range(8, 17), 56.0)
        self.present: int | None = None
        self._under: tuple[int, int] | None = None
        self.setMouseTracking(True)

    def show_words(self, words: CalendarWords, grid: Grid, present: int | None) -> None:
        """Paint these columns in this grid; `present` is the minute of today's line."""
        self.words, self.grid, self.present = words, grid, present
        self._under = None
        self.update()

    @Slot()
    def scrolled(self) -> None:
        """The words of a day stay in sight."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is not a card."""
        painter, look, grid = QPainter(self), theme.current(), self.grid
        for number, column in enumerate(self.words.columns):
            left, right = grid.edges[number], grid.edges[number + 1]
            if column.shaded:
                painter.fillRect(QRect(left, 0, right - left, self.height()), look.color("sunken"))
        line = look.color("border")
        for hour in grid.shown:
            painter.fillRect(QRect(0, grid.y(hour * HOUR), self.width(), 1), line)
        for edge in grid.edges[:-1]:
            painter.fillRect(QRect(edge, 0, 1, self.height()), line)
        for number, column in enumerate(self.words.columns):
            self._paint_shaded_word(painter, number, column)
            if column.today and self.present is not None:
                left, right = grid.edges[number], grid.edges[number + 1]
                painter.fillRect(QRect(left, grid.y(self.present) - 1, right - left, 2), look.color("accent"))
        self._paint_under(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which time would be booked."""
        self._point(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click begins a booking."""
        where = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and where is not None:
            self.pointed.emit(*where)

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        if not self.words.columns or not self.rect().contains(point):
            return None
        return self.grid.column(point.x()), self.grid.quarter(point.y())

    def _point(self, where: tuple[int, int] | None) -> None:
        if where != self._under:
            self._under = where
            self.update()

    def _paint_under(self, painter: QPainter) -> None:
        if self._under is None:
            return
        look, grid = theme.current(), self.grid
        number, minute = self._under
        left, right, top = grid.edges[number] + 4, grid.edges[number + 1] - 4, grid.y(minute)
        where = QRect(left, top + 1, right - left, max(look.px(_LINE), grid.y(minute + 2 * QUARTER) - top - 2))
        paint.box(painter, where, look.px(6), fill="hover", line="border")
        words = where.adjusted(look.px(8), 0, 0, 0)
        paint.text(painter, words, f"{clock(minute):%H:%M}  book", look.font("cap"), look.color("muted"))

    def _paint_shaded_word(self, painter: QPainter, number: int, column: ColumnWords) -> None:
        """Why there are no pupils, where no card stands over it."""
        if not column.shaded or (self.words.by_day and number):
            return
        look, grid = theme.current(), self.grid
        font = look.font("capb")
        wide = grid.edges[number + 1] - grid.edges[number] - look.px(12)
        flags = _CENTRE | Qt.TextFlag.TextWordWrap
        high = QFontMetrics(font).boundingRect(QRect(0, 0, wide, 400), flags, column.shaded).height() + look.px(18)
        seen = self.visibleRegion().boundingRect()
        first, last = grid.minute(seen.top()), grid.minute(seen.bottom())
        spans = [Span(card.span.start, card.span.end) for card in column.cards]
        at = gap(spans, first, last, grid.minutes(high))
        painter.setFont(font)
        painter.setPen(look.color("muted"))
        where = QRect(grid.edges[number] + look.px(6), grid.y(first if at is None else at), wide, high)
        painter.drawText(where, flags, column.shaded)


class CalendarHeadings(QWidget):
    """The names of the columns, above what scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self.grid = CalendarWords(), Grid((0, 1), range(8, 17), 56.0)
        self.gutter = self.moved = 0

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(0, theme.current().px(52))

    def show_words(self, words: CalendarWords, grid: Grid, gutter: int) -> None:
        """Name these columns."""
        self.words, self.grid, self.gutter = words, grid, gutter
        self.update()

    def scroll_to(self, moved: int) -> None:
        """Follow the cards."""
        self.moved = moved
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter, look = QPainter(self), theme.current()
        painter.setClipRect(QRect(self.gutter, 0, self.width() - self.gutter, self.height()))
        for number, column in enumerate(self.words.columns):
            left = self.gutter + self.grid.edges[number] - self.moved
            wide = self.grid.edges[number + 1] - self.grid.edges[number]
            painter.fillRect(QRect(left, 0, 1, self.height()), look.color("border"))
            inner = QRect(left + look.px(9), look.px(5), wide - look.px(12), look.px(22))
            marked = column.today and not self.words.by_day
            font, ink = look.font("h3"), look.color("accent" if marked else "text")
            paint.text(painter, inner, _fitting(font, inner.width(), column.title, column.short), font, ink)
            below = QRect(inner.left(), inner.bottom() + 1, inner.width(), look.px(19))
            font = look.font("capb" if marked else "cap")
            second = _fitting(font, inner.width(), f"Today, {column.second}", "Today") if marked else column.second
            paint.text(painter, below, second, font, look.color("muted"))
            if marked:
                painter.fillRect(QRect(left + 1, self.height() - 4, wide - 1, 3), look.color("accent"))
        painter.setClipping(False)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.color("border"))
        painter.end()


class CalendarGutter(QWidget):
    """The hours, left of what scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid, self.moved = Grid((0, 1), range(8, 17), 56.0), 0
        self.present: int | None = None

    def sizeHint(self) -> QSize:
        """Wide enough for a time."""
        look = theme.current()
        return QSize(QFontMetrics(look.font("cap")).horizontalAdvance("00:00") + look.px(18), 0)

    def show_hours(self, grid: Grid, present: int | None) -> None:
        """Write the hours of a grid, and the present time where there is one."""
        self.grid, self.present = grid, present
        self.update()

    def scroll_to(self, moved: int) -> None:
        """Follow the cards."""
        self.moved = moved
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        painter, look = QPainter(self), theme.current()
        high = look.px(_LINE)
        now = self.grid.y(self.present) - self.moved if self.present is not None else None
        for hour in self.grid.shown:
            y = self.grid.y(hour * HOUR) - self.moved
            painter.fillRect(QRect(self.width() - look.px(6), y, look.px(6), 1), look.color("border"))
            where = QRect(0, y + 1, self.width() - look.px(9), high)
            if now is None or abs(where.center().y() - now) > high - 2:
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                paint.text(painter, where, f"{hour:02}:00", look.font("cap"), look.color("muted"), right)
        if now is not None and self.present is not None:
            box = QRect(look.px(4), now - high // 2, self.width() - look.px(6), high)
            paint.box(painter, box, look.px(4), fill="accent")
            paint.text(painter, box, f"{clock(self.present):%H:%M}", look.font("key"), look.color("on_accent"), _CENTRE)
        painter.end()


def _fitting(font: QFont, width: int, whole: str, short: str) -> str:
    """The whole if there is room for it, else what is short."""
    return whole if not short or QFontMetrics(font).horizontalAdvance(whole) <= width else short
