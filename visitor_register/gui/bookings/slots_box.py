"""The times of a day in which nobody misses a lesson, to press instead of typing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.wrap_box import WrapBox


@dataclass(frozen=True, slots=True)
class Slot:
    """One such time: its words, and what stands in From and To when it is pressed."""

    words: str
    start: str
    end: str
    chosen: bool = False


class SlotsBox(QWidget):
    """What the visit costs of lessons, and the times that cost none. Nothing is said where nothing is known.

    Signals:
        pressed: From and To of the time that was pressed.
    """

    pressed = Signal(str, str)

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after
        self._offered: tuple[tuple[str, str, str], ...] = ()
        self.words = PlainLabel(t="cap", ink="text", wrap=True)
        self.box = WrapBox()
        self.buttons: tuple[KeyButton, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.box)
        self.hide()

    def show_slots(self, words: str, slots: Sequence[Slot]) -> None:
        """Say it and offer these; without words, nothing."""
        self.words.setText(words)
        self.setVisible(bool(words))
        offered = tuple((slot.words, slot.start, slot.end) for slot in slots)
        if offered != self._offered:
            self._offered = offered
            self._make(slots)
        for button, slot in zip(self.buttons, slots, strict=True):
            button.setChecked(slot.chosen)

    def _make(self, slots: Sequence[Slot]) -> None:
        self.buttons = tuple(
            KeyButton(slot.words, kind="chip", name=f"{slot.words}, no lesson is missed") for slot in slots
        )
        self.box.set_parts(self.buttons)
        before = self._after
        for button, slot in zip(self.buttons, slots, strict=True):
            button.clicked.connect(partial(self.pressed.emit, slot.start, slot.end))
            # Made last, they would be reached last.
            QWidget.setTabOrder(before, button)
            before = button
