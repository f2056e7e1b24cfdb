"""Arrivals that were interrupted: kept in the desk's file, never in the journal, until they are finished."""

import logging
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from visitor_register.domain.arrivals import Arrival, Draft
from visitor_register.persistence.tables import draft

log = logging.getLogger(__name__)


def keep(session: Session, arrival: Arrival, label: str, *, at: datetime) -> Draft:
    """Park an arrival under its own id; parking it again replaces what was parked."""
    started = session.execute(select(draft.c.started_at).where(draft.c.id == arrival.visit)).scalar_one_or_none()
    drop(session, arrival.visit)
    kept = Draft(arrival.visit, started or at, label, arrival)
    session.execute(
        insert(draft).values(id=kept.id, started_at=kept.started_at, label=label, body=msgspec.json.encode(arrival))
    )
    return kept


def drop(session: Session, arrival: UUID) -> None:
    """Forget a parked arrival; nothing happens when there is none."""
    session.execute(delete(draft).where(draft.c.id == arrival))


def waiting(session: Session) -> list[Draft]:
    """All parked arrivals, the oldest first. One that another version of the program wrote may be left out."""
    kept: list[Draft] = []
    for row in session.execute(select(draft).order_by(draft.c.started_at)):
        try:
            kept.append(Draft(row.id, row.started_at, row.label, msgspec.json.decode(row.body, type=Arrival)))
        except msgspec.MsgspecError:
            # The desk must open all the same; the draft stays in the file.
            log.warning("draft %s cannot be read", row.id)
    return kept
