"""What happened at a visit: arriving, being checked, leaving, and what was said about it afterwards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain.assurance import Assurance, IdentityCheck, NumberSource, Outcome
from visitor_register.domain.verification import Supervision, Verdict
from visitor_register.domain.visits import CameAbout, Means, ToldBy


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody came in. Who it was is settled elsewhere; this is only the fact."""

    person: UUID
    booking: UUID | None
    at: datetime
    verdict: Verdict
    code_read: bool
    identity: IdentityCheck
    assurance: Assurance
    supervision: Supervision
    lanyard: str = ""
    here_to_see: str = ""
    place: str = ""
    pass_number: str = ""
    how_many: int = 1
    needs_assistance: bool = False
    car_registration: str = ""
    came_about: CameAbout | None = None
    notice_version: int | None = None
    note: str = ""
    from_paper: bool = False


@dataclass(frozen=True, slots=True)
class ArrivalUndone:
    """The arrival was somebody else's: "Not this person"."""

    corrects: int
    reason: str


@dataclass(frozen=True, slots=True)
class ArrivalCorrected:
    """Something about an arrival was written down wrongly. What is None stays as it was."""

    corrects: int
    reason: str
    at: datetime | None = None
    person: UUID | None = None
    here_to_see: str | None = None
    place: str | None = None
    pass_number: str | None = None
    identity: IdentityCheck | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody went out. `told_by` says who knew the time: the desk then, or a person later."""

    at: datetime
    told_by: ToldBy


@dataclass(frozen=True, slots=True)
class PutBack:
    """The leaving entry `corrects` was wrong: the visitor is still in the building."""

    corrects: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeavingUnknown:
    """Asked afterwards, nobody could say when this visitor left."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The desk rang somebody who can vouch. The number came from the chart or the published list."""

    number: str
    whom: str
    source: NumberSource
    source_text: str
    answered_by: str
    confirmed: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class DslTold:
    """The DSL or a deputy was told, or did not answer."""

    whom: str
    answered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class HostTold:
    """Whom the visitor came to see was told, or could not be reached. Also of a message to the DSL: `to_dsl`."""

    whom: str
    means: Means
    reached: bool
    at: datetime
    to_dsl: bool = False


@dataclass(frozen=True, slots=True)
class EntryDeclined:
    """The head or DSL declined entry, after contact with the worker's manager or MASH."""

    person: UUID
    booking: UUID | None
    at: datetime
    verdict: Verdict
    contacted: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The DSL or head looked at the visit. `note` can be read at the desk; what excuses the visit is not here."""

    note: str = ""
