"""What happened only in the DSL's own file: reasons, contacts, deadlines and escalations."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from visitor_register.domain.bookings import NotSeenWhy
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction, Rung


@dataclass(frozen=True, slots=True)
class ReasonRecorded:
    """Why a visit was booked. Only in the DSL's file."""

    purpose: str = ""
    exceptional: str = ""
    child_reference: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotSeen:
    """The worker came and did not see the child. Only in the DSL's file; the subject is the booking or visit."""

    why: NotSeenWhy
    note: str = ""


@dataclass(frozen=True, slots=True)
class ContactLogged:
    """Something was said between the school and the authority. The subject is the contact."""

    kind: ContactKind
    direction: Direction
    person: UUID
    at: datetime
    summary: str
    child_reference: str = ""
    manager_copied: bool | None = None
    asks_reply: bool = False
    answers: UUID | None = None
    automatic: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Allocated:
    """A child was allocated to a worker (P2). Without a day nobody knows it yet. The subject is the allocation."""

    worker: UUID
    child_reference: str
    on: date | None
    known: AllocationKnown
    note: str = ""


@dataclass(frozen=True, slots=True)
class InformationRequested:
    """Somebody asked for information (P10). The subject is the request."""

    direction: Direction
    person: UUID
    at: datetime
    topic: str
    child_reference: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """What was owed is done. The result is kept as it was worked out then, with the calendar's fingerprint."""

    at: datetime
    person: UUID | None
    contact: UUID | None
    due_on: date | None
    due_at: datetime | None
    late: bool | None
    steps: tuple[str, ...]
    calendar: str


@dataclass(frozen=True, slots=True)
class ClockPaused:
    """A person paused a deadline. A holiday never does."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ClockResumed:
    """It runs again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ClockReopened:
    """It was not done after all."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClockWithdrawn:
    """Nothing was owed: it was written down by mistake."""

    reason: str


@dataclass(frozen=True, slots=True)
class Escalated:
    """What is owed was taken a step up (P6). The subject is the deadline."""

    rung: Rung
    person: UUID
    at: datetime
    contact: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class EscalationResolved:
    """How an escalation ended."""

    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InformationShared:
    """Information about a child was shared or withheld."""

    person: UUID
    at: datetime
    shared: bool
    what: str
    why: str
    child_reference: str = ""


@dataclass(frozen=True, slots=True)
class Discussed:
    """What was said of education at a visit or meeting (P1). The subject is the booking, visit or contact."""

    education: bool
    school_present: str
    commitments: str


@dataclass(frozen=True, slots=True)
class DiscussionFollowedUp:
    """The DSL followed up what was said of education without the school."""

    note: str


@dataclass(frozen=True, slots=True)
class CourtesyNoted:
    """A factual note on how somebody was treated (P7), apart from any allegation."""

    person: UUID
    at: datetime
    by_authority: bool
    note: str
    manager_first: bool
