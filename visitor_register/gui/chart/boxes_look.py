"""The colours, line styles and letters of the page with the drawing: a line says by its style how sure it is."""

import math
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPen

from visitor_register.domain.chart_table import Mark
from visitor_register.gui import fonts
from visitor_register.gui.chart.drawing_text import Advance

SIZES = (11, 10, 9, 8, 7, 6, 5)
"""Sizes of letters in points of the page, the largest that fits a box counts."""

STYLES = {Mark.SET: Qt.PenStyle.SolidLine, Mark.CHECK: Qt.PenStyle.DashLine, Mark.LOOSE: Qt.PenStyle.DotLine}
_LINES = {Mark.SET: ("known_band", 1.6), Mark.CHECK: ("check_text", 2.0), Mark.LOOSE: ("not_known_band", 2.4)}
_FRAMES = {Mark.SET: ("control", 1.0), Mark.CHECK: ("check_text", 2.0), Mark.LOOSE: ("not_known_band", 2.4)}
_FILLS = {Mark.SET: "raised", Mark.CHECK: "check_bg", Mark.LOOSE: "not_known_bg"}
_WORDS = {Mark.SET: "text", Mark.CHECK: "check_text", Mark.LOOSE: "not_known_text"}


class BoxesLook:
    """What boxes and lines are painted with, made once for a theme."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = {token: QColor(value) for token, value in colours.items()}
        self.lines = {mark: self._pen(*_LINES[mark], STYLES[mark]) for mark in Mark}
        self.frames = {mark: self._pen(*_FRAMES[mark], STYLES[mark]) for mark in Mark}
        self.fills = {mark: QBrush(self._colours[_FILLS[mark]]) for mark in Mark}
        self.inks = {mark: QPen(self._colours[_WORDS[mark]]) for mark in Mark}
        self.by_hand = self._pen("known_band", 2.4)
        self.other = self._pen("control", 1.0, Qt.PenStyle.DashLine)
        """For a line that the drawing has and that is no line of management."""
        self.chosen, self.way, self.ring = self._pen("focus", 3.0), self._pen("accent", 3.4), self._pen("focus", 2.0)
        self.number, self.number_fill = QPen(self._colours["on_accent"]), QBrush(self._colours["accent"])
        self.fonts = {(size, bold): _font(size, bold=bold) for size in SIZES for bold in (False, True)}
        self._metrics = {key: QFontMetricsF(font) for key, font in self.fonts.items()}

    def advance(self, size: int, *, bold: bool) -> Advance:
        """How wide a text is in letters of this size, in points of the page."""
        return partial(_wide, self._metrics[size, bold])

    def _pen(self, token: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self._colours[token], width)
        pen.setStyle(style)
        # However small the page is shown, a line stays one to be seen.
        pen.setCosmetic(True)
        if style == Qt.PenStyle.DotLine:
            pen.setDashPattern([1, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def _wide(metrics: QFontMetricsF, text: str) -> int:
    return math.ceil(metrics.horizontalAdvance(text))


def _font(size: int, *, bold: bool) -> QFont:
    made = QFont(list(fonts.families()))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made
