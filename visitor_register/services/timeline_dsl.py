"""Contacts, deadlines, escalations and what was shared: the DSL's part of a timeline, entry by entry."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from uuid import UUID

from visitor_register.domain.calendar import at_london
from visitor_register.domain.events import (
    Allocated,
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockStopped,
    ClockWithdrawn,
    ContactLogged,
    Discussed,
    DiscussionFollowedUp,
    Entry,
    Escalated,
    EscalationResolved,
    InformationRequested,
    InformationShared,
    NotSeen,
    ReasonRecorded,
    Unknown,
)
from visitor_register.services.timeline_entries import Happening

_SAID = (ContactLogged, Allocated, InformationRequested, InformationShared, Discussed, NotSeen)
"""Said again about the same subject, each of these is a correction."""
_ASKED = (ContactLogged, Allocated, InformationRequested)
"""What a deadline may run for: what happens to it later is told with it."""
_TIMED = (
    ContactLogged,
    InformationRequested,
    InformationShared,
    ClockStopped,
    ClockPaused,
    ClockResumed,
    Escalated,
    EscalationResolved,
)


def of_subject(entries: list[Entry], when: Mapping[UUID, datetime]) -> Iterator[Happening]:
    """What was written about one contact, allocation, request, sharing, booking or visit.

    Args:
        entries: All of them, in order.
        when: When each booking and visit took place: what was said of it happened then.
    """
    again = _said_again(entries)
    asked: object | None = None
    when = {**when, **{line.subject: line.event.at for line in entries if isinstance(line.event, ContactLogged)}}
    said: set[type] = set()
    for line in entries:
        kind = type(line.event)
        first_reason = kind is ReasonRecorded and kind not in said and line.subject in when
        if _told(line.event) and not first_reason:
            correction = kind in said or kind is ClockReopened
            day_only = isinstance(line.event, Allocated) and line.event.on is not None
            at = _at(line, when)
            corrected = line.seq in again
            yield Happening(
                at, line, line.event, day_only=day_only, before=asked, correction=correction, corrected=corrected
            )
        if kind in _SAID or kind is ReasonRecorded:
            said.add(kind)
        if kind in _ASKED:
            asked = line.event


def _said_again(entries: list[Entry]) -> set[int]:
    """The entries that a later one corrects or takes back."""
    again: set[int] = set()
    standing: dict[type, int] = {}
    for line in entries:
        kind = type(line.event)
        taken = ClockStopped if kind is ClockReopened else kind
        if taken in standing:
            again.add(standing.pop(taken))
        if kind in _SAID or kind is ClockStopped:
            standing[kind] = line.seq
    return again


def _told(event: object | None) -> bool:
    """Notes on courtesy are kept apart and belong in no timeline. Source: P7."""
    others = (
        Allocated,
        ClockReopened,
        ClockWithdrawn,
        Discussed,
        DiscussionFollowedUp,
        NotSeen,
        ReasonRecorded,
        Unknown,
    )
    return event is None or isinstance(event, (*_TIMED, *others))


def _at(line: Entry, when: Mapping[UUID, datetime]) -> datetime:
    match line.event:
        case event if isinstance(event, _TIMED):
            return event.at
        case Allocated(on=on) if on is not None:
            return at_london(on, time.min)
        case Discussed() | NotSeen():
            return min(when.get(line.subject, line.at), line.at)
    return line.at
