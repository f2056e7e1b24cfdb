"""One thing that happened, as a timeline has it: when it took place, when it was written down, and by whom."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.events import Entry
from visitor_register.domain.folds.dsl import Reason
from visitor_register.persistence import codec
from visitor_register.persistence.tables import entry

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of either file.

    Attributes:
        at: When it took place, in UTC; of something of which only the day is known the beginning of the London day.
        entry: What was written; its event is None once it was erased.
        event: What happened. For the chart this is a `ChartChange`, which several entries may make together.
        day_only: Only the day is known.
        whom: Whose visit it is.
        before: How it read until then, for what was changed.
        reason: Why a visit was booked, from the DSL's file.
        correction: It says again what an earlier entry said otherwise.
        corrected: A later entry says it otherwise, or takes it back.
    """

    at: datetime
    entry: Entry
    event: object | None
    day_only: bool = False
    whom: UUID | None = None
    before: object | None = None
    reason: Reason | None = field(default=None, repr=False)
    correction: bool = False
    corrected: bool = False

    @property
    def late(self) -> bool:
        """Whether it was written down on a later London day than it took place."""
        return london_date(self.entry.at) > london_date(self.at)


def entries_of_all(session: Session, subjects: Collection[UUID]) -> dict[UUID, list[Entry]]:
    """All that was written about each subject, in order; found by subject, never by reading the journal through."""
    found: dict[UUID, list[Entry]] = {}
    for chunk in chunks(subjects):
        stored = select(entry).where(entry.c.subject.in_(chunk)).order_by(entry.c.clock, entry.c.desk, entry.c.seq)
        for row in session.execute(stored):
            found.setdefault(row.subject, []).append(codec.entry_from(row))
    return found


def those(
    session: Session, wanted: ColumnElement[UUID], column: ColumnElement[UUID], values: Collection[UUID]
) -> set[UUID]:
    """One column of the rows whose `column` is one of these values."""
    found: set[UUID] = set()
    for chunk in chunks(values):
        found |= set(session.execute(select(wanted).where(column.in_(chunk))).scalars())
    return found


def chunks(identities: Collection[UUID]) -> Iterator[list[UUID]]:
    """The same in parts that a question to the database can hold."""
    everything = sorted(identities)
    for start in range(0, len(everything), _AT_ONCE):
        yield everything[start : start + _AT_ONCE]
