"""Every entry about a visit in words: what was written, by whom and when; nothing is left out, nothing hidden."""

from dataclasses import dataclass
from datetime import datetime

from visitor_register.domain.assurance import IdentityCheck, NumberSource
from visitor_register.domain.calendar import say_date_time
from visitor_register.domain.events import (
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    CalledBack,
    DslTold,
    EntryDeclined,
    HostTold,
    LeavingUnknown,
    Left,
    PutBack,
    Reviewed,
    Unknown,
)
from visitor_register.domain.visits import Means, ToldBy
from visitor_register.gui import wording
from visitor_register.services.history import Change, Happening

_CHANGED = {
    "at": "Arrived",
    "here_to_see": "Here to see",
    "place": "Where",
    "pass_number": "Pass number",
    "identity": "ID",
    "person": "Who",
}
_MESSAGE = {
    Means.MESSAGE_WRITTEN: "was written a message, to be sent by hand",
    Means.MESSAGE_SENT: "was sent a message",
    Means.MESSAGE_FAILED: "could not be sent a message",
}
_SOURCE = {NumberSource.CHART: "number from the chart", NumberSource.PUBLISHED: "number from the published list"}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry: what happened, its details, who wrote it and when, and how it came to be written."""

    title: str
    lines: tuple[str, ...]
    written: str
    mark: str = ""


def tell(happening: Happening) -> Told:
    """Put one entry into words."""
    title, lines, mark = _words(happening)
    if happening.taken_back:
        mark = "Taken back later"
    by = happening.by or "somebody no longer on the list"
    return Told(title, tuple(line for line in lines if line), f"Written {say_date_time(happening.at)} by {by}", mark)


def _words(happening: Happening) -> tuple[str, list[str], str]:
    match happening.event:
        case None:
            return "Erased", ["What stood here was erased. The line itself stays."], ""
        case Unknown():
            return "Written by a newer version", ["This version of the program cannot read it."], ""
        case Arrived() as arrived:
            mark = "From paper" if arrived.from_paper else ""
            return f"Arrived {say_date_time(arrived.at)}", _arrival(arrived), mark
        case ArrivalCorrected() as correction:
            changes = [_change(change) for change in happening.changes]
            return "Corrected", [*changes, _because(correction.reason)], ""
        case ArrivalUndone(reason=reason):
            return "Arrival undone: not this person", [_because(reason)], ""
        case Left(at=at, told_by=told_by):
            return f"Left {say_date_time(at)}", [], "Filled in later" if told_by is ToldBy.LATER else ""
        case LeavingUnknown(reason=reason):
            return "Nobody knows when they left", [_because(reason)], "Filled in later"
        case PutBack(reason=reason):
            return "Put back on site", [_because(reason)], ""
        case CalledBack() as call:
            return f"Rang {call.whom}: {wording.OUTCOME[call.outcome][0].lower()}", _call(call), ""
        case DslTold(whom=whom, answered=answered, at=at):
            return (f"{whom} was told" if answered else f"{whom} did not answer"), [say_date_time(at)], ""
        case HostTold(whom=whom, means=Means.CALL, reached=reached, at=at):
            return (f"{whom} was told" if reached else f"{whom} did not answer"), [say_date_time(at)], ""
        case HostTold(whom=whom, means=means, at=at):
            return f"{whom} {_MESSAGE[means]}", [say_date_time(at)], ""
        case Reviewed(note=note):
            return "Looked at by the DSL or head", [note] if note else [], ""
        case EntryDeclined(contacted=contacted, reason=reason, at=at):
            return (
                f"Entry declined {say_date_time(at)}",
                [f"After contact with {contacted}", _because(reason)],
                "",
            )
    return type(happening.event).__name__, [], ""


def _arrival(arrived: Arrived) -> list[str]:
    where = f", {arrived.place}" if arrived.place else ""
    lanyard = f", lanyard says {arrived.lanyard}" if arrived.lanyard else ""
    return [
        f"Here to see {arrived.here_to_see}{where}" if arrived.here_to_see else arrived.place,
        f"ID: {_identity(arrived.identity)}",
        f"DBS: {wording.BASIS[arrived.assurance.basis]}",
        arrived.assurance.note,
        f"{wording.SUPERVISION[arrived.supervision]}{lanyard}",
        f"Pass {arrived.pass_number}" if arrived.pass_number else "",
        f"{arrived.how_many} people" if arrived.how_many > 1 else "",
        "Needs assistance" if arrived.needs_assistance else "",
        f"Not booked: {wording.CAME_ABOUT[arrived.came_about][0]}" if arrived.came_about else "",
        f"Note: {arrived.note}" if arrived.note else "",
    ]


def _call(call: CalledBack) -> list[str]:
    answered = f"Answered by {call.answered_by}" if call.answered_by else ""
    return [
        f"{call.number}, {_SOURCE[call.source]}: {call.source_text}",
        answered,
        f"Said: {call.confirmed}" if call.confirmed else "",
        say_date_time(call.at),
    ]


def _change(change: Change) -> str:
    was, now = _value(change.was), _value(change.now)
    return f"{_CHANGED[change.what]}: {now} (before: {was})"


def _value(value: object) -> str:
    match value:
        case datetime():
            return say_date_time(value)
        case IdentityCheck():
            return _identity(value)
        case str() if value:
            return value
    return "nothing"


def _identity(check: IdentityCheck) -> str:
    if check.shown is None:
        return "not asked"
    shown = check.which or wording.ID_SHOWN[check.shown]
    expiry = wording.EXPIRY[check.expiry].lower() if check.expiry else ""
    compared = "face and photo not asked"
    if check.compared is not None:
        words = wording.COMPARED[check.compared].lower().removesuffix(", because ...")
        compared = f"face compared: {words}" + (f", because {check.because}" if check.because else "")
    return ", ".join(part for part in (shown, expiry, compared) if part)


def _because(reason: str) -> str:
    return f"Why: {reason}" if reason else ""
