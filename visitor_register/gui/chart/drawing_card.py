"""One card of the drawn chart, which paints itself: names, job, the number folded away, and whether it is chosen."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QStaticText
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from visitor_register.domain.chart_drawing import Box
from visitor_register.gui import icons
from visitor_register.gui.chart.drawing_look import CardLook
from visitor_register.gui.chart.drawing_text import fit
from visitor_register.gui.chart.drawing_words import CardWords, Frame

TEXT_FROM = 0.35
"""Below this size letters would be specks: cards are drawn without them."""

_MOST_NAME = 3
_OVERLAP = 3


class Measured(NamedTuple):
    """The words of a card as lines, and the room they need. `whole` is False when some end in dots."""

    names: tuple[str, ...]
    second: tuple[str, ...]
    whole: bool
    width: int
    height: int


def measure(words: CardWords, look: CardLook) -> Measured:
    """Break the words of a card into lines. Those who share a post stand in one line, or each in their own."""
    second, wide = look.fit_second(words.second), look.name_advance(words.name)
    sign = look.sign if words.shared else 0
    lines: tuple[str, ...] = (words.name,)
    whole = second.whole
    if wide > look.room - sign:
        each = [fit(name, look.room - sign, _MOST_NAME, look.name_advance) for name in words.names]
        wide, whole = max(found.width for found in each), whole and all(found.whole for found in each)
        lines = tuple(line for found in each for line in found.lines)
    wide = max(look.narrowest, max(wide + sign, second.width) + 2 * look.pad)
    high = look.name_line * len(lines) + look.second_line * max(1, len(second.lines)) + 2 * look.top
    return Measured(lines, second.lines, whole, wide, high)


class CardItem(QGraphicsItem):
    """A card at its place in the scene. It takes no clicks: the view knows what was pressed.

    Attributes:
        chosen, on_path, folded, lit: How it is painted; change them through the methods. `lit`: the pointer is on it.
        ringed: The keyboard is here.
    """

    # As most cards always are, so that there is less to make for each.
    chosen = on_path = folded = lit = ringed = False
    _box, _bounds = Box(0, 0, 0, 0), QRectF()
    _texts: list[tuple[QPointF, QStaticText]] | None = None
    _pill: "_Pill | None" = None

    def __init__(self, place: int, words: CardWords, look: CardLook) -> None:
        super().__init__()
        self.place, self.words, self._look = place, words, look
        self.measured = measure(words, look)

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
            self._bounds = self._look.bounds(box.width, box.height, self.words.people is not None)
            self._pill = None
        self._box = box
        self.setPos(box.left, box.top)

    def mark(self, *, chosen: bool, on_path: bool, ringed: bool) -> None:
        """Be painted like this from now on."""
        said = (chosen, on_path, ringed)
        if said != (self.chosen, self.on_path, self.ringed):
            self.chosen, self.on_path, self.ringed = said
            self.update()

    def fold(self, folded: bool) -> None:
        """Say whether people are folded away under it."""
        self.folded = folded
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
        return self._shows_pill() and self._made_pill().area.contains(self.mapFromScene(point))

    def boundingRect(self) -> QRectF:
        """The card with its number and the ring of the keyboard."""
        return self._bounds

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw the card; without letters when it is small."""
        look, frame, box = self._look, self.words.frame, self._box
        marked = self.chosen or self.on_path
        small = painter.worldTransform().m11() < TEXT_FROM
        if marked:
            painter.setBrush(look.fill["accent" if self.chosen else "accent_soft"])
        else:
            painter.setBrush(look.fill["sunken" if small or frame is Frame.GROUP else "raised"])
        if small:
            painter.setPen(look.small_edges[marked])
            painter.drawRect(0, 0, box.width, box.height)
            return
        painter.setPen(look.path_edges[frame] if marked else look.edges[frame])
        painter.drawRoundedRect(0, 0, box.width, box.height, look.radius, look.radius)
        if self.ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.ring_pen)
            gap, round_ = look.ring - 2, look.radius + look.ring - 2
            painter.drawRoundedRect(-gap, -gap, box.width + 2 * gap, box.height + 2 * gap, round_, round_)
        self._paint_words(painter)
        if self._shows_pill():
            self._made_pill().paint(painter, look, folded=self.folded)

    def _shows_pill(self) -> bool:
        return self.words.people is not None and (self.folded or self.chosen or self.lit)

    def _made_pill(self) -> "_Pill":
        if self._pill is None:
            self._pill = _Pill(self.words.count, self._box, self._look)
        return self._pill

    def _paint_words(self, painter: QPainter) -> None:
        look, plain = self._look, not self.chosen
        if self._texts is None:
            self._texts = self._laid_letters()
        painter.setFont(look.name_font)
        painter.setPen(look.ink["text" if plain else "on_accent"])
        for number, (point, text) in enumerate(self._texts):
            if number == len(self.measured.names):
                painter.setFont(look.second_font)
                painter.setPen(look.ink["muted" if plain else "on_accent"])
            painter.drawStaticText(point, text)
        if self.words.shared:
            where = QRect(self._box.width - look.pad - look.side, look.px(8), look.side, look.side)
            icons.draw_in(painter, where, "users", look.colours["text" if plain else "on_accent"].name())

    def _laid_letters(self) -> list[tuple[QPointF, QStaticText]]:
        """Lay the letters out once, when they are painted first: every later painting only puts them down."""
        made = []
        look, y = self._look, self._look.top
        for lines, high in ((self.measured.names, look.name_line), (self.measured.second, look.second_line)):
            for line in lines:
                made.append((QPointF(look.pad, y), _static(line)))
                y += high
        return made


class _Pill:
    """The number of people under a card, which folds and unfolds them."""

    def __init__(self, count: str, box: Box, look: CardLook) -> None:
        wide = look.count_advance(count) + look.px(36)
        # It hangs from the edge, clear of the words above and of whatever stands below.
        self.area = QRectF((box.width - wide) / 2, box.height - look.px(_OVERLAP), wide, look.pill)
        middle = self.area.center().y()
        self._text = _static(count)
        self._text.prepare(font=look.count_font)
        self._point = QPointF(self.area.left() + look.px(9), middle - self._text.size().height() / 2)
        x, half, way = self.area.right() - look.px(16), look.px(4), look.px(2)
        # Down: there is more to see. Up: it can be folded away.
        self._down, self._up = (
            QPolygonF([QPointF(x - half, middle - one), QPointF(x, middle + one), QPointF(x + half, middle - one)])
            for one in (way, -way)
        )

    def paint(self, painter: QPainter, look: CardLook, *, folded: bool) -> None:
        """Draw it."""
        painter.setBrush(look.fill["raised"])
        painter.setPen(look.pill_edge)
        painter.drawRoundedRect(self.area, self.area.height() / 2, self.area.height() / 2)
        painter.setPen(look.ink["text"])
        painter.setFont(look.count_font)
        painter.drawStaticText(self._point, self._text)
        painter.setPen(look.pill_mark)
        painter.drawPolyline(self._down if folded else self._up)


def _static(line: str) -> QStaticText:
    text = QStaticText(line)
    # Qt would take what looks like markup for markup.
    text.setTextFormat(Qt.TextFormat.PlainText)
    return text
