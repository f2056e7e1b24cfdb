"""Pictures of widgets for people to look at, and pages that show every part at once."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QCheckBox, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from visitor_register.gui.metrics import LayoutClass
from visitor_register.gui.widgets.call_back import CallBack, CallBackCard
from visitor_register.gui.widgets.card import Card, frame
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.chooser import Chooser
from visitor_register.gui.widgets.count_tabs import CountTabs
from visitor_register.gui.widgets.empty_state import EmptyState
from visitor_register.gui.widgets.fields import Field, line_edit
from visitor_register.gui.widgets.focus_ring import FocusRing
from visitor_register.gui.widgets.key_button import KeyButton
from visitor_register.gui.widgets.list_panel import ListPanel
from visitor_register.gui.widgets.marks import Mark
from visitor_register.gui.widgets.notes import DangerNote, Note, SayBox
from visitor_register.gui.widgets.notice_bar import Notice, NoticeBar
from visitor_register.gui.widgets.option_list import Option, OptionList
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.pill import Pill
from visitor_register.gui.widgets.plain_label import PlainLabel
from visitor_register.gui.widgets.rail import Rail, RailItem
from visitor_register.gui.widgets.result_card import CardAction, CardContent, CardFact, ResultCard
from visitor_register.gui.widgets.rows import Row
from visitor_register.gui.widgets.search_field import SearchField
from visitor_register.gui.widgets.table_panel import Column, TablePanel, TableRow
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.gui.widgets.top_bar import TopBar

NOW = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/London"))

RAIL_ITEMS = (
    RailItem("today", "Today", "door-open", 1),
    RailItem("bookings", "Bookings", "calendar-days", 2),
    RailItem("chart", "Chart", "network", 3),
    RailItem("contacts", "Contacts", "phone", 4),
    RailItem("history", "History", "history", 5),
    RailItem("reports", "Reports", "chart-column", 6),
    RailItem("settings", "Settings", "settings", 7),
)

KNOWN = CardContent(
    Tone.KNOWN,
    "Known",
    "Expected 10:30 to see Mrs Shah",
    "Leila Haddad",
    ("Social worker, Children and Families Team 3", "Manager: Marcus Adeyemi, 020 7946 0112"),
    (CardFact("network", "Chart of Mon 02/11/2026, 22 days old"), CardFact("repeat", "Last here 10/11/2026")),
    CardAction("sign_in", "Harrow badge in date,\nface matches - sign in", "Enter", "log-in"),
    (CardAction("no_match", "Does not match", "F4", kind="danger"), CardAction("draft", "Keep as draft", "Esc")),
)

CALL = CallBack(
    "020 7946 0148",
    "Northvale Council, duty social work",
    "from the published list, confirmed 14/09/2026",
    ("Does Gareth Pym work for you, and in which team?", "Did you send him to this school today?"),
    (
        Option("yes", "Confirmed", tone=Tone.KNOWN),
        Option("no", "Not confirmed", tone=Tone.NOT_KNOWN),
        Option("none", "No answer", tone=Tone.NEUTRAL),
    ),
)

LIST = (
    Row(1, "Leila Haddad", "Mrs Shah · Children and Families Team 3", "10:30", action="Sign in"),
    Row(2, "Owen Pritchard", "Mr Bello · Early Help Team 1", "10:45", action="Sign in"),
    Row(
        3,
        "Femi Okoro",
        time="09:12",
        state=PillSpec("Should have left 10:00 · Mr Bello", Tone.CHECK),
        action="Sign out",
    ),
    Row("later", "Later today", note="5", heading=True),
    Row(4, "Ian Haddow", "Reviewing officer", "13:00", pill=PillSpec("Left the chart 02/11/2026", Tone.CHECK)),
    Row(5, "Yusuf Demir", "Mrs Shah · Virtual School", "13:30", note="no visit yet"),
)


def folder() -> Path | None:
    """Where somebody wants pictures: the folder in VISITOR_REGISTER_PICTURES."""
    named = os.environ.get("VISITOR_REGISTER_PICTURES")
    return Path(named) if named else None


def save(widget: QWidget, name: str) -> None:
    """Paint a widget as it stands, and write that down where somebody wants pictures: over a thousand in a run."""
    QApplication.processEvents()
    painted = widget.grab()
    assert not painted.isNull(), name
    if (wanted := folder()) is not None:
        wanted.mkdir(parents=True, exist_ok=True)
        painted.save(str(wanted / f"{name}.png"))


def components_page() -> QWidget:
    """Every small part, like the page of the design."""
    page = frame("page")
    page.setWindowTitle("Components")
    columns = QHBoxLayout(page)
    columns.setContentsMargins(16, 16, 16, 16)
    columns.setSpacing(12)
    left, right = QVBoxLayout(), QVBoxLayout()
    for column in (left, right):
        column.setSpacing(12)
    columns.addLayout(left, 48)
    columns.addLayout(right, 52)
    for part in (_buttons(), _fields(), _options()):
        left.addWidget(part)
    left.addStretch(1)
    for part in (_pills(), _notices(), _rows(), _empty()):
        right.addWidget(part)
    FocusRing(page)
    return page


def desk_page(card: CardContent = KNOWN) -> QWidget:
    """Rail, top bar, card, call-back, notes, tabs, list and table together."""
    page = frame("page")
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    rail = Rail(RAIL_ITEMS, now=lambda: NOW)
    rail.set_current("today")
    rail.set_count("today", 2)
    across.addWidget(rail)
    down = QVBoxLayout()
    down.setSpacing(0)
    across.addLayout(down, 1)
    bar = TopBar()
    bar.set_school("Elmbrook Primary School")
    bar.set_scanner("Ready to scan", ready=True)
    bar.set_signed_in(7)
    bar.set_health("All well", Tone.KNOWN)
    bar.set_person("Joan Mensah", short="J. Mensah", dsl="DSL today: Mrs Shah")
    down.addWidget(bar)
    work = QVBoxLayout()
    work.setContentsMargins(16, 12, 16, 14)
    work.setSpacing(12)
    down.addLayout(work, 1)
    work.addWidget(SearchField("Scan a badge, or type two letters of a name", name="Search", short="Scan or name"))
    result = ResultCard()
    result.show_card(card)
    work.addWidget(result)
    below = QHBoxLayout()
    below.setSpacing(12)
    work.addLayout(below, 1)
    call = CallBackCard()
    call.show_call(CALL)
    side, lists = Card(), Card(margin=1)
    side.body.addWidget(SayBox("Thank you for coming. I need to ring your office first. Please have a seat."))
    side.body.addWidget(DangerNote(more="Everything here can be filled in later."))
    side.body.addStretch(1)
    tabs = CountTabs((("due", "Due now"), ("later", "Later"), ("here", "Signed in here"), ("left", "Left")))
    tabs.set_counts({"due": 4, "later": 5, "here": 7, "left": 6})
    listed = ListPanel("Due now")
    listed.set_rows(LIST)
    listed.choose(1)
    lists.body.setSpacing(0)
    lists.body.addWidget(tabs)
    lists.body.addWidget(frame("line"))
    lists.body.addWidget(listed, 1)
    below.addWidget(call, 5)
    below.addWidget(side, 3)
    below.addWidget(lists, 4)
    FocusRing(page)
    result.focus_main()
    return page


def shell(*, calm: bool, layout: LayoutClass) -> QWidget:
    """Rail, top bar, notice, scan field and result card, on a quiet day or with much to say."""
    page = frame("page")
    across = QHBoxLayout(page)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(0)
    rail, bar, notice, result = Rail(RAIL_ITEMS, now=lambda: NOW), TopBar(), NoticeBar(), ResultCard()
    rail.set_current("today")
    bar.set_school("Elmbrook Primary School and Nursery of Northvale")
    bar.set_scanner("Ready to scan" if calm else "Scanner types elsewhere - click here", ready=calm)
    bar.set_signed_in(7 if calm else 112)
    bar.set_health("All well" if calm else "Backup is 3 days old", Tone.KNOWN if calm else Tone.CHECK)
    bar.set_person("Joan Mensah", short="J. Mensah", dsl="DSL today: Mrs Shah")
    search = SearchField("Scan a badge, or type two letters of a name", name="Search", short="Scan or name")
    down, work = QVBoxLayout(), QVBoxLayout()
    across.addWidget(rail)
    across.addLayout(down, 1)
    down.setSpacing(0)
    down.addWidget(bar)
    down.addWidget(notice)
    down.addLayout(work, 1)
    work.setContentsMargins(16, 12, 16, 14)
    work.setSpacing(12)
    if layout is LayoutClass.COMPACT:
        bar.place_search(search)
    else:
        work.addWidget(search)
    work.addWidget(result)
    work.addStretch(1)
    for part in (rail, bar, result):
        part.set_layout_class(layout)
    result.show_card(KNOWN)
    if not calm:
        notice.show_notice(Notice("a", Tone.CHECK, "No chart."))
        notice.show_notice(Notice("in", Tone.KNOWN, "Signed in: Leila Haddad.", "Undo", "Ctrl+Z", "undo-2"))
    FocusRing(page)
    result.focus_main()
    return page


def table_page() -> QWidget:
    """A table with two lines, pills and tick boxes."""
    card = Card(margin=1)
    columns = (Column("State", 160), Column("What is owed", 240), Column("By whom"), Column("Due", 190, sort="due"))
    table = TablePanel("Deadlines", columns, row_height=58)
    table.set_rows(
        [
            TableRow(
                number,
                (
                    Cell(pill=PillSpec(*state)),
                    Cell("Reply to our e-mail", "LA owes · C-0417"),
                    Cell("Leila Haddad", "Children and Families 3", t="strong"),
                    Cell("Mon 23 Nov 11:20", "1 day ago", ticked=number == 1 if number < 2 else None),
                ),
            )
            for number, state in enumerate(
                (
                    ("Overdue", Tone.NOT_KNOWN),
                    ("Due soon", Tone.CHECK),
                    ("Running", Tone.HERE, Shape.RUNNING),
                    ("Met", Tone.KNOWN),
                    ("Not assessable", Tone.NEUTRAL),
                )
            )
        ]
    )
    table.choose(1)
    tabs = CountTabs((("open", "to decide"), ("joined", "joined")), beside=True, tones={"open": Tone.CHECK})
    tabs.set_counts({"open": 3, "joined": 104})
    card.body.setSpacing(0)
    card.body.addWidget(tabs)
    card.body.addWidget(table, 1)
    return card


def _buttons() -> Card:
    card = Card("Buttons: rest, focus, not available")
    grid = QGridLayout()
    grid.setSpacing(10)
    grid.setColumnStretch(0, 1)
    kinds = (("Save booking", "Ctrl+S", "primary"), ("Discard", "Esc", "secondary"), ("Does not match", "F4", "danger"))
    for row, (words, key, kind) in enumerate(kinds):
        off = KeyButton("Not now", kind=kind)
        off.setEnabled(False)
        focus = KeyButton("Focus", kind=kind)
        focus.setObjectName(f"focus-{kind}")
        for column, button in enumerate((KeyButton(words, key=key, kind=kind), focus, off)):
            grid.addWidget(button, row, column)
    chips = QHBoxLayout()
    for words in ("Day", "Week", "List"):
        chip = KeyButton(words, kind="chip")
        chip.setChecked(words == "Week")
        chips.addWidget(chip)
    chips.addWidget(KeyButton("All well", icon="heart-pulse", kind="ghost"))
    chips.addStretch(1)
    card.body.addLayout(grid)
    card.body.addLayout(chips)
    card.body.addWidget(
        KeyButton("Harrow badge in date,\nface matches - sign in", icon="log-in", key="Enter", kind="primarybig")
    )
    card.body.addWidget(PlainLabel("Not available is rare: prefer a button that works and explains.", t="cap"))
    return card


def _fields() -> Card:
    card = Card("Fields")
    row = QHBoxLayout()
    chooser = Chooser([("Meeting room 1", 1), ("Meeting room 2", 2)])
    chooser.set_value(2)
    row.addWidget(Field("Rest", line_edit("Mrs Shah")))
    row.addWidget(Field("Chooser", chooser))
    row.addWidget(Field("Here to see", Chooser([("Mrs Shah", 1)], editable=True, placeholder="Name")))
    wrong = Field("From", line_edit("25:00"))
    wrong.set_error("Write a time between 00:00 and 23:59.")
    ticks = QHBoxLayout()
    ticks.setSpacing(16)
    for tick in (QCheckBox("Tick box"), QCheckBox("Ticked"), QRadioButton("Choice"), QRadioButton("Chosen")):
        tick.setChecked(tick.text() in ("Ticked", "Chosen"))
        tick.setAutoExclusive(False)
        ticks.addWidget(tick)
    ticks.addStretch(1)
    card.body.addLayout(row)
    card.body.addWidget(wrong)
    card.body.addWidget(Field("Beside", line_edit(placeholder="For example: bay 4"), beside=True))
    card.body.addLayout(ticks)
    return card


def _options() -> Card:
    card = Card("Why is it not booked?", "in general terms only")
    options = OptionList(
        [Option(1, "Planned but not told to us"), Option(2, "Urgent", "the DSL knows why"), Option(3, "Will not say")]
    )
    options.set_value(2)
    card.body.addWidget(options)
    card.body.addWidget(Note(Tone.CHECK, "4 working days: short notice", "The protocol asks for 5."))
    return card


def _pills() -> Card:
    card = Card("Pills: word and shape, never colour alone")
    for line in (
        (("Known", Tone.KNOWN), ("Check", Tone.CHECK), ("Not confirmed", Tone.NOT_KNOWN), ("Already here", Tone.HERE)),
        (("Overdue", Tone.NOT_KNOWN), ("Running", Tone.HERE, Shape.RUNNING), ("Not assessable", Tone.NEUTRAL)),
        (
            ("Joined", Tone.KNOWN, Shape.JOINED),
            ("Left", Tone.NEUTRAL),
            ("Moved team", Tone.HERE, Shape.MOVED),
            ("Filled in by machine", Tone.NEUTRAL, Shape.MACHINE),
        ),
    ):
        row = QHBoxLayout()
        row.setSpacing(10)
        for spec in line:
            row.addWidget(Pill(*spec))
        row.addStretch(1)
        card.body.addLayout(row)
    row = QHBoxLayout()
    for tone in Tone:
        row.addWidget(Mark(tone=tone, size=36))
    row.addStretch(1)
    card.body.addLayout(row)
    return card


def _notices() -> Card:
    card = Card("Notice bar: one line, under the top bar, never a pop-up")
    for notices in (
        [Notice("in", Tone.KNOWN, "Signed in: Leila Haddad at 10:25. Pass printed.", "Undo", "Ctrl+Z", "undo-2")],
        [Notice("p", Tone.CHECK, "No chart."), Notice("q", Tone.CHECK, "Label printer not found.", "Print on A4")],
        [Notice("disk", Tone.NOT_KNOWN, "NOT SAVED - use the paper sheet. The disk is full.", "Try again")],
    ):
        bar = NoticeBar(card)
        card.body.addWidget(bar)
        for notice in notices:
            bar.show_notice(notice)
    return card


def _rows() -> Card:
    card = Card(margin=1)
    rows = ListPanel("Rows")
    rows.set_rows(LIST[:3])
    rows.choose(1)
    rows.setMinimumHeight(170)
    card.body.addWidget(rows)
    return card


def _empty() -> Card:
    card = Card()
    card.body.addWidget(
        EmptyState(
            "network",
            "No chart yet",
            "Drop the council’s list here, or choose a file. Scans work without it: people are found by hand.",
            action="Import a chart",
            action_icon="file-up",
            second="Load sample data",
        )
    )
    return card


def show(page: QWidget, width: int, height: int) -> QWidget:
    """Show a page at this size."""
    page.resize(width, height)
    page.show()
    QApplication.processEvents()
    return page
