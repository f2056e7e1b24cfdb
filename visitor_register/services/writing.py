"""A new message to the authority: To and Cc from the chart as it is today, the text from the school's own templates.

Nothing is sent from here, and no chain is sent on: every message starts fresh. Source: protocol P4, P9.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, letters
from visitor_register.domain.clocks import Assessed
from visitor_register.domain.directory import Post
from visitor_register.domain.letters import LetterKind
from visitor_register.domain.people import SEES_CHILDREN, Operator, Person
from visitor_register.errors import RegisterError
from visitor_register.files.mail_message import is_address, one_line
from visitor_register.persistence import rows
from visitor_register.persistence.tables import post
from visitor_register.services import chart_age, directory, letter_words, policy
from visitor_register.services.access import require
from visitor_register.services.chart_age import Age

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NOBODY_ON_CHART = "No Head of Service is on the chart. Choose whom to write to by name."


@dataclass(frozen=True, slots=True)
class Above:
    """Somebody above the person who is written to, and their post."""

    person: Person
    title: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it would be sent. `warnings` say whose address is missing, or that a post is vacant, or a chart old.

    `copied` is the manager who is copied in; None when there is none to copy. `above` are all who may be, the nearest
    first.
    """

    person: Person
    copied: Person | None
    to: str
    cc: str
    subject: str
    text: str
    warnings: tuple[str, ...]
    above: tuple[Above, ...] = ()


def write(
    session: Session,
    kind: LetterKind,
    person: UUID,
    *,
    about: Assessed | None = None,
    chronology: Sequence[str] = (),
    child_reference: str = "",
    copy: UUID | None = None,
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
        copy: Who is copied in place of the nearest manager, if they have an address.
        by, at: Who writes, and when.

    Raises:
        NotAllowedError: only the DSL and the head write to the authority.
        RegisterError: there is no such person.
    """
    require(by, SEES_CHILDREN)
    somebody = directory.get(session, person)
    if somebody is None:
        raise RegisterError("This person is not in the register any more. Look for them in Chart.")
    rules = policy.read(session, calendar.london_date(at))
    above, vacant = _above(session, somebody)
    asked_for = directory.get(session, copy) if copy is not None else None
    copied = asked_for if asked_for is not None and address(asked_for) else None
    if copied is None:
        copied = next((one.person for one in above if address(one.person)), None)
    age = chart_age.read(session, at)
    to, cc = address(somebody), address(copied) if copied is not None else ""
    if kind is LetterKind.CHART and (sender := _sender(age)) and sender != to:
        to, cc, copied = sender, to, somebody if to else None
    template = rules.letters.text_for(kind)
    said = {
        "name": somebody.name,
        "school": rules.school.name or "our school",
        "operator": by.name,
        "today": calendar.say_date(calendar.london_date(at)),
        "reference": child_reference or (about.clock.child_reference if about else ""),
        "chronology": "\n".join(chronology),
    }
    if about is not None:
        said |= letter_words.of_deadline(about, somebody, directory.get(session, about.clock.person), at)
    elif age is not None:
        said["asked"] = calendar.say_date(age.day)
    subject = letters.fill_in(template.subject, said | dict.fromkeys(letters.OF_A_CHILD, ""))
    return Letter(
        person=somebody,
        copied=copied,
        to=to,
        cc=cc,
        subject=subject,
        text=letters.fill_body(template.body, said),
        warnings=tuple(_warnings(somebody, to, copied, vacant, age)),
        above=above,
    )


def address(somebody: Person) -> str:
    """Somebody's e-mail address, if it can be one; what else a chart says in its place is not written to."""
    return somebody.email if is_address(somebody.email) else ""


def head_of_service(session: Session) -> Person:
    """Who is asked for an up-to-date chart when nobody else is named.

    Raises:
        RegisterError: no chart in use has one.
    """
    at_the_top = or_(post.c.level == "2", post.c.title.ilike("%head of service%"))
    for place in rows.select_all(session, Post, at_the_top, post.c.removed_by.is_(None), order_by=(post.c.ref,)):
        holders = directory.holders_of(session, place.id)
        if holders:
            return holders[0]
    raise RegisterError(_NOBODY_ON_CHART)


def _above(session: Session, somebody: Person) -> tuple[tuple[Above, ...], list[str]]:
    """Everybody above, the nearest first, and the vacant posts that were passed before the first with an address."""
    above: list[Above] = []
    vacant: list[str] = []
    for step in directory.path_up(session, somebody.id):
        if step.vacant and not any(address(one.person) for one in above):
            vacant.append(step.post.title)
        above += [Above(holder, step.post.title) for holder in step.holders if holder.id != somebody.id]
    return tuple(above), vacant


def _sender(age: Age | None) -> str:
    """The address of who sent the chart in use, if it was written down with it."""
    found = _ADDRESS.search(age.chart.from_whom) if age is not None else None
    return found.group() if found and is_address(found.group()) else ""


def _warnings(somebody: Person, to: str, copied: Person | None, vacant: Sequence[str], age: Age | None) -> list[str]:
    said: list[str] = []
    if not to and somebody.email:
        said.append(f"“{one_line(somebody.email)}” is no e-mail address. Ask {somebody.name} for the right one.")
    elif not to:
        said.append(f"No e-mail address of {somebody.name} is known.")
    if copied is None:
        said.append("No manager with an e-mail address is on the chart, so nobody is copied in.")
    elif vacant:
        said.append(f"Vacant: {', '.join(vacant)}. {copied.name} is copied in instead.")
    if somebody.left_version is not None:
        said.append(f"{somebody.name} is no longer on the chart.")
    if age is not None and age.old:
        said.append(f"Our copy of the chart is {age.days} days old.")
    return said
