"""A timeline in words: each line the same on the screen, on paper and in a list."""

from collections.abc import Iterable
from dataclasses import replace

from visitor_register.domain import calendar
from visitor_register.domain.events import Arrived, Left, ReasonRecorded
from visitor_register.domain.staff_hidden import SOMEBODY, StaffHidden
from visitor_register.domain.visits import ToldBy
from visitor_register.files.timeline_csv import TimelineLine
from visitor_register.gui.contacts.timeline_told import Teller, moment
from visitor_register.services.timeline import Timeline
from visitor_register.services.timeline_entries import Happening

_GONE = "somebody no longer on the list"
LATER = "Written later"
"""How the mark begins of what was not written down on its day."""


def lines(timeline: Timeline, *, with_staff: bool = True) -> tuple[TimelineLine, ...]:
    """The whole timeline; without staff nobody of the school is named, wherever the name was written."""
    teller = Teller(timeline, with_staff=with_staff)
    told = (_line(timeline, teller, one) for one in timeline.happenings)
    if with_staff:
        return tuple(told)
    hidden = _hidden(timeline)
    return tuple(_without(hidden, line) for line in told)


def whose(timeline: Timeline, *, with_staff: bool = True) -> str:
    """Whom or what it is about, as a title."""
    asked, matter = timeline.asked, timeline.matter
    if asked.child_reference:
        return f"Child {asked.child_reference}"
    if asked.person is not None:
        return timeline.names.get(asked.person, "Somebody whose name was erased")
    parts = (
        [] if matter is None else [f"Child {matter.child_reference}" if matter.child_reference else "", matter.about]
    )
    title = ": ".join(part for part in parts if part) or "One deadline"
    return title if with_staff else _hidden(timeline).out_of(title)


def span(told: Iterable[TimelineLine]) -> str:
    """From which day to which: `Mon 2 Nov 2026 to Tue 24 Nov 2026`."""
    days = list(dict.fromkeys(line.day for line in told))
    return " to ".join(dict.fromkeys((days[0], days[-1]))) if days else "nothing yet"


def _line(timeline: Timeline, teller: Teller, one: Happening) -> TimelineLine:
    what, title, details = teller.parts(one)
    said = timeline.writers.get(one.entry.actor)
    return TimelineLine(
        day=calendar.say_day(calendar.london_date(one.at)),
        time="" if one.day_only else calendar.say_time(one.at),
        what=what,
        title=title,
        details=tuple(details),
        child=_child(one),
        written=moment(one.entry.at),
        by=said.name if said else _GONE,
        marks=tuple(_marks(one)),
    )


def _child(one: Happening) -> str:
    reason = one.event if isinstance(one.event, ReasonRecorded) else one.reason
    if reason is not None:
        return reason.child_reference
    said: str = getattr(one.event, "child_reference", "") or getattr(one.before, "child_reference", "")
    return said


def _marks(one: Happening) -> Iterable[str]:
    if one.late:
        yield f"{LATER}: {calendar.say_day(calendar.london_date(one.entry.at))}"
    if one.correction:
        yield "Correction"
    if one.corrected:
        yield "Corrected or taken back later"
    if isinstance(one.event, Arrived) and one.event.from_paper:
        yield "From paper"
    if isinstance(one.event, Left) and one.event.told_by is ToldBy.LATER:
        yield "Filled in later"


def _hidden(timeline: Timeline) -> StaffHidden:
    return StaffHidden(timeline.staff, kept=timeline.names.values())


def _without(hidden: StaffHidden, line: TimelineLine) -> TimelineLine:
    """The same with nobody of the school in it."""
    details = tuple(hidden.out_of(text) for text in line.details)
    return replace(line, title=hidden.out_of(line.title), details=details, by=SOMEBODY)
