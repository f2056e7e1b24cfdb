"""The call-back card: which number to ring and where it comes from, what to ask, and how it went."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.option_list import Option, OptionRow
from visitor_register.gui.widgets.plain_label import PlainLabel


@dataclass(frozen=True, slots=True)
class CallBack:
    """What the card says. `source` says where the number comes from; it never comes from the visitor."""

    number: str
    whom: str
    source: str
    questions: tuple[str, ...]
    outcomes: tuple[Option, ...]
    title: str = "Call back"
    hint: str = "Not from the badge, not from the visitor"


class CallBackCard(Card):
    """Shows one call-back. Signals:

    outcome: The value of the outcome that was chosen. Read `who_answered()` and `what_was_confirmed()` then.
    """

    outcome = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Call back", parent=parent)
        self.head.insertWidget(0, Mark("phone-call", size=24, ink="muted"))
        self.number = PlainLabel(t="big")
        self.whom = PlainLabel(t="strong", wrap=True)
        self.source = PlainLabel(t="muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.number)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.whom)
        lines.addWidget(self.source)
        row.addLayout(lines, 1)
        self._questions = QGridLayout()
        self._questions.setSpacing(6)
        self._questions.setColumnStretch(1, 1)
        self._labels: list[PlainLabel] = []
        self.who = line_edit(placeholder="Name and job")
        self.what = line_edit(placeholder="In a few words")
        self.who_field = Field("Who answered", self.who)
        self.what_field = Field("What was confirmed", self.what)
        fields, self._outcomes = QHBoxLayout(), QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.who_field, 1)
        fields.addWidget(self.what_field, 1)
        self._outcomes.setSpacing(8)
        self._rows: list[OptionRow] = []
        self.body.addLayout(row)
        self.body.addWidget(frame("line"))
        self.body.addLayout(self._questions)
        self.body.addStretch(1)
        self.body.addLayout(fields)
        self.body.addLayout(self._outcomes)

    def show_call(self, call: CallBack) -> None:
        """Show whom to ring; what was typed for another call goes."""
        self.set_title(call.title, call.hint)
        self.number.setText(call.number)
        self.number.setVisible(bool(call.number))
        self.whom.setText(call.whom)
        self.source.setText(call.source)
        self.who.clear()
        self.what.clear()
        for old in (*self._labels, *self._rows):
            old.hide()
            old.deleteLater()
        self._labels, self._rows = [], []
        for number, question in enumerate(call.questions, 1):
            mark, words = PlainLabel(f"{number}.", t="strong"), PlainLabel(question, wrap=True)
            self._questions.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignTop)
            self._questions.addWidget(words, number, 1)
            self._labels += [mark, words]
        for number, option in enumerate(call.outcomes, 1):
            row = OptionRow(option, f"Alt+{number}")
            row.clicked.connect(self._picked)
            row.stepped.connect(self._stepped)
            self._rows.append(row)
            self._outcomes.addWidget(row, 1)
            row.show()

    @property
    def outcome_rows(self) -> tuple[OptionRow, ...]:
        """The outcome buttons, from the left."""
        return tuple(self._rows)

    def who_answered(self) -> str:
        """Who answered, as typed."""
        return self.who.text().strip()

    def what_was_confirmed(self) -> str:
        """What was confirmed, as typed."""
        return self.what.text().strip()

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Fold the hint away on a small screen."""
        self.hint.setVisible(layout_class.hints)

    @Slot()
    def _picked(self) -> None:
        sender = self.sender()
        for row in self._rows:
            row.setChecked(row is sender)
        if isinstance(sender, OptionRow):
            self.outcome.emit(sender.option.value)

    @Slot(int)
    def _stepped(self, step: int) -> None:
        sender = self.sender()
        if isinstance(sender, OptionRow):
            self._rows[(self._rows.index(sender) + step) % len(self._rows)].setFocus(Qt.FocusReason.TabFocusReason)
