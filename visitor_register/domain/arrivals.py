"""An arrival being taken at the desk: what is filled in so far, which survives an interruption and a restart."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown, NumberSource, Outcome
from visitor_register.domain.people import PersonKind
from visitor_register.domain.verification import Supervision, Verdict, Way
from visitor_register.domain.visits import CameAbout


@dataclass(frozen=True, slots=True)
class NewVisitor:
    """Somebody the register does not know yet, as they say it themselves."""

    kind: PersonKind
    name: str
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    said_manager: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call-back made before the visitor was signed in."""

    number: str
    whom: str
    source: NumberSource
    source_text: str
    answered_by: str
    confirmed: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The DSL or a deputy was told, or did not answer."""

    whom: str
    answered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """All that the desk knows about one arrival. Nothing is preset that only a person can see.

    `visit` is chosen when the arrival is begun, so that saving it twice is saving it once. Exactly
    one of `person` and `visitor` is given by the time it is signed in.
    """

    visit: UUID = field(default_factory=uuid4)
    person: UUID | None = None
    visitor: NewVisitor | None = None
    booking: UUID | None = None
    code: str = ""
    bind_code: bool = False
    way: Way | None = None
    verdict: Verdict = Verdict.OTHER_VISITOR
    shown: IdShown | None = None
    shown_which: str = ""
    expiry: Expiry | None = None
    compared: Compared | None = None
    because: str = ""
    basis: Basis = Basis.NOT_REQUIRED
    basis_note: str = ""
    supervision: Supervision = Supervision.ESCORTED
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
    calls: tuple[Call, ...] = ()
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A parked arrival. `label` is what the desk sees: a name or a code, nothing else."""

    id: UUID
    started_at: datetime
    label: str
    arrival: Arrival
