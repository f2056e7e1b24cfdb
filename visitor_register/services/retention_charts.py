"""What charts said before newer ones: the words about people and posts, posts that went, and the charts themselves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from visitor_register.domain.calendar import london_date
from visitor_register.domain.directory import ChartVersion
from visitor_register.domain.events import ChartUndone, PersonListed, PostListed, PostRemoved
from visitor_register.domain.folds import FOLD_OF
from visitor_register.domain.retention import Kept, Kind, Retention, months_after
from visitor_register.domain.retention_chart import may_go, replaced
from visitor_register.persistence import codec, journal, rows
from visitor_register.persistence.tables import chart_version, entry, person, post
from visitor_register.persistence.types import utc_moment


def kept(session: Session, rules: Retention, today: date) -> Iterator[Kept]:
    """All of a chart that a newer one replaced, with the day it may go."""
    for said in (PersonListed, PostListed):
        yield from _words(session, said, rules, today)
    yield from _posts(session, rules)
    yield from _versions(session, rules)


def _words(session: Session, said: type, rules: Retention, today: date) -> Iterator[Kept]:
    """What charts said of people, or of posts, before their last word."""
    again = (
        select(entry.c.subject)
        .where(entry.c.kind == said.__name__, entry.c.body.is_not(None))
        .group_by(entry.c.subject)
        .having(func.count() > 1)
    )
    stored = session.execute(select(entry).where(entry.c.subject.in_(again)).order_by(entry.c.subject, entry.c.clock))
    for subject, group in groupby(stored, key=attrgetter("subject")):
        lines: list[Row[Any]] = list(group)
        entries = [codec.entry_from(line) for line in lines]
        days = {number: london_date(at) for number, at in replaced(entries)}
        if not days:
            continue
        due = {number for number, day in days.items() if months_after(day, rules.chart_months) <= today}
        if due and may_go(entries, due, FOLD_OF[said]):
            keys = tuple(journal.key(line) for line in lines if line.seq in due)
            yield _kept(subject, min(days.values()), rules, said, keys)
        days = {number: day for number, day in days.items() if number not in due}
        if days:
            yield _kept(subject, min(days.values()), rules, said, ())


def _kept(subject: UUID, day: date, rules: Retention, said: type, keys: tuple[str, ...]) -> Kept:
    who = subject if said is PersonListed else None
    words = "what older charts said" if who else "a post on older charts"
    return Kept(Kind.CHARTS, subject, months_after(day, rules.chart_months), day, words, person=who, entries=keys)


def _posts(session: Session, rules: Retention) -> Iterator[Kept]:
    """Posts that no chart has any more and no other post reports to."""
    needed = select(post.c.reports_to).where(post.c.reports_to.is_not(None))
    gone = select(post.c.id).where(post.c.removed_by.is_not(None), post.c.id.not_in(needed))
    removed = (
        select(entry.c.subject, func.max(entry.c.at).label("at"))
        .where(entry.c.kind == PostRemoved.__name__, entry.c.body.is_not(None), entry.c.subject.in_(gone))
        .group_by(entry.c.subject)
    )
    for row in session.execute(removed):
        day = london_date(utc_moment(row.at))
        yield Kept(Kind.CHARTS, row.subject, months_after(day, rules.chart_months), day, "a post that is gone")


def _versions(session: Session, rules: Retention) -> Iterator[Kept]:
    """Charts whose words nobody on any list goes by: a newer whole chart stands, or they were undone."""
    in_use: set[UUID | None] = set()
    for column in (person.c.version, person.c.left_version, post.c.version, post.c.removed_by):
        in_use |= set(session.execute(select(column).distinct()).scalars())
    undone = dict(
        session.execute(select(entry.c.subject, entry.c.at).where(entry.c.kind == ChartUndone.__name__)).all()
    )
    by_authority: dict[str, list[ChartVersion]] = defaultdict(list)
    for one in rows.select_all(session, ChartVersion, order_by=(chart_version.c.accepted_at.asc(),)):
        by_authority[one.authority].append(one)
    for charts in by_authority.values():
        for number, one in enumerate(charts):
            newer = next((its for its in charts[number + 1 :] if not its.undone and not its.partial), None)
            if one.id in in_use or (newer is None and not one.undone):
                continue
            day = (
                london_date(utc_moment(undone[one.id]))
                if one.undone
                else london_date(newer.accepted_at)
                if newer
                else one.day
            )
            words = f"a chart of {one.authority}"
            yield Kept(Kind.CHARTS, one.id, months_after(day, rules.chart_months), day, words)
