"""Keeps everybody once who stands on two sheets of one file with the same post."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from visitor_register.domain.chart import ChartPerson, Problem, Reports, spelling_key
from visitor_register.domain.names import fold


def once(rows: Sequence[ChartPerson]) -> tuple[list[ChartPerson], list[Problem]]:
    """Leave out who was on an earlier sheet already (one for all staff, one a team), and say so.

    A drawn line of the row that is left out is kept: for the row that stays, and for those who report to it.
    """
    seen: dict[tuple[str, ...], str] = {}
    kept: dict[str, ChartPerson] = {}
    boxes: dict[str, str] = {}
    problems = []
    for row in rows:
        same = (
            fold(row.name),
            row.staff_number or row.email,
            fold(row.job_title),
            fold(row.unit),
            spelling_key(row.manager_text),
        )
        certain = all(same[:2]) and not row.gone
        first = kept[seen[same]] if certain and same in seen else row
        if _sheet(first) == _sheet(row):
            kept[row.key] = row
            if certain:
                seen.setdefault(same, row.key)
            continue
        problems.append(Problem(row.where, f"“{row.name}” stands on two sheets with the same post; once is kept."))
        if row.box:
            kept[first.key] = replace(first, box=first.box or row.box, reports=_either(first.reports, row.reports))
            boxes[row.box] = first.box or row.box
    return [_led_to(row, boxes) for row in kept.values()], problems


def _sheet(row: ChartPerson) -> str:
    return row.key.partition("r")[0]


def _either(reports: Reports, other: Reports) -> Reports:
    return replace(reports, box=reports.box or other.box)


def _led_to(row: ChartPerson, boxes: Mapping[str, str]) -> ChartPerson:
    if not boxes.keys() & {row.reports.box, *row.maybe_boxes}:
        return row
    reports = replace(row.reports, box=boxes.get(row.reports.box, row.reports.box))
    return replace(row, reports=reports, maybe_boxes=tuple(boxes.get(box, box) for box in row.maybe_boxes))
