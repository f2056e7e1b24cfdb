"""The times of an invitation: any zone, any repetition, to moments in UTC."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import rrulestr

from visitor_register.domain.calendar import LONDON
from visitor_register.errors import FileRefusedError

MEETINGS = 120
HORIZON = timedelta(days=400)
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})


def moment(value: date | datetime) -> tuple[datetime, date | None, bool]:
    """Return a time of the file as a moment in UTC, the day if it names a day only, and whether the zone is assumed.

    Zones are IANA's, Windows' or the file's own table. A time without one is London's: the meeting is here.
    """
    if not isinstance(value, datetime):
        return datetime.combine(value, time.min, LONDON).astimezone(UTC), value, False
    return value.replace(tzinfo=value.tzinfo or LONDON).astimezone(UTC), None, value.tzinfo is None


def mark(moment: datetime) -> str:
    """Return how a meeting of a repetition is named: by its original start."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def starts(
    first: datetime, zone: tzinfo, rule: Any, more: Iterable[datetime], out: frozenset[str]
) -> Iterator[datetime]:
    """Yield the moments at which a repeated meeting starts, in order, each once.

    Args:
        first: The first start, UTC.
        zone: The zone in which the repetition keeps its time of day over both clock changes.
        rule: The repetition as the library read it, or None.
        more: Starts named one by one.
        out: Marks of starts that are left out.

    Raises:
        FileRefusedError: it repeats within a day, or makes no sense.
    """
    found = {first, *more}
    if rule is not None:
        found |= set(_of_rule(first, zone, rule))
    yield from sorted(start for start in found if mark(start) not in out)[:MEETINGS]


def _of_rule(first: datetime, zone: tzinfo, rule: Any) -> Iterator[datetime]:
    if str(next(iter(rule.get("FREQ", [""])), "")).upper() in _TOO_OFTEN:
        raise FileRefusedError("The invitation repeats within one day, so it was not read: book the visits by hand.")
    local = first.astimezone(zone).replace(tzinfo=None)
    parts = {name: values for name, values in rule.items() if name != "UNTIL"}
    try:
        text = type(rule)(parts).to_ical().decode()
        repeated = rrulestr(text, dtstart=local)
    except (ValueError, TypeError, KeyError) as error:
        raise FileRefusedError("The repetition of the invitation makes no sense: book the visits by hand.") from error
    last = min(first + HORIZON, _until(rule, zone) or first + HORIZON)
    for number, start in enumerate(repeated):
        at = start.replace(tzinfo=zone).astimezone(UTC)
        if number >= MEETINGS or at > last:
            return
        yield at


def _until(rule: Any, zone: tzinfo) -> datetime | None:
    value = next(iter(rule.get("UNTIL", [])), None)
    if value is None:
        return None
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max, zone).astimezone(UTC)
    return value.replace(tzinfo=value.tzinfo or zone).astimezone(UTC)
