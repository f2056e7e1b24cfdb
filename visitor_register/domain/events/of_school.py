"""What happened about the school's settings and lists, and about who may sign in."""

from dataclasses import dataclass
from datetime import date

from visitor_register.domain.people import AccessChange, Role


@dataclass(frozen=True, slots=True)
class SettingChanged:
    """A setting has this value from a date on. `value` is JSON, as the setting's own type reads it."""

    name: str
    value: str
    applies_from: date | None = None


@dataclass(frozen=True, slots=True)
class LetterFiled:
    """A letter of assurance is on file. Its reference only."""

    authority: str
    signatory_role: str
    dated: date
    groups: str
    review_on: date
    filed_where: str


@dataclass(frozen=True, slots=True)
class LetterReplaced:
    """A newer letter stands in its place."""


@dataclass(frozen=True, slots=True)
class NumberPublished:
    """A body publishes this number. `found_on` None: shipped with the program, nobody here confirmed it yet."""

    body: str
    number: str
    hours: str = ""
    found_where: str = ""
    found_on: date | None = None


@dataclass(frozen=True, slots=True)
class NumberWithdrawn:
    """The number is not to be rung any more."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class CouncilKeyPinned:
    """Somebody compared the fingerprint of a council's key with the council. `confirmed_with`: whom, and how."""

    authority: str
    key: str
    confirmed_with: str


@dataclass(frozen=True, slots=True)
class CouncilKeyWithdrawn:
    """Charts signed with this key are no longer taken."""

    reason: str


@dataclass(frozen=True, slots=True)
class OperatorAdded:
    """Somebody may use the program."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class OperatorRoleChanged:
    """Somebody has another role from now on."""

    role: Role


@dataclass(frozen=True, slots=True)
class OperatorRemoved:
    """Somebody may no longer use the program."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """A way in was changed. The subject is whose it is, or the register where it is everybody's."""

    what: AccessChange


@dataclass(frozen=True, slots=True)
class FireListPrinted:
    """The fire list was printed, perhaps while the desk was locked."""

    locked: bool
    drill: bool
    count: int
