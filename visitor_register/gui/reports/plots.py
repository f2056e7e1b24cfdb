"""The plots of the protocol report on the screen. What each shows stands in its description too."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitor_register.domain.report_tables import Report
from visitor_register.domain.report_words import ages_words, times_words
from visitor_register.gui import theme
from visitor_register.gui.prints.report_plots import Ages, Ink, draw_ages, draw_notice, draw_replies


def ink() -> Ink:
    """The type and colours in use."""
    look = theme.current()
    strong, paper = look.color("accent"), look.color("raised")
    soft = QColor(*((one(strong) + one(paper)) // 2 for one in (QColor.red, QColor.green, QColor.blue)))
    return Ink(
        font=look.font("cap"),
        text=look.color("text"),
        muted=look.color("muted"),
        line=look.color("border"),
        strong=strong,
        soft=soft,
        paper=paper,
        unit=look.px(10) / 10,
    )


class Plot(QWidget):
    """A drawing of a report. It has nothing to say until it is given one."""

    def __init__(self, name: str, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._high = high
        self.report: Report | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_report(self, report: Report) -> None:
        """Draw another report."""
        self.report = report
        self.setAccessibleDescription(self.words(report))
        self.updateGeometry()
        self.update()

    def words(self, report: Report) -> str:
        """What the plot shows, for those who do not see it."""
        raise NotImplementedError

    def draw(self, painter: QPainter, where: QRectF, report: Report) -> None:
        """Draw it."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        """Never so low that numbers stand on each other."""
        return QSize(theme.current().px(250), theme.current().px(self._high))

    def sizeHint(self) -> QSize:
        """The same: it takes what room there is."""
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what was given."""
        if self.report is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()), self.report)
        painter.end()


class NoticePlot(Plot):
    """Bookings by week or month, with their notice."""

    def words(self, report: Report) -> str:
        """Each week with its numbers."""
        table = report.tables["notice_weeks"]
        rows = (
            f"{row.name}: " + ", ".join(f"{c.value} {w}" for c, w in zip(row.cells, table.columns, strict=False))
            for row in table.rows
        )
        return "; ".join(rows)

    def draw(self, painter: QPainter, where: QRectF, report: Report) -> None:
        """Draw the bars."""
        draw_notice(painter, where, report, ink())


class RepliesPlot(Plot):
    """Reply times by team; higher the more teams there are."""

    def words(self, report: Report) -> str:
        """Each team with its middle reply."""
        return "; ".join(f"{one.team}: {times_words(report, one)}" for one in report.replies)

    def minimumSizeHint(self) -> QSize:
        """A line for each team."""
        teams = len(self.report.replies) if self.report is not None else 0
        row = QFontMetrics(theme.current().font("cap")).height()
        return QSize(theme.current().px(250), max(theme.current().px(self._high), round(row * (1.3 * teams + 2))))

    def draw(self, painter: QPainter, where: QRectF, report: Report) -> None:
        """Draw the bars, or say that there are none."""
        draw_replies(painter, where, report, ink())


class AgesPlot(Plot):
    """The age of the chart."""

    old, very_old = 42, 90

    def words(self, report: Report) -> str:
        """The ages at both ends."""
        return ages_words(report)

    def draw(self, painter: QPainter, where: QRectF, report: Report) -> None:
        """Draw the line."""
        draw_ages(painter, where, Ages(report.facts.ages, self.old, self.very_old), ink())
