"""Reads an invitation as calendars send it (.ics, RFC 5545): Outlook's, Google's, Apple's, with updates in it."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from icalendar import Calendar

from visitor_register.domain.calendar import LONDON
from visitor_register.domain.chart_text import clean
from visitor_register.domain.invitations import InvitationRead, Invited, Meeting
from visitor_register.errors import FileRefusedError
from visitor_register.files import invitation_times

BYTES = 2 * 2**20
INVITATIONS = 100
PEOPLE = 200
_LONGEST = 20_000
# The library says of every property that it may be any of thirty types.
Event = Any
_NO_INVITATION = "This is no invitation: save the meeting from the calendar as an .ics file and drop that."
_BROKEN = "The invitation is damaged or incomplete: ask for it again, or book the visit by hand."
_ASSUMED = "A time has no time zone, so it is taken as London time."
_CUT = f"It repeats further: only the first {invitation_times.MEETINGS} meetings of about a year are read."
_NOT_PEOPLE = frozenset({"ROOM", "RESOURCE"})


def read(path: Path) -> tuple[InvitationRead, ...]:
    """Read every invitation of a file, each with all its meetings.

    Raises:
        FileRefusedError: it is no invitation, damaged, or larger or stranger than one.
    """
    try:
        data = path.read_bytes()[: BYTES + 1]
    except OSError as error:
        raise FileRefusedError(
            "The file cannot be opened: check that it is still there and choose it again."
        ) from error
    return parse(data)


def parse(data: bytes) -> tuple[InvitationRead, ...]:
    """Read invitations from the bytes of a file. Raises as `read`."""
    if len(data) > BYTES:
        raise FileRefusedError("The file is larger than any invitation: save the one meeting as an .ics file.")
    text = _decoded(data)
    if "BEGIN:VCALENDAR" not in text.upper():
        raise FileRefusedError(_NO_INVITATION)
    try:
        with warnings.catch_warnings():
            # The library warns where it takes a maker's own name for a zone to be the one in it.
            warnings.simplefilter("ignore")
            calendars = Calendar.from_ical(text, multiple=True)
            found = [reading for calendar in calendars for reading in _invitations(calendar)]
    except FileRefusedError:
        raise
    # The library answers a broken file with whatever its own parts raise.
    except Exception as error:
        raise FileRefusedError(_BROKEN) from error
    if not found:
        raise FileRefusedError(_NO_INVITATION)
    return tuple(found)


def _decoded(data: bytes) -> str:
    for codec in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(codec)
        except UnicodeError:
            continue
    return data.decode("latin-1")


def _invitations(calendar: Any) -> Iterator[InvitationRead]:
    groups: dict[str, list[Event]] = {}
    for event in calendar.walk("VEVENT"):
        if event.get("DTSTART") is not None:
            groups.setdefault(str(event.get("UID", "")).strip(), []).append(event)
    if len(groups) > INVITATIONS:
        raise FileRefusedError("This is a whole calendar: save the one meeting as an .ics file and drop that.")
    method = str(calendar.get("METHOD", "")).upper()
    for uid, events in groups.items():
        yield _invitation(uid, events, called_off=method == "CANCEL")


def _invitation(uid: str, events: Sequence[Event], *, called_off: bool) -> InvitationRead:
    single = [event for event in events if event.get("RECURRENCE-ID") is not None]
    whole = [event for event in events if event.get("RECURRENCE-ID") is None]
    main = max(whole, key=_sequence) if whole else max(single, key=_sequence)
    notes: list[str] = []
    meetings = {meeting.recurrence: meeting for meeting in _repeated(main, notes)} if whole else {}
    for event in sorted(single, key=_sequence):
        meeting = _exception(event, notes)
        meetings[meeting.recurrence] = meeting
    # An update that calls off one meeting of a repetition calls off no other.
    cancelled = (called_off and bool(whole)) or (bool(whole) and _is_cancelled(main))
    if called_off and not whole:
        meetings = {name: replace(meeting, cancelled=True) for name, meeting in meetings.items()}
    return InvitationRead(
        uid=uid,
        sequence=max(map(_sequence, events)),
        cancelled=cancelled,
        sent_at=_stamp(main),
        organiser=next(iter(_people(main, "ORGANIZER")), None),
        people=tuple(_people(main, "ATTENDEE")),
        meetings=tuple(sorted(meetings.values(), key=lambda meeting: meeting.starts_at)),
        subject=_text(main, "SUMMARY"),
        text=_text(main, "DESCRIPTION"),
        partial=not whole,
        cut=_CUT in notes,
        notes=tuple(dict.fromkeys(notes)),
    )


def _repeated(event: Event, notes: list[str]) -> Iterator[Meeting]:
    first = _meeting(event, "", notes)
    rule, more = event.get("RRULE"), list(_dates(event, "RDATE"))
    if rule is None and not more:
        yield first
        return
    out = frozenset(map(invitation_times.mark, _dates(event, "EXDATE")))
    length = first.ends_at - first.starts_at if first.ends_at is not None else None
    found = list(invitation_times.starts(first.starts_at, _zone(event), rule, more, out))
    if len(found) >= invitation_times.MEETINGS or (rule is not None and not {"UNTIL", "COUNT"} & set(rule)):
        notes.append(_CUT)
    for start in found:
        yield replace(
            first,
            recurrence=invitation_times.mark(start),
            starts_at=start,
            ends_at=start + length if length is not None else None,
            all_day=start.astimezone(LONDON).date() if first.all_day is not None else None,
            cancelled=False,
        )


def _exception(event: Event, notes: list[str]) -> Meeting:
    named = event["RECURRENCE-ID"]
    original, _, _ = invitation_times.moment(named.dt)
    meeting = _meeting(event, invitation_times.mark(original), notes)
    return replace(meeting, moved=meeting.starts_at != original)


def _meeting(event: Event, recurrence: str, notes: list[str]) -> Meeting:
    begins = event["DTSTART"]
    starts_at, day, assumed = invitation_times.moment(begins.dt)
    if assumed:
        notes.append(_ASSUMED)
    return Meeting(
        recurrence,
        starts_at,
        _end(event, starts_at),
        all_day=day,
        place=_text(event, "LOCATION"),
        cancelled=_is_cancelled(event),
        sequence=_sequence(event),
    )


def _end(event: Event, starts_at: datetime) -> datetime | None:
    end, length = event.get("DTEND"), event.get("DURATION")
    if end is not None:
        ends_at, _, _ = invitation_times.moment(end.dt)
    elif length is not None and isinstance(length.dt, timedelta):
        ends_at = starts_at + length.dt
    else:
        return None
    return ends_at if ends_at > starts_at else None


def _zone(event: Event) -> tzinfo:
    value = event["DTSTART"].dt
    return (value.tzinfo if isinstance(value, datetime) else None) or LONDON


def _dates(event: Event, name: str) -> Iterator[datetime]:
    found = event.get(name, [])
    for dates in found if isinstance(found, list) else [found]:
        for one in dates.dts[: invitation_times.MEETINGS]:
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield invitation_times.moment(value)[0]


def _people(event: Event, name: str) -> Iterator[Invited]:
    found = event.get(name, [])
    for address in (found if isinstance(found, list) else [found])[:PEOPLE]:
        if str(address.params.get("CUTYPE", "")).upper() in _NOT_PEOPLE:
            continue
        email = clean(str(address)).casefold().removeprefix("mailto:")
        said = clean(str(address.params.get("CN", ""))).strip("'\"")
        # Some calendars write the address where the name should be.
        yield Invited("" if "@" in said else said, email if "@" in email else "")


def _sequence(event: Event) -> int:
    try:
        return max(0, int(event.get("SEQUENCE", 0)))
    except (ValueError, TypeError):
        return 0


def _stamp(event: Event) -> datetime | None:
    stamp = event.get("DTSTAMP")
    value = getattr(stamp, "dt", None)
    return invitation_times.moment(value)[0].astimezone(UTC) if isinstance(value, datetime) else None


def _is_cancelled(event: Event) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _text(event: Event, name: str) -> str:
    lines = str(event.get(name, ""))[:_LONGEST].splitlines()
    return "\n".join(clean(line) for line in lines).strip()
