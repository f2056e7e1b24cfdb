"""A timeline as a list: a line for each thing that happened, for spreadsheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from visitor_register.files import exports

HEADER = (
    "Day",
    "Time",
    "What",
    "What happened",
    "More",
    "Child reference",
    "Written",
    "Written by",
    "Remarks",
)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened, in the words of screen, paper and list.

    Attributes:
        day, time: When it took place; `time` is empty where only the day is known.
        what: What sort of thing it is, in a word.
        details: What else of it, a line each.
        written, by: When it was written down, and by whom.
        marks: "Written later: ...", "Correction" and the like.
    """

    day: str
    time: str
    what: str
    title: str
    details: tuple[str, ...]
    child: str
    written: str
    by: str
    marks: tuple[str, ...] = ()

    def as_text(self) -> str:
        """All of it in one line, to be read out."""
        when = f"{self.day} {self.time}".strip()
        child = f"Child {self.child}" if self.child else ""
        said = (when, self.title, *self.details, child, *self.marks, f"written {self.written} by {self.by}")
        return ". ".join(part for part in said if part)


def write(path: Path, lines: Iterable[TimelineLine]) -> int:
    """Write the list; returns how many lines it has.

    Raises:
        RegisterError: the file cannot be written there.
    """
    return exports.write_csv(path, HEADER, (_row(line) for line in lines))


def _row(line: TimelineLine) -> tuple[str, ...]:
    return (
        line.day,
        line.time,
        line.what,
        line.title,
        "; ".join(line.details),
        line.child,
        line.written,
        line.by,
        "; ".join(line.marks),
    )
