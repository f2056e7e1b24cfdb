"""The drawn chart with what stands round it: who is above, how large it is, and what its signs mean."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.chart.drawing_canvas import Canvas
from visitor_register.gui.chart.drawing_crumbs import Crumbs
from visitor_register.gui.chart.drawing_picture import picture_of
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.drawing_state import NOTHING, Told
from visitor_register.gui.chart.drawing_view import DrawingView
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.plain_label import PlainLabel

_TOO_DEEP = "This chart has {:,} levels, too many to draw. Tree and Table show all of it."


class ZoomTools(QWidget):
    """Smaller, 100 %, larger, everything."""

    def __init__(self, view: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.smaller = KeyButton(icon="zoom-out", kind="ghost", name="Draw it smaller")
        self.natural = KeyButton("100 %", kind="ghost", name="Draw it at 100 %")
        self.larger = KeyButton(icon="zoom-in", kind="ghost", name="Draw it larger")
        self.whole = KeyButton(icon="maximize", kind="ghost", name="Show all of the drawing")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button, tip, slot in (
            (self.smaller, "Smaller (Ctrl+-)", view.zoom_out),
            (self.natural, "100 % (Ctrl+0)", view.zoom_natural),
            (self.larger, "Larger (Ctrl++)", view.zoom_in),
            (self.whole, "All of the drawing (Ctrl+9)", view.zoom_whole),
        ):
            button.setToolTip(tip)
            button.clicked.connect(slot)
            row.addWidget(button)
        view.zoomed.connect(self._zoomed)

    @Slot(float)
    def _zoomed(self, zoom: float) -> None:
        self.natural.setText(f"{zoom:.0%}".replace("%", " %"))


class DrawingPage(QWidget):
    """The drawing; a chart with too many levels says so instead."""

    def __init__(self, presenter: DrawingPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self._told = NOTHING
        self.crumbs = Crumbs()
        self.from_top = KeyButton("Show from the top", icon="fold-vertical", kind="ghost")
        self.view = DrawingView(presenter)
        self.zoom = ZoomTools(self.view)
        self.too_deep = PlainLabel(t="muted", wrap=True)
        self.too_deep.setContentsMargins(16, 16, 16, 16)
        self.legend = QWidget()
        self.setFocusProxy(self.view)
        self.above = QWidget()
        above, below = QHBoxLayout(self.above), QHBoxLayout(self.legend)
        above.setContentsMargins(12, 4, 12, 0)
        above.addWidget(self.crumbs, 1)
        above.addWidget(self.from_top)
        below.setContentsMargins(14, 0, 8, 2)
        below.setSpacing(16)
        below.addWidget(IconLine("chevron-down", "number folded away", t="cap", size=16))
        below.addWidget(IconLine("users", "job share", t="cap", size=16))
        for words in ("dashed: vacant", "dotted: agency"):
            below.addWidget(PlainLabel(words, t="cap"))
        below.addStretch(1)
        below.addWidget(self.zoom)
        self._below, self._compact = below, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.above)
        column.addWidget(self.view, 1)
        column.addWidget(self.too_deep, 1)
        column.addWidget(self.legend)
        self.too_deep.hide()
        self.from_top.clicked.connect(presenter.from_top)
        self.crumbs.wanted.connect(presenter.begin_with)
        presenter.crumbs_shown.connect(self._show_crumbs)
        presenter.told.connect(self._tell)

    def set_compact(self, compact: bool, bar: QHBoxLayout) -> None:
        """Where there is little height, the signs are not explained and the zoom stands in the bar above."""
        self._compact = compact
        if compact:
            bar.insertWidget(bar.count() - 1, self.zoom)
        else:
            self._below.addWidget(self.zoom)
        self._show_parts()

    def picture(self) -> QImage:
        """What is drawn, whether it can be seen at once or not."""
        self.view.draw()
        return picture_of(self.view.chart, self._told.charts)

    @Slot(object)
    def _tell(self, told: Told) -> None:
        self._told = told
        self.too_deep.setText(_TOO_DEEP.format(told.tree.levels))
        self._show_parts()

    @Slot(object)
    def _show_crumbs(self, crumbs: tuple[tuple[int, str], ...]) -> None:
        self.crumbs.show_crumbs(crumbs)
        self._show_parts()

    def _show_parts(self) -> None:
        drawable = self._told.drawable
        self.too_deep.setVisible(not drawable)
        self.view.setVisible(drawable)
        self.above.setVisible(drawable and bool(self.crumbs.buttons))
        self.legend.setVisible(drawable and not self._compact)
