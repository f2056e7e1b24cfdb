"""What a proposal for an invitation says on the screen. Its subject and text are the DSL's and stand nowhere."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from visitor_register.domain import calendar
from visitor_register.domain.arrivals import NewVisitor
from visitor_register.domain.bookings import Place
from visitor_register.domain.people import Person, PersonKind
from visitor_register.gui.widgets.cells import Cell
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.table_panel import Column, TableRow
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services.invitation_people import Attendee
from visitor_register.services.invitation_steps import Planned, Step
from visitor_register.services.invitations import Applied, Proposal

PLACES = (
    (Place.SCHOOL, "At school"),
    (Place.ONLINE, "Online"),
    (Place.COUNCIL, "At the council"),
    (Place.HOME, "Home"),
)
COLUMNS = (Column("Meeting", 176), Column("Time", 150), Column("What happens", 130), Column("Because"))
_PILLS = {
    Step.BOOK: PillSpec("New visit", Tone.KNOWN),
    Step.CHANGE: PillSpec("Changed", Tone.HERE),
    Step.CANCEL: PillSpec("Cancelled", Tone.CHECK),
    Step.NOTHING: PillSpec("Stays as it is", Tone.NEUTRAL),
}
KINDS = {
    PersonKind.COUNCIL: "council",
    PersonKind.OTHER_SERVICE: "NHS, CAFCASS, another council",
    PersonKind.POLICE: "police",
    PersonKind.OTHER: "somebody else",
}
"""It decides which ID is asked for at the desk."""
_VERBS = {Step.BOOK: "book", Step.CHANGE: "update", Step.CANCEL: "cancel"}
_DONE = {Step.BOOK: "booked", Step.CHANGE: "updated", Step.CANCEL: "cancelled"}


class Other(Enum):
    """Answers to "who is this?" that name no visitor."""

    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class HereToSee:
    """The answer that somebody is one of our own, whom the visitor comes to see."""

    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One person of the invitation: the label, what can be answered, and the answer that is certain, or None."""

    label: str
    options: tuple[tuple[str, Any], ...]
    certain: Any = None


@dataclass(frozen=True, slots=True)
class InvitationShown:
    """All that the page shows. `button` is "" when nothing is to be done."""

    title: str
    hint: str
    sentence: str
    asked: tuple[Asked, ...]
    rows: tuple[TableRow, ...]
    button: str
    place: Place
    room: str
    here_to_see: str
    staff: tuple[str, ...]
    rooms: tuple[str, ...]


def shown(
    plan: Proposal, staff: tuple[str, ...], rooms: tuple[str, ...], *, left: int, sealed: bool
) -> InvitationShown:
    """Put a proposal into words.

    Args:
        plan: The proposal.
        staff, rooms: What the fields offer.
        left: How many more invitations wait.
        sealed: The one who confirms it cannot read what goes to the DSL.
    """
    read = plan.read
    sender = next((one.new.name for one in plan.attendees if one.organiser), "")
    kind = "Cancelled invitation" if read.cancelled else "Invitation"
    notes = list(read.notes)
    if plan.count(Step.BOOK) + plan.count(Step.CHANGE) + plan.count(Step.CANCEL) == 0:
        notes.insert(0, "Nothing is to be done: each meeting stays as it is.")
    elif plan.asks_who:
        notes.insert(0, "Say who is meant: an e-mail address of one's own is certain, a name alone is not.")
    if any(meeting.all_day is not None for meeting in read.meetings):
        notes.append("It names a day without times, so the school's own hours are taken.")
    if not read.uid:
        notes.append("It has no number of its own, so its updates will not find this booking.")
    notes.append(
        "Its subject and text go to the DSL, sealed." if sealed else "Its subject and text are kept for the DSL."
    )
    return InvitationShown(
        title=f"{kind} from {sender}" if sender else kind,
        hint=" · ".join(filter(None, (_span(plan), f"{left} more to come" if left else ""))),
        sentence=" ".join(notes),
        asked=tuple(_asked(one) for one in plan.attendees) if plan.asks_who else (),
        rows=tuple(_row(number, planned) for number, planned in enumerate(plan.meetings)),
        button=_button(plan),
        place=plan.place,
        room=plan.room,
        here_to_see=plan.here_to_see or _only_host(plan),
        staff=staff,
        rooms=rooms,
    )


def done(applied: Applied) -> str:
    """What was done, for the notice bar."""
    counts = {Step.BOOK: applied.booked, Step.CHANGE: applied.changed, Step.CANCEL: applied.cancelled}
    words = [f"{len(ids)} {_DONE[step]}" for step, ids in counts.items() if ids]
    return f"Visits: {', '.join(words)}."


def _span(plan: Proposal) -> str:
    """How many meetings, and on which days: the list itself may stand below what can be seen."""
    days = [calendar.say_date(calendar.london_date(planned.meeting.starts_at)) for planned in plan.meetings]
    if len(days) < 2:
        return next(iter(days), "")
    return f"{len(days)} meetings, {days[0]} to {days[-1]}"


def _only_host(plan: Proposal) -> str:
    certain = {one.staff[0] for one in plan.attendees if one.here_to_see and len(one.staff) == 1}
    return certain.pop() if len(certain) == 1 else ""


def _asked(one: Attendee) -> Asked:
    invited = one.invited
    parts = (invited.name or one.new.name, invited.email, "invites" if one.organiser else "")
    options: list[tuple[str, Any]] = []
    certain: Any = None
    if one.person is not None:
        why = "by e-mail" if one.by_address else "booked already"
        options.append((f"{_who(one.person)} ({why})", one.person.id))
        certain = one.person.id
    options += [
        (f"{_who(somebody)} (same name)", somebody.id)
        for somebody in one.offered
        if one.person is None or somebody.id != one.person.id
    ]
    options += [(f"{name}: here to see", HereToSee(name)) for name in one.staff]
    if one.here_to_see and certain is None:
        certain = HereToSee(one.staff[0])
    options += _newcomers(one.new)
    options.append(("Does not come to us", Other.LEFT_OUT))
    return Asked(" · ".join(part for part in parts if part), tuple(options), certain)


def _newcomers(new: NewVisitor) -> list[tuple[str, NewVisitor]]:
    """A visitor nobody knows yet, as each kind there is: what the address says of it comes first."""
    place = f", {new.organisation}" if new.organisation else ""
    kinds = [new.kind, *(kind for kind in KINDS if kind is not new.kind)]
    return [(f"New visitor: {new.name}{place} ({KINDS[kind]})", replace(new, kind=kind)) for kind in kinds]


def _who(somebody: Person) -> str:
    left = "left the chart" if somebody.left_version is not None else ""
    return ", ".join(part for part in (somebody.name, somebody.team or somebody.organisation, left) if part)


def _row(number: int, planned: Planned) -> TableRow:
    meeting = planned.meeting
    start = calendar.say_time(meeting.starts_at)
    times = f"{start} to {calendar.say_time(meeting.ends_at)}" if meeting.ends_at is not None else start
    return TableRow(
        number,
        (
            Cell(calendar.say_date(calendar.london_date(meeting.starts_at)), t="strong", whole=True),
            Cell(times, whole=True),
            Cell(pill=_PILLS[planned.step]),
            Cell(planned.why or _because(planned), muted=True),
        ),
    )


def _because(planned: Planned) -> str:
    if planned.step is Step.CANCEL:
        return "called off by the organiser"
    line = planned.line
    if line is None:
        return ""
    booking, meeting = line.booking, planned.meeting
    if (booking.starts_at, booking.ends_at) == (meeting.starts_at, meeting.ends_at):
        return "people or place changed"
    day = calendar.say_date(calendar.london_date(booking.starts_at))
    return f"was {day} {calendar.say_time(booking.starts_at)}"


def _button(plan: Proposal) -> str:
    counts = [(verb, plan.count(step)) for step, verb in _VERBS.items() if plan.count(step)]
    if not counts:
        return ""
    last = counts[-1][1]
    words = ", ".join(f"{verb} {count}" for verb, count in counts)
    return f"{words[0].upper()}{words[1:]} {'visit' if last == 1 else 'visits'}"
