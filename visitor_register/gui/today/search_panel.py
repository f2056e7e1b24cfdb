"""Who was found by name, and the ways on for somebody who is not in the list."""

from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.domain.verification import Listing, Way
from visitor_register.gui import metrics, wording
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.notes import DangerNote
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.scrolling import Scrolling
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.search import Hit

WAYS = (
    (Way.COUNCIL_BADGE, "id-card", "F5"),
    (Way.OTHER_SERVICE, "users", "F6"),
    (Way.NO_BADGE, "eye-off", "F7"),
    (Way.OTHER_VISITOR, "user-plus", "F8"),
    (Way.POLICE, "bell", ""),
)


def hit_row(hit: Hit, at: datetime, action: str = "This is the person") -> Row:
    """One person found: job and team to tell namesakes apart, and whether expected."""
    person = hit.person
    second = " · ".join(part for part in (person.job_title, person.team or person.organisation) if part)
    pill = None
    if hit.listing is Listing.OLDER:
        pill = PillSpec("No longer on the chart", Tone.CHECK)
    elif hit.on_site:
        pill = PillSpec("Already here", Tone.HERE)
    if hit.expected_at is not None:
        note = f"expected {calendar.say_time(hit.expected_at)}"
    elif hit.last_here_at is not None:
        note = f"last here {calendar.say_date(calendar.london_date(hit.last_here_at))}"
    else:
        note = "no visit yet"
    return Row(person.id, person.name, second, pill=pill, note="" if pill else note, action=action)


class SearchPanel(QWidget):
    """The list and the ways on.

    Signals:
        chosen: The person (a UUID).
        way: Not in the list: what the desk sees instead.
    """

    chosen = Signal(object)
    way = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = "This is the person"
        self.found = Card("People", "Arrow keys, then Enter")
        self.list = ListPanel("People found", empty="Nobody of that name. Try fewer letters.", row_height=60)
        self.found.body.addWidget(self.list, 1)
        self.list.activated_row.connect(self._chosen)
        self.ways = Card("Not in the list?")
        inside = QWidget()
        buttons = QVBoxLayout(inside)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(metrics.FIELD_GAP)
        self._buttons: dict[KeyButton, Way] = {}
        for way, icon, key in WAYS:
            kind: Any = "danger" if way is Way.NO_BADGE else "secondary"
            button = KeyButton(wording.WAY[way], icon=icon, key=key, kind=kind, shortcut=bool(key))
            button.clicked.connect(self._picked)
            self._buttons[button] = way
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.ways.body.addWidget(Scrolling(inside), 1)
        self.danger = DangerNote()
        self.ways.body.addWidget(self.danger)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.CARD_GAP)
        row.addWidget(self.found, 2)
        row.addWidget(self.ways, 1)

    def show_hits(self, hits: list[Hit], text: str, at: datetime) -> None:
        """Show who was found for what was typed; the first is chosen, so that Enter takes them."""
        self.list.set_rows([hit_row(hit, at, self._action) for hit in hits])
        count = "1 person" if len(hits) == 1 else f"{len(hits)} people"
        self.found.set_title(f"{count} for “{text[:24]}”" if text else "People", "Arrow keys, then Enter")
        if hits and self.list.current_key() is None:
            self.list.choose(hits[0].person.id)

    def buttons(self) -> tuple[KeyButton, ...]:
        """The ways on, from the top."""
        return tuple(self._buttons)

    def clear(self) -> None:
        """Nothing typed yet."""
        self.list.set_rows([])
        self.found.set_title("People", "Type two letters of the name")

    def step(self, step: int) -> None:
        """Go up or down while the keyboard stays in the search field."""
        keys = [row.key for row in self.list.rows]
        if keys:
            current = self.list.current_key()
            at = keys.index(current) if current in keys else -1
            self.list.choose(keys[max(0, min(len(keys) - 1, at + step))])

    def take(self) -> UUID | None:
        """The person who is chosen in the list."""
        key = self.list.current_key()
        return key if isinstance(key, UUID) else None

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Without the red note where the buttons need the room."""
        compact = layout_class is LayoutClass.COMPACT
        self.danger.setVisible(not compact)
        self._action = "Choose" if compact else "This is the person"

    @Slot(object)
    def _chosen(self, key: object) -> None:
        self.chosen.emit(key)

    @Slot()
    def _picked(self) -> None:
        sender = self.sender()
        if isinstance(sender, KeyButton):
            self.way.emit(self._buttons[sender])
