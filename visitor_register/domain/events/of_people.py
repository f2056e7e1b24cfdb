"""What happened about a person: charts that list them, what was changed by hand, their badge codes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain.directory import HandField
from visitor_register.domain.people import PersonKind


@dataclass(frozen=True, slots=True)
class PersonListed:
    """An accepted chart lists this person, differently from before."""

    version: UUID
    name: str
    known_as: str = ""
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    service: str = ""
    staff_number: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class PersonLeftChart:
    """The accepted chart no longer lists this person. Their record stays: visits point to it."""

    version: UUID


@dataclass(frozen=True, slots=True)
class PersonNeverListed:
    """The only chart that ever listed this person was taken back, and nothing else had been written about them."""

    version: UUID


@dataclass(frozen=True, slots=True)
class HandChange:
    """One thing changed by hand: what it is now, and what the chart says. `post`: the post changed with it."""

    field: HandField
    value: str
    chart_says: str
    post: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonEdited:
    """Somebody changed by hand what the chart says of this person.

    `at` and `by` are of the change itself where a newer chart, or taking one back, only says it again.
    """

    reason: str
    changes: tuple[HandChange, ...]
    at: datetime | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonRecorded:
    """Somebody wrote down a person who is on no chart, as that person said it."""

    kind: PersonKind
    name: str
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    said_manager: str = ""


@dataclass(frozen=True, slots=True)
class CodeBound:
    """A badge code was found to be this person's, after face and photo were compared."""

    code: str
    provisional: bool = True


@dataclass(frozen=True, slots=True)
class CodeConfirmed:
    """A call-back or the DSL confirmed that the code is this person's."""

    code: str


@dataclass(frozen=True, slots=True)
class CodeWithdrawn:
    """The badge was reported lost, or the code was bound to the wrong person."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SamePersonFound:
    """A named person said that two records are one human being."""

    first: UUID
    second: UUID


@dataclass(frozen=True, slots=True)
class SamePersonWithdrawn:
    """They are two people after all. `undone`: the import that joined them was taken back, so they never were one."""

    reason: str
    undone: bool = False
