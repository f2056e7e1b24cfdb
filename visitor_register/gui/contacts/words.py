"""What is owed, in words: its state, what it is, when it is due and how far off that is, and why it is due then."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from visitor_register.domain import calendar
from visitor_register.domain.calendar import ONE_DAY, Days, say_moment, to_london
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import AllocationKnown, ClockKind, Contact, ContactKind, Owes, Rung
from visitor_register.domain.deadlines import Rules
from visitor_register.gui.widgets.paint import PillSpec
from visitor_register.gui.widgets.tone import Shape, Tone
from visitor_register.services.clocks import ClockLine

STATE: dict[State, PillSpec] = {
    State.OVERDUE: PillSpec("Overdue", Tone.NOT_KNOWN),
    State.DUE_SOON: PillSpec("Due soon", Tone.CHECK),
    State.RUNNING: PillSpec("Running", Tone.HERE, Shape.RUNNING),
    State.PAUSED: PillSpec("Paused", Tone.NEUTRAL, Shape.MACHINE),
    State.NOT_ASSESSABLE: PillSpec("Not assessable", Tone.NEUTRAL),
    State.LATE: PillSpec("Done late", Tone.CHECK),
    State.MET: PillSpec("Met", Tone.KNOWN),
    State.WITHDRAWN: PillSpec("Withdrawn", Tone.NEUTRAL),
}
OWES = {Owes.AUTHORITY: "LA owes", Owes.SCHOOL: "School owes"}
KNOWN = {
    AllocationKnown.TOLD_BY_LA: "told by the authority",
    AllocationKnown.STATED_BY_WORKER: "said by the worker",
    AllocationKnown.INFERRED: "worked out by us",
    AllocationKnown.UNKNOWN: "nobody knows it",
}
RUNG = {
    Rung.WORKER: "Worker",
    Rung.MANAGER: "Manager",
    Rung.SERVICE_MANAGER: "Service manager",
    Rung.HEAD_OF_SERVICE: "Head of Service",
}
_SAID = {
    ContactKind.CALL: "call",
    ContactKind.EMAIL: "e-mail",
    ContactKind.LETTER: "letter",
    ContactKind.MEETING: "question at a meeting",
    ContactKind.MESSAGE: "message",
}
_COUNTED = {Days.WORKING: "5 working days", Days.SCHOOL: "5 school days", Days.CALENDAR: "5 days, weekends too"}
_SKIPPED = re.compile(r"(\w{3} \d+ \w{3} \d{4}) does not count: (.*)\.")
_COUNT = re.compile(r"(\w{3} \d+ \w{3} \d{4}) is day (\d+)(?: \((.*)\))?\.")
_YEAR = re.compile(r"(\w{3} \d+ \w{3}) \d{4}")


@dataclass(frozen=True, slots=True)
class StepWords:
    """One numbered line of "Why is it due then?"."""

    title: str
    detail: str = ""


def name_of(line: ClockLine) -> str:
    """Who owes it, or whom it is owed to."""
    return line.person.name if line.person else "erased"


def owed(line: ClockLine, asked: Contact | None) -> str:
    """What is owed."""
    kind, ours = line.clock.kind, line.clock.owes is Owes.AUTHORITY
    if kind is ClockKind.FIRST_CONTACT:
        return "First contact after allocation"
    if kind is ClockKind.REPLY:
        said = _SAID[asked.kind] if asked else "message"
        return f"Reply to {'our' if ours else 'their'} {said}"
    urgent = "urgent " if line.clock.urgent else ""
    return f"Answer our {urgent}question" if ours else f"Answer their {urgent}question"


def due(line: ClockLine, now: datetime) -> tuple[str, str]:
    """When it is due, and how far off that is; of what is done, when that was."""
    said, one = line.assessed, line.clock
    if one.stopped_at is not None:
        return say_moment(one.stopped_at, now), _took(line)
    if said.state is State.PAUSED and one.paused_at is not None:
        return "paused", f"since {say_moment(one.paused_at, now)}"
    if said.due_at is not None:
        return say_moment(said.due_at, now), span(said.due_at, now)
    if said.due_on is not None:
        return f"{day(said.due_on, now)}, end of day", _days(line, said.due_on, now)
    return "no due time", "ask for the date" if one.started_at is None else "see why"


def day(on: date, now: datetime) -> str:
    """A day, with its year where that is another one than the present."""
    said = calendar.say_day(on)
    return said if on.year != to_london(now).year else said.rpartition(" ")[0]


def note(line: ClockLine, now: datetime) -> tuple[str, str]:
    """The title and the second line of the note in the panel."""
    said, one = line.assessed, line.clock
    when, far = due(line, now)
    if said.state is State.PAUSED:
        return f"Paused {far}", one.paused_why
    if said.state is State.NOT_ASSESSABLE and one.is_open:
        return "Nobody can say when it is due", _what_to_ask(line)
    if one.stopped_at is not None:
        late = {True: "Done late", False: "Done in time", None: "Done"}[one.late]
        was = " ".join(["it was due", *_was_due(line, now)]) if said.due is not None else ""
        return f"{late}, {when}", " ".join(f"{_sentence(part)}." for part in (far, was) if part)
    near = {0: "today, ", 1: "tomorrow, "}
    ends = calendar.london_date(said.due) if said.due is not None else calendar.london_date(now)
    soon = near.get((ends - calendar.london_date(now)).days, "")
    return f"{'Was due' if said.state is State.OVERDUE else 'Due'} {soon}{when}", far


def span(moment: datetime, now: datetime) -> str:
    """How far off a moment is, to the minute within a day: `in 2 h 55 min`, `1 day ago`."""
    length = abs(moment - now)
    if not timedelta(minutes=1) <= length < ONE_DAY:
        return calendar.relative(moment, now)
    words = _length(length)
    return f"in {words}" if moment > now else f"{words} ago"


def why(steps: Sequence[str], rules: Rules, kind: ClockKind, *, urgent: bool) -> tuple[StepWords, ...]:
    """Why it is due then: where it starts, the rule and since when that is in force, the days that count."""
    made = list(_steps(steps))
    if len(steps) > 1:
        made.insert(1, StepWords(*_rule(rules, kind, urgent=urgent)))
    return tuple(made)


def other_reading(said: Assessed) -> str:
    """The other reading of the clause as a sentence, where it comes to something else."""
    words, _, when = said.also.partition(": ")
    return f"{_sentence(words)} would be {_short(when)}." if when and not said.readings_agree else ""


def _rule(rules: Rules, kind: ClockKind, *, urgent: bool) -> tuple[str, str]:
    in_force = "In force from the beginning."
    if rules.applies_from != date.min:
        day = rules.applies_from
        in_force = f"In force since {day.day:02}/{day.month:02}/{day.year:04}."
    if kind is ClockKind.FIRST_CONTACT:
        return f"Rule: {_COUNTED[rules.contact_counts]}", f"Protocol: contact within 5 days of allocation. {in_force}"
    if kind is ClockKind.REPLY:
        rule = "48 hours, whatever the days" if rules.reply_elapsed else "2 working days, same clock time"
        return f"Rule: {rule}", f"Protocol: reply within 48 hours. {in_force}"
    rule = "24 hours, because it is urgent" if urgent else "1 working day, same clock time"
    return f"Rule: {rule}", "Protocol: information requests within 24 hours."


def _steps(steps: Sequence[str]) -> Iterator[StepWords]:
    """The sentences of the calculation, those that count days in one. What it comes to stands above them already."""
    if len(steps) > 1 and steps[-1].startswith("Due "):
        steps = steps[:-1]
    skipped: list[tuple[str, str]] = []
    counted: list[tuple[str, str, str]] = []
    for number, step in enumerate(steps):
        if (found := _SKIPPED.fullmatch(step)) is not None:
            skipped.append((found[1], found[2]))
            continue
        if (found := _COUNT.fullmatch(step)) is not None:
            counted.append((found[1], found[2], found[3] or ""))
            continue
        if skipped or counted:
            yield _counting(skipped, counted)
            skipped, counted = [], []
        title, detail = _title(_short(step).removesuffix("."))
        if number and step.startswith("That is outside"):
            yield StepWords(_sentence(detail), f"{title.replace('That', 'It', 1)}.")
        else:
            yield StepWords(title, f"{_sentence(detail)}." if detail else "")
    if skipped or counted:
        yield _counting(skipped, counted)


def _counting(skipped: Sequence[tuple[str, str]], counted: Sequence[tuple[str, str, str]]) -> StepWords:
    # A Saturday says by its name why it does not count.
    days = _plain_months([day for day, _ in skipped])
    left = [
        f"{day} ({why})" if why not in calendar.WEEKDAYS else day for day, (_, why) in zip(days, skipped, strict=True)
    ]
    title = (
        f"{_and(left)} {'does' if len(left) == 1 else 'do'} not count" if left else "Every day from the next on counts"
    )
    numbered = zip(_plain_months([day for day, _, _ in counted]), counted, strict=True)
    detail = ", ".join(f"{day} is day {number}" for day, (_, number, _) in numbered)
    remarks = dict.fromkeys(remark for _day, _number, remark in counted if remark)
    return StepWords(title, " ".join(f"{part}." for part in (detail, *map(_sentence, remarks)) if part))


def _plain_months(days: Sequence[str]) -> list[str]:
    """Days in order, each with its month only where that is another one than before: `Mon 30 Nov`, `Tue 1 Dec`."""
    named = [_short(day).rpartition(" ") for day in days]
    return [
        day if number and named[number - 1][2] == month else f"{day} {month}"
        for number, (day, _, month) in enumerate(named)
    ]


def _title(step: str) -> tuple[str, str]:
    """What stands in bold, and what explains it."""
    found = re.search("; |: ", step)
    return (step, "") if found is None else (step[: found.start()], step[found.end() :])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _short(words: str) -> str:
    """Days without their year: it stands beside the due day where it is another one."""
    return _YEAR.sub(r"\1", words)


def _and(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _what_to_ask(line: ClockLine) -> str:
    if line.clock.started_at is None:
        return f"Ask {name_of(line)} for the day of the allocation, and write it down here."
    return " ".join(line.assessed.steps)


def _was_due(line: ClockLine, now: datetime) -> Iterable[str]:
    said = line.assessed
    if said.due_at is not None:
        return [say_moment(said.due_at, now)]
    return [] if said.due_on is None else [f"by the end of {day(said.due_on, now)}"]


def _took(line: ClockLine) -> str:
    one = line.clock
    if one.started_at is None or one.stopped_at is None:
        return ""
    if one.kind is ClockKind.FIRST_CONTACT:
        days = (calendar.london_date(one.stopped_at) - calendar.london_date(one.started_at)).days
        return f"after {_count(days, 'day')}"
    return f"after {_length(one.stopped_at - one.started_at)}"


def _length(length: timedelta) -> str:
    days, hours, minutes = length.days, length.seconds // 3600, length.seconds // 60 % 60
    parts = [_count(days, "day") if days else "", f"{hours} h" if hours else ""]
    if not days:
        parts.append(f"{minutes} min" if minutes or not hours else "")
    return " ".join(part for part in parts if part)


def _days(line: ClockLine, ends: date, now: datetime) -> str:
    today = calendar.london_date(now)
    if not line.days or ends == today:
        return calendar.relative_day(ends, today)
    return f"{_count(line.days, 'working day')} left" if line.days > 0 else f"{_count(-line.days, 'working day')} ago"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
