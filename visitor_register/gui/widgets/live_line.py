"""The title of a note that is scrolled out of sight, so that it stays live while one types above it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QScrollBar

from visitor_register.gui.widgets.marks import IconLine
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.tone import Shape, Tone


class LiveLine(IconLine):
    """Stands where it does not scroll; hidden while the note itself can be seen."""

    def __init__(self, note: Note, bar: QScrollBar) -> None:
        super().__init__("", t="label", wrap=True)
        self._note = note
        self.hide()
        bar.valueChanged.connect(self._look)
        bar.rangeChanged.connect(self._look)

    def show_title(self, tone: Tone, title: str, *, shape: Shape | None = None) -> None:
        """Say what the note is called now; without a title, nothing."""
        self.mark.show_tone(tone, shape)
        self.set_text(title)
        self._look()

    @Slot()
    def _look(self) -> None:
        self.setVisible(bool(self.label.text()) and self._note.title.visibleRegion().isEmpty())
