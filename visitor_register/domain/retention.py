"""Keeping and erasing: how long each kind of record is kept, and legal holds, which stop all erasing.

Source: the rules, "Keeping and erasing". Erasing is listed first, confirmed by the DSL or the head, and itself logged.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records are kept [D]; the school can change each of them.

    Attributes:
        visit_years: Visits, with their bookings and passes, after the end of their school year.
        never_attended_months: Bookings that nobody came to.
        contact_years: Contacts, deadlines that were met or withdrawn, and escalations.
        chart_months: What a structure chart said, after a newer one took its place.
        worker_months: People with no visit left, after they left the chart.
        letter_years: Letters of assurance, after they were replaced.
        audit_years: Changes of settings and of who may sign in, fire lists printed, the log of erasures.
    """

    visit_years: int = 6
    never_attended_months: int = 12
    contact_years: int = 6
    chart_months: int = 24
    worker_months: int = 12
    letter_years: int = 6
    audit_years: int = 6


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold on one person, visit or booking that has not ended."""

    about: UUID
    reason: str
    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class ChildHold:
    """A legal hold on a child reference that has not ended. Only in the DSL's file."""

    id: UUID
    child_reference: str
    reason: str
    at: datetime
    by: UUID
