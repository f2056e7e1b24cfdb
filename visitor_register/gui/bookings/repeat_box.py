"""How often a visit comes back, with the days it will be on; and whether a change is for the later ones too."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel

REPEATS = (("Once", 0), ("Every week", 1), ("Every 2 weeks", 2))
"""Words, and after how many weeks a visit comes back."""


class RepeatBox(WrappingFrame):
    """The last day or the number of visits, and under them which days those are.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._until, self._times = line_edit(longest=30), line_edit(longest=3)
        self.until, self.times = Field("Until", self._until), Field("or how many visits", self._times)
        self.days = PlainLabel(wrap=True)
        self.left_out = PlainLabel(t="cap", ink="text", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(metrics.FIELD_GAP)
        row.addWidget(self.until, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.times, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.addLayout(row)
        column.addWidget(self.days)
        column.addWidget(self.left_out)
        for line in (self._until, self._times):
            line.textChanged.connect(self.changed)
        self.show_days("", "")

    def typed(self) -> tuple[str, str]:
        """What stands there: until when, how many visits."""
        return self._until.text(), self._times.text()

    def set_typed(self, until: str, times: str) -> None:
        """Fill it in."""
        self._until.setText(until)
        self._times.setText(times)

    def show_days(self, days: str, left_out: str) -> None:
        """Say on which days the visit will be, and which were left out."""
        for label, words in ((self.days, days), (self.left_out, left_out)):
            label.setText(words)
            label.setVisible(bool(words))
        self.keep_height()


class SeriesBox(WrappingFrame):
    """Asked when one visit of a series is saved: is the change for this one, or for the later ones too?

    Signals:
        answered: Whether it is for the later ones too.
    """

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self.question = PlainLabel(t="strong", wrap=True)
        self.remarks = PlainLabel(wrap=True)
        self.this = KeyButton("This visit only")
        self.later = KeyButton()
        self.back = KeyButton("Do not save yet")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        for part in (self.question, self.remarks, self.this, self.later, self.back):
            column.addWidget(part)
        self.this.clicked.connect(self._this)
        self.later.clicked.connect(self._later)
        self.back.clicked.connect(self.hide)
        self.hide()

    def ask(self, later: str, remarks: str) -> None:
        """Ask, with what is to be known of the later visits."""
        self.question.setText("This is one visit of a series. Change which?")
        self.later.setText(f"This and {later}")
        self.remarks.setText(remarks)
        self.remarks.setVisible(bool(remarks))
        self.show()
        self.keep_height()
        self.this.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _this(self) -> None:
        self.hide()
        self.answered.emit(False)

    @Slot()
    def _later(self) -> None:
        self.hide()
        self.answered.emit(True)
