"""All entries of one subject under a legal hold; the hold out, until it ends."""

from collections.abc import Iterable

from visitor_register.domain.events import ChildHeld, ChildHoldEnded, Entry, Held, HoldEnded
from visitor_register.domain.retention import ChildHold, Hold


def fold(entries: Iterable[Entry]) -> list[object]:
    """The hold on a person, visit or booking, as it was said last."""
    hold: Hold | None = None
    for entry in entries:
        match entry.event:
            case Held(reason=reason):
                hold = Hold(entry.subject, reason, entry.at, entry.actor)
            case HoldEnded():
                hold = None
    return [] if hold is None else [hold]


def fold_child(entries: Iterable[Entry]) -> list[object]:
    """The hold on a child reference."""
    hold: ChildHold | None = None
    for entry in entries:
        match entry.event:
            case ChildHeld(child_reference=reference, reason=reason):
                hold = ChildHold(entry.subject, reference, reason, entry.at, entry.actor)
            case ChildHoldEnded():
                hold = None
    return [] if hold is None else [hold]
