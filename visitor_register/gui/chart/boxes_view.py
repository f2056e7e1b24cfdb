"""The drawing of an import on the screen: a box is chosen by a click or by arrows, and so is the one above it."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Page
from visitor_register.gui import theme
from visitor_register.gui.chart.boxes_look import BoxesLook
from visitor_register.gui.chart.boxes_scene import BoxesScene
from visitor_register.gui.chart.drawing_canvas import Canvas
from visitor_register.gui.widgets.plain_label import plain_tip

_LARGEST = 1.8
"""A page with three boxes need not fill the screen."""

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_PREVIOUS = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class BoxesView(Canvas):
    """Arrows go through the boxes that are asked about, Enter takes the first answer, the wheel zooms.

    Signals:
        box_clicked: The id of a box.
        stepped: To the next box that is asked about (1), or the one before (-1).
        taken: The first answer counts.
        left: Esc.
    """

    box_clicked = Signal(str)
    stepped = Signal(int)
    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = BoxesScene(_look(), self)
        self.setScene(self.drawing)
        self._names: Collection[str] = ()
        self._states: Mapping[str, BoxState] = {}
        self._tips: Mapping[str, str] = {}
        self._chosen, self._numbers = "", dict[str, int]()
        self._whole = True
        self.picking = False
        self.setAccessibleName("Drawing from the file")
        self.setAccessibleDescription("The list beside it holds the same boxes as rows.")
        self.clicked.connect(self._click)
        self.zoomed.connect(self._zoomed)

    def show_page(self, page: Page, names: Collection[str]) -> None:
        """Show a page as large as it fits."""
        self._names = names
        self.drawing.show_page(page, names)
        self._whole = True
        self._refresh()

    def show_states(self, states: Mapping[str, BoxState], tips: Mapping[str, str]) -> None:
        """Show how sure each line is."""
        self._states, self._tips = states, tips
        self._refresh()

    def choose(self, chosen: str, likely: Sequence[str]) -> None:
        """Let a box stand out; those that are likely above it bear the numbers of the answers."""
        self._chosen = chosen
        self._numbers = {id_: number for number, id_ in enumerate(likely, 1)}
        self.drawing.choose(chosen, self._numbers)
        item = self.drawing.boxes.get(chosen)
        if item is not None:
            self.ensureVisible(item, 40, 40)

    def pick(self, picking: bool) -> None:
        """Wait for a click on the box above, or stop waiting."""
        self.picking = picking
        self.setCursor(Qt.CursorShape.CrossCursor if picking else Qt.CursorShape.ArrowCursor)

    @Slot()
    def zoom_whole(self) -> None:
        """Show the whole page, also when the window changes."""
        area, room = self.sceneRect(), self.viewport().size()
        if area.width() and area.height():
            self.zoom_to(min(room.width() / area.width(), room.height() / area.height(), _LARGEST))
            self.centerOn(area.center())
        self._whole = True

    def zoom_to(self, wanted: float, at: QPointF | None = None) -> None:
        """Show it this large, whatever the window does."""
        self._whole = False
        super().zoom_to(wanted, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page that was seen whole stays so."""
        super().resizeEvent(event)
        if self._whole:
            self.zoom_whole()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the page once there is room."""
        super().showEvent(event)
        if self._whole:
            self.zoom_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "picking"):
            page, old = self.drawing.page, self.drawing
            self.drawing = BoxesScene(_look(), self)
            self.setScene(self.drawing)
            old.deleteLater()
            if page is not None:
                self.drawing.show_page(page, self._names)
                self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, take, leave, zoom."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in (*_NEXT, *_PREVIOUS):
            self.stepped.emit(1 if key in _NEXT else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.taken.emit()
        elif key == Qt.Key.Key_Escape and self.picking:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The ring of the keyboard round the whole drawing."""
        if self.hasFocus():
            painter.save()
            painter.resetTransform()
            painter.setPen(self.drawing.look.ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), 4, 4)
            painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Offer the words of a box as a tool tip, letter by letter."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            id_ = self.drawing.box_at(self.mapToScene(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self._tips.get(id_, "")), self)
            return True
        return super().viewportEvent(event)

    def _refresh(self) -> None:
        self.drawing.show_states(self._states)
        self.drawing.choose(self._chosen, self._numbers)
        self.drawing.follow(self.zoom)
        if self._whole and self.isVisible():
            self.zoom_whole()

    @Slot(float)
    def _zoomed(self, zoom: float) -> None:
        self.drawing.follow(zoom)

    @Slot(QPointF)
    def _click(self, point: QPointF) -> None:
        id_ = self.drawing.box_at(point)
        if id_:
            self.box_clicked.emit(id_)


def _look() -> BoxesLook:
    return BoxesLook(theme.current().colours)
