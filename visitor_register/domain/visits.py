"""A visit: somebody in the building, from the arrival to the leaving, with all that was said about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from visitor_register.domain.assurance import Basis, Compared, Expiry, IdShown
from visitor_register.domain.verification import Supervision, Verdict


class ToldBy(StrEnum):
    """Who knew when somebody left."""

    DESK = "desk"
    """The desk saw it happen."""
    LATER = "later"
    """Somebody filled the time in afterwards."""


class Means(StrEnum):
    """How the host or the DSL was told that a visitor is here."""

    CALL = "call"
    MESSAGE_WRITTEN = "message_written"
    """A message stands in the mail program; nobody here knows whether it was sent."""
    MESSAGE_SENT = "message_sent"
    MESSAGE_FAILED = "message_failed"


class CameAbout(StrEnum):
    """How a visit without a booking came about, in general terms. The exact reason is the DSL's."""

    NOT_TOLD_US = "not_told_us"
    URGENT = "urgent"
    COVERING = "covering"
    WILL_NOT_SAY = "will_not_say"


class VisitState(StrEnum):
    """How a visit stands. "No sign-out recorded" is not stored: it is on site on an earlier day."""

    ON_SITE = "on_site"
    LEFT = "left"
    LEAVING_UNKNOWN = "leaving_unknown"
    UNDONE = "undone"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it stands after everything that was written about it."""

    id: UUID
    person: UUID
    booking: UUID | None
    arrived_at: datetime
    arrived_seq: int
    recorded_at: datetime
    recorded_by: UUID
    state: VisitState
    verdict: Verdict
    code_read: bool
    id_shown: IdShown | None
    id_which: str
    expiry: Expiry | None
    compared: Compared | None
    not_compared_because: str
    basis: Basis
    basis_note: str
    supervision: Supervision
    lanyard: str
    here_to_see: str
    place: str
    pass_number: str
    how_many: int
    needs_assistance: bool
    car_registration: str
    came_about: CameAbout | None
    notice_version: int | None
    note: str
    from_paper: bool
    left_at: datetime | None = None
    left_seq: int | None = None
    left_told_by: ToldBy | None = None
    left_recorded_at: datetime | None = None
    corrected: bool = False
    called_back: bool = False
    call_back_refused: bool = False
    dsl_told_at: datetime | None = None
    host_told_at: datetime | None = None
    state_reason: str = ""
    reviewed_at: datetime | None = None
    reviewed_by: UUID | None = None
