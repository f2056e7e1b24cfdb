"""Contacts of the practice register: something owed in every state, both ways, and what was done in time."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.contacts import AllocationKnown, ContactKind, Direction
from visitor_register.domain.events import Discussed, InformationShared
from visitor_register.domain.people import Operator
from visitor_register.persistence.register import Register
from visitor_register.services import clocks, contacts
from visitor_register.services.contacts import ContactForm
from visitor_register.services.practice_people import Cast


def fill(register: Register, cast: Cast, *, by: Operator, now: datetime) -> None:
    """Write down what the DSL would have in her file after a few weeks. The register is open for her."""
    with register.dsl_file().write() as session:
        _write(session, cast, by=by, now=now)
        owed = clocks.owed(session, by=by, at=now)
    with register.read() as session:
        lines = clocks.judge(session, owed, at=now)
    line = next(one for one in lines if one.clock.person == cast.second_of_two.id)
    form = ContactForm(
        ContactKind.EMAIL,
        Direction.RECEIVED,
        line.clock.person,
        line.clock.asked_at + timedelta(hours=20),
        "On Thursday at two.",
        line.clock.child_reference,
    )
    with register.dsl_file().write() as session:
        contacts.log(session, form, answers=line.assessed, by=by, at=now)


def _write(dsl_session: Session, cast: Cast, *, by: Operator, now: datetime) -> None:
    today = calendar.london_date(now)
    told = AllocationKnown.TOLD_BY_LA
    for worker, reference, days in ((cast.late, "P-014", 13), (cast.here, "P-021", 2)):
        on, at = today - timedelta(days=days), now - timedelta(days=days)
        contacts.allocate(dsl_session, worker.id, reference, on=on, known=told, by=by, at=at)
    contacts.allocate(dsl_session, cast.later.id, "P-033", on=None, known=AllocationKnown.UNKNOWN, by=by, at=now)
    for worker, reference, about, hours in (
        (cast.left, "P-014", "Who attends the review on the 3rd?", 150),
        (cast.due, "P-021", "Please send the minutes of the core group.", 28),
    ):
        _email(dsl_session, worker.id, reference, about, now - timedelta(hours=hours), by)
    for topic, hours, urgent in (("Attendance since September", 3, False), ("Who collects the child today?", 1, True)):
        contacts.ask(
            dsl_session,
            direction=Direction.RECEIVED,
            person=cast.here_too.id,
            asked_at=now - timedelta(hours=hours),
            topic=topic,
            child_reference="P-021",
            urgent=urgent,
            by=by,
            at=now,
        )
    shared = InformationShared(cast.here.id, now - timedelta(days=5), True, "attendance of the term", "", "P-021")
    contacts.share(dsl_session, shared, by=by, at=now)
    call = ContactForm(
        ContactKind.CALL, Direction.RECEIVED, cast.first_of_two.id, now - timedelta(days=3), "The move.", "P-033"
    )
    rang = contacts.log(dsl_session, call, by=by, at=now)
    contacts.discuss(dsl_session, rang, Discussed(True, "", "a place at another school"), by=by, at=now)
    _email(dsl_session, cast.second_of_two.id, "P-033", "When is the next visit?", now - timedelta(days=9), by)


def _email(dsl_session: Session, person: UUID, reference: str, about: str, at: datetime, by: Operator) -> None:
    form = ContactForm(
        ContactKind.EMAIL, Direction.SENT, person, at, about, reference, manager_copied=True, asks_reply=True
    )
    contacts.log(dsl_session, form, by=by, at=at)
