"""Answers that cannot be: nobody stands above themselves."""

from collections.abc import Mapping
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson
from visitor_register.domain.chart_decide import refusals
from visitor_register.services.chart_answers import Answer, LineLeadsTo, SpellingIs
from visitor_register.services.chart_import import ImportPreview
from visitor_register.services.chart_questions import called


def possible(found: ImportPreview, answer: Answer) -> tuple[Answer | None, str]:
    """Return what remains of an answer, None for nothing, and a sentence on what was refused, "" for nothing."""
    if not isinstance(answer, SpellingIs | LineLeadsTo) or answer.manager is None:
        return answer, ""
    rows = {row.key: row for row in found.everybody}
    refused = refusals(found.everybody, answer.rows, answer.manager)
    if not refused:
        return answer, ""
    left = tuple(row for row in answer.rows if row not in refused)
    return replace(answer, rows=left) if left else None, _sentence(rows, refused[0], answer.manager)


def _sentence(rows: Mapping[str, ChartPerson], row: str, manager: str) -> str:
    who, above = (called(rows[key]) for key in (row, manager))
    if rows[row].person == rows[manager].person:
        return f"{who} cannot be their own manager. Choose somebody else, or leave it open."
    return f"{above} is under {who} already, so {who} cannot be under {above}. Choose somebody else."
