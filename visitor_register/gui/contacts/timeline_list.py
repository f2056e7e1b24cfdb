"""The lines of a timeline under one another, each as high as its words need; only those in sight are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from visitor_register.files.timeline_csv import TimelineLine
from visitor_register.gui import icons, theme
from visitor_register.gui.contacts import timeline_words
from visitor_register.gui.widgets import paint

TEXTS_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_MARGIN, _GAP, _SIGN = 12, 3, 14


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph in a role and a colour; `sign` names the icon in front of it."""

    words: str
    font: str
    ink: str
    sign: str = ""


def _texts(line: TimelineLine, own: str) -> list[_Text]:
    """What is drawn of a line; `own` is the child whose timeline it is, which needs no naming again."""
    when = " · ".join(part for part in (line.day, line.time, line.what) if part)
    child = [_Text(f"Child {line.child}", "body", "text")] if line.child not in ("", own) else []
    return [
        _Text(when, "cap", "muted"),
        _Text(line.title, "strong", "text"),
        *(_Text(words, "body", "text") for words in line.details),
        *child,
        *(
            _Text(mark, "label", "text", "clock" if mark.startswith(timeline_words.LATER) else "pencil")
            for mark in line.marks
        ),
        _Text(f"Written {line.written} by {line.by}", "cap", "muted"),
    ]


class TimelineList(QListView):
    """Up and Down go from line to line; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("What happened, the earliest first")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)

    @property
    def lines(self) -> tuple[TimelineLine, ...]:
        """What is shown."""
        return self._model.lines

    def set_lines(self, lines: Sequence[TimelineLine], *, child: str = "", stay: bool = False) -> None:
        """Show these, from the last; with `stay` whoever reads stays where they are. `child`: whose timeline it is."""
        if tuple(lines) == self._model.lines:
            return
        row, place = self.currentIndex().row(), self.verticalScrollBar().value()
        self._model.set_lines(lines, child)
        if stay:
            self.setCurrentIndex(self._model.index(max(row, 0)))
            self.verticalScrollBar().setValue(place)
        elif lines:
            self.setCurrentIndex(self._model.index(len(lines) - 1))
            self.scrollToBottom()

    def stand_on(self, row: int) -> None:
        """Stand on this line, with it at the top."""
        self.setCurrentIndex(self._model.index(row))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew at another width, and keep the line one stands on in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


class _Lines(QAbstractListModel):
    """The lines for the view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[TimelineLine, ...] = ()
        self.child = ""

    def set_lines(self, lines: Sequence[TimelineLine], child: str) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines, self.child = tuple(lines), child
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is drawn of it, and all of it in words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == TEXTS_ROLE:
            return _texts(line, self.child)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.as_text()
        return None


class _Delegate(QStyledItemDelegate):
    """Measures and draws one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the words need."""
        view = self.parent()
        wide = view.viewport().width() if isinstance(view, QListView) else 100
        return QSize(wide, self._walk(index.data(TEXTS_ROLE), QRect(0, 0, wide, 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        look = theme.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("border"))
        self._walk(index.data(TEXTS_ROLE), rect, painter)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, rect.adjusted(1, 1, -1, -1), look.px(4), line="focus", width=2)
        painter.restore()

    def _walk(self, texts: list[_Text], rect: QRect, painter: QPainter | None = None) -> int:
        """Go through the paragraphs from the top, drawing them if there is something to draw with; how high it is."""
        look = theme.current()
        margin, y = look.px(_MARGIN), look.px(8)
        for text in texts:
            font = look.font(text.font)
            indent = look.px(_SIGN + 6) if text.sign else 0
            layout, high = _laid_out(text.words, font, rect.width() - 2 * margin - indent)
            if painter is not None:
                left, top = rect.left() + margin, rect.top() + y
                if text.sign:
                    side = look.px(_SIGN)
                    icons.draw(painter, QRect(left, top + look.px(2), side, side), text.sign, "muted")
                painter.setPen(look.color(text.ink))
                layout.draw(painter, QPointF(left + indent, top))
            y += high + look.px(_GAP)
        return y + look.px(6)


def _laid_out(words: str, font: QFont, width: int) -> tuple[QTextLayout, int]:
    """A paragraph broken into lines, and how high it is. It is text, whatever it looks like."""
    layout = QTextLayout(words.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40))
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return layout, round(high + 0.5)
