"""Who was above whom on the chart in use: offered first where a new chart leaves it open, and never set."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson


def managers_before(
    stored: Sequence[ChartPerson], rows: Sequence[ChartPerson], pairs: Mapping[str, str]
) -> dict[str, str]:
    """Return for each row the row of whoever was above that person, where both are still there.

    Args:
        stored: The chart in use.
        rows: The new chart.
        pairs: Person of the chart in use to person of the new one.
    """
    first = {row.person: row.key for row in reversed(rows)}
    known = {row.key: row for row in stored}
    above: dict[str, str] = {}
    for row in stored:
        manager = known.get(row.manager or "")
        if manager is not None and row.person in pairs and manager.person in pairs:
            above[pairs[row.person]] = first[pairs[manager.person]]
    return {row.key: above[row.person] for row in rows if row.person in above}


def with_offers(rows: Sequence[ChartPerson], before: Mapping[str, str]) -> tuple[ChartPerson, ...]:
    """Offer who was above them to the people of a drawing whose line is not certain, or missing."""
    return tuple(
        replace(row, candidates=tuple(dict.fromkeys((before[row.key], *row.candidates))))
        if row.box and row.manager is None and row.key in before
        else row
        for row in rows
    )
