"""How something owed stands at a moment: when it is due, whether that is soon, and why."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from visitor_register.domain import deadlines
from visitor_register.domain.calendar import (
    ONE_DAY,
    CalendarUnknownError,
    WorkingCalendar,
    at_london,
    london_date,
    say_day,
    say_day_time,
    to_london,
)
from visitor_register.domain.contacts import Clock, ClockKind
from visitor_register.domain.deadlines import DayDue, MomentDue, Rules

SOON = timedelta(hours=24)
"""From here on a deadline is due soon. Our default."""


class State(StrEnum):
    """How it stands, the most pressing first."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    PAUSED = "paused"
    NOT_ASSESSABLE = "not_assessable"
    LATE = "late"
    MET = "met"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Assessed:
    """A deadline as it stands.

    `due_on` (the end of a London day) or `due_at` (a UTC moment) is given, or neither when nobody can say; `also` is
    the other reading of the clause, in words; `steps` lead to the answer, a sentence each; `calendar` is the
    fingerprint of the calendar it was worked out with. `unpaused` is what a paused one would be without that pause.
    """

    clock: Clock
    state: State
    due_on: date | None = None
    due_at: datetime | None = None
    also: str = ""
    steps: tuple[str, ...] = ()
    calendar: str = ""
    unpaused: "Assessed | None" = None

    @property
    def due(self) -> date | datetime | None:
        """The due day or moment."""
        return self.due_at or self.due_on

    @property
    def ends_at(self) -> datetime | None:
        """The moment after which it is late (UTC), to sort by."""
        if self.due_at is not None:
            return self.due_at
        return None if self.due_on is None else at_london(self.due_on + ONE_DAY, datetime.min.time())

    @property
    def readings_agree(self) -> bool:
        """Whether the other reading of the clause comes to the same moment."""
        return self.due_at is not None and self.also.endswith(say_day_time(self.due_at))


def assess(clock: Clock, calendar: WorkingCalendar, rules: Rules, now: datetime) -> Assessed:
    """Say how something owed stands; what has stopped stands as it was worked out then.

    Args:
        clock: What is owed.
        calendar: The calendar of the day on which it was asked.
        rules: The reading of the clauses on that day.
        now: The present moment, aware.

    Source: P2, P5, P10. Only a person pauses a deadline, never a holiday.
    """
    if clock.withdrawn:
        return Assessed(clock, State.WITHDRAWN, steps=(clock.why,))
    if not clock.is_open:
        state = {True: State.LATE, False: State.MET, None: State.NOT_ASSESSABLE}[clock.late]
        return Assessed(clock, state, clock.due_on, clock.due_at, steps=tuple(clock.steps.splitlines()))
    try:
        due = _due(clock, calendar, rules)
    except CalendarUnknownError as unknown:
        return Assessed(clock, State.NOT_ASSESSABLE, steps=(str(unknown),))
    if due is None:
        return Assessed(clock, State.NOT_ASSESSABLE, steps=("Nobody knows the day of the allocation. Ask for it.",))
    worked = _moved(clock, due, calendar)
    if clock.paused_at is not None:
        since = f"Paused {say_day_time(clock.paused_at)}: {clock.paused_why}."
        worked = replace(worked, calendar=calendar.fingerprint())
        return Assessed(clock, State.PAUSED, also=worked.also, steps=(*worked.steps, since), unpaused=worked)
    ends = worked.ends_at
    if ends is None or now > ends or (worked.due_on is not None and now >= ends):
        state = State.OVERDUE
    elif worked.due_on is not None:
        state = State.DUE_SOON if worked.due_on <= london_date(now) + ONE_DAY else State.RUNNING
    else:
        state = State.DUE_SOON if ends - now <= SOON else State.RUNNING
    fingerprint = calendar.fingerprint()
    return Assessed(clock, state, worked.due_on, worked.due_at, worked.also, worked.steps, fingerprint)


def is_late(assessed: Assessed, done_at: datetime) -> bool | None:
    """Say whether something done then is late; None when nobody can say.

    What is done while it is paused is as late as it was when the pause began.
    """
    if assessed.unpaused is not None and assessed.clock.paused_at is not None:
        return is_late(assessed.unpaused, min(done_at, assessed.clock.paused_at))
    if assessed.due_at is not None:
        return done_at > assessed.due_at
    return None if assessed.due_on is None else london_date(done_at) > assessed.due_on


def _due(clock: Clock, calendar: WorkingCalendar, rules: Rules) -> DayDue | MomentDue | None:
    if clock.started_at is None:
        return None
    match clock.kind:
        case ClockKind.FIRST_CONTACT:
            return deadlines.contact(clock.started_at, calendar, rules)
        case ClockKind.REPLY:
            return deadlines.reply(clock.started_at, calendar, rules)
        case ClockKind.REQUEST:
            return deadlines.request(clock.started_at, calendar, urgent=clock.urgent)


def _moved(clock: Clock, due: DayDue | MomentDue, calendar: WorkingCalendar) -> Assessed:
    """Move what is due by the pauses that are over: a working day for each it was paused on, or the elapsed time."""
    steps = [step.text for step in due.steps]
    if isinstance(due, DayDue):
        day = due.due_on
        for since, until in _pauses(clock):
            days = _working_days(since, until, calendar)
            for _ in range(days):
                day = calendar.working_day_after(day)
            steps.append(_paused(since, until, f"{_count(days)} more: the end of {say_day(day)}"))
        return Assessed(
            clock, State.RUNNING, due_on=day, also=f"every day counted: {say_day(due.also)}", steps=tuple(steps)
        )
    moment = due.due_at
    elapsed = any(step.move is deadlines.Move.HOURS for step in due.steps)
    for since, until in _pauses(clock):
        if elapsed:
            moment += until - since
            more = "as long again"
        else:
            days = _working_days(since, until, calendar)
            day = london_date(moment)
            for _ in range(days):
                day = calendar.working_day_after(day)
            moment = at_london(day, to_london(moment).time())
            more = f"{_count(days)} more"
        steps.append(_paused(since, until, f"{more}: {say_day_time(moment)}"))
    words = (
        "counting working days" if elapsed else f"{int((due.also - due.runs_from) / timedelta(hours=1))} plain hours"
    )
    return Assessed(clock, State.RUNNING, due_at=moment, also=f"{words}: {say_day_time(due.also)}", steps=tuple(steps))


def _pauses(clock: Clock) -> list[tuple[datetime, datetime]]:
    spans = [pause.split("/") for pause in clock.paused.split()]
    return [(datetime.fromisoformat(since).astimezone(UTC), datetime.fromisoformat(until)) for since, until in spans]


def _working_days(since: datetime, until: datetime, calendar: WorkingCalendar) -> int:
    """Working days after the day of the pause, up to and with the day it went on."""
    first, last = london_date(since), london_date(until)
    return sum(calendar.is_working(first + number * ONE_DAY) for number in range(1, (last - first).days + 1))


def _paused(since: datetime, until: datetime, words: str) -> str:
    return f"Paused {say_day_time(since)} to {say_day_time(until)}, so {words}."


def _count(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"
