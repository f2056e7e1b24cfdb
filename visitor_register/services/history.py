"""What happened: visits of any time, found by day, name, team and outcome, and every entry of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, names
from visitor_register.domain.assurance import IdentityCheck
from visitor_register.domain.events import ArrivalCorrected, Arrived, Entry, EntryDeclined
from visitor_register.domain.people import Person
from visitor_register.domain.visits import ToldBy, Visit, VisitState
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import account, person, visit

PAGE = 100


class Outcome(StrEnum):
    """How a visit stands, in the words of History. *No sign-out* is said by the program: an earlier day, still open."""

    SIGNED_IN = "signed_in"
    LEFT = "left"
    NO_SIGN_OUT = "no_sign_out"
    LEAVING_UNKNOWN = "leaving_unknown"
    DECLINED = "declined"
    UNDONE = "undone"


class Mark(StrEnum):
    """How a record came about, where that was not at the desk at the time."""

    BY_PROGRAM = "by_program"
    FILLED_IN_LATER = "filled_in_later"
    FROM_PAPER = "from_paper"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Empty finds everything; days are London's, both included."""

    start: date | None = None
    end: date | None = None
    name: str = ""
    team: str = ""
    outcome: Outcome | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One visit. `person` is None once who it was has been erased."""

    visit: Visit
    person: Person | None
    outcome: Outcome
    marks: tuple[Mark, ...]
    recorded_by: str


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ended."""

    arrived_at: datetime
    visit: UUID


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first, and where the next page begins; None at the end."""

    lines: tuple[Line, ...]
    after: After | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a correction changed: what it was called in the record, how it read, how it reads now."""

    what: str
    was: object
    now: object


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry about a visit. `event` is None once it was erased; `taken_back`: a later entry says it was wrong."""

    seq: int
    at: datetime
    by: str
    event: object | None
    changes: tuple[Change, ...] = ()
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A visit with every entry about it, in order."""

    line: Line
    happenings: tuple[Happening, ...]


def page(session: Session, wanted: Wanted, *, at: datetime, after: After | None = None, limit: int = PAGE) -> Page:
    """One page of visits, the newest first."""
    statement = (
        select(visit, *(column.label(f"who_{column.name}") for column in person.c))
        .select_from(visit.outerjoin(person, person.c.id == visit.c.person))
        .where(*_conditions(wanted, at))
        .order_by(visit.c.arrived_at.desc(), visit.c.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        older = visit.c.arrived_at < after.arrived_at
        same = and_(visit.c.arrived_at == after.arrived_at, visit.c.id < after.visit)
        statement = statement.where(or_(older, same))
    found = list(session.execute(statement).mappings())
    by = _names(session)
    lines = tuple(_line(row, by, at) for row in found[:limit])
    more = len(found) > limit
    return Page(lines, After(lines[-1].visit.arrived_at, lines[-1].visit.id) if more else None)


def everything(session: Session, wanted: Wanted, *, at: datetime) -> Iterator[Line]:
    """All lines that are wanted, page by page, for a list that leaves the program."""
    after: After | None = None
    while True:
        found = page(session, wanted, at=at, after=after, limit=500)
        yield from found.lines
        if found.after is None:
            return
        after = found.after


def story(session: Session, identity: UUID, *, at: datetime) -> Story | None:
    """One visit with all that was written about it; None when no such visit is in the register."""
    stands = rows.select_one(session, Visit, visit.c.id == identity)
    if stands is None:
        return None
    by = _names(session)
    somebody = rows.select_one(session, Person, person.c.id == stands.person)
    entries = journal.entries_of(session, identity)
    taken_back = {
        entry.event.corrects
        for entry in entries
        if hasattr(entry.event, "corrects") and not isinstance(entry.event, ArrivalCorrected)
    }
    return Story(
        Line(stands, somebody, outcome_of(stands, at), marks_of(stands, at), by.get(stands.recorded_by, "")),
        tuple(_happenings(session, entries, by, taken_back)),
    )


def outcome_of(stands: Visit, at: datetime) -> Outcome:
    """How a visit stands at a moment."""
    if stands.state is VisitState.ON_SITE:
        earlier = calendar.london_date(stands.arrived_at) < calendar.london_date(at)
        return Outcome.NO_SIGN_OUT if earlier else Outcome.SIGNED_IN
    return Outcome(stands.state.value)


def marks_of(stands: Visit, at: datetime) -> tuple[Mark, ...]:
    """How the record came about."""
    marks = {
        Mark.BY_PROGRAM: outcome_of(stands, at) is Outcome.NO_SIGN_OUT,
        Mark.FILLED_IN_LATER: stands.left_told_by is ToldBy.LATER,
        Mark.FROM_PAPER: stands.from_paper,
        Mark.CORRECTED: stands.corrected,
    }
    return tuple(mark for mark, said in marks.items() if said)


def _conditions(wanted: Wanted, at: datetime) -> list[ColumnElement[bool]]:
    today = calendar.day_bounds(calendar.london_date(at))[0]
    open_before = and_(visit.c.state == VisitState.ON_SITE, visit.c.arrived_at < today)
    outcomes: dict[Outcome, ColumnElement[bool]] = {
        Outcome.SIGNED_IN: and_(visit.c.state == VisitState.ON_SITE, visit.c.arrived_at >= today),
        Outcome.NO_SIGN_OUT: open_before,
    }
    marks: dict[Mark, ColumnElement[bool]] = {
        Mark.BY_PROGRAM: open_before,
        Mark.FILLED_IN_LATER: visit.c.left_told_by == ToldBy.LATER,
        Mark.FROM_PAPER: visit.c.from_paper.is_(True),
        Mark.CORRECTED: visit.c.corrected.is_(True),
    }
    said: list[ColumnElement[bool]] = []
    if wanted.start is not None:
        said.append(visit.c.arrived_at >= calendar.day_bounds(wanted.start)[0])
    if wanted.end is not None:
        said.append(visit.c.arrived_at < calendar.day_bounds(wanted.end)[1])
    said += [person.c.search_key.contains(f" {word}", autoescape=True) for word in names.words(wanted.name)]
    for word in wanted.team.split():
        said.append(or_(*(c.icontains(word, autoescape=True) for c in (person.c.team, person.c.organisation))))
    if wanted.outcome is not None:
        said.append(outcomes.get(wanted.outcome, visit.c.state == wanted.outcome.value))
    if wanted.mark is not None:
        said.append(marks[wanted.mark])
    return said


def _line(row: RowMapping, by: dict[UUID, str], at: datetime) -> Line:
    stands = Visit(**{column.name: row[column.name] for column in visit.c})
    somebody = None
    if row["who_id"] is not None:
        somebody = Person(**{column.name: row[f"who_{column.name}"] for column in person.c})
    return Line(stands, somebody, outcome_of(stands, at), marks_of(stands, at), by.get(stands.recorded_by, ""))


def _names(session: Session) -> dict[UUID, str]:
    """Who may use the program, or might once, by name."""
    return {row.id: row.name for row in session.execute(select(account.c.id, account.c.name))}


def _happenings(
    session: Session, entries: list[Entry], by: dict[UUID, str], taken_back: set[int]
) -> Iterator[Happening]:
    reads = ArrivalCorrected(0, "")
    for entry in entries:
        changes: tuple[Change, ...] = ()
        match entry.event:
            case Arrived() as arrived:
                reads = ArrivalCorrected(
                    0,
                    "",
                    arrived.at,
                    arrived.person,
                    arrived.here_to_see,
                    arrived.place,
                    arrived.pass_number,
                    arrived.identity,
                )
            case EntryDeclined() as declined:
                reads = replace(reads, at=declined.at, person=declined.person, identity=IdentityCheck())
            case ArrivalCorrected() as said:
                changes = tuple(_changes(session, reads, said))
                known = {f.name: getattr(said, f.name) for f in fields(said) if getattr(said, f.name) is not None}
                reads = replace(reads, **known)
        yield Happening(
            entry.seq, entry.at, by.get(entry.actor, ""), entry.event, changes, taken_back=entry.seq in taken_back
        )


def _changes(session: Session, was: ArrivalCorrected, said: ArrivalCorrected) -> Iterator[Change]:
    for what in ("at", "here_to_see", "place", "pass_number", "identity"):
        now = getattr(said, what)
        if now is not None and now != getattr(was, what):
            yield Change(what, getattr(was, what), now)
    if said.person is not None and said.person != was.person:
        yield Change("person", _who(session, was.person), _who(session, said.person))


def _who(session: Session, identity: UUID | None) -> str | None:
    """The name of a person as known now; None once it was erased."""
    somebody = rows.select_one(session, Person, person.c.id == identity) if identity else None
    return somebody.name if somebody else None
