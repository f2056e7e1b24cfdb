"""The section that proves the register: today's words, a field for words from paper, and what checking found."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout

from visitor_register.gui import metrics
from visitor_register.gui.settings.presenter import SettingsPresenter
from visitor_register.gui.settings.proof_presenter import ProofPresenter
from visitor_register.gui.settings.section import Section
from visitor_register.gui.settings.snapshot import Snapshot
from visitor_register.gui.widgets.announce import announce
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.proof import Checked, Proof

_LONGEST = 240
_TONES = {True: Tone.KNOWN, False: Tone.STOP, None: Tone.NEUTRAL}


class ProofSection(Section):
    """One button checks everything; the words of a sheet are looked for in the same go."""

    def __init__(self, presenter: SettingsPresenter, proofs: ProofPresenter) -> None:
        super().__init__(
            presenter,
            "proof",
            "Proof",
            "Every line of the register is tied to the one before it. Checking reads all of them and compares them "
            "with what the screens show. It takes up to half a minute; the desk can be used meanwhile.",
            save="Check the register",
        )
        self.proofs = proofs
        proofs.setParent(self)
        self.today = PlainLabel(t="strong", wrap=True)
        self.today.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = WrappingFrame()
        box.setProperty("role", "sunken")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(2)
        inside.addWidget(PlainLabel("The words of this moment", t="cap"))
        inside.addWidget(self.today)
        self.content.addWidget(box)
        why = (
            "They stand at the foot of every sheet that is printed. Keep a sheet now and then where nobody who uses "
            "this PC can change it: its words show later that nothing was cut off since."
        )
        self.content.addWidget(PlainLabel(why, t="muted", wrap=True))
        self.typed = line_edit(longest=_LONGEST)
        self.words = Field("Words from a printed sheet, if you have one", self.typed)
        self.content.addWidget(self.words)
        self.progress = PlainLabel(wrap=True)
        self.content.addWidget(self.progress)
        self.results = QVBoxLayout()
        self.results.setSpacing(metrics.FIELD_GAP)
        self.content.addLayout(self.results)
        self.content.addStretch(1)
        self.typed.returnPressed.connect(self.save)
        proofs.words.connect(self._show_words)
        proofs.refused.connect(self._refuse_words)
        proofs.told.connect(self._show_progress)
        self.area.verticalScrollBar().rangeChanged.connect(self._look_down)
        self.progress.hide()
        proofs.checked.connect(self._show_found)
        proofs.busy_changed.connect(self.save_button.setDisabled)

    def fill(self, snapshot: Snapshot) -> Mapping[str, str]:
        """Nothing of it is kept; the words are read anew whenever something was written."""
        self.proofs.read_words()
        return {}

    def focus_first(self) -> None:
        """Give the field for words the keyboard."""
        self.typed.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def save(self) -> None:
        """Check everything."""
        self._clear()
        self.proofs.check(self.typed.text())

    @Slot()
    def discard(self) -> None:
        """Somebody else is at the desk: what was found was told to whoever asked."""
        self._clear()
        self.typed.clear()
        self.words.set_error("")
        super().discard()

    @Slot(object)
    def _show_words(self, today: Proof | None) -> None:
        self.today.setText(today.words if today else "Nothing is written in the register yet.")

    @Slot(str)
    def _refuse_words(self, sentence: str) -> None:
        self.words.set_error(sentence)
        if sentence:
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.words)
            announce(self, sentence, urgent=True)

    @Slot(object)
    def _show_found(self, found: Sequence[Checked]) -> None:
        self._clear()
        for one in found:
            answer, *more = one.lines
            self.results.addWidget(Note(_TONES[one.sound], answer, "\n".join(more)))
        announce(self, " ".join(one.lines[0] for one in found), urgent=any(one.sound is False for one in found))

    @Slot(str)
    def _show_progress(self, words: str) -> None:
        self.progress.setText(words)
        self.progress.setVisible(bool(words))

    @Slot(int, int)
    def _look_down(self, _lowest: int, highest: int) -> None:
        """In a low window the answer stands below what one sees: move to where it begins, as soon as it has a place."""
        if self.results.count():
            self.area.verticalScrollBar().setValue(min(highest, self.results.geometry().top() - metrics.FIELD_GAP))

    def _clear(self) -> None:
        while (item := self.results.takeAt(0)) is not None:
            if (note := item.widget()) is not None:
                note.setParent(None)
                note.deleteLater()
