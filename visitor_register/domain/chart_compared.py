"""Compares two charts that came in different formats: by what both of them say, in the part that both of them show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from visitor_register.domain import chart_guard, chart_silence
from visitor_register.domain.chart import ChartPerson, ChartReading
from visitor_register.domain.chart_changes import Change, ChartChanges
from visitor_register.domain.chart_diff import compare


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed, and sentences for people: reasons to doubt that, and what was not compared."""

    changes: ChartChanges
    warnings: tuple[str, ...]


def compare_charts(old: ChartReading, new: ChartReading, *, whole: bool = False) -> Comparison:
    """Compare two readings.

    Args:
        whole: Both show the whole council: a branch that one of them lacks has left, or has joined.
    """
    before, after = chart_silence.alike(old, new)
    changes = compare(before, after)
    hidden: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    if not whole:
        hidden = chart_guard.not_shown(before, changes.pairing.pairs.keys())
        added = chart_guard.not_shown(after, changes.pairing.pairs.values())
        changes = _without(changes, before, after, hidden, added)
    shown = tuple(row for row in before if row.key not in hidden), tuple(row for row in after if row.key not in added)
    asked = chart_guard.warnings(replace(old, people=shown[0]), replace(new, people=shown[1]), changes)
    said = [*_said(before, hidden, "old"), *_said(after, added, "new"), *(warning.text for warning in asked)]
    return Comparison(changes, tuple(said))


def _without(
    changes: ChartChanges,
    before: Sequence[ChartPerson],
    after: Sequence[ChartPerson],
    hidden: Collection[str],
    added: Collection[str],
) -> ChartChanges:
    posts, posts_now = (
        {row.post_ref for row in rows if row.key in keys} - {row.post_ref for row in rows if row.key not in keys}
        for rows, keys in ((before, hidden), (after, added))
    )
    return replace(
        changes,
        left=_but(changes.left, hidden, added),
        joined=_but(changes.joined, hidden, added),
        offered=_but(changes.offered, hidden, added),
        post_removed=tuple(post for post in changes.post_removed if post not in posts),
        post_added=tuple(post for post in changes.post_added if post not in posts_now),
    )


def _but(changes: Iterable[Change], hidden: Collection[str], added: Collection[str]) -> tuple[Change, ...]:
    return tuple(change for change in changes if change.old not in hidden and change.new not in added)


def _said(rows: Sequence[ChartPerson], keys: Collection[str], which: str) -> list[str]:
    """Say who was not compared, by whom they stand under."""
    names = {row.key: row.name or row.job_title for row in rows}
    inside = [row for row in rows if row.key in keys]
    if not inside:
        return []
    tops = dict.fromkeys(names[row.manager] for row in inside if row.manager in names.keys() - keys)
    under = f": under {', '.join(list(tops)[:6])}{', ...' if len(tops) > 6 else ''}" if tops else ""
    count = sum(row.living for row in inside)
    return [f"Only the {which} chart shows {count} people in whole branches, which were not compared{under}."]
