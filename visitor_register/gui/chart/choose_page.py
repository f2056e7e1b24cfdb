"""The first page of an import: choose a file, drop it, or go on with a draft; and why a file was refused."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.gui import theme
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notes import Note
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.tone import Tone

_KINDS = (
    "A list (Excel, OpenDocument, CSV) with one row for each post, or a drawn chart: PowerPoint, Word, Visio or PDF."
)
_ROW, _MOST_ROWS = 56, 3


class ChoosePage(Card):
    """A card that files can be dropped on.

    Signals:
        dropped: Paths of files, as a list.
        browse_wanted: Somebody wants to look for the file.
        cancelled: Nobody wants to wait for the file any more.
        resumed, discarded: The authority of a draft to go on with, or to forget.
        arrived_wanted, arrived_refused: Read the chart that lies in the folder for charts, or offer it no more.
    """

    dropped = Signal(object)
    browse_wanted = Signal()
    cancelled = Signal()
    resumed = Signal(object)
    discarded = Signal(object)
    arrived_wanted = Signal()
    arrived_refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._low = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Choose the file of the chart")
        self.title = PlainLabel("Drop the council's chart here", t="h1", wrap=True)
        self.kinds = PlainLabel(_KINDS, t="muted", wrap=True)
        self.browse = KeyButton("Choose a file", icon="file-up", key="Ctrl+O", kind="primary", shortcut=True)
        self.waiting = PlainLabel("", t="lead")
        self.cancel = KeyButton("Stop reading", icon="x")
        self.refused = Note(Tone.CHECK, "")
        self.arrived = PlainLabel("", t="strong", wrap=True)
        self.read_it, self.not_it = (
            KeyButton("Read it", icon="file-up"),
            KeyButton("Not for us", icon="x", kind="ghost"),
        )
        self._arrived = QWidget()
        self.drafts = ListPanel("Imports kept as drafts", row_height=_ROW)
        self.discard = KeyButton("Discard the draft", icon="x", kind="ghost")
        self._kept = QWidget()
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
        kept = QVBoxLayout(self._kept)
        kept.setContentsMargins(0, 0, 0, 0)
        kept.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Go on with an import", t="h3"), 1)
        head.addWidget(self.discard)
        kept.addLayout(head)
        kept.addWidget(self.drafts)
        arrived = QHBoxLayout(self._arrived)
        arrived.setContentsMargins(0, 0, 0, 0)
        arrived.setSpacing(8)
        arrived.addWidget(self.arrived, 1)
        arrived.addWidget(self.read_it)
        arrived.addWidget(self.not_it)
        self.body.addLayout(column, 1)
        self.body.addWidget(self._arrived)
        self.body.addWidget(self._kept)
        self.browse.clicked.connect(self.browse_wanted)
        self.cancel.clicked.connect(self.cancelled)
        self.drafts.activated_row.connect(self.resumed)
        self.discard.clicked.connect(self._discard)
        self.read_it.clicked.connect(self.arrived_wanted)
        self.not_it.clicked.connect(self.arrived_refused)
        self.show_arrived("")
        self.show_drafts(())
        self.show_refused("")
        self.show_waiting("")

    def set_low(self, low: bool) -> None:
        """Do without the picture where there is little height, and without words where drafts are listed."""
        self._low = low
        self._mark.setVisible(not low)
        self._show_words()
        self.title.set_role("h2" if low else "h1")

    @Slot(object)
    def show_drafts(self, rows: Sequence[Row]) -> None:
        """List the imports that were kept."""
        self.drafts.set_rows(rows)
        if rows and self.drafts.current_key() is None:
            self.drafts.choose(rows[0].key)
        self.drafts.setFixedHeight(theme.current().px(_ROW) * min(len(rows) or 1, _MOST_ROWS) + 2)
        self._kept.setVisible(bool(rows))
        self._show_words()

    @Slot(str)
    def show_arrived(self, words: str) -> None:
        """Offer the chart that lies in the folder for charts; nothing for the empty string."""
        self.arrived.setText(words)
        self._arrived.setVisible(bool(words))

    def _show_words(self) -> None:
        self.kinds.setVisible(not (self._low and self.drafts.rows))

    @Slot()
    def _discard(self) -> None:
        key = self.drafts.current_key()
        if key is not None:
            self.discarded.emit(key)

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
