"""A received message in words: who it may be from, what the program noticed about it, what it may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.contacts import Contact
from visitor_register.domain.mails import Correspondent, MailRead, own_subject
from visitor_register.domain.people import Person, PersonKind
from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.log_content import Copied
from visitor_register.gui.widgets.who_field import Guest
from visitor_register.services.clocks import ClockLine
from visitor_register.services.mails import Known, Sender

LONGEST_SUMMARY = 300
FORWARDED = "The protocol asks not to forward chains (P9): ask for a new message with the facts only."
AUTOMATIC = "A machine wrote this. It answers nothing: every deadline runs on."
AGAIN = "A message from the same person at the same time is logged already. Leave this one if it is the same."
_KINDS = {
    PersonKind.COUNCIL: "council, not on our chart",
    PersonKind.OTHER_SERVICE: "another service",
    PersonKind.POLICE: "police",
    PersonKind.OTHER: "somebody else",
}
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The sender is none of those offered: find them by name."""


@dataclass(frozen=True, slots=True)
class NothingAnswered:
    """The message answers none of the deadlines."""


@dataclass(frozen=True, slots=True)
class MailShown:
    """The page of one message. `who` are answers with their values, `certain` the one that the address gives."""

    title: str
    hint: str
    facts: tuple[tuple[str, str], ...]
    text: str
    notes: str
    who: tuple[tuple[str, Any], ...]
    certain: UUID | None
    day: str
    clock: str
    summary: str
    automatic: bool
    forwarded: bool


@dataclass(frozen=True, slots=True)
class KnownShown:
    """What follows from who wrote it: was a manager copied in, and what it may answer (nothing: not asked)."""

    copied: Copied | None
    copied_hint: str
    answers: tuple[tuple[str, Any], ...]
    again: str


def shown(read: MailRead, sender: Sender, now: datetime, *, left: int) -> MailShown:
    """The page of a message; `left` is how many come after it."""
    name = (read.sender.name or read.sender.email) if read.sender else ""
    more = f"{left} more after this" if left else ""
    local = None if read.sent_at is None else calendar.to_london(read.sent_at)
    return MailShown(
        title=f"Message from {name}" if name else "Message without a sender",
        hint=more,
        facts=_facts(read, now),
        text=read.text,
        notes=" ".join(read.notes),
        who=_who(sender),
        certain=sender.person.id if sender.person else None,
        day="" if local is None else f"{local:%d/%m/%Y}",
        clock="" if local is None else f"{local:%H:%M}",
        summary=own_subject(read.subject)[:LONGEST_SUMMARY],
        automatic=read.automatic,
        forwarded=read.forwarded,
    )


def known(said: Known, asked: Mapping[UUID, Contact], again: Contact | None, now: datetime) -> KnownShown:
    """What follows from who wrote it, in words."""
    choices = {True: Copied.YES, False: Copied.NO, None: Copied.UNKNOWN}
    hints = {
        True: ", ".join(one.name for one in said.copied),
        False: "Nobody above them is among the addresses.",
        None: "No address of anybody above them is on the chart.",
    }
    answers: list[tuple[str, Any]] = [(_deadline(line, asked, now), line) for line in said.open]
    if answers:
        answers.append(("None of these", NothingAnswered()))
    return KnownShown(
        choices[said.manager_copied], hints[said.manager_copied], tuple(answers), AGAIN if again is not None else ""
    )


def nobody_known() -> KnownShown:
    """Before anybody said who wrote it, and of somebody whom the register does not know."""
    return KnownShown(None, "", (), "")


def done(name: str, line: ClockLine | None, *, late: bool | None) -> str:
    """What was written."""
    if line is None:
        return f"Logged: a message from {name}."
    how = {True: " It was late.", False: " It was in time.", None: ""}[late]
    return f"Logged: {name} answered.{how}"


def name_of(who: object, offered: Sequence[tuple[str, Any]]) -> str:
    """Whom somebody chose, in a few words."""
    if isinstance(who, Guest):
        return who.name
    if isinstance(who, NewVisitor):
        return who.name
    words_of = next((said for said, value in offered if value == who), "")
    return words_of.partition(",")[0].partition(" (")[0]


def _facts(read: MailRead, now: datetime) -> tuple[tuple[str, str], ...]:
    sent = "the file does not say"
    if read.sent_at is not None:
        sent = f"{calendar.say_moment(read.sent_at, now)}, {calendar.relative(read.sent_at, now)}"
    return (
        ("From", read.sender.said if read.sender else "the file does not say"),
        ("To", _people(read.to)),
        ("Cc", _people(read.cc)),
        ("Sent", sent),
        ("Subject", read.subject or "none"),
    )


def _people(people: Sequence[Correspondent]) -> str:
    names = [one.name or one.email for one in people[:_SHOWN]]
    more = f" and {len(people) - _SHOWN} more" if len(people) > _SHOWN else ""
    return f"{', '.join(names)}{more}" if names else "nobody"


def _who(sender: Sender) -> tuple[tuple[str, Any], ...]:
    options: list[tuple[str, Any]] = []
    if sender.person is not None:
        options.append((f"{_person(sender.person)} (by e-mail address)", sender.person.id))
    options += [(f"{_person(one)} (by name)", one.id) for one in sender.offered]
    if sender.new is not None and sender.person is None:
        new = sender.new
        kinds = dict.fromkeys((new.kind, *_KINDS))
        said = ", ".join(part for part in (new.name, new.organisation) if part)
        options += [(f"New: {said} ({_KINDS[kind]})", NewVisitor(kind, new.name, new.organisation)) for kind in kinds]
    return (*options, ("Find somebody else by name", Elsewhere()))


def _person(somebody: Person) -> str:
    left = "left the chart" if somebody.left_version is not None else ""
    place = somebody.team or somebody.organisation
    return ", ".join(part for part in (somebody.name, place, left) if part)


def _deadline(line: ClockLine, asked: Mapping[UUID, Contact], now: datetime) -> str:
    when, _far = words.due(line, now)
    child = line.clock.child_reference
    owed = words.owed(line, asked.get(line.clock.id))
    return ", ".join(
        part for part in (owed, words.name_of(line), child, f"due {when}" if line.assessed.due else when) if part
    )
