"""One card of the drawn chart, which paints itself: names, job, the number folded away, and whether it is chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QStaticText
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from visitor_register.domain.chart_drawing import Box
from visitor_register.gui import icons
from visitor_register.gui.chart.drawing_look import NARROWEST, WIDEST, CardLook
from visitor_register.gui.chart.drawing_text import Lines, fit
from visitor_register.gui.chart.drawing_words import CardWords, Frame

TEXT_FROM = 0.35
"""Below this size letters would be specks: cards are drawn without them."""

_MOST = 3
_PAD, _TOP, _NAME, _SECOND = 12, 3, 22, 20
_PILL, _OVERLAP, _RING = 22, 3, 6


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of a card as lines, and the room they need."""

    names: tuple[Lines, ...]
    second: Lines
    width: int
    height: int

    @property
    def whole(self) -> bool:
        """Whether all words stand on the card."""
        return self.second.whole and all(lines.whole for lines in self.names)


def measure(words: CardWords, look: CardLook) -> Measured:
    """Break the words of a card into lines. Those who share a post stand in one line, or each in their own."""
    sign = look.px(26) if words.shared else 0
    room = look.px(WIDEST - 2 * _PAD) - sign
    together = look.name_advance(words.name)
    if len(words.names) == 1 or together <= room:
        names: tuple[Lines, ...] = (fit(words.name, room, _MOST, look.name_advance),)
    else:
        names = tuple(fit(name, room, _MOST, look.name_advance) for name in words.names)
    second = fit(words.second, room + sign, _MOST, look.second_advance)
    wide = max(max(lines.width for lines in names) + sign, second.width) + look.px(2 * _PAD)
    high = look.px(_NAME) * sum(len(lines.lines) for lines in names) + look.px(_SECOND) * max(1, len(second.lines))
    return Measured(names, second, max(look.px(NARROWEST), wide), high + look.px(2 * _TOP))


class CardItem(QGraphicsItem):
    """A card at its place in the scene. It takes no clicks: the view knows what was pressed.

    Attributes:
        chosen, on_path, folded, lit: How it is painted; change them through `mark`. `lit`: the pointer is on it.
        ringed: The keyboard is here.
    """

    def __init__(self, place: int, words: CardWords, look: CardLook) -> None:
        super().__init__()
        self.place, self.words = place, words
        self.measured = measure(words, look)
        self.chosen = self.on_path = self.folded = self.lit = self.ringed = False
        self._look = look
        self._box = Box(0, 0, 0, 0)
        self._body, self._bounds, self._pill = QRectF(), QRectF(), QRectF()
        self._texts: list[tuple[bool, QPointF, QStaticText]] = []
        self._count: tuple[QPointF, QStaticText] | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self._box

    def stand(self, box: Box) -> None:
        """Stand here; a card in a column is as wide as the widest of it."""
        if box == self._box:
            return
        if (box.width, box.height) != (self._box.width, self._box.height):
            self.prepareGeometryChange()
            look = self._look
            self._body = QRectF(0, 0, box.width, box.height)
            wide = look.count_advance(self.words.count) + look.px(36) if self.words.count else 0
            pill = look.px(_PILL)
            # It hangs from the edge, clear of the words above and of whatever stands below.
            hang = box.height - look.px(_OVERLAP)
            self._pill = QRectF((box.width - wide) / 2, hang, wide, pill) if wide else QRectF()
            ring = look.px(_RING)
            self._bounds = self._body.united(self._pill).adjusted(-ring, -ring, ring, ring)
        self._box = box
        self.setPos(box.left, box.top)

    def mark(self, *, chosen: bool, on_path: bool, folded: bool, ringed: bool) -> None:
        """Be painted like this from now on."""
        said = (chosen, on_path, folded, ringed)
        if said != (self.chosen, self.on_path, self.folded, self.ringed):
            self.chosen, self.on_path, self.folded, self.ringed = said
            self.update()

    def light(self, lit: bool) -> None:
        """The pointer came or went."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    def wear(self, look: CardLook) -> None:
        """Be painted in other colours of the same size."""
        self._look = look
        self.update()

    def in_pill(self, point: QPointF) -> bool:
        """Whether a point of the scene lies on the number that folds and unfolds."""
        return self._shows_pill() and self._pill.contains(self.mapFromScene(point))

    def boundingRect(self) -> QRectF:
        """The card with its number and the ring of the keyboard."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the card; without letters when it is small."""
        look, frame = self._look, self.words.frame
        if self.chosen:
            painter.setBrush(look.fill["accent"])
        elif self.on_path:
            painter.setBrush(look.fill["accent_soft"])
        else:
            painter.setBrush(look.fill["sunken" if frame is Frame.GROUP else "raised"])
        painter.setPen(look.path_edges[frame] if self.chosen or self.on_path else look.edges[frame])
        radius = look.px(6)
        painter.drawRoundedRect(self._body, radius, radius)
        if painter.worldTransform().m11() < TEXT_FROM:
            return
        if self.ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.ring_pen)
            gap = look.px(4)
            painter.drawRoundedRect(self._body.adjusted(-gap, -gap, gap, gap), radius + gap, radius + gap)
        self._paint_words(painter)
        if self._shows_pill():
            self._paint_pill(painter)

    def _shows_pill(self) -> bool:
        return bool(self.words.count) and (self.folded or self.chosen or self.lit)

    def _paint_words(self, painter: QPainter) -> None:
        look = self._look
        if not self._texts:
            self._prepare()
        plain = not self.chosen
        painter.setFont(look.name_font)
        painter.setPen(look.ink["text" if plain else "on_accent"])
        second = False
        for is_second, point, text in self._texts:
            if is_second and not second:
                second = True
                painter.setFont(look.second_font)
                painter.setPen(look.ink["muted" if plain else "on_accent"])
            painter.drawStaticText(point, text)
        if self.words.shared:
            side = look.px(16)
            where = self._body.toRect().adjusted(0, look.px(8), -look.px(_PAD), 0)
            where.setLeft(where.right() + 1 - side)
            where.setHeight(side)
            icons.draw(painter, where, "users", "text" if plain else "on_accent")

    def _prepare(self) -> None:
        """Shape the letters once; every later painting only puts them down."""
        look = self._look
        y = look.px(_TOP)
        for lines in self.measured.names:
            for line in lines.lines:
                self._texts.append((False, QPointF(look.px(_PAD), y), _static(line)))
                y += look.px(_NAME)
        for line in self.measured.second.lines:
            self._texts.append((True, QPointF(look.px(_PAD), y), _static(line)))
            y += look.px(_SECOND)

    def _paint_pill(self, painter: QPainter) -> None:
        look = self._look
        if self._count is None:
            text = _static(self.words.count)
            text.prepare(font=look.count_font)
            top = self._pill.center().y() - text.size().height() / 2
            self._count = (QPointF(self._pill.left() + look.px(9), top), text)
        painter.setBrush(look.fill["raised"])
        painter.setPen(look.pill_edge)
        painter.drawRoundedRect(self._pill, self._pill.height() / 2, self._pill.height() / 2)
        painter.setPen(look.ink["text"])
        painter.setFont(look.count_font)
        painter.drawStaticText(*self._count)
        # Down: there is more to see. Up: it can be folded away.
        x, y = self._pill.right() - look.px(16), self._pill.center().y()
        half, way = look.px(4), look.px(2) * (1 if self.folded else -1)
        painter.setPen(look.pill_mark)
        painter.drawPolyline(QPolygonF([QPointF(x - half, y - way), QPointF(x, y + way), QPointF(x + half, y - way)]))


def _static(line: str) -> QStaticText:
    text = QStaticText(line)
    # Qt would take what looks like markup for markup.
    text.setTextFormat(Qt.TextFormat.PlainText)
    return text
