"""All entries of one booking or visit in the DSL's own file; why it took place, and that nobody was seen, out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.events import Entry, NotSeen, ReasonRecorded


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit was booked, as said last. `about` is the booking or visit in the desk's file."""

    about: UUID
    purpose: str
    exceptional: str
    child_reference: str
    detail: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """A worker came and did not see the child, as said last."""

    about: UUID
    why: NotSeenWhy
    note: str


def fold_reason(entries: Iterable[Entry]) -> list[object]:
    """The last word on why a visit took place, and on why the child was not seen."""
    reason: Reason | None = None
    unseen: Unseen | None = None
    for entry in entries:
        match entry.event:
            case ReasonRecorded() as said:
                reason = Reason(entry.subject, said.purpose, said.exceptional, said.child_reference, said.detail)
            case NotSeen(why=why, note=note):
                unseen = None if why is NotSeenWhy.SEEN else Unseen(entry.subject, why, note)
    return [row for row in (reason, unseen) if row is not None]
