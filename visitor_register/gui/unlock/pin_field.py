"""Six boxes for the six digits of a PIN: typed only, never pasted, and never shown."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from visitor_register.gui import theme
from visitor_register.gui.unlock.known_keys import DIGITS
from visitor_register.gui.widgets import paint

_SIDE, _LEAST, _HEIGHT, _GAP = 48, 30, 56, 12


class PinField(QLineEdit):
    """A line for a password to a screen reader; to everybody else six boxes of which the next one is marked.

    Signals:
        entered: The sixth digit was typed, or Return pressed.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(DIGITS)
        self.setAccessibleName("PIN")
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, a step back, and Return. Nothing else is typed here, and nothing is pasted."""
        sign, chord = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        elif self.isReadOnly():
            event.ignore()
        elif event.key() == Qt.Key.Key_Backspace:
            self.setText(self.text()[:-1])
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        elif len(sign) == 1 and sign.isascii() and sign.isdigit() and not chord and not event.isAutoRepeat():
            self._add(sign)
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A keyboard on the screen sends its digits so, one at a time; anything longer was not typed."""
        sign = event.commitString()
        if len(sign) == 1 and sign.isascii() and sign.isdigit() and not self.isReadOnly():
            self._add(sign)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only take the keyboard; there is nothing to select."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """There is nothing to select."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button would paste here."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """There is nothing to select."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def sizeHint(self) -> QSize:
        """Six boxes and the gaps between them."""
        look = theme.current()
        return QSize(look.px(_SIDE) * DIGITS + look.px(_GAP) * (DIGITS - 1), look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Boxes come closer before they are cut."""
        return QSize(theme.current().px(_LEAST) * DIGITS, theme.current().px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes; a dot stands for a digit."""
        painter = QPainter(self)
        look, typed = theme.current(), len(self.text())
        # Boxes become narrower before they come closer than half a gap.
        side = min(look.px(_SIDE), (self.width() - look.px(_GAP // 2) * (DIGITS - 1)) // DIGITS)
        step = side + min(look.px(_GAP), (self.width() - side * DIGITS) // (DIGITS - 1))
        wrong = bool(self.property("invalid"))
        for number in range(DIGITS):
            box = QRect(number * step, 0, side, self.height())
            following = self.hasFocus() and number == min(typed, DIGITS - 1)
            edge = "focus" if following else "danger" if wrong else "control"
            paint.box(painter, box, look.px(6), fill="raised", line=edge, width=2 if following or wrong else 1)
            if number < typed:
                dot = look.px(12)
                middle = QRect(box.center().x() - dot // 2 + 1, box.center().y() - dot // 2 + 1, dot, dot)
                paint.box(painter, middle, dot // 2, fill="text")
        painter.end()

    def _add(self, digit: str) -> None:
        if len(self.text()) < DIGITS:
            self.setText(self.text() + digit)
            if len(self.text()) == DIGITS:
                self.entered.emit()

    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT))
        self.updateGeometry()
