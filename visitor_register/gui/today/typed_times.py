"""Times and dates as people type them at the desk, and back."""

import re
from datetime import date, time

from visitor_register.domain.chart_dates import read_date

WRITE_TIME = "Write the time as hours and minutes, for example 09:05."
WRITE_DAY = "Write the date as day/month/year, for example 24/11/2026."

_CLOCK = re.compile(r"(\d{1,2})[:. ](\d{2})|(\d{1,2})(\d{2})", re.ASCII)


def read_clock(text: str) -> time | None:
    """A time as people write it: 09:05, 9.05, 905 or 0905; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = (int(part) for part in found.groups() if part is not None)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_day(text: str) -> date | None:
    """A date as people write it, day first; None for anything else."""
    return read_date(text)


def write_day(day: date) -> str:
    """A date for a field in which it can be changed: 24/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
