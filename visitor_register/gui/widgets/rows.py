"""The rows of a list, and how they are painted: time, two lines, a state, and the action at the right."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec

ROW_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TIME_WIDTH = 62
_NARROW = 380


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` is what the signals carry; a heading has only a title and a note, and cannot be chosen."""

    key: Any
    title: str
    second: str = ""
    time: str = ""
    state: PillSpec | None = None
    """Takes the place of the second line: a shape and words."""
    pill: PillSpec | None = None
    note: str = ""
    action: str = ""
    also: str = ""
    """A second thing to do with it, as a small button with a printer behind the action."""
    heading: bool = False

    def as_words(self) -> str:
        """The same facts for a screen reader."""
        state = self.state.text if self.state else self.second
        pill = self.pill.text if self.pill else ""
        told = (self.time, self.title, state, pill, self.note, self.action, self.also)
        return ", ".join(part for part in told if part)


class RowDelegate(QStyledItemDelegate):
    """Paints rows; knows where their action stands."""

    def __init__(self, parent: QWidget, *, high: int = 56, solid_action: bool = False) -> None:
        super().__init__(parent)
        self._high, self._solid = high, solid_action

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Fixed heights, always."""
        row = index.data(ROW_ROLE)
        return QSize(100, theme.current().px(36 if isinstance(row, Row) and row.heading else self._high))

    def action_rect(self, rect: QRect, row: Row, *, chosen: bool) -> QRect:
        """Where the painted button of a row is."""
        if not row.action:
            return QRect()
        look = theme.current()
        key = paint.key_width("Enter") + look.px(12) if chosen and not _is_narrow(rect) else 0
        wide = QFontMetrics(look.font("label")).horizontalAdvance(row.action) + key + look.px(24)
        high = look.px(34)
        end = self.also_rect(rect, row).left() - look.px(6) if row.also else rect.right() - look.px(14)
        return QRect(end - wide, rect.center().y() - high // 2 + 1, wide, high)

    def also_rect(self, rect: QRect, row: Row) -> QRect:
        """Where the small second button is: always in one place, or the press that chooses the row would miss it."""
        if not row.also:
            return QRect()
        look = theme.current()
        side = look.px(34)
        return QRect(rect.right() - look.px(14) - side, rect.center().y() - side // 2 + 1, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            return
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected) and not row.heading
        if chosen:
            painter.fillRect(rect, look.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver and not row.heading:
            painter.fillRect(rect, look.color("hover"))
        left = look.px(16)
        under = 0 if row.heading else left
        painter.fillRect(QRect(rect.left() + under, rect.bottom(), rect.width() - under, 1), look.color("border"))
        if row.heading:
            self._heading(painter, rect.adjusted(left, 0, -left, 0), row)
        else:
            inner = rect.adjusted(left, 0, -look.px(14), 0)
            inner.setRight(self._right_side(painter, rect, inner, row, chosen))
            # Where there is little room the name comes first, and a pill becomes the second line.
            below = row.state or (row.pill if _is_narrow(rect) else None)
            self._words(painter, inner, row, below)
            if chosen and state & QStyle.StateFlag.State_HasFocus:
                paint.box(painter, rect.adjusted(1, 1, -1, -1), look.px(4), line="focus", width=2)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        look = theme.current()
        font = look.font("label")
        paint.text(painter, rect, row.title, font, look.color("muted"))
        after = rect.adjusted(QFontMetrics(font).horizontalAdvance(row.title) + look.px(14), 0, 0, 0)
        paint.text(painter, after, row.note, font, look.color("muted"))

    def _right_side(self, painter: QPainter, rect: QRect, inner: QRect, row: Row, chosen: bool) -> int:
        """Draw what stands at the right, and say where the words must end."""
        look = theme.current()
        right = inner.right()
        if row.also:
            self._also(painter, self.also_rect(rect, row))
        if row.action:
            button = self.action_rect(rect, row, chosen=chosen)
            solid = self._solid and chosen
            ink = "on_accent" if solid else "accent"
            paint.box(
                painter, button, look.px(6), fill="accent" if solid else "raised", line=None if solid else "control"
            )
            words = button.adjusted(look.px(12), 0, -look.px(10), 0)
            paint.text(painter, words, row.action, look.font("label"), look.color(ink), elide=False)
            if chosen and not _is_narrow(rect):
                outline, key_ink = ("on_accent", "on_accent") if solid else ("control", "muted")
                paint.key_hint(painter, words, "Enter", key_ink, outline=outline, fill=None if solid else "raised")
            right = button.left() - look.px(12)
        if _is_narrow(rect):
            return right
        if row.pill is not None:
            wide, high = paint.pill_width(row.pill), look.px(26)
            where = QRect(right - wide, rect.center().y() - high // 2 + 1, wide, high)
            paint.pill(painter, where, row.pill)
            right = where.left() - look.px(12)
        if row.note:
            font = look.font("cap")
            wide = QFontMetrics(font).horizontalAdvance(row.note)
            where = QRect(right - wide, rect.top(), wide + 1, rect.height())
            paint.text(painter, where, row.note, font, look.color("muted"), _RIGHT, elide=False)
            right = where.left() - look.px(12)
        return right

    def _also(self, painter: QPainter, button: QRect) -> None:
        look = theme.current()
        paint.box(painter, button, look.px(6), fill="raised", line="control")
        gap = (button.width() - look.px(18)) // 2
        icons.draw(painter, button.adjusted(gap, gap, -gap, -gap), "printer", "accent")

    def _words(self, painter: QPainter, inner: QRect, row: Row, state: PillSpec | None) -> None:
        look = theme.current()
        if row.time:
            time = look.font("time")
            paint.text(painter, inner, row.time, time, look.color("text"), elide=False)
            inner = inner.adjusted(
                max(look.px(_TIME_WIDTH), QFontMetrics(time).horizontalAdvance(row.time) + 8), 0, 0, 0
            )
        if not row.second and state is None:
            paint.text(painter, inner, row.title, look.font("strong"), look.color("text"))
            return
        middle, high = inner.center().y(), look.px(22)
        upper = QRect(inner.left(), middle - high + 1, inner.width(), high)
        lower = QRect(inner.left(), middle + 1, inner.width(), high)
        paint.text(painter, upper, row.title, look.font("strong"), look.color("text"))
        if state is None:
            paint.text(painter, lower, row.second, look.font("cap"), look.color("muted"))
            return
        side = look.px(16)
        paint.state_shape(painter, QRect(lower.left(), lower.center().y() - side // 2 + 1, side, side), state)
        words = lower.adjusted(side + look.px(6), 0, 0, 0)
        paint.text(painter, words, state.text, look.font("label"), look.color(state.tone.text))


def _is_narrow(rect: QRect) -> bool:
    return rect.width() < theme.current().px(_NARROW)
