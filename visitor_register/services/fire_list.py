"""Who is in the building as far as the desk knows: the fire list, and the same people for a lockdown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from visitor_register.domain import calendar, names
from visitor_register.domain.arrivals import Draft
from visitor_register.domain.events import ArrivalUndone, FireListPrinted
from visitor_register.domain.people import Operator
from visitor_register.domain.visits import Visit
from visitor_register.persistence import journal
from visitor_register.services import policy, proof, today
from visitor_register.services.proof import Proof
from visitor_register.services.today import JUST_LEFT, Here

SUBJECT = uuid5(NAMESPACE_URL, "visitor-register:fire-list")
"""The subject of all entries about prints of the list: no person's."""

NOT_SAID = "Where is not known"


class Kind(Enum):
    """The same people in surname order, or by the place they were sent to."""

    FIRE = "fire"
    LOCKDOWN = "lockdown"

    @property
    def title(self) -> str:
        """What stands at the top, and all that a printer's queue sees."""
        return "Fire list" if self is Kind.FIRE else "Lockdown list"


@dataclass(frozen=True, slots=True)
class FireRow:
    """Somebody to look for. Nothing of why they came, and nothing about a child."""

    id: UUID
    name: str
    sort_key: str
    since: datetime
    organisation: str = ""
    where: str = ""
    here_to_see: str = ""
    needs_assistance: bool = False
    how_many: int = 1
    gone_at: datetime | None = None
    """When they left, or when their arrival was taken back."""

    @property
    def index_name(self) -> str:
        """The name as an index shows it, surname first: the order of the list can be seen."""
        return names.sort_name(self.name)


@dataclass(frozen=True, slots=True)
class FireList:
    """The list of one moment, every part in surname order.

    `people` are signed in here now. The other parts are asked about as well: arrivals that are being
    taken, taken back or ended within the last quarter of an hour, and visits of earlier days for which no
    sign-out is recorded.
    """

    made_at: datetime
    school: str = ""
    kind: Kind = Kind.FIRE
    drill: bool = False
    people: tuple[FireRow, ...] = ()
    being_taken: tuple[FireRow, ...] = ()
    undone: tuple[FireRow, ...] = ()
    just_left: tuple[FireRow, ...] = ()
    no_sign_out: tuple[FireRow, ...] = ()
    proof: Proof | None = None

    @property
    def count(self) -> int:
        """How many heads: one line may stand for several people."""
        return sum(row.how_many for row in self.people)

    @property
    def heading(self) -> str:
        """What the list is, and what it is not."""
        return f"Visitors signed in here: {self.count}. Not staff, pupils or anyone signed in elsewhere."

    @property
    def by_place(self) -> tuple[tuple[str, tuple[FireRow, ...]], ...]:
        """The same people by place; those nobody can place come first, for they are looked for first."""
        places: dict[str, tuple[str, list[FireRow]]] = {}
        for row in self.people:
            shown = row.where.strip() or NOT_SAID
            places.setdefault(names.fold(row.where), (shown, []))[1].append(row)
        return tuple((shown, tuple(rows)) for _, (shown, rows) in sorted(places.items()))

    @property
    def asked_too(self) -> tuple[tuple[str, tuple[FireRow, ...]], ...]:
        """The other parts that have somebody in them, each under its title."""
        minutes = int(JUST_LEFT.total_seconds() // 60)
        parts = (
            ("Arrival being taken", self.being_taken),
            (f"Arrival taken back in the last {minutes} minutes", self.undone),
            (f"Left in the last {minutes} minutes", self.just_left),
            ("No sign-out recorded on an earlier day", self.no_sign_out),
        )
        return tuple(part for part in parts if part[1])


def read(session: Session, *, at: datetime, kind: Kind = Kind.FIRE, drill: bool = False) -> FireList:
    """Read the list as it stands at a moment."""
    board = today.board(session, at=at)
    undone = [(here, _undone_at(session, here.visit)) for here in board.undone]
    return FireList(
        made_at=at,
        school=policy.read(session, calendar.london_date(at)).school.name,
        kind=kind,
        drill=drill,
        people=_in_order(_row(here) for here in board.on_site),
        being_taken=_in_order(_taken(draft) for draft in board.drafts),
        undone=_in_order(_row(here, gone) for here, gone in undone if gone is not None and at - gone <= JUST_LEFT),
        just_left=_in_order(_row(here, here.visit.left_at) for here in board.just_left),
        no_sign_out=_in_order(_row(here) for here in board.no_sign_out),
        proof=proof.of_today(session, at=at),
    )


def record_printed(session: Session, *, locked: bool, drill: bool, count: int, by: Operator, at: datetime) -> None:
    """Write down that the list was printed. While locked, `by` is whoever had the desk last."""
    journal.append(session, SUBJECT, FireListPrinted(locked, drill, count), by=by, at=at)


def _row(here: Here, gone_at: datetime | None = None) -> FireRow:
    person, visit = here.person, here.visit
    return FireRow(
        id=visit.id,
        name=person.name,
        sort_key=person.sort_key or names.sort_key(person.name),
        since=visit.arrived_at,
        organisation=person.team or person.organisation,
        where=visit.place,
        here_to_see=visit.here_to_see,
        needs_assistance=visit.needs_assistance,
        how_many=visit.how_many,
        gone_at=gone_at,
    )


def _taken(draft: Draft) -> FireRow:
    arrival = draft.arrival
    said = arrival.visitor
    return FireRow(
        id=draft.id,
        name=draft.label,
        sort_key=names.sort_key(draft.label),
        since=draft.started_at,
        organisation=(said.team or said.organisation) if said else "",
        where=arrival.place,
        here_to_see=arrival.here_to_see,
        needs_assistance=arrival.needs_assistance,
        how_many=max(1, arrival.how_many),
    )


def _undone_at(session: Session, visit: Visit) -> datetime | None:
    """When an arrival was taken back: the visit itself does not keep it."""
    said = [entry.at for entry in journal.entries_of(session, visit.id) if isinstance(entry.event, ArrivalUndone)]
    return said[-1] if said else None


def _in_order(rows: Iterable[FireRow]) -> tuple[FireRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.sort_key, row.name, row.since, row.id)))
