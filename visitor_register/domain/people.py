"""The people who use the program, and the people it knows by name."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may do in the program. What each sees stands in the guide, page "Who sees what"."""

    RECEPTION = "reception"
    OFFICE = "office"
    DSL = "dsl"
    HEAD = "head"
    AUDITOR = "auditor"


SEES_CHILDREN = frozenset({Role.DSL, Role.HEAD})
AT_THE_DESK = frozenset({Role.RECEPTION, Role.OFFICE, Role.DSL, Role.HEAD})
IMPORTS_CHARTS = frozenset({Role.OFFICE, Role.DSL, Role.HEAD})


@dataclass(frozen=True, slots=True)
class Operator:
    """Who is using the program: written beside every entry."""

    id: UUID
    name: str
    role: Role


class AccessChange(StrEnum):
    """What was done to somebody's way in, or to the keys themselves."""

    CHANGED = "changed"
    """They set another password for themselves."""
    RESET = "reset"
    """The DSL or the head gave them a new password."""
    PIN = "pin"
    PIN_OFF = "pin_off"
    RECOVERED = "recovered"
    """The recovery code opened the register."""
    RECOVERY_CODE = "recovery_code"
    """A new recovery code was made; the one before opens nothing any more."""
    ROTATED = "rotated"
    """Both files were written anew under new keys."""
    CAME_BACK = "came_back"
    """A restored backup lets them in again, who had been taken off the list or were no DSL or head any more."""


class PersonKind(StrEnum):
    """What sort of visitor somebody is, as far as the desk knows."""

    COUNCIL = "council"
    """Works for a council's children's services: on a chart, or says so and shows its badge."""
    OTHER_SERVICE = "other_service"
    """Another council, the NHS, CAFCASS and the like."""
    POLICE = "police"
    OTHER = "other"
    """Everybody else: the plumber, a grandmother."""


@dataclass(frozen=True, slots=True)
class Person:
    """One human being as the register knows them now.

    `version` is the chart that listed them last; `left_version` the first one that no longer did.
    """

    id: UUID
    kind: PersonKind
    name: str
    known_as: str = ""
    sort_key: str = ""
    search_key: str = ""
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    service: str = ""
    said_manager: str = ""
    staff_number: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    version: UUID | None = None
    left_version: UUID | None = None
    by_hand: bool = False
    contract: str = ""

    @property
    def agency(self) -> bool:
        """Whether the chart says that somebody comes from an agency."""
        return "agency" in self.contract.casefold()


class CodeState(StrEnum):
    """How far a badge code is bound to somebody."""

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """A code on somebody's badge. It finds a person; it proves nothing."""

    person: UUID
    code: str
    folded: str
    state: CodeState
    reason: str = ""
