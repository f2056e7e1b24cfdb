"""When the DSL is reminded of deadlines, and in which words: never a name, never a child."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitor_register.domain.calendar import WorkingCalendar, to_london
from visitor_register.domain.clocks import Assessed, State
from visitor_register.domain.contacts import Owes


class Cause(StrEnum):
    """Why somebody is reminded, the most pressing first."""

    URGENT = "urgent"
    """An urgent request (s47) waits for the school's answer."""
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"


Said = tuple[UUID, Cause, date | datetime | None]
"""A deadline, why it was told, and when it was due then: one that moved is told anew."""

_ALSO = {Cause.OVERDUE: ("{} is overdue", "{} are overdue"), Cause.DUE_SOON: ("{} is due soon", "{} are due soon")}


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to say now, "" for nothing, and what has been said with it."""

    words: str = ""
    said: frozenset[Said] = field(default_factory=frozenset)


def remind(found: Iterable[Assessed], before: Collection[Said], calendar: WorkingCalendar, now: datetime) -> Reminder:
    """Say what there is to be reminded of: each deadline once when it is due soon, and once when it is overdue.

    The numbers are of all that stand so, so that nobody reads "1 is overdue" where there are two.

    Args:
        found: Every deadline, as it stands.
        before: What has been said already.
        calendar: The calendar of today.
        now: The present moment, aware.

    Source: reminders only in the school's own hours; an urgent request (P10) at once, at any hour.
    """
    standing: dict[Cause, set[Said]] = {cause: set() for cause in Cause}
    for one in found:
        if (cause := _cause(one)) is not None:
            standing[cause].add((one.clock.id, cause, one.due))
        if _is_urgent(one):
            standing[Cause.URGENT].add((one.clock.id, Cause.URGENT, None))
    local = to_london(now)
    in_hours = calendar.is_working(local.date()) and local.time() in calendar.school_hours
    fresh = [cause for cause in Cause if standing[cause] - set(before) and (in_hours or cause is Cause.URGENT)]
    said = frozenset[Said]().union(*(standing[cause] for cause in fresh))
    return Reminder(_words({cause: len(standing[cause]) for cause in fresh}), said)


def _cause(one: Assessed) -> Cause | None:
    if one.state is State.OVERDUE:
        return Cause.OVERDUE
    # An urgent request is due soon from its first moment; of that it was told at once.
    return Cause.DUE_SOON if one.state is State.DUE_SOON and not _is_urgent(one) else None


def _is_urgent(one: Assessed) -> bool:
    return (
        one.clock.urgent
        and one.clock.owes is Owes.SCHOOL
        and one.state in (State.OVERDUE, State.DUE_SOON, State.RUNNING)
    )


def _words(counts: dict[Cause, int]) -> str:
    sentences = []
    if urgent := counts.pop(Cause.URGENT, 0):
        asked = "An urgent request waits" if urgent == 1 else f"{urgent} urgent requests wait"
        sentences.append(f"{asked} for the school's answer.")
    parts: list[str] = []
    for cause, number in counts.items():
        noun = "" if parts else " deadline" if number == 1 else " deadlines"
        parts.append(_ALSO[cause][number != 1].format(f"{number}{noun}"))
    if parts:
        sentences.append(f"{', '.join(parts)}.")
    return " ".join(sentences)
