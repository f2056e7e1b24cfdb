"""What the school writes to the authority: the texts it starts from, and how their blanks are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

BLANKS = ("name", "school", "operator", "about", "asked", "due", "reference", "chronology", "today")
"""What may stand in braces in a text: {name} is whom it goes to, {reference} the child reference."""
_BLANK = re.compile(r"\{(" + "|".join(BLANKS) + r")\}")


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


DEFAULTS = (
    LetterText(
        LetterKind.FRESH,
        "From {school}",
        "Dear {name},\n\n\n\nChild reference: {reference}\n\nKind regards,\n{operator}\n{school}",
    ),
    LetterText(
        LetterKind.CHASE,
        "A reply is outstanding: {school}",
        "Dear {name},\n\nOn {asked} we asked: {about}\nChild reference: {reference}\n\n"
        "Under the Harrow protocol a reply was due {due}. Please answer this message, or ask your manager to.\n\n"
        "Kind regards,\n{operator}\n{school}",
    ),
    LetterText(
        LetterKind.ESCALATE,
        "Escalation under the Harrow protocol: {school}",
        "Dear {name},\n\nWe ask for your help with the following.\n\nAbout: {about}\nChild reference: {reference}\n"
        "Asked: {asked}\nDue: {due}\n\nWhat happened, in order:\n{chronology}\n\n"
        "Please tell us who will answer, and by when.\n\nKind regards,\n{operator}\n{school}",
    ),
    LetterText(
        LetterKind.ALLOCATION,
        "Allocation: please tell us the date",
        "Dear {name},\n\nWe understand that you are the allocated worker. Child reference: {reference}\n"
        "Please tell us the date of the allocation.\n\nKind regards,\n{operator}\n{school}",
    ),
    LetterText(
        LetterKind.CHART,
        "Structure chart of Children's Services",
        "Dear {name},\n\nOur copy of your structure chart is of {asked}. Please send us the present one.\n\n"
        "Kind regards,\n{operator}\n{school}",
    ),
)


def fill_in(text: str, said: Mapping[str, str]) -> str:
    """Put what is known in place of the blanks, in one pass; other words in braces stay as they were typed."""
    return _BLANK.sub(lambda found: said.get(found[1], ""), text)
