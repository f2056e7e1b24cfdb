"""Drawing that buttons, pills and rows share. Text is drawn letter by letter, never as markup."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets.tone import Shape, Tone

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | _MIDDLE


@dataclass(frozen=True, slots=True)
class PillSpec:
    """A state in a row: its word, its tone, and another shape where states share a tone."""

    text: str
    tone: Tone
    shape: Shape | None = None


def box(
    painter: QPainter,
    rect: QRect,
    radius: int,
    *,
    fill: str | None = None,
    line: str | None = None,
    width: int = 1,
) -> None:
    """A rounded rectangle whose line lies inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().color(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if line else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


def text(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = _LEFT,
    *,
    elide: bool = True,
) -> None:
    """One line of text, shortened at the end when it does not fit."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width()) if elide else words
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)


def key_width(key: str) -> int:
    """How wide a key hint is, 0 for none."""
    look = theme.current()
    return QFontMetrics(look.font("key")).horizontalAdvance(key) + look.px(20) if key else 0


def key_hint(painter: QPainter, rect: QRect, key: str, token: str, *, outline: str, fill: str | None) -> None:
    """The outlined box that names a key, at the right inside `rect`."""
    look = theme.current()
    wide, high = key_width(key), look.px(22)
    where = QRect(rect.right() + 1 - wide, rect.center().y() - high // 2 + 1, wide, high)
    box(painter, where, look.px(4), fill=fill, line=outline)
    text(painter, where, key, look.font("key"), look.color(token), Qt.AlignmentFlag.AlignCenter, elide=False)


def pill_width(spec: PillSpec) -> int:
    """The natural width of a pill."""
    look = theme.current()
    return look.px(8 + 16 + 6 + 12) + QFontMetrics(look.font("label")).horizontalAdvance(spec.text)


def pill(painter: QPainter, rect: QRect, spec: PillSpec) -> None:
    """A pill that fills `rect`."""
    look = theme.current()
    box(painter, rect, rect.height() // 2, fill=spec.tone.soft)
    side = look.px(16)
    where = QRect(rect.left() + look.px(8), rect.center().y() - side // 2 + 1, side, side)
    state_shape(painter, where, spec)
    words = rect.adjusted(look.px(30), 0, -look.px(10), 0)
    text(painter, words, spec.text, look.font("label"), look.color(spec.tone.text))


def state_shape(painter: QPainter, rect: QRect, spec: PillSpec) -> None:
    """The shape of a state."""
    if spec.shape is Shape.MACHINE:
        icons.draw(painter, rect, "clock", spec.tone.text)
        return
    name = spec.shape.value if spec.shape else spec.tone.shape
    icons.draw_shape(painter, rect, name, spec.tone.band, spec.tone.on)


def line(painter: QPainter, start: QPointF, end: QPointF, token: str) -> None:
    """A hairline; filled, since an antialiased line blurs."""
    area = QRectF(start, end).normalized().adjusted(0, 0, 0, 1) if start.y() == end.y() else QRectF(start, end)
    painter.fillRect(area, theme.current().color(token))
