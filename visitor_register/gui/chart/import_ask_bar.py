"""The bar that asks about one row or one box: the likeliest answers as buttons, each with its key."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitor_register.gui.chart.import_state import Ask
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

_OFFERS = 3
_LONGEST = 26
_GAP = 8


class AskBar(WrappingFrame):
    """Alt+1 to Alt+3 give the answers, Alt+4 opens the list of all, Alt+5 leaves it open, Ctrl+Z takes the last back.

    Signals:
        answered: What was answered.
        more_wanted: All answers are wanted, in a list.
        undo_wanted: The last answer was wrong.
    """

    answered = Signal(object)
    more_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._ask: Ask | None = None
        self._low = False
        self.question, self.hint = PlainLabel(t="strong", wrap=True), PlainLabel(t="cap", wrap=True)
        self.offers = [KeyButton(" ", key=f"Alt+{number}", shortcut=True) for number in range(1, _OFFERS + 1)]
        self.more = KeyButton("Somebody else", key="Alt+4", shortcut=True)
        self.leave = KeyButton("Leave open", key="Alt+5", shortcut=True)
        self.undo = KeyButton("Undo", icon="undo-2", key="Ctrl+Z", shortcut=True)
        for label in (self.question, self.hint):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.question)
        words.addWidget(self.hint)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._upper.setSpacing(_GAP)
        self._lower.setSpacing(_GAP)
        self._upper.addLayout(words, 1)
        for button in self.offers:
            self._lower.addWidget(button)
        self._lower.addStretch(1)
        self._others = (self.more, self.leave, self.undo)
        for button in self._others:
            self._upper.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 12, 8)
        column.setSpacing(6)
        column.addLayout(self._upper)
        column.addLayout(self._lower)
        for button in self.offers:
            button.clicked.connect(self._offered)
        self.more.clicked.connect(self.more_wanted)
        self.leave.clicked.connect(self._left_open)
        self.undo.clicked.connect(self.undo_wanted)

    @property
    def ask(self) -> Ask | None:
        """What is asked."""
        return self._ask

    def show_ask(self, ask: Ask | None, *, can_undo: bool, words: str = "") -> None:
        """Ask this; None says that there is nothing to ask, in these words."""
        self._ask = ask
        self.question.setText(ask.question if ask is not None else words)
        self.hint.setText(ask.hint if ask is not None else "")
        for button, offer in zip(self.offers, ask.offers if ask is not None else (), strict=False):
            button.setText(_short(offer.words))
            button.set_second(_short(offer.about))
        if ask is not None and ask.more:
            self.more.setText(ask.more)
        self.undo.setVisible(can_undo)
        self._fit()
        self.setVisible(bool(self.question.text()) or can_undo)
        self.keep_height()

    def set_low(self, low: bool) -> None:
        """Where there is little height, all answers stand in one row, without hints and keys."""
        self._low = low
        for button in self._others:
            (self._lower if low else self._upper).addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.undo.setText("" if low else "Undo")
        self.undo.set_name("Undo")
        buttons = (*self.offers, self.more, self.leave, self.undo)
        keys = (*(f"Alt+{number}" for number in range(1, _OFFERS + 1)), "Alt+4", "Alt+5", "Ctrl+Z")
        for button, key in zip(buttons, keys, strict=True):
            button.set_key("" if low else key)
        self._fit()
        self.keep_height()

    @Slot()
    def take(self) -> None:
        """Do what Enter does: give the first answer if that may be given at once, else go to the first there is."""
        if self._ask is not None and self._ask.at_once:
            self._give(0)
        elif self._ask is not None:
            # Enter never says that half a council has left.
            self._focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the answers that fit; whom there is no room for stands first in the list."""
        ask = self._ask
        self.hint.setVisible(bool(self.hint.text()) and not self._low)
        self.more.setVisible(ask is not None and bool(ask.more))
        self.leave.setVisible(ask is not None and ask.leave_open is not None)
        room = self.contentsRect().width() - 26
        if self._low:
            room -= sum(button.sizeHint().width() + _GAP for button in self._others if not button.isHidden())
        count = len(ask.offers) if ask is not None else 0
        for number, button in enumerate(self.offers):
            room -= button.sizeHint().width() + _GAP
            needed = number == 0 or (ask is not None and not ask.more)
            button.setVisible(number < count and (needed or room >= 0))

    def _focus_first(self) -> None:
        for button in (*self.offers, self.more, self.leave):
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _give(self, number: int) -> None:
        if self._ask is not None and number < len(self._ask.offers):
            self.answered.emit(self._ask.offers[number].answer)

    @Slot()
    def _offered(self) -> None:
        self._give(next(number for number, button in enumerate(self.offers) if button is self.sender()))

    @Slot()
    def _left_open(self) -> None:
        if self._ask is not None and self._ask.leave_open is not None:
            self.answered.emit(self._ask.leave_open)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 2].rstrip()}..."
