"""`visitor-register due`: when something is due under the protocol, and why. Needs no register."""

import argparse
import json
import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from visitor_register.domain import deadlines
from visitor_register.domain.calendar import (
    Wall,
    WorkingCalendar,
    at_london,
    london_date,
    say_day,
    say_day_time,
    say_time,
    to_london,
    wall,
)
from visitor_register.domain.deadlines import DayDue, MomentDue
from visitor_register.errors import RegisterError
from visitor_register.files import bank_holidays

KINDS = ("contact", "reply", "request", "notice")

_WHEN = re.compile(
    r"(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d\d?)/(?P<m2>\d\d?)/(?P<y2>\d{4}))"
    r"(?:(?:T|\ +)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\ ?(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d))?)?",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "kind", choices=KINDS, help="what is owed: contact (P2), reply (P5), request (P10), notice (P11)"
    )
    parser.add_argument(
        "when",
        metavar="WHEN",
        help="allocated, sent, received, or when the meeting starts: 2026-11-20, 2026-11-20T16:00, 20/11/2026 16:00; "
        "London time unless an offset follows",
    )
    parser.add_argument("--urgent", action="store_true", help="a request marked urgent (s47): 24 elapsed hours")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")


def run(options: argparse.Namespace) -> int:
    """Print the due day or moment in London time, the other reading, and the steps; returns 0.

    With `--json`: `{"kind", "due_on" or "due_at", "also", "steps"}`, where days are `YYYY-MM-DD`,
    moments carry London's offset and steps are sentences.

    Raises:
        RegisterError: WHEN is no date or time we can read, or lies outside the known years.
    """
    if options.urgent and options.kind != "request":
        raise RegisterError("Only a request can be urgent.")
    start, notes = read_when(options.when, needs_time=options.kind in ("reply", "request"))
    due = _due(options.kind, start, urgent=options.urgent)
    answer: dict[str, object] = {"kind": options.kind}
    if isinstance(due, DayDue):
        answer |= {"due_on": due.due_on.isoformat(), "also": due.also.isoformat()}
    else:
        answer |= {"due_at": to_london(due.due_at).isoformat(), "also": to_london(due.also).isoformat()}
    answer["steps"] = steps = [*notes, *(step.text for step in due.steps)]
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(
            "\n".join(
                [
                    _headline(due, urgent=options.urgent),
                    *(f"  {number}. {text}" for number, text in enumerate(steps, 1)),
                ]
            )
        )
    return 0


def read_when(text: str, *, needs_time: bool = False) -> tuple[datetime, list[str]]:
    """Read a day or moment as people and programs write it; returns it in UTC, and what was assumed.

    Without an offset it is London time. A time that London's clocks leave out is moved on with
    them, one that they show twice is the first of the two, a missing time is the start of the day;
    each is said in a sentence.

    Raises:
        RegisterError: it cannot be read.
    """
    found = _WHEN.fullmatch(text.strip())
    shown = " ".join(text.split())[:40]
    if found is None:
        raise RegisterError(f"“{shown}” is no date or time; write it like 2026-11-20 or 2026-11-20T16:00.")
    part = found.groupdict()
    try:
        day = date(int(part["y"] or part["y2"]), int(part["m"] or part["m2"]), int(part["d"] or part["d2"]))
        clock = time(int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0))
        if part["zone"]:
            return datetime.combine(day, clock, _zone(part["zone"])).astimezone(UTC), []
        moment = at_london(day, clock)
    except (ValueError, OverflowError) as error:
        raise RegisterError(f"“{shown}” does not exist in any calendar or on any clock.") from error
    asked = f"{clock:%H:%M} on {say_day(day)}"
    if part["hour"] is None:
        return moment, [f"No time was given: taken as the start of {say_day(day)}."] if needs_time else []
    match wall(day, clock):
        case Wall.NEVER:
            return moment, [f"{asked} does not exist, because the clocks go forward: taken as {say_time(moment)} BST."]
        case Wall.TWICE:
            return moment, [f"{asked} comes twice, because the clocks go back: taken as the first, {say_time(moment)}."]
        case Wall.ONCE:
            return moment, []


def _zone(text: str) -> timezone:
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError("an hour has sixty minutes")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span)


def _due(kind: str, start: datetime, *, urgent: bool) -> DayDue | MomentDue:
    year = to_london(start).year
    calendar = WorkingCalendar(bank_holidays.england(range(year - 1, year + 2)))
    # First of all, or counting from the last year there is would run off the end of time.
    calendar.is_working(london_date(start))
    match kind:
        case "contact":
            return deadlines.contact(start, calendar)
        case "reply":
            return deadlines.reply(start, calendar)
        case "request":
            return deadlines.request(start, calendar, urgent=urgent)
        case _:
            return deadlines.notice(start, calendar)


def _headline(due: DayDue | MomentDue, *, urgent: bool) -> str:
    if isinstance(due, DayDue):
        return f"Due by the end of {say_day(due.due_on)} (counting every day: {say_day(due.also)})"
    main, also = (say_day_time(moment) for moment in (due.due_at, due.also))
    return f"Due {main} ({'counting working days' if urgent else 'elapsed'}: {also})"
