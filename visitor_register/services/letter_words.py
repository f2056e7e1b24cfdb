"""The sentences of a letter that speak of a deadline: what was asked, of whom, until when, and what happened since."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from visitor_register.domain.calendar import london_date, say_date, say_date_time, say_time
from visitor_register.domain.clocks import Assessed
from visitor_register.domain.contacts import Clock, ClockKind, Contact, ContactKind, Direction, EscalationStep, Rung
from visitor_register.domain.people import Person

OWED = {
    ClockKind.FIRST_CONTACT: "first contact with the school",
    ClockKind.REPLY: "a reply",
    ClockKind.REQUEST: "the information",
}
RUNGS = {
    Rung.WORKER: "worker",
    Rung.MANAGER: "manager",
    Rung.SERVICE_MANAGER: "service manager",
    Rung.HEAD_OF_SERVICE: "Head of Service",
}
_SENT = {
    ContactKind.CALL: "we rang {name}",
    ContactKind.EMAIL: "we e-mailed {name}",
    ContactKind.LETTER: "we wrote a letter to {name}",
    ContactKind.MEETING: "we met {name}",
    ContactKind.MESSAGE: "we sent {name} a message",
}
_RECEIVED = {
    ContactKind.CALL: "{name} rang us",
    ContactKind.EMAIL: "an e-mail from {name} came",
    ContactKind.LETTER: "a letter from {name} came",
    ContactKind.MEETING: "{name} met us",
    ContactKind.MESSAGE: "a message from {name} came",
}
_SOMEBODY = "a person we no longer hold"


def of_deadline(about: Assessed, addressed: Person, whose: Person | None, at: datetime) -> dict[str, str]:
    """What takes the place of the blanks of a letter about a deadline.

    Args:
        about: The deadline.
        addressed: Whom the letter goes to.
        whose: Who owes it; None when they are not in the register any more.
        at: When it is written.
    """
    owed, due = OWED[about.clock.kind], due_words(about)
    # What is due at this very moment can still come in time.
    verb = "was" if about.ends_at is not None and at > about.ends_at else "is"
    return {
        "about": about.clock.about,
        "asked": asked_words(about.clock),
        "due": due,
        "owed": owed,
        "matter": _matter(about.clock, addressed, whose),
        "deadline": f"Under the Harrow protocol {owed} {verb} due {due}." if due else "",
    }


def asked_words(clock: Clock) -> str:
    """When it was asked; of an allocation only the day is known."""
    if clock.started_at is None:
        return ""
    day = say_date(london_date(clock.started_at))
    return day if clock.kind is ClockKind.FIRST_CONTACT else f"{day} {say_time(clock.started_at)}"


def due_words(about: Assessed) -> str:
    """Until when, as it stands in a sentence."""
    match about.due:
        case None:
            return ""
        case datetime() as moment:
            return f"by {moment_words(moment)}"
        case date() as day:
            return f"by the end of {say_date(day)}"


def moment_words(moment: datetime) -> str:
    """A moment in London, as one writes it in a letter."""
    return say_date_time(moment)


def chronology(
    clock: Clock, contacts: Iterable[Contact], steps: Iterable[EscalationStep], names: Mapping[UUID, str]
) -> tuple[str, ...]:
    """What happened, a line each, in order: when it was asked, what was said since, each step up. No opinions.

    What a contact was about is left out: a letter says only what is needed.

    Args:
        clock: The deadline.
        contacts: What passed since it was asked, the asking itself left out.
        steps: The steps of its escalation; the contact of one is told as the step.
        names: Who somebody is, of the people of the desk's file.
    """
    taken = list(steps)
    told: list[tuple[datetime, str]] = [(step.at, _step(step, names)) for step in taken]
    as_steps = {step.contact for step in taken} | {clock.id}
    told += [(said.at, _contact(said, names)) for said in contacts if said.id not in as_steps]
    if clock.started_at is not None:
        told.append((clock.started_at, _beginning(clock, names)))
    lines = []
    for moment, words in sorted(told):
        first = clock.kind is ClockKind.FIRST_CONTACT and moment == clock.started_at
        lines.append(f"{say_date(london_date(moment)) if first else moment_words(moment)}: {words}.")
    return tuple(lines)


def _matter(clock: Clock, addressed: Person, whose: Person | None) -> str:
    themselves = whose is not None and whose.id == addressed.id
    name = whose.name if whose is not None else _SOMEBODY
    day = asked_words(clock)
    if clock.kind is ClockKind.FIRST_CONTACT:
        was = "You were" if themselves else f"{name} was"
        return f"{was} allocated on {day}, and we have no record of a first contact." if day else ""
    whom = "" if themselves else f" {name}"
    what = " for information" if clock.kind is ClockKind.REQUEST else ""
    return f"On {day} we asked{whom}{what}: {clock.about}"


def _beginning(clock: Clock, names: Mapping[UUID, str]) -> str:
    name = names.get(clock.person, _SOMEBODY)
    match clock.kind:
        case ClockKind.FIRST_CONTACT:
            return f"the child was allocated to {name}"
        case ClockKind.REPLY:
            return f"we asked {name}"
        case ClockKind.REQUEST:
            return f"we asked {name} for information"


def _contact(said: Contact, names: Mapping[UUID, str]) -> str:
    sent = said.direction is Direction.SENT
    words = (_SENT if sent else _RECEIVED)[said.kind].format(name=names.get(said.person, _SOMEBODY))
    if said.automatic:
        return f"{words}, an automatic answer"
    return f"{words}, manager copied" if sent and said.manager_copied else words


def _step(step: EscalationStep, names: Mapping[UUID, str]) -> str:
    return f"we wrote to {names.get(step.person, _SOMEBODY)}, {RUNGS[step.rung]}"
