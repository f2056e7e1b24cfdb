"""One deadline in words for the panel: why it is due then, what was done about it, and what can be done next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.domain.calendar import london_date
from visitor_register.domain.clocks import State
from visitor_register.domain.contacts import AllocationKnown, Clock, ClockKind, Contact, Owes, Rung
from visitor_register.domain.deadlines import Rules
from visitor_register.domain.people import Person
from visitor_register.errors import RegisterError
from visitor_register.gui.contacts import words
from visitor_register.gui.contacts.words import StepWords
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.services.clocks import ClockLine, Escalation
from visitor_register.services.ladder import Next, Place
from visitor_register.services.letter_words import RUNGS
from visitor_register.services.notice import typed_day, typed_time

_LONGEST_ON_A_BUTTON = 17


class Act(Enum):
    """What can be done about a deadline."""

    DONE = "done"
    LOG = "log"
    CHASE = "chase"
    ASK_DAY = "ask day"
    ESCALATE = "escalate"
    PAUSE = "pause"
    GO_ON = "go on"
    OPEN_AGAIN = "open again"
    WITHDRAW = "withdraw"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to a deadline beside itself: the rules of its day, the ladder, its next step, the steps taken."""

    rules: Rules
    places: Sequence[Place]
    next: Next | None
    escalation: Escalation


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who may have answered; `person` is None for somebody else."""

    person: UUID | None
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the panel shows of one deadline. `done_words` and `escalate_words` are on the buttons of that name.

    `next_words` say who comes next on the ladder where the button does not.
    """

    key: UUID
    title: str
    second: str
    about: str
    pill: PillSpec
    note: tuple[str, str]
    steps: tuple[StepWords, ...]
    also: str
    ladder: tuple[str, ...]
    next_words: str
    escalate_words: str
    done_words: str
    answerers: tuple[Answerer, ...]
    may: frozenset[Act]
    day: str = ""
    known: AllocationKnown | None = None


def tell(line: ClockLine, asked: Contact | None, around: Around, now: datetime) -> Told:
    """Put one deadline into words."""
    one, said = line.clock, line.assessed
    what = words.owed(line, asked)
    return Told(
        key=one.id,
        title=f"{words.name_of(line)}: {what[:1].lower()}{what[1:]}",
        second=" ".join(_second(line, asked)),
        about=one.about,
        pill=words.STATE[said.state],
        note=words.note(line, now),
        steps=words.why(said.steps, around.rules, one.kind, urgent=one.urgent) if said.due or said.unpaused else (),
        also=words.other_reading(said),
        ladder=tuple(_ladder(around, now)),
        next_words=_next(around.next, now) if one.owes is Owes.AUTHORITY else "",
        escalate_words=_escalate(around.next),
        done_words=_done_words(one),
        answerers=tuple(_answerers(line, around.places)),
        may=frozenset(_may(line, around.next)),
        day=_written(london_date(one.started_at)) if one.started_at else "",
        known=one.known,
    )


def read_moment(day: str, clock: str, now: datetime) -> datetime:
    """The moment that was typed; the present minute is now, so that what was asked in it is not answered before.

    Raises:
        RegisterError: it is no day, or no time.
    """
    on, at = typed_day(day, london_date(now)), typed_time(clock)
    if on is None:
        raise RegisterError("Write the day as day/month/year, for example 24/11/2026.")
    if at is None:
        raise RegisterError("Write the time as hours and minutes, for example 09:05.")
    local = calendar.to_london(now)
    if (on, at) == (local.date(), local.time().replace(second=0, microsecond=0)):
        return now
    return calendar.at_london(on, at)


def read_day(text: str, now: datetime, known: AllocationKnown | None) -> date | None:
    """The day of an allocation as it was typed; None when nobody knows it.

    Raises:
        RegisterError: it is no day, or nobody said how it is known.
    """
    if known is None:
        raise RegisterError("Choose how the day is known.")
    if known is AllocationKnown.UNKNOWN:
        if text.strip():
            raise RegisterError("Take the day out, or choose how it is known.")
        return None
    day = typed_day(text, london_date(now))
    if day is None:
        raise RegisterError("Write the day as day/month/year, for example 20/11/2026.")
    return day


def now_written(now: datetime) -> tuple[str, str]:
    """The present day and time for fields in which they can be changed."""
    return _written(london_date(now)), f"{calendar.to_london(now):%H:%M}"


def _second(line: ClockLine, asked: Contact | None) -> Iterator[str]:
    if line.clock.child_reference:
        yield f"Child ref {line.clock.child_reference}."
    if asked is not None and asked.manager_copied is not None:
        yield "Manager was copied." if asked.manager_copied else "Manager was not copied."
    if line.clock.kind is ClockKind.FIRST_CONTACT and line.clock.known not in (None, AllocationKnown.UNKNOWN):
        yield f"Day of allocation: {words.KNOWN[line.clock.known]}."
    if line.clock.is_open and line.clock.why:
        yield f"Open again: {line.clock.why}."


def _ladder(around: Around, now: datetime) -> Iterator[str]:
    """The steps that were taken, and how it ended."""
    names = {place.person.id: place.person.name for place in around.places if place.person is not None}
    for step in around.escalation.steps:
        who = names.get(step.person, "somebody who is not on the ladder any more")
        yield f"{words.RUNG[step.rung]}, {who}: {calendar.say_moment(step.at, now)}"
    if (ended := around.escalation.ended) is not None:
        yield f"Ended {calendar.say_moment(ended.at, now)}: {ended.outcome}"


def _next(step: Next | None, now: datetime) -> str:
    if step is None or step.place.person is None:
        return ""
    who = f"{step.place.person.name}, {step.place.title}"
    if step.offered:
        return "" if _fits(step.place.person) else f"Next on the ladder: {who}"
    return f"Next on the ladder, from {words.day(step.offered_on, now)} if it is still open: {who}"


def _escalate(step: Next | None) -> str:
    if step is None or step.place.person is None:
        return "Escalate"
    if _fits(step.place.person):
        return f"Escalate, next: {step.place.person.name}"
    return f"Escalate to the {RUNGS[step.place.rung]}"


def _fits(somebody: Person) -> bool:
    """Whether the name has room on a button."""
    return len(somebody.name) <= _LONGEST_ON_A_BUTTON


def _done_words(one: Clock) -> str:
    if one.owes is Owes.SCHOOL:
        return "Answered"
    return "Contact made" if one.kind is ClockKind.FIRST_CONTACT else "Mark replied"


def _answerers(line: ClockLine, places: Sequence[Place]) -> Iterator[Answerer]:
    """The worker, the manager and somebody else; what the school owes was answered by the school."""
    if line.clock.owes is Owes.SCHOOL:
        return
    yield Answerer(line.clock.person, words.name_of(line), "worker")
    manager = next((place.person for place in places if place.rung is Rung.MANAGER), None)
    if isinstance(manager, Person) and manager.id != line.clock.person:
        yield Answerer(manager.id, manager.name, "manager")
    yield Answerer(None, "Somebody else of theirs")


def _may(line: ClockLine, step: Next | None) -> Iterator[Act]:
    one = line.clock
    if not one.is_open:
        yield Act.OPEN_AGAIN
        return
    yield Act.DONE
    yield Act.LOG
    yield Act.WITHDRAW
    yield Act.GO_ON if one.paused_at is not None else Act.PAUSE
    if one.kind is ClockKind.FIRST_CONTACT:
        yield Act.DAY
        if one.started_at is None:
            yield Act.ASK_DAY
    if one.owes is Owes.AUTHORITY and line.assessed.state in (State.OVERDUE, State.DUE_SOON, State.RUNNING):
        yield Act.CHASE
    if step is not None and step.offered and one.owes is Owes.AUTHORITY:
        yield Act.ESCALATE


def _written(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
