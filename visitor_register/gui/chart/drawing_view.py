"""The drawn chart on the screen: cards are chosen, folded and walked through by mouse and by keys."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from visitor_register.gui import theme
from visitor_register.gui.chart.drawing_canvas import Canvas
from visitor_register.gui.chart.drawing_card import CardItem
from visitor_register.gui.chart.drawing_look import CardLook
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.drawing_scene import ChartScene
from visitor_register.gui.chart.drawing_state import NOTHING, Marks, Shape, Told
from visitor_register.gui.chart.drawing_walk import Step, step_from
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.plain_label import plain_tip

_MARGIN = 24
_READABLE = 0.7
"""Whoever is jumped to is shown at 100 %, unless the drawing is about that large already."""

_STEPS = {
    Qt.Key.Key_Left: Step(-1, 0),
    Qt.Key.Key_Right: Step(1, 0),
    Qt.Key.Key_Up: Step(0, -1),
    Qt.Key.Key_Down: Step(0, 1),
}


class DrawingView(Canvas):
    """Arrows walk from card to card, Space folds and unfolds, Enter opens.

    Signals:
        opened: Enter, or two clicks, on the chosen card.
    """

    opened = Signal()

    def __init__(self, presenter: DrawingPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.chart = ChartScene(_look(), self)
        self.setScene(self.chart)
        self._told, self._shape, self._marks = NOTHING, Shape(), Marks()
        self._stale = False
        self._lit: CardItem | None = None
        self.setAccessibleName("Drawing of the chart")
        self.setAccessibleDescription("Tree shows the same as rows.")
        theme.current().changed.connect(self._restyle)
        presenter.told.connect(self._tell)
        presenter.shaped.connect(self._reshape)
        presenter.marked.connect(self._mark)
        self.clicked.connect(self._click)
        self.clicked_twice.connect(self._click_twice)
        self.pointed.connect(self._point)

    @Slot()
    def zoom_natural(self) -> None:
        """Draw it at 100 %, with the chosen card in view."""
        super().zoom_natural()
        self._look_at(self._marks.chosen)

    def draw(self) -> None:
        """Draw what was changed, even while nobody sees it."""
        if self._stale and self._told.drawable:
            self._stale = False
            self._light(None)
            self.chart.shape(self._shape)
            self.chart.mark(self._marks, ringed=self.hasFocus())
            margin = theme.current().px(_MARGIN)
            self.setSceneRect(self.chart.sceneRect().adjusted(-margin, -margin, margin, margin))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A card that was chosen and in view stays in view."""
        super().resizeEvent(event)
        card = self.chart.card(self.presenter.chosen) if self.presenter.chosen is not None else None
        if card is not None and QRect(QPoint(), event.oldSize()).intersects(self._place_of(card)):
            self._keep_in_view(card)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.draw()
            self._look_at(self._marks.look_at if self._marks.look_at is not None else self._marks.chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is, and say it."""
        super().focusInEvent(event)
        self._ring()
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard."""
        super().focusOutEvent(event)
        self._ring()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, fold, open, zoom. Letters are left alone: they belong to the search field."""
        key, chosen = Qt.Key(event.key()), self.presenter.chosen
        if key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._walk(_STEPS[key])
        elif key == Qt.Key.Key_Space and chosen is not None:
            self.presenter.toggle(chosen)
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._light(None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Offer all words of a card as a tool tip, letter by letter."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            card = self.chart.card_at(self.mapToScene(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(card.words.spoken) if card is not None else "", self)
            return True
        return super().viewportEvent(event)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """While no card is chosen, the ring of the keyboard is round the whole drawing."""
        if self.hasFocus() and self._standing() is None:
            painter.save()
            painter.resetTransform()
            painter.setPen(self.chart.look.ring_pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(2, 2, -2, -2), 4, 4)
            painter.restore()

    @Slot()
    def _restyle(self) -> None:
        """Draw everything again in other colours and sizes."""
        old, self.chart = self.chart, ChartScene(_look(), self)
        self.setScene(self.chart)
        old.deleteLater()
        self._lit, self._stale = None, True
        self.chart.tell(self._told)
        self.draw()
        card = self.chart.card(self._marks.chosen) if self._marks.chosen is not None else None
        if card is not None:
            self._keep_in_view(card)

    @Slot(object)
    def _tell(self, told: Told) -> None:
        self._told, self._lit = told, None
        self.chart.tell(told)

    @Slot(object, object)
    def _reshape(self, shape: Shape, keep: int | None) -> None:
        self._shape, self._stale = shape, True
        if not self.isVisible():
            return
        card = self.chart.card(keep) if keep is not None else None
        point = self.mapFromScene(card.pos()) if card is not None else QPoint()
        self.draw()
        if card is not None:
            self.scroll_by(self.mapFromScene(card.pos()) - point)

    @Slot(object)
    def _mark(self, marks: Marks) -> None:
        before, self._marks = self._marks.chosen, marks
        if self._stale:
            return
        self.chart.mark(marks, ringed=self.hasFocus())
        self._look_at(marks.look_at)
        if marks.chosen != before:
            self._say()
            # The ring round the whole drawing comes or goes.
            self.viewport().update()

    def _look_at(self, seat: int | None) -> None:
        """Go to a card, large enough to be read."""
        card = self.chart.card(seat) if seat is not None else None
        if card is not None:
            if self.zoom < _READABLE:
                self.zoom_to(1.0)
                self.centerOn(card)
            self._keep_in_view(card)

    def _keep_in_view(self, card: CardItem) -> None:
        place, room = self._place_of(card), self.viewport().size()
        around = theme.current().px(_MARGIN) * 2
        across, down = (room.width() - place.width()) // 2, (room.height() - place.height()) // 2
        self.ensureVisible(card, max(0, min(around, across)), max(0, min(around, down)))

    def _place_of(self, card: CardItem) -> QRect:
        """Where a card is on the screen."""
        return self.mapFromScene(card.sceneBoundingRect()).boundingRect()

    def _standing(self) -> int | None:
        """The card where the keyboard is: the chosen one, or the folded one it is under."""
        return next((seat for seat in reversed(self._marks.way) if seat in self.chart.shown), None)

    def _walk(self, step: Step) -> None:
        here = self._standing()
        if here is None:
            here = next(iter(self._shape.row + self._shape.apart), None)
        elif here == self.presenter.chosen:
            if step.down > 0 and here in self._shape.folded:
                self.presenter.toggle(here)
            here = step_from(self._told.tree, self.chart.layout, here, step)
        if here is not None:
            self.presenter.choose(here)

    def _say(self) -> None:
        """Tell a screen reader, to which a drawing is mute, where the keyboard is."""
        if self.hasFocus() and self._marks.chosen is not None:
            words = self._told.words[self._marks.chosen].spoken
            announce(self, f"{words}, folded" if self._marks.chosen in self._shape.folded else words)

    def _ring(self) -> None:
        self.chart.mark(self._marks, ringed=self.hasFocus())
        self.viewport().update()

    @Slot(QPointF)
    def _click(self, point: QPointF) -> None:
        card = self.chart.card_at(point)
        if card is not None and card.in_pill(point):
            self.presenter.toggle(card.place)
        elif card is not None:
            self.presenter.choose(card.place)

    @Slot(QPointF)
    def _click_twice(self, point: QPointF) -> None:
        card = self.chart.card_at(point)
        if card is not None and card.in_pill(point):
            self.presenter.toggle(card.place)
        elif card is not None:
            self.opened.emit()

    @Slot(QPointF)
    def _point(self, point: QPointF) -> None:
        self._light(self.chart.card_at(point))

    def _light(self, card: CardItem | None) -> None:
        if card is not self._lit:
            for one, lit in ((self._lit, False), (card, True)):
                if one is not None:
                    one.light(lit)
            self._lit = card


def _look() -> CardLook:
    current = theme.current()
    return CardLook(current.colours, current.factor)
