"""The charts as they stood at one moment: the same folds over what had been written by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from visitor_register.domain.directory import ChartVersion, HandEdit, Holding, Post
from visitor_register.domain.events import Entry
from visitor_register.domain.folds import FOLD_OF
from visitor_register.domain.people import Person

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ChartThen:
    """What the tables said then: the charts by when they were accepted, people in the order of an index."""

    versions: tuple[ChartVersion, ...]
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    holdings: tuple[Holding, ...]
    edits: tuple[HandEdit, ...]

    @property
    def in_use(self) -> tuple[ChartVersion, ...]:
        """The charts that counted, the newest first."""
        return tuple(one for one in reversed(self.versions) if not one.undone)


def then(subjects: Iterable[Iterable[Entry]]) -> ChartThen:
    """Fold the entries that were written by a moment; each subject's in their order."""
    rows: list[object] = []
    for entries in subjects:
        told = list(entries)
        for fold in dict.fromkeys(FOLD_OF[type(entry.event)] for entry in told if type(entry.event) in FOLD_OF):
            rows.extend(fold(told))
    people = (one for one in _of(rows, Person) if one.version is not None)
    return ChartThen(
        versions=tuple(sorted(_of(rows, ChartVersion), key=lambda one: (one.accepted_at, str(one.id)))),
        people=tuple(sorted(people, key=lambda one: (one.sort_key, str(one.id)))),
        posts=tuple(_of(rows, Post)),
        holdings=tuple(_of(rows, Holding)),
        edits=tuple(_of(rows, HandEdit)),
    )


def _of(rows: Iterable[object], kind: type[Row]) -> list[Row]:
    return [row for row in rows if isinstance(row, kind)]
