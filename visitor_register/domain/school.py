"""The school's own policy as the register keeps it: settings with dates, and who may use the program."""

from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from visitor_register.domain.people import Role


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a setting, from a date on (None: from the beginning). `value` is JSON."""

    id: UUID
    seq: int
    name: str
    value: str
    applies_from: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use the program, as History names them; who was `removed` may no longer."""

    id: UUID
    name: str
    role: Role
    removed: bool = False


REGISTER = uuid5(NAMESPACE_URL, "visitor-register:register")
"""The subject of what is about the register as a whole: its keys, a restored backup, a drill."""


def setting_subject(name: str) -> UUID:
    """The subject of all entries about one setting: the same on every desk of the school."""
    return uuid5(NAMESPACE_URL, f"visitor-register:setting:{name}")
