"""The lines of the fire list: large names, a box to tick, fixed heights; Space, Enter or a click ticks."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.fire_list.state import FireLine
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.rows import Index
from visitor_register.gui.widgets.tone import Tone

LINE_ROLE = Qt.ItemDataRole.UserRole
_HIGH, _HEADING_HIGH, _BOX = 56, 40, 26


def columns(width: int) -> tuple[QRect, QRect, QRect, QRect, QRect]:
    """Where box, name, place, time and note stand in a row of this width; heights are the caller's."""
    look = theme.current()
    box, since, note = look.px(64), look.px(112), look.px(196)
    rest = max(width - box - since - note, look.px(200))
    name = rest * 56 // 100
    edges = (0, box, box + name, box + rest, box + rest + since, box + rest + since + note)
    cells = [QRect(left, 0, right - left, 0) for left, right in pairwise(edges)]
    return cells[0], cells[1], cells[2], cells[3], cells[4]


class FireLines(QAbstractListModel):
    """The lines for the view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[FireLine, ...] = ()

    def set_lines(self, lines: Sequence[FireLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The arrow keys pass over a title."""
        if not index.isValid() or self.lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line itself, and its facts in words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.as_words()
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.as_words())
        return None


class FireRows(QListView):
    """Everybody to look for.

    Signals:
        ticked: The key of somebody who was ticked off, or whose tick was taken back.
    """

    ticked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = FireLines(self)
        self.setModel(self._lines)
        self.setItemDelegate(FireDelegate(self))
        self.setAccessibleName("Visitors to tick off")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that the columns stand still when one person more comes.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabKeyNavigation(False)

    @property
    def lines(self) -> tuple[FireLine, ...]:
        """The lines that are shown."""
        return self._lines.lines

    def set_lines(self, lines: Sequence[FireLine]) -> None:
        """Show these lines, and stay on the same person; when that one is gone, on the next."""
        if tuple(lines) == self._lines.lines:
            return
        key, number = self.current_key(), self.currentIndex().row()
        place = self.verticalScrollBar().value()
        self._lines.set_lines(lines)
        if not self.choose(key) and (number >= 0 or self.hasFocus()):
            self._choose_near(max(number, 0))
        self.verticalScrollBar().setValue(place)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def current_key(self) -> Any:
        """The key of the chosen person, or None."""
        row = self.currentIndex().row()
        return self._lines.lines[row].key if 0 <= row < len(self._lines.lines) else None

    def choose(self, key: Any) -> bool:
        """Stand on the person with this key; False when there is none."""
        for number, line in enumerate(self._lines.lines):
            if line.key == key and not line.heading:
                self.setCurrentIndex(self._lines.index(number))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick. Letters are left alone: no bare letter does anything in this program."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            key = self.current_key()
            if key is not None and not event.isAutoRepeat():
                self.ticked.emit(key)
        elif event.key() == Qt.Key.Key_Escape or (event.text() and event.text().isprintable()):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the column of boxes ticks; elsewhere it only chooses the person."""
        super().mousePressEvent(event)
        where = event.position().toPoint()
        index = self.indexAt(where)
        inside = where.x() < columns(self.viewport().width())[0].right()
        if event.button() == Qt.MouseButton.LeftButton and inside and index.isValid():
            line = self._lines.lines[index.row()]
            if not line.heading:
                self.ticked.emit(line.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice is two clicks."""
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands on somebody."""
        super().focusInEvent(event)
        if self.current_key() is None:
            self._choose_near(0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _choose_near(self, number: int) -> None:
        people = [place for place, line in enumerate(self._lines.lines) if not line.heading]
        if people:
            nearest = next((place for place in people if place >= number), people[-1])
            self.setCurrentIndex(self._lines.index(nearest))


class FireDelegate(QStyledItemDelegate):
    """Paints one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed heights, always."""
        line = index.data(LINE_ROLE)
        heading = isinstance(line, FireLine) and line.heading
        return QSize(100, theme.current().px(_HEADING_HIGH if heading else _HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, FireLine):
            return
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if line.heading:
            painter.fillRect(rect, look.color("sunken"))
            inner = rect.adjusted(look.px(14), 0, -look.px(14), 0)
            paint.text(painter, inner, line.title, look.font("strong"), look.color("text"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint.text(painter, inner, line.note, look.font("body"), look.color("muted"), right)
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))
        box, name, place, since, note = (
            QRect(rect.left() + cell.left(), rect.top(), cell.width() - look.px(14), rect.height())
            for cell in columns(rect.width())
        )
        self._box(painter, box, ticked=line.ticked)
        # A long name gets smaller before its end gives way; on paper it is always whole.
        fits = QFontMetrics(look.font("fire")).horizontalAdvance(line.title) <= name.width()
        _two(painter, name, (line.title, "fire" if fits else "strong"), (line.second, "cap"), faded=line.ticked)
        seen = f"to see {line.here_to_see}" if line.here_to_see else ""
        _two(painter, place, (line.where or seen, "body"), (seen if line.where else "", "cap"))
        _two(painter, since, (line.since, "body"), (line.since_day, "cap"))
        self._note(painter, note, line)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, rect.adjusted(1, 1, -1, -1), look.px(4), line="focus", width=2)
        painter.restore()

    def _box(self, painter: QPainter, cell: QRect, *, ticked: bool) -> None:
        look = theme.current()
        side = look.px(_BOX)
        where = QRect(cell.left() + look.px(14), cell.center().y() - side // 2 + 1, side, side)
        colour = "accent" if ticked else None
        paint.box(painter, where, look.px(4), fill=colour or "raised", line=colour or "control", width=1)
        if ticked:
            icons.draw(painter, where.adjusted(4, 4, -4, -4), "check", "on_accent")

    def _note(self, painter: QPainter, cell: QRect, line: FireLine) -> None:
        look = theme.current()
        spec = PillSpec(line.pill, Tone.CHECK)
        high = look.px(26)
        # At the right there is no next column to keep clear of.
        cell = cell.adjusted(0, 0, look.px(6), 0)
        wide = min(paint.pill_width(spec), cell.width())
        if line.pill and line.note:
            paint.pill(painter, QRect(cell.left(), cell.top() + look.px(3), wide, high), spec)
            below = QRect(cell.left() + look.px(8), cell.top() + look.px(30), cell.width() - look.px(8), look.px(22))
            paint.text(painter, below, line.note, look.font("cap"), look.color("muted"))
        elif line.pill:
            paint.pill(painter, QRect(cell.left(), cell.center().y() - high // 2 + 1, wide, high), spec)
        else:
            paint.text(painter, cell, line.note, look.font("body"), look.color("muted"))


def _two(
    painter: QPainter, cell: QRect, first: tuple[str, str], second: tuple[str, str], *, faded: bool = False
) -> None:
    """One or two lines of a cell, in the middle of it."""
    look = theme.current()
    ink = look.color("muted" if faded else "text")
    if not second[0]:
        paint.text(painter, cell, first[0], look.font(first[1]), ink)
        return
    high, low = look.px(28 if first[1] == "fire" else 24), look.px(20)
    top = cell.center().y() - (high + low) // 2 + 1
    paint.text(painter, QRect(cell.left(), top, cell.width(), high), first[0], look.font(first[1]), ink)
    under = QRect(cell.left(), top + high, cell.width(), low)
    paint.text(painter, under, second[0], look.font(second[1]), look.color("muted"))
