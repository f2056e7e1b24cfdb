"""What stands on the page of a received message, as typed, and what it says once it is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.domain.mails import MailRead
from visitor_register.gui.contacts import log_content
from visitor_register.gui.contacts.log_content import Content, Copied
from visitor_register.gui.contacts.mail_words import Elsewhere
from visitor_register.gui.widgets.who_field import Guest
from visitor_register.services.clocks import ClockLine
from visitor_register.services.contacts import ContactForm

_COPIED = {Copied.YES: True, Copied.NO: False, Copied.UNKNOWN: None, None: None}


@dataclass(frozen=True, slots=True)
class MailTyped:
    """What stands on the page. `who` is a person, somebody new, `Elsewhere` with `guest`, or None.

    `answers` is a `ClockLine`, `NothingAnswered`, or None where nobody chose; `asked` whether the page asks for it.
    """

    who: Any
    guest: Guest | None
    answers: Any
    asked: bool
    summary: str
    child_reference: str
    day: str
    clock: str
    copied: Copied | None
    automatic: bool
    forwarded: bool

    @property
    def line(self) -> ClockLine | None:
        """The deadline that it answers."""
        return self.answers if self.asked and isinstance(self.answers, ClockLine) else None


def moment(mail: MailRead, said: MailTyped, now: datetime) -> tuple[datetime, dict[str, str]]:
    """When it was sent, or what to write instead: to the second as the file says, unless somebody wrote another minute.

    A message has no "now": what the file does not say, a person writes.
    """
    if not said.day.strip():
        return now, {"day": "Write the day it was sent."}
    at, wrong = log_content.moment(Content(day=said.day, clock=said.clock), now)
    exact = mail.sent_at
    if exact is not None and at == exact.replace(second=0, microsecond=0):
        at = exact
    started = said.line.clock.started_at if said.line is not None else None
    if not wrong and started is not None and at < started:
        wrong = {"day": "That is before it was asked for."}
    return at, wrong


def form(said: MailTyped, person: UUID, at: datetime) -> ContactForm:
    """The contact to be logged."""
    return ContactForm(
        kind=ContactKind.EMAIL,
        direction=Direction.RECEIVED,
        person=person,
        at=at,
        summary=said.summary,
        child_reference=said.child_reference,
        manager_copied=_COPIED[said.copied],
        automatic=said.automatic,
        forwarded=said.forwarded,
    )


def missing(said: MailTyped) -> dict[str, str]:
    """A sentence for each field that says nothing."""
    wrong: dict[str, str] = {}
    if said.who is None:
        wrong["who"] = "Say who this is from."
    elif isinstance(said.who, Elsewhere) and said.guest is None:
        wrong["guest"] = "Find somebody by name, or write down who it is."
    if said.asked and said.answers is None:
        wrong["answers"] = "Say which of these it answers, or none."
    if not said.summary.strip():
        wrong["summary"] = "Write in a few words what it says."
    return wrong
