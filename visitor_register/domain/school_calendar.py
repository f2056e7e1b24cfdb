"""A calendar that was made elsewhere: its lines, what each may mean for the school's days, and what a person says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from visitor_register.domain.calendar import SchoolDay
from visitor_register.domain.chart_text import phrases
from visitor_register.domain.policy import CalendarSpan

MOST_DAYS = 400
"""No term and no closure is longer than that: it would be a slip of the pen."""
LONGEST_NAME = 80
_LONGEST_TERM, _LONGEST_HALF_TERM = 120, 16
_SAID: dict[str, SchoolDay] = {
    "school": SchoolDay.SCHOOL,
    "school day": SchoolDay.SCHOOL,
    "school days": SchoolDay.SCHOOL,
    "term": SchoolDay.SCHOOL,
    "open": SchoolDay.SCHOOL,
    "staff": SchoolDay.STAFF_ONLY,
    "staff only": SchoolDay.STAFF_ONLY,
    "inset": SchoolDay.STAFF_ONLY,
    "inset day": SchoolDay.STAFF_ONLY,
    "closed": SchoolDay.CLOSED,
    "closure": SchoolDay.CLOSED,
    "holiday": SchoolDay.CLOSED,
    "half term": SchoolDay.CLOSED,
}
_HALF_TERM = "half term"
_SIGNS: tuple[tuple[str, SchoolDay], ...] = (
    ("inset|staff training|training day|teacher training|staff only|staff day|non pupil|pd day", SchoolDay.STAFF_ONLY),
    ("half term|holiday|holidays|vacation|closed|closure|bank holiday|break", SchoolDay.CLOSED),
    ("term|school days|school open", SchoolDay.SCHOOL),
)
# Words that change nothing about what a line means. With any other word in it, a person is asked.
_PLAIN = phrases(
    "a the of and for to in at our day days school academy pupils pupil students children no all first second one two "
    "autumn spring summer winter christmas xmas easter michaelmas lent october november february may june july august "
    "september december january march april whitsun half term holiday holidays break inset staff training teacher only "
    "non pd closed closure vacation bank open"
)
_NO_SIGN = "It says nothing of a term, a staff day or a closure."


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One line or event of a file.

    Attributes:
        where: Where it stands, for people: "line 4"; "" in a file without lines.
        name: What it is called.
        first, last: Its days, both among them; None where they cannot be read.
        said: What the file itself says it is, in its own words, or "".
        trouble: Why it cannot name days whatever anybody answers, or "".
        doubt: What about its days has to be asked although they can be read, or "".
    """

    where: str
    name: str
    first: date | None = None
    last: date | None = None
    said: str = ""
    trouble: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """All that a file says, in its order, and what a person should know of how it was read."""

    lines: tuple[CalendarLine, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a line is. `kind` is None where a person has to say it; `doubt` says why."""

    kind: SchoolDay | None
    doubt: str = ""


def meaning(line: CalendarLine) -> Meaning:
    """Say what a line means where its words leave no doubt; nothing is guessed."""
    if line.trouble or line.first is None or line.last is None:
        return Meaning(None, line.trouble or "Its days cannot be read.")
    if line.doubt:
        return Meaning(None, line.doubt)
    said = _words(line.said)
    if said:
        kind = _SAID.get(said)
        return Meaning(kind, "" if kind else f"“{line.said}” is no word for a kind of day that we know.")
    return _of_name(_words(line.name), (line.last - line.first).days + 1)


def spans(lines: Iterable[CalendarLine], answers: Mapping[int, SchoolDay | None]) -> tuple[CalendarSpan, ...]:
    """Return the spans that lines name, by their number from 0.

    Args:
        lines: The lines of the file.
        answers: What a person said of a line; None leaves it out. A line in doubt without an answer names nothing.
    """
    found = []
    for number, line in enumerate(lines):
        kind = answers[number] if number in answers else meaning(line).kind
        if kind is not None and not line.trouble and line.first is not None and line.last is not None:
            found.append(CalendarSpan(line.first, line.last, kind, line.name))
    return tuple(found)


def unanswered(lines: Iterable[CalendarLine], answers: Mapping[int, SchoolDay | None]) -> tuple[int, ...]:
    """Return the numbers of the lines about which a person still has to say something."""
    return tuple(number for number, line in enumerate(lines) if number not in answers and meaning(line).kind is None)


def _of_name(name: str, length: int) -> Meaning:
    kinds: list[SchoolDay] = []
    left = name
    for pattern, kind in _SIGNS:
        # What was taken for one kind is none for the next: the term of a half term is no term.
        left, found = re.subn(rf"\b(?:{pattern})\b", " ", left)
        kinds += [kind] if found else []
    if not kinds:
        return Meaning(None, _NO_SIGN)
    if len(kinds) > 1:
        return Meaning(None, "Its words name more than one kind of day.")
    others = [word for word in name.split() if word not in _PLAIN and not word.isdecimal()]
    if others:
        return Meaning(None, f"“{others[0]}” may change what it means.")
    if kinds[0] is SchoolDay.SCHOOL and length == 1:
        return Meaning(None, "It names one day only: a term has a first and a last day.")
    if length > (_LONGEST_HALF_TERM if _HALF_TERM in name else _LONGEST_TERM):
        return Meaning(None, f"It lasts {length} days, which is long for what it is called.")
    return Meaning(kinds[0])


def _words(text: str) -> str:
    """A text as its words, without case, signs and hyphens."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ").replace("'", "")))
