"""Writes a visit as an invitation (.ics, RFC 5545) for the visitor's calendar: when, where and with which school."""

from dataclasses import dataclass
from datetime import datetime, timedelta

_MAKER = "-//Visitor Register//Visits//EN"


@dataclass(frozen=True, slots=True)
class Visit:
    """What the visitor's calendar is told. There is no purpose and no child in it.

    Attributes:
        uid, sequence: Which visit, and how often it was changed.
        starts_at, ends_at: In UTC; an hour when the end is not known.
        summary, place: In words.
        cancelled: It will not take place.
        written_at: Now, UTC.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    summary: str
    place: str
    cancelled: bool
    written_at: datetime


def write(visit: Visit) -> bytes:
    """Return the bytes of the file. Published, not requested: the visitor need not answer."""
    # The library takes a while to load, and a desk may never need it.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", visit.uid)
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.written_at)
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at or visit.starts_at + timedelta(hours=1))
    event.add("summary", visit.summary)
    event.add("status", "CANCELLED" if visit.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if visit.place:
        event.add("location", visit.place)
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if visit.cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
