"""One box of the drawing, and the sign beside it, as items of a scene."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Box, Mark
from visitor_register.gui import theme
from visitor_register.gui.chart.boxes_look import SIZES, BoxesLook
from visitor_register.gui.chart.drawing_text import fit
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.paint import PillSpec

_INSIDE = 3.0
_SMALL = 0.9
"""Below this size of the page a sign is its shape alone: the words would hide the boxes."""


class BoxItem(QGraphicsItem):
    """A box with its text, as large as it is drawn in the file."""

    def __init__(self, box: Box, names: Collection[str], look: BoxesLook) -> None:
        super().__init__()
        self.box, self.look = box, look
        self.area = QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))
        self.state: BoxState | None = None
        self.chosen = False
        self._size, self._lines = _fitted(box.lines, names, self.area, look)
        self.sign = Sign(self)
        self.sign.setPos(self.area.topRight())

    def show_state(self, state: BoxState | None, spec: PillSpec | None) -> None:
        """Be framed as sure as its line is."""
        self.state = state
        self.sign.show_pill(spec)
        self._stand()

    def choose(self, chosen: bool) -> None:
        """Stand out, or not."""
        if chosen != self.chosen:
            self.chosen = chosen
            self._stand()

    def boundingRect(self) -> QRectF:
        """The box with its ring."""
        return self.area.adjusted(-5, -5, 5, 5)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw frame, words and ring."""
        state, look = self.state, self.look
        mark = state.mark if state is not None and not state.top else Mark.SET
        painter.setBrush(look.fills[mark if state is None or not state.by_hand else Mark.SET])
        by_hand = state is not None and state.by_hand and state.mark is Mark.SET
        painter.setPen(look.by_hand if by_hand else look.frames[mark])
        painter.drawRoundedRect(self.area, 3, 3)
        painter.setPen(look.inks[Mark.SET if state is not None and state.by_hand else mark])
        y = self.area.center().y() - len(self._lines) * self._size * 0.6
        for words, bold in self._lines:
            line = QRectF(self.area.left(), y, self.area.width(), self._size * 1.2)
            painter.setFont(look.fonts[self._size, bold])
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)
            y += self._size * 1.2
        if self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.chosen)
            painter.drawRoundedRect(self.area.adjusted(-3, -3, 3, 3), 5, 5)

    def _stand(self) -> None:
        """A sign must not be hidden by the next box."""
        self.setZValue(2 if self.chosen else 1 if self.state is not None and self.state.asked else 0)
        self.update()


class Sign(QGraphicsItem):
    """A shape and a word at the corner of a box, or the number of an answer; as large at every size of the page."""

    def __init__(self, box: BoxItem) -> None:
        super().__init__(box)
        self._box = box
        self._spec: PillSpec | None = None
        self._number, self._small = 0, False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(2)

    def show_pill(self, spec: PillSpec | None) -> None:
        """Show a state; None shows nothing."""
        self._change()
        self._spec = spec

    def show_number(self, number: int) -> None:
        """Show the number of the answer that this box is; 0 shows the state again."""
        if number != self._number:
            self._change()
            self._number = number

    def follow(self, zoom: float) -> None:
        """Be a shape alone on a page that is shown small."""
        small = zoom < _SMALL
        if small != self._small:
            self._change()
            self._small = small

    def boundingRect(self) -> QRectF:
        """Over the upper right corner of the box."""
        return QRectF(self._where()).adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the pill, the shape, or the number."""
        where = self._where()
        if self._number:
            look = self._box.look
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.number_fill)
            painter.drawRoundedRect(where, 6, 6)
            painter.setPen(look.number)
            painter.setFont(theme.current().font("label"))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(self._number))
        elif self._spec is not None and self._small:
            paint.state_shape(painter, where, self._spec)
        elif self._spec is not None:
            paint.pill(painter, where, self._spec)

    def _where(self) -> QRect:
        current = theme.current()
        if self._number:
            wide, high = current.px(26), current.px(24)
            return QRect(-wide // 3, -2 * high // 3, wide, high)
        if self._spec is None:
            return QRect()
        elif self._small:
            wide = high = current.px(18)
        else:
            # Above the box, whose words it must not hide.
            wide, high = paint.pill_width(self._spec), current.px(24)
            return QRect(-wide + current.px(6), -high + current.px(4), wide, high)
        return QRect(-wide // 2, -high // 2, wide, high)

    def _change(self) -> None:
        self.prepareGeometryChange()
        self.update()


def _fitted(
    lines: tuple[str, ...], names: Collection[str], area: QRectF, look: BoxesLook
) -> tuple[int, list[tuple[str, bool]]]:
    """Return the largest letters with which all words fit into a box whole, and its lines; the smallest are cut."""
    room, high = area.width() - 2 * _INSIDE, area.height() - 2
    found: list[tuple[str, bool]] = []
    for size in SIZES:
        most = max(1, int(high / (size * 1.2)))
        whole, found = True, []
        for text in lines:
            bold = text in names
            advance = look.advance(size, bold=bold)
            broken = fit(" ".join(text.split()), round(room), most, advance)
            found += [(line, bold) for line in broken.lines]
            words = all(advance(word) <= room for word in text.split())
            whole = whole and broken.whole and words
        if whole and len(found) <= most:
            return size, found
    return SIZES[-1], found[: max(1, int(high / (SIZES[-1] * 1.2)))]
