"""When backups are due, what they are called, and which of the old ones stay. Source: the storage design, "Backups"."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from visitor_register.domain import calendar

EVERY = timedelta(minutes=15)
"""How often a backup is made while there is anything new to keep."""

HOURLY, DAILY, WEEKLY = 24, 14, 8
"""How many stay: the newest of each of so many hours, days and weeks that have one."""


def folder_name(made_at: datetime, seq: int) -> str:
    """What a backup's folder is called: London's date and time, then the number of the register's last line.

    Names sort by age. In the hour that comes twice in October the second one is marked b: `01b-15-00`.
    """
    london = calendar.to_london(made_at)
    again = "b" if london.fold else ""
    return f"{london:%Y-%m-%d_%H}{again}{london:-%M-%S}_{seq:07}"


def staying(made: Iterable[datetime]) -> set[datetime]:
    """Which of these backups stay: the newest ones of their hour, day or week. The newest of all always does.

    Hours, days and weeks without a backup do not count, so the holidays use nothing up.
    """
    newest_first = sorted(made, reverse=True)
    return {
        *_newest_of(newest_first, _hour, HOURLY),
        *_newest_of(newest_first, calendar.london_date, DAILY),
        *_newest_of(newest_first, _week, WEEKLY),
    }


def _newest_of(newest_first: list[datetime], span: Callable[[datetime], object], most: int) -> list[datetime]:
    found: dict[object, datetime] = {}
    for moment in newest_first:
        found.setdefault(span(moment), moment)
    return list(found.values())[:most]


def _hour(moment: datetime) -> object:
    # Not London's: one of its hours comes twice.
    return int(moment.timestamp()) // 3_600


def _week(moment: datetime) -> object:
    return calendar.london_date(moment).isocalendar()[:2]
