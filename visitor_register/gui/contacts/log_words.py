"""The words of the form of a contact: what runs from now on, what to think of, what was stopped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain import clocks as judged
from visitor_register.domain.calendar import Days
from visitor_register.domain.clocks import Assessed
from visitor_register.domain.contacts import AllocationKnown, Clock, ClockKind, Direction, Owes
from visitor_register.domain.deadlines import Rules
from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.log_content import Content, Copied, Order, What, can_be_copied
from visitor_register.gui.contacts.log_offers import Answerer, Known, Offer
from visitor_register.gui.widgets.tone import Tone
from visitor_register.services import working_days
from visitor_register.services.clocks import ClockLine

_NOBODY = UUID(int=0)
_DAYS = {Days.WORKING: "5 working days", Days.SCHOOL: "5 school days", Days.CALENDAR: "5 days"}


@dataclass(frozen=True, slots=True)
class Due:
    """What runs once it is saved: when that is due, the other reading, and the days as they are counted."""

    title: str = ""
    text: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to think of before it is saved. It never blocks."""

    tone: Tone
    title: str
    text: str = ""


def runs(order: Order) -> Clock | None:
    """What would be owed from then on if the form were saved as it is; None if nothing."""
    said = order.content
    kind = None
    if said.what is What.ALLOCATION and order.on is not None:
        kind = ClockKind.FIRST_CONTACT
    elif said.what is What.REQUEST and said.direction is not None:
        kind = ClockKind.REQUEST
    elif said.what is What.CONTACT and said.asks_reply and said.direction is not None and not answers_itself(said):
        kind = ClockKind.REPLY
    if kind is None:
        return None
    owes = Owes.AUTHORITY if kind is ClockKind.FIRST_CONTACT or said.direction is None else Owes.after(said.direction)
    urgent = kind is ClockKind.REQUEST and said.urgent
    started = order.at if order.on is None else calendar.day_bounds(order.on)[0]
    return Clock(_NOBODY, kind, owes, _NOBODY, "", "", started, order.at, urgent)


def look_ahead(session: Session, clock: Clock, now: datetime) -> Due:
    """Say when something that is not yet saved would be due, by the calendar and the rules of its day."""
    counting = working_days.read(session, calendar.london_date(clock.started_at or clock.asked_at))
    said = judged.assess(clock, counting.calendar, counting.rules, now)
    if said.due is None:
        return Due("Nobody can say when it is due", " ".join(said.steps))
    return Due(
        f"{_subject(clock)} {_due(said, now)}, {_span(clock, counting.rules)}",
        words.other_reading(said),
        "\n".join(said.steps),
    )


def advise(content: Content, known: Known | None, offer: Offer | None) -> tuple[Advice, ...]:
    """What to think of while one types; `offer` is the deadline it is said to answer."""
    said: list[Advice] = []
    written = can_be_copied(content)
    if answers_itself(content):
        text = "It is logged, and what is owed stays open until a person answers."
        said.append(Advice(Tone.NEUTRAL, "An automatic acknowledgement stops no deadline", text))
    elif offer is not None and offer.answerer is Answerer.TEAM:
        text = "Choose it only if this answer was given in their place: the protocol counts the worker or the manager."
        said.append(Advice(Tone.CHECK, f"This is a colleague of {words.name_of(offer.line)}", text))
    if written and content.forwarded:
        ours = content.direction is Direction.SENT
        text = "Send a new message with only the facts that are needed." if ours else "Ask for a new message next time."
        said.append(Advice(Tone.CHECK, "The protocol asks not to forward chains (P9)", text))
    if written and content.copied is Copied.NO and content.direction is Direction.SENT:
        who = f": {known.manager.name}" if known is not None and known.manager is not None else ""
        said.append(Advice(Tone.CHECK, f"The protocol asks to copy the manager in{who} (P4)"))
    if content.what is What.ALLOCATION and content.known is AllocationKnown.UNKNOWN:
        text = "It is listed as not assessable, and never as late. Ask for the day, and write it down then."
        said.append(Advice(Tone.NEUTRAL, "Without the day nobody can say when contact is due", text))
    if content.what is What.REQUEST and content.urgent:
        said.append(Advice(Tone.CHECK, "Urgent: whatever the day, it is 24 hours"))
    if content.what is What.DISCUSSION and content.education and content.there is False:
        text = "Education was discussed without the school. The protocol asks for both together (P1)."
        said.append(Advice(Tone.CHECK, "This goes on your list to follow up", text))
    if content.what is What.COURTESY:
        said.append(_courtesy(content, known))
    return tuple(said)


def answers_itself(content: Content) -> bool:
    """Say whether it is a machine's answer."""
    return can_be_copied(content) and content.direction is Direction.RECEIVED and content.automatic


def describe(known: Known) -> str:
    """Who somebody is today, and whether they have left."""
    who = known.person
    place = " · ".join(part for part in (who.job_title, who.team or who.organisation) if part)
    manager = f"Manager: {known.manager.name}." if known.manager is not None else ""
    if who.left_version is not None:
        return " ".join(part for part in ("No longer on the chart. Last there:", f"{place}." if place else "") if part)
    return "\n".join(part for part in (place, manager) if part)


def offered(offer: Offer, now: datetime) -> tuple[str, str]:
    """What is open, in two lines: what and about whom, by whom and when."""
    line = offer.line
    when, far = words.due(line, now)
    ends = line.assessed.ends_at
    if ends is not None:
        when = f"{'due' if ends >= now else 'was due'} {when}"
    second = (when, far) if offer.answerer is Answerer.SELF else (words.name_of(line), when)
    what = ", ".join(part for part in (words.owed(line, offer.asked), line.clock.child_reference) if part)
    return what, " · ".join(part for part in second if part)


def saved(what: What, answered: tuple[ClockLine, Offer] | None, started: ClockLine | None, now: datetime) -> str:
    """Say what was written, what it stopped and what runs now. No child and no name: it stands in the notice bar."""
    said = ["Noted." if what is What.COURTESY else "Logged."]
    if answered is not None:
        line, offer = answered
        if line.clock.is_open:
            said.append(f"{words.owed(line, offer.asked)}: still open.")
        else:
            result = {True: "late", False: "met", None: "answered"}[line.clock.late]
            after = words.due(line, now)[1]
            said.append(f"{words.owed(line, offer.asked)}: {', '.join(part for part in (result, after) if part)}.")
    if started is not None and started.assessed.due is not None:
        said.append(f"{_subject(started.clock)} {_due(started.assessed, now)}.")
    return " ".join(said)


def _courtesy(content: Content, known: Known | None) -> Advice:
    lado = "An allegation against somebody goes to the LADO, not here."
    if content.manager_first:
        return Advice(Tone.NEUTRAL, "Facts only, no adjectives", lado)
    theirs = content.direction is Direction.RECEIVED
    manager = known.manager if known is not None else None
    who = f", {manager.name}{f', {manager.phone}' if manager.phone else ''}" if theirs and manager is not None else ""
    return Advice(Tone.CHECK, f"Speak to the manager first{who}", lado)


def _subject(clock: Clock) -> str:
    ours = clock.owes is Owes.SCHOOL
    if clock.kind is ClockKind.FIRST_CONTACT:
        return "First contact"
    if clock.kind is ClockKind.REPLY:
        return "Our reply" if ours else "Reply"
    return "Our answer" if ours else "Their answer"


def _due(said: Assessed, now: datetime) -> str:
    late = said.ends_at is not None and said.ends_at < now
    verb = "was due" if late else "due"
    if said.due_at is not None:
        return f"{verb} {calendar.say_moment(said.due_at, now)}"
    return f"{verb} by the end of {calendar.say_day(said.due_on)}" if said.due_on is not None else ""


def _span(clock: Clock, rules: Rules) -> str:
    if clock.kind is ClockKind.FIRST_CONTACT:
        return _DAYS[rules.contact_counts]
    if clock.kind is ClockKind.REPLY:
        return "48 hours" if rules.reply_elapsed else "2 working days"
    return "24 hours" if clock.urgent else "1 working day"
