"""The audit: settings that no longer apply, who could sign in, what was printed, copied, held; and replaced letters."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.events import (
    AccessChanged,
    CouncilKeyWithdrawn,
    DataCopied,
    DrillDone,
    FireListPrinted,
    Held,
    HoldEnded,
    LetterReplaced,
    NumberWithdrawn,
    OperatorRemoved,
    Restored,
    SettingChanged,
)
from visitor_register.domain.retention import Kept, Kind, Retention, years_after
from visitor_register.domain.school import Setting
from visitor_register.persistence import journal, rows
from visitor_register.persistence.tables import (
    account,
    booking,
    council_key,
    entry,
    hold,
    letter,
    published_number,
    setting,
    visit,
)
from visitor_register.persistence.types import utc_moment

RULES_OF_TIME = frozenset({"clocks", "calendar", "holidays", "hours"})
"""They name nobody, and a deadline that is still open is counted by the rule of its day."""

_TESTIFY = {
    FireListPrinted.__name__: "fire list printed",
    AccessChanged.__name__: "a password, PIN or key changed",
    DataCopied.__name__: "a copy of somebody's data made",
    Restored.__name__: "a backup put back",
    DrillDone.__name__: "a restore practised",
}


def kept(session: Session, rules: Retention) -> Iterator[Kept]:
    """Letters that were replaced, and the audit."""
    replaced = select(letter.c.id).where(letter.c.replaced.is_(True))
    yield from _whole(session, LetterReplaced, replaced, Kind.LETTERS, rules.letter_years, "a letter of assurance")
    years = rules.audit_years
    numbers = select(published_number.c.id).where(published_number.c.withdrawn.is_(True))
    yield from _whole(session, NumberWithdrawn, numbers, Kind.AUDIT, years, "a published number")
    keys = select(council_key.c.id).where(council_key.c.withdrawn.is_(True))
    yield from _whole(session, CouncilKeyWithdrawn, keys, Kind.AUDIT, years, "a council's key")
    yield from _settings(session, years)
    for row in _entries(session, entry.c.kind.in_(_TESTIFY)):
        yield _entry(row, years, _TESTIFY[row.kind])
    over = entry.c.subject.not_in(select(hold.c.about))
    ended: dict[UUID, date] = {}
    for row in _entries(session, entry.c.kind == HoldEnded.__name__, over):
        ended[row.subject] = london_date(utc_moment(row.at))
    for row in _entries(session, entry.c.kind.in_((Held.__name__, HoldEnded.__name__)), over):
        yield _entry(row, years, "a legal hold that is over", ended.get(row.subject))


def accounts(session: Session, rules: Retention) -> Iterator[Kept]:
    """Who may no longer sign in, unless a visit or booking still says that they wrote it down."""
    named = select(visit.c.recorded_by).union(select(booking.c.booked_by))
    gone = select(account.c.id).where(account.c.removed.is_(True), account.c.id.not_in(named))
    yield from _whole(session, OperatorRemoved, gone, Kind.AUDIT, rules.audit_years, "who may no longer sign in")


def _whole(session: Session, ended: type, which: Any, kind: Kind, years: int, words: str) -> Iterator[Kept]:
    """Subjects that ended with such an entry."""
    newest = (
        select(entry.c.subject, func.max(entry.c.at).label("at"))
        .where(entry.c.kind == ended.__name__, entry.c.body.is_not(None), entry.c.subject.in_(which))
        .group_by(entry.c.subject)
    )
    for row in session.execute(newest):
        yield Kept(
            kind,
            row.subject,
            years_after(london_date(utc_moment(row.at)), years),
            london_date(utc_moment(row.at)),
            words,
        )


def _settings(session: Session, years: int) -> Iterator[Kept]:
    """Values of settings that a later one took the place of."""
    written = {row.seq: row for row in _entries(session, entry.c.kind == SettingChanged.__name__)}
    by_name: dict[str, list[Setting]] = defaultdict(list)
    for one in rows.select_all(session, Setting, setting.c.name.not_in(RULES_OF_TIME), order_by=(setting.c.seq.asc(),)):
        by_name[one.name].append(one)
    for values in by_name.values():
        for old, new in pairwise(values):
            day = max(london_date(utc_moment(written[new.seq].at)), new.applies_from or date.min)
            yield _entry(written[old.seq], years, "a setting as it was", day)


def _entries(session: Session, *which: ColumnElement[bool]) -> list[Any]:
    columns = (entry.c.desk, entry.c.epoch, entry.c.seq, entry.c.subject, entry.c.kind, entry.c.at)
    return list(session.execute(select(*columns).where(*which, entry.c.body.is_not(None)).order_by(entry.c.clock)))


def _entry(row: Any, years: int, words: str, day: date | None = None) -> Kept:
    day = day or london_date(utc_moment(row.at))
    return Kept(Kind.AUDIT, row.subject, years_after(day, years), day, words, entries=(journal.key(row),))
