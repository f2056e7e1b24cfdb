"""The structure chart as the register keeps it: versions, posts, who holds them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChartVersion:
    """One accepted chart. `services` are joined by newlines: a partial chart changes only those it holds.

    `signed_with` names the council's key, "" for a chart that came unsigned; `council_version` counts by the council.
    """

    id: UUID
    authority: str
    services: str
    file_name: str
    sha256: str
    format: str
    issued_on: date | None
    received_on: date
    from_whom: str
    accepted_at: datetime
    accepted_by: UUID
    people: int
    posts: int
    undone: bool = False
    signed_with: str = ""
    council_version: int = 0
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilKey:
    """The key with which a council signs its charts, as somebody here confirmed it. `key` is a SHA-256, hex."""

    id: UUID
    authority: str
    key: str
    confirmed_with: str
    pinned_at: datetime
    pinned_by: UUID
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A place in the structure, apart from whoever holds it."""

    id: UUID
    authority: str
    ref: str
    title: str
    team: str
    service: str
    directorate: str
    level: str
    reports_to: UUID | None
    version: UUID
    removed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """One person in one post; a job share is two, a vacancy none."""

    post: UUID
    person: UUID


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two records of one human being, joined by a named person."""

    id: UUID
    first: UUID
    second: UUID
    withdrawn: bool = False
