"""Boxes: the pages of a drawn chart with every line marked, and who is above the boxes that are not certain."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from visitor_register.domain.chart_boxes import BoxState
from visitor_register.domain.chart_table import Mark
from visitor_register.gui import theme
from visitor_register.gui.chart.boxes_look import BoxesLook
from visitor_register.gui.chart.boxes_view import BoxesView
from visitor_register.gui.chart.boxes_words import page_words, spoken
from visitor_register.gui.chart.drawing_page import ZoomTools
from visitor_register.gui.chart.import_ask_bar import AskBar
from visitor_register.gui.chart.import_pick import PickPanel
from visitor_register.gui.chart.import_state import Ask, Boxes
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.services.chart_answers import choose

_ALL_SETTLED = "Every line is set. Click a box if one is wrong, or go on."
_SIDE, _SIDE_LOW = 320, 230


class LineKey(QWidget):
    """A piece of line in one style, and how many lines are drawn in it."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self.words = PlainLabel(t="capb")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.current().px(34), 0, 0, 0)
        row.addWidget(self.words)

    def show_count(self, count: int) -> None:
        """Say how many."""
        self.words.setText(f"{count:,} {self._mark.value}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the piece of line."""
        painter, look = QPainter(self), BoxesLook(theme.current().colours)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.lines[self._mark])
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(theme.current().px(26), middle))
        painter.end()


class Side(QStackedWidget):
    """The list beside the drawing, as wide as there is room for."""

    low = False

    def sizeHint(self) -> QSize:
        """A fixed width."""
        return QSize(theme.current().px(_SIDE_LOW if self.low else _SIDE), 100)

    def minimumSizeHint(self) -> QSize:
        """The same, and as low as one likes."""
        return QSize(self.sizeHint().width(), 60)


class BoxesPage(Card):
    """The drawing, the list of boxes that are asked about, and the bar that asks.

    `pages` and `zoom` stand above the page, where whoever shows it puts them.

    Signals:
        answered: What was answered.
        undo_wanted: The last answer was wrong.
    """

    answered = Signal(object)
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=1, parent=parent)
        self.setAccessibleName("Boxes and lines of the drawing")
        self._shown: Boxes | None = None
        self._chosen, self._at = "", -1
        self.pages = Chooser(name="Page of the drawing")
        self.keys = {mark: LineKey(mark) for mark in Mark}
        self.view = BoxesView()
        self.zoom = ZoomTools(self.view)
        self.list = ListPanel("Boxes to look at", empty="Every line is set.", row_height=52)
        self.pick, self.ask = PickPanel(), AskBar()
        self._side = Side()
        self._side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        for part in (self.list, self.pick):
            self._side.addWidget(part)
        self._lay_out()
        self.pages.chosen.connect(self._turn_to)
        self.list.selected.connect(self._stand_on)
        self.list.activated_row.connect(self.ask.take)
        self.view.box_clicked.connect(self._clicked)
        self.view.stepped.connect(self._step)
        self.view.taken.connect(self.ask.take)
        self.view.left.connect(self.stop_picking)
        self.ask.answered.connect(self._answer)
        self.ask.more_wanted.connect(self._offer_all)
        self.ask.undo_wanted.connect(self.undo_wanted)
        self.pick.picked.connect(self._picked)
        self.pick.left.connect(self.stop_picking)

    @property
    def picking(self) -> bool:
        """Whether the box above another is being chosen."""
        return self._side.currentWidget() is self.pick

    @property
    def chosen(self) -> str:
        """The id of the box that is asked about, "" for none."""
        return self._chosen

    @Slot(object)
    def show_boxes(self, shown: Boxes) -> None:
        """Show the drawing as it stands now; after an answer the next open box is asked about."""
        first_time, keys, before = self._shown is None, self._keys(), self._asked()
        place = keys.index(self._chosen) if self._chosen in keys else 0
        self._shown = shown
        for mark, key in self.keys.items():
            key.show_count(shown.counts[mark])
        self.pages.set_options([(page_words(page, shown.states), at) for at, page in enumerate(shown.pages)])
        self.list.set_rows(shown.rows)
        self.stop_picking()
        asked = self._asked()
        if again := [key for key in asked if key not in before and not first_time]:
            # An answer was taken back: that is where to go on.
            self._chosen = again[0]
        elif self._chosen not in asked and (asked or first_time):
            self._chosen = asked[min(place, len(asked) - 1)] if asked else ""
        if first_time:
            self._turn_to(0)
        tips = {id_: spoken(state, shown.asks.get(id_)) for id_, state in shown.states.items()}
        self.view.show_states(shown.states, tips)
        self._stand_on(self._chosen)

    def set_low(self, low: bool) -> None:
        """Leave the drawing what room there is."""
        self._side.low = low
        self._side.updateGeometry()
        self.ask.set_low(low)
        self.pick.set_low(low)
        self._legend.setVisible(not low)
        self._legend_line.setVisible(not low)
        self.zoom.natural.setVisible(not low)

    def begin(self) -> None:
        """Forget the last file."""
        self._shown, self._chosen, self._at = None, "", -1

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the drawing where nothing is asked."""
        (self.list if self.list.rows else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def stop_picking(self) -> None:
        """Leave the list of all."""
        if self.picking:
            self._side.setCurrentWidget(self.list)
            self.view.pick(False)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._legend = QWidget()
        head = QHBoxLayout(self._legend)
        head.setContentsMargins(14, 8, 12, 8)
        head.setSpacing(24)
        for key in self.keys.values():
            head.addWidget(key)
        head.addStretch(1)
        head.addWidget(PlainLabel("Numbers: the answers below", t="cap"))
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.view, 1)
        across.addWidget(frame("vline"))
        across.addWidget(self._side)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 6, 10, 8)
        foot.addWidget(self.ask)
        self.view.setMinimumSize(160, 60)
        self.list.setMinimumHeight(52)
        self.body.setSpacing(0)
        self._legend_line = frame("line")
        self.body.addWidget(self._legend)
        self.body.addWidget(self._legend_line)
        self.body.addLayout(across, 1)
        self.body.addWidget(frame("line"))
        self.body.addLayout(foot)

    def _ask(self) -> Ask | None:
        return self._shown.asks.get(self._chosen) if self._shown is not None else None

    def _keys(self) -> list[str]:
        """The boxes of the list, in its order."""
        return [row.key for row in self.list.rows if not row.heading]

    def _asked(self) -> list[str]:
        states = self._states()
        return [key for key in self._keys() if key in states and states[key].asked]

    def _states(self) -> Mapping[str, BoxState]:
        return self._shown.states if self._shown is not None else {}

    @Slot(object)
    def _turn_to(self, at: int) -> None:
        if self._shown is None or at is None or at == self._at:
            return
        self._at = at
        self.pages.set_value(at)
        page = self._shown.pages[at]
        self.view.show_page(page, self._shown.names)
        self.view.choose(self._chosen, self._likely())

    @Slot(object)
    def _stand_on(self, id_: str) -> None:
        if self._shown is None or self.picking:
            return
        self._chosen = id_
        pages = [at for at, page in enumerate(self._shown.pages) if any(box.id == id_ for box in page.boxes)]
        if pages and self._at not in pages:
            self._turn_to(pages[0])
        self.list.choose(id_)
        self.view.choose(id_, self._likely())
        self.ask.show_ask(self._ask(), can_undo=self._shown.can_undo, words=_ALL_SETTLED)
        if self.view.hasFocus() and id_:
            announce(self.view, spoken(self._shown.states[id_], self._ask()))

    def _likely(self) -> list[str]:
        """The boxes of the answers, in their order."""
        ask = self._ask()
        box_of = {row: state.id for state in self._states().values() for row in state.rows}
        return [box_of.get(row or "", "") for row in ask.likely] if ask is not None else []

    @Slot(str)
    def _clicked(self, id_: str) -> None:
        state = self._states().get(id_)
        if state is None:
            return
        if self.picking:
            self._picked(state.rows[0])
        else:
            self._stand_on(id_)

    @Slot(int)
    def _step(self, step: int) -> None:
        keys = self._keys()
        if keys and not self.picking:
            at = keys.index(self._chosen) + step if self._chosen in keys else 0
            self._stand_on(keys[at % len(keys)])

    @Slot(object)
    def _answer(self, answer: object) -> None:
        if not self.view.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(answer)

    @Slot()
    def _offer_all(self) -> None:
        ask = self._ask()
        if ask is not None and self._shown is not None:
            self._side.setCurrentWidget(self.pick)
            self.view.pick(True)
            self.pick.offer("Click the manager's box, or choose here", self._shown.everybody, ask.likely)

    @Slot(object)
    def _picked(self, key: str) -> None:
        ask = self._ask()
        self.stop_picking()
        if ask is not None and ask.choice is not None:
            self._answer(choose(ask.choice, key))
