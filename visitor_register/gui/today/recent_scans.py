"""The last five scans of this sitting: when, which code, and what it led to."""

from collections import deque
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from visitor_register.domain import calendar
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.rows import Row

MOST = 5


class RecentScans(Card):
    """Newest first. They are kept nowhere else: a scan that led to a visit stands in History.

    Signals:
        chosen: The code of a row, to be looked up again.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Last five scans", margin=1, parent=parent)
        self._rows: deque[tuple[str, Row]] = deque(maxlen=MOST)
        self._count = 0
        self.list = ListPanel("Last five scans", empty="No badge was scanned yet.")
        self.head.setContentsMargins(15, 12, 15, 10)
        self.body.setSpacing(0)
        self.body.addWidget(frame("line"))
        self.body.addWidget(self.list, 1)
        self.list.activated_row.connect(self._activated)

    def add(self, at: datetime, code: str, words: str) -> None:
        """Note a scan: `words` is the name it led to, or the word of the verdict."""
        self._count += 1
        # The same code may stand here twice, so the key of a row is its number.
        row = Row(self._count, words, code, calendar.say_time(at), action="Look up")
        self._rows.appendleft((code, row))
        self.list.set_rows([kept for _, kept in self._rows])
        # Whoever is reading the list keeps their place in it.
        if not self.list.hasFocus() or self.list.current_key() is None:
            self.list.choose(row.key)

    def forget(self) -> None:
        """Empty the list, when somebody else takes the desk."""
        self._rows.clear()
        self.list.set_rows([])

    @Slot(object)
    def _activated(self, number: int) -> None:
        for code, row in self._rows:
            if row.key == number:
                self.chosen.emit(code)
