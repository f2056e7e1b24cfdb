"""What the form of a contact asks for each thing that happened, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction
from visitor_register.gui.contacts.log_content import Content, Copied, What, can_be_copied
from visitor_register.gui.widgets.option_list import Option

WHAT = (
    Option(What.CONTACT, "Call, e-mail, letter, meeting"),
    Option(What.ALLOCATION, "A child was allocated"),
    Option(What.REQUEST, "Information was asked for"),
    Option(What.SHARED, "We shared, or withheld"),
    Option(What.DISCUSSION, "Education was discussed"),
    Option(What.COURTESY, "Courtesy", "factual note"),
)
KINDS = (
    ("Call", ContactKind.CALL),
    ("E-mail", ContactKind.EMAIL),
    ("Letter", ContactKind.LETTER),
    ("Meeting", ContactKind.MEETING),
    ("Message", ContactKind.MESSAGE),
)
KNOWN = (
    ("The authority told us", AllocationKnown.TOLD_BY_LA),
    ("The worker says so", AllocationKnown.STATED_BY_WORKER),
    ("We worked it out", AllocationKnown.INFERRED),
    ("Nobody knows", AllocationKnown.UNKNOWN),
)
SHARED = (("Shared", True), ("Withheld", False))
COPIED = (("Yes", Copied.YES), ("No", Copied.NO), ("Nobody knows", Copied.UNKNOWN))
YES_NO = (("Yes", True), ("No", False))
_FROM = (("From them", Direction.RECEIVED), ("From us", Direction.SENT))


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: the title, the fields that are always shown, and their words. `first_way` is Alt and a digit."""

    title: str
    fields: frozenset[str]
    who: str = "With whom"
    summary: str = "What it was about"
    way: str = "Which way (Alt+6, Alt+7)"
    ways: tuple[tuple[str, Any], ...] = _FROM
    first_way: int = 6


_ALWAYS = frozenset({"who", "summary", "child", "day"})

QUESTIONS: Mapping[What, Questions] = {
    What.CONTACT: Questions("Log a contact", _ALWAYS | {"kind", "direction", "clock", "reply"}),
    What.ALLOCATION: Questions("Log an allocation", _ALWAYS | {"known"}, "Which worker", "Note, if there is one"),
    What.REQUEST: Questions(
        "Log a request",
        _ALWAYS | {"direction", "clock", "urgent"},
        summary="What information",
        way="Who asks (Alt+1, Alt+2)",
        ways=(("They ask us", Direction.RECEIVED), ("We ask them", Direction.SENT)),
        first_way=1,
    ),
    What.SHARED: Questions("Log what was shared", _ALWAYS | {"shared", "why", "clock"}, summary="What information"),
    What.DISCUSSION: Questions(
        "Log a discussion", _ALWAYS | {"kind", "direction", "clock", "education"}, summary="What was said"
    ),
    What.COURTESY: Questions(
        "Courtesy note",
        (_ALWAYS - {"child"}) | {"direction", "clock", "manager_first"},
        "Who of the authority",
        "What happened: facts only",
        way="By whom (Alt+1, Alt+2)",
        ways=(("By them", Direction.RECEIVED), ("By us", Direction.SENT)),
        first_way=1,
    ),
}


def shown(content: Content) -> frozenset[str]:
    """The names of the fields that are shown for what was said so far."""
    if content.what is None:
        return frozenset()
    fields = set(QUESTIONS[content.what].fields)
    if can_be_copied(content):
        fields |= {"copied", "forwarded"}
        if content.direction is Direction.RECEIVED:
            fields.add("automatic")
            if content.automatic:
                fields.discard("reply")
    if content.what is What.ALLOCATION and content.known is AllocationKnown.UNKNOWN:
        fields.discard("day")
    if content.what is What.DISCUSSION and content.education:
        fields |= {"there", "commitments"}
        if content.there:
            fields.add("present")
    return frozenset(fields)
