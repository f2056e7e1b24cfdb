"""The journal's end as twelve words: they stand on printed sheets, where nobody who changes the file can reach them.

Sixteen bytes of the last entry's hash, and four bits to check them by. Somebody reads them off paper years later and
types them in, so small slips are forgiven, and greater ones are told from a register that was changed.
"""

import difflib
import re
from functools import cache

from mnemonic import Mnemonic

from visitor_register.errors import RegisterError

PREFIX = 16
"""How many bytes of a hash the words say. Nobody makes another journal whose entry begins with the same."""

COUNT = 12


def words_of(ending: bytes) -> str:
    """The words for the hash of a journal's last entry, of which the first 16 bytes count."""
    return str(_list().to_mnemonic(ending[:PREFIX]))


def prefix_of(words: str) -> bytes:
    """The 16 bytes that words stand for, however they were spaced, cased, numbered or separated.

    Raises:
        RegisterError: they are not twelve, one is not on the list, or they do not fit together.
    """
    typed = _typed(words)
    for word in typed:
        if word not in _places():
            near = difflib.get_close_matches(word, _places(), n=1)
            hint = f" Is it “{near[0]}”?" if near else ""
            raise RegisterError(f"“{word}” is not one of the words that are used.{hint} Compare it with the paper.")
    if len(typed) != COUNT:
        raise RegisterError(f"The proof has {COUNT} words, and these are {len(typed)}. Compare them with the paper.")
    try:
        return bytes(_list().to_entropy(typed))
    except ValueError:
        raise RegisterError(
            "These words do not fit together: one is wrong, or two may be swapped. Compare them with the paper."
        ) from None


def _typed(words: str) -> list[str]:
    # Somebody may copy the whole line from a sheet: the words stand between a colon and a moment in brackets.
    inner = words.rpartition(":")[2] if "(" not in words else words.partition("(")[0].rpartition(":")[2]
    return re.findall(r"[^\W\d_]+", inner.casefold())


@cache
def _list() -> Mnemonic:
    return Mnemonic("english")


@cache
def _places() -> frozenset[str]:
    return frozenset(_list().wordlist)
