"""How the register stands: facts about this PC and its files in, findings with plain words out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from visitor_register.domain import calendar

FREE_LOW, FREE_VERY_LOW = 2_000_000_000, 500_000_000
"""Bytes left on the disk: a warning, and when the next sign-in may not be saved."""

BACKUP_OLD, BACKUP_VERY_OLD = timedelta(days=1), timedelta(days=7)
SECOND_OLD = timedelta(days=7)
DRILL_OLD = timedelta(days=120)
"""A term, and a little more."""


class Level(IntEnum):
    """How much somebody has to do about it; the highest speaks for all.

    Advice stands on the page and not on the lamp: a lamp that is always amber is no lamp.
    """

    WELL = 0
    ADVICE = 1
    LOOK = 2
    WRONG = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `short` is for the lamp in the top bar, where there is room for two words."""

    key: str
    title: str
    words: str
    level: Level = Level.WELL
    short: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen at one moment. None: the system does not tell, or whoever looks may not see it.

    Attributes:
        records_lost, ending_unknown: As the register was opened.
        free: Bytes left on the register's disk.
        encrypted: Whether the disk itself is.
        backup_at: When the newest backup was made; None: there is none.
        changed_since: Something is new since then.
        dsl_is_older: That backup's copy of the DSL's file is of an earlier moment.
        second_place: A second place was chosen.
        second_at, second_trouble: When the newest backup there was made, and what is wrong there.
        clock: What was noticed about the clock, in sentences.
        strangers: Whose slots of the keyring nobody made who may.
        drill_at: When a backup was last opened and proved as after a disaster; `drill_sound`: what came of it.
    """

    at: datetime
    records_lost: bool = False
    ending_unknown: bool = False
    free: int | None = None
    encrypted: bool | None = None
    backup_at: datetime | None = None
    changed_since: bool = False
    dsl_is_older: bool = False
    backup_trouble: str = ""
    second_place: bool = False
    second_at: datetime | None = None
    second_trouble: str = ""
    clock: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    drill_at: datetime | None = None
    drill_sound: bool = True


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Everything that was looked at, in the order of the page."""
    return tuple(_all(facts))


def worst(found: tuple[Finding, ...]) -> Finding | None:
    """The finding that speaks for all: the first of the highest level; None when there is nothing to do now."""
    high = max((one.level for one in found), default=Level.WELL)
    return None if high <= Level.ADVICE else next(one for one in found if one.level is high)


def _all(facts: Facts) -> Iterator[Finding]:
    yield _records(facts)
    yield _backup(facts)
    yield _second(facts)
    yield _drill(facts)
    yield _disk(facts)
    yield _encryption(facts)
    yield _clock(facts)
    if facts.strangers:
        names = ", ".join(facts.strangers)
        words = f"Nobody here let these in the way this version does: {names}. Give each a new password in People."
        yield Finding("people", "Who may sign in", words, Level.ADVICE)


def _records(facts: Facts) -> Finding:
    title = "Records"
    if facts.records_lost:
        words = "The newest records are lost: the register ends before its last note. Restore the last backup."
        return Finding("records", title, words, Level.WRONG, "Records lost")
    if facts.ending_unknown:
        words = "The note of where the register ends cannot be read. Compare the newest sign-ins with paper."
        return Finding("records", title, words, Level.WRONG, "Records")
    return Finding("records", title, "The register ends where its last note says. Everything is saved.")


def _backup(facts: Facts) -> Finding:
    title = "Backups"
    if facts.backup_trouble:
        return Finding("backup", title, facts.backup_trouble, Level.WRONG, "Backup")
    if facts.backup_at is None:
        words = "There is no backup yet. The first is made within a quarter of an hour."
        return Finding("backup", title, words, Level.LOOK, "No backup")
    past = facts.at - facts.backup_at
    words = f"The newest backup is of {calendar.say_day_time(facts.backup_at)}, {_ago(past)}."
    if facts.dsl_is_older:
        words += " Its copy of the DSL's file is older: it is renewed when a DSL signs in."
    if not facts.changed_since:
        return Finding("backup", title, f"{words} Nothing is new since.")
    if past > BACKUP_OLD:
        level = Level.WRONG if past > BACKUP_VERY_OLD else Level.LOOK
        return Finding("backup", title, f"{words} Lines were written since: make one now.", level, "Backup old")
    return Finding("backup", title, words)


def _second(facts: Facts) -> Finding:
    title = "Second place"
    if not facts.second_place:
        words = "Backups lie on this disk only. Choose a second place: if this disk breaks, they are gone with it."
        return Finding("second", title, words, Level.ADVICE)
    if facts.second_trouble:
        return Finding("second", title, facts.second_trouble, Level.LOOK, "2nd place")
    if facts.second_at is None:
        return Finding("second", title, "No backup lies there yet. The next one is copied.", Level.LOOK, "2nd place")
    past = facts.at - facts.second_at
    words = f"The newest backup there is of {calendar.say_day_time(facts.second_at)}, {_ago(past)}."
    return Finding("second", title, words, Level.LOOK if past > SECOND_OLD else Level.WELL, "2nd place")


def _drill(facts: Facts) -> Finding:
    title = "Trial restore"
    if facts.drill_at is None:
        words = "No backup was ever tried. Try one each term: only a backup that was opened is known to open."
        return Finding("drill", title, words, Level.ADVICE)
    if not facts.drill_sound:
        words = f"The backup tried on {calendar.say_day_time(facts.drill_at)} was not sound. Try a newer one."
        return Finding("drill", title, words, Level.WRONG, "Backup")
    past = facts.at - facts.drill_at
    words = f"A backup was opened and found sound on {calendar.say_day_time(facts.drill_at)}, {_ago(past)}."
    return Finding("drill", title, words, Level.ADVICE if past > DRILL_OLD else Level.WELL)


def _disk(facts: Facts) -> Finding:
    title = "Room on the disk"
    if facts.free is None:
        return Finding("disk", title, "The system does not tell.")
    words = f"{_size(facts.free)} are free."
    if facts.free < FREE_VERY_LOW:
        return Finding("disk", title, f"{words} Make room now: soon nothing can be saved.", Level.WRONG, "Disk full")
    if facts.free < FREE_LOW:
        return Finding("disk", title, f"{words} Make room before it runs out.", Level.LOOK, "Disk")
    return Finding("disk", title, words)


def _encryption(facts: Facts) -> Finding:
    title = "Encryption of the disk"
    own = "The register and its backups are encrypted by themselves."
    match facts.encrypted:
        case True:
            return Finding("encryption", title, f"The disk is encrypted. {own}")
        case False:
            words = f"The disk is not encrypted. {own} The fire list is not: ask whoever runs this PC."
            return Finding("encryption", title, words, Level.ADVICE)
    return Finding("encryption", title, f"The system does not tell. {own}")


def _clock(facts: Facts) -> Finding:
    title = "Clock of this PC"
    if not facts.clock:
        return Finding("clock", title, "It did not jump since the program was opened.")
    more = f" And {len(facts.clock) - 1} more since the program was opened." if len(facts.clock) > 1 else ""
    return Finding("clock", title, facts.clock[0] + more, Level.LOOK, "Clock")


def _ago(past: timedelta) -> str:
    minutes = max(0, int(past.total_seconds() // 60))
    for size, word in ((1_440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {word}{'' if number == 1 else 's'} ago"
    return "just now"


def _size(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number // 1_000_000} MB"
