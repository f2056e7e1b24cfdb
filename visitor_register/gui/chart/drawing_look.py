"""The colours, letters and measures of the drawn chart: made once for a theme and a text size, shared by all cards."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPen

from visitor_register.domain.chart_drawing import Gaps
from visitor_register.gui import fonts
from visitor_register.gui.chart.drawing_text import Advance
from visitor_register.gui.chart.drawing_words import Frame

NARROWEST, WIDEST = 120, 264
"""How wide a card is at least and at most, in pixels at text size 100 %."""

_STYLES = {
    Frame.PLAIN: Qt.PenStyle.SolidLine,
    Frame.VACANT: Qt.PenStyle.DashLine,
    Frame.AGENCY: Qt.PenStyle.DotLine,
    Frame.GROUP: Qt.PenStyle.SolidLine,
}


class CardLook:
    """What cards are painted with. Painting thousands of them makes no object that is not made here."""

    def __init__(self, colours: Mapping[str, str], factor: float) -> None:
        self.factor = factor
        self.gaps = Gaps().times(factor)
        self.name_font, self.second_font = fonts.font("strong", factor), fonts.font("cap", factor)
        self.count_font = fonts.font("label", factor)
        self.name_advance, self.second_advance = _advance(self.name_font), _advance(self.second_font)
        self.count_advance = _advance(self.count_font)
        self.colours = {token: QColor(value) for token, value in colours.items()}
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self.edges = {frame: self._pen("control", 1, style) for frame, style in _STYLES.items()}
        self.path_edges = {frame: self._pen("accent", 2, style) for frame, style in _STYLES.items()}
        self.line_pen, self.path_pen = self._pen("control", 1), self._pen("accent", 3)
        self.ring_pen = self._pen("focus", 2)
        for pen in (self.line_pen, self.path_pen):
            # A line stays one to be seen, however small the drawing is.
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self.ink = {token: QPen(self.colours[token]) for token in ("text", "muted", "on_accent")}
        self.fill = {token: QBrush(self.colours[token]) for token in ("raised", "sunken", "accent", "accent_soft")}
        self.pill_edge, self.pill_mark = self._pen("control", 1), self._pen("text", 2)
        self.pill_mark.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.pill_mark.setJoinStyle(Qt.PenJoinStyle.RoundJoin)

    def px(self, pixels: int) -> int:
        """A measure at this text size."""
        return round(pixels * self.factor)

    def _pen(self, token: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self.colours[token], width)
        pen.setStyle(style)
        return pen


def _advance(font: QFont) -> Advance:
    """How wide a text is in a font; what was measured once is remembered, since titles repeat."""
    return partial(_measured, QFontMetrics(font), {})


def _measured(metrics: QFontMetrics, known: dict[str, int], text: str) -> int:
    found = known.get(text)
    if found is None:
        found = known[text] = metrics.horizontalAdvance(text)
    return found
