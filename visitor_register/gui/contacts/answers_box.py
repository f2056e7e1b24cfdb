"""What is open with somebody, to be answered by the contact that is written down: one of them, or none."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.fields import Field
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.plain_label import plain_tip
from visitor_register.gui.widgets.wrap_box import WrapBox

_HIGH, _KEYS = 48, ("Alt+8", "Alt+9")


class _Answer(KeyButton):
    """One deadline in two lines; pressed again it lets go."""

    def __init__(self, identity: UUID, words: str, second: str) -> None:
        super().__init__(words, kind="chip")
        self.identity = identity
        self.set_second(second)
        self.setToolTip(plain_tip(f"{words} · {second}"))

    def sizeHint(self) -> QSize:
        """Room for the two lines."""
        return QSize(super().sizeHint().width(), theme.current().px(_HIGH))

    def text_room(self) -> tuple[int, int]:
        """A name that is too long is shortened; the tool tip holds all of it."""
        return 0, 0


class AnswersBox(QWidget):
    """The deadlines as chips under their question; hidden where nothing is open.

    Signals:
        changed: Another one was chosen, or none.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: UUID | None = None
        self.answers: tuple[_Answer, ...] = ()
        self._box = WrapBox()
        self.field = Field("It answers", self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.hide()

    def value(self) -> UUID | None:
        """The deadline it answers; the one that was asked for stays so while what is open is looked up."""
        return self._value

    def set_value(self, value: UUID | None) -> None:
        """Choose this one; no signal."""
        self._value = value
        self._mark()

    def set_offers(self, offers: Sequence[tuple[UUID, str, str]] | None) -> None:
        """Offer these: the number, what is owed, by whom and when. None while they are looked up."""
        self.answers = tuple(_Answer(*offer) for offer in offers or ())
        for number, answer in enumerate(self.answers):
            answer.clicked.connect(self._clicked)
            if number < len(_KEYS):
                press_with(answer, _KEYS[number])
        self._box.set_parts(self.answers)
        self.field.set_label(
            "It answers (Alt+8)" if len(self.answers) < 2 else "It answers one of these (Alt+8, Alt+9)"
        )
        self.setVisible(bool(self.answers))
        if self.answers:
            self.field.setFocusProxy(self.answers[0])
        if offers is not None and self._value not in (None, *(answer.identity for answer in self.answers)):
            self._value = None
            self.changed.emit()
        self._mark()

    def _mark(self) -> None:
        for answer in self.answers:
            answer.setChecked(answer.identity == self._value)

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Answer):
            self.set_value(None if sender.identity == self._value else sender.identity)
            self.changed.emit()
