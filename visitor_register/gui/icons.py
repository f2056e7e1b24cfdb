"""Icons and verdict shapes: drawn from SVG in the colours of the theme, sharp at every scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from visitor_register.gui import theme
from visitor_register.resources_path import resource


@lru_cache(maxsize=256)
def _source(folder: str, name: str) -> str:
    return resource(folder, f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _render(folder: str, name: str, size: int, ratio: float, colours: tuple[tuple[str, str], ...]) -> QPixmap:
    text = _source(folder, name)
    for placeholder, colour in colours:
        text = text.replace(placeholder, colour)
    made = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
    """A line icon in the colour of a token. `size` is in logical pixels."""
    colour = theme.current().colours[token]
    return _render("icons", name, size, ratio, (("currentColor", colour),))


def shape_pixmap(shape: str, band: str, on: str, size: int, ratio: float = 1.0) -> QPixmap:
    """A verdict shape, filled in one token and drawn on in another."""
    colours = theme.current().colours
    return _render("shapes", shape, size, ratio, (("@band", colours[band]), ("@on", colours[on])))


def icon(name: str, ink: str = "text", size: int = 20, ratio: float = 2.0) -> QIcon:
    """The same as a QIcon, for the few Qt parts that want one."""
    return QIcon(pixmap(name, ink, size, ratio))


def draw(painter: QPainter, rect: QRect, name: str, token: str) -> None:
    """Draw a line icon into a square."""
    painter.drawPixmap(rect.topLeft(), pixmap(name, token, rect.width(), _ratio(painter)))


def draw_in(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Draw a line icon in a colour that need not be one of the theme, sharp on a painter that is scaled."""
    ratio = _ratio(painter) * min(max(round(painter.worldTransform().m11()), 1), 4)
    painter.drawPixmap(rect.topLeft(), _render("icons", name, rect.width(), ratio, (("currentColor", colour),)))


def draw_shape(painter: QPainter, rect: QRect, shape: str, band: str, on: str) -> None:
    """Draw a verdict shape into a square."""
    painter.drawPixmap(rect.topLeft(), shape_pixmap(shape, band, on, rect.width(), _ratio(painter)))


def _ratio(painter: QPainter) -> float:
    return float(painter.device().devicePixelRatio())
