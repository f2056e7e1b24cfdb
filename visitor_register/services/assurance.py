"""Letters of assurance and published numbers: what stands behind a visitor whom the chart does not know."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from visitor_register.domain import names
from visitor_register.domain.assurance import Letter, PublishedNumber, refuse_certificate_number
from visitor_register.domain.events import LetterFiled, LetterReplaced, NumberPublished, NumberWithdrawn
from visitor_register.domain.people import Operator, Role
from visitor_register.errors import RegisterError
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import letter, published_number
from visitor_register.services.access import require

MASH = "MASH Golden Number"
EDT = "Emergency Duty Team"
SHIPPED = (
    NumberPublished(MASH, "020 8901 2690", "Mon-Fri 09:00-17:00", "shipped with the program", None),
    NumberPublished(EDT, "020 8424 0999", "all other times", "shipped with the program", None),
)
"""Published by Harrow; shown as "please confirm" until somebody here has looked them up."""


def ship_numbers(session: Session, *, by: Operator, at: datetime) -> None:
    """Put the shipped numbers on a new register's list."""
    journal.append_all(session, [(uuid4(), number) for number in SHIPPED], by=by, at=at)


def numbers(session: Session) -> list[PublishedNumber]:
    """All published numbers that may be rung, by body."""
    return rows.select_all(
        session,
        PublishedNumber,
        published_number.c.withdrawn.is_(False),
        order_by=(published_number.c.body,),
    )


def publish_number(session: Session, number: NumberPublished, *, by: Operator, at: datetime, of: UUID | None) -> UUID:
    """Write down, or confirm, a published number and where it was found. `of` names the one it replaces.

    Raises:
        RegisterError: the source is missing: a number without one must not be rung.
    """
    require(by, {Role.DSL, Role.HEAD, Role.OFFICE})
    if not number.number.strip() or not number.found_where.strip() or number.found_on is None:
        raise RegisterError(
            "Write the number, where you found it published, and when. A number without a source is not rung."
        )
    subject = of or uuid4()
    journal.append(session, subject, number, by=by, at=at)
    return subject


def withdraw_number(session: Session, number: UUID, reason: str, *, by: Operator, at: datetime) -> None:
    """Take a number off the list."""
    require(by, {Role.DSL, Role.HEAD, Role.OFFICE})
    journal.append(session, number, NumberWithdrawn(reason), by=by, at=at)


def letters(session: Session) -> list[Letter]:
    """All letters that are on file now, by authority."""
    return rows.select_all(session, Letter, letter.c.replaced.is_(False), order_by=(letter.c.authority,))


def letter_for(session: Session, organisation: str, on: date) -> Letter | None:
    """The letter on file that covers an organisation and is not past its review date."""
    return next(
        (filed for filed in letters(session) if filed.review_on >= on and _same_body(filed.authority, organisation)),
        None,
    )


def number_for(session: Session, organisation: str) -> PublishedNumber | None:
    """The published number of an organisation."""
    return next((number for number in numbers(session) if _same_body(number.body, organisation)), None)


def _same_body(one: str, other: str) -> bool:
    """Whether two names are of one body: all words of the shorter stand in the longer ("Brent", "Brent Council")."""
    first, second = set(names.words(one)), set(names.words(other))
    return bool(first) and bool(second) and (first <= second or second <= first)


def file_letter(session: Session, filed: LetterFiled, *, by: Operator, at: datetime) -> UUID:
    """Note a letter of assurance: its reference, never a copy. Source: P13, and the employer's assurance for others."""
    require(by, {Role.DSL, Role.HEAD, Role.OFFICE})
    if not filed.authority.strip() or not filed.filed_where.strip():
        raise RegisterError("Write which authority or employer the letter is from, and where it is filed.")
    for text in (filed.filed_where, filed.groups, filed.signatory_role):
        refuse_certificate_number(text)
    subject = uuid4()
    journal.append(session, subject, filed, by=by, at=at)
    return subject


def replace_letter(session: Session, replaced: UUID, *, by: Operator, at: datetime) -> None:
    """Take a letter out of use; it stays on record."""
    require(by, {Role.DSL, Role.HEAD, Role.OFFICE})
    journal.append(session, replaced, LetterReplaced(), by=by, at=at)
