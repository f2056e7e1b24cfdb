"""Proving that nobody changed the register: the twelve words for paper, and what verifying found, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitor_register.domain import calendar
from visitor_register.domain.backup_words import counted
from visitor_register.domain.calendar import say_day_time
from visitor_register.domain.people import Operator, Role
from visitor_register.persistence import anchor, journal, verify
from visitor_register.persistence.tables import account
from visitor_register.persistence.verify import Broken, Finding, Moment, Progress
from visitor_register.services import proof_words
from visitor_register.services.access import require

PROVES = frozenset({Role.DSL, Role.HEAD, Role.AUDITOR})
NOT_HELD = (
    "The register does NOT hold the moment these words stand for: its newest lines were cut off, or another register "
    "took its place. Compare the words with the paper once more before anything else."
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a sheet says of the register it was printed from: twelve words, and when they were read."""

    words: str
    at: datetime

    @property
    def foot(self) -> str:
        """The line at the foot of a sheet, with a short date that leaves room for long words."""
        day = calendar.say_day(calendar.london_date(self.at)).partition(" ")[2]
        return f"Register proof: {self.words} ({day} {calendar.say_time(self.at)})"


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file: `lines` for a person to read, the first of them the answer; None: it was not read."""

    sound: bool | None
    lines: tuple[str, ...]


def of_today(session: Session, *, at: datetime) -> Proof | None:
    """The words for where this file's journal ends now; None while nothing is written in it.

    They say nothing about anybody, so no role is asked for: they stand on sheets that everybody prints.
    """
    ending = journal.head(session)
    return Proof(anchor.words_of(ending.hash), at) if ending.seq else None


def check(session: Session, *, by: Operator, progress: Progress = lambda _: None) -> Finding:
    """Read every entry of one file, and hold all tables against them.

    Raises:
        NotAllowedError: only the DSL, the head and the auditor prove the register.
    """
    require(by, PROVES)
    return verify.verify(session, progress=progress)


def find(session: Session, words: str, *, by: Operator) -> Moment | None:
    """The moment that words from paper stand for; None when this file does not hold it.

    Raises:
        NotAllowedError: only the DSL, the head and the auditor prove the register.
        RegisterError: they are no twelve words of ours, or a slip was made.
    """
    require(by, PROVES)
    return verify.find(session, anchor.prefix_of(words))


def names(session: Session) -> dict[UUID, str]:
    """Everybody who ever used the program, from the desk's file."""
    return {row.id: row.name for row in session.execute(select(account.c.id, account.c.name))}


def told(file: str, found: Finding, known: Mapping[UUID, str]) -> Checked:
    """What verifying a file found, in words; `file` is `desk` or `DSL's`."""
    count = counted(found.entries, "line")
    if found.fault is None and found.entries == 0:
        answer = f"The {file} file: nothing is written in it yet."
    elif found.fault is None:
        answer = f"The {file} file: nobody changed anything. {count} read, all of them as they were written."
    elif found.broken is not None:
        answer = f"The {file} file was CHANGED. {_broken(found.broken, known)}"
    else:
        answer = f"The {file} file was CHANGED: {proof_words.outside_the_lines(found.fault)}"
    erasures = tuple(
        f"Ok, erased by {known.get(one.actor, 'somebody')} on {say_day_time(one.at)}: {counted(one.entries, 'line')}."
        for one in found.erasures
    )
    return Checked(found.sound, (answer, *erasures))


def told_of(words: Sequence[Moment | None]) -> Checked:
    """Whether any of the files that were read holds the moment words stand for; None stands for one that does not."""
    for moment in words:
        if moment is not None:
            return Checked(True, (held(moment),))
    return Checked(False, (NOT_HELD,))


def held(moment: Moment) -> str:
    """Say what words from paper prove."""
    return (
        f"The register holds everything up to {say_day_time(moment.at)}, line {moment.number:,} of {moment.entries:,}."
    )


def _broken(broken: Broken, known: Mapping[UUID, str]) -> str:
    if broken.at is None or broken.actor is None:
        return f"The first line that is not as it was written is number {broken.number:,}; it cannot be read any more."
    who = known.get(broken.actor, "somebody who is not on the list")
    what = proof_words.kind(broken.kind)
    return (
        f"The first line that is not as it was written says {say_day_time(broken.at)}, by {who}: {what} "
        f"(number {broken.number:,})."
    )
