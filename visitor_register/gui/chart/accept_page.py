"""The last page of an import: whose chart it is, who sent it, its dates, and what accepting does."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import metrics
from visitor_register.gui.chart.import_state import Accept, Origin
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.chart_trust import Trust

_TONE = {
    Trust.UNSIGNED: Tone.NEUTRAL,
    Trust.SIGNED: Tone.KNOWN,
    Trust.PAST: Tone.CHECK,
    Trust.KEY_NOT_CONFIRMED: Tone.CHECK,
}


class AcceptPage(Card):
    """Four fields, a summary, and how far the chart can be trusted.

    Signals:
        key_confirmed: With whom at the council the key was compared, and what stands in the fields.
    """

    key_confirmed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Where the chart is from")
        self.authority = Chooser(editable=True, placeholder="Name of the council")
        self.from_whom, self.issued, self.received = line_edit(), line_edit(longest=30), line_edit(longest=30)
        self.fields = {
            "authority": Field("Whose chart is it", self.authority),
            "from_whom": Field("Who sent it", self.from_whom),
            "issued": Field("Date of the chart, if it has one", self.issued),
            "received": Field("When we got it", self.received),
        }
        left, inside = QVBoxLayout(), QWidget()
        inside.setProperty("role", "scrolled")
        left.setSpacing(metrics.FIELD_GAP)
        left.addWidget(PlainLabel("Where it is from", t="h2"))
        for name in ("authority", "from_whom"):
            left.addWidget(self.fields[name])
        dates = QHBoxLayout()
        dates.setSpacing(metrics.FIELD_GAP)
        for name in ("issued", "received"):
            dates.addWidget(self.fields[name], 1)
        left.addLayout(dates)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(metrics.FIELD_GAP)
        right.addWidget(PlainLabel("What accepting does", t="h2"))
        self.lines = [IconLine("check", "", wrap=True) for _ in range(4)]
        for line in self.lines:
            right.addWidget(line)
        self.trust = Pill("", Tone.NEUTRAL)
        self.trust_words = PlainLabel(wrap=True)
        self.with_whom = line_edit()
        self.with_whom_field = Field("Compared with whom at the council", self.with_whom)
        self.confirm = KeyButton("Confirm the key", icon="check")
        right.addSpacing(metrics.FIELD_GAP)
        right.addWidget(self.trust)
        right.addWidget(self.trust_words)
        right.addWidget(self.with_whom_field)
        right.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.confirm.clicked.connect(self._confirm)
        right.addStretch(1)
        both = QHBoxLayout(inside)
        both.setContentsMargins(0, 0, 4, 0)
        both.setSpacing(32)
        both.addLayout(left, 5)
        both.addLayout(right, 4)
        self.body.addWidget(Scrolling(inside), 1)

    @Slot(object)
    def show_accept(self, shown: Accept) -> None:
        """Fill the fields with what is known."""
        self.authority.set_options([(name, name) for name in shown.authorities])
        self.authority.set_value(shown.origin.authority)
        self.from_whom.setText(shown.origin.from_whom)
        self.issued.setText(shown.origin.issued)
        self.received.setText(shown.origin.received)
        for at, line in enumerate(self.lines):
            line.set_text(shown.summary[at] if at < len(shown.summary) else "")
            line.setVisible(at < len(shown.summary))
        self.trust.show_state(shown.trust.value, _TONE[shown.trust])
        self.trust_words.setText(shown.trust_words)
        asked = shown.trust is Trust.KEY_NOT_CONFIRMED
        for part in (self.with_whom_field, self.confirm):
            part.setVisible(asked)
        self.show_wrong({})

    def typed(self) -> Origin:
        """What stands in the fields."""
        return Origin(self.authority.value(), self.from_whom.text(), self.issued.text(), self.received.text())

    @Slot(object)
    def show_wrong(self, wrong: Mapping[str, str]) -> None:
        """Say at each field what to write instead."""
        for name, field in self.fields.items():
            field.set_error(wrong.get(name, ""))
        first = next((self.fields[name] for name in self.fields if name in wrong), None)
        if first is not None:
            first.setFocus()

    @Slot()
    def _confirm(self) -> None:
        self.key_confirmed.emit(self.with_whom.text(), self.typed())
