"""One version of the chart, beside the list: where it is from, its fingerprint, and the way to undo it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visitor_register.gui.chart.versions_rows import KEPT, Fact, VersionShown
from visitor_register.gui.widgets.card import frame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.side_panel import SidePanel

_MOST_FACTS = 12
_READ_OUT = "Read it out on the telephone: only the council's very same file has these signs."
_AFTER = "Everything reads again as before it was accepted; both stay on record."


class VersionPanel(SidePanel):
    """Shows one version.

    Signals:
        undo_wanted: The version, and why.
    """

    undo_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("No chart yet", parent=parent)
        self.title.setWordWrap(True)
        self._shown: VersionShown | None = None
        self.fingerprint = PlainLabel(t="h2")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._labels = [(PlainLabel(t="cap"), PlainLabel(wrap=True)) for _ in range(_MOST_FACTS)]
        for at, (what, words) in enumerate(self._labels):
            self._facts.addWidget(what, at, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(words, at, 1)
        self.why = line_edit()
        self.why_field = Field("Undo this import, because", self.why)
        self.undo = KeyButton("Undo this import", icon="undo-2", kind="danger")
        self._undo_box = QWidget()
        inside = QVBoxLayout(self._undo_box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(frame("line"))
        inside.addWidget(self.why_field)
        inside.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(PlainLabel(_AFTER, t="cap", wrap=True))
        for part in (
            PlainLabel("Fingerprint", t="label"),
            self.fingerprint,
            PlainLabel(_READ_OUT, t="cap", wrap=True),
            frame("line"),
        ):
            self.content.addWidget(part)
        self.content.addLayout(self._facts)
        self.content.addWidget(self._undo_box)
        self.content.addStretch(1)
        self.content.addWidget(PlainLabel(KEPT, t="cap", wrap=True))
        self.undo.clicked.connect(self._undo)

    def show_version(self, shown: VersionShown) -> None:
        """Show this one."""
        if self._shown is None or shown.version != self._shown.version:
            self.why.clear()
            self.why_field.set_error("")
        self._shown = shown
        self.set_title(shown.title)
        self.fingerprint.setText(shown.fingerprint)
        self._undo_box.setVisible(shown.undo)
        for at, (what, words) in enumerate(self._labels):
            fact = shown.facts[at] if at < len(shown.facts) else Fact("", "")
            what.setText(fact.what)
            words.setText(fact.words)
            for label in (what, words):
                label.setVisible(bool(fact.words))

    @Slot()
    def _undo(self) -> None:
        why = self.why.text().strip()
        self.why_field.set_error("" if why else "Write why: it stands in the history.")
        if why and self._shown is not None:
            self.undo_wanted.emit(self._shown.version, why)
