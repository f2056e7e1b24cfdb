"""Keeping and erasing: how long each kind of record is kept, and legal holds, which stop all erasing.

Source: the rules, "Keeping and erasing". Erasing is listed first, confirmed by the DSL or the head, and itself logged.
"""

import calendar as months
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

_YEAR_ENDS = (8, 31)
"""Month and day on which a school year ends."""


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


class Kind(StrEnum):
    """What is kept for a time of its own."""

    VISITS = "visits"
    """Visits, with their bookings, passes, call-backs, and why they took place."""
    BOOKINGS = "bookings"
    """Bookings that nobody came to."""
    CONTACTS = "contacts"
    """Contacts, deadlines that are over, what was shared, notes on courtesy."""
    CHARTS = "charts"
    """What a chart said before a newer one."""
    PEOPLE = "people"
    LETTERS = "letters"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Kept:
    """One record with the first day on which it may be erased.

    Attributes:
        subject: What it is about.
        goes_on: The first day on which it is due.
        day: The day it is of, for a list to look at.
        words: What it is, where no person is named by it.
        person: Whom it is about.
        about: Everything that keeps it when it is held.
        also: Subjects of the same file that go with it.
        entries: The entries that go, as `desk/epoch/number`; empty where all of its subject does.
        of_dsl: It lies in the DSL's file.
    """

    kind: Kind
    subject: UUID
    goes_on: date
    day: date
    words: str = ""
    person: UUID | None = None
    about: frozenset[UUID] = frozenset()
    also: tuple[UUID, ...] = ()
    entries: tuple[str, ...] = ()
    of_dsl: bool = False

    @property
    def key(self) -> tuple[Kind, UUID, tuple[str, ...]]:
        """What names it when it is read again."""
        return self.kind, self.subject, self.entries


@dataclass(frozen=True, slots=True)
class Guard:
    """All that must stay: what is held, and the people of what is held, whose own records stay with it."""

    held: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()

    def keeps(self, one: Kept) -> bool:
        """Whether a hold stops the erasure of this record."""
        if one.kind in (Kind.CHARTS, Kind.PEOPLE) and one.subject in self.people:
            return True
        return not self.held.isdisjoint({one.subject, *one.about})


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is due on a day, what a hold keeps, and what comes next: the first day after, and its records."""

    due: tuple[Kept, ...] = ()
    kept_by_holds: tuple[Kept, ...] = ()
    next_on: date | None = None
    coming: tuple[Kept, ...] = field(default=())


def sort_out(kept: Iterable[Kept], guard: Guard, today: date) -> Sorted:
    """Say which records are due, the oldest first."""
    due: list[Kept] = []
    held: list[Kept] = []
    later: list[Kept] = []
    for one in kept:
        if one.goes_on > today:
            later.append(one)
        else:
            (held if guard.keeps(one) else due).append(one)
    next_on = min((one.goes_on for one in later), default=None)
    coming = tuple(one for one in later if one.goes_on == next_on)
    return Sorted(tuple(sorted(due, key=_order)), tuple(sorted(held, key=_order)), next_on, coming)


def visit_goes_on(day: date, years: int) -> date:
    """The first day on which a visit of this day may go: its school year and so many more are over."""
    ends = day.year + ((day.month, day.day) > _YEAR_ENDS)
    return date(ends + years, 9, 1)


def months_after(day: date, count: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def years_after(day: date, count: int) -> date:
    """The same day so many years later."""
    return months_after(day, 12 * count)


def joined_with(pairs: Collection[tuple[UUID, UUID]]) -> dict[UUID, frozenset[UUID]]:
    """All records of one human being, for each record that was joined with another."""
    found: dict[UUID, frozenset[UUID]] = {}
    for first, second in pairs:
        whole = found.get(first, frozenset({first})) | found.get(second, frozenset({second}))
        found |= dict.fromkeys(whole, whole)
    return found


def _order(one: Kept) -> tuple[str, date, str]:
    return one.kind, one.day, str(one.subject)
