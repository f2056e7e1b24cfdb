"""The colours, letters and measures of the drawn chart: made once for a theme and a text size, shared by all cards."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen

from visitor_register.domain.chart_drawing import Gaps
from visitor_register.gui import fonts
from visitor_register.gui.chart.drawing_text import Lines, fit
from visitor_register.gui.chart.drawing_widths import widths
from visitor_register.gui.chart.drawing_words import Frame

NARROWEST, WIDEST = 120, 264
"""How wide a card is at least and at most, in pixels at text size 100 %."""

_MOST_SECOND = 6
_STYLES = {
    Frame.PLAIN: Qt.PenStyle.SolidLine,
    Frame.VACANT: Qt.PenStyle.DashLine,
    Frame.AGENCY: Qt.PenStyle.DotLine,
    Frame.GROUP: Qt.PenStyle.SolidLine,
}


class CardLook:
    """What cards are painted with. Painting thousands of them makes no object that is not made here or once a card.

    Attributes:
        pad, top: From the edges of a card to its words.
        name_line, second_line: How high a line of a name is, and one of a job.
        room: How long a line may be.
        sign, side: The room for the sign of a job share, and its own side.
        pill: How high the number is that folds.
        ring: How far the ring of the keyboard reaches out of a card.
    """

    def __init__(self, colours: Mapping[str, str], factor: float, *, hairlines: bool = True) -> None:
        """With `hairlines` a line stays one to be seen, however small the drawing is."""
        self.factor = factor
        self.gaps = Gaps().times(factor)
        self.name_font, self.second_font = fonts.font("strong", factor), fonts.font("cap", factor)
        self.count_font = fonts.font("label", factor)
        self.name_advance, self.second_advance = widths("strong", factor), widths("cap", factor)
        self.count_advance = widths("label", factor)
        self.pad, self.top, self.radius, self.ring = self.px(12), self.px(3), self.px(6), self.px(6)
        self.pill, self.side, self.sign = self.px(22), self.px(16), self.px(26)
        self.name_line, self.second_line = self.px(22), self.px(20)
        self.narrowest, self.room = self.px(NARROWEST), self.px(WIDEST) - 2 * self.pad
        self._second: dict[str, Lines] = {}
        self._bounds: dict[tuple[int, int, bool], QRectF] = {}
        self.colours = {token: QColor(value) for token, value in colours.items()}
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self.edges = {frame: self._pen("control", 1, style) for frame, style in _STYLES.items()}
        self.path_edges = {frame: self._pen("accent", 2, style) for frame, style in _STYLES.items()}
        self.line_pen, self.path_pen = self._pen("control", 1), self._pen("accent", 3)
        # As thin as can be, so that small cards do not run together: plain, and on the way to the chosen one.
        self.small_edges = (self._pen("control", 0), self._pen("accent", 0))
        self.ring_pen = self._pen("focus", 2)
        for pen in (self.line_pen, self.path_pen):
            pen.setCosmetic(hairlines)
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

    def fit_second(self, text: str) -> Lines:
        """A job as lines; those of a chart are few, so each is broken once."""
        found = self._second.get(text)
        if found is None:
            found = self._second[text] = fit(text, self.room, _MOST_SECOND, self.second_advance)
        return found

    def bounds(self, width: int, height: int, leads: bool) -> QRectF:
        """What a card of this size paints on, with its number and the ring of the keyboard; one for all of a size."""
        found = self._bounds.get((width, height, leads))
        if found is None:
            below = height + 2 * self.ring + (self.pill if leads else 0)
            found = self._bounds[width, height, leads] = QRectF(-self.ring, -self.ring, width + 2 * self.ring, below)
        return found

    def _pen(self, token: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self.colours[token], width)
        pen.setStyle(style)
        if style == Qt.PenStyle.DotLine:
            # Qt's own dots all but vanish at this size.
            pen.setWidthF(width + 0.6)
            pen.setDashPattern([1, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen
