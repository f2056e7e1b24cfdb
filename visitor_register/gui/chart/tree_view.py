"""The structure as a tree of rows: walked by arrows, found by typing a name, read out by screen readers."""

from collections.abc import Callable
from time import monotonic
from uuid import UUID

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from visitor_register.domain import names
from visitor_register.gui import icons, theme
from visitor_register.gui.chart import drawing_words
from visitor_register.gui.chart.drawing_presenter import DrawingPresenter
from visitor_register.gui.chart.drawing_state import NOTHING, Marks, Told
from visitor_register.gui.chart.drawing_words import CardWords, Frame
from visitor_register.gui.chart.tree_model import WORDS_ROLE, TreeModel
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.rows import Index

_ROW, _INDENT = 48, 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TreeDelegate(QStyledItemDelegate):
    """Paints a row: names, job, how many people; all of it letter by letter."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(200, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        words = index.data(WORDS_ROLE)
        if not isinstance(words, CardWords):
            return
        look, rect, state = theme.current(), option.rect, option.state
        painter.save()
        if state & QStyle.StateFlag.State_MouseOver and not state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("hover"))
        inner = rect.adjusted(look.px(4), 0, -look.px(14), 0)
        inner.setRight(self._count(painter, inner, words))
        middle, high = inner.center().y(), look.px(20)
        upper = QRect(inner.left(), middle - high + 1, inner.width(), high)
        lower = QRect(inner.left(), middle + 1, inner.width(), high)
        if words.shared:
            side = look.px(16)
            icons.draw(painter, QRect(upper.left(), upper.center().y() - side // 2 + 1, side, side), "users", "text")
            upper.adjust(side + look.px(8), 0, 0, 0)
        name = look.color("muted" if words.frame is Frame.VACANT else "text")
        paint.text(painter, upper, words.name, look.font("strong"), name)
        paint.text(painter, lower, words.second, look.font("cap"), look.color("muted"))
        painter.restore()

    def _count(self, painter: QPainter, inner: QRect, words: CardWords) -> int:
        """Draw how many people stand under somebody; return where the words must end."""
        if words.people is None:
            return inner.right()
        look = theme.current()
        said = drawing_words.people(words.people)
        wide = QFontMetrics(look.font("cap")).horizontalAdvance(said)
        where = QRect(inner.right() - wide, inner.top(), wide + 1, inner.height())
        paint.text(painter, where, said, look.font("cap"), look.color("muted"), _RIGHT, elide=False)
        return where.left() - look.px(12)


class TreeView(QTreeView):
    """Right unfolds, Left folds and goes up, letters find a name, Enter opens.

    Signals:
        activated_seat: The seat whose row was opened, by Enter or two clicks.
    """

    activated_seat = Signal(int)

    def __init__(
        self, presenter: DrawingPresenter, parent: QWidget | None = None, *, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self.presenter, self._clock = presenter, clock
        self._rows = TreeModel(self)
        self._told = NOTHING
        self._unfoldable: dict[UUID, int] = {}
        self._quiet = False
        self._typed, self._typed_at = "", 0.0
        self.setModel(self._rows)
        self.setItemDelegate(TreeDelegate(self))
        self.setAccessibleName("Chart as a tree")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._fit()
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._open)
        presenter.told.connect(self._tell)
        presenter.marked.connect(self._mark)

    def current_seat(self) -> int | None:
        """The seat one stands on."""
        return self._rows.seat_of(self.currentIndex())

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the tint and the ring over the whole width, however far the row is indented."""
        look = theme.current()
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        chosen = self.selectionModel().isSelected(index)
        if chosen:
            painter.fillRect(row, look.color("accent_soft"))
            painter.fillRect(QRect(0, row.top(), 4, row.height()), look.color("accent"))
        super().drawRow(painter, option, index)
        if chosen and self.hasFocus():
            paint.box(painter, row.adjusted(1, 1, -1, -1), look.px(4), line="focus", width=2)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw whether a row can be unfolded, with our own sign."""
        if self._rows.hasChildren(index):
            side = theme.current().px(16)
            where = QRect(rect.right() - side - 1, rect.center().y() - side // 2 + 1, side, side)
            icons.draw(painter, where, "chevron-down" if self.isExpanded(index) else "chevron-right", "text")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard always stands on some row; that alone chooses nobody."""
        self._quiet = True
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.currentIndex(), flag)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next person, folded away or not, with a name that begins with what is typed."""
        now = self._clock()
        within = now - self._typed_at < QApplication.keyboardInputInterval() / 1000
        self._typed, self._typed_at = (self._typed if within else "") + search, now
        words = names.words(self._typed)
        here, order = self.current_seat(), self._told.tree.read_order()
        at = order.index(here) if here is not None else 0
        # A longer beginning may still be that of the row one stands on.
        first = at if within or here is None else at + 1
        for seat in (*order[first:], *order[:first]):
            if words and all(f" {word}" in self._rows.words_of(seat).name_key for word in words):
                self._go_to(seat)
                return

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self._fit()

    def _fit(self) -> None:
        self.setIndentation(theme.current().px(_INDENT))
        self.scheduleDelayedItemsLayout()

    @Slot(object)
    def _tell(self, told: Told) -> None:
        unfolded = {key for key, at in self._unfoldable.items() if self.isExpanded(self._rows.index_of(at))}
        seats, first = told.tree.seats, not self._unfoldable
        self._quiet = True
        self._told = told
        self._rows.tell(told)
        self._unfoldable = {seat.key: at for at, seat in enumerate(seats) if seat.below}
        for key, at in self._unfoldable.items():
            # At first one sees the top and those right under it.
            if key in unfolded or (first and seats[at].depth == 0 and not seats[at].group):
                self.setExpanded(self._rows.index_of(at), True)
        self._quiet = False

    @Slot(object)
    def _mark(self, marks: Marks) -> None:
        if marks.chosen is not None and marks.chosen != self.current_seat():
            self._quiet = True
            self._go_to(marks.chosen)
            self._quiet = False

    def _go_to(self, seat: int) -> None:
        index = self._rows.index_of(seat)
        above = index.parent()
        while above.isValid():
            self.setExpanded(above, True)
            above = above.parent()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, new: QModelIndex, _old: QModelIndex) -> None:
        seat = self._rows.seat_of(new)
        if seat is not None and not self._quiet:
            self.presenter.choose(seat)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        seat = self._rows.seat_of(index)
        if seat is not None:
            self.activated_seat.emit(seat)
