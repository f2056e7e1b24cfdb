"""The rail at the left: the screens one may go to, and the time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.gui import icons, metrics, theme
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.plain_label import PlainLabel, plain_tip

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RailItem:
    """One screen. Its number stays with it, also when a role does not see another one."""

    key: str
    words: str
    icon: str
    number: int


class RailButton(QPushButton):
    """One line of the rail."""

    picked = Signal(str)
    stepped = Signal(str, int)

    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self.item, self.count, self.narrow = item, 0, False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Maximum)
        press_with(self, f"Ctrl+{item.number}")
        self.setToolTip(plain_tip(f"{item.words} (Ctrl+{item.number})"))
        self.setAccessibleDescription(f"Ctrl+{item.number}")
        self.set_count(0)
        self.clicked.connect(self._pick)

    def set_count(self, count: int) -> None:
        """How many things wait there; 0 shows nothing."""
        self.count = count
        self.setAccessibleName(f"{self.item.words}, {count}" if count else self.item.words)
        self.update()

    def text_room(self) -> tuple[int, int]:
        """Width needed, and width there is."""
        look = theme.current()
        if self.narrow:
            return look.px(20), self.width()
        words = QFontMetrics(look.font("strong")).horizontalAdvance(self.item.words)
        return look.px(40) + words + (look.px(44) if self.count else 0) + look.px(28), self.width()

    def sizeHint(self) -> QSize:
        """A line of the rail."""
        return QSize(theme.current().px(metrics.RAIL_WIDTH_NARROW if self.narrow else 150), theme.current().px(44))

    def minimumSizeHint(self) -> QSize:
        """The rail decides about the width; on a very low screen lines come closer, but can still be hit."""
        return QSize(theme.current().px(40), 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go along the rail, Enter goes to the screen."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step:
            self.stepped.emit(self.item.key, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, word, count and number."""
        painter = QPainter(self)
        look, rect, on = theme.current(), self.rect(), self.isChecked()
        if on:
            painter.fillRect(rect, look.color("raised"))
            painter.fillRect(QRect(0, 0, 4, rect.height()), look.color("accent"))
        elif self.underMouse():
            painter.fillRect(rect, look.color("hover"))
        side = look.px(20)
        left = (rect.width() - side) // 2 if self.narrow else look.px(12)
        top = rect.center().y() - side // 2 + 1
        icons.draw(painter, QRect(left, top, side, side), self.item.icon, "text")
        if self.narrow:
            self._paint_dot(painter, QRect(left, top, side, side))
        else:
            words = rect.adjusted(look.px(40), 0, 0, 0)
            paint.text(painter, words, self.item.words, look.font("strong" if on else "body"), look.color("text"))
            self._paint_numbers(painter, rect)
        if self.hasFocus():
            paint.box(painter, rect.adjusted(3, 2, -3, -2), look.px(6), line="focus", width=2)
        painter.end()

    def _paint_numbers(self, painter: QPainter, rect: QRect) -> None:
        look = theme.current()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        number = rect.adjusted(0, 0, -look.px(11), 0)
        paint.text(painter, number, str(self.item.number), look.font("cap"), look.color("muted"), right)
        if self.count:
            wide, high = look.px(34), look.px(26)
            pill = QRect(rect.right() - look.px(31) - wide, rect.center().y() - high // 2 + 1, wide, high)
            paint.box(painter, pill, high // 2, fill="off_bg")
            paint.text(painter, pill, str(self.count), look.font("label"), look.color("off_text"), _MIDDLE)

    def _paint_dot(self, painter: QPainter, icon: QRect) -> None:
        """In the narrow rail the count sits at the corner of the icon."""
        if not self.count:
            return
        look = theme.current()
        words, high = str(self.count), look.px(20)
        wide = max(high, QFontMetrics(look.font("key")).horizontalAdvance(words) + look.px(8))
        pill = QRect(icon.right() - look.px(4), icon.top() - look.px(8), wide, high)
        paint.box(painter, pill, high // 2, fill="accent")
        paint.text(painter, pill, words, look.font("key"), look.color("on_accent"), _MIDDLE, elide=False)

    @Slot()
    def _pick(self) -> None:
        self.setChecked(True)
        self.picked.emit(self.item.key)


class Rail(QFrame):
    """The screens of the person at the desk.

    Signals:
        chosen: The key of a screen somebody wants to see. The rail moves only by `set_current`.
    """

    chosen = Signal(str)

    def __init__(
        self,
        items: Sequence[RailItem],
        *,
        now: Callable[[], datetime],
        timer: QTimer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._now, self._narrow, self._current = now, False, ""
        self._buttons: dict[str, RailButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 1, 12)
        self._column.setSpacing(2)
        self.clock = PlainLabel(t="big")
        self.date = PlainLabel(t="cap")
        self._column.addStretch(1)
        self._column.addWidget(self.clock)
        self._column.addWidget(self.date)
        self.set_items(items)
        self._timer = timer or QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(1000)
        self.tick()
        self._fit()

    def set_items(self, items: Sequence[RailItem]) -> None:
        """Show the screens of a role."""
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for number, item in enumerate(items):
            button = RailButton(item)
            button.picked.connect(self._picked)
            button.stepped.connect(self._stepped)
            self._buttons[item.key] = button
            self._column.insertWidget(number, button)
        self.set_current(self._current)
        self._fit()

    def button(self, key: str) -> RailButton:
        """One line of it."""
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Mark the screen that is shown."""
        self._current = key
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_count(self, key: str, count: int) -> None:
        """How many things wait on a screen; one that is not shown is left alone."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Icons only where there is little room."""
        self._narrow = layout_class.narrow_rail
        self._fit()

    @Slot()
    def tick(self) -> None:
        """Show the time that it is."""
        now = self._now()
        clock, date = f"{now:%H:%M}", f"{_DAYS[now.weekday()]} {now.day} {_MONTHS[now.month - 1]} {now.year}"
        if (clock, date) != (self.clock.text(), self.date.text()):
            self.clock.setText(clock)
            self.date.setText(date)
            self.clock.setToolTip(date)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(metrics.RAIL_WIDTH_NARROW if self._narrow else metrics.RAIL_WIDTH))
        for button in self._buttons.values():
            button.narrow = self._narrow
            button.updateGeometry()
            button.update()
        self.clock.set_role("h3" if self._narrow else "big")
        align = Qt.AlignmentFlag.AlignHCenter if self._narrow else Qt.AlignmentFlag.AlignLeft
        self.clock.setAlignment(align)
        for label in (self.clock, self.date):
            label.setContentsMargins(0 if self._narrow else look.px(14), 0, 0, 0)
        self.date.setVisible(not self._narrow)

    @Slot(str)
    def _picked(self, key: str) -> None:
        self.set_current(self._current)
        self.chosen.emit(key)

    @Slot(str, int)
    def _stepped(self, key: str, step: int) -> None:
        keys = list(self._buttons)
        wanted = keys[(keys.index(key) + step) % len(keys)]
        self._buttons[wanted].setFocus(Qt.FocusReason.TabFocusReason)
