"""What a chart said of a person or a post and a later one replaced: it may go, and the record reads as before."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from visitor_register.domain.events import (
    Entry,
    PersonEdited,
    PersonLeftChart,
    PersonListed,
    PersonRecorded,
    PostEdited,
    PostListed,
    PostRemoved,
)

_SAYS_ALL = (PersonListed, PostListed)
_REPLACED = (PersonListed, PersonEdited, PersonLeftChart, PersonRecorded, PostListed, PostEdited, PostRemoved)

Fold = Callable[[Iterable[Entry]], list[object]]


def replaced(entries: Sequence[Entry]) -> list[tuple[int, datetime]]:
    """The numbers of the entries that a later chart replaced, and when it did: all of a chart before its last word."""
    found: list[tuple[int, datetime]] = []
    waiting: list[int] = []
    for entry in entries:
        if isinstance(entry.event, _SAYS_ALL):
            found += [(number, entry.at) for number in waiting]
            waiting = []
        if isinstance(entry.event, _REPLACED):
            waiting.append(entry.seq)
    return found


def may_go(entries: Sequence[Entry], gone: Collection[int], fold: Fold) -> bool:
    """Whether a record reads the same without these entries."""
    left = [replace(entry, event=None) if entry.seq in gone else entry for entry in entries]
    return fold(left) == fold(entries)
