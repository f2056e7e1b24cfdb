"""A picture larger than its window: dragged by the mouse, zoomed by the wheel and by keys."""

from PySide6.QtCore import QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

SMALLEST, LARGEST, STEP = 0.01, 3.0, 1.25
"""How small and how large it may be drawn, and how much one step is."""


class Canvas(QGraphicsView):
    """Ctrl with plus and minus zooms, Ctrl+0 is 100 %, Ctrl+9 shows everything.

    Signals:
        clicked: A point of the scene that was clicked, and not dragged.
        clicked_twice: The same by two clicks.
        pointed: The point of the scene under the pointer.
        zoomed: How large it is drawn: 1 is 100 %.
    """

    clicked = Signal(QPointF)
    clicked_twice = Signal(QPointF)
    pointed = Signal(QPointF)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._dragged = False
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    @property
    def zoom(self) -> float:
        """How large it is drawn."""
        return float(self.transform().m11())

    def zoom_to(self, wanted: float, at: QPointF | None = None) -> None:
        """Draw it this large; what is at a point of the view (its middle unless told) stays there."""
        wanted = min(max(wanted, SMALLEST), LARGEST)
        point = (at if at is not None else QPointF(self.viewport().rect().center())).toPoint()
        under = self.mapToScene(point)
        self.resetTransform()
        self.scale(wanted, wanted)
        self.scroll_by(self.mapFromScene(under) - point)
        self.zoomed.emit(self.zoom)

    @Slot()
    def zoom_in(self) -> None:
        """A step larger."""
        self.zoom_to(self.zoom * STEP)

    @Slot()
    def zoom_out(self) -> None:
        """A step smaller."""
        self.zoom_to(self.zoom / STEP)

    @Slot()
    def zoom_natural(self) -> None:
        """Draw it at 100 %."""
        self.zoom_to(1.0)

    @Slot()
    def zoom_whole(self) -> None:
        """Draw it as large as everything fits, and never larger than 100 %."""
        area, room = self.sceneRect(), self.viewport().size()
        if area.width() and area.height():
            self.zoom_to(min(room.width() / area.width(), room.height() / area.height(), 1.0))
            self.centerOn(area.center())

    def scroll_by(self, way: QPoint) -> None:
        """Move what is seen by so many pixels."""
        for bar, step in ((self.horizontalScrollBar(), way.x()), (self.verticalScrollBar(), way.y())):
            bar.setValue(bar.value() + step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom; all other keys are left to whoever wants them."""
        zooms = {
            Qt.Key.Key_Plus: self.zoom_in,
            Qt.Key.Key_Equal: self.zoom_in,
            Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.zoom_natural,
            Qt.Key.Key_9: self.zoom_whole,
        }
        zoom = zooms.get(Qt.Key(event.key())) if event.modifiers() & Qt.KeyboardModifier.ControlModifier else None
        if zoom is not None:
            zoom()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms about the pointer."""
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom_to(self.zoom * STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to click."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the picture along, or say where the pointer is."""
        here = event.position().toPoint()
        if self._pressed is None:
            self.pointed.emit(self.mapToScene(here))
            return
        way = here - self._pressed
        if self._dragged or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.scroll_by(-way)
            self._pressed = here

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that was no drag is a click."""
        clicked = self._pressed is not None and not self._dragged and event.button() == Qt.MouseButton.LeftButton
        self._pressed = None
        self.viewport().unsetCursor()
        if clicked:
            self.clicked.emit(self.mapToScene(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two clicks; its release is no click any more."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked_twice.emit(self.mapToScene(event.position().toPoint()))
