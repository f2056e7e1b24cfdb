"""References and staff numbers as councils type them: what is the same number, and what is none."""

import re
from collections.abc import Iterable
from uuid import UUID

from visitor_register.domain import chart_text
from visitor_register.domain.chart_fingerprint import readable
from visitor_register.domain.names_clean import names_nobody

_OWN = "OURS-"
_FLOAT = re.compile(r"^(\d+)\.0+$")


def reference(text: str) -> str:
    """Return a post reference as it is kept, or "" for "XX", "0", "TBC" and other words for none."""
    kept = _FLOAT.sub(r"\1", chart_text.value(text).upper())
    return "" if names_nobody(kept) else kept


def own_reference(post: UUID) -> str:
    """Return what stands for a post without a reference in a list of ours, so that others can report to it."""
    return _OWN + readable(post.hex)


def is_own_reference(text: str) -> bool:
    """Say whether a reference is one that `own_reference` made: it holds within its own file only."""
    return text.startswith(_OWN)


def staff_number(text: str) -> str:
    """Return a staff number as it is kept: text without spaces, upper case. "Agency" and "TBC" are none."""
    kept = reference(text).replace(" ", "")
    return kept if any(letter.isdigit() for letter in kept) and len(kept) <= 40 else ""


def without_zeros(number: str) -> str:
    """Return a number without its leading zeros: "00009000" and "9000" are one reference."""
    return number.lstrip("0") or number


def may_be_same(one: str, other: str) -> bool:
    """Say whether two staff numbers may be one: a prefix of letters lost on the way ("H186505", "186505")."""
    if without_zeros(one) == without_zeros(other):
        return True
    digits = [re.sub(r"\D", "", number).lstrip("0") for number in (one, other)]
    return digits[0] == digits[1] != "" and (one.isdigit() or other.isdigit())


class References:
    """Finds rows by number: exactly first, then without leading zeros where that is one number only."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take (number, row key) pairs; blank numbers are left out."""
        self._exact: dict[str, list[str]] = {}
        self._bare: dict[str, set[str]] = {}
        for number, key in pairs:
            if number:
                self._exact.setdefault(number, []).append(key)
                self._bare.setdefault(without_zeros(number), set()).add(number)

    @property
    def any(self) -> bool:
        """Whether there is any number at all."""
        return bool(self._exact)

    def find(self, number: str) -> list[str]:
        """Return the keys of all rows with that number, in order, or []."""
        if not number or number in self._exact:
            return self._exact.get(number, [])
        written = self._bare.get(without_zeros(number), set())
        return self._exact[next(iter(written))] if len(written) == 1 else []
