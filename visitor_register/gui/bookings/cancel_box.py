"""What can be done with a booking that stands: copy it, cancel it, nobody came, its passes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.option_list import Option, OptionList


class CancelBox(QWidget):
    """Four buttons; cancelling asks who cancelled, and why.

    Signals:
        copied: Copy it.
        missed: Nobody came.
        cancelled: Whether the school did, why, and whether the later visits of the series are cancelled too.
        passes_wanted: Show what can be made of its passes.
    """

    copied = Signal()
    missed = Signal()
    cancelled = Signal(bool, str, bool)
    passes_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = KeyButton("Copy", name="Copy this booking to another day")
        self.cancel = KeyButton("Cancel", name="Cancel this booking")
        self.no_show = KeyButton("Did not come")
        self.passes = KeyButton("Pass", name="Passes of this booking")
        self.asking = frame("sunken")
        self.whom = OptionList([Option(False, "The authority cancelled"), Option(True, "We, the school, cancelled")])
        self.why = Field("Why, in a few words", line_edit())
        self.confirm = KeyButton("Cancel this booking", kind="danger")
        self.confirm_later = KeyButton("Cancel this and the later ones", kind="danger")
        self.keep = KeyButton("Keep it")
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.copy, self.cancel, self.no_show, self.passes):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self.asking)
        box.setContentsMargins(12, 10, 12, 12)
        box.addWidget(self.whom)
        box.addWidget(self.why)
        box.addWidget(self.confirm)
        box.addWidget(self.confirm_later)
        box.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.asking)
        self.asking.hide()
        self.copy.clicked.connect(self.copied)
        self.no_show.clicked.connect(self.missed)
        self.passes.clicked.connect(self.passes_wanted)
        self.cancel.clicked.connect(self._ask)
        self.keep.clicked.connect(self.fold)
        self.confirm.clicked.connect(self._cancel)
        self.confirm_later.clicked.connect(self._cancel_later)
        self.show_later("")

    def show_on(self, *, on: bool, passes: bool) -> None:
        """Offer what can still be said: a booking that is over can only be copied."""
        self.passes.setVisible(on and passes)
        self.cancel.setVisible(on)
        self.no_show.setVisible(on)
        self.fold()

    def show_later(self, words: str) -> None:
        """Offer to cancel the later visits of a series too: their number in words; without, there are none."""
        self.confirm.setText("Cancel this visit only" if words else "Cancel this booking")
        self.confirm_later.setText(f"Cancel this and {words}")
        self.confirm_later.setVisible(bool(words))

    @Slot()
    def fold(self) -> None:
        """Ask nothing."""
        self.asking.hide()
        self.whom.set_value(None)
        self.why.control.setProperty("text", "")
        self.why.set_error("")

    @Slot()
    def _ask(self) -> None:
        self.asking.show()
        self.whom.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _cancel(self) -> None:
        self._tell(later=False)

    @Slot()
    def _cancel_later(self) -> None:
        self._tell(later=True)

    def _tell(self, *, later: bool) -> None:
        if self.whom.value() is None:
            self.why.set_error("Choose first who cancelled.")
            return
        self.cancelled.emit(self.whom.value(), str(self.why.control.property("text")), later)
