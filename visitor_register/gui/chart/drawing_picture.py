"""What is drawn of the chart as a picture on white paper, with a line that says which chart it is."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from visitor_register.domain import calendar
from visitor_register.gui import theme
from visitor_register.gui.chart.drawing_look import CardLook
from visitor_register.gui.chart.drawing_scene import ChartScene
from visitor_register.gui.chart.drawing_text import fit
from visitor_register.services.chart_tree import ChartInUse

SHARP = 2.0
"""Pixels of the picture for each of the screen."""

MOST_PIXELS, LONGEST_SIDE = 36_000_000, 30_000
"""A larger picture takes more memory than it is worth; it is made smaller instead."""

_MARGIN, _HEAD = 24, 44


def picture_of(scene: ChartScene, charts: tuple[ChartInUse, ...]) -> QImage:
    """Paint all cards of a scene, whatever part of it is on the screen, in the light colours."""
    factor = theme.current().factor
    area = scene.sceneRect()
    wide, high = area.width() + 2 * _MARGIN, area.height() + 2 * _MARGIN + _HEAD
    scale = min(SHARP, math.sqrt(MOST_PIXELS / (wide * high)), LONGEST_SIDE / wide, LONGEST_SIDE / high)
    image = QImage(max(1, math.floor(wide * scale)), max(1, math.floor(high * scale)), QImage.Format.Format_RGB32)
    light = CardLook(theme.tokens()["light"], factor, hairlines=False)
    image.fill(light.colours["raised"])
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.setFont(light.second_font)
    painter.setPen(light.colours["muted"])
    head = QRectF(_MARGIN, _MARGIN / 2, wide - 2 * _MARGIN, _HEAD)
    (said, *_) = fit(title(charts), int(head.width()), 1, light.second_advance).lines or ("",)
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, said)
    painter.resetTransform()
    before, ringed = scene.look, scene.ringed
    scene.wear(light)
    scene.mark(scene.marks, ringed=False)
    whole = area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
    target = QRectF(0, _HEAD * scale, whole.width() * scale, whole.height() * scale)
    scene.render(painter, target, whole, Qt.AspectRatioMode.IgnoreAspectRatio)
    scene.wear(before)
    scene.mark(scene.marks, ringed=ringed)
    painter.end()
    return image


def title(charts: tuple[ChartInUse, ...]) -> str:
    """Which charts these are, in one line."""
    return " · ".join(
        f"{chart.authority}, version {chart.number} of {calendar.say_date(chart.day)}" for chart in charts
    )
