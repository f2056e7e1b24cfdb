"""What the office writes for the DSL: sealed in the desk's file, moved to the DSL's own at the next sign-in."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain.events import ReasonRecorded, SealedForDsl, SealMoved
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.invitations import own_words, with_invitation
from visitor_register.domain.people import SEES_CHILDREN, Operator, Role
from visitor_register.domain.purposes import DEFAULT_PURPOSES
from visitor_register.persistence import codec, journal, rows, seal
from visitor_register.persistence.tables import entry
from visitor_register.persistence.tables import reason as reason_table
from visitor_register.services.access import require

AnyReason = TypeVar("AnyReason", Reason, ReasonRecorded)


def seal_reason(
    session: Session, identity: UUID, reason: ReasonRecorded, public: bytes, *, by: Operator, at: datetime
) -> None:
    """Write purpose, reason and child reference of a booking so that only a DSL can read them.

    The office may enter them and cannot read them back. Source: the table of roles in the rules.
    """
    require(by, {Role.OFFICE, Role.DSL, Role.HEAD})
    box = seal.close_box(public, msgspec.json.encode(reason), identity.bytes)
    journal.append(session, identity, SealedForDsl(box), by=by, at=at)


def boxes(session: Session) -> list[tuple[UUID, int, bytes]]:
    """Sealed boxes that were not moved to the DSL's file yet: subject, number, box."""
    waiting: dict[tuple[UUID, int], bytes] = {}
    found = session.execute(
        select(entry).where(entry.c.kind.in_(("SealedForDsl", "SealMoved"))).order_by(entry.c.clock)
    )
    for row in found:
        event = codec.entry_from(row).event
        if isinstance(event, SealedForDsl):
            waiting[row.subject, row.seq] = event.box
        elif isinstance(event, SealMoved):
            waiting.pop((row.subject, event.moves), None)
    return [(subject, seq, box) for (subject, seq), box in waiting.items()]


def receive_boxes(
    dsl_session: Session, waiting: list[tuple[UUID, int, bytes]], private: bytes, *, by: Operator, at: datetime
) -> None:
    """Open sealed boxes and write what they say to the DSL's file."""
    require(by, SEES_CHILDREN)
    for subject, _, box in waiting:
        said = msgspec.json.decode(seal.open_box(private, box, subject.bytes), type=ReasonRecorded)
        add_reason(dsl_session, subject, said, by=by, at=at)


def mark_received(session: Session, waiting: list[tuple[UUID, int, bytes]], *, by: Operator, at: datetime) -> None:
    """Note in the desk's file that these boxes were moved."""
    require(by, SEES_CHILDREN)
    journal.append_all(session, [(subject, SealMoved(seq)) for subject, seq, _ in waiting], by=by, at=at)


def reason_of(dsl_session: Session, about: UUID, *, by: Operator) -> Reason | None:
    """Why a visit was booked. It reads the DSL's file, which is open only for those who may see it."""
    require(by, SEES_CHILDREN)
    return rows.select_one(dsl_session, Reason, reason_table.c.about == about)


def readable(said: AnyReason, by: Operator) -> AnyReason:
    """The same without a purpose that nobody but the head reads."""
    purpose = next((one for one in DEFAULT_PURPOSES if one.code == said.purpose), None)
    hidden = purpose is not None and purpose.head_only and by.role is not Role.HEAD
    return replace(said, purpose="") if hidden else said


def record_reason(dsl_session: Session, about: UUID, said: ReasonRecorded, *, by: Operator, at: datetime) -> None:
    """Write down in the DSL's file why a visit takes place."""
    require(by, SEES_CHILDREN)
    journal.append(dsl_session, about, said, by=by, at=at)


def add_reason(dsl_session: Session, about: UUID, said: ReasonRecorded, *, by: Operator, at: datetime) -> None:
    """Write down why a visit takes place without losing what is known.

    What a person wrote replaces what was written before, but not the text of an invitation; that text, which comes
    as a detail alone, replaces nothing.
    """
    before = reason_of(dsl_session, about, by=by)
    if before is not None:
        own, text = own_words(said.detail)
        own_before, text_before = own_words(before.detail)
        if said == ReasonRecorded(detail=text):
            own = own_before
            said = ReasonRecorded(before.purpose, before.exceptional, before.child_reference)
        texts = text_before if text in text_before else with_invitation(text_before, text)
        said = replace(said, detail=with_invitation(own, texts))
    record_reason(dsl_session, about, said, by=by, at=at)
