"""What happened in keeping the register: erasing, legal holds, copies of data, restoring."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Erased:
    """The entries listed (`desk/epoch/seq`) were emptied, as the retention rule or a person asked."""

    entries: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """A legal hold: nothing about this person, visit or booking is erased until it ends."""

    reason: str


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """The legal hold is over."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChildHeld:
    """A legal hold on all that names this child reference. Only in the DSL's file; the subject is the hold."""

    child_reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChildHoldEnded:
    """The legal hold on a child reference is over. Only in the DSL's file."""

    reason: str


@dataclass(frozen=True, slots=True)
class DataCopied:
    """Everything the register holds about this person was written out for them. `formats`: "pdf", "json"."""

    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup took the place of the register; what was written after `made_at` is only in the one put aside."""

    made_at: datetime
    entries: int


@dataclass(frozen=True, slots=True)
class DrillDone:
    """A backup was opened and proved as after a disaster, without touching the register."""

    made_at: datetime
    entries: int
    sound: bool
    seconds: int
