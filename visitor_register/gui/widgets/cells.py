"""The cells of a table, and how they are painted."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Index

CELL_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a line, perhaps a second one, or a pill, or a tick box.

    `t` is the font role of the first line; `whole` keeps it from being shortened (numbers and dates).
    """

    text: str = ""
    second: str = ""
    pill: PillSpec | None = None
    ticked: bool | None = None
    t: str = "body"
    muted: bool = False
    whole: bool = False

    def as_words(self) -> str:
        """The same facts for a screen reader."""
        tick = {True: "ticked", False: "not ticked", None: ""}[self.ticked]
        return ", ".join(part for part in (tick, self.pill.text if self.pill else "", self.text, self.second) if part)


class CellDelegate(QStyledItemDelegate):
    """Paints cells; the chosen row has its tint, bar and ring over the whole width."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, look.color("accent_soft"))
            if index.column() == 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))
        inner = rect.adjusted(look.px(12), 0, -look.px(8), 0)
        if cell.ticked is not None:
            inner = self._tick(painter, inner, cell.ticked)
        if cell.pill is not None:
            high = look.px(26)
            wide = min(paint.pill_width(cell.pill), inner.width())
            paint.pill(painter, QRect(inner.left(), rect.center().y() - high // 2 + 1, wide, high), cell.pill)
        else:
            self._lines(painter, inner, cell)
        view = self.parent()
        if chosen and isinstance(view, QTableView) and view.hasFocus():
            self._ring(painter, view, rect)
        painter.restore()

    def _tick(self, painter: QPainter, inner: QRect, ticked: bool) -> QRect:
        look = theme.current()
        side = look.px(22)
        box = QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side)
        paint.box(
            painter, box, look.px(4), fill="accent" if ticked else "raised", line="accent" if ticked else "control"
        )
        if ticked:
            icons.draw(painter, box.adjusted(3, 3, -3, -3), "check", "on_accent")
        return inner.adjusted(side + look.px(12), 0, 0, 0)

    def _lines(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        look = theme.current()
        ink, font = look.color("muted" if cell.muted else "text"), look.font(cell.t)
        if not cell.second:
            paint.text(painter, inner, cell.text, font, ink, elide=not cell.whole)
            return
        high, middle = look.px(26 if cell.t == "fire" else 22), inner.center().y()
        upper = QRect(inner.left(), middle - high + look.px(3), inner.width(), high)
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), look.px(20))
        paint.text(painter, upper, cell.text, font, ink, elide=not cell.whole)
        paint.text(painter, lower, cell.second, look.font("cap"), look.color("muted"))

    def _ring(self, painter: QPainter, view: QTableView, rect: QRect) -> None:
        """The part of the row's ring that lies in this cell."""
        whole = QRect(0, rect.top(), view.viewport().width(), rect.height()).adjusted(1, 1, -1, -1)
        painter.setClipRect(rect)
        paint.box(painter, whole, theme.current().px(4), line="focus", width=2)
