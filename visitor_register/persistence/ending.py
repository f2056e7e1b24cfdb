"""Where a journal ends, held against the heads that were noted elsewhere: a PC that went back in time is noticed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from visitor_register.persistence.database import Database, Identity, head_path, noted_head
from visitor_register.persistence.faults import plainly
from visitor_register.persistence.journal import Head

FAR = 1_000
"""How many epochs a note may be ahead: each is a restore or a loss, and no register has so many."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether a journal ends before its noted head, or nobody can tell, and the epoch to write in."""

    lost: bool
    unknown: bool
    epoch: int


def of_file(path: Path, key: bytes, desk: str, elsewhere: Iterable[Head | None] = ()) -> Ending:
    """Compare a journal with the head noted beside it, and with those noted `elsewhere`, at the second place.

    A file put back from yesterday, or a torn disk, loses the newest records: the noted entry is not in
    the journal any more. What is written from now on gets a new epoch, so that the same number never
    means two things. The note stays until then, and so does the banner. A journal *ahead* of its note
    is sound: the program was stopped between the commit and the note. A note that cannot be read, or is
    gone from beside a journal that is not empty, may hide a loss, so it is told and gets a new epoch too.
    Where the whole folder was put back from yesterday, the note beside the file is of yesterday too:
    only the one at the second place knows better.
    """
    beside = noted_head(path)
    database = Database(path, key, Identity(desk, 1))
    try:
        with plainly(), database.read() as session:
            last = newest(session)
            lost = beside is not None and not stands_in(session, beside)
            lost |= any(is_behind(session, head) for head in elsewhere if head is not None)
    finally:
        database.close()
    unknown = beside is None and (last is not None or head_path(path).exists())
    epoch = newest_epoch(1 if last is None else last.epoch, [beside, *elsewhere])
    return Ending(lost, unknown, epoch + 1 if unknown or lost else epoch)


def newest_epoch(own: int, noted: Iterable[Head | None]) -> int:
    """The newest epoch there was, as a journal's own and the noted heads say.

    A note that is far ahead was put there by hand: followed, it would use up the numbers there are.
    """
    return max([own, *(head.epoch for head in noted if head is not None and head.epoch < own + FAR)])


def newest(session: Session) -> Head | None:
    """The last entry of a journal, in the epoch it was written in; None when there is none."""
    row = session.execute(
        text("SELECT desk, epoch, seq, clock, hash FROM entry ORDER BY clock DESC LIMIT 1")
    ).one_or_none()
    return None if row is None else Head(*row)


def stands_in(session: Session, head: Head) -> bool:
    """Whether the journal holds the entry that was noted."""
    if head.seq == 0:
        return True
    found = session.execute(
        text("SELECT 1 FROM entry WHERE desk = :desk AND epoch = :epoch AND seq = :seq AND hash = :hash"),
        {"desk": head.desk, "epoch": head.epoch, "seq": head.seq, "hash": head.hash},
    )
    return found.first() is not None


def is_behind(session: Session, head: Head) -> bool:
    """Whether a journal ends before a head that was noted elsewhere.

    A loss that was noticed before is not noticed again: what was written since is of a later epoch.
    """
    last = newest(session)
    return not stands_in(session, head) and (last is None or last.epoch <= head.epoch)
