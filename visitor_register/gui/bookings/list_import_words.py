"""What a list of visits says on the screen. What goes to the DSL is named by its headings and stands nowhere."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from visitor_register.domain import booking_list_days, calendar
from visitor_register.domain.booking_list_days import DayOrder
from visitor_register.domain.bookings import Told
from visitor_register.domain.people import Person
from visitor_register.gui.bookings.invitation_words import KINDS
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import booking_list
from visitor_register.services.booking_list import Plan, PlannedRow, RowState
from visitor_register.services.booking_list_people import Named, Who
from visitor_register.services.booking_list_rows import Part

COLUMNS = (
    Column("Row", 84),
    Column("When", 158),
    Column("Who"),
    Column("Here to see", 124),
    Column("State", 162),
    Column("Because"),
)
HOST_COLUMN = 3
"""Left out where there is little room."""
LABELS = {Part.DAY: "Day", Part.START: "From", Part.END: "To", Part.HEARD: "When we heard"}
SAYS = (
    "Choose a spreadsheet (.csv, .xlsx or .ods) with headings and a visit in each row, or drop it here. Nothing is "
    "booked before you have seen every row."
)
_PILLS = {
    RowState.READY: PillSpec("Ready", Tone.KNOWN),
    RowState.LOOK: PillSpec("Needs a look", Tone.CHECK),
    RowState.FIX: PillSpec("To put right", Tone.NOT_KNOWN),
    RowState.THERE: PillSpec("Booked already", Tone.NEUTRAL),
}
_SHORT = PillSpec("Short notice", Tone.CHECK)
_TIMES = frozenset({Part.DAY, Part.START, Part.END})


@dataclass(frozen=True, slots=True)
class ListShown:
    """All that the page shows of a list, but for the row one stands on.

    Attributes:
        title, hint, sentence: Above the table.
        asked: A day of the list that can be read in the two ways of `orders`; "" when nothing is to be asked.
        asks_how: The file does not always say how the school heard; `told` is the answer so far.
        asks_when: The file does not always say when; `heard` is the answer so far.
        asks_newcomers: Nobody knows some of its visitors, and nothing shows what sort they are.
        rows: The table.
        button: What is booked; "" when nothing is.
        left_out: How many rows are not, in words.
    """

    title: str
    hint: str
    sentence: str
    asked: str
    orders: tuple[tuple[str, DayOrder], ...]
    asks_how: bool
    told: Told | None
    asks_when: bool
    heard: str
    asks_newcomers: bool
    rows: tuple[TableRow, ...]
    button: str
    left_out: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """The row one stands on: what is said about it, and what can be written or chosen.

    `who` asks about `named`; without options nothing is asked.
    """

    number: int
    sentence: str
    tone: Tone
    fields: tuple[tuple[Part, str, str], ...] = ()
    named: Named | None = None
    who_label: str = ""
    who: tuple[tuple[str, Any], ...] = ()
    where: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything can be put right here."""
        return bool(self.fields or self.who or self.where)


def shown(plan: Plan) -> ListShown:
    """Put a plan into words."""
    counts = [(plan.count(state), words) for state, words in _COUNTED]
    many, chosen = len(plan.rows), len(plan.chosen)
    open_rows = [row for row in plan.rows if row.state is not RowState.THERE]
    out = many - chosen - plan.count(RowState.THERE)
    return ListShown(
        title=f"{_visits(many)} in {plan.listed.file_name}",
        hint=" · ".join(f"{count} {words}" for count, words in counts if count),
        sentence=" ".join(_notes(plan)),
        asked=plan.listed.asked,
        orders=_orders(plan.listed.asked),
        asks_how=any(not row.read.says_how for row in open_rows),
        told=plan.answers.told,
        asks_when=any(row.read.heard is None and Part.HEARD not in row.wrong for row in open_rows),
        heard=f"{plan.answers.heard or calendar.london_date(plan.at):%d/%m/%Y}",
        asks_newcomers=any(_is_unknown(row) for row in plan.rows),
        rows=tuple(_row(row) for row in plan.rows),
        button=f"Book {_visits(chosen)}" if chosen else "",
        left_out=f"{_visits(out)} not ticked" if out else "",
    )


def row_shown(plan: Plan, number: int) -> RowShown | None:
    """Say all about one row, and what can be done about it."""
    row = next((one for one in plan.rows if one.number == number), None)
    if row is None:
        return None
    place = f"Row {row.number}: "
    if row.state is RowState.READY:
        given = f"{row.notice.title}. " if row.notice is not None and row.notice.title else ""
        return RowShown(number, f"{place}{given}Space {'leaves it out' if row.ticked else 'ticks it'}.", Tone.NEUTRAL)
    sentence = place + " ".join(row.why)
    if row.state is not RowState.FIX:
        tone = Tone.CHECK if row.state is RowState.LOOK else Tone.NEUTRAL
        return RowShown(number, sentence, tone)
    wrong = {part for part in row.wrong if part in LABELS}
    parts = [part for part in LABELS if part in wrong or (part in _TIMES and wrong & _TIMES)]
    asked = next((who for who in row.read.who if _asks(who, row)), None) if Part.WHO in row.wrong else None
    return RowShown(
        number,
        sentence,
        Tone.NOT_KNOWN,
        tuple((part, LABELS[part], row.read.texts[part]) for part in parts),
        asked.named if asked is not None else None,
        _who_label(plan, asked.named) if asked is not None else "",
        _who_options(asked) if asked is not None else (),
        Part.WHERE in row.wrong,
    )


def done(plan: Plan, booked: int) -> str:
    """What was done, for the notice bar."""
    left = len(plan.rows) - booked - plan.count(RowState.THERE)
    rest = f" {_visits(left)} not booked." if left else ""
    return f"{_visits(booked)} booked from {plan.listed.file_name}.{rest}"


_COUNTED = (
    (RowState.READY, "ready"),
    (RowState.LOOK, "to look at"),
    (RowState.FIX, "to put right"),
    (RowState.THERE, "booked already"),
)


def _visits(count: int) -> str:
    return "1 visit" if count == 1 else f"{count} visits"


def _notes(plan: Plan) -> list[str]:
    listed, notes = plan.listed, []
    if plan.count(RowState.THERE) == len(plan.rows):
        notes.append("All of them are booked already: nothing is to be done.")
    if listed.sealed:
        notes.append(f"For the DSL, sealed and not shown here: {', '.join(listed.sealed)}.")
    if listed.unread:
        notes.append(f"Not taken: {', '.join(listed.unread)}.")
    return notes


def _orders(asked: str) -> tuple[tuple[str, DayOrder], ...]:
    both = booking_list_days.both_ways(asked) if asked else None
    if both is None:
        return ()
    first, second = (calendar.say_day(day) for day in both)
    return ((f"{first} (day first)", DayOrder.DAY), (f"{second} (month first)", DayOrder.MONTH))


def _is_unknown(row: PlannedRow) -> bool:
    """Whether a row brings somebody for whom the answer about newcomers counts."""
    return row.state is not RowState.THERE and any(
        who.person is None and not who.offered and not who.doubt and who.kind is None for who in row.read.who
    )


def _asks(who: Who, row: PlannedRow) -> bool:
    if who.person is not None:
        return False
    return not any(guest.name == who.named.name for guest in row.guests)


def _who_label(plan: Plan, named: Named) -> str:
    many = Counter(who.named for row in plan.rows for who in row.read.who)[named]
    facts = " · ".join(filter(None, (named.name, named.email, named.organisation, named.team)))
    return f"{facts} ({many} rows)" if many > 1 else facts


def _who_options(who: Who) -> tuple[tuple[str, Any], ...]:
    known = [(_facts(somebody), somebody.id) for somebody in who.offered]
    kinds = sorted(KINDS, key=lambda kind: kind is not who.kind)
    new = [(f"New visitor: {who.named.name} ({KINDS[kind]})", booking_list.newcomer(who, kind)) for kind in kinds]
    return (*known, *new)


def _facts(somebody: Person) -> str:
    left = "left the chart" if somebody.left_version is not None else ""
    parts = (somebody.name, somebody.job_title, somebody.team or somebody.organisation, left)
    return ", ".join(part for part in parts if part)


def _row(row: PlannedRow) -> TableRow:
    read = row.read
    can_tick = row.state in (RowState.READY, RowState.LOOK)
    names = ", ".join(who.person.name if who.person is not None else who.named.name for who in read.who)
    places = dict.fromkeys(_from(row, at) for at in range(len(read.who)))
    return TableRow(
        row.number,
        (
            Cell(str(row.number), ticked=row.ticked if can_tick else None, muted=True, whole=True),
            Cell(*_when(row), t="strong", whole=True),
            Cell(names or "nobody named", ", ".join(filter(None, places)), muted=row.state is RowState.THERE),
            Cell(read.here_to_see, read.room),
            Cell(pill=_pill(row)),
            Cell(*_because(row), muted=True),
        ),
    )


def _when(row: PlannedRow) -> tuple[str, str]:
    read = row.read
    if read.starts_at is None:
        return read.texts[Part.DAY] or "no day", " to ".join(
            filter(None, (read.texts[Part.START], read.texts[Part.END]))
        )
    end = f" to {calendar.say_time(read.ends_at)}" if read.ends_at is not None else ""
    return calendar.say_date(calendar.london_date(read.starts_at)), f"{calendar.say_time(read.starts_at)}{end}"


def _from(row: PlannedRow, at: int) -> str:
    who = row.read.who[at]
    if who.person is not None:
        return who.person.team or who.person.organisation
    new = next((guest for guest in row.guests if guest.name == who.named.name), None)
    if isinstance(new, Person):
        return new.team or new.organisation
    kind = f"new visitor, {KINDS[new.kind]}" if new is not None else ""
    return kind or who.named.team or who.named.organisation


def _pill(row: PlannedRow) -> PillSpec:
    short = row.state is RowState.READY and row.notice is not None and row.notice.short
    return _SHORT if short else _PILLS[row.state]


def _because(row: PlannedRow) -> tuple[str, str]:
    given = row.notice.title if row.notice is not None else ""
    first, *rest = row.why or (given,)
    return first, " ".join(rest) or (given if row.why else "")
