"""What the school writes to the authority: the texts it starts from, and how their blanks are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

BLANKS: Mapping[str, str] = {
    "name": "whom it goes to",
    "school": "the school's name",
    "operator": "who writes it",
    "today": "the day it is written",
    "reference": "the child reference",
    "matter": "what was asked, and when, as a sentence",
    "deadline": "until when it is owed, as a sentence",
    "owed": "what is owed, in a few words",
    "about": "what it is about, as it was written down",
    "asked": "when it was asked, or the day of our chart",
    "due": "when it is due",
    "chronology": "what happened, a line each",
}
"""What may stand in braces in a text, and what takes its place."""
OF_A_CHILD = frozenset({"reference", "matter", "about", "chronology"})
"""Blanks that a subject must not have: it can be read on every locked screen and in every list."""
_BLANK = re.compile(r"\{(" + "|".join(BLANKS) + r")\}")
_BRACES = re.compile(r"\{([^{}\n]*)\}")


class LetterKind(StrEnum):
    """What a message is for."""

    FRESH = "fresh"
    CHASE = "chase"
    ESCALATE = "escalate"
    ALLOCATION = "allocation"
    CHART = "chart"


@dataclass(frozen=True, slots=True)
class LetterText:
    """A text with blanks in braces. Its subject never names a child."""

    kind: LetterKind
    subject: str
    body: str


_ENDS = "\n\nKind regards,\n{operator}\n{school}"
DEFAULTS = (
    LetterText(LetterKind.FRESH, "From {school}", "Dear {name},\n\n\n\nChild reference: {reference}" + _ENDS),
    LetterText(
        LetterKind.CHASE,
        "Outstanding: {owed} ({school})",
        "Dear {name},\n\n{matter}\nChild reference: {reference}\n\n"
        "{deadline} Please answer this message, or ask your manager to." + _ENDS,
    ),
    LetterText(
        LetterKind.ESCALATE,
        "Escalation under the Harrow protocol: {school}",
        "Dear {name},\n\nWe ask for your help.\n\n{matter}\nChild reference: {reference}\n{deadline}\n\n"
        "What happened, in order:\n{chronology}\n\nPlease tell us who will answer, and by when." + _ENDS,
    ),
    LetterText(
        LetterKind.ALLOCATION,
        "Allocation: please tell us the date",
        "Dear {name},\n\nWe understand that you are the allocated worker.\nChild reference: {reference}\n\n"
        "Please tell us the date of the allocation." + _ENDS,
    ),
    LetterText(
        LetterKind.CHART,
        "Structure chart of Children's Services",
        "Dear {name},\n\nOur copy of your structure chart is of {asked}. Please send us the present one, so that we "
        "recognise your staff at the door and ring the right manager." + _ENDS,
    ),
)


def fill_in(text: str, said: Mapping[str, str]) -> str:
    """Put what is known in place of the blanks, in one pass; other words in braces stay as they were typed."""
    return _BLANK.sub(lambda found: said.get(found[1], ""), text)


def fill_body(text: str, said: Mapping[str, str]) -> str:
    """Fill in a text line by line. A line of which nothing is known is left out, as "Child reference:" would be."""
    return "\n".join(fill_in(line, said) for line in text.split("\n") if not _says_nothing(line, said))


def unknown_blanks(text: str) -> list[str]:
    """The words in braces that nothing takes the place of."""
    return [found for found in _BRACES.findall(text) if found not in BLANKS]


def names_a_child(subject: str) -> list[str]:
    """The blanks in a subject that would name a child."""
    return [found for found in _BLANK.findall(subject) if found in OF_A_CHILD]


def stands_in(reference: str, subject: str) -> bool:
    """Whether a child reference stands in a subject, as a word of its own and in either case."""
    found = reference.strip()
    return bool(found) and re.search(rf"(?<!\w){re.escape(found)}(?!\w)", subject, re.IGNORECASE) is not None


def _says_nothing(line: str, said: Mapping[str, str]) -> bool:
    blanks = _BLANK.findall(line)
    return bool(blanks) and not any(said.get(blank) for blank in blanks)
