"""What passes between the school and the authority: contacts, allocations, requests, what was shared, escalations."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ContactKind(StrEnum):
    """How something was said."""

    CALL = "call"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"
    MESSAGE = "message"


class Direction(StrEnum):
    """Which way it went, seen from the school."""

    RECEIVED = "received"
    SENT = "sent"


class AllocationKnown(StrEnum):
    """How the day of an allocation is known (P2). An unknown day is not assessable, and never late."""

    TOLD_BY_LA = "told_by_la"
    STATED_BY_WORKER = "stated_by_worker"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Owes(StrEnum):
    """Who has to do something until a deadline."""

    AUTHORITY = "authority"
    SCHOOL = "school"

    @classmethod
    def after(cls, asked: Direction) -> "Owes":
        """Who owes the answer to what went this way: to what we sent the authority, to what came the school."""
        return cls.AUTHORITY if asked is Direction.SENT else cls.SCHOOL


class ClockKind(StrEnum):
    """What is owed."""

    FIRST_CONTACT = "first_contact"
    """P2: the worker makes contact with the school after an allocation."""
    REPLY = "reply"
    """P5: the worker or the manager answers."""
    REQUEST = "request"
    """P10: a request for information is answered."""


class Rung(StrEnum):
    """The ladder of an escalation (P6)."""

    WORKER = "worker"
    MANAGER = "manager"
    SERVICE_MANAGER = "service_manager"
    HEAD_OF_SERVICE = "head_of_service"


@dataclass(frozen=True, slots=True)
class Contact:
    """A call, e-mail, letter, meeting or message as it was written down.

    Attributes:
        person: With whom, a person of the desk's file.
        at: When it took place; `written_at` is when somebody wrote it down.
        manager_copied: Whether the manager was copied in; None when nobody said (P4).
        asks_reply: It asks for an answer, so a clock runs for it.
        answers: The deadline that it answers.
        automatic: An answer by a machine: it stops no clock.
        forwarded: A chain of older messages was forwarded with it (P9).
    """

    id: UUID
    kind: ContactKind
    direction: Direction
    person: UUID
    at: datetime
    written_at: datetime
    written_by: UUID
    summary: str
    child_reference: str = ""
    manager_copied: bool | None = None
    asks_reply: bool = False
    answers: UUID | None = None
    automatic: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is owed. When it is due is computed on reading, until it stops: then its result stands here.

    Attributes:
        id: The subject: an allocation, a contact that asks for a reply, or a request.
        person: Who owes it, or to whom the school does.
        started_at: When it was asked; of an allocation the beginning of its London day; None when that is not known.
        known: How the day of an allocation is known.
        paused_at: Since when a person has paused it, with `paused_why`; None while it runs.
        paused: The pauses that are over, as "from/to" moments, blank separated.
        stopped_at: When it was done; None while it is owed. `stopped_by`, `answer`: by whom, and the contact that did.
        due_on, due_at, late: The result, frozen when it stopped; `steps` are the lines that lead to it.
        withdrawn: It was a mistake, with `why`.
    """

    id: UUID
    kind: ClockKind
    owes: Owes
    person: UUID
    child_reference: str
    about: str
    started_at: datetime | None
    asked_at: datetime
    urgent: bool = False
    known: AllocationKnown | None = None
    is_open: bool = True
    paused_at: datetime | None = None
    paused_why: str = ""
    paused: str = ""
    stopped_at: datetime | None = None
    stopped_by: UUID | None = None
    answer: UUID | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    late: bool | None = None
    steps: str = ""
    withdrawn: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """One step of an escalation: whom it went to, and why."""

    clock: UUID
    seq: int
    rung: Rung
    person: UUID
    at: datetime
    contact: UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class EscalationEnd:
    """How an escalation ended."""

    clock: UUID
    seq: int
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Shared:
    """Information about a child that was shared or withheld: what, with whom, and why."""

    id: UUID
    person: UUID
    at: datetime
    shared: bool
    what: str
    why: str
    child_reference: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """What was said of education at a visit or meeting, and whether the school was there (P1)."""

    about: UUID
    education: bool
    school_present: str
    commitments: str
    followed_up: bool = False


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A factual note on how somebody was treated, in either direction (P7). For the DSL and the head."""

    id: UUID
    person: UUID
    at: datetime
    by_authority: bool
    note: str
    manager_first: bool
