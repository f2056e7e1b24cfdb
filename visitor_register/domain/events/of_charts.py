"""What happened about structure charts and their posts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChartAccepted:
    """A named person accepted a chart after seeing what it changes."""

    authority: str
    services: tuple[str, ...]
    file_name: str
    sha256: str
    format: str
    issued_on: date | None
    received_on: date
    from_whom: str
    people: int
    posts: int
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ChartWasSigned:
    """The accepted chart came with a signature that fits. `key`: SHA-256 of the public key, hex."""

    key: str
    council_version: int
    valid_until: date


@dataclass(frozen=True, slots=True)
class ChartUndone:
    """The import was a mistake; the chart before it is current again."""

    reason: str


@dataclass(frozen=True, slots=True)
class PostListed:
    """An accepted chart has this post, differently from before. No holders: the post is vacant."""

    version: UUID
    authority: str
    ref: str
    title: str
    team: str = ""
    service: str = ""
    directorate: str = ""
    level: str = ""
    reports_to: UUID | None = None
    holders: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PostEdited:
    """Somebody changed the post by hand, on the card of a person, where the reason stands. It now reads like this."""

    title: str
    team: str
    reports_to: UUID | None
    holders: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PostRemoved:
    """The accepted chart no longer has this post."""

    version: UUID
