"""All entries of one booking or visit in the DSL's own file; why it took place out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from visitor_register.domain.events import Entry, ReasonRecorded


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a visit was booked, as said last. `about` is the booking or visit in the desk's file."""

    about: UUID
    purpose: str
    exceptional: str
    child_reference: str
    detail: str


def fold_reason(entries: Iterable[Entry]) -> list[object]:
    """The last word on why a visit took place."""
    reasons = [
        Reason(
            entry.subject,
            entry.event.purpose,
            entry.event.exceptional,
            entry.event.child_reference,
            entry.event.detail,
        )
        for entry in entries
        if isinstance(entry.event, ReasonRecorded)
    ]
    return list(reasons[-1:])
