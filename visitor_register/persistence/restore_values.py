"""What a restore and a drill are given, and what they tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from visitor_register.domain.people import Operator
from visitor_register.persistence import erasure
from visitor_register.persistence.journal import Head


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a backup: the password of the DSL or the head, or the recovery code.

    Attributes:
        name: Whose password it is; with the recovery code, who gets a new password.
        new_password: With the recovery code only. A drill needs none.
    """

    name: str = ""
    password: str = field(default="", repr=False)
    recovery_code: str = field(default="", repr=False)
    new_password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is known outside the backup: heads noted at the second place, and what was erased since."""

    heads: Iterable[Head] = ()
    erased: Iterable[erasure.Gone] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A register that was restored.

    Attributes:
        made_at: Of when it is; what was written later is only in the register that was put aside.
        entries: How many lines of both files were read and proved.
        head: Where the desk's file ended in the backup.
        dsl_made_at: Of when the DSL's file is; None where the backup had none, and an empty one was made.
        erased_again: Lines that the backup still held, and that had been erased since.
        aside: Where the register lies that was there before; None where there was none.
        aside_until: From which day on a later backup deletes that; None where there was none.
        proofs: The twelve words for where each file ended in the backup: "desk", and "dsl" where it has that.
        returned: Who can sign in by this backup, or see again what only the DSL and the head see, and could not
            in the register that was put aside; nobody where that could not be read.
    """

    made_at: datetime
    entries: int
    head: Head
    dsl_made_at: datetime | None
    dsl_is_older: bool
    erased_again: int
    by: Operator
    aside: Path | None
    aside_until: date | None = None
    proofs: Mapping[str, str] = field(default_factory=dict)
    returned: tuple[Operator, ...] = ()


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill showed. `fault` is a sentence where the backup could not be relied on.

    `erased_again`: how many lines a restore would erase again. `proofs`: the twelve words of each file in it.
    """

    made_at: datetime
    entries: int
    seconds: float
    fault: str = ""
    erased_again: int = 0
    proofs: Mapping[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether the backup would have been a whole register."""
        return not self.fault
