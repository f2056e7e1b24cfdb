"""One row of a list of visits: its times, place and people, and a sentence for each part that does not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from visitor_register.domain import booking_list_days as days
from visitor_register.domain import calendar, names
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.booking_list import Column, ListRow
from visitor_register.domain.booking_list_days import DayOrder
from visitor_register.domain.bookings import Place, Told
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.invitation_places import read_place
from visitor_register.domain.people import PersonKind
from visitor_register.domain.policy import Staff
from visitor_register.domain.purposes import DEFAULT_PURPOSES
from visitor_register.services import booking_list_people
from visitor_register.services.booking_list_people import Named, People, Who
from visitor_register.services.notice import typed_day

_TIME = "“{text}” is no time: write it like 14:00."
_NO_DAY = "The day is missing: write it like 30/11/2026."
_NO_START = "The start is missing: write a time, like 14:00."
_BEFORE = "It ends before it starts: write the end, or make it empty."
_NOT_COME = "The day we heard has not come yet: write the right one."
_WHOSE = "Names and addresses do not pair up: give each visitor a row in the file, or leave this one out."
_NOBODY = "Nobody is named: write a name in the file, or leave the row out."
_WHERE = "It is not clear where that is: choose it."
_NIGHT = "It starts at {time}: tick it if that is meant."
_GONE = "In the file this row is marked: {gone}. Tick it if it is still meant."
_EARLIEST, _LATEST = time(6), time(21)
_PLACES = {
    Place.SCHOOL: phrases("school|at school|in school|here|on site|onsite"),
    Place.ONLINE: phrases("online|on line|teams|zoom|video|virtual"),
    Place.COUNCIL: phrases("council|at the council|council offices|civic centre"),
    Place.HOME: phrases("home|at home|home visit"),
}
_TOLD = {
    Told.EMAIL: phrases("email|e mail|mail|by email|by e mail"),
    Told.PHONE: phrases("phone|telephone|call|phone call|by phone|by telephone|rang|text"),
    Told.LETTER: phrases("letter|post|by letter|by post"),
    Told.IN_PERSON: phrases("in person|person|face to face|at a meeting|meeting"),
    Told.INVITATION: phrases("invitation|invite|calendar invitation|calendar|outlook|outlook invitation"),
}
_PLACE_OF = {words: place for place, said in _PLACES.items() for words in said}
_TOLD_OF = {words: told for told, said in _TOLD.items() for words in said}
_PURPOSE_OF = {names.fold(purpose.name): purpose.code for purpose in DEFAULT_PURPOSES}


class Part(StrEnum):
    """What can be put right in a row."""

    DAY = "day"
    START = "start"
    END = "end"
    HEARD = "heard"
    WHO = "who"
    WHERE = "where"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a list so far.

    Attributes:
        order: Which number of its days is the day.
        told: How the school heard, where the file does not say it.
        heard: When, where the file does not say it; now when None.
        newcomers: What sort of visitors those are whom nobody knows, where nothing shows it.
        typed: By row and part, what was written instead.
        who: Whom a name stands for.
        places: Where a place is, by its folded words.
        ticked: Rows that were ticked or unticked by hand.
    """

    order: DayOrder | None = None
    told: Told | None = None
    heard: date | None = None
    newcomers: PersonKind | None = None
    typed: Mapping[tuple[int, Part], str] = field(default_factory=dict)
    who: Mapping[Named, UUID | NewVisitor] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    ticked: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as it reads.

    Attributes:
        row: As written.
        texts: Its days and times letter by letter, as they stand now.
        wrong: For each part that does not read, what to do about it.
        doubts: What somebody should look at before it is booked.
        who: Everybody it names.
        told: How the school heard; None where neither the row nor anybody says it.
        says_how: The row itself says it.
        place_key: The words that say where, folded; "" where there are none.
        reason: What goes to the DSL.
    """

    row: ListRow
    texts: Mapping[Part, str]
    wrong: Mapping[Part, str]
    doubts: tuple[str, ...]
    who: tuple[Who, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    heard: date | None
    told: Told | None
    says_how: bool
    place: Place
    place_key: str
    room: str
    here_to_see: str
    note: str
    reason: ReasonRecorded | None = field(repr=False)


def read(row: ListRow, answers: Answers, order: DayOrder | None, people: People, staff: Staff, today: date) -> RowRead:
    """Read one row, with what a person wrote instead of it.

    Args:
        row: As the file has it.
        answers: What was said about the list.
        order: Which number of its days is the day, by the file or by the answers.
        people: Everybody the register knows.
        staff: The school's own people and rooms.
        today: The London date.
    """
    texts = _texts(row, answers)
    wrong: dict[Part, str] = {}
    typed = {part for number, part in answers.typed if number == row.number}
    day = _day(Part.DAY, texts, typed, order, today, wrong)
    if not texts[Part.DAY]:
        wrong[Part.DAY] = _NO_DAY
    start, end = _clock(Part.START, texts, wrong), _clock(Part.END, texts, wrong)
    if not texts[Part.START]:
        wrong[Part.START] = _NO_START
    if start is not None and end is not None and end <= start:
        wrong[Part.END] = _BEFORE
    heard = _day(Part.HEARD, texts, typed, order, today, wrong)
    if heard is not None and heard > today:
        wrong[Part.HEARD] = _NOT_COME
    named = booking_list_people.named(row)
    who = tuple(people.who(one) for one in named or ())
    if not who or not all(one.named.name or one.person for one in who):
        wrong[Part.WHO] = _WHOSE if named is None else _NOBODY
    place, room, key = _where(row, answers, staff, wrong)
    doubts = [_GONE.format(gone=row.gone)] if row.gone else []
    if start is not None and not _EARLIEST <= start <= _LATEST:
        doubts.append(_NIGHT.format(time=f"{start:%H:%M}"))
    reads = day is not None and start is not None
    host, told = row.text(Column.HOST), _TOLD_OF.get(" ".join(names.words(row.text(Column.TOLD))))
    return RowRead(
        row=row,
        texts=texts,
        wrong=wrong,
        doubts=tuple(doubts),
        who=who,
        starts_at=calendar.at_london(day, start) if reads and day and start is not None else None,
        ends_at=calendar.at_london(day, end) if reads and day and end is not None and Part.END not in wrong else None,
        heard=heard,
        told=told or answers.told,
        says_how=told is not None,
        place=place,
        place_key=key,
        room=room,
        here_to_see=next((name for name in staff.names if names.fold(name) == names.fold(host)), host),
        note=row.text(Column.NOTE),
        reason=_reason(row),
    )


def _texts(row: ListRow, answers: Answers) -> dict[Part, str]:
    """Days and times as they stand: the file's, and over it what was typed."""
    day, in_day = days.split_time(row.text(Column.DAY))
    start, in_start = days.split_span(row.text(Column.START) or in_day)
    # A start that is a whole moment: its day counts where the day has no column of its own.
    start = days.split_time(start)[1] or start
    end = days.split_time(row.text(Column.END))[1] or row.text(Column.END) or in_start
    found = {Part.DAY: day, Part.START: start, Part.END: end, Part.HEARD: days.split_time(row.text(Column.HEARD))[0]}
    return {part: answers.typed.get((row.number, part), text).strip() for part, text in found.items()}


def _day(
    part: Part,
    texts: Mapping[Part, str],
    typed: set[Part],
    order: DayOrder | None,
    today: date,
    wrong: dict[Part, str],
) -> date | None:
    if not texts[part]:
        return None
    found = days.read_day(texts[part], DayOrder.DAY if part in typed else order)
    # What a person types here is read as in the booking form.
    day = found.day or (typed_day(texts[part], today) if part in typed else None)
    if day is None:
        wrong[part] = found.wrong
    return day


def _clock(part: Part, texts: Mapping[Part, str], wrong: dict[Part, str]) -> time | None:
    if not texts[part]:
        return None
    found = days.read_clock(texts[part])
    if found is None:
        wrong[part] = _TIME.format(text=texts[part])
    return found


def _where(row: ListRow, answers: Answers, staff: Staff, wrong: dict[Part, str]) -> tuple[Place, str, str]:
    """Where it is, the room, and the words that say where. Other words are not kept: they may be an address."""
    said, room = row.text(Column.PLACE), row.text(Column.ROOM)
    key = names.fold(said)
    if not said:
        return Place.SCHOOL, room, key
    place = answers.places.get(key) or _PLACE_OF.get(" ".join(names.words(said)))
    if place is not None:
        return place, room, key
    place, found = read_place(said, staff.places)
    if place is Place.SCHOOL and not found and "school" not in key:
        wrong[Part.WHERE] = _WHERE
    return place, room or found, key


def _reason(row: ListRow) -> ReasonRecorded | None:
    """What only the DSL may read. A purpose that is none of the list's is kept in the words of the file."""
    purpose, child, text = row.text(Column.PURPOSE), row.text(Column.CHILD), row.text(Column.TEXT)
    code = _PURPOSE_OF.get(names.fold(purpose), "")
    detail = "\n".join(filter(None, ("" if code else purpose, text)))
    return ReasonRecorded(purpose=code, child_reference=child, detail=detail) if purpose or child or text else None
