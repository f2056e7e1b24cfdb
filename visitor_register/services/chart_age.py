"""How old the chart in use is: as old as the oldest part of it that is still in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar, chart_ages
from visitor_register.domain.directory import ChartVersion, Post, numbers
from visitor_register.domain.people import Person
from visitor_register.persistence import rows
from visitor_register.persistence.tables import post
from visitor_register.services import policy


@dataclass(frozen=True, slots=True)
class Age:
    """The chart that counts for the age. `old`: amber, `very_old`: red.

    `part` is the service or authority it is the newest chart of; "" when it is the chart of everything.
    """

    chart: ChartVersion
    number: int
    days: int
    old: bool
    very_old: bool
    part: str = ""

    @property
    def day(self) -> date:
        """The day the chart is from."""
        return self.chart.day


def read(session: Session, at: datetime) -> Age | None:
    """Say how old the oldest part in use is; None before the first chart."""
    every = rows.select_all(session, ChartVersion)
    charts = [chart for chart in every if not chart.undone]
    if not charts:
        return None
    in_use = session.execute(select(post.c.authority, post.c.service).where(post.c.removed_by.is_(None)).distinct())
    found = chart_ages.parts(charts, ((row.authority, row.service) for row in in_use))
    chart = found[0].chart if found else max(charts, key=lambda one: one.accepted_at)
    today = calendar.london_date(at)
    days, ages = (today - chart.day).days, policy.read(session, today).chart_ages
    return Age(
        chart,
        numbers(every)[chart.id],
        days,
        old=days >= ages.amber_days,
        very_old=days >= ages.red_days,
        part=chart_ages.oldest_words(found),
    )


def of_person(charts: Sequence[ChartVersion], who: Person | None) -> ChartVersion | None:
    """Return the newest chart that says something of somebody's service; the newest of all for who is on none.

    Args:
        charts: The charts in use, the newest first.
        who: Whom it is about.
    """
    if who is None:
        return next(iter(charts), None)
    authority = next((one.authority for one in charts if one.id == who.version), who.organisation)
    return chart_ages.newest_for(charts, authority, who.service) or next(iter(charts), None)


def of_post(charts: Sequence[ChartVersion], place: Post) -> ChartVersion | None:
    """Return the newest chart that says something of a post's service."""
    return chart_ages.newest_for(charts, place.authority, place.service) or next(iter(charts), None)
