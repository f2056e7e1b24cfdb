"""The first page of an import: choose a file, or drop it; what kinds there are, and why one was refused."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.tone import Tone

_KINDS = "An Excel workbook (.xlsx) or a text list (.csv) with one row for each post: name, job title, team, manager."


class ChoosePage(Card):
    """A card that files can be dropped on.

    Signals:
        dropped: Paths of files, as a list.
        browse_wanted: Somebody wants to look for the file.
        cancelled: Nobody wants to wait for the file any more.
    """

    dropped = Signal(object)
    browse_wanted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAcceptDrops(True)
        self.setAccessibleName("Choose the file of the chart")
        self.title = PlainLabel("Drop the council's list here", t="h1", wrap=True)
        self.kinds = PlainLabel(_KINDS, t="muted", wrap=True)
        self.browse = KeyButton("Choose a file", icon="file-up", key="Ctrl+O", kind="primary", shortcut=True)
        self.waiting = PlainLabel("", t="lead")
        self.cancel = KeyButton("Stop reading", icon="x")
        self.refused = Note(Tone.CHECK, "")
        for label in (self.title, self.kinds, self.waiting):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = Qt.AlignmentFlag.AlignHCenter
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.browse)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addStretch(1)
        self._mark = Mark("file-up", size=48, ink="muted")
        column.addWidget(self._mark, 0, middle)
        for part in (self.title, self.kinds, self.waiting):
            column.addWidget(part)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.refused)
        column.addStretch(2)
        self.body.addLayout(column, 1)
        self.browse.clicked.connect(self.browse_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.show_refused("")
        self.show_waiting("")

    def set_low(self, low: bool) -> None:
        """Do without the picture where there is little height."""
        self._mark.setVisible(not low)
        self.title.set_role("h2" if low else "h1")

    @Slot(str)
    def show_refused(self, sentence: str) -> None:
        """Say why a file cannot be read, and what to do instead; nothing for the empty string."""
        if sentence:
            self.refused.show_note(Tone.CHECK, "This file was not read", sentence)
        self.refused.setVisible(bool(sentence))

    @Slot(str)
    def show_waiting(self, words: str) -> None:
        """Say that a file is being read."""
        self.waiting.setText(words)
        self.waiting.setVisible(bool(words))
        self.cancel.setVisible(bool(words))
        self.browse.setVisible(not words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped, nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)
