"""A list of visits from a spreadsheet: which column says what, and its rows as somebody wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from visitor_register.domain import booking_list_days, chart_text
from visitor_register.domain.booking_list_days import DayOrder
from visitor_register.domain.chart_fields import heading_key
from visitor_register.domain.chart_table import Row, Source, Table
from visitor_register.domain.chart_text import phrases
from visitor_register.errors import FileRefusedError

MOST_ROWS = 2_000
_LOOK_AT = 15
_FEWEST = 2
"""A title line may hold one word that we know; a line of headings holds more."""
FORMATS = frozenset({"csv", "xlsx", "ods"})

NO_LIST = "This is no list of visits: choose a spreadsheet (.csv, .xlsx, .ods) with headings and a visit in each row."
_NO_DAY = "No column says the day of the visit: give it the heading Day, then choose the file again."
_NO_START = "No column says when the visits begin: give it the heading From, then choose the file again."
_NOBODY = "No column says who comes: give it the heading Visitor or E-mail, then choose the file again."
_NO_ROWS = "The file has headings and no visits, so nothing was read: fill it in, then choose it again."
_TOO_MANY = f"The list has more than {MOST_ROWS:,} visits: bring in a term at a time."


class Column(StrEnum):
    """What a column says. The word is the heading in our own empty list."""

    DAY = "Day"
    START = "From"
    END = "To"
    NAME = "Visitor"
    FORENAME = "First name"
    SURNAME = "Surname"
    EMAIL = "E-mail"
    NUMBER = "Staff number"
    ORGANISATION = "Organisation"
    TEAM = "Team"
    HOST = "Here to see"
    ROOM = "Room"
    PLACE = "Where"
    TOLD = "How we heard"
    HEARD = "When we heard"
    NOTE = "Note to the desk"
    CHILD = "Child reference"
    PURPOSE = "Purpose"
    TEXT = "For the DSL"


FOR_DSL = (Column.CHILD, Column.PURPOSE, Column.TEXT)
"""Sealed for the DSL as soon as they are accepted, and never shown. A column of notes may name a child, so it is one
of them unless its heading says that it is for the desk."""

_SAID = {
    Column.DAY: "day|date|visit date|date of visit|day of visit|booking date|meeting date|start date|when|date and time"
    "|date time",
    Column.START: "from|start|start time|starts|starts at|begin|begins|time|time from|arrival|arrival time|arrives"
    "|time of visit|visit time|time in",
    Column.END: "to|end|end time|ends|ends at|until|finish|finish time|time to|time out|departure",
    Column.NAME: "visitor|visitors|visitor name|name of visitor|name|names|full name|who|professional|worker"
    "|social worker|attendee|attendees|who is coming",
    Column.FORENAME: "first name|forename|given name|visitor first name",
    Column.SURNAME: "surname|last name|family name|visitor surname|visitor last name",
    Column.EMAIL: "e mail|email|email address|e mail address|visitor email|visitor e mail|mail|work email",
    Column.NUMBER: "staff number|staff no|staff id|employee number|employee id|badge|badge number|id number|payroll",
    Column.ORGANISATION: "organisation|organization|company|agency|authority|council|from organisation|employer|firm"
    "|local authority",
    Column.TEAM: "team|service|department|team name",
    Column.HOST: "here to see|to see|host|host name|seeing|visiting|school contact|member of staff|staff member|staff"
    "|meeting with|who to see",
    Column.ROOM: "room|meeting room|venue|in room",
    Column.PLACE: "where|place|location|at",
    Column.TOLD: "how we heard|heard how|how told|told by|how arranged|arranged by|how notified|method|channel"
    "|notified by",
    Column.HEARD: "when we heard|heard|heard on|told on|told us on|notified|notified on|date notified|notice given"
    "|date arranged|arranged on|when told|date booked|booked on",
    Column.NOTE: "note to the desk|note to desk|note for the desk|note for desk|desk note|note for reception"
    "|reception note|notes for reception|note to reception",
    Column.CHILD: "child reference|child ref|child|childs name|child name|name of child|pupil|pupil name|student|upn"
    "|child id|case|case number|case reference|mosaic|mosaic id|liquidlogic id|child initials|reference",
    Column.PURPOSE: "purpose|purpose of visit|reason|reason for visit|type of visit|visit type|type of meeting"
    "|meeting type|why",
    Column.TEXT: "for the dsl|note|notes|comment|comments|details|description|subject|text|remarks|title|agenda",
}
_COLUMN_OF = {words: column for column, said in _SAID.items() for words in phrases(said)}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One visit as written. `number` is its row in the file, `gone` why it is probably no longer meant, or ""."""

    number: int
    cells: Mapping[Column, str] = field(repr=False)
    gone: str = ""

    def text(self, column: Column) -> str:
        """What it says there; "" where it says nothing, or only that there is nothing."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class BookingList:
    """A file as read, before anything is known about anybody in it.

    Attributes:
        file_name: The name of the file alone.
        rows: Its visits, in their order.
        order: Which number of a day like 03/04/2026 is the day; None where the file does not settle it.
        asked: A day of the file that can be read two ways, when one answer settles all of them; else "".
        sealed: Headings of what goes to the DSL.
        unread: Headings of what is not taken.
    """

    file_name: str
    rows: tuple[ListRow, ...]
    order: DayOrder | None
    asked: str = ""
    sealed: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def column_of(heading: str) -> Column | None:
    """Say what a heading means, what stands in brackets left out; None when nobody knows."""
    return _COLUMN_OF.get(heading_key(heading)) or _COLUMN_OF.get(heading_key(heading.partition("(")[0]))


def understand(source: Source, *, may_seal: bool) -> BookingList:
    """Find the columns and the rows of a list.

    Args:
        source: The file as the reader gave it.
        may_seal: Whoever reads it may write for the DSL; else those columns are not taken at all.

    Raises:
        FileRefusedError: it is no list of visits; the sentence says what is missing.
    """
    if source.format not in FORMATS:
        raise FileRefusedError(NO_LIST)
    table, at = _headings(source.tables)
    headings = table.rows[at].cells
    columns = _columns(headings, may_seal=may_seal)
    rows = tuple(row for row in (_row(line, columns) for line in table.rows[at + 1 :]) if row is not None)
    _check(columns, rows)
    days = [row.text(column) for row in rows for column in (Column.DAY, Column.HEARD)]
    said = " ".join(heading for place, heading in enumerate(headings) if columns.get(place) is Column.DAY)
    order, asked = booking_list_days.settle(days, said)
    return BookingList(
        source.file_name,
        rows,
        order,
        asked,
        tuple(chart_text.clean(headings[place]) for place, column in columns.items() if column in FOR_DSL),
        tuple(filter(None, (chart_text.clean(cell) for place, cell in enumerate(headings) if place not in columns))),
    )


def _headings(tables: Sequence[Table]) -> tuple[Table, int]:
    """The table and the place of its row of headings: the one with the most that we know."""
    counted = [
        (len({column_of(cell) for cell in row.cells} - {None}), -at, table)
        for table in tables
        for at, row in enumerate(table.rows[:_LOOK_AT])
    ]
    known, at, table = max(counted, key=lambda found: found[:2], default=(0, 0, None))
    if table is None or known < _FEWEST:
        raise FileRefusedError(NO_LIST)
    return table, -at


def _columns(headings: Sequence[str], *, may_seal: bool) -> dict[int, Column]:
    """What each column says, by its place. Of two that say the same the first is taken."""
    found: dict[int, Column] = {}
    for at, heading in enumerate(headings):
        column = column_of(heading)
        if column is None or column in found.values() or (column in FOR_DSL and not may_seal):
            continue
        found[at] = column
    return found


def _row(line: Row, columns: Mapping[int, Column]) -> ListRow | None:
    cells = {
        column: text
        for at, column in columns.items()
        if at < len(line.cells) and (text := _value(column, line.cells[at]))
    }
    return ListRow(line.number, cells, line.gone) if cells else None


def _value(column: Column, cell: str) -> str:
    if column in (Column.NAME, Column.EMAIL):
        # Lines of one cell are people of their own.
        return "; ".join(filter(None, (chart_text.value(part) for part in cell.replace(";", "\n").splitlines())))
    return chart_text.value(cell)


def _check(columns: Mapping[int, Column], rows: Sequence[ListRow]) -> None:
    known = frozenset(columns.values())
    if Column.DAY not in known:
        raise FileRefusedError(_NO_DAY)
    if known.isdisjoint({Column.NAME, Column.SURNAME, Column.EMAIL, Column.NUMBER}):
        raise FileRefusedError(_NOBODY)
    if not rows:
        raise FileRefusedError(_NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise FileRefusedError(_TOO_MANY)
    with_time = (booking_list_days.split_time(row.text(Column.DAY))[1] for row in rows)
    if Column.START not in known and not any(with_time):
        raise FileRefusedError(_NO_START)
