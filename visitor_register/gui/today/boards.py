"""The lists of Today: three side by side while nobody is at the desk, tabs beside an arrival."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import Draft
from visitor_register.gui import metrics, wording
from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.card import Card
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.stack import Stack
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.today import Board, Due, Here

Key = tuple[str, UUID]
"""What a row stands for: ("due", person), ("here", visit), ("left", visit), ("draft", arrival), ("open", visit)."""

TABS = (
    ("due", "Due now"),
    ("later", "Later"),
    ("here", "Signed in"),
    ("overdue", "Should have left"),
    ("left", "Left"),
    ("drafts", "Drafts"),
)


def due_row(due: Due) -> Row:
    """Somebody expected."""
    name = due.person.name
    if due.others:
        name += f" and {due.others} more" if not due.here else f" ({due.here} of {due.others + 1} here)"
    second = " · ".join(part for part in (due.booking.here_to_see, due.person.team or due.person.organisation) if part)
    return Row(("due", due.person.id), name, second, calendar.say_time(due.booking.starts_at), action="Sign in")


def here_row(here: Here, at: datetime) -> Row:
    """Somebody signed in; a state in words when they should have left or were not confirmed."""
    visit = here.visit
    state = None
    if here.ends_at is not None and here.ends_at < at:
        state = PillSpec(f"Should have left {calendar.say_time(here.ends_at)}", Tone.CHECK)
    elif visit.call_back_refused:
        state = PillSpec("Not confirmed", Tone.NOT_KNOWN)
    second = " · ".join(part for part in (visit.here_to_see, here.person.team or here.person.organisation) if part)
    return Row(
        ("here", visit.id),
        _several(here),
        second or wording.SUPERVISION[visit.supervision],
        calendar.say_time(visit.arrived_at),
        state=state,
        action="Sign out",
        also="Print pass",
    )


def left_row(here: Here, action: str = "") -> Row:
    """Somebody who left: when, and how long they were here. Enter puts them back, with or without a button."""
    visit = here.visit
    if visit.left_at is None:
        return Row(("left", visit.id), here.person.name, "Nobody knows when", "")
    minutes = int((visit.left_at - visit.arrived_at).total_seconds() // 60)
    span = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    second = f"in {calendar.say_time(visit.arrived_at)}, {span}"
    if visit.left_told_by is not None and visit.left_told_by.value == "later":
        second += ", filled in later"
    return Row(("left", visit.id), _several(here), second, calendar.say_time(visit.left_at), action=action)


def draft_row(draft: Draft) -> Row:
    """An arrival that was interrupted."""
    second = wording.VERDICT[draft.arrival.verdict][1] or "Half finished"
    return Row(("draft", draft.id), draft.label, second, calendar.say_time(draft.started_at), action="Go on")


def open_row(here: Here) -> Row:
    """A visit of an earlier day that nobody signed out."""
    visit = here.visit
    day = calendar.say_date(calendar.london_date(visit.arrived_at))
    second = f"in {day} {calendar.say_time(visit.arrived_at)}"
    return Row(("open", visit.id), here.person.name, second, action="Say when")


def _several(here: Here) -> str:
    more = here.visit.how_many - 1
    return f"{here.person.name} and {more} more" if more else here.person.name


class IdleBoard(QWidget):
    """Due now and Later, Signed in here, Left: what the desk looks at while nobody stands there.

    Signals:
        activated: A row's action was asked for (`Key`).
        pass_wanted: The pass of a row was asked for (`Key`).
        home_time: Somebody wants to go through who is still signed in.
    """

    activated = Signal(object)
    pass_wanted = Signal(object)
    home_time = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.due = ListPanel("Due now and later", empty="Nobody else is expected today")
        self.here = ListPanel("Signed in here", empty="Nobody is signed in")
        self.left = ListPanel("Left", empty="Nobody has left yet")
        self._cards: list[Card] = []
        self._overdue = Pill("1 should have left", Tone.CHECK)
        self._overdue.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(metrics.CARD_GAP)
        for title, panel, stretch in (
            ("Due now", self.due, 49),
            ("Signed in here", self.here, 41),
            ("Left", self.left, 25),
        ):
            card = Card(title, margin=2)
            card.body.setContentsMargins(2, 10, 2, 2)
            card.head.setContentsMargins(16, 0, 12, 0)
            card.body.addWidget(panel, 1)
            panel.activated_row.connect(self.activated)
            panel.also_asked.connect(self.pass_wanted)
            self._cards.append(card)
            row.addWidget(card, stretch)
        self._cards[1].head.addWidget(self._overdue)
        self._cards[1].hint.hide()

    def show_board(self, board: Board) -> None:
        """Fill the three lists."""
        due = [due_row(due) for due in board.due_now]
        if board.later:
            due.append(Row(None, "Later today", note=str(len(board.later)), heading=True))
            due += [due_row(due) for due in board.later]
        self.due.set_rows(due)
        late = sorted(board.on_site, key=lambda here: here not in board.should_have_left)
        here = [here_row(here, board.at) for here in late]
        if board.no_sign_out:
            here.append(Row(None, "No sign-out recorded", note=str(len(board.no_sign_out)), heading=True))
            here += [open_row(here) for here in board.no_sign_out]
        self.here.set_rows(here)
        self.left.set_rows([left_row(here) for here in board.left])
        for card, title, count in (
            (self._cards[0], "Due now", len(board.due_now)),
            (self._cards[1], "Signed in here", sum(here.visit.how_many for here in board.on_site)),
            (self._cards[2], "Left", len(board.left)),
        ):
            card.set_title(f"{title}  {count}")
        self._overdue.setVisible(bool(board.should_have_left))
        self._overdue.show_state(f"{len(board.should_have_left)} should have left", Tone.CHECK)


class TabbedLists(Card):
    """The same lists, one at a time, beside an arrival or on a small screen.

    Signals:
        activated: A row's action was asked for (`Key`).
        pass_wanted: The pass of a row was asked for (`Key`).
    """

    activated = Signal(object)
    pass_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=2, parent=parent)
        self.setAccessibleName("Lists")
        self.tabs = CountTabs(TABS)
        self._stack = Stack()
        self.lists: dict[str, ListPanel] = {}
        empties = {
            "due": "Nobody is due within the hour",
            "later": "Nobody else is expected today",
            "here": "Nobody is signed in",
            "overdue": "Everybody left in time",
            "left": "Nobody has left yet",
            "drafts": "No unfinished arrivals",
        }
        for key, word in TABS:
            panel = ListPanel(word, empty=empties[key])
            panel.activated_row.connect(self.activated)
            panel.also_asked.connect(self.pass_wanted)
            panel.setMinimumHeight(32)
            self.lists[key] = panel
            self._stack.addWidget(panel)
        self.body.setContentsMargins(2, 2, 2, 2)
        self.body.setSpacing(0)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._choose)

    def show_board(self, board: Board) -> None:
        """Fill all of them."""
        filled: dict[str, Sequence[Row]] = {
            "due": [due_row(due) for due in board.due_now],
            "later": [due_row(due) for due in board.later],
            "here": [here_row(here, board.at) for here in board.on_site],
            "overdue": [
                *(here_row(here, board.at) for here in board.should_have_left),
                *(open_row(here) for here in board.no_sign_out),
            ],
            "left": [left_row(here, "Put back") for here in board.left],
            "drafts": [draft_row(draft) for draft in board.drafts],
        }
        for key, rows in filled.items():
            self.lists[key].set_rows(rows)
        self.tabs.set_counts({key: len(rows) for key, rows in filled.items()})

    def set_layout_class(self, layout_class: LayoutClass) -> None:
        """Six tabs need room; beside an arrival only the five of the design are shown."""
        self.tabs.set_shown("drafts", layout_class is LayoutClass.COMPACT)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._stack.setCurrentWidget(self.lists[key])
