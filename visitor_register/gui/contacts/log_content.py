"""What stands in the form of a contact, as typed, and what it says once it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.calendar import Wall
from visitor_register.domain.contacts import AllocationKnown, Clock, ContactKind, Direction
from visitor_register.gui.widgets.who_field import Guest
from visitor_register.services.clocks import A_LITTLE
from visitor_register.services.contacts import LONGEST_SUMMARY
from visitor_register.services.notice import typed_day, typed_time


class What(StrEnum):
    """What happened: the first question of the form."""

    CONTACT = "contact"
    ALLOCATION = "allocation"
    REQUEST = "request"
    SHARED = "shared"
    DISCUSSION = "discussion"
    COURTESY = "courtesy"


class Copied(StrEnum):
    """Whether the manager was copied in (P4)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


WRITTEN = frozenset({ContactKind.EMAIL, ContactKind.LETTER, ContactKind.MESSAGE})
"""Where somebody can be copied in, a chain forwarded, and a machine can answer."""
TALKS = frozenset({What.CONTACT, What.DISCUSSION})
"""What is a call, an e-mail, a letter, a meeting or a message."""


@dataclass(frozen=True, slots=True)
class Content:
    """The form as it stands, letter by letter. Without day and time it is now; of an allocation a day is never taken.

    `answers` is the deadline it answers; `there` whether somebody of the school was, and `present` who.
    """

    what: What | None = None
    guest: Guest | None = None
    kind: ContactKind | None = None
    direction: Direction | None = None
    day: str = ""
    clock: str = ""
    summary: str = ""
    child_reference: str = ""
    copied: Copied | None = None
    asks_reply: bool = False
    automatic: bool = False
    forwarded: bool = False
    answers: UUID | None = None
    known: AllocationKnown | None = None
    urgent: bool = False
    shared: bool | None = None
    why: str = ""
    education: bool | None = None
    there: bool | None = None
    present: str = ""
    commitments: str = ""
    manager_first: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What one press of Save writes: the form, its moment (aware), and of an allocation its day, if anybody knows."""

    content: Content
    at: datetime
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The form as it reads, or for each field that does not, what to write instead."""

    order: Order | None
    wrong: dict[str, str]


def can_be_copied(content: Content) -> bool:
    """Say whether the form asks for what only written words have: a copy, a chain, a machine's answer."""
    return content.what is What.CONTACT and content.kind in WRITTEN


def read(content: Content, now: datetime, answered: Clock | None) -> Reading:
    """Read the form; `answered` is the deadline it answers."""
    if content.what is None:
        return Reading(None, {"what": "Choose what happened."})
    wrong = _ASKED_OF[content.what](content)
    if content.guest is None:
        wrong["who"] = "Find somebody by name, or write down who it is."
    if content.what is What.ALLOCATION:
        on, of_day = day_of_allocation(content, now)
        at = now
    else:
        on, (at, of_day) = None, moment(content, now)
    wrong |= of_day
    if len(content.summary.strip()) > LONGEST_SUMMARY:
        wrong["summary"] = f"This is more than {LONGEST_SUMMARY} letters. Write down the facts only."
    if not of_day and answered is not None and answered.started_at is not None and at < answered.started_at:
        asked = calendar.say_moment(answered.started_at, now)
        wrong["day"] = f"That is before it was asked for ({asked}). Check the day and the time."
    return Reading(None if wrong else Order(content, at, on), wrong)


def moment(content: Content, now: datetime) -> tuple[datetime, dict[str, str]]:
    """When it took place, or what to write instead; without day and time it is now."""
    if not content.day.strip() and not content.clock.strip():
        return now, {}
    today = calendar.london_date(now)
    day = _typed_day(content.day, today) if content.day.strip() else today
    if day is None:
        return now, {"day": "Write a day, like 24/11/2026, or leave it empty for today."}
    if day > today:
        return now, {"day": "That day has not come yet. If you mean one of another year, write the year too."}
    if not content.clock.strip():
        return now, {"clock": "Write the time too, like 14:00."}
    clock = typed_time(content.clock)
    if clock is None:
        return now, {"clock": "Write a time, like 14:00."}
    if calendar.wall(day, clock) is Wall.NEVER:
        return now, {"clock": "The clocks went forward then: there was no such time."}
    at = calendar.at_london(day, clock)
    if at > now + A_LITTLE:
        return now, {"clock": "That moment has not come yet."}
    return at, {}


def day_of_allocation(content: Content, now: datetime) -> tuple[date | None, dict[str, str]]:
    """The day of an allocation. It is never taken from the clock: nobody knows it unless somebody says so."""
    if content.known is AllocationKnown.UNKNOWN:
        return None, {}
    today = calendar.london_date(now)
    day = _typed_day(content.day, today)
    if day is None:
        return None, {"day": "Write the day, like 20/11/2026, or choose that nobody knows it."}
    if day > today:
        return None, {"day": "That day has not come yet. If you mean one of another year, write the year too."}
    return day, {}


def _typed_day(text: str, today: date) -> date | None:
    if text.strip().casefold() == "yesterday":
        return today - timedelta(days=1)
    return typed_day(text, today)


def _missing(*asked: tuple[str, object, str]) -> dict[str, str]:
    """A sentence for each field that says nothing."""
    return {
        name: sentence for name, said, sentence in asked if said is None or (isinstance(said, str) and not said.strip())
    }


def _talk(content: Content) -> dict[str, str]:
    return _missing(
        ("kind", content.kind, "Choose how."),
        ("direction", content.direction, "Choose whether it came from them or from us."),
        ("summary", content.summary, "Write in a few words what it was about."),
    )


def _allocation(content: Content) -> dict[str, str]:
    return _missing(
        ("child", content.child_reference, "Write the child reference: an allocation is about one child."),
        ("known", content.known, "Choose how the day is known."),
    )


def _request(content: Content) -> dict[str, str]:
    return _missing(
        ("direction", content.direction, "Choose who asks."),
        ("summary", content.summary, "Write in a few words what information is asked for."),
    )


def _shared(content: Content) -> dict[str, str]:
    wrong = _missing(
        ("shared", content.shared, "Choose one."),
        ("summary", content.summary, "Write what information it was, in a few words."),
    )
    if content.shared is False:
        wrong |= _missing(("why", content.why, "Write why it was withheld. An inquiry will ask."))
    return wrong


def _discussion(content: Content) -> dict[str, str]:
    wrong = _talk(content) | _missing(("education", content.education, "Choose one."))
    if content.education:
        wrong |= _missing(("there", content.there, "Choose one."))
    if content.education and content.there:
        wrong |= _missing(("present", content.present, "Write who of the school was there."))
    return wrong


def _courtesy(content: Content) -> dict[str, str]:
    return _missing(
        ("direction", content.direction, "Choose by whom."),
        ("summary", content.summary, "Write what happened: facts only, no adjectives."),
    )


_ASKED_OF: Mapping[What, Callable[[Content], dict[str, str]]] = {
    What.CONTACT: _talk,
    What.ALLOCATION: _allocation,
    What.REQUEST: _request,
    What.SHARED: _shared,
    What.DISCUSSION: _discussion,
    What.COURTESY: _courtesy,
}
