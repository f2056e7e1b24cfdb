"""A list of visits from a spreadsheet: what each row would become, and booking those a person chose, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.booking_list import BookingList
from visitor_register.domain.bookings import Told
from visitor_register.domain.events import ReasonRecorded
from visitor_register.domain.people import SEES_CHILDREN, Operator, PersonKind, Role
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal
from visitor_register.services import booking_list_rows, bookings, notice, policy, sealed, working_days
from visitor_register.services.access import require
from visitor_register.services.booking_list_people import People, Who
from visitor_register.services.booking_list_rows import Answers, Part, RowRead
from visitor_register.services.booking_list_taken import Guest, Taken, ids_of
from visitor_register.services.bookings import BookingForm
from visitor_register.services.notice import Notice
from visitor_register.services.working_days import Counting

_MEANWHILE = "The register was changed meanwhile. Look at the list again, then book."
_NOTHING = "No visit is ticked. Tick those to book, or leave the list."
_SAY_HOW = "Choose how we heard of the visits: the file does not say it."
_OVER = "That time is over: tick it if it is to be on record."
_CALLED_OFF = "This visit was booked before and called off: tick it to book it again."


class RowState(StrEnum):
    """What stands in the way of a row."""

    READY = "ready"
    LOOK = "look"
    """It can be booked as it is, when somebody ticks it."""
    FIX = "fix"
    """Something has to be said first."""
    THERE = "there"
    """The same visit is booked already."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and what it would become.

    Attributes:
        read: The row as read.
        state: What stands in the way.
        wrong: For each part that has to be put right, what to do about it.
        why: The sentences about it, the first the most important.
        ticked: It is booked with the others.
        guests: Who comes, as far as they are settled.
        form: The booking; None while something has to be said first.
        notice: How much notice it gives.
    """

    read: RowRead
    state: RowState
    wrong: dict[Part, str]
    why: tuple[str, ...]
    ticked: bool
    guests: tuple[Guest, ...]
    form: BookingForm | None
    notice: Notice | None

    @property
    def number(self) -> int:
        """The row as one sees it in the file."""
        return self.read.row.number


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole list as it would be booked. `at` is when that was worked out."""

    listed: BookingList
    answers: Answers
    at: datetime
    rows: tuple[PlannedRow, ...]

    @property
    def chosen(self) -> tuple[PlannedRow, ...]:
        """What would be booked now."""
        return tuple(row for row in self.rows if row.ticked)

    @property
    def asks_how(self) -> bool:
        """Whether neither the file nor anybody says how the school heard of what is ticked."""
        return any(row.read.told is None for row in self.chosen)

    def count(self, state: RowState) -> int:
        """How many rows are in a state."""
        return sum(row.state is state for row in self.rows)


@dataclass(frozen=True, slots=True)
class Made:
    """A booking that was made, and what the DSL is to know of it."""

    booking: UUID
    starts_at: datetime
    reason: ReasonRecorded | None = field(default=None, repr=False)


def plan(session: Session, listed: BookingList, answers: Answers, at: datetime) -> Plan:
    """Say what each row would become.

    People, settings and the bookings of those days are read once for the whole list, however long it is.
    """
    today = calendar.london_date(at)
    staff, people = policy.read(session, today).staff, People(session)
    order = listed.order or answers.order
    read = [booking_list_rows.read(row, answers, order, people, staff, today) for row in listed.rows]
    times = [(one.starts_at, one.ends_at) for one in read if one.starts_at is not None]
    taken = Taken(session, times, people)
    counted = working_days.read_days(session, [calendar.london_date(start) for start, _ in times])
    planned: list[PlannedRow] = []
    for one in read:
        row = _planned(one, answers, people, taken, counted, at)
        planned.append(row)
        if row.form is not None and row.state in (RowState.READY, RowState.LOOK):
            taken.add(row.number, row.form, row.guests)
    return Plan(listed, answers, at, tuple(planned))


def accept(session: Session, shown: Plan, *, public: bytes | None, by: Operator, at: datetime) -> tuple[Made, ...]:
    """Book every ticked row of a plan. A newcomer of several rows is written down once.

    Args:
        session: The desk's file, in a writing transaction of the caller: all rows are written or none.
        shown: As `plan` made it and a person saw it.
        public: The key to seal with what goes to the DSL; None for a DSL, whose own file takes it
            (`record_reasons`).
        by: Who accepted it.
        at: Now.

    Raises:
        NotAllowedError: it is for the office, the DSL and the head.
        RegisterError: nothing is ticked, nobody said how the school heard, or the register was changed since `plan`.
    """
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    if not shown.chosen:
        raise RegisterError(_NOTHING)
    if shown.asks_how:
        raise RegisterError(_SAY_HOW)
    if plan(session, shown.listed, shown.answers, shown.at).rows != shown.rows:
        raise RegisterError(_MEANWHILE)
    known = _write_newcomers(session, shown.chosen, by, at)
    made = []
    for row in shown.chosen:
        if row.form is None:
            continue
        visitors = tuple(known.get(one, one) if isinstance(one, NewVisitor) else one for one in row.form.visitors)
        identity = bookings.book(session, replace(row.form, visitors=visitors), by=by, at=at)
        made.append(Made(identity, row.form.starts_at, row.read.reason))
        if row.read.reason is not None and public is not None:
            sealed.seal_reason(session, identity, row.read.reason, public, by=by, at=at)
    return tuple(made)


def record_reasons(dsl_session: Session, made: Sequence[Made], *, by: Operator, at: datetime) -> None:
    """Write to the DSL's own file what a list says for the DSL."""
    require(by, SEES_CHILDREN)
    for one in made:
        if one.reason is not None:
            sealed.add_reason(dsl_session, one.booking, one.reason, by=by, at=at)


def _write_newcomers(
    session: Session, chosen: Sequence[PlannedRow], by: Operator, at: datetime
) -> dict[NewVisitor, UUID]:
    new = dict.fromkeys(guest for row in chosen for guest in row.guests if isinstance(guest, NewVisitor))
    known = {guest: uuid4() for guest in new}
    journal.append_all(session, [(known[guest], bookings.recorded(guest)) for guest in new], by=by, at=at)
    return known


def _planned(
    read: RowRead,
    answers: Answers,
    people: People,
    taken: Taken,
    counted: Mapping[date, Counting],
    at: datetime,
) -> PlannedRow:
    guests, asks = _guests(read.who, answers, people)
    wrong = dict(read.wrong)
    form = _form(read, guests, answers, at)
    # Newcomers of a list that was booked before have records of their own by now, with the same name and time.
    named = [guest or _as_named(who) for who, guest in zip(read.who, guests, strict=True)]
    there = taken.same(form, named) if form is not None else ""
    if asks and Part.WHO not in wrong:
        wrong[Part.WHO] = asks
    settled = tuple(guest for guest in guests if guest is not None)
    if form is not None and there:
        return PlannedRow(read, RowState.THERE, {}, (there,), False, settled, form, None)
    if form is None or wrong:
        ticked, why = False, tuple(wrong.values())
        return PlannedRow(read, RowState.FIX, wrong, why, ticked, settled, None, None)
    said = [*read.doubts, *taken.clashes(form, settled)]
    if taken.called_off(form, settled):
        said.insert(0, _CALLED_OFF)
    if form.starts_at < at:
        said.insert(0, _OVER)
    state = RowState.LOOK if said else RowState.READY
    ticked = answers.ticked.get(read.row.number, state is RowState.READY)
    given = notice.count(form.notified_at, form.starts_at, counted[calendar.london_date(form.starts_at)])
    return PlannedRow(read, state, {}, tuple(said), ticked, settled, form, given)


def _guests(who: Sequence[Who], answers: Answers, people: People) -> tuple[list[Guest | None], str]:
    """Who comes, None for somebody whom a person has to name first, and the question about the first of those."""
    guests: list[Guest | None] = []
    asks = ""
    for one in who:
        guest = _guest(one, answers, people)
        guests.append(guest)
        if guest is None and not asks:
            asks = _question(one)
    return guests, asks


def _guest(who: Who, answers: Answers, people: People) -> Guest | None:
    said = answers.who.get(who.named)
    if isinstance(said, NewVisitor):
        return said
    if said is not None:
        return people.get(said)
    if who.person is not None or who.doubt or who.offered:
        return who.person
    kind = who.kind or answers.newcomers
    return newcomer(who, kind) if kind is not None and who.named.name else None


def newcomer(who: Who, kind: PersonKind) -> NewVisitor:
    """Somebody of a list as a visitor whom nobody knows yet."""
    return NewVisitor(kind, who.named.name, who.organisation or who.named.organisation, team=who.named.team)


def _as_named(who: Who) -> Guest:
    return newcomer(who, who.kind or PersonKind.OTHER)


def _question(who: Who) -> str:
    if who.doubt:
        return f"{who.doubt} Say who comes."
    if not who.offered:
        return f"Nobody here is called {who.named.name}: say what kind of visitor that is."
    first = who.offered[0]
    facts = ", ".join(filter(None, (first.name, first.job_title, first.team or first.organisation)))
    return f"Is this {facts}? Say who comes."


def _form(read: RowRead, guests: Sequence[Guest | None], answers: Answers, at: datetime) -> BookingForm | None:
    if read.starts_at is None or not guests or Part.END in read.wrong:
        return None
    today = calendar.london_date(at)
    heard = read.heard or answers.heard or today
    return BookingForm(
        visitors=ids_of([guest for guest in guests if guest is not None]),
        starts_at=read.starts_at,
        ends_at=read.ends_at,
        here_to_see=read.here_to_see,
        room=read.room,
        told=read.told or Told.EMAIL,
        notified_at=at if heard == today else calendar.at_london(heard, time.min),
        note_to_desk=read.note,
        place=read.place,
    )
