"""All entries of one contact, allocation or request; the contact, its deadline and the steps of its escalation, out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time

from visitor_register.domain.calendar import at_london
from visitor_register.domain.contacts import (
    Clock,
    ClockKind,
    Contact,
    Courtesy,
    Discussion,
    EscalationEnd,
    EscalationStep,
    Owes,
    Shared,
)
from visitor_register.domain.events import (
    Allocated,
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockStopped,
    ClockWithdrawn,
    ContactLogged,
    CourtesyNoted,
    Discussed,
    DiscussionFollowedUp,
    Entry,
    Escalated,
    EscalationResolved,
    InformationRequested,
    InformationShared,
)


def fold(entries: Iterable[Entry]) -> list[object]:
    """The contact if it is one, what is owed since then if anything is, and each step of its escalation."""
    contact: Contact | None = None
    clock: Clock | None = None
    steps: list[object] = []
    for entry in entries:
        match entry.event:
            case ContactLogged() as said:
                contact = _contact(entry, said)
                clock = _again(clock, _reply(entry, said)) if said.asks_reply else None
            case Allocated() as said:
                clock = _again(clock, _allocation(entry, said))
            case InformationRequested() as said:
                clock = _again(clock, _request(entry, said))
            case Escalated() as said:
                steps.append(
                    EscalationStep(entry.subject, entry.seq, said.rung, said.person, said.at, said.contact, said.reason)
                )
            case EscalationResolved() as said:
                steps.append(EscalationEnd(entry.subject, entry.seq, said.at, said.outcome))
            case event if clock is not None:
                clock = _happened(clock, event)
    return [*([contact] if contact else []), *([clock] if clock else []), *steps]


def _contact(entry: Entry, said: ContactLogged) -> Contact:
    return Contact(
        id=entry.subject,
        kind=said.kind,
        direction=said.direction,
        person=said.person,
        at=said.at,
        written_at=entry.at,
        written_by=entry.actor,
        summary=said.summary,
        child_reference=said.child_reference,
        manager_copied=said.manager_copied,
        asks_reply=said.asks_reply,
        answers=said.answers,
        automatic=said.automatic,
        forwarded=said.forwarded,
    )


def _reply(entry: Entry, said: ContactLogged) -> Clock:
    return Clock(
        id=entry.subject,
        kind=ClockKind.REPLY,
        owes=Owes.after(said.direction),
        person=said.person,
        child_reference=said.child_reference,
        about=said.summary,
        started_at=said.at,
        asked_at=said.at,
    )


def _allocation(entry: Entry, said: Allocated) -> Clock:
    return Clock(
        id=entry.subject,
        kind=ClockKind.FIRST_CONTACT,
        owes=Owes.AUTHORITY,
        person=said.worker,
        child_reference=said.child_reference,
        about=said.note,
        started_at=None if said.on is None else at_london(said.on, time.min),
        asked_at=entry.at,
        known=said.known,
    )


def _request(entry: Entry, said: InformationRequested) -> Clock:
    return Clock(
        id=entry.subject,
        kind=ClockKind.REQUEST,
        owes=Owes.after(said.direction),
        person=said.person,
        child_reference=said.child_reference,
        about=said.topic,
        started_at=said.at,
        asked_at=said.at,
        urgent=said.urgent,
    )


def _again(before: Clock | None, said: Clock) -> Clock:
    """Said again, it is a correction: what happened to the deadline since stays."""
    if before is None:
        return said
    return replace(
        before,
        owes=said.owes,
        person=said.person,
        child_reference=said.child_reference,
        about=said.about,
        started_at=said.started_at,
        urgent=said.urgent,
        known=said.known,
    )


def _happened(clock: Clock, event: object) -> Clock:
    match event:
        case ClockStopped() as said:
            return replace(
                _run_on(clock, said.at),
                is_open=False,
                stopped_at=said.at,
                stopped_by=said.person,
                answer=said.contact,
                due_on=said.due_on,
                due_at=said.due_at,
                late=said.late,
                steps="\n".join(said.steps),
            )
        case ClockPaused(at=at, reason=reason) if clock.is_open:
            return replace(_run_on(clock, at), paused_at=at, paused_why=reason)
        case ClockResumed(at=at):
            return _run_on(clock, at)
        case ClockReopened(reason=reason):
            return replace(
                clock,
                is_open=True,
                stopped_at=None,
                stopped_by=None,
                answer=None,
                due_on=None,
                due_at=None,
                late=None,
                steps="",
                withdrawn=False,
                why=reason,
            )
        case ClockWithdrawn(reason=reason):
            return replace(clock, is_open=False, withdrawn=True, why=reason)
    return clock


def _run_on(clock: Clock, at: datetime) -> Clock:
    if clock.paused_at is None:
        return clock
    pause = f"{_iso(clock.paused_at)}/{_iso(at)}"
    return replace(clock, paused_at=None, paused_why="", paused=f"{clock.paused} {pause}".strip())


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def fold_shared(entries: Iterable[Entry]) -> list[object]:
    """What was shared or withheld, as said last."""
    made: list[object] = []
    for entry in entries:
        match entry.event:
            case InformationShared() as said:
                made = [
                    Shared(entry.subject, said.person, said.at, said.shared, said.what, said.why, said.child_reference)
                ]
    return made


def fold_discussion(entries: Iterable[Entry]) -> list[object]:
    """What was said of education, and whether that was followed up."""
    made: Discussion | None = None
    for entry in entries:
        match entry.event:
            case Discussed() as said:
                made = Discussion(entry.subject, said.education, said.school_present, said.commitments)
            case DiscussionFollowedUp() if made is not None:
                made = replace(made, followed_up=True)
    return [] if made is None else [made]


def fold_courtesy(entries: Iterable[Entry]) -> list[object]:
    """The note, as said last."""
    made: list[object] = []
    for entry in entries:
        match entry.event:
            case CourtesyNoted() as said:
                made = [Courtesy(entry.subject, said.person, said.at, said.by_authority, said.note, said.manager_first)]
    return made
