"""A new message to the authority: To and Cc from the chart as it is today, the text from the school's own templates.

Nothing is sent from here, and no chain is sent on: every message starts fresh. Source: protocol P4, P9.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.clocks import Assessed
from visitor_register.domain.letters import LetterKind, fill_in
from visitor_register.domain.people import Operator, Person
from visitor_register.errors import RegisterError
from visitor_register.services import chart_age, directory, policy


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it would be sent. `warnings` say whose address is missing, or that a post is vacant, or a chart old.

    `copied` is the manager who is copied in; None when there is none to copy.
    """

    person: Person
    copied: Person | None
    to: str
    cc: str
    subject: str
    text: str
    warnings: tuple[str, ...]


def write(
    session: Session,
    kind: LetterKind,
    person: UUID,
    *,
    about: Assessed | None = None,
    chronology: Sequence[str] = (),
    child_reference: str = "",
    by: Operator,
    at: datetime,
) -> Letter:
    """Write a message to somebody of the authority, with the nearest manager who has an address copied in.

    Args:
        session: The desk's file.
        kind: Which text it starts from.
        person: Whom it goes to.
        about: The deadline it is about.
        chronology: What happened, a line each, in order.
        child_reference: Stands in the text; never in the subject.
        by, at: Who writes, and when.

    Raises:
        RegisterError: there is no such person.
    """
    somebody = directory.get(session, person)
    if somebody is None:
        raise RegisterError("This person is not in the register any more. Look for them in Chart.")
    rules = policy.read(session, calendar.london_date(at))
    copied, vacant = _manager(session, somebody)
    template = rules.letters.text_for(kind)
    started = about.clock.started_at if about else None
    said = {
        "name": somebody.name,
        "school": rules.school.name or "our school",
        "operator": by.name,
        "about": about.clock.about if about else "",
        "asked": _moment(started),
        "due": _due(about),
        "reference": child_reference or (about.clock.child_reference if about else ""),
        "chronology": "\n".join(chronology),
        "today": calendar.say_date(calendar.london_date(at)),
    }
    return Letter(
        person=somebody,
        copied=copied,
        to=somebody.email,
        cc=copied.email if copied else "",
        subject=fill_in(template.subject, said | {"reference": "", "about": "", "chronology": ""}),
        text=fill_in(template.body, said),
        warnings=tuple(_warnings(session, somebody, copied, vacant, at)),
    )


def _manager(session: Session, somebody: Person) -> tuple[Person | None, list[str]]:
    """The nearest holder above with an address, and the posts that were passed because nobody holds them."""
    vacant: list[str] = []
    for step in directory.path_up(session, somebody.id):
        if step.vacant:
            vacant.append(step.post.title)
        for holder in step.holders:
            if holder.email and holder.id != somebody.id:
                return holder, vacant
    return None, vacant


def _warnings(
    session: Session, somebody: Person, copied: Person | None, vacant: Sequence[str], at: datetime
) -> list[str]:
    said: list[str] = []
    if not somebody.email:
        said.append(f"No e-mail address of {somebody.name} is known.")
    if copied is None:
        said.append("No manager with an e-mail address is on the chart, so nobody is copied in.")
    elif vacant:
        said.append(f"Vacant: {', '.join(vacant)}. {copied.name} is copied in instead.")
    if somebody.left_version is not None:
        said.append(f"{somebody.name} is no longer on the chart.")
    age = chart_age.read(session, at)
    if age is not None and age.old:
        said.append(f"Our copy of the chart is {age.days} days old.")
    return said


def _due(about: Assessed | None) -> str:
    if about is None or about.due is None:
        return ""
    if about.due_at is not None:
        return f"by {_moment(about.due_at)}"
    return f"by the end of {calendar.say_date(calendar.london_date(about.due))}"


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{calendar.say_date(calendar.london_date(moment))} {calendar.say_time(moment)}"
