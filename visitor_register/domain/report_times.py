"""How long replies took, counted as their deadline counts: hours of working days, or elapsed ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from visitor_register.domain import deadlines
from visitor_register.domain.calendar import ONE_DAY, CalendarUnknownError, WorkingCalendar, london_date, to_london
from visitor_register.domain.contacts import Clock, ClockKind
from visitor_register.domain.deadlines import Rules

LIMIT = deadlines.REPLY_DAYS * 24
"""Hours within which a reply is due (P5)."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """The replies of one team: how many, the middle one, and between what hours the middle half lies."""

    team: str
    replies: int
    middle: float
    lower: float
    upper: float


def times(team: str, hours: Iterable[float]) -> ReplyTimes | None:
    """Sum up how long replies took; None without any."""
    taken = sorted(hours)
    if not taken:
        return None
    lower, _, upper = quantiles(taken, n=4, method="inclusive") if len(taken) > 1 else (taken[0],) * 3
    return ReplyTimes(team, len(taken), median(taken), lower, upper)


def hours_taken(clock: Clock, calendar: WorkingCalendar, rules: Rules) -> float | None:
    """Say how many hours a message waited for its answer; None for what is no answered message.

    Hours count from the authority's next opening on working days, 24 for each, so that exactly 48 is in time; where
    the school reads the clause as elapsed hours, all count. What a person paused does not.
    """
    if clock.kind is not ClockKind.REPLY or clock.started_at is None or clock.stopped_at is None:
        return None
    pauses = [tuple(map(datetime.fromisoformat, pause.split("/"))) for pause in clock.paused.split()]
    if rules.reply_elapsed:
        waited = clock.stopped_at - clock.started_at - sum((until - since for since, until in pauses), timedelta())
        return max(0.0, waited / _HOUR)
    try:
        begun = deadlines.reply(clock.started_at, calendar, rules).runs_from
        paused = sum(_working_days(since, until, calendar) for since, until in pauses)
        return max(0.0, _between(begun, max(begun, clock.stopped_at), calendar) - 24 * paused)
    except CalendarUnknownError:
        return None


def _between(begun: datetime, done: datetime, calendar: WorkingCalendar) -> float:
    """Hours by London's clock on working days; a day off stands still at the end of the one before."""
    days = _working_days(begun, done, calendar)
    end = _of_day(done) if calendar.is_working(london_date(done)) else 24.0
    return 24 * days + end - _of_day(begun)


def _of_day(moment: datetime) -> float:
    local = to_london(moment)
    return local.hour + local.minute / 60 + local.second / 3600


def _working_days(since: datetime, until: datetime, calendar: WorkingCalendar) -> int:
    first, last = london_date(since), london_date(until)
    return sum(calendar.is_working(first + number * ONE_DAY) for number in range(1, (last - first).days + 1))
