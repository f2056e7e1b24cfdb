"""Tabs that say how many: the number above the word, or before it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.tone import Tone


class CountTab(QPushButton):
    """One tab. It is checked while its list is shown."""

    picked = Signal(str)
    stepped = Signal(str, int)

    def __init__(self, key: str, word: str, *, beside: bool, tone: Tone | None = None) -> None:
        super().__init__()
        self.key, self.word, self._beside, self._tone = key, word, beside, tone
        self.count = 0
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        fixed, grow = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.MinimumExpanding
        self.setSizePolicy(fixed if beside else grow, fixed)
        self.clicked.connect(self._pick)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self.count = count
        self.setAccessibleName(f"{self.word}, {count:,}")
        self.updateGeometry()
        self.update()

    def text_room(self) -> tuple[int, int]:
        """Width needed, and width there is."""
        return self._wanted(), self.width()

    def sizeHint(self) -> QSize:
        """Room for number and word."""
        return QSize(self._wanted(), theme.current().px(56))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbours."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self.stepped.emit(self.key, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number, word and the bar below."""
        painter = QPainter(self)
        look, rect = theme.current(), self.rect()
        if self.underMouse():
            painter.fillRect(rect, look.color("hover"))
        number, word = look.font("time"), look.font("label" if self.isChecked() else "cap")
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        ink = look.color("text" if self.isChecked() else "muted")
        if self._beside:
            self._paint_beside(painter, rect)
        else:
            upper = QRect(0, look.px(6), rect.width(), look.px(26))
            lower = QRect(0, look.px(30), rect.width(), look.px(20))
            paint.text(painter, upper, f"{self.count:,}", number, look.color("text"), middle)
            paint.text(painter, lower, self.word, word, ink, middle)
        if self.isChecked():
            painter.fillRect(QRect(0, rect.bottom() - 2, rect.width(), 3), look.color("accent"))
        if self.hasFocus():
            paint.box(painter, rect.adjusted(2, 2, -2, -4), look.px(4), line="focus", width=2)
        painter.end()

    def _paint_beside(self, painter: QPainter, rect: QRect) -> None:
        look = theme.current()
        left = look.px(14)
        if self._tone:
            side = look.px(20)
            where = QRect(left, rect.center().y() - side // 2 + 1, side, side)
            icons.draw_shape(painter, where, self._tone.shape, self._tone.band, self._tone.on)
            left += look.px(28)
        number, word = look.font("time"), look.font("strong" if self.isChecked() else "body")
        wide = QFontMetrics(number).horizontalAdvance(f"{self.count:,}")
        paint.text(painter, rect.adjusted(left, 0, 0, 0), f"{self.count:,}", number, look.color("text"))
        paint.text(painter, rect.adjusted(left + wide + look.px(8), 0, 0, 0), self.word, word, look.color("text"))

    def _wanted(self) -> int:
        look = theme.current()
        number = QFontMetrics(look.font("time")).horizontalAdvance(f"{self.count:,}")
        word = QFontMetrics(look.font("strong" if self._beside else "label")).horizontalAdvance(self.word)
        if self._beside:
            return number + word + look.px(14 + 8 + 14) + (look.px(28) if self._tone else 0)
        return max(number, word) + look.px(16)

    @Slot()
    def _pick(self) -> None:
        self.setChecked(True)
        self.picked.emit(self.key)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class CountTabs(QWidget):
    """A row of tabs, one of them shown.

    Signals:
        chosen: The key of the tab that is shown from now on.
    """

    chosen = Signal(str)

    def __init__(
        self,
        tabs: Sequence[tuple[str, str]],
        *,
        beside: bool = False,
        tones: Mapping[str, Tone] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._tabs: dict[str, CountTab] = {}
        for key, word in tabs:
            tab = CountTab(key, word, beside=beside, tone=(tones or {}).get(key))
            tab.picked.connect(self._picked)
            tab.stepped.connect(self._stepped)
            self._tabs[key] = tab
            row.addWidget(tab)
        if beside:
            row.addStretch(1)
        self.current = tabs[0][0]
        self._tabs[self.current].setChecked(True)

    def tab(self, key: str) -> CountTab:
        """One tab."""
        return self._tabs[key]

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show these numbers; tabs not named keep theirs."""
        for key, count in counts.items():
            self._tabs[key].set_count(count)

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide one tab."""
        self._tabs[key].setVisible(shown)

    def choose(self, key: str) -> None:
        """Show a tab, as if it had been clicked."""
        self._picked(key)

    @Slot(str)
    def _picked(self, key: str) -> None:
        changed = key != self.current
        self.current = key
        for tab in self._tabs.values():
            tab.setChecked(tab.key == key)
        if changed:
            self.chosen.emit(key)

    @Slot(str, int)
    def _stepped(self, key: str, step: int) -> None:
        keys = [name for name, tab in self._tabs.items() if not tab.isHidden()]
        wanted = keys[(keys.index(key) + step) % len(keys)]
        self._tabs[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        self._picked(wanted)
