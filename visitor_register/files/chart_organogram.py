"""The second file of a government organogram: posts counted under senior posts. They are never people."""

from collections.abc import Iterable, Sequence

from visitor_register.domain import chart_ids, chart_text
from visitor_register.domain.chart import ChartPerson, HeadCount, Problem
from visitor_register.domain.chart_columns import ColumnMapping
from visitor_register.domain.chart_fields import Field
from visitor_register.domain.chart_table import Table


def head_counts(
    juniors: Sequence[tuple[Table, ColumnMapping]], people: Iterable[ChartPerson]
) -> tuple[tuple[HeadCount, ...], list[Problem]]:
    """Return the counts, each under the key of its senior post's row, and a problem for each post not found.

    "Reporting Senior Post" means directly or indirectly, so a count says nothing about a person's manager.
    """
    rows = list(people)
    posts = chart_ids.References((person.post_ref, person.key) for person in rows)
    counts = []
    unknown: dict[str, str] = {}
    for table, mapping in juniors:
        for row in table.rows[mapping.first_row + mapping.heading_rows :]:
            cells = {field: text for field, text in zip(mapping.columns, row.cells, strict=False) if field is not None}
            reference = chart_ids.reference(cells.get(Field.REPORTING_POST, ""))
            title = chart_text.value(cells.get(Field.GENERIC_TITLE, ""))
            if not title:
                continue
            above = posts.find(reference)
            if not above:
                unknown.setdefault(reference, f"row {row.number}")
                continue
            unit, number = (chart_text.value(cells.get(field, "")) for field in (Field.UNIT, Field.NUMBER_OF_POSTS))
            counts.append(HeadCount(above[0], title, unit, number))
    problems = [
        Problem(where, f"Posts are counted under {reference or 'no post'}, which is not among the senior posts.")
        for reference, where in unknown.items()
    ]
    return tuple(counts), problems
