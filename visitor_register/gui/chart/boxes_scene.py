"""One page of the drawing as a scene: a box for each box, and a path for the lines of each style."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsScene, QWidget

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Link, Mark, Page, Point
from visitor_register.gui.chart.boxes_items import BoxItem
from visitor_register.gui.chart.boxes_look import BoxesLook
from visitor_register.gui.chart.boxes_words import pill

_MARGIN = 22.0


class BoxesScene(QGraphicsScene):
    """Holds one page at a time.

    Attributes:
        boxes: The boxes of the page, by their ids.
        lines: The path of each style; "other" is what is no line of management.
        way: The line of the chosen box.
    """

    def __init__(self, look: BoxesLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.page: Page | None = None
        self.boxes: dict[str, BoxItem] = {}
        self._states: Mapping[str, BoxState] = {}
        self.lines = {style: self._line(depth) for depth, style in enumerate((*Mark, "other"), -6)}
        self.way = self._line(-1)

    def show_page(self, page: Page, names: Collection[str]) -> None:
        """Show another page; its boxes have no state yet."""
        for item in self.boxes.values():
            self.removeItem(item)
        self.page, self.boxes = page, {}
        for box in page.boxes:
            item = BoxItem(box, names, self.look)
            self.addItem(item)
            self.boxes.setdefault(box.id, item)
        # What is drawn, not the paper: margins would only make it smaller.
        area = QRectF()
        for item in self.boxes.values():
            area = area.united(item.area)
        for link in page.links:
            area = area.united(QPolygonF([QPointF(*point) for point in link.points]).boundingRect())
        self.setSceneRect(area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))

    def show_states(self, states: Mapping[str, BoxState]) -> None:
        """Frame the boxes and draw the lines as sure as they are."""
        self._states = states
        for id_, item in self.boxes.items():
            state = states.get(id_)
            item.show_state(state, pill(state) if state is not None else None)
        paths: dict[str, QPainterPath] = {style: QPainterPath() for style in self.lines}
        for style, points in self._ways():
            _add(paths[style], points)
        for style, item_ in self.lines.items():
            pen = self.look.other if style == "other" else self.look.lines[Mark(style)]
            _draw(item_, paths[style], pen)

    def choose(self, chosen: str, numbers: Mapping[str, int]) -> None:
        """Let one box stand out with its line, and number the boxes that are likely above it."""
        for id_, item in self.boxes.items():
            item.choose(id_ == chosen)
            item.sign.show_number(numbers.get(id_, 0))
        path = QPainterPath()
        for _, points in self._ways(only=chosen) if chosen else ():
            _add(path, points)
        _draw(self.way, path, self.look.way)

    def follow(self, zoom: float) -> None:
        """Fit the signs to the size of the page."""
        for item in self.boxes.values():
            item.sign.follow(zoom)

    def box_at(self, point: QPointF) -> str:
        """The box at a point, "" for none."""
        hits = [item for item in self.items(point) if isinstance(item, BoxItem) and item.area.contains(point)]
        return hits[0].box.id if hits else ""

    def _line(self, depth: int) -> QGraphicsPathItem:
        item = QGraphicsPathItem()
        item.setZValue(depth)
        self.addItem(item)
        return item

    def _ways(self, only: str = "") -> Iterator[tuple[str, Sequence[Point]]]:
        """Yield the style and the way of each line of the page, as it is known by now."""
        drawn: set[str] = set()
        for link in self.page.links if self.page is not None else ():
            state = self._states.get(link.child)
            if state is None or (only and link.child != only):
                continue
            points = link.points or self._straight(link.child, link.manager)
            settled = state.mark is Mark.SET and link.manager == state.manager and not link.dashed
            if settled:
                drawn.add(link.child)
                yield Mark.SET, points
            elif link.dashed:
                yield "other", points
            elif state.asked:
                yield _style(link, state), points
        for id_, state in self._states.items():
            if state.by_hand and state.mark is Mark.SET and id_ not in drawn and (not only or id_ == only):
                yield Mark.SET, self._straight(id_, state.manager)

    def _straight(self, child: str, manager: str) -> Sequence[Point]:
        """A line that is only implied: from the lower edge of the one above to the upper edge of the other."""
        if child not in self.boxes or manager not in self.boxes:
            return ()
        one, above = self.boxes[child].area, self.boxes[manager].area
        start = (above.center().x(), above.bottom() if above.top() <= one.top() else above.top())
        return start, (one.center().x(), one.top() if above.top() <= one.top() else one.bottom())


def _style(link: Link, state: BoxState) -> str:
    return Mark.CHECK if link.mark is Mark.CHECK or state.mark is Mark.CHECK else Mark.LOOSE


def _add(path: QPainterPath, points: Sequence[Point]) -> None:
    if points:
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)


def _draw(item: QGraphicsPathItem, path: QPainterPath, pen: QPen) -> None:
    item.setPen(pen)
    item.setPath(path)
