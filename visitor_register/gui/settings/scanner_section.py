"""The section "Test my scanner": scan something, see what arrived, take over the numbers that fit."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from visitor_register.gui import metrics, theme
from visitor_register.gui.settings.code_pictures import CodePicture
from visitor_register.gui.settings.forms import FieldError, Form
from visitor_register.gui.settings.machine import HOLD_MS, QUIET_MS
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.scanner_listener import ScannerListener
from visitor_register.gui.settings.scanner_report import TEST_CODE, TEST_SQUARE, Keystroke, ScannerReport, report
from visitor_register.gui.settings.section import Section, put
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.theme import set_property
from visitor_register.gui.widgets import paint
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.fields import line_edit
from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_FACTS = (
    ("text", "Text"),
    ("prefix", "Prefix"),
    ("ending", "Ends with"),
    ("length", "Characters"),
    ("speed", "Between keys"),
)


class ScanBox(QFrame):
    """Takes the keyboard; what is scanned while it has it is measured and goes nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Scan here")
        self.line = IconLine("scan-barcode", t="h3", size=24, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.addWidget(self.line)
        self._say()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ready."""
        super().focusInEvent(event)
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Not ready."""
        super().focusOutEvent(event)
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of whatever has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint.box(painter, self.rect(), theme.current().px(6), line="focus", width=2)
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes it ready."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _say(self) -> None:
        ready = self.hasFocus()
        self.line.set_text("Ready: scan a code" if ready else "Click here, then scan")
        set_property(self.line.label, "ink", "known_text" if ready else "")


class ScannerSection(Section):
    """Two test codes, what arrived, and the two numbers with the prefix."""

    def __init__(
        self,
        presenter: SettingsPresenter,
        *,
        clock: Callable[[], float] | None = None,
        timer: QTimer | None = None,
    ) -> None:
        super().__init__(
            presenter,
            "scanner",
            "Test my scanner",
            "Shows what the scanner types and proposes the settings for it. Nothing that is scanned here is kept.",
            "Save for this PC",
        )
        self.box = ScanBox()
        self.listener = ScannerListener(self.box, clock=clock, timer=timer)
        self.bars = CodePicture(TEST_CODE, f"Test code {TEST_CODE} as Code 128", square=False)
        self.square = CodePicture(TEST_SQUARE, f"Test code {TEST_CODE} as QR code", square=True)
        self.note = Note(Tone.NEUTRAL, "Nothing scanned yet")
        self.facts: dict[str, PlainLabel] = {}
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.content.addWidget(self.box)
        self.content.addLayout(self._codes_and_facts())
        self.content.addWidget(self.note)
        self.add_row(
            self.field("hold", "Hold, ms", line_edit(longest=4)),
            self.field("quiet", "Then deaf, ms", line_edit(longest=4)),
            self.field("prefix", "Prefix", line_edit(longest=20)),
        )
        self.content.addStretch(1)
        self.listener.heard.connect(self._heard)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """The numbers in use."""
        machine = self.presenter.pc.machine
        return {
            "hold": str(machine.burst_gap_ms),
            "quiet": str(machine.quiet_ms),
            "prefix": machine.scanner_prefix,
        }

    def focus_first(self) -> None:
        """Ready to scan at once."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def save(self) -> None:
        """Keep the numbers for this PC."""
        form = self.form()
        try:
            hold, quiet = _number(form, "hold", HOLD_MS), _number(form, "quiet", QUIET_MS)
        except FieldError as error:
            self._refuse(self.key, error.field, str(error))
            return
        self.presenter.save_pc(
            self.key, "Scanner: saved for this PC.", burst_gap_ms=hold, quiet_ms=quiet, scanner_prefix=form["prefix"]
        )

    def fit(self, *, compact: bool) -> None:
        """What arrived stands under the codes where there is no room beside them."""
        super().fit(compact=compact)
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if compact else way.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen while the page is seen."""
        super().showEvent(event)
        self.listener.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the scanner to the desk."""
        super().hideEvent(event)
        self.listener.end()

    def _codes_and_facts(self) -> QBoxLayout:
        codes = QVBoxLayout()
        codes.setSpacing(metrics.FIELD_GAP)
        codes.addWidget(self.bars)
        codes.addWidget(self.square)
        codes.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(metrics.CARD_GAP)
        grid.setVerticalSpacing(6)
        for row, (name, words) in enumerate(_FACTS):
            self.facts[name] = PlainLabel("-", t="strong", elide=True)
            grid.addWidget(PlainLabel(words, t="cap"), row, 0)
            grid.addWidget(self.facts[name], row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(_FACTS), 1)
        self._both.setSpacing(metrics.PAGE_MARGIN)
        self._both.addLayout(codes)
        self._both.addLayout(grid, 1)
        return self._both

    @Slot(object)
    def _heard(self, strokes: tuple[Keystroke, ...]) -> None:
        found = report(strokes)
        if found is None:
            self.note.show_note(Tone.CHECK, "No text arrived, only Return or Tab.")
            return
        for name, words in _words(found).items():
            self.facts[name].setText(words)
        self._say(found)
        if not found.by_hand:
            put(self.controls["hold"], str(found.hold_ms))
            put(self.controls["quiet"], str(found.quiet_ms))
            if found.prefix is not None:
                put(self.controls["prefix"], found.prefix)

    def _say(self, found: ScannerReport) -> None:
        if found.warning:
            self.note.show_note(Tone.CHECK, "Look at this", found.warning)
        elif found.prefix is None:
            self.note.show_note(
                Tone.NEUTRAL, "A code arrived", "Scan the test code as well: it shows the prefix and the layout."
            )
        else:
            self.note.show_note(Tone.KNOWN, "All characters arrive as they should", "The numbers below fit. Save them.")
        self.area.ensureWidgetVisible(self.note)
        announce(self, self.note.accessibleName())


def _words(found: ScannerReport) -> dict[str, str]:
    prefix = "scan the test code" if found.prefix is None else found.prefix or "nothing"
    return {
        "text": found.text,
        "prefix": prefix,
        "ending": found.ending,
        "length": str(found.length),
        "speed": f"{found.median_ms} ms, at most {found.longest_ms} ms",
    }


def _number(form: Form, field: str, allowed: range) -> int:
    text = form[field].strip()
    if not text.isdecimal() or int(text) not in allowed:
        raise FieldError(field, f"Write a number from {allowed[0]} to {allowed[-1]}.")
    return int(text)
