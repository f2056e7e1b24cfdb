"""The plots of the protocol report, drawn alike on a screen and on paper: a number stands at every bar and line."""

import math
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from visitor_register.domain.calendar import MONTHS
from visitor_register.domain.report_tables import Report
from visitor_register.domain.report_times import LIMIT
from visitor_register.domain.report_words import hours_words, times_words

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)


@dataclass(frozen=True, slots=True)
class Ink:
    """Type and colours of one device; `unit` is how long a pixel of the design is there."""

    font: QFont
    text: QColor
    muted: QColor
    line: QColor
    strong: QColor
    soft: QColor
    paper: QColor
    unit: float


@dataclass(frozen=True, slots=True)
class Ages:
    """The age of the chart by day, and from when on it is old and very old."""

    days: tuple[tuple[date, int], ...]
    old: int
    very_old: int


def draw_notice(painter: QPainter, rect: QRectF, report: Report, ink: Ink) -> None:
    """Bars for each week or month: bookings with notice enough, with short notice, and with unknown."""
    rows = report.tables["notice_weeks"].rows
    painter.save()
    painter.setFont(ink.font)
    high, unit = _high(ink), ink.unit
    x = rect.left()
    for style, words in enumerate(report.tables["notice_weeks"].columns):
        _bar(painter, QRectF(x, rect.top() + high * 0.1, high * 0.8, high * 0.8), style, ink)
        _say(painter, QRectF(x + high, rect.top(), rect.width(), high), words, ink.text, _LEFT)
        x += high * 1.6 + _wide(ink, words)
    most = max((sum(cell.value or 0 for cell in row.cells[:-1]) for row in rows), default=0)
    step = next((step for step in _STEPS if step * 4 >= most), _STEPS[-1])
    top = step * max(1, -(-most // step))
    gutter = _wide(ink, f"{top:,}") + 8 * unit
    area = QRectF(rect.left() + gutter, rect.top() + 2.3 * high, rect.width() - gutter, rect.height() - 3.6 * high)
    for number in range(0, top + 1, step):
        y = area.bottom() - area.height() * number / top
        _rule(painter, area.left(), area.right(), y, ink.line, unit)
        _say(painter, QRectF(rect.left(), y - high / 2, gutter - 8 * unit, high), f"{number:,}", ink.muted, _RIGHT)
    slot = area.width() / max(1, len(rows))
    named = _every(max((_wide(ink, row.name) for row in rows), default=0.0) + 6 * unit, slot)
    for number, row in enumerate(rows):
        left, y = area.left() + slot * number, area.bottom()
        hidden = any(cell.value is None for cell in row.cells[:-1])
        # A bar without one of its parts would show a wrong height.
        for style, cell in enumerate(row.cells[:-1] if not hidden else ()):
            tall = area.height() * (cell.value or 0) / top
            y -= tall
            if tall:
                _bar(painter, QRectF(left + slot * 0.2, y, slot * 0.6, tall), style, ink)
        words = "not shown" if hidden else " + ".join(str(cell.value) for cell in row.cells[:-1] if cell.value) or "0"
        if _wide(ink, words) > slot:
            words = "–" if hidden else str(row.cells[-1].value)
        over = _wide(ink, words) + 4 * unit
        painter.fillRect(QRectF(left + (slot - over) / 2, y - high, over, high - 2 * unit), ink.paper)
        _say(painter, QRectF(left, y - high * 1.05, slot, high), words, ink.text, _CENTRE)
        if number % named == 0:
            under = QRectF(left - slot, area.bottom() + high * 0.2, 3 * slot, high)
            _say(painter, under, row.name, ink.muted, _CENTRE)
    painter.restore()


def _every(wide: float, slot: float) -> int:
    """How many slots from one name to the next, so that none touches its neighbour."""
    return max(1, math.ceil(wide / max(slot, 1.0)))


def draw_replies(painter: QPainter, rect: QRectF, report: Report, ink: Ink) -> None:
    """A bar for each team from quarter to quarter of its replies, a dot at the middle one, and a line at the limit."""
    found = report.replies
    painter.save()
    painter.setFont(ink.font)
    if not found:
        few = f"Fewer than {report.under} replies in each team." if report.for_sharing else "No replies in these days."
        _say(painter, rect, few, ink.muted, _LEFT)
        painter.restore()
        return
    high, unit = _high(ink), ink.unit
    names = min(rect.width() * 0.36, max((_wide(ink, one.team) for one in found), default=0.0) + 10 * unit)
    said = max((_wide(ink, times_words(report, one)) for one in found), default=0.0) + 10 * unit
    most = max([2 * LIMIT, *(one.upper for one in found)])
    step = next(step for step in (24, 48, 96, 240, 480, 2400, 24_000, 10**9) if most <= 5 * step)
    end = step * -(-most // step)
    area = QRectF(rect.left() + names, rect.top(), rect.width() - names - said, rect.height() - 1.4 * high)

    def at(hours: float) -> float:
        return area.left() + area.width() * hours / end

    for hours in range(0, int(end) + 1, step):
        strong = hours == LIMIT
        pen = QPen(ink.text if strong else ink.line, 2 * unit if strong else unit)
        painter.setPen(pen)
        painter.drawLine(QPointF(at(hours), area.top()), QPointF(at(hours), area.bottom()))
        below = QRectF(at(hours) - high * 4, area.bottom() + high * 0.3, high * 8, high)
        _say(painter, below, hours_words(hours), ink.text if strong else ink.muted, _CENTRE)
    slot = area.height() / max(1, len(found))
    for number, one in enumerate(found):
        middle = area.top() + slot * (number + 0.5)
        thick = min(slot * 0.6, 14 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.soft)
        half = QRectF(at(one.lower), middle - thick / 2, max(at(one.upper) - at(one.lower), 2 * unit), thick)
        painter.drawRoundedRect(half, 2 * unit, 2 * unit)
        painter.setBrush(ink.strong)
        painter.drawEllipse(QPointF(at(one.middle), middle), thick * 0.42, thick * 0.42)
        row = QRectF(rect.left(), middle - high / 2, names - 8 * unit, high)
        shown = QFontMetricsF(ink.font).elidedText(one.team, Qt.TextElideMode.ElideRight, row.width())
        _say(painter, row, shown, ink.text, _LEFT)
        beside = QRectF(area.right() + 10 * unit, middle - high / 2, said, high)
        _say(painter, beside, times_words(report, one), ink.text, _LEFT)
    painter.restore()


def draw_ages(painter: QPainter, rect: QRectF, ages: Ages, ink: Ink) -> None:
    """A line for the age of the chart, with its number at the end and before each newer chart."""
    painter.save()
    painter.setFont(ink.font)
    high, unit = _high(ink), ink.unit
    most = max([ages.very_old, *(age for _, age in ages.days)])
    gutter = _wide(ink, f"{most}") + 8 * unit
    ends = _wide(ink, "000")
    area = rect.adjusted(gutter, high * 1.2, -ends, -1.5 * high)
    for number in (0, ages.old, ages.very_old):
        y = area.bottom() - area.height() * number / most
        _rule(painter, area.left(), area.right(), y, ink.line, unit)
        _say(painter, QRectF(rect.left(), y - high / 2, gutter - 8 * unit, high), str(number), ink.muted, _RIGHT)
    if ages.days:
        _age_line(painter, area, ages, most, ink)
    painter.restore()


def _age_line(painter: QPainter, area: QRectF, ages: Ages, most: int, ink: Ink) -> None:
    high, days = _high(ink), ages.days
    wide = area.width() / max(1, len(days) - 1)
    points = [
        QPointF(area.left() + wide * number, area.bottom() - area.height() * age / most)
        for number, (_, age) in enumerate(days)
    ]
    painter.setPen(QPen(ink.strong, 2.5 * ink.unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setBrush(ink.strong)
    painter.drawEllipse(points[-1], 3 * ink.unit, 3 * ink.unit)
    peaks = [number for number in range(len(days) - 1) if days[number + 1][1] <= days[number][1]]
    for number in (*peaks, len(days) - 1):
        where = QRectF(points[number].x() - high * 2, points[number].y() - high * 1.15, high * 4, high)
        _say(painter, where, str(days[number][1]), ink.text, _CENTRE)
    last = -1e9
    for number, (day, _) in enumerate(days):
        if day.day != 1 and number:
            continue
        words = f"{day.day} {MONTHS[day.month - 1][:3]}"
        if points[number].x() - last > _wide(ink, words) * 1.4:
            last = points[number].x()
            _say(painter, QRectF(last, area.bottom() + high * 0.3, high * 6, high), words, ink.muted, _LEFT)


def _bar(painter: QPainter, box: QRectF, style: int, ink: Ink) -> None:
    """Full, hatched or empty: told apart without colour."""
    painter.setPen(QPen(ink.strong, ink.unit))
    painter.setBrush((QBrush(ink.strong), QBrush(ink.soft), QBrush(ink.paper))[style])
    painter.drawRect(box)
    if style != 1:
        return
    painter.save()
    painter.setClipRect(box)
    at = box.left() - box.height()
    while at < box.right():
        painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
        at += 5 * ink.unit
    painter.restore()


def _rule(painter: QPainter, left: float, right: float, y: float, colour: QColor, thick: float) -> None:
    painter.setPen(QPen(colour, thick))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def _say(painter: QPainter, where: QRectF, words: str, colour: QColor, align: Qt.AlignmentFlag) -> None:
    painter.setPen(colour)
    painter.drawText(where, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, words)


def _wide(ink: Ink, words: str) -> float:
    return QFontMetricsF(ink.font).horizontalAdvance(words)


def _high(ink: Ink) -> float:
    return QFontMetricsF(ink.font).height()
