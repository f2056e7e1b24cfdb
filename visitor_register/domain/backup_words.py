"""What is said of backups and of restoring them, in words that Settings and the page before the desk share."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from visitor_register.domain import calendar


class Where(StrEnum):
    """Where a backup lies, in words."""

    HERE = "This PC"
    SECOND = "Second place"
    BOTH = "This PC and second place"
    CHOSEN = "Chosen folder"


def moment(when: datetime) -> str:
    """Write when a backup was made: `Tue 24/11/2026 10:24`."""
    return calendar.say_date_time(when)


def size(number: int) -> str:
    """Write bytes as people read them: `2.4 MB`."""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{max(number, 100_000) / 1e6:.1f} MB"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 line`, `1,204 lines`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def dsl_part(made_at: datetime, dsl_made_at: datetime | None, *, is_older: bool) -> str:
    """What is to be known of a backup's copy of the DSL's file; empty where it is as new as the rest."""
    if dsl_made_at is None:
        return "without the DSL's part"
    if is_older or dsl_made_at > made_at:
        return f"DSL's part is of {moment(dsl_made_at)}"
    return ""


def listed(parts: Sequence[str]) -> str:
    """Join words: `3 arrivals, 2 departures and 1 booking`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def lost(
    lines: int, arrivals: int, departures: int, bookings: int, first: datetime | None, last: datetime | None
) -> str:
    """What going back to a backup takes out of use, in a sentence or two."""
    if not lines or first is None or last is None:
        return "Nothing was written since this backup was made."
    known = ((arrivals, "arrival"), (departures, "departure"), (bookings, "booking"))
    parts = [counted(number, word) for number, word in known if number]
    among = f", among them {listed(parts)}" if parts else ""
    until = calendar.say_time(last) if calendar.london_date(last) == calendar.london_date(first) else moment(last)
    span = f"at {moment(first)}" if moment(first) == moment(last) else f"from {moment(first)} to {until}"
    verb = "was" if lines == 1 else "were"
    return f"{counted(lines, 'line')} {verb} written since, {span}{among}. All of it has to be added from paper."


def from_paper(made_at: datetime, now: datetime) -> str:
    """What to write again after the register was restored."""
    return (
        f"The register was restored as it was on {moment(made_at)}. "
        f"Add from paper who came and left between then and {moment(now)}."
    )
