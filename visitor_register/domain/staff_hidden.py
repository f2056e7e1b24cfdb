"""Takes the names of the school's staff out of a text that goes out of the house. Pure."""

import re
from collections.abc import Iterable, Iterator

SOMEBODY = "a member of staff"
_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev")
_TITLE = rf"(?:{'|'.join(_TITLES)})\b\.?"


class StaffHidden:
    """Writes "a member of staff" for each of them, however the name was written: in full, with a title, a part of it.

    Parts alone are only taken for a name when they begin with a capital: Young is, young is not. A name that nobody
    told the program cannot be found.
    """

    def __init__(self, staff: Iterable[str], *, kept: Iterable[str] = ()) -> None:
        """`kept` are whole names of others, which stay even where a part of them is a name of the staff."""
        hidden = [pattern for name in staff for pattern in _patterns(name)]
        stay = [_loose(name) for name in kept if name.strip()]
        self._pattern = re.compile(
            rf"(?P<kept>\b(?:{_any(stay)})\b)|\b(?:{_any(hidden)})(?!\w)" if hidden else r"(?P<kept>$.)"
        )

    def out_of(self, text: str) -> str:
        """The text without them."""
        written = self._pattern.sub(lambda found: found["kept"] or SOMEBODY, text)
        return written[:1].upper() + written[1:] if written.startswith(SOMEBODY) else written


def _patterns(name: str) -> Iterator[str]:
    """The ways in which a name may be written, the longest first."""
    words = [word for word in name.split() if word.casefold().rstrip(".") not in _TITLES]
    if not words:
        return
    surname = re.escape(words[-1])
    yield rf"(?i:(?:{_TITLE}\s+)?{_loose(' '.join(words))})"
    yield rf"(?i:{_TITLE}\s+(?:[^\W\d_]\.?\s+)?{surname})"
    if len(words) > 1:
        yield rf"(?i:{re.escape(words[0][0])}\.?\s+{surname})"
    for word in words:
        if len(word) > 1:
            yield rf"(?:{re.escape(word[:1].upper() + word[1:])}|{re.escape(word.upper())})"


def _loose(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def _any(patterns: list[str]) -> str:
    """One of these, the longest first; without any, what is nowhere."""
    return "|".join(sorted(patterns, key=len, reverse=True)) or r"(?!)"
