"""Pages of paper: text that is broken into lines and never cut off, boxes and rules, painted on any device.

Measures are in units of 1/300 inch whatever the device is, so that a page looks the same in a PDF, on
a printer and in a test. Building and painting pages touches no widget and may run in any thread.
"""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF, QTextLayout, QTextLine, QTextOption

from visitor_register.gui import fonts

UNITS = 300
_INK = Qt.GlobalColor.black
# A name could turn the words around it about with these; a script that runs from the right needs none of them.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None)


def mm(millimetres: float) -> float:
    """Millimetres as units."""
    return millimetres * UNITS / 25.4


A4 = QRectF(0, 0, round(mm(210)), round(mm(297)))
A4_ACROSS = QRectF(0, 0, A4.height(), A4.width())
MARGIN = mm(14)


def face(points: float, *, bold: bool = False) -> QFont:
    """Our own typeface at a size in points."""
    made = QFont(list(fonts.families()))
    made.setPixelSize(round(points * UNITS / 72))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    # Screen hinting would make widths differ from device to device.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def plain(text: str) -> str:
    """A text as one paragraph: line ends and control characters become single spaces, nothing turns others about."""
    kept = text.translate(_TURNING)
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in kept).split())


def _copyable(font: QFont, text: str) -> QFont:
    """The font so that other programs can find and copy the text in a PDF.

    Qt writes no characters beside glyphs that a feature put in the place of others: our typeface has such
    an A, and such digits of equal width. Latin letters need none of them; other scripts cannot do without.
    """
    if all(sign < "\u0250" or "\u1e00" <= sign < "\u2070" for sign in text):
        font = QFont(font)
        for feature in ("locl", "ccmp"):
            font.setFeature(QFont.Tag(feature), 0)
    return font


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph. It keeps the paragraph, from which the line is drawn."""

    layout: QTextLayout
    number: int
    height: float

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its upper left corner here."""
        self.layout.lineAt(self.number).draw(painter, QPointF(x, y))


def lines(text: str, font: QFont, width: float) -> list[Line]:
    """Break a text into lines. A word that is too long is broken too: nothing is cut off."""
    text = plain(text)
    layout = QTextLayout(text, _copyable(font, text))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    made: list[QTextLine] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        made.append(line)
    layout.endLayout()
    return [Line(layout, number, math.ceil(line.height())) for number, line in enumerate(made)] if text else []


def width_of(text: str, font: QFont) -> float:
    """How wide a short text is in one line."""
    made = lines(text, font, 1e6)
    return made[0].layout.lineAt(0).naturalTextWidth() if made else 0.0


@dataclass(slots=True)
class Page:
    """One page: what is written where, and what is ruled. Fill it from the top; paint it on anything.

    `filled` is black (bars, squares of a code, a band), and `on_black` is written on it in white. `drawings` paint
    into their place what is no text and no box.
    """

    size: QRectF = field(default_factory=lambda: QRectF(A4))
    words: list[tuple[Line, float, float]] = field(default_factory=list)
    boxes: list[tuple[QRectF, float]] = field(default_factory=list)
    rules: list[tuple[QPointF, QPointF, float]] = field(default_factory=list)
    signs: list[QRectF] = field(default_factory=list)
    filled: list[QRectF] = field(default_factory=list)
    on_black: list[tuple[Line, float, float]] = field(default_factory=list)
    drawings: list[tuple[QRectF, Callable[[QPainter, QRectF], object]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is written on it, line by line."""
        return "\n".join(
            line.layout.text()[(at := line.layout.lineAt(line.number)).textStart() :][: at.textLength()]
            for line, _, _ in (*self.words, *self.on_black)
        )

    def write(self, what: list[Line], x: float, y: float) -> float:
        """Write lines below one another; returns where the next one would stand."""
        for line in what:
            self.words.append((line, x, y))
            y += line.height
        return y

    def rule(self, y: float, *, thick: float = 2, left: float = MARGIN, right: float | None = None) -> None:
        """Rule a line across the page."""
        end = self.size.width() - MARGIN if right is None else right
        self.rules.append((QPointF(left, y), QPointF(end, y), thick))

    def stroke(self, x: float, top: float, bottom: float, *, thick: float = 2) -> None:
        """Rule a line down the page."""
        self.rules.append((QPointF(x, top), QPointF(x, bottom), thick))


def paint(painter: QPainter, rect: QRectF, page: Page) -> None:
    """Paint one page into a rectangle of any device, as large as it fits, black on what is there."""
    painter.save()
    scale = min(rect.width() / page.size.width(), rect.height() / page.size.height())
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box, thick in page.boxes:
        painter.setPen(QPen(_INK, thick))
        painter.drawRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for box in page.filled:
        # Bars keep their exact width: a softened edge is what scanners stumble over.
        painter.fillRect(box, _INK)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for start, end, thick in page.rules:
        painter.setPen(QPen(_INK, thick))
        painter.drawLine(start, end)
    for sign in page.signs:
        _warning_sign(painter, sign)
    painter.setPen(_INK)
    for line, x, y in page.words:
        line.draw(painter, x, y)
    painter.setPen(Qt.GlobalColor.white)
    for line, x, y in page.on_black:
        line.draw(painter, x, y)
    for where, draw in page.drawings:
        draw(painter, where)
    painter.restore()


def _warning_sign(painter: QPainter, box: QRectF) -> None:
    """A triangle with an exclamation mark, drawn: no typeface of ours has one."""
    middle, side = box.center().x(), box.width()
    pen = QPen(_INK, side / 11)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    inner = box.adjusted(side / 20, side / 20, -side / 20, -side / 20)
    top = QPointF(middle, inner.top())
    painter.drawPolygon(QPolygonF([top, inner.bottomRight(), inner.bottomLeft()]))
    painter.drawLine(QPointF(middle, box.top() + side * 0.40), QPointF(middle, box.top() + side * 0.64))
    painter.drawLine(QPointF(middle, box.top() + side * 0.80), QPointF(middle, box.top() + side * 0.81))
