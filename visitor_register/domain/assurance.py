"""What was seen at the desk and why it is accepted: identity, DBS basis, call-backs, letters, published numbers."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitor_register.domain.verification import Verdict
from visitor_register.errors import RegisterError


class IdShown(StrEnum):
    """The kind of ID that was shown. Never its number, never a copy."""

    HARROW_BADGE = "harrow_badge"
    OTHER_COUNCIL = "other_council"
    NHS = "nhs"
    POLICE_WARRANT = "police_warrant"
    CAFCASS = "cafcass"
    OTHER_PHOTO = "other_photo"
    NONE = "none"


class Expiry(StrEnum):
    """What the badge says about its expiry."""

    IN_DATE = "in_date"
    EXPIRED = "expired"
    NONE_PRINTED = "none_printed"


class Compared(StrEnum):
    """Whether a person compared the face with the photo."""

    YES = "yes"
    NO_PHOTO = "no_photo"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """What the desk saw. `because` says why face and photo were not compared; None: nobody was asked."""

    shown: IdShown | None = None
    which: str = ""
    expiry: Expiry | None = None
    compared: Compared | None = None
    because: str = ""


class Basis(StrEnum):
    """Why a DBS check is taken as made. Source: protocol P13, and letters of assurance for all others."""

    PHOTO_BADGE = "photo_badge_protocol"
    EMPLOYER_LETTER = "employer_letter_on_file"
    MANAGER_WRITING = "manager_confirmed_in_writing"
    EMPLOYER_PHONE = "employer_confirmed_by_phone"
    NOT_EVIDENCED = "not_evidenced_supervised"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True)
class Assurance:
    """The basis, and a free note."""

    basis: Basis
    note: str = ""


# Not behind a plus sign: +44 and ten digits are a telephone number.
_CERTIFICATE = re.compile(r"(?<![\d+])\d(?:[ .\-/]?\d){11}(?!\d)")


def refuse_certificate_number(note: str) -> None:
    """Refuse a note that holds what looks like a DBS certificate number.

    Raises:
        RegisterError: twelve digits stand together, with or without gaps.
    """
    if _CERTIFICATE.search(note):
        raise RegisterError("Please do not record certificate numbers. Take the twelve digits out of the note.")


def propose_basis(verdict: Verdict, shown: IdShown | None, *, letter_on_file: bool) -> Basis:
    """Propose the DBS basis for an arrival; the desk may change it.

    Source: protocol P13. Only a Harrow photo badge is accepted under the protocol.
    """
    if verdict in (Verdict.OTHER_VISITOR, Verdict.POLICE):
        return Basis.NOT_REQUIRED
    if verdict in (Verdict.NOT_CONFIRMED, Verdict.PLEASE_WAIT, Verdict.BADGE_WITHDRAWN, Verdict.NO_BADGE):
        return Basis.NOT_EVIDENCED
    if verdict is Verdict.OTHER_SERVICE:
        return Basis.EMPLOYER_LETTER if letter_on_file else Basis.NOT_EVIDENCED
    if shown in (None, IdShown.HARROW_BADGE):
        return Basis.PHOTO_BADGE
    return Basis.EMPLOYER_LETTER if letter_on_file else Basis.NOT_EVIDENCED


class Outcome(StrEnum):
    """How a call-back ended."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NO_ANSWER = "no_answer"


class NumberSource(StrEnum):
    """Where a number to ring comes from. Never the badge, never the visitor."""

    CHART = "chart"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class CallBack:
    """One call to somebody who can vouch. `source_text` names the chart's date or the published page."""

    visit: UUID
    seq: int
    number: str
    whom: str
    source: NumberSource
    source_text: str
    answered_by: str
    confirmed: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of assurance on file: a reference, never a copy."""

    id: UUID
    authority: str
    signatory_role: str
    dated: date
    groups: str
    review_on: date
    filed_where: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class PublishedNumber:
    """A number somebody found published by the body itself. `confirmed`: a person here checked it."""

    id: UUID
    body: str
    number: str
    hours: str
    found_where: str
    found_on: date | None
    confirmed: bool
    withdrawn: bool = False


class Strength(StrEnum):
    """A label for how well somebody was identified, derived from four facts, never stored."""

    STRONG = "strong"
    GOOD = "good"
    PARTIAL = "partial"
    NONE = "none"


def strength(*, code_read: bool, compared: bool, booked: bool, called_back: bool) -> Strength:
    """Derive the strength of an identity check; without a person's comparison or a call-back there is none."""
    if not (compared or called_back):
        return Strength.NONE
    facts = sum((code_read, compared, booked, called_back))
    return Strength.STRONG if facts >= 3 else Strength.GOOD if facts == 2 else Strength.PARTIAL
