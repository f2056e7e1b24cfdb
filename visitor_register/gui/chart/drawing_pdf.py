"""The whole chart as a PDF file, black on white, with the council, the chart and the page number on every page."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen

from visitor_register.domain import calendar
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.gui.chart.drawing_paper import A3_ACROSS, FOOT, HEAD, PaperCard, PaperPage
from visitor_register.gui.chart.drawing_words import Frame
from visitor_register.gui.prints import proof_foot
from visitor_register.gui.prints.sheet import MARGIN, UNITS, face, lines, mm, width_of
from visitor_register.services.chart_tree import ChartInUse
from visitor_register.services.proof import Proof

TITLE = "Structure chart"
"""What a reader of the file shows; no name belongs in it."""

_INK = Qt.GlobalColor.black
_THIN, _PAD, _RADIUS = 3.0, mm(1.8), mm(1.2)
_STYLES = {Frame.VACANT: Qt.PenStyle.DashLine, Frame.AGENCY: Qt.PenStyle.DotLine}
_LEGEND = "Dashed: vacant post. Dotted: from an agency. Names in one box share the post."


def as_pdf(pages: Sequence[PaperPage], charts: Sequence[ChartInUse], proof: Proof | None = None) -> bytes:
    """Paint the pages into the content of a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS)
    writer.setTitle(TITLE)
    writer.setPageLayout(_layout(pages[0].size))
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages, 1):
            if number > 1:
                # The size of a page has to be said before it begins.
                writer.setPageLayout(_layout(page.size))
                writer.newPage()
            _paint(painter, page, charts, f"page {number} of {len(pages)}")
            _paint_foot(painter, page, proof)
    finally:
        # Qt aborts the program when a device goes before its painter has ended.
        painter.end()
    return bytes(buffer.data().data())


def _layout(size: QRectF) -> QPageLayout:
    which = QPageSize.PageSizeId.A3 if size == A3_ACROSS else QPageSize.PageSizeId.A4
    return QPageLayout(QPageSize(which), QPageLayout.Orientation.Landscape, QMarginsF())


def _paint(painter: QPainter, page: PaperPage, charts: Sequence[ChartInUse], number: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_INK)
    _paint_head(painter, page, charts, number)
    area, room = page.layout.area, page.room
    painter.save()
    left = room.left() + max(0.0, (room.width() - area.width * page.scale) / 2)
    painter.translate(left, room.top())
    painter.scale(page.scale, page.scale)
    painter.translate(-area.left, -area.top)
    painter.setPen(QPen(_INK, _THIN))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    for line in page.layout.lines:
        path.moveTo(*line.start)
        path.lineTo(*line.end)
    painter.drawPath(path)
    for seat, box in page.layout.boxes.items():
        _paint_card(painter, page.cards[seat], QRectF(box.left, box.top, box.width, box.height))
    painter.restore()


def _paint_head(painter: QPainter, page: PaperPage, charts: Sequence[ChartInUse], number: str) -> None:
    wide = page.size.width() - 2 * MARGIN
    right = width_of(number, face(10))
    for line in lines(number, face(10), right + 1):
        line.draw(painter, page.size.width() - MARGIN - right, MARGIN)
    y = MARGIN
    for text, points, bold in ((page.title, 13.0, True), (_which(page, charts), 10.0, False)):
        # A title that needs more lines than one ends at the first: all of it stands on the card below.
        for line in lines(text, face(points, bold=bold), wide - right - mm(6))[:1]:
            line.draw(painter, MARGIN, y)
            y += line.height
    painter.setPen(QPen(_INK, _THIN))
    rule = MARGIN + HEAD - mm(4)
    painter.drawLine(QPointF(MARGIN, rule), QPointF(page.size.width() - MARGIN, rule))
    for line in lines(_LEGEND, face(7.5), wide):
        line.draw(painter, MARGIN, page.size.height() - MARGIN - FOOT + mm(3))


def _paint_foot(painter: QPainter, page: PaperPage, proof: Proof | None) -> None:
    written = proof_foot.written_on(page.size.width(), proof)
    y = proof_foot.top(page.size.height(), written)
    for line in written:
        line.draw(painter, MARGIN, y)
        y += line.height


def _which(page: PaperPage, charts: Sequence[ChartInUse]) -> str:
    """Which chart a page is from; those without a known manager may be from any."""
    own = [chart for chart in charts if page.authority in ("", chart.authority)] or list(charts)
    said = (
        f"{chart.authority}, version {chart.number} of {calendar.say_date(chart.day)}, "
        f"fingerprint {readable(chart.sha256)}"
        for chart in own
    )
    return "Structure chart: " + "; ".join(said)


def _paint_card(painter: QPainter, card: PaperCard, box: QRectF) -> None:
    pen = QPen(_INK, _THIN)
    pen.setStyle(_STYLES.get(card.words.frame, Qt.PenStyle.SolidLine))
    painter.setPen(pen)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.setPen(_INK)
    y = box.top() + _PAD / 2
    for line in (*card.names, *card.rest):
        line.draw(painter, box.left() + _PAD, y)
        y += line.height
