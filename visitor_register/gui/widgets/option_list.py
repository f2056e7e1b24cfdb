"""Up to five answers as rows, each with its Alt and digit. Nothing is chosen before a person chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.tone import Tone

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what it stands for, its words, a muted hint at the right, and a shape for outcomes."""

    value: Any
    words: str
    hint: str = ""
    tone: Tone | None = None


class OptionRow(QPushButton):
    """One row: key, words, hint, tick."""

    stepped = Signal(int)

    def __init__(self, option: Option, key: str) -> None:
        super().__init__()
        self.option, self._key = option, key
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(option.words)
        self.setAccessibleDescription(" ".join(part for part in (option.hint, key) if part))
        if key:
            press_with(self, key)

    def text_room(self) -> tuple[int, int]:
        """Width needed, and width there is."""
        return self._wanted(), self.width()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        return QSize(self._wanted(), theme.current().px(42))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbours, Enter and Space choose."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        painter = QPainter(self)
        look, rect, chosen = theme.current(), self.rect(), self.isChecked()
        fill = "accent_soft" if chosen else "hover" if self.underMouse() else "raised"
        edge = "focus" if self.hasFocus() else "accent" if chosen else "control"
        paint.box(painter, rect, look.px(6), fill=fill, line=edge, width=2 if chosen or self.hasFocus() else 1)
        left = look.px(10)
        if self._key:
            wide = paint.key_width(self._key)
            where = QRect(left, rect.top(), wide, rect.height())
            paint.key_hint(painter, where, self._key, "muted", outline="control", fill="raised")
            left += wide + look.px(10)
        if self.option.tone is not None:
            side = look.px(20)
            where = QRect(left, rect.center().y() - side // 2 + 1, side, side)
            icons.draw_shape(painter, where, self.option.tone.shape, self.option.tone.band, self.option.tone.on)
            left += side + look.px(8)
        right = look.px(12)
        if chosen:
            side = look.px(18)
            where = QRect(rect.right() - right - side, rect.center().y() - side // 2 + 1, side, side)
            icons.draw(painter, where, "check", "text")
            right += side + look.px(10)
        words = rect.adjusted(left, 0, -right, 0)
        hint = QFontMetrics(look.font("cap")).horizontalAdvance(self.option.hint)
        bold = look.font("strong" if chosen or self.option.tone else "body")
        paint.text(
            painter, words.adjusted(0, 0, -hint - 8 if hint else 0, 0), self.option.words, bold, look.color("text")
        )
        if hint:
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint.text(painter, words, self.option.hint, look.font("cap"), look.color("muted"), align)
        painter.end()

    def _wanted(self) -> int:
        look = theme.current()
        words = QFontMetrics(look.font("strong")).horizontalAdvance(self.option.words)
        hint = QFontMetrics(look.font("cap")).horizontalAdvance(self.option.hint)
        wide = words + look.px(10 + 12 + 28) + (hint + look.px(12) if hint else 0)
        if self._key:
            wide += paint.key_width(self._key) + look.px(10)
        return wide + (look.px(28) if self.option.tone else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class OptionList(QWidget):
    """The rows. Signals:

    chosen: The value of the answer somebody chose, or chose again.
    """

    chosen = Signal(object)

    def __init__(
        self, options: Sequence[Option] = (), *, name: str = "", keys: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._rows: list[OptionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.setAccessibleName(name)
        self.set_options(options)

    @property
    def rows(self) -> tuple[OptionRow, ...]:
        """The rows, from the top."""
        return tuple(self._rows)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other answers, none of them chosen."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, option in enumerate(options, 1):
            row = OptionRow(option, f"Alt+{number}" if self._keys else "")
            row.clicked.connect(self._picked)
            row.stepped.connect(self._stepped)
            self._rows.append(row)
            self._column.addWidget(row)
            # A row that is added to a window already shown can take the focus at once.
            row.show()
        if self._rows:
            self.setFocusProxy(self._rows[0])

    def value(self) -> Any:
        """What was chosen, or None."""
        return next((row.option.value for row in self._rows if row.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Show a choice that was made before; None is no choice. No signal."""
        for row in self._rows:
            row.setChecked(value is not None and row.option.value == value)

    @Slot()
    def _picked(self) -> None:
        sender = self.sender()
        if isinstance(sender, OptionRow):
            self.set_value(sender.option.value)
            self.chosen.emit(sender.option.value)

    @Slot(int)
    def _stepped(self, step: int) -> None:
        sender = self.sender()
        if isinstance(sender, OptionRow):
            number = (self._rows.index(sender) + step) % len(self._rows)
            self._rows[number].setFocus(Qt.FocusReason.TabFocusReason)
