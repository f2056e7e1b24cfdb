"""The drawn chart as a scene: an item for each card, one for all lines, and one for the way up to the top."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from visitor_register.domain.chart_drawing import Box, Card, Layout, Point
from visitor_register.domain.chart_layout import lay_out
from visitor_register.gui.chart.drawing_card import CardItem
from visitor_register.gui.chart.drawing_look import CardLook
from visitor_register.gui.chart.drawing_state import NOTHING, Marks, Shape, Told

_EMPTY = Layout({}, (), {}, Box(0, 0, 0, 0))


class LineItem(QGraphicsPathItem):
    """Lines that run across and down; smoothing would only blur them."""

    def __init__(self, depth: float) -> None:
        super().__init__()
        self.setZValue(depth)

    def draw(self, path: QPainterPath, pen: QPen) -> None:
        """Be this path."""
        self.setPen(pen)
        self.setPath(path)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw it sharp."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        super().paint(painter, option, widget)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


class ChartScene(QGraphicsScene):
    """Holds the cards that were ever drawn of one structure; those folded away are hidden.

    Attributes:
        look: The colours and measures in use.
        layout: Where everything stands.
        marks: What stands out.
        ringed: The keyboard is in the drawing.
        lines, way: The two items for all lines, and for the way to the chosen card.
    """

    def __init__(self, look: CardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._told = NOTHING
        self._cards: dict[int, CardItem] = {}
        self._shown: frozenset[int] = frozenset()
        self._marked: set[int] = set()
        self.marks = Marks()
        self.ringed = False
        self.layout: Layout = _EMPTY
        self.lines, self.way = LineItem(-2), LineItem(-1)
        for item in (self.lines, self.way):
            self.addItem(item)

    @property
    def shown(self) -> frozenset[int]:
        """The seats whose cards are drawn."""
        return self._shown

    def card(self, seat: int) -> CardItem | None:
        """The card of a seat, while it is drawn."""
        return self._cards.get(seat) if seat in self._shown else None

    def cards(self) -> list[CardItem]:
        """All cards that are drawn."""
        return [self._cards[seat] for seat in self._shown]

    def tell(self, told: Told) -> None:
        """Hold another structure."""
        for card in self._cards.values():
            self.removeItem(card)
        self._told, self._cards, self._shown, self._marked = told, {}, frozenset(), set()
        self.marks, self.layout = Marks(), _EMPTY

    def shape(self, shape: Shape) -> None:
        """Draw these cards, and no others."""
        seats, words = self._told.tree.seats, self._told.words
        shown = frozenset(shape.shown)
        fresh = shown - self._cards.keys()
        for seat in fresh:
            self._cards[seat] = CardItem(seat, words[seat], self.look)
        for seat in (self._shown ^ shown) - fresh:
            self._cards[seat].setVisible(seat in shown)
        self._shown = shown
        cards = {}
        for seat in shape.shown:
            card, folded = self._cards[seat], seat in shape.folded
            if folded != card.folded:
                card.fold(folded)
            found, below = card.measured, () if folded else seats[seat].below
            cards[seat] = Card(found.width, found.height, below, seats[seat].leads)
        self.layout = lay_out(cards, shape.row, self.look.gaps, stem=shape.stem, apart=shape.apart)
        for seat, box in self.layout.boxes.items():
            self._cards[seat].stand(box)
        for seat in fresh:
            # A card that stands in its place already is not moved about in the scene's index.
            self.addItem(self._cards[seat])
        self.lines.draw(_path((line.start, line.end) for line in self.layout.lines), self.look.line_pen)
        area = self.layout.area
        self.setSceneRect(QRectF(area.left, area.top, area.width, area.height))
        self.mark(self.marks)

    def mark(self, marks: Marks, *, ringed: bool | None = None) -> None:
        """Let the chosen card and the way to it stand out; `ringed`: the keyboard is here."""
        self.marks = marks
        self.ringed = self.ringed if ringed is None else ringed
        way = set(marks.way)
        for seat in self._marked | way | {marks.chosen}:
            card = self._cards.get(seat) if seat is not None else None
            if card is not None:
                chosen = seat == marks.chosen
                card.mark(chosen=chosen, on_path=seat in way, ringed=chosen and self.ringed)
        self._marked = {*way, *({marks.chosen} if marks.chosen is not None else ())}
        stretches = [corners for seat in marks.way if (corners := self.layout.way(seat))]
        self.way.draw(_path(stretches), self.look.path_pen)

    def wear(self, look: CardLook) -> None:
        """Show the same in other colours of the same size."""
        self.look = look
        for card in self._cards.values():
            card.wear(look)
        self.lines.setPen(look.line_pen)
        self.way.setPen(look.path_pen)

    def card_at(self, point: QPointF) -> CardItem | None:
        """The card at a point, or whose number is there."""
        for item in self.items(point):
            if isinstance(item, CardItem) and (item.in_pill(point) or _holds(item.box, point)):
                return item
        return None


def _path(lines: Iterable[Sequence[Point]]) -> QPainterPath:
    path = QPainterPath()
    for points in lines:
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
    return path


def _holds(box: Box, point: QPointF) -> bool:
    return box.left <= point.x() < box.right and box.top <= point.y() < box.bottom
