"""What each entry of a timeline says in words: what sort of thing it is, what happened, and what else of it."""

from datetime import datetime
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.bookings import NotSeenWhy, Told
from visitor_register.domain.contacts import ContactKind, Direction
from visitor_register.domain.events import (
    Allocated,
    ArrivalCorrected,
    ArrivalUndone,
    Arrived,
    Booked,
    BookingCancelled,
    BookingChanged,
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockStopped,
    ClockWithdrawn,
    ContactLogged,
    DidNotCome,
    Discussed,
    DiscussionFollowedUp,
    EntryDeclined,
    Escalated,
    EscalationResolved,
    InformationRequested,
    InformationShared,
    LeavingUnknown,
    Left,
    NotSeen,
    PutBack,
    ReasonRecorded,
    Unknown,
)
from visitor_register.domain.folds.dsl import Reason
from visitor_register.domain.purposes import DEFAULT_EXCEPTIONAL_CIRCUMSTANCES, DEFAULT_PURPOSES
from visitor_register.domain.staff_hidden import SOMEBODY
from visitor_register.gui.contacts.words import KNOWN, RUNG
from visitor_register.services.timeline import Timeline
from visitor_register.services.timeline_chart import ChangeKind, ChartChange, Place
from visitor_register.services.timeline_entries import Happening

Parts = tuple[str, str, list[str]]
"""What sort of thing, what happened, and what else of it."""

_CONTACT = {
    ContactKind.CALL: "Call",
    ContactKind.EMAIL: "E-mail",
    ContactKind.LETTER: "Letter",
    ContactKind.MEETING: "Meeting",
    ContactKind.MESSAGE: "Message",
}
_NOT_SEEN = {
    NotSeenWhy.ABSENT: "The child was not seen: absent",
    NotSeenWhy.REFUSED: "The child was not seen: did not want to",
    NotSeenWhy.OTHER: "The child was not seen",
    NotSeenWhy.SEEN: "The child was seen after all",
}
_TOLD = {
    Told.EMAIL: "by e-mail",
    Told.PHONE: "by telephone",
    Told.LETTER: "by letter",
    Told.IN_PERSON: "in person",
    Told.INVITATION: "by an invitation",
    Told.DESK: "at the desk",
}
_DONE = {Allocated: "First contact was made", ContactLogged: "A reply came", InformationRequested: "It was answered"}
_PURPOSE = {one.code: one.name for one in DEFAULT_PURPOSES}
_EXCEPTIONAL = {one.code: one.name for one in DEFAULT_EXCEPTIONAL_CIRCUMSTANCES}
_ERASED = "somebody whose name was erased"


class Teller:
    """Puts entries of one timeline into words.

    Args:
        timeline: Where the names are.
        with_staff: Whether whom at the school somebody came to see is named.
    """

    def __init__(self, timeline: Timeline, *, with_staff: bool) -> None:
        self._names, self._with_staff = timeline.names, with_staff

    def parts(self, one: Happening) -> Parts:
        """The words of one entry."""
        match one.event:
            case None:
                return "Erased", "Erased: what stood here is gone, the line itself stays", []
            case Unknown():
                return "Other", "Written by a newer version of the program, which this one cannot read", []
            case ChartChange() as said:
                return "Chart", *self._chart(said)
            case Booked() | BookingChanged() | BookingCancelled() | DidNotCome():
                return "Booking", *self._booking(one)
            case Discussed() | DiscussionFollowedUp():
                return "Education", *self._education(one.event)
            case NotSeen(why=why, note=note):
                return "Visit", _NOT_SEEN[why], _some(note)
            case ReasonRecorded() as said:
                return "Visit", "Why the visit was booked", purposes(said)
            case ContactLogged() as said:
                return "Contact", *self._contact(said)
            case InformationShared() as said:
                done = "shared with" if said.shared else "withheld from"
                return "Information", f"Information {done} {self.name(said.person)}", [said.what, *_because(said.why)]
            case Escalated() as said:
                title = f"Escalated to {self.name(said.person)}"
                return "Escalation", title, [f"Step: {RUNG[said.rung]}", *_matter(one.before), *_because(said.reason)]
            case EscalationResolved(outcome=outcome):
                return "Escalation", "The escalation ended", [outcome]
        deadline = self._deadline(one)
        return ("Deadline", *deadline) if deadline else ("Visit", *self._visit(one))

    def name(self, identity: UUID | None) -> str:
        """What somebody is called now."""
        return self._names.get(identity, _ERASED) if identity is not None else _ERASED

    def _staff(self, name: str) -> str:
        return name if self._with_staff or not name else SOMEBODY

    def _to_see(self, name: str | None) -> str:
        return f"Here to see {self._staff(name)}" if name else ""

    def _booking(self, one: Happening) -> tuple[str, list[str]]:
        match one.event:
            case Booked() as said:
                return f"Visit booked for {moment(said.starts_at)}, told {_TOLD[said.told]}", self._terms(said, one)
            case BookingChanged() as said:
                was = one.before.starts_at if isinstance(one.before, Booked | BookingChanged) else said.starts_at
                if was == said.starts_at:
                    return "Booking changed", self._terms(said, one)
                return f"Booking moved to {moment(said.starts_at)}", [f"Before: {moment(was)}", *self._terms(said, one)]
            case BookingCancelled(by_school=by_school, why=why):
                who = "school" if by_school else "authority"
                return f"Booking cancelled by the {who}", [*_planned(one.before), *_because(why)]
        return "Nobody came", _planned(one.before)

    def _terms(self, said: Booked | BookingChanged, one: Happening) -> list[str]:
        who = ", ".join(self.name(visitor) for visitor in said.visitors)
        return _some(who, self._to_see(said.here_to_see), *purposes(one.reason))

    def _visit(self, one: Happening) -> tuple[str, list[str]]:
        who = self.name(one.whom)
        match one.event:
            case Arrived() as said:
                return f"{who} arrived", _some(self._to_see(said.here_to_see), *purposes(one.reason))
            case ArrivalCorrected() as said:
                when = f", arrived {calendar.say_time(said.at)}" if said.at is not None else ""
                return f"Arrival corrected: {who}{when}", _some(self._to_see(said.here_to_see), *_because(said.reason))
            case ArrivalUndone(reason=reason):
                return f"Arrival of {who} taken back: it was not this person", _because(reason)
            case EntryDeclined() as said:
                return f"Entry declined: {who}", [f"After contact with {said.contacted}", *_because(said.reason)]
            case Left():
                return f"{who} left", []
            case LeavingUnknown(reason=reason):
                return f"Nobody knows when {who} left", _because(reason)
            case PutBack(reason=reason):
                return f"Put back on site: {who} had not left", _because(reason)
        raise TypeError(type(one.event).__name__)

    def _contact(self, said: ContactLogged) -> tuple[str, list[str]]:
        way = "from" if said.direction is Direction.RECEIVED else "to"
        way = "with" if said.kind is ContactKind.MEETING else way
        copied = {True: "The manager was copied in", False: "The manager was not copied in", None: ""}
        return f"{_CONTACT[said.kind]} {way} {self.name(said.person)}", _some(
            said.summary,
            copied[said.manager_copied],
            "Asks for a reply" if said.asks_reply else "",
            "An automatic reply" if said.automatic else "",
            "Older messages were forwarded with it" if said.forwarded else "",
        )

    def _deadline(self, one: Happening) -> tuple[str, list[str]] | None:
        match one.event:
            case Allocated() as said:
                return f"Child allocated to {self.name(said.worker)}", _some(f"The day: {KNOWN[said.known]}", said.note)
            case InformationRequested() as said:
                who = self.name(said.person)
                theirs = said.direction is Direction.RECEIVED
                title = f"{who} asked for information" if theirs else f"The school asked {who} for information"
                return title, _some(said.topic, "Marked urgent" if said.urgent else "")
            case ClockStopped() as said:
                return self._stopped(said, one.before)
            case ClockPaused(reason=reason):
                return "Deadline paused", [*_matter(one.before), *_because(reason)]
            case ClockResumed():
                return "Deadline runs again", _matter(one.before)
            case ClockReopened(reason=reason):
                return "Deadline open again: it was not done", [*_matter(one.before), *_because(reason)]
            case ClockWithdrawn(reason=reason):
                return "Deadline taken back: nothing was owed", [*_matter(one.before), *_because(reason)]
        return None

    def _stopped(self, said: ClockStopped, asked: object | None) -> tuple[str, list[str]]:
        result = {True: "late", False: "in time", None: "nobody can say whether in time"}[said.late]
        due = f"It was due by the end of {calendar.say_day(said.due_on)}" if said.due_on is not None else ""
        due = f"It was due {moment(said.due_at)}" if said.due_at is not None else due
        done_by = f"By {self.name(said.person)}" if said.person is not None else ""
        return f"{_DONE.get(type(asked), 'Done')}: {result}", _some(*_matter(asked), due, done_by)

    def _education(self, event: Discussed | DiscussionFollowedUp) -> tuple[str, list[str]]:
        if isinstance(event, DiscussionFollowedUp):
            return "What was said of education was followed up", [event.note]
        if not event.education:
            return "Education was not discussed", []
        present = self._staff(event.school_present)
        there = f"For the school: {present}" if present else "Nobody of the school was present"
        return "Education was discussed", _some(there, f"Promised: {event.commitments}" if event.commitments else "")

    def _chart(self, said: ChartChange) -> tuple[str, list[str]]:
        now = said.after
        match said.kind:
            case ChangeKind.JOINED:
                place = ", ".join(part for part in (now.job_title, now.team) if part)
                title = f"On the chart: {place}" if place else "On the chart"
                more = self._managers("Manager", now) if now.managers is not None else []
            case ChangeKind.LEFT:
                title, more = "No longer on the chart", _some(f"Was in {said.before.team}" if said.before.team else "")
            case ChangeKind.MOVED:
                title, more = f"Moved to {now.team or 'no team'}", [f"Before: {said.before.team or 'no team'}"]
            case ChangeKind.RETITLED:
                title, more = (
                    f"New job title: {now.job_title or 'none'}",
                    [f"Before: {said.before.job_title or 'none'}"],
                )
            case ChangeKind.MANAGER:
                title, *_ = self._managers("New manager", now)
                more = self._managers("Before", said.before)
        source = f"{said.chart.authority}, chart of {calendar.say_day(said.chart.day)}" if said.chart else ""
        return title, _some(*more, source, *_because(said.reason))

    def _managers(self, what: str, place: Place) -> list[str]:
        if place.managers is None:
            return [f"{what}: nobody above on the chart"]
        names = sorted(self.name(one) for one in place.managers)
        return [f"{what}: {', '.join(names) if names else 'the post is vacant'}"]


def purposes(said: Reason | ReasonRecorded | None) -> list[str]:
    """Why a visit was booked."""
    if said is None:
        return []
    excuse = _EXCEPTIONAL.get(said.exceptional, said.exceptional)
    return _some(
        _PURPOSE.get(said.purpose, said.purpose), f"Exceptional reason: {excuse}" if excuse else "", said.detail
    )


def moment(at: datetime) -> str:
    """A day and a time: `Tue 24 Nov 2026 16:00`."""
    return calendar.say_day_time(at)


def _matter(asked: object | None) -> list[str]:
    """What a deadline is about."""
    match asked:
        case Allocated(note=about) | ContactLogged(summary=about) | InformationRequested(topic=about) if about:
            return [f"About: {about}"]
    return []


def _planned(terms: object | None) -> list[str]:
    return [f"It was for {moment(terms.starts_at)}"] if isinstance(terms, Booked | BookingChanged) else []


def _because(reason: str) -> list[str]:
    return [f"Why: {reason}"] if reason else []


def _some(*parts: str) -> list[str]:
    return [part for part in parts if part]
