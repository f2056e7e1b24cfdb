"""What the fire list screen shows at one moment, in words: made by the presenter, drawn by the view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitor_register.domain import calendar
from visitor_register.services.fire_list import FireList, FireRow, Kind


@dataclass(frozen=True, slots=True)
class FireLine:
    """One line: a title of a part, or somebody to tick off."""

    key: UUID | str
    title: str
    heading: bool = False
    second: str = ""
    where: str = ""
    here_to_see: str = ""
    since: str = ""
    since_day: str = ""
    pill: str = ""
    note: str = ""
    ticked: bool = False

    def as_words(self) -> str:
        """The same for a screen reader."""
        said = "" if self.heading else "ticked off" if self.ticked else "not ticked off"
        seen = f"to see {self.here_to_see}" if self.here_to_see else ""
        since = f"in {self.since} {self.since_day}".strip() if self.since else ""
        parts = (self.title, said, self.pill, self.note, self.where, seen, since, self.second)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Screen:
    """All of the screen. `nobody` is true when there is nobody to show at all."""

    kind: Kind
    heading: str
    found: int
    found_word: str
    to_find: int
    made: str
    copy: str
    drill: bool
    locked: bool
    hide_found: bool
    nobody: bool
    lines: tuple[FireLine, ...]


def screen(fire_list: FireList, ticks: Mapping[UUID, datetime], *, hide_found: bool, locked: bool, copy: str) -> Screen:
    """Say what the screen shows of a list and of who was ticked off."""
    found = sum(row.how_many for row in fire_list.people if row.id in ticks)
    made = fire_list.made_at
    return Screen(
        kind=fire_list.kind,
        heading=fire_list.heading,
        found=found,
        found_word="safe" if fire_list.kind is Kind.FIRE else "found",
        to_find=fire_list.count - found,
        made=f"{calendar.say_day(calendar.london_date(made))}, {calendar.say_time(made)}",
        copy=copy,
        drill=fire_list.drill,
        locked=locked,
        hide_found=hide_found,
        nobody=not fire_list.people and not fire_list.asked_too,
        lines=tuple(line for line in _lines(fire_list, ticks) if not (hide_found and line.ticked)),
    )


def _lines(fire_list: FireList, ticks: Mapping[UUID, datetime]) -> list[FireLine]:
    made: list[FireLine] = []
    if not fire_list.people:
        made.append(FireLine("nobody", "Nobody is signed in here", heading=True))
    elif fire_list.kind is Kind.LOCKDOWN:
        for place, rows in fire_list.by_place:
            made.append(FireLine(f"place {place}", place, heading=True, note=_people(sum(r.how_many for r in rows))))
            made += [_line(row, fire_list, ticks) for row in rows]
    else:
        made += [_line(row, fire_list, ticks) for row in fire_list.people]
    for title, rows in fire_list.asked_too:
        made.append(FireLine(title, f"Ask about: {title[0].lower()}{title[1:]}", heading=True))
        made += [_line(row, fire_list, ticks) for row in rows]
    return made


def _line(row: FireRow, fire_list: FireList, ticks: Mapping[UUID, datetime]) -> FireLine:
    day, today = calendar.london_date(row.since), calendar.london_date(fire_list.made_at)
    group = _people(row.how_many) if row.how_many > 1 else ""
    notes = [f"out {calendar.say_time(row.gone_at)}"] if row.gone_at is not None else []
    if row.id in ticks:
        word = "safe" if fire_list.kind is Kind.FIRE else "found"
        notes.append(f"{word} {calendar.say_time(ticks[row.id])}")
    return FireLine(
        key=row.id,
        title=row.index_name,
        second=" · ".join(part for part in (group, row.organisation) if part),
        where=row.where,
        here_to_see=row.here_to_see,
        since=calendar.say_time(row.since),
        since_day="" if day == today else calendar.say_day(day).rpartition(" ")[0],
        pill="Needs assistance" if row.needs_assistance else "",
        note=", ".join(notes),
        ticked=row.id in ticks,
    )


def _people(count: int) -> str:
    return f"{count} person" if count == 1 else f"{count} people"
