"""Names as chips that wrap onto further lines, with a field to add another behind them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from visitor_register.gui import icons, theme
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.wrap_box import WrapBox

_HEIGHT, _ADD = 32, 110
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_TAKE_OFF = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Chip(QAbstractButton):
    """One name. Pressing it, Backspace or Delete takes it off; arrows go to its neighbours.

    Signals:
        stepped: The keyboard wants the next one (1) or the one before (-1).
        left: Tab was pressed.
    """

    stepped = Signal(int)
    left = Signal()

    def __init__(self, name: str, second: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(f"Take off {name}")
        self.setAccessibleDescription(second)
        self.setToolTip(plain_tip(" · ".join(part for part in (name, second) if part)))

    def sizeHint(self) -> QSize:
        """Room for the name and its cross."""
        look = theme.current()
        wide = QFontMetrics(look.font("strong")).horizontalAdvance(self._name)
        return QSize(wide + look.px(12 + 8 + 16 + 12) + 2, look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name; one that is too long for its line is shortened, its tool tip holds all of it."""
        painter, look = QPainter(self), theme.current()
        focused = self.hasFocus()
        line, fill = ("focus" if focused else "accent"), ("hover" if self.underMouse() else "accent_soft")
        paint.box(painter, self.rect(), look.px(_HEIGHT) // 2, fill=fill, line=line, width=2 if focused else 1)
        side = look.px(16)
        cross = QRect(self.width() - look.px(12) - side, (self.height() - side) // 2, side, side)
        icons.draw(painter, cross, "x", "text")
        words = self.rect().adjusted(look.px(12), 0, -(look.px(12 + 8) + side), 0)
        paint.text(painter, words, self._name, look.font("strong"), look.color("text"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it off, or go on; Ctrl and Alt belong to the page."""
        key, chord = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not chord and key in _TAKE_OFF:
            if not event.isAutoRepeat():
                self.click()
        elif not chord and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Tab, either way, leaves the chips."""
        self.left.emit()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it is the one."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is not the one any more."""
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only its cross takes a name off: a click on the name is often meant to read it."""
        if event.position().x() >= self.width() - theme.current().px(12 + 8 + 16):
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)


class ChipBox(WrapBox):
    """Chips in their order, then the field; as many lines as they need. Tab goes to the field, arrows to the chips.

    Signals:
        taken_off: The number of the chip that is not wanted.
    """

    taken_off = Signal(int)

    def __init__(self, field: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(field, least=_ADD, parent=parent)
        self.chips: tuple[Chip, ...] = ()
        self._field = field
        self.setFocusProxy(field)

    def set_names(self, names: Sequence[tuple[str, str]]) -> None:
        """Show these: a name, and what tells namesakes apart."""
        if any(chip.hasFocus() for chip in self.chips):
            # Else Qt would hand the keyboard to whatever comes next in the form.
            self._to_field()
        self.chips = tuple(Chip(name, second) for name, second in names)
        for chip in self.chips:
            chip.clicked.connect(self._clicked)
            chip.stepped.connect(self._stepped)
            chip.left.connect(self._to_field)
        self.set_parts(self.chips)

    def setAccessibleName(self, name: str) -> None:
        """Name the field as well: that is what has the keyboard."""
        super().setAccessibleName(name)
        self._field.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Where the names are wrong, the field shows it."""
        if event.type() == QEvent.Type.DynamicPropertyChange:
            theme.set_property(self._field, "invalid", bool(self.property("invalid")))
        return super().event(event)

    @Slot()
    def to_last(self) -> None:
        """Give the keyboard to the last chip, if there is one."""
        if self.chips:
            self.chips[-1].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _to_field(self) -> None:
        self._field.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _clicked(self) -> None:
        self.taken_off.emit(self._number_of_sender())

    @Slot(int)
    def _stepped(self, step: int) -> None:
        number = self._number_of_sender() + step
        if number >= len(self.chips):
            self._to_field()
        else:
            self.chips[max(0, number)].setFocus(Qt.FocusReason.TabFocusReason)

    def _number_of_sender(self) -> int:
        return next(number for number, chip in enumerate(self.chips) if chip is self.sender())
