"""Days and times as spreadsheets write them. One that can be read two ways is never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from visitor_register.domain.calendar import MONTHS, WEEKDAYS, say_day

_MONTH = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY = {name[:3].casefold(): number for number, name in enumerate(WEEKDAYS)}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-]+(?:of\s+)?([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WITH_WEEKDAY = re.compile(r"([a-z]{3,9})\.?,?\s+(?=\d|[a-z]{3,9}\.?\s+\d{1,2}\D)")
_SERIAL = re.compile(r"[34567]\d{4}(?:\.0+)?")
_TIME_AFTER = re.compile(r"(.*?\d)(?:\s+|t|,\s*)(\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?)z?", re.I)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2}(?:\.\d+)?)?|(\d{2}))?\s*(?:([ap])\.?m\.?)?")
_SHARE = re.compile(r"0?\.\d+")
_SPAN = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b)\s*")
# What a spreadsheet counts its days from, its own mistake about 1900 taken in.
_DAY_NONE = date(1899, 12, 30)
_NOT_READ = "“{text}” is no day: write it like 30/11/2026."
_TWO_WAYS = "“{text}” can be read two ways: write the day like 3 Apr 2026."


class DayOrder(StrEnum):
    """Which comes first where a day is written in numbers."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DayRead:
    """A day as read, or what to write instead."""

    day: date | None
    wrong: str = ""


def settle(days: Iterable[str], heading: str = "") -> tuple[DayOrder | None, str]:
    """Say which number comes first in the days of a file, as its heading or a day like 25/12/2026 shows.

    Returns:
        The order, and a day to ask about where one answer settles all of them. In a file that writes its days in
        both orders no answer would: its doubtful days are asked about one by one.
    """
    if found := re.search(r"\b(dd|mm)\s*[/.\-]\s*(?:dd|mm)\b", heading, re.I):
        return (DayOrder.DAY if found[1].casefold() == "dd" else DayOrder.MONTH), ""
    shown: set[DayOrder] = set()
    doubtful = ""
    for text in days:
        numbers = _NUMBERS.fullmatch(_bare(text)[1])
        if numbers is None:
            continue
        first, second = int(numbers[1]), int(numbers[2])
        if first > len(MONTHS):
            shown.add(DayOrder.DAY)
        elif second > len(MONTHS):
            shown.add(DayOrder.MONTH)
        elif first != second:
            doubtful = doubtful or split_time(text)[0]
    if shown == {DayOrder.DAY}:
        return DayOrder.DAY, ""
    # A month in front is unusual here, so it is asked about even where a day shows it.
    return None, "" if len(shown) > 1 else doubtful


def both_ways(text: str) -> tuple[date, date] | None:
    """The two days that numbers like 03/04/2026 can mean, the day first and the month first; None for any other."""
    numbers = _NUMBERS.fullmatch(_bare(text)[1])
    if numbers is None:
        return None
    first, second, year = int(numbers[1]), int(numbers[2]), _year(numbers[3])
    one, other = _date(year, second, first), _date(year, first, second)
    return (one, other) if one is not None and other is not None and one != other else None


def read_day(text: str, order: DayOrder | None) -> DayRead:
    """Read a day with its year: 30/11/2026, 2026-11-30, Mon 30 Nov 2026, or a spreadsheet's own number.

    A weekday beside it has to be that day's: a list copied from last year is found out that way.
    """
    weekday, bare = _bare(text)
    both = both_ways(text)
    if both is not None:
        fits = [day for day in both if weekday is not None and day.weekday() == weekday]
        if order is None and len(fits) != 1:
            return DayRead(None, _TWO_WAYS.format(text=split_time(text)[0]))
        day: date | None = fits[0] if order is None else both[order is DayOrder.MONTH]
    else:
        day = _read(bare, order)
    if day is None:
        return DayRead(None, _NOT_READ.format(text=text))
    if weekday is not None and day.weekday() != weekday:
        return DayRead(None, f"The file says {WEEKDAYS[weekday]}, but that day is {say_day(day)}: write the right day.")
    return DayRead(day)


def read_clock(text: str) -> time | None:
    """Read a time: 14:00, 14.00, 1400, 9, 2pm, 14:00:00, or a spreadsheet's share of a day (0.5 is noon)."""
    said = text.strip().casefold()
    if _SHARE.fullmatch(said):
        minutes = round(float(said) * 24 * 60)
        return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None
    found = _CLOCK.fullmatch(said)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or found[3] or 0), found[4]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def split_time(text: str) -> tuple[str, str]:
    """Divide "01/12/2026 14:00" into day and time; the time is "" where there is none, or only midnight."""
    found = _TIME_AFTER.fullmatch(text.strip())
    if found is None:
        return text.strip(), ""
    return found[1].strip(), "" if read_clock(found[2]) == time.min else found[2]


def split_span(text: str) -> tuple[str, str]:
    """Divide "10:00 to 11:00" into both its times; the second is "" where there is one only."""
    parts = _SPAN.split(text.strip().casefold())
    return (parts[0], parts[1]) if len(parts) == 2 else (text.strip(), "")


def _bare(text: str) -> tuple[int | None, str]:
    """The weekday that stands in front, and the day without it and without a time."""
    said = split_time(" ".join(text.split()))[0].casefold()
    found = _WITH_WEEKDAY.match(said)
    if found is None or found[1][:3] not in _WEEKDAY:
        return None, said
    return _WEEKDAY[found[1][:3]], said[found.end() :]


def _read(bare: str, order: DayOrder | None) -> date | None:
    if (found := _ISO.fullmatch(bare)) is not None:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NUMBERS.fullmatch(bare)) is not None:
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        # Only one order makes a day of it, or both make the same; it has to be that of the file.
        day_first, month_first = _date(year, second, first), _date(year, first, second)
        return {None: day_first or month_first, DayOrder.DAY: day_first, DayOrder.MONTH: month_first}[order]
    if (found := _DAY_FIRST.fullmatch(bare)) is not None:
        return _date(_year(found[3]), _MONTH.get(found[2][:3], 0), int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(bare)) is not None:
        return _date(int(found[3]), _MONTH.get(found[1][:3], 0), int(found[2]))
    if _SERIAL.fullmatch(bare):
        return _DAY_NONE + timedelta(days=int(float(bare)))
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
