"""Notes beside the work: what to say to the visitor, what is dangerous, what follows from what was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.card import WrappingFrame
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Shape, Tone


class Note(WrappingFrame):
    """A tinted note with a band at its left: a shape, a title and at most a few lines."""

    def __init__(
        self, tone: Tone, title: str, text: str = "", *, shape: Shape | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self.mark = Mark(tone=tone, shape=shape, size=20)
        self.title = PlainLabel(title, t="strong", ink=tone.text, wrap=True)
        self.text = PlainLabel(text, ink=tone.text, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self.mark)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addWidget(self.text)
        row.addLayout(lines, 1)
        self.show_note(tone, title, text, shape=shape)

    def show_note(self, tone: Tone, title: str, text: str = "", *, shape: Shape | None = None) -> None:
        """Say something else."""
        theme.set_property(self, "verdict", tone.value)
        self.mark.show_tone(tone, shape)
        for label, words in ((self.title, title), (self.text, text)):
            label.set_ink(tone.text)
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(f"{title} {text}".strip())
        self.keep_height()


class DangerNote(Note):
    """Stands on every block that needs a decision."""

    def __init__(self, text: str = "Immediate danger: ring 999 first.", more: str = "") -> None:
        super().__init__(Tone.NOT_KNOWN, text, more)


class SayBox(WrappingFrame):
    """Neutral words for the visitor, ready to be said aloud."""

    def __init__(self, text: str = "", *, title: str = "Say to the visitor", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._title = title
        self.words = PlainLabel(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 10)
        row.setSpacing(10)
        row.addWidget(Mark("message-square-quote"), 0, Qt.AlignmentFlag.AlignVCenter)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(PlainLabel(title, t="label"))
        lines.addWidget(self.words)
        row.addLayout(lines, 1)
        self._say(text)
        if not text:
            self.hide()

    def set_words(self, text: str) -> None:
        """Propose other words; without any, the box hides itself."""
        self._say(text)
        self.setVisible(bool(text))

    def _say(self, text: str) -> None:
        self.words.setText(f"“{text}”" if text else "")
        self.setAccessibleName(f"{self._title}: {text}")
        self.keep_height()
