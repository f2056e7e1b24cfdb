"""Contacts with the authority as the DSL writes them down, in the DSL's own file: said, asked, allocated, shared."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.clocks import Assessed
from visitor_register.domain.contacts import AllocationKnown, Contact, ContactKind, Direction, Discussion
from visitor_register.domain.events import (
    Allocated,
    ContactLogged,
    CourtesyNoted,
    Discussed,
    DiscussionFollowedUp,
    InformationRequested,
    InformationShared,
)
from visitor_register.domain.people import SEES_CHILDREN, Operator
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import contact, discussion
from visitor_register.services import clocks
from visitor_register.services.access import require

LONGEST_SUMMARY = 4000


@dataclass(frozen=True, slots=True)
class ContactForm:
    """A contact as it is written down. `person` is somebody of the desk's file; `at` when it took place, aware."""

    kind: ContactKind
    direction: Direction
    person: UUID
    at: datetime
    summary: str
    child_reference: str = ""
    manager_copied: bool | None = None
    asks_reply: bool = False
    automatic: bool = False
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Contacts, the newest first; `more` when there are older ones."""

    contacts: tuple[Contact, ...]
    more: bool


def log(
    dsl_session: Session,
    form: ContactForm,
    *,
    answers: Assessed | None = None,
    identity: UUID | None = None,
    by: Operator,
    at: datetime,
) -> UUID:
    """Write down a contact; what it answers is done with it, unless a machine answered.

    Args:
        dsl_session: The DSL's file.
        form: The contact.
        answers: The deadline it answers, as it stands.
        identity: The contact's own, where it was given before it is written down; else a new one.
        by, at: Who writes it down, and when.

    Raises:
        NotAllowedError: only the DSL and the head see contacts.
        RegisterError: it has not happened yet, or says nothing.
    """
    require(by, SEES_CHILDREN)
    clocks.not_ahead(form.at, at)
    summary = form.summary.strip()
    if not summary:
        raise RegisterError("Write in a few words what it was about.")
    if len(summary) > LONGEST_SUMMARY:
        raise RegisterError(f"This is more than {LONGEST_SUMMARY} letters. Write down the facts only.")
    identity = identity or uuid4()
    said = ContactLogged(
        kind=form.kind,
        direction=form.direction,
        person=form.person,
        at=form.at,
        summary=summary,
        child_reference=form.child_reference.strip(),
        manager_copied=form.manager_copied,
        asks_reply=form.asks_reply,
        answers=None if answers is None else answers.clock.id,
        automatic=form.automatic,
        forwarded=form.forwarded,
    )
    journal.append(dsl_session, identity, said, by=by, at=at)
    if answers is not None and not form.automatic:
        clocks.stop(dsl_session, answers, done_at=form.at, person=form.person, contact=identity, by=by, at=at)
    return identity


def allocate(
    dsl_session: Session,
    worker: UUID,
    child_reference: str,
    *,
    on: date | None,
    known: AllocationKnown,
    note: str = "",
    correcting: UUID | None = None,
    by: Operator,
    at: datetime,
) -> UUID:
    """Write down that a child was allocated to a worker, or with `correcting` that the day is known better now.

    Raises:
        RegisterError: no child is named, the day lies ahead, or it is given and said to be unknown.
    """
    require(by, SEES_CHILDREN)
    if not child_reference.strip():
        raise RegisterError("Write the child reference: an allocation is about one child.")
    if (on is None) != (known is AllocationKnown.UNKNOWN):
        raise RegisterError("Write the day of the allocation, or choose that nobody knows it.")
    if on is not None and on > calendar.london_date(at):
        raise RegisterError("That day has not come yet. Check the day of the allocation.")
    identity = correcting or uuid4()
    journal.append(
        dsl_session, identity, Allocated(worker, child_reference.strip(), on, known, note.strip()), by=by, at=at
    )
    return identity


def ask(
    dsl_session: Session,
    *,
    direction: Direction,
    person: UUID,
    asked_at: datetime,
    topic: str,
    child_reference: str = "",
    urgent: bool = False,
    by: Operator,
    at: datetime,
) -> UUID:
    """Write down a request for information, theirs (`RECEIVED`) or ours (`SENT`).

    Raises:
        RegisterError: it has no topic, or has not come yet.
    """
    require(by, SEES_CHILDREN)
    clocks.not_ahead(asked_at, at)
    if not topic.strip():
        raise RegisterError("Write in a few words what information is asked for.")
    identity = uuid4()
    said = InformationRequested(direction, person, asked_at, topic.strip(), child_reference.strip(), urgent)
    journal.append(dsl_session, identity, said, by=by, at=at)
    return identity


def share(dsl_session: Session, said: InformationShared, *, by: Operator, at: datetime) -> UUID:
    """Write down what was shared or withheld, with whom and why. Source: KCSIE, share and withhold.

    Raises:
        RegisterError: it does not say what, or withholds without a reason.
    """
    require(by, SEES_CHILDREN)
    clocks.not_ahead(said.at, at)
    if not said.what.strip():
        raise RegisterError("Write what information it was, in a few words.")
    if not said.shared and not said.why.strip():
        raise RegisterError("Write why it was withheld. An inquiry will ask.")
    identity = uuid4()
    journal.append(dsl_session, identity, said, by=by, at=at)
    return identity


def discuss(dsl_session: Session, about: UUID, said: Discussed, *, by: Operator, at: datetime) -> None:
    """Write down what was said of education at a visit, meeting or contact. Source: P1."""
    require(by, SEES_CHILDREN)
    journal.append(dsl_session, about, said, by=by, at=at)


def follow_up(dsl_session: Session, about: UUID, note: str, *, by: Operator, at: datetime) -> None:
    """Say that a discussion without the school was followed up.

    Raises:
        RegisterError: it does not say how.
    """
    require(by, SEES_CHILDREN)
    if not note.strip():
        raise RegisterError("Write in a few words how it was followed up.")
    journal.append(dsl_session, about, DiscussionFollowedUp(note.strip()), by=by, at=at)


def to_follow_up(dsl_session: Session, *, by: Operator) -> list[Discussion]:
    """Where education was discussed without the school, and nobody has followed that up yet. Source: P1."""
    require(by, SEES_CHILDREN)
    return rows.select_all(
        dsl_session,
        Discussion,
        discussion.c.followed_up.is_(False),
        discussion.c.education.is_(True),
        discussion.c.school_present == "",
    )


def note_courtesy(dsl_session: Session, said: CourtesyNoted, *, by: Operator, at: datetime) -> UUID:
    """Write down a factual note on how somebody was treated. Source: P7.

    Raises:
        RegisterError: it says nothing.
    """
    require(by, SEES_CHILDREN)
    clocks.not_ahead(said.at, at)
    if not said.note.strip():
        raise RegisterError("Write what happened: facts only, no adjectives.")
    identity = uuid4()
    journal.append(dsl_session, identity, said, by=by, at=at)
    return identity


def newest(
    dsl_session: Session,
    *,
    person: UUID | None = None,
    child_reference: str = "",
    before: datetime | None = None,
    limit: int = 100,
    by: Operator,
) -> Page:
    """The newest contacts, of one person or child if asked for, older than `before`."""
    require(by, SEES_CHILDREN)
    wanted: list[ColumnElement[bool]] = []
    if person is not None:
        wanted.append(contact.c.person == person)
    if child_reference:
        wanted.append(contact.c.child_reference == child_reference)
    if before is not None:
        wanted.append(contact.c.at < before)
    found = rows.select_all(dsl_session, Contact, *wanted, order_by=(contact.c.at.desc(),), limit=limit + 1)
    return Page(tuple(found[:limit]), len(found) > limit)
