"""A few short answers side by side, of which one is chosen; one stop for Tab, and an Alt and digit for each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.keys import press_with
from visitor_register.gui.widgets.wrap_box import WrapBox

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Choice(KeyButton):
    """One answer; the arrows go to its neighbours."""

    stepped = Signal(int)

    def __init__(self, words: str, value: Any) -> None:
        super().__init__(words, kind="chip")
        self.value = value

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with the arrows, choose with Space or Enter."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)


class ChoiceRow(WrapBox):
    """The answers. Nothing is chosen before a person chooses.

    Signals:
        chosen: The value somebody chose, or chose again.
    """

    chosen = Signal(object)

    def __init__(
        self, options: Sequence[tuple[str, Any]], *, first_key: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.choices: tuple[_Choice, ...] = ()
        self.set_options(options, first_key=first_key)

    def set_options(self, options: Sequence[tuple[str, Any]], *, first_key: int = 0) -> None:
        """Offer these words, each with the value it stands for; the choice is kept where it still exists."""
        before = self.value()
        made = []
        for number, (words, value) in enumerate(options, first_key):
            choice = _Choice(words, value)
            choice.clicked.connect(self._clicked)
            choice.stepped.connect(self._stepped)
            if first_key:
                press_with(choice, f"Alt+{number}")
                choice.setToolTip(f"Alt+{number}")
                choice.setAccessibleDescription(f"Alt+{number}")
            made.append(choice)
        self.choices = tuple(made)
        self.set_parts(self.choices)
        self.set_value(before)

    def value(self) -> Any:
        """What was chosen, or None."""
        return next((choice.value for choice in self.choices if choice.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Show a choice that was made before; None is no choice. No signal."""
        for choice in self.choices:
            choice.setChecked(value is not None and choice.value == value)
        self._stand()

    def _stand(self) -> None:
        """Let Tab stop once: at the answer that was given, else at the first."""
        stop = next((choice for choice in self.choices if choice.isChecked()), self.choices[0])
        for choice in self.choices:
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus if choice is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Choice):
            self.set_value(sender.value)
            self.chosen.emit(sender.value)

    @Slot(int)
    def _stepped(self, step: int) -> None:
        sender = self.sender()
        if isinstance(sender, _Choice):
            number = (self.choices.index(sender) + step) % len(self.choices)
            self.choices[number].setFocus(Qt.FocusReason.TabFocusReason)
