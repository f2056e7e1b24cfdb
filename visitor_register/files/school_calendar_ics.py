"""Reads the school's year from a calendar file (.ics, RFC 5545): the days of each event, and none that repeats."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from visitor_register.domain.calendar import ONE_DAY, london_date
from visitor_register.domain.chart_text import clean
from visitor_register.domain.school_calendar import LONGEST_NAME, MOST_DAYS, CalendarFile, CalendarLine
from visitor_register.errors import FileRefusedError
from visitor_register.files import chart_csv, invitation_times

EVENTS = 2_000
_MARK = b"BEGIN:VCALENDAR"
_BEGINS = re.compile(r"^BEGIN:VEVENT\s*$", re.IGNORECASE | re.MULTILINE)
_BROKEN = "The calendar is damaged or incomplete: export it again, or type the terms."
_TIMED = "It has a time of day, so it may be only a part of it."
_REPEATS = "It repeats, and only single days and spans are read: type those days."
_BACKWARDS = "It ends before it begins: correct it in the calendar, or type it."
_TOO_LONG = f"It lasts more than {MOST_DAYS} days: correct it in the calendar, or type it."


def is_calendar(path: Path) -> bool:
    """Say by its content whether a file is one; a mark and blanks may stand before."""
    with path.open("rb") as file:
        return _MARK in file.read(4096).replace(b"\0", b"").upper()


def read(path: Path) -> CalendarFile:
    """Read the events of a calendar file.

    Raises:
        FileRefusedError: it is damaged, has no event or far too many.
    """
    text, notes = chart_csv.decode(path.read_bytes())
    try:
        with warnings.catch_warnings():
            # The library warns where it takes a maker's own name for a zone to be the one in it.
            warnings.simplefilter("ignore")
            events = [
                event for calendar in Calendar.from_ical(text, multiple=True) for event in calendar.walk("VEVENT")
            ]
            if len(events) != len(_BEGINS.findall(text)):
                # The library leaves out an event that has no end, as in half a download.
                raise FileRefusedError(_BROKEN)
            if len(events) > EVENTS:
                raise FileRefusedError(f"The calendar has more than {EVENTS:,} events: export one school year of it.")
            lines = tuple(_lines(events))
    except FileRefusedError:
        raise
    # The library answers a broken file with whatever its own parts raise.
    except Exception as error:
        raise FileRefusedError(_BROKEN) from error
    if not lines:
        raise FileRefusedError("There is no event in this calendar: export it again, or type the terms.")
    off = len(events) - len(lines)
    called_off = [f"{off} of its events were cancelled and are left out."] if off else []
    return CalendarFile(lines, (*(sentence for _, sentence in notes), *called_off))


def _lines(events: list[Any]) -> Iterator[CalendarLine]:
    for event in events:
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield _line(event)


def _line(event: Any) -> CalendarLine:
    name = clean(str(event.get("SUMMARY", "")))[:LONGEST_NAME]
    if event.get("DTSTART") is None:
        return CalendarLine("", name, trouble="It names no day.")
    begins, ends = event["DTSTART"].dt, _end(event)
    first = _day(begins)
    timed = isinstance(begins, datetime)
    # Of a whole day the end is the day after the last; some programs write the day itself.
    last = first if ends is None else _day(ends)
    backwards = last < first
    if ends is not None and not timed and last > first:
        last -= ONE_DAY
    trouble = _REPEATS if event.get("RRULE") or event.get("RDATE") else ""
    if backwards:
        trouble = _BACKWARDS
    elif (last - first).days > MOST_DAYS:
        trouble = _TOO_LONG
    return CalendarLine("", name, first, last, trouble=trouble, doubt=_TIMED if timed else "")


def _end(event: Any) -> date | None:
    if event.get("DTEND") is not None:
        return event["DTEND"].dt  # type: ignore[no-any-return]
    length = getattr(event.get("DURATION"), "dt", None)
    return event["DTSTART"].dt + length if isinstance(length, timedelta) else None


def _day(value: date) -> date:
    return london_date(invitation_times.moment(value)[0]) if isinstance(value, datetime) else value
