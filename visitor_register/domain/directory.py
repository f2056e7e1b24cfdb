"""The structure chart as the register keeps it: versions, posts, who holds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChartVersion:
    """One accepted chart. `services` are joined by newlines: a partial chart changes only those it holds.

    `signed_with` names the council's key, "" for a chart that came unsigned; `council_version` counts by the council.
    `undone_because` is why its import was taken back.
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
    partial: bool = False
    undone_because: str = ""

    @property
    def day(self) -> date:
        """The day it is from: issued, else received."""
        return self.issued_on or self.received_on

    @property
    def holds(self) -> tuple[str, ...]:
        """The services it holds, as it spells them."""
        return tuple(self.services.split("\n")) if self.services else ()


def numbers(charts: Iterable[ChartVersion]) -> dict[UUID, int]:
    """Number the charts of each authority in the order in which they were accepted; undone ones keep their number."""
    counted: dict[str, int] = {}
    found: dict[UUID, int] = {}
    for chart in sorted(charts, key=lambda one: (one.accepted_at, str(one.id))):
        counted[chart.authority] = found[chart.id] = counted.get(chart.authority, 0) + 1
    return found


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


class HandField(StrEnum):
    """What somebody may change by hand on a person of the chart; most are fields of `Person`."""

    NAME = "name"
    KNOWN_AS = "known_as"
    JOB_TITLE = "job_title"
    TEAM = "team"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    STAFF_NUMBER = "staff_number"
    REPORTS_TO = "reports_to"
    """The post above theirs, by its UUID; "" for none."""
    ON_CHART = "on_chart"
    """Whether they are on the chart: "" for somebody who left, else what `on_chart_with` says."""


OF_PERSON = frozenset(HandField) - {HandField.REPORTS_TO, HandField.ON_CHART}
"""Those that are fields of `Person`, under the same name."""


def on_chart_with(posts: Iterable[UUID]) -> str:
    """Say that somebody is on the chart, with the posts they hold: the value of `HandField.ON_CHART`."""
    return " ".join(("yes", *map(str, posts)))


def posts_in(value: str) -> tuple[UUID, ...]:
    """Return the posts that `on_chart_with` was given."""
    return tuple(UUID(text) for text in value.split()[1:])


@dataclass(frozen=True, slots=True)
class HandEdit:
    """Something of a person that was changed by hand and that no chart said since.

    `chart_says` is what the council's newest chart says instead; `post` the post that was changed with it;
    `reason`, `at` and `by` are of the change itself, however many charts came after it.
    """

    person: UUID
    field: HandField
    value: str
    chart_says: str
    post: UUID | None
    reason: str
    at: datetime
    by: UUID
